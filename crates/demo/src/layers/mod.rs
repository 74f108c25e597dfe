//! The layers, each in the words and field names of those who publish such layers.

pub mod boundaries;
pub mod communities;
pub mod concessions;
pub mod cover;
pub mod hazards;
pub mod investment;
pub mod protected;
pub mod units;
pub mod urban;
pub mod water;
pub mod zoning;

use crate::lattice::{Lattice, TERRITORY};
use geo::Area;
use geo_types::MultiPolygon;
use serde_json::{Value, json};

/// Planar hectares in EPSG:32718, to two decimals.
pub fn hectares(land: &MultiPolygon<f64>) -> f64 {
    (land.unsigned_area() / 100.0).round() / 100.0
}

/// A field that holds hectares of `land` times `factor`.
pub fn about(land: &MultiPolygon<f64>, factor: f64) -> Value {
    json!((hectares(land) * factor * 100.0).round() / 100.0)
}

/// Hectares of a cell.
pub const CELL_HA: f64 = TERRITORY.cell * TERRITORY.cell / 10_000.0;

/// Cells of so many hectares.
pub fn cells(hectares: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hectares of a small territory"
    )]
    let cells = (hectares / CELL_HA) as usize;
    cells
}

/// Metres over the ground of a number of cells.
pub fn metres(cells: f64) -> f64 {
    let Lattice { cell, .. } = TERRITORY;
    cells * cell
}
