use super::classes::{Class, classes, frame_of};
use super::*;
use conflicts::{CoverageArea, EditionAround};
use crs::UtmZone;
use geo_types::{Geometry, MultiPolygon, Polygon, coord};
use maps::{Paper, Rect};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use territory::{Attributes, EditionMeta, Feature, Land, LayerKind, Shape, Value, union_within};

fn meta() -> EditionMeta {
    let all: Json = json!({
        "id": "zoning-prueba-1", "kind": "zoning", "series": {"publisher": "Prueba", "territory": "Prueba"}, "title": "Zonas",
        "source": "prueba", "licence": "ninguna", "visibility": "public", "valid_from": "2026-01-01", "valid_until": null,
        "published_at": "2026-01-02T00:00:00Z", "withdrawn_at": null, "scale_denominator": 100_000, "sigma_m": null,
        "coverage": {"kind": "undeclared"}, "crs": "EPSG:32718", "operation": {"id": "none", "accuracy_m": 0.0},
        "counts": {"read": 1, "kept": 1, "rejected": 0, "repaired": 0}, "extent": null, "sha256": "00", "synthetic": false,
        "quality": {}
    });
    serde_json::from_value(all).unwrap()
}

/// A strip of land from one easting to another, in metres of zone 18, some 30 km high.
fn strip(key: usize, (west, east): (f64, f64), category: &str) -> Feature {
    let corners = [
        (west, 8_500_000.0),
        (east, 8_500_000.0),
        (east, 8_530_000.0),
        (west, 8_530_000.0),
    ];
    let mut lonlat: Vec<_> = corners.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect();
    crs::utm_to_lonlat(&mut lonlat, UtmZone::Z18).unwrap();
    let lonlat = Geometry::MultiPolygon(MultiPolygon(vec![Polygon::new(lonlat.into(), Vec::new())]));
    let shape = Shape::from_lonlat(&lonlat, UtmZone::Z18).unwrap();
    let mut attributes = Attributes::default();
    attributes.set("category", Value::Text(category.to_owned()));
    Feature {
        key: format!("{key:03}"),
        source_row: 1,
        attributes,
        source_fields: serde_json::Map::new(),
        lonlat,
        land: Some(Land::new(UtmZone::Z18, shape)),
    }
}

fn layer<'a>(meta: &'a EditionMeta, features: &'a [Feature]) -> LayerAround<'a> {
    LayerAround {
        kind: LayerKind::Zoning,
        editions: vec![EditionAround {
            meta,
            coverage: CoverageArea::Undeclared,
            features: features.iter().collect(),
        }],
        failure: None,
    }
}

/// A frame of 20 by 15 km within the strips.
fn window() -> Window {
    Window {
        zone: UtmZone::Z18,
        frame: Rect::new(10.0, 10.0, 200.0, 150.0),
        west: 505_000.0,
        north: 8_522_000.0,
        denominator: 100_000.0,
    }
}

fn ask(land: MultiPolygon<f64>) -> LayerSheetAsk {
    LayerSheetAsk {
        land,
        zone: None,
        paper: Paper::A4,
        lying: None,
        scale: None,
        title: None,
        names: true,
    }
}

proptest! {
    #[test]
    fn classes_that_tile_the_land_add_up_to_the_frame(cuts in prop::collection::vec(0.0..1.0_f64, 1..9), turn in 0..5_usize) {
        let mut edges: Vec<f64> = cuts.iter().map(|part| 500_000.0 + part * 30_000.0).collect();
        edges.extend([500_000.0, 530_000.0]);
        edges.sort_by(f64::total_cmp);
        let names = ["a", "b", "c", "d", "e"];
        let strips: Vec<Feature> = edges
            .windows(2)
            .enumerate()
            .filter(|(_, pair)| pair[1] - pair[0] > 1.0)
            .map(|(at, pair)| strip(at, (pair[0], pair[1]), names[(at + turn) % 5]))
            .collect();
        let (meta, window) = (meta(), window());
        let found = classes(&[layer(&meta, &strips)], &window).unwrap();
        let frame = frame_of(&window);
        let sum: f64 = found.iter().map(|class| class.hectares(&frame, &window).unwrap()).sum();
        let whole = union_within(&frame, &[&frame]).ground.0;
        // strips of less than a metre were left out
        prop_assert!((sum - whole).abs() < 9.0 * 1.5 + 0.01, "{sum} of {whole}");
    }
}

#[test]
fn a_class_whose_land_nobody_measured_says_so() {
    let mut land = strip(0, (505_000.0, 510_000.0), "a");
    land.land = None;
    let (meta, lands, window) = (meta(), [land], window());
    let found: Vec<Class<'_>> = classes(&[layer(&meta, &lands)], &window).unwrap();
    assert_eq!(found.len(), 1);
    let figures = classes::figures(&found, &window, Texts::of(Lang::Es));
    assert_eq!(figures.get("zoning/zone-a").map(String::as_str), Some("sin medir"));
}

#[test]
fn the_frame_shows_the_land_that_was_asked_for_and_the_reach_holds_the_frame() {
    let strips = [
        strip(0, (500_000.0, 520_000.0), "a"),
        strip(1, (520_000.0, 560_000.0), "b"),
    ];
    let meta = meta();
    for paper in Paper::ALL {
        let land = LayerSheetAsk::land_of(
            crs::Crs::utm(UtmZone::Z18),
            [501_000.0, 8_501_000.0, 559_000.0, 8_529_000.0],
        );
        let ask = LayerSheetAsk {
            paper,
            ..ask(land.unwrap())
        };
        let ask = ask.resolved().unwrap();
        assert_eq!(
            (ask.zone, ask.lying),
            (Some(UtmZone::Z18), Some(true)),
            "wide land on a lying sheet"
        );
        let reach = ask.reach().unwrap();
        let ground = LayerSheetGround {
            layers: vec![layer(&meta, &strips)],
            units: Vec::new(),
            as_of: AsOf {
                valid: "2026-03-01".parse().unwrap(),
                known: "2026-03-01T00:00:00Z".parse().unwrap(),
            },
        };
        let sheet = layer_sheet(&ask, &ground, Lang::Es).unwrap();
        let (window, frame) = (sheet.window, sheet.window.frame);
        let least = window.ground(coord! { x: frame.x, y: frame.bottom() });
        let most = window.ground(coord! { x: frame.right(), y: frame.y });
        assert!(least.x <= 501_000.0 && most.x >= 559_000.0 && least.y <= 8_501_000.0 && most.y >= 8_529_000.0);
        let shown = window.lonlat_box().unwrap();
        assert!(reach[0] <= shown[0] && reach[1] <= shown[1] && reach[2] >= shown[2] && reach[3] >= shown[3]);
        let round = window.denominator / 250.0;
        assert!((round - round.round()).abs() < 1e-9, "{}", window.denominator);
    }
}

#[test]
fn land_beyond_the_zones_of_peru_is_refused() {
    let land = LayerSheetAsk::land_of(crs::Crs::WGS84, [10.0, 45.0, 11.0, 46.0]).unwrap();
    assert!(matches!(ask(land).resolved(), Err(MapError::NoZone { .. })));
}
