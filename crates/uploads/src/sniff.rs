//! What an upload is: by what it says of itself, checked against what its bytes show.

use crate::raw::Raw;
use crate::text::{decode, quoted};
use crate::{Format, Incoming, Limits, Note, TooMuch, UploadError, archive, geojson, gpx, kml, plain, table, wkt};

const TEXTS: &[Format] = &[Format::Csv, Format::Wkt, Format::Coordinates];
const ARCHIVES: &[Format] = &[Format::Shapefile, Format::Kmz];

/// Reads the upload by the format that its bytes show, where that is what it says it is.
pub(crate) fn read(incoming: &Incoming<'_>, limits: &Limits) -> Result<Raw, UploadError> {
    let bytes = incoming.bytes;
    if bytes.len() > limits.bytes {
        return Err(UploadError::too_much(TooMuch::Bytes, bytes.len(), limits.bytes));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) || bytes == [0xEF, 0xBB, 0xBF] {
        return Err(UploadError::Empty);
    }
    let expected = expected(incoming);
    let seen_instead = |seen: &str| UploadError::NotThisFormat {
        expected: expected.map_or_else(|| "un formato conocido".to_owned(), label_es),
        seen: seen.to_owned(),
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let raw = archive::read(bytes, expected.map_or(Format::Shapefile, |formats| formats[0]), limits)?;
        return match expected {
            Some(formats) if !formats.contains(&raw.format) => Err(seen_instead(raw.format.label_es())),
            _ => Ok(raw),
        };
    }
    if let Some(kind) = binary(bytes) {
        return Err(seen_instead(kind));
    }
    let (text, legacy) = decode(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let format = text_format(text).map_err(|seen| seen_instead(&seen))?;
    if expected.is_some_and(|formats| !formats.contains(&format)) {
        return Err(seen_instead(format.label_es()));
    }
    let mut raw = match format {
        Format::GeoJson => geojson::read(text, limits),
        Format::Kml => kml::read(text, Format::Kml, limits),
        Format::Gpx => gpx::read(text, limits),
        Format::Wkt => wkt::read(text, limits),
        Format::Csv => table::read(text, limits),
        _ => plain::read(text, limits),
    }?;
    if legacy {
        raw.notes.push(Note::ReadAsWindows1252);
    }
    Ok(raw)
}

fn label_es(formats: &[Format]) -> String {
    let labels: Vec<&str> = formats.iter().map(|format| format.label_es()).collect();
    labels.join(" o ")
}

/// The formats that the media type or the ending of the name allows; `None` where they say nothing.
fn expected(incoming: &Incoming<'_>) -> Option<&'static [Format]> {
    let media = incoming.content_type.and_then(|media| {
        match media
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
            .as_str()
        {
            "application/geo+json" | "application/vnd.geo+json" => Some(&[Format::GeoJson][..]),
            "application/json" | "text/json" => Some(&[Format::GeoJson]),
            "application/vnd.google-earth.kml+xml" => Some(&[Format::Kml]),
            "application/vnd.google-earth.kmz" => Some(&[Format::Kmz]),
            "application/gpx+xml" => Some(&[Format::Gpx]),
            "application/xml" | "text/xml" => Some(&[Format::Kml, Format::Gpx]),
            "text/csv" | "text/tab-separated-values" => Some(TEXTS),
            "application/zip" | "application/x-zip-compressed" | "application/x-zip" => Some(ARCHIVES),
            _ => None,
        }
    });
    media.or_else(|| {
        let (_, ending) = incoming.filename?.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "geojson" | "json" => Some(&[Format::GeoJson][..]),
            "kml" => Some(&[Format::Kml]),
            "kmz" => Some(&[Format::Kmz]),
            "gpx" => Some(&[Format::Gpx]),
            "xml" => Some(&[Format::Kml, Format::Gpx]),
            "csv" | "tsv" => Some(TEXTS),
            "wkt" => Some(&[Format::Wkt]),
            "zip" => Some(ARCHIVES),
            _ => None,
        }
    })
}

/// What a text is, or what is seen instead.
fn text_format(text: &str) -> Result<Format, String> {
    let start = text.trim_start();
    if start.starts_with(['{', '[']) {
        return Ok(Format::GeoJson);
    }
    if start.starts_with('<') {
        return xml_format(start);
    }
    if wkt::looks_like(start) {
        return Ok(Format::Wkt);
    }
    if start.starts_with("0\r\nSECTION") || start.starts_with("0\nSECTION") {
        return Err("un dibujo DXF (expórtelo como GeoJSON o Shapefile)".to_owned());
    }
    if table::has_header(text) {
        return Ok(Format::Csv);
    }
    if text.contains('\0') {
        return Err("un archivo binario que no se reconoce".to_owned());
    }
    if text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Format::Coordinates);
    }
    Err(format!("un texto sin coordenadas («{}»)", quoted(start, 40)))
}

/// The format by the root element, which a declaration, comments and a document type may go before.
fn xml_format(text: &str) -> Result<Format, String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = match () {
            () if rest.starts_with("<?") => "?>",
            () if rest.starts_with("<!--") => "-->",
            // the reader refuses it, with its place
            () if rest.starts_with("<!") => ">",
            () => break,
        };
        match rest.find(end) {
            Some(at) => rest = &rest[at + end.len()..],
            None => break,
        }
        // an internal subset ends with «]>»
        rest = rest.trim_start().strip_prefix("]>").unwrap_or(rest);
    }
    let name = rest
        .trim_start_matches('<')
        .split(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .next()
        .unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    match local {
        "kml" | "Document" | "Folder" | "Placemark" => Ok(Format::Kml),
        "gpx" => Ok(Format::Gpx),
        other if other.eq_ignore_ascii_case("html") => Err("una página HTML".to_owned()),
        // cut before its root, or a document type: let the reader of KML say where
        "" => Ok(Format::Kml),
        _ if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") => Ok(Format::Kml),
        other => Err(format!("un XML con raíz «{}»", quoted(other, 40))),
    }
}

/// What known bytes at the start say, in Spanish.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    let signatures: [(&[u8], &str); 12] = [
        (b"%PDF", "un PDF"),
        (
            b"SQLite format 3",
            "un GeoPackage o base SQLite (expórtelo como GeoJSON)",
        ),
        (b"Rar!", "un archivo RAR (use ZIP)"),
        (b"7z\xBC\xAF\x27\x1C", "un archivo 7z (use ZIP)"),
        (b"\x1F\x8B", "un archivo gzip (use ZIP)"),
        (
            b"\x00\x00\x27\x0A",
            "un .shp o .shx suelto (comprima .shp, .shx, .dbf y .prj en un ZIP)",
        ),
        (b"\x89PNG", "una imagen PNG"),
        (b"\xFF\xD8\xFF", "una imagen JPEG"),
        (b"II*\x00", "una imagen TIFF"),
        (b"MM\x00*", "una imagen TIFF"),
        (b"AC10", "un dibujo DWG (expórtelo como GeoJSON o Shapefile)"),
        (
            b"\xD0\xCF\x11\xE0",
            "un documento antiguo de Office (guárdelo como CSV)",
        ),
    ];
    signatures
        .into_iter()
        .find(|(mark, _)| bytes.starts_with(mark))
        .map(|(_, kind)| kind)
}
