//! What was made: one entry a layer, as `manifest.toml` holds it.

use crate::layer::{Layer, NOTE};
use crate::profile::PROFILES;
use serde::{Deserialize, Serialize};

/// The territory's name in series of editions.
pub const TERRITORY_NAME: &str = "Piuray demo";
/// Who publishes the layers.
pub const PUBLISHER: &str = "Tupu (datos sintéticos)";
/// The outline within which every layer is complete.
pub const COVERAGE: &str = "provincia.geojson";
/// The relief.
pub const RELIEF: &str = "dem.tif";

/// The list of what was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Name of the territory.
    pub territory: String,
    /// Who publishes all layers.
    pub publisher: String,
    /// That nothing of this is real.
    pub note: String,
    /// True.
    pub synthetic: bool,
    /// Licence of all layers.
    pub licence: String,
    /// File with the outline within which the layers are complete.
    pub coverage: String,
    /// File of the relief, EPSG:32718.
    pub dem: String,
    /// The layers, in the order in which they are best imported.
    #[serde(rename = "layer")]
    pub layers: Vec<LayerEntry>,
}

/// A layer of the manifest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerEntry {
    /// File name in the same folder; GeoJSON, longitude and latitude WGS 84.
    pub file: String,
    /// Id of the kind of layer.
    pub kind: String,
    /// The profile that reads it, relative to the same folder.
    pub profile: String,
    /// Title that people read.
    pub title: String,
    /// Day from which the facts hold, ISO 8601.
    pub valid_from: String,
    /// Scale's denominator.
    pub scale: u32,
    /// Positional standard deviation in metres.
    pub sigma: f64,
    /// Features in the file.
    pub features: usize,
}

impl Manifest {
    /// The manifest of layers.
    pub(crate) fn of(layers: &[Layer]) -> Self {
        let entries = layers.iter().map(|layer| LayerEntry {
            file: format!("{}.geojson", layer.name),
            kind: layer.kind.to_owned(),
            profile: format!("{PROFILES}/{}.toml", layer.name),
            title: format!("{} ({NOTE})", layer.title),
            valid_from: layer.valid_from.to_owned(),
            scale: layer.scale,
            sigma: layer.sigma,
            features: layer.features.len(),
        });
        Self {
            territory: TERRITORY_NAME.to_owned(),
            publisher: PUBLISHER.to_owned(),
            note: NOTE.to_owned(),
            synthetic: true,
            licence: "Apache-2.0".to_owned(),
            coverage: COVERAGE.to_owned(),
            dem: RELIEF.to_owned(),
            layers: entries.collect(),
        }
    }
}
