//! What a report says of the layers that it consulted, and of their editions.

use crate::Fixed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use territory::{EditionMeta, LayerKind};

/// What became of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerState {
    /// Read whole, and the declared coverage holds the subject.
    Consulted,
    /// Coverage holds part of it, or nobody declared it.
    Partial,
    /// No edition for this place or date.
    NoData,
    /// An error or a time limit.
    NotConsulted,
}

/// A layer, or one edition of it, in the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LayerOut {
    /// The collection.
    pub id: LayerKind,
    /// Title of the edition, or of the layer where there is none.
    pub title: String,
    /// `consulted`, `partial`, `no-data` or `not-consulted`.
    pub state: LayerState,
    /// Part of the subject that the declared coverage holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covered_share: Option<Fixed<6>>,
    /// Why it was not consulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Edition and what is known of it.
    #[serde(flatten)]
    pub edition: Option<EditionOut>,
}

/// An edition in the report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EditionOut {
    /// Id of the edition.
    pub edition: String,
    /// Hash of its content.
    pub sha256: String,
    /// Publisher.
    pub publisher: String,
    /// Territory of the series.
    pub territory: String,
    /// Licence.
    pub licence: String,
    /// From when its facts hold.
    pub valid_from: Date,
    /// When it was published here.
    pub published_at: jiff::Timestamp,
    /// Scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale_denominator: Option<u32>,
    /// Positional standard deviation in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sigma_m: Option<Fixed<1>>,
    /// Datum operation of its import.
    pub operation: String,
    /// Accuracy of that operation in metres.
    pub operation_accuracy_m: Fixed<1>,
    /// Made by a program.
    pub synthetic: bool,
}

impl EditionOut {
    /// What a document says of an edition that it used.
    pub fn of(meta: &EditionMeta) -> Self {
        Self {
            edition: meta.id.clone(),
            sha256: meta.sha256.clone(),
            publisher: meta.series.publisher.clone(),
            territory: meta.series.territory.clone(),
            licence: meta.licence.clone(),
            valid_from: meta.valid_from,
            published_at: meta.published_at,
            scale_denominator: meta.scale_denominator,
            sigma_m: meta.deviation().map(|deviation| Fixed(deviation.0)),
            operation: meta.operation.id.clone(),
            operation_accuracy_m: Fixed(meta.operation.accuracy_m),
            synthetic: meta.synthetic,
        }
    }
}
