//! What a report says of the time since an earlier one.

use crate::{AsOfOut, Fixed};
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// What is different between two editions of the layers, as far as it meets the subject.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Serialize, Deserialize)]
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
