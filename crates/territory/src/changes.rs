//! What differs between two editions of a layer.

use serde::Serialize;

/// What became of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before.
    New,
    /// It is there no more.
    Gone,
    /// Its state is another.
    Status,
    /// Its holder is another.
    Holder,
    /// It lies elsewhere, beyond the tolerance.
    Geometry,
    /// Other fields say something else.
    Attributes,
}
