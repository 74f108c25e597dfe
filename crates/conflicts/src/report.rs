//! The canonical report, `tupu/report/1`: every rendering prints this and computes nothing of its own.

use crate::{Fixed, LayerOut};
use jiff::civil::Date;
use serde::Serialize;
use territory::LayerKind;

/// The document. Decimals are strings with fixed places; lists have a stated order.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// `tupu/report/1`.
    pub schema: &'static str,
    /// `complete`, or `incomplete` when a layer was not consulted.
    pub standing: &'static str,
    /// The version of the computing rules.
    pub method: u32,
    /// For when.
    pub as_of: AsOfOut,
    /// The rules used.
    pub rulebook: RulebookOut,
    /// The land asked about.
    pub subject: SubjectOut,
    /// Each layer with each of its editions, in the rulebook's order, editions by id.
    pub layers: Vec<LayerOut>,
    /// Overlaps above the sliver limit: by layer, then area from large to small, then feature.
    pub findings: Vec<Finding>,
    /// Overlaps below it and mere touches, in the same order.
    pub roces: Vec<Finding>,
    /// Unions and sums by layer and group.
    pub totals: Vec<TotalOut>,
    /// Land under live rights by the year of their filing, cumulated, oldest first; layers with groups only.
    pub series: Vec<SeriesOut>,
    /// What changed since an earlier day or report, where somebody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangesOut>,
    /// What is not known.
    pub limits: Vec<Limit>,
}

/// The two times of a report.
#[derive(Clone, Debug, Serialize)]
pub struct AsOfOut {
    /// The day for which it was asked.
    pub valid: Date,
    /// The moment at which the newest edition used was published; none when no edition was used.
    pub known: Option<jiff::Timestamp>,
}

/// The rulebook used.
#[derive(Clone, Debug, Serialize)]
pub struct RulebookOut {
    /// Its version id.
    pub id: String,
    /// Hash of its files.
    pub sha256: String,
    /// First day in force.
    pub in_force_from: Date,
    /// First day no longer in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_force_until: Option<Date>,
}

impl RulebookOut {
    /// What a document says of the rulebook that it used.
    pub fn of(book: &crate::Rulebook) -> Self {
        Self {
            id: book.id.clone(),
            sha256: book.sha256.clone(),
            in_force_from: book.in_force_from,
            in_force_until: book.in_force_until,
        }
    }
}

/// The land asked about.
#[derive(Clone, Debug, Serialize)]
pub struct SubjectOut {
    /// `feature` or `geometry`.
    pub kind: &'static str,
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
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
pub struct WatershedOut {
    /// Pfafstetter code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Part of the subject in it.
    pub share_of_subject: Fixed<6>,
}

/// How the subject lies to a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The subject lies within the feature.
    Within,
    /// The subject covers the feature.
    Covers,
    /// They share land.
    Overlaps,
    /// They share no land but a border, or what they share is below the sliver limit.
    Touches,
    /// They share nothing, and lie nearer than the rule's distance or than the positions are known.
    Near,
}

/// How sure an overlap is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// The low end of the band is above the sliver limit, or there is no band and the overlap is above it.
    Firme,
    /// The overlap is above the limit, the low end of its band below.
    Probable,
    /// The overlap is below the limit, or there is none; the high end of the band is above.
    Dudoso,
    /// Below the limit, with its band.
    Roce,
}

impl Class {
    /// Whether it enters the totals.
    pub fn counts(self) -> bool {
        matches!(self, Self::Firme | Self::Probable)
    }
}

/// How the date of a feature lies to the subject's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Precedence {
    /// The feature is older.
    Prior,
    /// The feature is younger.
    Later,
    /// A date is missing, or both are the same.
    Undetermined,
}

/// How much a finding asks for attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// *Crítico.*
    Critico,
    /// *Alto.*
    Alto,
    /// *Medio.*
    Medio,
    /// *Bajo.*
    Bajo,
    /// *Informativo.*
    Informativo,
}

/// What the rule of a finding stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NormBasis {
    /// A norm whose text was seen.
    Norm,
    /// A norm of which an excerpt was seen.
    Excerpt,
    /// A convention of the rulebook, as the reason of the severity says.
    Convention,
    /// Nothing at hand: «sin norma a la vista».
    None,
}

/// The state of a feature.
#[derive(Clone, Debug, Serialize)]
pub struct StatusOut {
    /// Code of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Words of the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Group for totals.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What is shared.
#[derive(Clone, Debug, Serialize)]
pub struct OverlapOut {
    /// Planar hectares in the judging zone.
    pub utm_ha: Fixed<4>,
    /// Hectares on the ellipsoid.
    pub geodesic_ha: Fixed<4>,
    /// Planar hectares between which it lies nine times out of ten; none where no positional deviation is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band90: Option<[Fixed<4>; 2]>,
    /// Pieces.
    pub parts: u32,
    /// Twice the area over the perimeter, in metres.
    pub mean_width_m: Fixed<2>,
}

/// A norm behind a finding.
#[derive(Clone, Debug, Serialize)]
pub struct NormOut {
    /// Its id in the rulebook.
    pub id: String,
    /// Instrument in full.
    pub instrument: String,
    /// What the article is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Date of the instrument.
    pub date: Date,
    /// Where to read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// `text` or `excerpt`: how much of it the rulebook's authors saw.
    pub seen: crate::Seen,
}

/// One feature that meets the subject.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Its layer.
    pub layer: LayerKind,
    /// Edition it comes from.
    pub edition: String,
    /// Its key.
    pub feature: String,
    /// Row of the source.
    pub source_row: u64,
    /// Its name.
    pub name: String,
    /// Holder, as the public register shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Its state.
    pub status: StatusOut,
    /// When it was filed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed_at: Option<Date>,
    /// The day that it stands on for precedence: filing, recognition or creation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dated_at: Option<Date>,
    /// How the subject lies to it.
    pub relation: Relation,
    /// How sure.
    pub class: Class,
    /// What they share, where both are land.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap: Option<OverlapOut>,
    /// Part of the subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_subject: Option<Fixed<6>>,
    /// Part of the feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_feature: Option<Fixed<6>>,
    /// Planar hectares of the whole feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature_utm_ha: Option<Fixed<4>>,
    /// Hectares of the feature as registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature_declared_ha: Option<Fixed<4>>,
    /// Metres between them, where they share nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<Fixed<1>>,
    /// Whether it is older than the subject, where one of them has a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub precedence: Option<Precedence>,
    /// The rule that gave the severity.
    pub rule: String,
    /// Severity.
    pub severity: Severity,
    /// Why that severity.
    pub severity_reason: String,
    /// What the rule stands on.
    pub norm_basis: NormBasis,
    /// Norms in force on the day asked for, of which the text or an excerpt was seen.
    pub norms: Vec<NormOut>,
    /// Whom to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// What to ask of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
    /// The finding in a sentence.
    pub explain: String,
}

/// Totals of a layer's group.
#[derive(Clone, Debug, Serialize)]
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
#[derive(Clone, Debug, Serialize)]
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

/// What is different between two editions of the layers, as far as it meets the subject.
#[derive(Clone, Debug, Serialize)]
pub struct ChangesOut {
    /// The earlier time.
    pub from: AsOfOut,
    /// The later time: the report's own.
    pub to: AsOfOut,
    /// Metres by which a border must have moved to be an event.
    pub tolerance_m: Fixed<1>,
    /// What was compared, by layer and edition. A series without an edition at one of the times was not compared.
    pub compared: Vec<ComparedOut>,
    /// By layer, feature, kind and field. Empty: nothing changed in what was compared.
    pub events: Vec<ChangeOut>,
}

/// A series of a layer at the two times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedOut {
    /// Layer.
    pub layer: LayerKind,
    /// Edition at the earlier time; none: not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Edition at the later time; none: not compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl ComparedOut {
    /// Whether there was an edition at both times.
    pub fn is_compared(&self) -> bool {
        self.before.is_some() && self.after.is_some()
    }
}

/// One change.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeOut {
    /// `new`, `gone`, `status`, `holder`, `geometry` or `attributes`.
    pub kind: territory::ChangeKind,
    /// Layer.
    pub layer: LayerKind,
    /// Key.
    pub feature: String,
    /// Name.
    pub name: String,
    /// Our name of the field, for `attributes`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it was: a state, a holder, the value of a field; for `gone` and `geometry` planar hectares with four places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is; hectares for `new` and `geometry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// For `geometry`, the greatest distance between the border before and after, in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_m: Option<Fixed<1>>,
}

/// What is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Limit {
    /// Stable code.
    pub kind: String,
    /// Layer concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// Sentence.
    pub text: String,
}
