//! What the land could bear (*CUM*, capacidad de uso mayor) and what it bears.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{cells, hectares};
use crate::mosaic::Drawing;
use crate::noise::Noise;
use crate::patches::{Labels, distance_to, round_off, separate, sieve};
use crate::territory::Territory;
use serde_json::{Value, json};

const SOILS: Drawing = Drawing {
    rounds: 12,
    tolerance: 9.0,
};
/// Symbol, group, proportion in percent, description. The grammar is that of DS 017-2009-AG.
const CAPABILITY: [(&str, &str, &str, &str); 9] = [
    (
        "A2sc",
        "A",
        "100",
        "Cultivo en limpio, calidad media, limitación por suelo y clima",
    ),
    (
        "A3sc(r)",
        "A",
        "100",
        "Cultivo en limpio, calidad baja, limitación por suelo y clima, requiere riego",
    ),
    (
        "C3s(r)",
        "C",
        "100",
        "Cultivo permanente, calidad baja, limitación por suelo, requiere riego",
    ),
    ("P1c", "P", "100", "Pastos, calidad alta, limitación por clima"),
    (
        "P2sc",
        "P",
        "100",
        "Pastos, calidad media, limitación por suelo y clima",
    ),
    (
        "P2c - Xse",
        "P",
        "70-30",
        "Pastos, calidad media, limitación por clima; protección, limitación por suelo y erosión",
    ),
    (
        "F3se",
        "F",
        "100",
        "Producción forestal, calidad baja, limitación por suelo y erosión",
    ),
    ("Xse", "X", "100", "Protección, limitación por suelo y erosión"),
    ("Xw", "X", "100", "Protección, limitación por drenaje: laguna y bofedal"),
];
/// Code, class.
const USES: [(&str, &str); 11] = [
    ("AA", "Agricultura anual"),
    ("AR", "Agricultura anual bajo riego"),
    ("AP", "Agricultura perenne"),
    ("PM", "Pasto manejado"),
    ("PJ", "Pajonal natural"),
    ("MT", "Matorral natural"),
    ("PF", "Plantación forestal"),
    ("BF", "Bofedal"),
    ("LG", "Laguna"),
    ("SV", "Sin vegetación"),
    ("UR", "Urbano"),
];

fn grain(seed: u64, cell: usize, wave: f64) -> f64 {
    let (x, y) = TERRITORY.plan(cell);
    Noise(seed).fractal(x / wave, y / wave)
}

/// Land capability over the whole province.
pub fn capability(territory: &Territory) -> Layer {
    let land = &territory.land;
    let slope = broad(&land.slope);
    let labels = territory.labels(|cell| {
        let steep = slope[cell] + 0.05 * grain(81, cell, 1.1);
        let height = land.heights[cell] + 70.0 * grain(82, cell, 2.0);
        match () {
            () if land.lake[cell] => 9,
            () if height > 4300.0 || steep > 0.47 => 8,
            () if steep < 0.135 && height < 3940.0 => {
                if grain(83, cell, 1.8) > 0.0 {
                    1
                } else {
                    2
                }
            }
            () if steep < 0.22 && height < 3900.0 => 3,
            () if height > 4130.0 => {
                if grain(84, cell, 1.6) > 0.0 {
                    6
                } else {
                    5
                }
            }
            () if steep > 0.33 => 7,
            () => {
                if grain(85, cell, 2.2) > 0.05 {
                    4
                } else {
                    5
                }
            }
        }
    });
    let features = patches(territory, labels, 45.0, |index, land| {
        let (symbol, group, proportion, description) = CAPABILITY[index];
        vec![
            ("SIMCUM", json!(symbol)),
            ("GRUPOCUM", json!(group)),
            ("DESCUM", json!(description)),
            ("proporc", json!(proportion)),
            ("cum_norm", json!("DS 017-2009-AG")),
            ("AREA_HA", json!(land)),
        ]
    });
    layer(
        "capacidad_uso_mayor",
        "Capacidad de uso mayor de las tierras",
        "land-capability",
        "2015-08-01",
        features,
    )
}

/// Current land use over the whole province.
pub fn land_use(territory: &Territory, built: &[bool]) -> Layer {
    let land = &territory.land;
    let slope = broad(&land.slope);
    let to_lake = distance_to(|cell| land.lake[cell], 60.0);
    let labels = territory.labels(|cell| {
        let steep = slope[cell] + 0.06 * grain(91, cell, 0.9);
        let height = land.heights[cell] + 80.0 * grain(92, cell, 1.5);
        let wet = land.above_water[cell] < 24.0 && steep < 0.30;
        match () {
            () if built[cell] => 11,
            () if land.lake[cell] => 9,
            () if height > 4290.0 => 10,
            () if height > 3880.0 && wet => 8,
            () if height > 4170.0 => 5,
            () if steep < 0.2 && to_lake[cell] < 45.0 + 20.0 * grain(93, cell, 1.1) => 2,
            () if steep < 0.31 && height < 4010.0 && grain(94, cell, 1.3) > -0.12 => 1,
            () if grain(95, cell, 1.4) > 0.27 && height < 4060.0 => 7,
            () if grain(96, cell, 1.2) > 0.36 => 3,
            () if steep > 0.36 => 6,
            () if grain(97, cell, 1.7) > 0.02 => 4,
            () => 5,
        }
    });
    let features = patches(territory, labels, 36.0, |index, land| {
        let (code, class) = USES[index];
        vec![
            ("COD_USO", json!(code)),
            ("USO_ACTUAL", json!(class)),
            ("FUENTE", json!("Generador de Tupu")),
            ("AREA_HA", json!(land)),
        ]
    });
    layer(
        "uso_actual",
        "Uso actual de la tierra",
        "land-use",
        "2022-07-01",
        features,
    )
}

type Fields = Vec<(&'static str, Value)>;

/// Patches of at least so many hectares, each a feature.
fn patches(
    territory: &Territory,
    mut labels: Labels,
    least: f64,
    fields: impl Fn(usize, f64) -> Fields,
) -> Vec<Feature> {
    round_off(&mut labels, 4);
    sieve(&mut labels, cells(9.0), &[]);
    sieve(&mut labels, cells(least), &[8, 9, 11]);
    round_off(&mut labels, 2);
    sieve(&mut labels, cells(least * 0.7), &[8]);
    sieve(&mut labels, cells(8.0), &[]);
    let (mut patches, names) = separate(&labels);
    let drawn = territory.draw(&mut patches, SOILS);
    let features = drawn.into_iter().map(|(patch, land)| {
        let index = usize::from(names[usize::from(patch) - 1]) - 1;
        let area = hectares(&land);
        Feature::new(land, fields(index, area))
    });
    features.collect()
}

/// The mean over some 300 m round each cell: soils do not follow every fold.
pub fn broad(values: &[f64]) -> Vec<f64> {
    let mut out = values.to_vec();
    for _ in 0..12 {
        let before = out.clone();
        for cell in 0..TERRITORY.cells() {
            let (sum, count) = TERRITORY
                .neighbours(cell)
                .fold((before[cell], 1.0), |(sum, count), (_, other)| {
                    (sum + before[other], count + 1.0)
                });
            out[cell] = sum / count;
        }
    }
    out
}

fn layer(
    name: &'static str,
    title: &'static str,
    kind: &'static str,
    valid_from: &'static str,
    features: Vec<Feature>,
) -> Layer {
    let fields = if kind == "land-use" {
        include_str!("../profiles/land_use.toml")
    } else {
        include_str!("../profiles/capability.toml")
    };
    Layer {
        name,
        title,
        kind,
        fields,
        valid_from,
        scale: 100_000,
        sigma: 50.0,
        decimals: 7,
        features,
    }
}
