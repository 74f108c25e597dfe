//! The canonical report, `tupu/report/1`: every rendering prints this and computes nothing of its own.

mod changes;
mod finding;
mod subject;
mod totals;

pub use changes::{ChangeOut, ChangesOut, ComparedOut};
pub use finding::{Class, Finding, NormBasis, NormOut, OverlapOut, Precedence, Relation, Severity, StatusOut};
pub use subject::{AdminUnit, RepairOut, SubjectArea, SubjectOut, SubjectSource, WatershedOut};
pub use totals::{SeriesOut, TotalOut};

use crate::{LayerOut, word, word::Word};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// The document. Decimals are strings with fixed places; lists have a stated order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// `tupu/report/1`.
    #[serde(deserialize_with = "word::schema")]
    pub schema: Word,
    /// `complete`, or `incomplete` when a layer was not consulted.
    #[serde(deserialize_with = "word::standing")]
    pub standing: Word,
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
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AsOfOut {
    /// The day for which it was asked.
    pub valid: Date,
    /// The moment at which the newest edition used was published; none when no edition was used.
    pub known: Option<jiff::Timestamp>,
}

/// The rulebook used.
#[derive(Clone, Debug, Serialize, Deserialize)]
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

/// What is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// Stable code.
    pub kind: String,
    /// Layer concerned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// Sentence.
    pub text: String,
}
