//! Ecological-economic zones: about a dozen over the five categories of DS 087-2004-PCM art. 9.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{cells, cover::broad, hectares};
use crate::noise::Noise;
use crate::patches::{Labels, distance_to, round_off, separate, sieve};
use crate::territory::{BROAD, Territory};
use serde_json::json;

/// Code, national category, great zone, label.
const ZONES: [(&str, &str, &str, &str); 9] = [
    (
        "A1",
        "a",
        "Zonas productivas",
        "Zona de aptitud para agricultura en limpio con riego",
    ),
    (
        "A2",
        "a",
        "Zonas productivas",
        "Zona de aptitud para ganadería altoandina",
    ),
    ("A3", "a", "Zonas productivas", "Zona de aptitud forestal en laderas"),
    ("A4", "a", "Zonas productivas", "Zona con potencial minero no metálico"),
    (
        "B1",
        "b",
        "Zonas de protección y conservación ecológica",
        "Zona de protección de lagunas y humedales",
    ),
    (
        "B2",
        "b",
        "Zonas de protección y conservación ecológica",
        "Zona de conservación de cabeceras de cuenca",
    ),
    (
        "C1",
        "c",
        "Zonas de tratamiento especial",
        "Zona de andenerías y patrimonio arqueológico",
    ),
    (
        "D1",
        "d",
        "Zonas de recuperación",
        "Zona de recuperación de suelos y pastos degradados",
    ),
    (
        "E1",
        "e",
        "Zonas urbanas o industriales",
        "Zona de vocación urbana e industrial",
    ),
];

/// Draws the zones: the whole province, without gap or overlap.
pub fn draw(territory: &Territory, built: &[bool]) -> Layer {
    let heights = broad(&territory.land.heights);
    let to_town = distance_to(|cell| built[cell], 30.0);
    let to_lake = distance_to(|cell| territory.land.lake[cell], 40.0);
    let mut labels: Labels = territory.labels(|cell| zone(territory, &heights, cell, (to_town[cell], to_lake[cell])));
    round_off(&mut labels, 6);
    sieve(&mut labels, cells(230.0), &[9, 5]);
    sieve(&mut labels, cells(60.0), &[]);
    round_off(&mut labels, 4);
    sieve(&mut labels, cells(120.0), &[9]);
    let (mut patches, names) = separate(&labels);
    let drawn = territory.draw(&mut patches, BROAD);
    let features = drawn.into_iter().map(|(patch, land)| {
        let (code, category, great, label) = ZONES[usize::from(names[usize::from(patch) - 1]) - 1];
        let fields = vec![
            ("ZEECODE", json!(format!("{code}-{patch:02}"))),
            ("ZONAS_GRAN", json!(great)),
            ("ZONAS", json!(code)),
            ("ZEE", json!(label)),
            ("CATEGORIA", json!(category)),
            ("Hectares", json!(hectares(&land))),
        ];
        Feature::new(land, fields)
    });
    Layer {
        name: "zonificacion_zee",
        title: "Zonificación ecológica y económica",
        kind: "zoning",
        fields: include_str!("../profiles/zoning.toml"),
        valid_from: "2014-09-01",
        scale: 100_000,
        sigma: 50.0,
        decimals: 7,
        features: features.collect(),
    }
}

fn zone(territory: &Territory, heights: &[f64], cell: usize, (to_town, to_lake): (f64, f64)) -> u16 {
    let (x, y) = TERRITORY.plan(cell);
    let grain = |seed: u64, wave: f64| Noise(seed).fractal(x / wave, y / wave);
    let height = heights[cell] + 60.0 * grain(71, 2.4);
    let steep = territory.land.slope[cell];
    let (u, v) = Noise(78).warped(x, y, 3.0, 2.0);
    let ruins = {
        let (wx, wy) = Noise(72).warped(x, y, 1.3, 0.6);
        (wx + 1.2) * (wx + 1.2) / 1.7 + (wy - 2.1) * (wy - 2.1) < 0.75
    };
    match () {
        () if to_town < 8.0 + 7.0 * grain(79, 0.6) => 9,
        () if territory.land.lake[cell] || to_lake < 6.0 + 3.0 * grain(73, 0.8) => 5,
        () if ruins => 7,
        () if height > 4175.0 => 6,
        () if (u + 5.2) * (u + 5.2) / 2.4 + (v - 2.9) * (v - 2.9) / 5.0 < 1.0 => 8,
        () if (u - 5.0) * (u - 5.0) / 3.4 + (v + 1.6) * (v + 1.6) / 4.2 < 1.0 => 4,
        () if territory.land.above_water[cell] < 42.0 + 25.0 * grain(76, 1.5) && steep < 0.24 && height < 3860.0 => 1,
        () if (u + 1.6) * (u + 1.6) / 9.0 + (v + 4.6) * (v + 4.6) / 3.4 < 1.0 => 3,
        () => 2,
    }
}
