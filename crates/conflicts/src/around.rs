//! What lies round a subject: each layer of the rulebook with its editions and the features near.

use geo_types::Geometry;
use std::fmt;
use territory::{EditionMeta, Feature, Land, LayerKind};

/// All layers round a subject, in the rulebook's order.
#[derive(Debug, Default)]
pub struct Surroundings<'a> {
    /// One entry for each layer of the rulebook, consulted or not.
    pub layers: Vec<LayerAround<'a>>,
    /// When to stop, where time is limited: the layers that are not judged by then are not consulted.
    pub stop: Option<Stop<'a>>,
}

/// Asks whether the time is over; once it was, it stays so.
#[derive(Clone, Copy)]
pub struct Stop<'a>(pub &'a (dyn Fn() -> bool + Sync));

impl fmt::Debug for Stop<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Stop")
    }
}

impl Surroundings<'_> {
    /// Whether the time is over.
    pub(crate) fn is_late(&self) -> bool {
        self.stop.is_some_and(|stop| (stop.0)())
    }
}

/// One layer round a subject.
#[derive(Debug)]
pub struct LayerAround<'a> {
    /// The layer.
    pub kind: LayerKind,
    /// Its editions seen at the time asked for, one a series; none means no data.
    pub editions: Vec<EditionAround<'a>>,
    /// Why it could not be consulted, in words for people.
    pub failure: Option<String>,
}

/// An edition round a subject.
#[derive(Debug)]
pub struct EditionAround<'a> {
    /// The edition.
    pub meta: &'a EditionMeta,
    /// Where it is complete.
    pub coverage: CoverageArea<'a>,
    /// The features whose boxes meet the subject's, in any order.
    pub features: Vec<&'a Feature>,
}

/// The declared coverage of an edition, ready to be measured.
#[derive(Clone, Copy, Debug)]
pub enum CoverageArea<'a> {
    /// Nobody declared it.
    Undeclared,
    /// All of Peru.
    National,
    /// An outline: its land and the lon/lat geometry that it was made from.
    Area(&'a Land, &'a Geometry<f64>),
}
