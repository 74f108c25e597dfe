//! The lake, the streams that the relief makes, springs and the intake.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{hectares, metres};
use crate::mosaic::{Place, smoothed, thinned};
use crate::patches::Labels;
use crate::rings::line;
use crate::rng::SplitMix64;
use crate::territory::{FINE, Territory};
use geo_types::{LineString, Point};
use serde_json::json;

fn layer(name: &'static str, title: &'static str, kind: &'static str, features: Vec<Feature>) -> Layer {
    Layer {
        name,
        title,
        kind,
        fields: include_str!("../profiles/coded.toml"),
        valid_from: "2016-01-01",
        scale: 25_000,
        sigma: 12.5,
        decimals: 7,
        features,
    }
}

/// The lake.
pub fn lake(territory: &Territory) -> Layer {
    let mut labels: Labels = territory.labels(|cell| 1 + u16::from(territory.land.lake[cell]));
    let lake = territory
        .draw(&mut labels, FINE)
        .remove(&2)
        .unwrap_or(geo_types::MultiPolygon(Vec::new()));
    let level = (0..TERRITORY.cells())
        .find(|&cell| territory.land.lake[cell])
        .map_or(0.0, |cell| territory.land.heights[cell]);
    let fields = vec![
        ("CODIGO", json!("LAG-001")),
        ("NOMBRE", json!("Laguna Qoricocha")),
        ("TIPO", json!("Laguna")),
        ("ALTITUD", json!((level * 10.0).round() / 10.0)),
        ("AREA_HA", json!(hectares(&lake))),
    ];
    layer("lagunas", "Lagunas", "water-bodies", vec![Feature::new(lake, fields)])
}

/// Reaches between confluences, downstream, with Strahler's order.
pub fn streams(territory: &Territory) -> Layer {
    let land = &territory.land;
    let orders = strahler(territory);
    let is_stream = |cell: usize| land.stream[cell] && territory.inside[cell];
    let branches = |cell: usize| {
        land.drainage
            .donors(&TERRITORY, cell)
            .into_iter()
            .filter(|&donor| is_stream(donor))
            .count()
    };
    let main: Vec<usize> = land.main_stem();
    let mut features = Vec::new();
    for start in (0..TERRITORY.cells()).filter(|&cell| is_stream(cell) && branches(cell) != 1) {
        let mut run = vec![start];
        let mut here = start;
        while let Some(below) = land.drainage.below(here) {
            run.push(below);
            here = below;
            if !is_stream(below) || branches(below) != 1 {
                break;
            }
        }
        let places = smoothed(run.iter().map(|&cell| TERRITORY.centre(cell)).collect(), 4, false);
        let reach: LineString<f64> = line(
            thinned(&places, 5.0)
                .into_iter()
                .map(|index| rounded(places[index]))
                .collect(),
        );
        if reach.0.len() < 2 {
            continue;
        }
        let order = orders[start];
        let name = (main.contains(&start) && order > 2).then(|| {
            if TERRITORY.plan(start).0 < -1.0 {
                "Río Chinchaymayo"
            } else {
                "Quebrada Wamanwayqo"
            }
        });
        features.push(Feature::new(
            reach,
            vec![
                ("CODIGO", json!(format!("RIO-{:03}", features.len() + 1))),
                ("NOMBRE", json!(name)),
                ("ORDEN", json!(order)),
                ("TIPO", json!(if order > 3 { "Río" } else { "Quebrada" })),
                ("REGIMEN", json!(if order > 1 { "Permanente" } else { "Intermitente" })),
                ("ORIGEN", json!("modelada")),
            ],
        ));
    }
    layer("rios", "Ríos y quebradas", "rivers", features)
}

fn rounded((e, n): Place) -> Place {
    ((e * 100.0).round() / 100.0, (n * 100.0).round() / 100.0)
}

fn strahler(territory: &Territory) -> Vec<u32> {
    let land = &territory.land;
    let wet = |cell: usize| land.stream[cell] || land.lake[cell];
    let mut order = vec![0_u32; TERRITORY.cells()];
    for &cell in land.drainage.order.iter().rev() {
        let cell = cell as usize;
        if wet(cell) {
            let mut above: Vec<u32> = land
                .drainage
                .donors(&TERRITORY, cell)
                .into_iter()
                .filter(|&donor| wet(donor))
                .map(|donor| order[donor])
                .collect();
            above.sort_unstable_by(|a, b| b.cmp(a));
            order[cell] = match above[..] {
                [first, second, ..] if first == second => first + 1,
                [first, ..] => first.max(1),
                [] => 1,
            };
        }
    }
    order
}

const SPRINGS: [&str; 14] = [
    "Puquio Ñust'a",
    "Manante Ch'akipata",
    "Puquio Qenqo",
    "Manante Ullucuni",
    "Puquio Rumichaka",
    "Manante Wayraqpunku",
    "Puquio Tikapata",
    "Manante Yuraqmayo",
    "Puquio Ayapata",
    "Manante Sach'apuquio",
    "Puquio Llulluch'a",
    "Manante Hatunwaylla",
    "Puquio Choqekiraw Chico",
    "Manante Qeswapata",
];

/// Springs at the heads of hollows, and the intake below the lake.
pub fn springs(territory: &Territory) -> Layer {
    let land = &territory.land;
    let mut rng = SplitMix64::new(0x5072_0000);
    let mut candidates: Vec<usize> = (0..TERRITORY.cells())
        .filter(|&cell| {
            land.basin[cell]
                && (60..220).contains(&land.drainage.cells[cell])
                && land.slope[cell] > 0.12
                && land.slope[cell] < 0.5
        })
        .collect();
    let mut chosen: Vec<usize> = Vec::new();
    while chosen.len() < SPRINGS.len() && !candidates.is_empty() {
        let cell = candidates.swap_remove(rng.below(candidates.len()));
        let ((x, y), far) = (TERRITORY.plan(cell), 1.1);
        if chosen
            .iter()
            .map(|&other| TERRITORY.plan(other))
            .all(|(a, b)| (a - x) * (a - x) + (b - y) * (b - y) > far)
        {
            chosen.push(cell);
        }
    }
    let mut features: Vec<Feature> = chosen
        .iter()
        .zip(SPRINGS)
        .enumerate()
        .map(|(number, (&cell, name))| {
            point(
                territory,
                cell,
                (format!("MAN-{:03}", number + 1), name, "Manante", rng.between(0.4, 6.5)),
            )
        })
        .collect();
    let sill = land
        .main_stem()
        .into_iter()
        .take_while(|&cell| !land.lake[cell])
        .last()
        .unwrap_or(land.outlet);
    let intake = land
        .drainage
        .below(sill)
        .and_then(|cell| land.drainage.below(cell))
        .unwrap_or(sill);
    features.push(point(
        territory,
        intake,
        (
            "CAP-001".to_owned(),
            "Captación Qoricocha",
            "Captación de agua potable",
            210.0,
        ),
    ));
    layer(
        "manantes_y_captacion",
        "Manantes y captación de agua",
        "springs",
        features,
    )
}

fn point(territory: &Territory, cell: usize, (code, name, kind, flow): (String, &str, &str, f64)) -> Feature {
    let (e, n) = TERRITORY.centre(cell);
    let fields = vec![
        ("CODIGO", json!(code)),
        ("NOMBRE", json!(name)),
        ("TIPO", json!(kind)),
        ("CAUDAL_LS", json!((flow * 10.0).round() / 10.0)),
        ("ALTITUD", json!(territory.land.heights[cell].round())),
        (
            "USO",
            json!(if kind == "Manante" {
                "Poblacional y agrario"
            } else {
                "Poblacional"
            }),
        ),
    ];
    Feature::new(Point::new(e + 4.0, n - 7.0), fields)
}

/// The length of the microcuenca's main stream in kilometres.
pub fn main_stream_km(territory: &Territory) -> f64 {
    metres(territory.land.main_stem().len() as f64) / 1000.0
}
