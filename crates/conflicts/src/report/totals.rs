//! What the findings of a report come to together.

use crate::Fixed;
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// Totals of a layer's group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TotalOut {
    /// Layer.
    pub layer: LayerKind,
    /// Group; `vigente` joins `titulado` and `tramite`, `todos` stands for layers without groups.
    pub group: String,
    /// Findings counted.
    pub count: usize,
    /// Plain sum of their overlaps.
    pub sum_ha: Fixed<4>,
    /// Area of their union inside the subject.
    pub union_ha: Fixed<4>,
    /// Planar hectares between which the union lies nine times out of ten; none where no positional deviation is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band90: Option<[Fixed<4>; 2]>,
    /// Union on the ellipsoid.
    pub union_geodesic_ha: Fixed<4>,
    /// Union as part of the subject.
    pub share_of_subject: Fixed<6>,
}

/// Land under rights filed until a year.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SeriesOut {
    /// Layer.
    pub layer: LayerKind,
    /// Group: `vigente`.
    pub group: String,
    /// Year of filing; none for rights without a date, which stand first.
    pub year: Option<i16>,
    /// Rights filed in it.
    pub count: usize,
    /// Planar hectares of the union of the rights filed until then, inside the subject.
    pub union_ha: Fixed<4>,
    /// The same on the ellipsoid.
    pub union_geodesic_ha: Fixed<4>,
}
