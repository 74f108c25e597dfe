//! What can be asked of the server, for programs (OpenAPI 3.0) and for people, from one table.

mod document;
mod operations;
mod page;
mod parameters;
mod table;

pub(crate) use document::document;
pub(crate) use operations::OPENAPI;
pub(crate) use page::page;

#[cfg(test)]
pub(crate) use table::OPERATIONS;

use crate::config::{CheckLimits, ItemLimits, UploadLimits};
use crate::speech::Speech;
use features::Collection;
use std::collections::BTreeMap;
use std::sync::Arc;
use territory::LayerKind;

/// What the description of the interface depends on.
pub(crate) struct Ground<'a> {
    /// The language.
    pub speech: &'a Speech,
    /// The layers that are here, with what their features say.
    pub layers: &'a BTreeMap<LayerKind, Arc<Collection>>,
    /// A layer with one of its keys.
    pub example: Option<(LayerKind, &'a str)>,
    /// How long lists may be.
    pub limits: ItemLimits,
    /// How large land may be.
    pub uploads: UploadLimits,
    /// How long a check may take.
    pub checks: CheckLimits,
}

impl Ground<'_> {
    fn layer_ids(&self) -> Vec<&'static str> {
        self.layers.keys().map(|kind| kind.id()).collect()
    }
}
