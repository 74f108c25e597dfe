//! A drawing as a page of its own size.

use super::{FONTS, PdfError, TEMPLATES, letters, moment};
use crate::Issued;
use maps::Scene;
use serde_json::json;
use typeset::Job;

const SHEET: &str = include_str!("../../typst/sheet.typ");

/// Sets a drawing as one page of exactly its size, a millimetre for a millimetre, so that its scale bar measures true: lines and
/// letters, no picture of dots. Tagged as in [`pdf`](crate::pdf()), with the drawing's description for those who do not see it; the
/// same bytes for the same drawing and issue.
///
/// # Errors
/// When the drawing is larger than a document may be.
pub fn sheet_pdf(scene: &Scene, issued: &Issued) -> Result<Vec<u8>, PdfError> {
    let creator = format!("{} {}", issued.program, issued.version);
    let svg = letters::spelled(&scene.svg(), &FONTS);
    let words = |text: &str| letters::spelled(text, &FONTS);
    let sheet = serde_json::to_vec(&json!({
        "width_mm": scene.width_mm,
        "height_mm": scene.height_mm,
        "title": words(&scene.title),
        "alt": words(&scene.desc),
        "lang": scene.lang,
        "author": creator,
    }))?;
    let mut files: Vec<(&str, &[u8])> = TEMPLATES.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    files.push(("sheet.typ", SHEET.as_bytes()));
    files.push(("sheet.json", &sheet));
    files.push(("map.svg", svg.as_bytes()));
    let job = Job {
        main: "sheet.typ",
        files: &files,
        fonts: &FONTS,
        created: moment(issued),
        ident: &svg,
        creator: &creator,
    };
    Ok(typeset::pdf(&job)?.pdf)
}
