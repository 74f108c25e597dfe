//! Where a file goes wrong: byte, or line and column.

use crate::OpenError;
use crate::encoding::sibling;
use crate::format::{Format, seen_in};
use serde::de::IgnoredAny;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Looks at a file before GDAL does: missing parts, emptiness, sizes that do not agree with their headers.
pub(crate) fn before_opening(path: &Path, format: Format) -> Result<(), OpenError> {
    if path.is_file() && path.metadata().is_ok_and(|data| data.len() == 0) {
        return Err(OpenError::Empty(path.to_owned()));
    }
    match format {
        Format::Shapefile => shapefile(path),
        _ => Ok(()),
    }
}

fn shapefile(path: &Path) -> Result<(), OpenError> {
    for part in ["shx", "dbf"] {
        if sibling(path, part).is_none() {
            return Err(OpenError::MissingPart {
                path: path.to_owned(),
                part,
            });
        }
    }
    let cut = |detail: String| {
        let seen = seen_in(path);
        Err(OpenError::NotTheFormat {
            path: path.to_owned(),
            expected: Format::Shapefile.name(),
            seen,
            detail,
        })
    };
    let mut head = [0_u8; 28];
    if File::open(path)
        .and_then(|mut file| file.read_exact(&mut head))
        .is_err()
    {
        return cut("el archivo .shp termina antes de su cabecera de 100 bytes".to_owned());
    }
    if head[..4] != [0, 0, 0x27, 0x0a] {
        return cut("los primeros bytes no son los de un .shp".to_owned());
    }
    let stated = 2 * u64::from(u32::from_be_bytes([head[24], head[25], head[26], head[27]]));
    let held = path.metadata().map_or(0, |data| data.len());
    if held < stated {
        return cut(format!(
            "está cortado en el byte {held}: su cabecera dice {stated} bytes"
        ));
    }
    dbf(path)
}

fn dbf(path: &Path) -> Result<(), OpenError> {
    let Some(dbf) = sibling(path, "dbf") else { return Ok(()) };
    let mut head = [0_u8; 12];
    let read = File::open(&dbf).and_then(|mut file| file.read_exact(&mut head));
    let records = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    let header = u64::from(u16::from_le_bytes([head[8], head[9]]));
    let record = u64::from(u16::from_le_bytes([head[10], head[11]]));
    let stated = header + records * record;
    let held = dbf.metadata().map_or(0, |data| data.len());
    if read.is_err() || held < stated {
        return Err(OpenError::NotTheFormat {
            path: dbf,
            expected: Format::Shapefile.name(),
            seen: "una tabla dBase".to_owned(),
            detail: format!("está cortado en el byte {held}: su cabecera dice {stated} bytes"),
        });
    }
    Ok(())
}

/// The error for a file that GDAL refused, with the place where it goes wrong if it can be found.
pub(crate) fn after_refusal(path: &Path, format: Format, gdal: &str) -> OpenError {
    let place = match format {
        Format::GeoJson => json_fault(path),
        Format::GeoJsonSeq => json_lines_fault(path),
        Format::Kml if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("kml")) => xml_end(path),
        _ => None,
    };
    let detail = place.unwrap_or_else(|| {
        if gdal.is_empty() {
            "el contenido no corresponde a la extensión".to_owned()
        } else {
            gdal.to_owned()
        }
    });
    OpenError::NotTheFormat {
        path: path.to_owned(),
        expected: format.name(),
        seen: seen_in(path),
        detail,
    }
}

/// Line and column where a JSON text goes wrong.
pub(crate) fn json_fault(path: &Path) -> Option<String> {
    let mut file = BufReader::new(File::open(path).ok()?);
    skip_byte_order_mark(&mut file);
    let error = serde_json::from_reader::<_, IgnoredAny>(file).err()?;
    Some(said(&error, error.line()))
}

fn json_lines_fault(path: &Path) -> Option<String> {
    let mut file = BufReader::new(File::open(path).ok()?);
    skip_byte_order_mark(&mut file);
    for (line, text) in file.split(b'\n').enumerate() {
        let text = text.ok()?;
        let text = text.strip_prefix(&[0x1e]).unwrap_or(&text);
        if !text.trim_ascii().is_empty()
            && let Err(error) = serde_json::from_slice::<IgnoredAny>(text)
        {
            return Some(said(&error, line + 1));
        }
    }
    None
}

fn said(error: &serde_json::Error, line: usize) -> String {
    let what = if error.is_eof() {
        "el JSON termina antes de tiempo"
    } else {
        "el JSON no es válido"
    };
    format!("{what} en la línea {line}, columna {}", error.column())
}

fn xml_end(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let whole = text.trim_end().ends_with("</kml>") || text.trim_end().ends_with(":kml>");
    let lines = text.lines().count();
    (!whole).then(|| {
        format!(
            "el KML termina antes de tiempo, en el byte {} (línea {lines})",
            bytes.len()
        )
    })
}

fn skip_byte_order_mark(file: &mut BufReader<File>) {
    if file
        .fill_buf()
        .is_ok_and(|start| start.starts_with(&[0xef, 0xbb, 0xbf]))
    {
        file.consume(3);
    }
}
