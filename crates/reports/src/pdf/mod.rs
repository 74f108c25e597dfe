//! The paper form of a view: a tagged PDF.
//!
//! The view goes to the templates of `typst/` as JSON and is never pasted into their code, so no word of a name or a rule can be
//! taken for a command. The templates decide how things look, never what is said.

mod letters;
mod places;
mod plain;
mod sheet;
mod square;

pub use sheet::sheet_pdf;

use crate::view::View;
use crate::{Issued, Picture};
use jiff::tz::TimeZone;
use maps::Paper;
use serde_json::{Value, json};
use std::sync::LazyLock;
use typeset::{Fonts, Job, Moment, TypesetError};

const TEMPLATES: [(&str, &str); 5] = [
    ("main.typ", include_str!("../../typst/main.typ")),
    ("look.typ", include_str!("../../typst/look.typ")),
    ("words.typ", include_str!("../../typst/words.typ")),
    ("table.typ", include_str!("../../typst/table.typ")),
    ("blocks.typ", include_str!("../../typst/blocks.typ")),
];

/// The letters of every sheet, read once.
static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::carried(&maps::fonts::ALL));

/// What a PDF needs beside its view.
#[derive(Clone, Copy, Debug)]
pub struct PdfOptions<'a> {
    /// The paper.
    pub paper: Paper,
    /// The map that stands where the view has one. It is never made larger than it was drawn, and smaller only to fit the width.
    pub map: Option<&'a Picture>,
    /// Who makes the document, and when: the PDF's own date is this one.
    pub issued: &'a Issued,
}

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The view cannot be written as JSON.
    #[error("the view cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A square code cannot hold its words.
    #[error("no square code can hold {0} bytes")]
    CodeTooLong(usize),
    /// The typesetter found a fault.
    #[error("the document cannot be set: {0}")]
    Typeset(#[from] TypesetError),
}

/// Sets a view as a tagged PDF (PDF/A-2a and PDF/UA-1), with the same bytes for the same view and options.
///
/// A character that none of the letters has is printed as its number: `[U+4E2D]`.
///
/// # Errors
/// When the view has no JSON, a square code is too long for any symbol, or the picture of the map or of a figure is no SVG.
pub fn pdf(view: &View, options: &PdfOptions<'_>) -> Result<Vec<u8>, PdfError> {
    set(serde_json::to_value(view)?, options)
}

/// Sets a view that is JSON already.
fn set(mut view: Value, options: &PdfOptions<'_>) -> Result<Vec<u8>, PdfError> {
    letters::readable(&mut view, &FONTS);
    square::draw_codes(&mut view)?;
    places::keep_links_that_lead(&mut view);
    plain::prepare(&mut view);
    let ident = format!("{} {}", view["id"], view["audience"]);
    let creator = format!("{} {}", options.issued.program, options.issued.version);
    let document = json!({
        "view": view,
        "paper": options.paper.id(),
        "map": options.map.map(|map| json!({
            "width_mm": map.width_mm,
            "height_mm": map.height_mm,
            "alt": map.alt,
        })),
        "author": creator,
    });
    let document = serde_json::to_vec(&document)?;
    let mut files: Vec<(&str, &[u8])> = TEMPLATES.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    files.push(("document.json", &document));
    let map = options.map.map(|map| letters::spelled(&map.svg, &FONTS));
    if let Some(svg) = &map {
        files.push(("map.svg", svg.as_bytes()));
    }
    let job = Job {
        main: "main.typ",
        files: &files,
        fonts: &FONTS,
        created: moment(options.issued),
        ident: &ident,
        creator: &creator,
    };
    Ok(typeset::pdf(&job)?.pdf)
}

fn moment(issued: &Issued) -> Moment {
    let at = issued.at.to_zoned(TimeZone::UTC);
    // a part of a civil date is never negative, and none is larger than 59
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    Moment {
        year: i32::from(at.year()),
        month: part(at.month()),
        day: part(at.day()),
        hour: part(at.hour()),
        minute: part(at.minute()),
        second: part(at.second()),
    }
}
