//! A regional conservation area on the high crest, and its buffer zone.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{about, cells, hectares};
use crate::noise::Noise;
use crate::patches::{Labels, distance_to, round_off, sieve};
use crate::territory::{FINE, Territory};
use serde_json::{Value, json};

const AREA: u16 = 1;
const BUFFER: u16 = 2;
const REST: u16 = 3;
const CODE: &str = "ACR99";
const NAME: &str = "Apu Wamanripa (sintética)";
/// Middle in kilometres and hectares wanted.
const PLACE: ((f64, f64), f64) = ((3.4, 4.6), 1050.0);

/// The area and its buffer zone as two layers, and the label of each cell.
pub fn draw(territory: &Territory) -> [Layer; 2] {
    let atoms = &territory.atoms;
    let owner = atoms.claim(&[(PLACE.0, cells(PLACE.1))], |_| true);
    let high = |cell: usize| owner[atoms.of_cell[cell]].is_some();
    let mut labels: Labels = territory.labels(|cell| if high(cell) { AREA } else { REST });
    round_off(&mut labels, 4);
    sieve(&mut labels, 2000, &[]);
    let distance = distance_to(|cell| labels[cell] == AREA, 80.0);
    for cell in 0..TERRITORY.cells() {
        let (x, y) = TERRITORY.plan(cell);
        if labels[cell] == REST && distance[cell] < 38.0 + 22.0 * Noise(61).fractal(x / 1.7, y / 1.7) {
            labels[cell] = BUFFER;
        }
    }
    round_off(&mut labels, 3);
    sieve(&mut labels, 1000, &[]);
    let mut drawn = territory.draw(&mut labels, FINE);
    let mut take = |label: u16| drawn.remove(&label).unwrap_or(geo_types::MultiPolygon(Vec::new()));
    let (area, buffer) = (take(AREA), take(BUFFER));
    let of_area: Vec<(&'static str, Value)> = vec![
        ("anp_cate", json!("Área de Conservación Regional")),
        ("anp_codi", json!(CODE)),
        ("anp_nomb", json!(NAME)),
        ("anp_sect", Value::Null),
        ("anp_ubpo", json!("Antisuyo")),
        ("anp_suleg", about(&area, 1.006)),
        ("anp_balec", json!("D.S. N° 000-2009-MINAM (sintético)")),
        ("anp_felec", json!("2009-12-23")),
    ];
    let of_buffer: Vec<(&'static str, Value)> = vec![
        ("anp_codi", json!(CODE)),
        ("za_super", json!(hectares(&buffer))),
        ("za_balea", json!("R.P. N° 000-2013-SERNANP (sintética)")),
        ("za_felea", json!("2013-04-10")),
        ("d_anp_codi", json!(NAME)),
    ];
    let layer = Layer {
        name: "areas_protegidas",
        title: "Áreas naturales protegidas",
        kind: "protected-areas",
        fields: include_str!("../profiles/protected.toml"),
        valid_from: "2009-12-23",
        scale: 25_000,
        sigma: 12.5,
        decimals: 7,
        features: vec![Feature::new(area, of_area)],
    };
    let buffers = Layer {
        name: "zonas_amortiguamiento",
        title: "Zonas de amortiguamiento",
        kind: "buffer-zones",
        valid_from: "2013-04-10",
        features: vec![Feature::new(buffer, of_buffer)],
        ..layer.clone()
    };
    [layer, buffers]
}
