//! Where the ground moves, where rivers leave their beds, where frost settles.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{cells, hectares};
use crate::noise::Noise;
use crate::patches::{Labels, distance_to, round_off, separate, sieve};
use crate::territory::{FINE, Territory};
use serde_json::json;

const REST: u16 = 9;
/// Kind, level, months.
const HAZARDS: [(&str, &str, &str); 4] = [
    ("Inundación fluvial", "Alto", "enero-marzo"),
    ("Movimiento en masa (deslizamiento)", "Muy alto", "diciembre-abril"),
    ("Flujo de detritos (huaico)", "Alto", "enero-marzo"),
    ("Helada", "Medio", "mayo-agosto"),
];

/// Draws the hazards; they do not cover the province.
pub fn draw(territory: &Territory) -> Layer {
    let land = &territory.land;
    let to_river = distance_to(|cell| land.stream[cell] && land.drainage.cells[cell] > 9000, 14.0);
    let to_torrent = distance_to(|cell| is_torrent(territory, cell), 8.0);
    let mut labels: Labels = territory.labels(|cell| {
        let (x, y) = TERRITORY.plan(cell);
        let grain = |seed: u64, wave: f64| Noise(seed).fractal(x / wave, y / wave);
        match () {
            () if land.lake[cell] => REST,
            () if to_river[cell] < 9.0 + 4.0 * grain(101, 0.7) && land.above_water[cell] < 13.0 => 1,
            () if to_torrent[cell] < 4.4 + 2.5 * grain(102, 0.5) => 3,
            () if land.slope[cell] > 0.36 && grain(103, 1.6) > 0.30 => 2,
            () if land.slope[cell] < 0.15 && land.heights[cell] > 3700.0 && grain(104, 2.6) > 0.2 => 4,
            () => REST,
        }
    });
    round_off(&mut labels, 3);
    sieve(&mut labels, cells(11.0), &[]);
    let (mut patches, names) = separate(&labels);
    let drawn = territory.draw(&mut patches, FINE);
    let features = drawn.into_iter().filter_map(|(patch, land)| {
        let (kind, level, months) = HAZARDS.get(usize::from(names[usize::from(patch) - 1]).checked_sub(1)?)?;
        let fields = vec![
            ("CODIGO", json!(format!("PEL-{patch:03}"))),
            ("TIPO", json!(kind)),
            ("NIVEL", json!(level)),
            ("PERIODO", json!(months)),
            ("AREA_HA", json!(hectares(&land))),
        ];
        Some(Feature::new(land, fields))
    });
    Layer {
        name: "peligros",
        title: "Peligros",
        kind: "hazards",
        fields: include_str!("../profiles/coded.toml"),
        valid_from: "2021-03-01",
        scale: 25_000,
        sigma: 12.5,
        decimals: 7,
        features: features.collect(),
    }
}

/// The last kilometre of a steep side stream, where it meets a larger one.
fn is_torrent(territory: &Territory, cell: usize) -> bool {
    let land = &territory.land;
    let (mut here, upstream) = (cell, land.drainage.cells[cell]);
    if !land.stream[cell] || !(500..9000).contains(&upstream) {
        return false;
    }
    for steps in 0..26_u32 {
        let Some(below) = land.drainage.below(here) else {
            return false;
        };
        if land.drainage.cells[below] > 9000 || land.lake[below] {
            return steps > 0 && land.heights[cell] - land.heights[below] > f64::from(steps) * 2.0;
        }
        here = below;
    }
    false
}
