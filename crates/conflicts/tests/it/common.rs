//! Small lands, rights and editions for the tests of the judgement.

use conflicts::{CoverageArea, EditionAround, LayerAround, Rulebook, Subject, Surroundings};
use crs::UtmZone;
use geo_types::{Coord, Geometry, MultiPolygon, Rect, coord};
use std::collections::BTreeMap;
use territory::{
    AsOf, Attributes, Counts, Coverage, EditionMeta, Feature, Land, LayerKind, Operation, Series, Value, Visibility,
    locate,
};

pub fn files() -> BTreeMap<String, String> {
    files_of("2026-1")
}

/// The texts of a shipped version.
pub fn files_of(version: &str) -> BTreeMap<String, String> {
    let folder = format!("{}/../../config/rules/{version}", env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| {
        (
            name.to_owned(),
            std::fs::read_to_string(format!("{folder}/{name}")).unwrap(),
        )
    };
    Rulebook::FILES.into_iter().map(read).collect()
}

pub fn book() -> Rulebook {
    Rulebook::parse(&files()).expect("the shipped rulebook has no faults")
}

pub fn as_of() -> AsOf {
    AsOf {
        valid: "2026-06-01".parse().unwrap(),
        known: "2026-06-02T00:00:00Z".parse().unwrap(),
    }
}

/// A rectangle in kilometres from a corner in zone 18 S, as lon/lat.
pub fn rectangle(west: f64, south: f64, width: f64, height: f64) -> MultiPolygon<f64> {
    let (x, y) = (700_000.0 + west * 1000.0, 8_500_000.0 + south * 1000.0);
    let mut land = Rect::new(
        coord! {x: x, y: y},
        coord! {x: x + width * 1000.0, y: y + height * 1000.0},
    )
    .to_polygon();
    land.exterior_mut(|ring| {
        let mut coords: Vec<Coord<f64>> = ring.0.clone();
        crs::utm_to_lonlat(&mut coords, UtmZone::Z18).unwrap();
        ring.0 = coords;
    });
    MultiPolygon(vec![land])
}

pub fn feature(key: &str, land: MultiPolygon<f64>, fields: &[(&str, &str)]) -> Feature {
    let located = locate(&land, None).unwrap();
    let mut attributes = Attributes::default();
    for (field, value) in fields {
        attributes.set(field, Value::Text((*value).to_owned()));
    }
    Feature {
        key: key.to_owned(),
        source_row: 1,
        attributes,
        source_fields: serde_json::Map::new(),
        lonlat: Geometry::MultiPolygon(land),
        land: Some(Land::new(located.land.home, located.land.shape)),
    }
}

pub fn right(key: &str, land: MultiPolygon<f64>, group: &str) -> Feature {
    feature(
        key,
        land,
        &[
            ("code", key),
            ("name", key),
            ("state_group", group),
            ("state_label", group),
            ("holder", "Titular Sintético"),
        ],
    )
}

pub fn meta(kind: LayerKind, id: &str) -> EditionMeta {
    EditionMeta {
        id: id.to_owned(),
        kind,
        series: Series {
            publisher: "Prueba".into(),
            territory: "Piuray".into(),
        },
        title: id.to_owned(),
        source: "prueba".into(),
        licence: "ninguna".into(),
        visibility: Visibility::Public,
        valid_from: "2026-01-01".parse().unwrap(),
        valid_until: None,
        published_at: "2026-05-01T00:00:00Z".parse().unwrap(),
        withdrawn_at: None,
        scale_denominator: None,
        sigma_m: None,
        coverage: Coverage::Undeclared,
        crs: "EPSG:4326".into(),
        operation: Operation {
            id: "none".into(),
            accuracy_m: 0.0,
        },
        counts: Counts::default(),
        extent: None,
        sha256: "0".repeat(64),
        synthetic: false,
        quality: serde_json::Value::Null,
    }
}

pub fn around<'a>(
    kind: LayerKind,
    meta: &'a EditionMeta,
    coverage: CoverageArea<'a>,
    features: &'a [Feature],
) -> LayerAround<'a> {
    LayerAround {
        kind,
        editions: vec![EditionAround {
            meta,
            coverage,
            features: features.iter().collect(),
        }],
        failure: None,
    }
}

pub fn surroundings(layers: Vec<LayerAround<'_>>) -> Surroundings<'_> {
    Surroundings { layers, stop: None }
}

pub fn subject() -> Subject {
    Subject::geometry(&rectangle(0.0, 0.0, 2.0, 2.0), None).unwrap()
}
