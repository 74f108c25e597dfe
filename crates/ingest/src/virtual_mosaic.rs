//! GDAL's virtual mosaics: a description that names other files. What it may name is looked at before GDAL sees it.

use crate::RasterError;
use crate::raster_files::is_plain_raster;
use std::path::{Path, PathBuf};

/// Longer than any description of files by hand or by `gdalbuildvrt`.
const LONGEST: u64 = 64 << 20;

/// What computes, reads bytes without a format, asks elsewhere, or names files in another way; in small letters.
const REFUSED: [(&str, &str); 13] = [
    ("<!doctype", "declara un tipo de documento"),
    ("<!entity", "declara entidades"),
    ("<![cdata[", "esconde texto"),
    ("<?xml-", "remite a otro documento"),
    ("vrtderivedrasterband", "calcula sus valores"),
    ("<pixelfunction", "calcula sus valores"),
    ("vrtrawrasterband", "lee bytes sin formato"),
    ("vrtpansharpeneddataset", "combina imágenes"),
    ("vrtwarpeddataset", "deforma imágenes"),
    ("<sourcedataset", "nombra archivos de otro modo"),
    ("<maskband", "tiene una máscara"),
    ("<group", "tiene grupos"),
    ("<openoptions", "da opciones a sus archivos"),
];

/// The files of a mosaic that lays plain files of this machine side by side; any other is refused. Names of elements are read
/// without regard to case, as GDAL reads them.
pub fn sources(path: &Path) -> Result<Vec<PathBuf>, RasterError> {
    let refuse = |reason: String| RasterError::Virtual {
        path: path.into(),
        reason,
    };
    let unreadable = |error: std::io::Error| RasterError::Unreadable {
        path: path.into(),
        detail: error.to_string(),
    };
    if path.metadata().map_err(unreadable)?.len() > LONGEST {
        return Err(refuse("es demasiado largo para una descripción de mosaico".to_owned()));
    }
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let lower = text.to_ascii_lowercase();
    if let Some((_, reason)) = REFUSED.iter().find(|(mark, _)| lower.contains(mark)) {
        return Err(refuse((*reason).to_owned()));
    }
    let mut named = Vec::new();
    for (attributes, name) in elements(&text, &lower, "<sourcefilename") {
        named.push(source(path, attributes, name).map_err(refuse)?);
    }
    if named.is_empty() {
        return Err(refuse("no nombra ningún archivo".to_owned()));
    }
    Ok(named)
}

/// The plain raster file that a source names.
fn source(mosaic: &Path, attributes: &str, name: &str) -> Result<PathBuf, String> {
    let unclear = || format!("nombra «{name}» de un modo que no se entiende");
    let name = plain_text(name).ok_or_else(unclear)?;
    let relative = is_relative(attributes).ok_or_else(unclear)?;
    if name.contains("://") || name.contains("/vsi") || name.starts_with("\\\\") || name.contains('\0') {
        return Err(format!("nombra «{name}», que no es un archivo de esta máquina"));
    }
    let full: PathBuf = if relative {
        mosaic.parent().unwrap_or(Path::new("")).join(&name)
    } else {
        name.as_str().into()
    };
    if !is_plain_raster(&full) {
        return Err(format!("nombra «{name}», que no es .tif, .tiff, .asc ni .hgt"));
    }
    if !full.is_file() {
        return Err(format!("nombra «{name}», y no hay tal archivo"));
    }
    Ok(full)
}

/// Whether attributes say that a name is told from the mosaic's folder; `None` where they are not as `gdalbuildvrt` writes them.
fn is_relative(attributes: &str) -> Option<bool> {
    let even = attributes.matches('"').count().is_multiple_of(2);
    if !even || attributes.contains(['\'', '<', '&']) {
        return None;
    }
    let tight: String = attributes.to_ascii_lowercase().split_whitespace().collect();
    match tight.split_once("relativetovrt=") {
        None => Some(false),
        Some((_, rest)) if rest.starts_with("\"1\"") => Some(true),
        Some((_, rest)) if rest.starts_with("\"0\"") => Some(false),
        Some(_) => None,
    }
}

/// The attributes and the text of every element that begins so, whose text holds no other element.
fn elements<'a>(text: &'a str, lower: &str, open: &str) -> Vec<(&'a str, &'a str)> {
    let begins = lower.match_indices(open).map(|(at, _)| &text[at + open.len()..]);
    begins
        .map(|rest| {
            let (attributes, rest) = rest.split_once('>').unwrap_or((rest, ""));
            let content = rest.split_once('<').map_or("", |(content, _)| content);
            (attributes, content.trim())
        })
        .collect()
}

/// Text with its five entities; `None` with any other.
fn plain_text(text: &str) -> Option<String> {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];
    let mut left = text.to_owned();
    for (entity, letter) in known {
        left = left.replace(entity, letter);
    }
    let strange = left.split('&').skip(1).any(|rest| !rest.starts_with("amp;"));
    (!strange && !left.is_empty()).then(|| left.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_with_the_entities_that_xml_has_and_no_others() {
        assert_eq!(plain_text("a&amp;b &lt;1&gt;.tif").as_deref(), Some("a&b <1>.tif"));
        assert_eq!(plain_text("&#47;vsicurl"), None);
        assert_eq!(plain_text("&xxe;"), None);
        assert_eq!(plain_text(""), None);
    }

    #[test]
    fn every_source_is_found_with_its_attributes() {
        let text = "<A><SourceFilename relativeToVRT=\"1\">a.tif</SourceFilename><sourcefileName>b</SourceFilename>";
        let found = elements(text, &text.to_ascii_lowercase(), "<sourcefilename");
        assert_eq!(found, [(" relativeToVRT=\"1\"", "a.tif"), ("", "b")]);
        let hidden = "<SourceFilename><!-- a.tif -->b.tif</SourceFilename>";
        assert_eq!(
            elements(hidden, &hidden.to_ascii_lowercase(), "<sourcefilename"),
            [("", "")]
        );
    }

    #[test]
    fn attributes_that_another_reader_might_read_otherwise_are_not_read() {
        assert_eq!(is_relative(" relativeToVRT = \"1\" shared=\"0\""), Some(true));
        assert_eq!(is_relative(" relativetovrt=\"0\""), Some(false));
        assert_eq!(is_relative(""), Some(false));
        for strange in [
            " relativeToVRT='1'",
            " relativeToVRT=\"01\"",
            " a=\"",
            " a=\"\" b=\"",
            " a=\"&quot;\"",
        ] {
            assert_eq!(is_relative(strange), None, "{strange}");
        }
    }
}
