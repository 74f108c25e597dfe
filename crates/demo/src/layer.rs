//! What the generator makes: layers of features with the field names of their sources.

use geo_types::Geometry;
use serde_json::Value;

/// What every feature says of itself.
pub const NOTE: &str = "datos sintéticos";

/// One feature: geometry in metres of EPSG:32718, fields in the order of the source.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Where it lies.
    pub geometry: Geometry<f64>,
    /// What it says; `nota` is added when it is written.
    pub fields: Vec<(&'static str, Value)>,
}

impl Feature {
    /// A feature with its fields.
    pub fn new(geometry: impl Into<Geometry<f64>>, fields: Vec<(&'static str, Value)>) -> Self {
        Self {
            geometry: geometry.into(),
            fields,
        }
    }
}

/// A layer and what its publisher says of it.
#[derive(Clone, Debug)]
pub struct Layer {
    /// File name without its ending: `derechos_mineros`.
    pub name: &'static str,
    /// Title that people read, without the label.
    pub title: &'static str,
    /// Id of the kind of layer: `concessions`.
    pub kind: &'static str,
    /// How our fields come from these: the part of the profile that the kind of layer decides.
    pub fields: &'static str,
    /// Day from which the facts hold, ISO 8601.
    pub valid_from: &'static str,
    /// Scale's denominator.
    pub scale: u32,
    /// Positional standard deviation in metres.
    pub sigma: f64,
    /// Decimals of its coordinates in degrees.
    pub decimals: usize,
    /// Its features.
    pub features: Vec<Feature>,
}
