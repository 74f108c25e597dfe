//! The files themselves: reproduced, labelled, valid, without gaps.

use crate::read::{bytes, features, hectares, lands, layers, lonlat_land, shared};
use demo::NOTE;
use geo::{Area, BoundingRect, Validation};
use geo_types::{LineString, Polygon};
use std::collections::BTreeSet;

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let mut total = 0;
    for (name, made) in &demo::generate().files {
        assert!(
            bytes(name) == *made,
            "data/demo/{name} differs from what is made: run `tupu demo --out data/demo`"
        );
        total += made.len();
    }
    assert!(total < 2_000_000, "{total} bytes are too many to keep");
}

#[test]
fn every_feature_says_that_it_is_synthetic() {
    for layer in &layers() {
        let found = features(layer.file.trim_end_matches(".geojson"));
        assert_eq!(found.len(), layer.features, "{}", layer.file);
        assert!(
            found.iter().all(|feature| feature["properties"]["nota"] == NOTE),
            "{}",
            layer.file
        );
        assert!(layer.title.contains(NOTE), "{}", layer.title);
    }
}

#[test]
fn every_kind_is_one_that_the_house_knows() {
    for layer in &layers() {
        assert!(layer.kind.parse::<territory::LayerKind>().is_ok(), "{}", layer.kind);
    }
}

#[test]
fn every_polygon_is_valid_closed_and_wound_to_the_right_and_lies_in_zone_18() {
    for layer in &layers() {
        for feature in features(layer.file.trim_end_matches(".geojson")) {
            let Some(land) = lonlat_land(&feature) else { continue };
            let what = format!("{} {}", layer.file, feature["properties"]);
            assert!(!land.0.is_empty(), "{what}");
            assert!(land.is_valid(), "{what}: {:?}", land.validation_errors());
            for polygon in &land {
                let signed = |ring: &LineString<f64>| Polygon::new(ring.clone(), vec![]).signed_area();
                assert!(signed(polygon.exterior()) > 0.0, "{what}");
                assert!(polygon.interiors().iter().all(|hole| signed(hole) < 0.0), "{what}");
            }
            let extent = land.bounding_rect().expect("land has a box");
            assert!(extent.min().x > -72.2 && extent.max().x < -72.0, "{what}");
        }
    }
}

#[test]
fn tilings_cover_the_province_without_gap_or_overlap() {
    let province = &lands("provincia")[0];
    for name in [
        "distritos",
        "zonificacion_zee",
        "capacidad_uso_mayor",
        "uso_actual",
        "unidades_hidrograficas",
    ] {
        let tiles = lands(name);
        let sum: f64 = tiles.iter().map(hectares).sum();
        // Each corner is rounded to a centimetre; a thousand of them along the edge move some square metres.
        assert!(
            (sum - hectares(province)).abs() < 0.01,
            "{name}: {sum} ha of {}",
            hectares(province)
        );
        for (number, tile) in tiles.iter().enumerate() {
            for other in &tiles[number + 1..] {
                assert!(shared(tile, other).0 < 0.001, "{name}: tiles overlap");
            }
            assert!(
                (shared(tile, province).0 - hectares(tile)).abs() < 0.01,
                "{name}: a tile leaves the province"
            );
        }
    }
    let categories: BTreeSet<String> = features("zonificacion_zee")
        .iter()
        .map(|zone| zone["properties"]["CATEGORIA"].to_string())
        .collect();
    assert_eq!(categories.len(), 5);
}
