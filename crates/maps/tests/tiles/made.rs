//! Features made for tests, and where they lie in a tile by the textbook's formula.

use geo::MapCoords;
use geo_types::{Coord, Geometry};
use maps::tiles::{TileId, TileLayer, TileSource, encode_tile};
use territory::{Attributes, Feature, Value};

pub const BUFFER: u32 = 64;

pub fn feature(key: &str, lonlat: Geometry<f64>) -> Feature {
    let mut attributes = Attributes::default();
    attributes.set("name", Value::Text(format!("Elemento {key}")));
    attributes.set("declared_ha", Value::Real(100.5));
    attributes.set("level", Value::Integer(-3));
    attributes.set("count", Value::Integer(7));
    attributes.set("active", Value::Bool(true));
    attributes.set("filed_at", Value::Date("1998-05-04".parse().unwrap()));
    attributes.set("holder", Value::Null);
    Feature {
        key: key.into(),
        source_row: 1,
        attributes,
        source_fields: serde_json::Map::new(),
        lonlat,
        land: None,
    }
}

pub fn source(geometries: impl IntoIterator<Item = Geometry<f64>>) -> TileSource {
    let features: Vec<Feature> = (0..)
        .zip(geometries)
        .map(|(at, geometry)| feature(&format!("{at:06}"), geometry))
        .collect();
    TileSource::build("concessions-prueba-peru", "concessions-prueba-peru-1", &features)
}

pub fn tile(source: &TileSource, tile: TileId) -> Vec<u8> {
    let layer = TileLayer {
        name: "concessions",
        sources: &[source],
    };
    encode_tile(tile, &[layer], BUFFER)
}

/// A position in units of a tile, by the formula of the sphere.
pub fn in_tile(tile: TileId, coord: Coord<f64>) -> Coord<f64> {
    let side = f64::from(1_u32 << tile.z()) * 4096.0;
    let y = (1.0 - coord.y.to_radians().tan().asinh() / std::f64::consts::PI) / 2.0;
    Coord {
        x: (coord.x + 180.0) / 360.0 * side - f64::from(tile.x()) * 4096.0,
        y: y * side - f64::from(tile.y()) * 4096.0,
    }
}

pub fn geometry_in_tile(tile: TileId, geometry: &Geometry<f64>) -> Geometry<f64> {
    geometry.map_coords(|coord| in_tile(tile, coord))
}

/// Numbers in [0, 1), the same every time.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / 4_294_967_296.0
    }
}
