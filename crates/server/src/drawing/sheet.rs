//! Sheets of layers: from a snapshot and a question to a drawing and its bytes.

use crate::problem::{Kind, Problem};
use jiff::Timestamp;
use maps::MapError;
use reports::{Issued, Lang, LayerSheet, LayerSheetAsk, LayerSheetGround, layer_sheet, sheet_pdf};
use store::Snapshot;
use territory::LayerKind;

/// As what a sheet goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SheetForm {
    /// A page of exactly its size.
    Pdf,
    /// Lines.
    Svg,
    /// Pixels, so many in an inch.
    Png(u16),
}

/// A sheet, and the moment of its data.
pub(crate) struct Sheet {
    sheet: LayerSheet,
    known: Timestamp,
}

/// A sheet as it goes out.
pub(crate) struct MadeSheet {
    /// The file.
    pub bytes: Vec<u8>,
    /// The address of its system.
    pub crs: String,
    /// West, south, east and north of its frame in metres.
    pub bbox: String,
}

impl Sheet {
    /// Draws what a snapshot has there, `vertices` at most.
    ///
    /// # Errors
    /// `over-limit` before anything is drawn, `invalid-parameter` for a scale, a paper or a box that cannot be.
    pub(crate) fn drawn(
        snapshot: &Snapshot,
        kinds: &[LayerKind],
        ask: &LayerSheetAsk,
        (lang, most): (Lang, u64),
    ) -> Result<Self, Problem> {
        let reach = ask.reach().map_err(|error| refused(&error))?;
        let ground = LayerSheetGround {
            layers: snapshot.layers_in(kinds, reach),
            units: snapshot.units_about(reach),
            as_of: snapshot.options.as_of,
        };
        let vertices = ground.vertices();
        if vertices > most {
            return Err(Kind::OverLimit
                .because(format!(
                    "La lámina tendría {vertices} vértices, y el límite de este servidor es {most}. Pida una caja menor o menos capas."
                ))
                .with("figure", vertices)
                .with("limit", most));
        }
        Ok(Self {
            sheet: layer_sheet(ask, &ground, lang).map_err(|error| refused(&error))?,
            known: snapshot.newest_publication().unwrap_or(snapshot.options.as_of.known),
        })
    }

    /// Its bytes: the same for the same data and question, for the date of the document is that of its newest edition.
    ///
    /// # Errors
    /// `internal`.
    pub(crate) fn made(self, form: SheetForm) -> Result<MadeSheet, Problem> {
        let LayerSheet { scene, window } = &self.sheet;
        let bytes = match form {
            SheetForm::Svg => scene.svg().into_bytes(),
            SheetForm::Png(dpi) => scene.png(f64::from(dpi)).map_err(|error| Problem::internal(&error))?,
            SheetForm::Pdf => {
                let issued = Issued::now_of(self.known, "tupu", env!("CARGO_PKG_VERSION"));
                sheet_pdf(scene, &issued).map_err(|error| Problem::internal(&error))?
            }
        };
        let metres = window.metres_per_mm();
        let sides = [
            window.west,
            window.north - window.frame.height * metres,
            window.west + window.frame.width * metres,
            window.north,
        ];
        Ok(MadeSheet {
            bytes,
            crs: format!("http://www.opengis.net/def/crs/EPSG/0/{}", window.zone.epsg()),
            bbox: sides.map(|side| format!("{side:.3}")).join(","),
        })
    }
}

/// What is wrong with a question for a sheet, by the parameter that mends it.
pub(crate) fn refused(error: &MapError) -> Problem {
    let parameter = match error {
        MapError::DoesNotFit { .. } | MapError::Scale { .. } => "scale",
        MapError::Crowded { .. } => "paper",
        MapError::NoLand | MapError::NoZone { .. } | MapError::TooLarge | MapError::Transform(_) => "bbox",
        _ => return Problem::internal(error),
    };
    let problem = Kind::InvalidParameter
        .because(error.sentence_es())
        .with("parameter", parameter);
    match error {
        MapError::DoesNotFit { fits, .. } => problem.with("fits", *fits),
        _ => problem,
    }
}
