//! The public's files become geometry: GeoJSON, KML, KMZ, GPX, CSV, zipped Shapefile, WKT and coordinates as text.
//!
//! In pure Rust, with limits before work; no file system, no network, no external entities. Rings come as given: they are
//! finite, in range and closed, but not valid; that is for `territory::repair`.

mod archive;
mod error;
mod format;
mod geojson;
mod gpx;
mod json;
mod kml;
mod limits;
mod nest;
mod note;
mod place;
mod plain;
mod prj;
mod raw;
mod sentences;
mod shp;
mod sniff;
mod table;
mod text;
mod wkt;
mod xml;

pub use error::{At, TooMuch, UploadError};
pub use format::Format;
pub use limits::Limits;
pub use note::{Kind, LeftOut, Note};

use crs::disguise::{Near, Reading};
use crs::{Crs, DatumOperation, OperationUsed};
use geo_types::MultiPolygon;

/// What somebody hands in.
#[derive(Clone, Debug, Default)]
pub struct Incoming<'a> {
    /// The file or text itself.
    pub bytes: &'a [u8],
    /// The media type that was declared; parameters and unspecific types are ignored.
    pub content_type: Option<&'a str>,
    /// The name of the file; only its ending matters.
    pub filename: Option<&'a str>,
    /// The coordinate system that the sender declares; it holds against the file's own.
    pub crs: Option<Crs>,
    /// The reading that the sender chose when asked (see [`UploadError::NeedsCrs`]).
    pub reading: Option<Reading>,
    /// The datum operation that the sender names for PSAD 56; without effect on other datums.
    pub operation: Option<DatumOperation>,
    /// The place that the land is said to be at.
    pub near: Option<Near>,
}

/// Land out of a file, and how it came to be.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Polygons in lon/lat WGS 84 degrees, as given: closed, but not repaired.
    pub land: MultiPolygon<f64>,
    /// What the file was.
    pub format: Format,
    /// The coordinate system as the sender or the file words it.
    pub crs_declared: Option<String>,
    /// The coordinate system that was used.
    pub crs_used: Crs,
    /// The datum operation, with its accuracy.
    pub operation: OperationUsed,
    /// Why the coordinates were read as they were: sentences in Spanish.
    pub evidence: Vec<String>,
    /// What was ignored, closed or mended on the way.
    pub notes: Vec<Note>,
    /// Features and rows that gave no land.
    pub left_out: Vec<LeftOut>,
}

/// Reads what somebody hands in.
///
/// ```
/// let wkt = b"POLYGON((-78.5 -7.1, -78.4 -7.1, -78.4 -7.2, -78.5 -7.1))";
/// let incoming = uploads::Incoming { bytes: wkt, ..Default::default() };
/// let upload = uploads::read(&incoming, &uploads::Limits::default()).unwrap();
/// assert_eq!(upload.land.0.len(), 1);
/// ```
///
/// # Errors
/// See [`UploadError`]: each variant says what was seen, where, and has a sentence in Spanish with the mend.
pub fn read(incoming: &Incoming<'_>, limits: &Limits) -> Result<Upload, UploadError> {
    let raw = sniff::read(incoming, limits)?;
    place::place(raw, incoming)
}
