//! The committed files, read back.

use demo::{LayerEntry, Manifest};
use geo::{Area, BooleanOps, BoundingRect, Euclidean, Intersects, Length};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo")
}

pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| unreachable!("data/demo/{name}: {error}"))
}

pub fn layers() -> Vec<LayerEntry> {
    let text = String::from_utf8(bytes("manifest.toml")).expect("the manifest is text");
    toml::from_str::<Manifest>(&text).expect("the manifest is one").layers
}

pub fn features(name: &str) -> Vec<Value> {
    let json: Value = serde_json::from_slice(&bytes(&format!("{name}.geojson"))).expect("the layer is JSON");
    json["features"].as_array().expect("a collection has features").clone()
}

fn polygon(rings: &Value) -> Polygon<f64> {
    let ring = |ring: &Value| -> LineString<f64> {
        let places = ring.as_array().expect("a ring is a list").iter();
        places
            .map(|at| Coord {
                x: at[0].as_f64().expect("longitude"),
                y: at[1].as_f64().expect("latitude"),
            })
            .collect()
    };
    let mut rings = rings.as_array().expect("a polygon is a list of rings").iter().map(ring);
    let shell = rings.next().expect("a polygon has a shell");
    assert!(shell.is_closed(), "a ring is open");
    Polygon::new(shell, rings.collect())
}

/// Land in degrees, as the file holds it.
pub fn lonlat_land(feature: &Value) -> Option<MultiPolygon<f64>> {
    let geometry = &feature["geometry"];
    match geometry["type"].as_str()? {
        "Polygon" => Some(MultiPolygon(vec![polygon(&geometry["coordinates"])])),
        "MultiPolygon" => Some(MultiPolygon(
            geometry["coordinates"].as_array()?.iter().map(polygon).collect(),
        )),
        _ => None,
    }
}

/// Land in metres of EPSG:32718.
pub fn land(feature: &Value) -> MultiPolygon<f64> {
    use geo::MapCoords;
    let degrees = lonlat_land(feature).expect("the feature is land");
    degrees.map_coords(|at| {
        let (x, y) = demo::utm((at.x, at.y));
        Coord { x, y }
    })
}

pub fn lands(name: &str) -> Vec<MultiPolygon<f64>> {
    features(name).iter().map(land).collect()
}

pub fn hectares(land: &MultiPolygon<f64>) -> f64 {
    land.unsigned_area() / 10_000.0
}

/// Shared hectares and mean width in metres of two lands.
pub fn shared(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> (f64, f64) {
    let boxes = (
        a.bounding_rect().expect("land has a box"),
        b.bounding_rect().expect("land has a box"),
    );
    if !boxes.0.intersects(&boxes.1) {
        return (0.0, 0.0);
    }
    let both = a.intersection(b);
    let border: f64 = both
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|r| Euclidean.length(r))
        .sum();
    (
        hectares(&both),
        if border > 0.0 {
            2.0 * both.unsigned_area() / border
        } else {
            0.0
        },
    )
}
