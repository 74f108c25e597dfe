//! A feature of an edition, as the snapshot holds it and as the store keeps it.

use crate::{Attributes, Shape};
use crs::UtmZone;
use geo_types::Geometry;
use std::sync::OnceLock;

/// One feature: who it is, what it says, where it lies.
#[derive(Debug)]
pub struct Feature {
    /// The source's own id (CODIGOU), else the profile's key field, else a hash of the content. Unique in an edition.
    pub key: String,
    /// Row of the source, 1 for the first.
    pub source_row: u64,
    /// Our fields.
    pub attributes: Attributes,
    /// Fields of the source that no profile named, verbatim.
    pub source_fields: serde_json::Map<String, serde_json::Value>,
    /// Lon/lat WGS 84 degrees, for exchange and drawing.
    pub lonlat: Geometry<f64>,
    /// The land it covers, where it is land.
    pub land: Option<Land>,
}

impl Feature {
    /// The name, else the key.
    pub fn name(&self) -> &str {
        self.attributes.text("name").unwrap_or(&self.key)
    }
}

/// Land in its home zone, and in the neighbouring zones on demand.
#[derive(Debug)]
pub struct Land {
    /// The zone that holds most of it.
    pub home: UtmZone,
    /// Its shape in the home zone.
    pub shape: Shape,
    others: [OnceLock<Shape>; 3],
}

impl Land {
    /// Land whose shape is in `home`.
    pub fn new(home: UtmZone, shape: Shape) -> Self {
        Self {
            home,
            shape,
            others: Default::default(),
        }
    }

    /// The shape in `zone`: the home one, or made once from `lonlat` (the feature's geometry) and kept.
    ///
    /// Coordinates that the projection refuses give an empty shape, which overlaps nothing.
    pub fn shape_in(&self, zone: UtmZone, lonlat: &Geometry<f64>) -> &Shape {
        if zone == self.home {
            return &self.shape;
        }
        self.others[zone.index()].get_or_init(|| Shape::from_lonlat(lonlat, zone).unwrap_or_else(|_| Shape::empty()))
    }
}

/// A feature on its way into a store: what the snapshot will hold and the coordinates as the source gave them.
#[derive(Debug)]
pub struct NewFeature {
    /// The feature.
    pub feature: Feature,
    /// Coordinates of the source in its own CRS; `None` where the source was on lon/lat WGS 84 and nothing was repaired.
    pub source: Option<Geometry<f64>>,
}
