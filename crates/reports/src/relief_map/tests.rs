//! Relief and profiles of made-up land.

use super::*;
use crs::{Crs, UtmZone, utm_to_lonlat};
use maps::{Item, Paper};

const SIDE: usize = 80;

fn lonlat(places: &[(f64, f64)]) -> Vec<Coord<f64>> {
    let mut places: Vec<Coord<f64>> = places
        .iter()
        .map(|(x, y)| Coord {
            x: 600_000.0 + x,
            y: 8_400_000.0 + y,
        })
        .collect();
    utm_to_lonlat(&mut places, UtmZone::Z18).unwrap();
    places
}

fn model() -> ModelSource {
    ModelSource {
        title: "valle.tif".to_owned(),
        cell: (30.0, false),
        threshold: 25.0,
        synthetic: true,
    }
}

fn map(heights: &[i32], catchment: bool) -> ReliefMap<'_> {
    let rim = [
        (600.0, -600.0),
        (1800.0, -600.0),
        (1800.0, -1800.0),
        (600.0, -1800.0),
        (600.0, -600.0),
    ];
    let land = MultiPolygon(vec![geo_types::Polygon::new(LineString(lonlat(&rim)), Vec::new())]);
    let places = lonlat(&[(1200.0, -1750.0), (1210.0, -1740.0)]);
    let line = |from: (f64, f64), to: (f64, f64)| LineString(lonlat(&[from, to]));
    ReliefMap {
        ask: LayerSheetAsk {
            land: land.clone(),
            zone: None,
            paper: Paper::A4,
            lying: Some(true),
            scale: None,
            title: None,
            names: true,
        }
        .resolved()
        .unwrap(),
        heights: Heights {
            crs: Crs::utm(UtmZone::Z18),
            west: 600_000.0,
            north: 8_400_000.0,
            cell: [30.0, 30.0],
            columns: SIDE,
            millimetres: heights,
            missing: i32::MIN,
        },
        streams: vec![
            (9, line((1200.0, -700.0), (1200.0, -1750.0))),
            (1, line((800.0, -700.0), (1200.0, -900.0))),
        ],
        borders: vec![line((600.0, -1200.0), (1800.0, -1200.0))],
        units: vec![("0176".to_owned(), land.clone())],
        catchment: catchment.then(|| CatchmentShown {
            land,
            hectares: (144.0, false),
            relief: 321.4,
            cut: true,
            places: ([places[0], places[1]], 14.1),
        }),
        layers: Vec::new(),
        letters: BTreeMap::new(),
        model: model(),
    }
}

fn heights() -> Vec<i32> {
    (0..SIDE * SIDE)
        .map(|at| 4_000_000 - i32::try_from(at / SIDE).unwrap() * 4_000)
        .collect()
}

fn said(scene: &Scene) -> String {
    let items = scene.groups.iter().flat_map(|group| &group.items);
    let words = items.filter_map(|item| match item {
        Item::Words(words) => Some(words.text.as_str()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_map_of_a_catchment_says_its_hectares_where_its_water_is_from_and_that_it_is_modelled() {
    let heights = heights();
    let scene = relief_map(&map(&heights, true), Lang::Es).unwrap();
    let said = said(&scene);
    for wanted in [
        "144 ha planas",
        "14 m del punto",
        "Curso de orden 7 o más",
        "agua subterránea",
        "borde de lo medido",
        "Datos sintéticos",
        "valle.tif",
        "0176",
        "Altura en metros",
    ] {
        assert!(said.contains(wanted), "«{wanted}» is not in {said}");
    }
    let pictures = scene
        .groups
        .iter()
        .flat_map(|group| &group.items)
        .filter(|item| matches!(item, Item::Picture { .. }));
    assert_eq!(pictures.count(), 1);
    assert!(scene.svg().contains("<image ") && scene.desc.contains("144 ha"));
    let english = relief_map(&map(&heights, true), Lang::En).unwrap();
    assert!(english.lang == "en" && english.title == "What drains to the point");
}

#[test]
fn land_without_height_is_in_the_legend_and_a_whole_map_has_no_catchment() {
    let mut heights = heights();
    let whole = said(&relief_map(&map(&heights, false), Lang::Es).unwrap());
    assert!(!whole.contains("Divisoria") && whole.contains("Microcuencas modeladas"));
    heights[40 * SIDE + 40] = i32::MIN;
    let lacking = said(&relief_map(&map(&heights, false), Lang::Es).unwrap());
    assert!(lacking.contains("Sin dato de altura"), "{lacking}");
}

fn river(bands: Vec<RiverBand>, consulted: bool) -> RiverProfile {
    RiverProfile {
        line: (0..=100_u32)
            .map(|at| [f64::from(at) * 95.0, 4500.0 - f64::from(at) * 7.0])
            .collect(),
        bands,
        from_source: false,
        consulted,
        rights_from: Vec::new(),
        title: None,
        model: model(),
    }
}

#[test]
fn a_profile_says_its_rights_in_words_and_tables_and_that_nobody_asked_for_them_where_nobody_did() {
    let band = RiverBand {
        letter: "A".to_owned(),
        key: "010000121".to_owned(),
        name: "SAN <PEDRO>".to_owned(),
        group: "titulado".to_owned(),
        reach: [1_000.0, 2_500.0],
    };
    let with = river(vec![band], true);
    let scene = river_profile(&with, Lang::Es).unwrap();
    assert!(
        scene.desc.contains("A: SAN <PEDRO>, titulado, del km 1.00 al km 2.50."),
        "{}",
        scene.desc
    );
    let page = river_profile_page(&with, &scene, Lang::Es);
    assert!(
        page.contains("010000121 · SAN &lt;PEDRO&gt;")
            && page.contains("<td>3\u{a0}800</td>")
            && page.contains("<svg ")
    );
    let none = river_profile(&river(Vec::new(), true), Lang::Es).unwrap();
    let not_asked = river_profile(&river(Vec::new(), false), Lang::Es).unwrap();
    assert!(none.desc.contains("no tienen ningún derecho") && not_asked.desc.contains("No se consultó"));
}
