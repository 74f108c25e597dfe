//! The land that a report is about.

use crate::{Fixed, word, word::Word};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// The land asked about.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubjectOut {
    /// `feature` or `geometry`.
    #[serde(deserialize_with = "word::subject")]
    pub kind: Word,
    /// Layer of a feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// Key of a feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Hash of its land on the grid.
    pub sha256: String,
    /// How its coordinates were understood.
    pub source: SubjectSource,
    /// What was mended.
    pub repairs: Vec<RepairOut>,
    /// Its areas.
    pub area: SubjectArea,
    /// Longitude and latitude of its centre of area.
    pub centroid: [Fixed<7>; 2],
    /// West, south, east, north in degrees.
    pub bbox: [Fixed<7>; 4],
    /// The district that holds most of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<AdminUnit>,
    /// The day that it stands on for precedence: recognition, creation or filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated_at: Option<Date>,
    /// The hydrographic units that it lies in, largest share first.
    pub watersheds: Vec<WatershedOut>,
}

/// How coordinates were understood.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubjectSource {
    /// The CRS that was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs_declared: Option<String>,
    /// The CRS that was used.
    pub crs_used: String,
    /// Why.
    pub evidence: Vec<String>,
}

/// A repair of the subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RepairOut {
    /// What was done.
    pub kind: territory::RepairKind,
    /// How many points or rings.
    pub count: usize,
    /// Hectares before.
    pub area_before_ha: Fixed<4>,
    /// Hectares after.
    pub area_after_ha: Fixed<4>,
}

/// The three areas of the subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SubjectArea {
    /// The judging zone: 17, 18 or 19 south.
    pub utm_zone: u8,
    /// Planar hectares in it.
    pub utm_ha: Fixed<4>,
    /// Hectares on the ellipsoid.
    pub geodesic_ha: Fixed<4>,
    /// Hectares that its register declares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_ha: Option<Fixed<4>>,
}

/// A district.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AdminUnit {
    /// Department.
    pub department: Option<String>,
    /// Province.
    pub province: Option<String>,
    /// District.
    pub district: Option<String>,
    /// INEI code, six digits.
    pub ubigeo: Option<String>,
}

/// A hydrographic unit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WatershedOut {
    /// Pfafstetter code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Part of the subject in it.
    pub share_of_subject: Fixed<6>,
}
