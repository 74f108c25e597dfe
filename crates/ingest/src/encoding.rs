//! The text encoding of a shapefile's attributes, which its own files often state wrongly or not at all.

use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::Path;

/// How to read the texts of a shapefile, and what to say of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Encoding {
    /// GDAL's name for it.
    pub gdal: String,
    /// Said in the report, in Spanish.
    pub note: Option<String>,
}

/// What the bytes beyond ASCII of a .dbf look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bytes {
    Ascii,
    Utf8,
    SingleByte,
}

/// Decides by the profile, then the .cpg where the bytes agree with it, then the bytes.
pub(crate) fn of_shapefile(shp: &Path, by_profile: Option<&str>) -> Encoding {
    if let Some(encoding) = by_profile {
        return Encoding {
            gdal: gdal_name(encoding),
            note: Some(format!("textos leídos como {encoding}, por el perfil")),
        };
    }
    let bytes = sibling(shp, "dbf")
        .and_then(|dbf| look_at(&dbf).ok())
        .unwrap_or(Bytes::Ascii);
    let stated = sibling(shp, "cpg")
        .and_then(|cpg| fs::read_to_string(cpg).ok())
        .map(|text| text.trim().to_owned());
    let stated = stated.filter(|text| !text.is_empty());
    let is_utf8 = |text: &str| matches!(text.to_ascii_lowercase().as_str(), "utf-8" | "utf8" | "65001");
    let seen = |gdal: &str, note: String| Encoding {
        gdal: gdal.to_owned(),
        note: Some(note),
    };
    match (stated, bytes) {
        (Some(cpg), Bytes::SingleByte) if is_utf8(&cpg) => seen(
            "CP1252",
            format!("el .cpg dice {cpg}, pero los textos no lo son: se leyeron como Windows-1252"),
        ),
        (Some(cpg), Bytes::Utf8) if !is_utf8(&cpg) => seen(
            "UTF-8",
            format!("el .cpg dice {cpg}, pero los textos son UTF-8: se leyeron así"),
        ),
        (Some(cpg), _) => Encoding {
            gdal: gdal_name(&cpg),
            note: None,
        },
        (None, Bytes::Utf8) => seen("UTF-8", "sin .cpg: los textos son UTF-8 y se leyeron así".to_owned()),
        (None, Bytes::SingleByte) => seen("CP1252", "sin .cpg: los textos se leyeron como Windows-1252".to_owned()),
        (None, Bytes::Ascii) => Encoding {
            gdal: "UTF-8".to_owned(),
            note: None,
        },
    }
}

/// GDAL's name for an encoding as people write it.
fn gdal_name(text: &str) -> String {
    let lower = text.trim().to_ascii_lowercase();
    match lower.as_str() {
        "utf8" | "utf-8" | "65001" => "UTF-8".to_owned(),
        "latin1" | "latin-1" | "iso-8859-1" | "iso8859-1" | "88591" => "ISO-8859-1".to_owned(),
        "windows-1252" | "ansi 1252" | "ansi1252" | "cp1252" | "1252" | "ansi" => "CP1252".to_owned(),
        "850" | "cp850" | "oem 850" => "CP850".to_owned(),
        "437" | "cp437" | "oem 437" => "CP437".to_owned(),
        _ => text.trim().to_owned(),
    }
}

/// A file beside the .shp with another extension, in either case.
pub(crate) fn sibling(shp: &Path, extension: &str) -> Option<std::path::PathBuf> {
    [extension.to_owned(), extension.to_uppercase()]
        .into_iter()
        .map(|extension| shp.with_extension(extension))
        .find(|path| path.is_file())
}

/// Reads the records of a .dbf once. A cut letter at the end of a field does not make UTF-8 of it something else.
fn look_at(dbf: &Path) -> io::Result<Bytes> {
    let mut file = BufReader::new(File::open(dbf)?);
    let mut head = [0_u8; 32];
    file.read_exact(&mut head)?;
    let header = u64::from(u16::from_le_bytes([head[8], head[9]]));
    io::copy(&mut file.by_ref().take(header.saturating_sub(32)), &mut io::sink())?;
    let (mut letters, mut strays) = (0_u64, 0_u64);
    let mut expected = 0_u8;
    for byte in file.bytes() {
        match byte? {
            0x80..=0xbf if expected > 0 => {
                expected -= 1;
                letters += u64::from(expected == 0);
            }
            byte => {
                strays += u64::from(expected > 0);
                expected = match byte {
                    0xc2..=0xdf => 1,
                    0xe0..=0xef => 2,
                    0xf0..=0xf4 => 3,
                    _ => 0,
                };
                strays += u64::from(byte >= 0x80 && expected == 0);
            }
        }
    }
    Ok(match (letters, strays) {
        (0, 0) => Bytes::Ascii,
        (letters, strays) if letters > strays * 4 => Bytes::Utf8,
        _ => Bytes::SingleByte,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapefile(text: &[u8], cpg: Option<&str>) -> Encoding {
        let folder = tempfile::tempdir().unwrap();
        let shp = folder.path().join("capa.shp");
        let mut dbf = vec![0_u8; 65];
        dbf[8] = 65;
        dbf.extend_from_slice(text);
        fs::write(shp.with_extension("dbf"), dbf).unwrap();
        if let Some(cpg) = cpg {
            fs::write(shp.with_extension("cpg"), cpg).unwrap();
        }
        of_shapefile(&shp, None)
    }

    #[test]
    fn the_bytes_decide_where_the_cpg_is_missing_or_wrong() {
        let latin = [b"CA".as_slice(), &[0xd1], b"ARIS  "].concat();
        for (text, cpg, expected, noted) in [
            ("CAÑARIS  ".as_bytes(), None, "UTF-8", true),
            (&latin, None, "CP1252", true),
            (&latin, Some("UTF-8"), "CP1252", true),
            ("CAÑARIS ".as_bytes(), Some("ISO-8859-1"), "UTF-8", true),
            (&latin, Some("ISO-8859-1"), "ISO-8859-1", false),
            (b"CUSCO", None, "UTF-8", false),
        ] {
            let encoding = shapefile(text, cpg);
            assert_eq!(
                (encoding.gdal.as_str(), encoding.note.is_some()),
                (expected, noted),
                "{cpg:?}"
            );
        }
    }
}
