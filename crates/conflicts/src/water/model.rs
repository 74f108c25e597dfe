//! A model with the layers that lie on it.

use super::answer::ModelOut;
use super::laid::{CanalsLaid, WaterLayer};
use crate::Fixed;
use std::sync::Arc;
use territory::{EditionMeta, Metres};
use watershed::Waters;

/// A drainage model with what lies on it, ready for questions. Its parts are shared, so that what did not change is not made again.
#[derive(Clone, Debug)]
pub struct WaterModel {
    /// The edition of the model.
    pub meta: EditionMeta,
    /// The key of its feature there.
    pub feature: String,
    /// The model.
    pub waters: Arc<Waters>,
    /// The canals.
    pub canals: Arc<CanalsLaid>,
    /// The layers, in the order of [`WATER_LAYERS`](super::WATER_LAYERS).
    pub layers: Vec<Arc<WaterLayer>>,
    /// How far points of layers were led to streams.
    pub limit: Metres,
}

impl WaterModel {
    /// What documents say of it.
    pub fn out(&self) -> ModelOut {
        let (meta, grid) = (&self.meta, self.waters.grid());
        let place = grid.placement();
        let kind = if grid.crs().is_geographic() {
            "geodesic"
        } else {
            "planar"
        };
        ModelOut {
            edition: meta.id.clone(),
            title: meta.title.clone(),
            source: meta.source.clone(),
            hydrography: "modelled".to_owned(),
            valid_from: meta.valid_from,
            published_at: meta.published_at,
            sha256: meta.sha256.clone(),
            crs: grid.crs().to_string(),
            cell: [Fixed(place.width), Fixed(place.height)],
            area_kind: kind.to_owned(),
            threshold_cells: self.waters.network().threshold,
            synthetic: meta.synthetic,
            canal_faults: self.canals.faults.clone(),
        }
    }
}
