//! What a report says of one feature that meets the subject, or is near it.

use crate::Fixed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// How the subject lies to a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
