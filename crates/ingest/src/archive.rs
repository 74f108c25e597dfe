//! ZIP files are unpacked into a folder of their own, within limits.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Entries that an archive may have.
pub const MAX_ENTRIES: usize = 5_000;
/// Bytes that an archive may hold unpacked: 8 GiB, several times the largest national layer.
pub const MAX_UNPACKED_BYTES: u64 = 8 << 30;

/// Why an archive was not unpacked.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// Not a ZIP, or damaged.
    #[error("{path} is no readable ZIP: {detail}")]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// The entry at fault and what is wrong.
        detail: String,
    },
    /// More entries than allowed.
    #[error("{path} has {entries} entries, more than {MAX_ENTRIES}")]
    TooManyEntries {
        /// The archive.
        path: PathBuf,
        /// How many it has.
        entries: usize,
    },
    /// More bytes than allowed.
    #[error("{path} holds more than {MAX_UNPACKED_BYTES} bytes")]
    TooLarge {
        /// The archive.
        path: PathBuf,
    },
    /// An entry that would be written outside of the folder.
    #[error("{path}: the entry {entry} points outside of the archive")]
    Escapes {
        /// The archive.
        path: PathBuf,
        /// The entry.
        entry: String,
    },
    /// The disk.
    #[error("cannot unpack {path}")]
    Io {
        /// The archive.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl ArchiveError {
    /// What to tell a person.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Damaged { path, detail } => {
                format!(
                    "{} no se puede leer como ZIP: {detail}. Vuelva a descargarlo.",
                    path.display()
                )
            }
            Self::TooManyEntries { path, entries } => format!(
                "{} tiene {entries} archivos y el límite es {MAX_ENTRIES}. Deje en el ZIP solo la capa.",
                path.display()
            ),
            Self::TooLarge { path } => format!(
                "{} ocupa más de {} GiB descomprimido. Descomprímalo e importe la carpeta.",
                path.display(),
                MAX_UNPACKED_BYTES >> 30
            ),
            Self::Escapes { path, entry } => {
                format!(
                    "{}: la entrada «{entry}» apunta fuera del archivo. Vuelva a crear el ZIP.",
                    path.display()
                )
            }
            Self::Io { path, source } => format!("No se puede descomprimir {}: {source}", path.display()),
        }
    }
}

/// The library's reason in Spanish, as far as it has one.
fn words(error: &zip::result::ZipError) -> String {
    use zip::result::ZipError;
    match error {
        ZipError::InvalidArchive(_) => "no es un ZIP, o está cortado: le falta el índice que va al final".to_owned(),
        ZipError::UnsupportedArchive(_) => "usa una compresión o un cifrado que no se lee".to_owned(),
        ZipError::FileNotFound => "una entrada del índice no está en el archivo".to_owned(),
        other => format!("no se pudo leer ({other})"),
    }
}

/// Unpacks regular files; links and empty folders are left out.
///
/// # Errors
/// When the archive is damaged, exceeds a limit, or holds paths that leave its folder.
pub(crate) fn unpack(path: &Path) -> Result<TempDir, ArchiveError> {
    let io = |source| ArchiveError::Io {
        path: path.to_owned(),
        source,
    };
    let damaged = |detail: String| ArchiveError::Damaged {
        path: path.to_owned(),
        detail,
    };
    let folder = tempfile::Builder::new().prefix("tupu-import-").tempdir().map_err(io)?;
    let mut archive = zip::ZipArchive::new(File::open(path).map_err(io)?).map_err(|error| damaged(words(&error)))?;
    if archive.len() > MAX_ENTRIES {
        return Err(ArchiveError::TooManyEntries {
            path: path.to_owned(),
            entries: archive.len(),
        });
    }
    let mut left = MAX_UNPACKED_BYTES;
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|error| damaged(format!("la entrada {}: {}", index + 1, words(&error))))?;
        if !entry.is_file() || entry.is_symlink() {
            continue;
        }
        let name = entry.name().to_owned();
        let inside = entry.enclosed_name().ok_or_else(|| ArchiveError::Escapes {
            path: path.to_owned(),
            entry: name.clone(),
        })?;
        let target = folder.path().join(inside);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(io)?;
        }
        let mut out = File::create(&target).map_err(io)?;
        let mut limited = (&mut entry).take(left + 1);
        let written = copy(&mut limited, &mut out).map_err(|error| damaged(format!("la entrada «{name}»: {error}")))?;
        if written > left {
            return Err(ArchiveError::TooLarge { path: path.to_owned() });
        }
        left -= written;
    }
    Ok(folder)
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<u64> {
    let written = io::copy(from, to)?;
    to.flush()?;
    Ok(written)
}
