//! The regional matrix, `tupu/matrix/1`: every land of a layer against another layer, from the same findings as the reports.

mod quality;
mod row;
mod whole;

pub(crate) use quality::QUALITY_KINDS;
pub use row::{matrix_row, stack};
pub use whole::{MatrixHead, matrix};

use crate::{
    AsOfOut, Class, EditionOut, Fixed, LayerState, Precedence, RulebookOut, SeriesOut, TotalOut, word, word::Word,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// Many subjects against one layer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Matrix {
    /// `tupu/matrix/1`.
    #[serde(deserialize_with = "word::schema")]
    pub schema: Word,
    /// `complete`, or `incomplete` when the layer was not consulted for some subject.
    #[serde(deserialize_with = "word::standing")]
    pub standing: Word,
    /// Computing rules.
    pub method: u32,
    /// Layer of the subjects.
    pub subjects: LayerKind,
    /// Layer judged against.
    pub against: LayerKind,
    /// The rulebook's id and hash.
    pub rulebook: RulebookOut,
    /// For when.
    pub as_of: AsOfOut,
    /// The editions that the subjects and the features judged against come from, by id.
    pub editions: Vec<EditionOut>,
    /// Whether slivers were kept.
    pub slivers_kept: bool,
    /// Hectares of all subjects on the ellipsoid, added up: where subjects overlap one another their land counts for each.
    pub subjects_geodesic_ha: Fixed<4>,
    /// All rows together, by group, in geodesic hectares.
    pub totals: Vec<MatrixTotal>,
    /// Subjects by the part of them under live rights (or under anything, for layers without groups), from the largest down.
    pub ranking: Vec<Ranked>,
    /// Subjects in which rights lie on one another, from the deepest stack down, then by the land that two or more cover.
    pub hotspots: Vec<Hotspot>,
    /// Land under live rights by year of filing, all subjects together, cumulated.
    pub series: Vec<MatrixYear>,
    /// What is wrong or missing in the data that the matrix is made of.
    pub quality: Vec<QualityOut>,
    /// What is not known, once each, with the number of subjects that it is about.
    pub limits: Vec<MatrixLimit>,
    /// One row a subject, in the order of edition and source row.
    pub rows: Vec<MatrixRow>,
}

/// All rows of a group together. Zones differ from row to row, so hectares are geodesic.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MatrixTotal {
    /// Group, as in reports.
    pub group: String,
    /// Subjects with at least one.
    pub subjects: usize,
    /// Pairs of a subject and a feature.
    pub pairs: usize,
    /// Features that meet at least one subject.
    pub features: usize,
    /// Plain sum of the overlaps.
    pub sum_geodesic_ha: Fixed<4>,
    /// The unions of all subjects, added up.
    pub union_geodesic_ha: Fixed<4>,
    /// Both ends of the rows' bands, added up: as if all rows erred to the same side. None where a row that counts has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band90_geodesic_ha: Option<[Fixed<4>; 2]>,
    /// The unions as part of all subjects.
    pub share_of_subjects: Fixed<6>,
}

/// A subject in its place.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ranked {
    /// 1 for the first; equal shares have equal places.
    pub place: usize,
    /// Edition of the subject.
    pub edition: String,
    /// Row of its source.
    pub source_row: u64,
    /// Its key.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// Rights counted.
    pub count: usize,
    /// Part of it that they cover together.
    pub share_of_subject: Fixed<6>,
    /// Their union on the ellipsoid.
    pub union_geodesic_ha: Fixed<4>,
}

/// Where live rights lie on one another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hotspot {
    /// Edition of the subject.
    pub edition: String,
    /// Row of its source.
    pub source_row: u64,
    /// Its key.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// The stack.
    pub stack: StackOut,
}

/// Live rights that lie on one another inside a subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StackOut {
    /// Most rights over one place.
    pub deepest: usize,
    /// Longitude and latitude of such a place.
    pub at: [Fixed<7>; 2],
    /// The rights over it, by key.
    pub features: Vec<String>,
    /// Planar hectares that two or more cover.
    pub stacked_utm_ha: Fixed<4>,
    /// The same on the ellipsoid.
    pub stacked_geodesic_ha: Fixed<4>,
}

/// A year of the series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MatrixYear {
    /// Year; none for rights without a date, which stand first.
    pub year: Option<i16>,
    /// Live rights filed in it that meet at least one subject.
    pub features: usize,
    /// Hectares on the ellipsoid under rights filed until then, the subjects' unions added up.
    pub union_geodesic_ha: Fixed<4>,
}

/// A finding about the data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityOut {
    /// Stable code: `declared-differs`, `undated`, …
    #[serde(deserialize_with = "word::quality")]
    pub kind: Word,
    /// Layer concerned.
    pub layer: LayerKind,
    /// Edition concerned, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// How many.
    pub count: u64,
    /// Of how many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
    /// The features, by key; empty where it is about the edition.
    pub features: Vec<String>,
}

/// What is not known about some subjects.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MatrixLimit {
    /// As in reports.
    #[serde(flatten)]
    pub limit: crate::Limit,
    /// Subjects whose report says so.
    pub subjects: usize,
}

/// A subject's row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MatrixRow {
    /// Edition of the subject.
    pub edition: String,
    /// Row of the source, 1 for the first.
    pub source_row: u64,
    /// Key.
    pub feature: String,
    /// Name.
    pub name: String,
    /// Zone in which it was judged.
    pub utm_zone: u8,
    /// Planar hectares.
    pub utm_ha: Fixed<4>,
    /// Hectares on the ellipsoid.
    pub geodesic_ha: Fixed<4>,
    /// Hectares as registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_ha: Option<Fixed<4>>,
    /// State of the layer judged against, for this subject.
    pub state: LayerState,
    /// Totals by group.
    pub totals: Vec<TotalOut>,
    /// Land under live rights by year of filing.
    pub series: Vec<SeriesOut>,
    /// Rights on one another; none where nowhere two lie on one another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stack: Option<StackOut>,
    /// Number of overlaps below the sliver limit, doubtful ones included.
    pub roces: usize,
    /// Pairs above the sliver limit, then those below.
    pub pairs: Vec<MatrixPair>,
}

/// A pair of a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct MatrixPair {
    /// Edition of the feature.
    pub edition: String,
    /// Key of the feature.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// Group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// When it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed_at: Option<Date>,
    /// Whether it is older than the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precedence: Option<Precedence>,
    /// `firme`, `probable`, `dudoso` or `roce`.
    pub class: Class,
    /// Planar hectares shared.
    pub utm_ha: Fixed<4>,
    /// Geodesic hectares shared.
    pub geodesic_ha: Fixed<4>,
    /// Planar hectares between which it lies nine times out of ten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band90: Option<[Fixed<4>; 2]>,
    /// Planar hectares of the feature.
    pub feature_utm_ha: Fixed<4>,
    /// Mean width in metres.
    pub mean_width_m: Fixed<2>,
    /// The rule that gave the severity.
    pub rule: String,
    /// Severity.
    pub severity: crate::Severity,
}
