//! ZIP archives: a zipped Shapefile or a KMZ, within limits and by name only.

use crate::raw::Raw;
use crate::text::decode;
use crate::{At, Format, Limits, Note, TooMuch, UploadError, kml, shp};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Unpacked bytes for a packed one; a well-drawn border stays far below.
const RATIO: u64 = 200;
/// Entries named in a note.
const NAMED: usize = 10;

struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Index and name of entries that may be read.
    entries: Vec<(usize, String)>,
    ignored: Vec<String>,
    budget: u64,
    limits: &'a Limits,
}

/// Reads the Shapefile or KML of an archive.
/// `format` is the one that the sender says, for the words of an error.
pub(crate) fn read(bytes: &[u8], format: Format, limits: &Limits) -> Result<Raw, UploadError> {
    let mut archive = Archive::open(bytes, format, limits)?;
    let ending = |name: &str, wanted: &str| {
        name.rsplit_once('.')
            .is_some_and(|(_, end)| end.eq_ignore_ascii_case(wanted))
    };
    let with = |archive: &Archive<'_>, wanted: &str| -> Vec<(usize, String)> {
        archive
            .entries
            .iter()
            .filter(|(_, name)| ending(name, wanted))
            .cloned()
            .collect()
    };
    let (shapes, documents) = (with(&archive, "shp"), with(&archive, "kml"));
    let mut raw = match (&shapes[..], &documents[..]) {
        ([shape], _) => {
            let stem = shape.1[..shape.1.len() - 4].to_ascii_lowercase();
            let beside = |(_, name): &&(usize, String)| name.to_ascii_lowercase() == format!("{stem}.prj");
            let prj = with(&archive, "prj").iter().find(beside).cloned();
            let prj = prj.map(|entry| archive.bytes_of(&entry)).transpose()?;
            let prj = prj.as_deref().map(|bytes| decode(bytes).0.into_owned());
            let shape = archive.bytes_of(shape)?;
            shp::read(&shape, prj.as_deref(), limits)?
        }
        ([_, _, ..], _) => {
            return Err(UploadError::SeveralLayers {
                names: shapes.into_iter().map(|(_, name)| name).collect(),
            });
        }
        ([], [first, others @ ..]) => {
            // the standard: the first document at the root, by custom `doc.kml`
            let root = documents.iter().find(|(_, name)| name.eq_ignore_ascii_case("doc.kml"));
            let chosen = root
                .or_else(|| documents.iter().find(|(_, name)| !name.contains('/')))
                .unwrap_or(first);
            if !others.is_empty() {
                let passed = documents
                    .iter()
                    .filter(|entry| *entry != chosen)
                    .map(|(_, name)| name.clone());
                archive.ignored.extend(passed);
            }
            let bytes = archive.bytes_of(chosen)?;
            kml::read(&decode(&bytes).0, Format::Kmz, limits)?
        }
        ([], []) => return Err(archive.nothing_known()),
    };
    if !archive.ignored.is_empty() {
        archive.ignored.truncate(NAMED);
        raw.notes.push(Note::EntriesIgnored { names: archive.ignored });
    }
    Ok(raw)
}

impl<'a> Archive<'a> {
    fn open(bytes: &'a [u8], format: Format, limits: &'a Limits) -> Result<Self, UploadError> {
        let cut = || UploadError::Truncated {
            format,
            at: At::Byte(bytes.len() as u64),
        };
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut())?;
        if zip.len() > limits.entries {
            return Err(UploadError::too_much(TooMuch::Entries, zip.len(), limits.entries));
        }
        let mut archive = Self {
            zip,
            entries: Vec::new(),
            ignored: Vec::new(),
            budget: limits.unpacked_bytes,
            limits,
        };
        archive.survey()?;
        Ok(archive)
    }

    /// Looks at every entry's name and stated size.
    fn survey(&mut self) -> Result<(), UploadError> {
        let mut stated: u64 = 0;
        for index in 0..self.zip.len() {
            let unreadable = |name: Option<&str>| malformed(name.unwrap_or_default());
            let name = self.zip.name_for_index(index).map(str::to_owned);
            let entry = self.zip.by_index_raw(index).map_err(|_| unreadable(name.as_deref()))?;
            if entry.is_dir() {
                continue;
            }
            stated = stated.saturating_add(entry.size());
            let shown = crate::text::quoted(entry.name(), 60);
            let own = entry.name().rsplit('/').next().unwrap_or_default();
            if entry.enclosed_name().is_none() || entry.is_symlink() || entry.name().contains('\\') {
                self.ignored.push(shown);
            } else if own.starts_with('.') || entry.name().starts_with("__MACOSX/") {
                // a Finder's leavings: nobody's data
            } else if is_archive(own) {
                return Err(UploadError::ArchiveInArchive { entry: shown });
            } else if entry.encrypted() {
                return Err(UploadError::Encrypted { entry: shown });
            } else {
                let name = entry.name().to_owned();
                drop(entry);
                self.entries.push((index, name));
            }
        }
        if stated > self.limits.unpacked_bytes {
            return Err(UploadError::TooMuch {
                what: TooMuch::UnpackedBytes,
                figure: stated,
                limit: self.limits.unpacked_bytes,
            });
        }
        Ok(())
    }

    /// Unpacks an entry; stated sizes are not believed.
    fn bytes_of(&mut self, (index, name): &(usize, String)) -> Result<Vec<u8>, UploadError> {
        let entry = self.zip.by_index(*index).map_err(|_| malformed(name))?;
        let packed = entry.compressed_size().max(1);
        let mut bytes = Vec::new();
        entry
            .take(self.budget + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| malformed(name))?;
        let unpacked = bytes.len() as u64;
        if unpacked > self.budget {
            let (what, limit) = (TooMuch::UnpackedBytes, self.limits.unpacked_bytes);
            return Err(UploadError::TooMuch {
                what,
                figure: limit - self.budget + unpacked,
                limit,
            });
        }
        if unpacked > 1_000_000 && unpacked / packed > RATIO {
            return Err(UploadError::TooMuch {
                what: TooMuch::Ratio,
                figure: unpacked / packed,
                limit: RATIO,
            });
        }
        self.budget -= unpacked;
        Ok(bytes)
    }

    fn nothing_known(&self) -> UploadError {
        let names: Vec<String> = self
            .entries
            .iter()
            .take(NAMED)
            .map(|(_, name)| crate::text::quoted(name, 60))
            .collect();
        let office = self.entries.iter().any(|(_, name)| name == "[Content_Types].xml");
        let seen = match (office, names.is_empty()) {
            (true, _) => "un documento de Office (guárdelo como CSV)".to_owned(),
            (false, true) => "un ZIP sin archivos".to_owned(),
            (false, false) => format!("un ZIP sin .shp ni .kml (contiene {})", names.join(", ")),
        };
        UploadError::NotThisFormat {
            expected: "un ZIP con un Shapefile o un KML".to_owned(),
            seen,
        }
    }
}

fn is_archive(name: &str) -> bool {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    matches!(
        end.as_str(),
        "zip" | "kmz" | "rar" | "7z" | "gz" | "tar" | "tgz" | "bz2" | "xz"
    )
}

fn malformed(name: &str) -> UploadError {
    let at = At::Entry(crate::text::quoted(name, 60));
    UploadError::Malformed {
        format: Format::Shapefile,
        at,
        seen: "no se puede descomprimir".to_owned(),
    }
}
