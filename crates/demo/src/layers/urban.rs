//! The town by the lake, its extension and a village.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::hectares;
use crate::noise::Noise;
use crate::patches::{Labels, round_off, sieve};
use crate::territory::{FINE, Territory};
use serde_json::json;

const REST: u16 = 9;
/// Name, kind, middle in kilometres, reach in kilometres.
const PLACES: [(&str, &str, (f64, f64), f64); 3] = [
    ("Chinchaypampa", "Zona urbana", (-2.55, -0.55), 0.46),
    ("Chinchaypampa", "Área de expansión urbana", (-2.95, -0.15), 0.52),
    ("Villa Umasqa", "Zona urbana", (-4.2, -2.2), 0.26),
];

/// Which cells are built up, and the layer.
pub struct Urban {
    /// Built-up or destined to be.
    pub built: Vec<bool>,
    /// The layer.
    pub layer: Layer,
}

impl Urban {
    /// Draws the town on gentle ground.
    pub fn draw(territory: &Territory) -> Self {
        let mut labels: Labels = territory.labels(|cell| {
            let (x, y) = TERRITORY.plan(cell);
            let (x, y) = Noise(51).warped(x, y, 0.7, 0.3);
            let near = |(_, _, (east, north), reach): &(&str, &str, (f64, f64), f64)| {
                let steep = (territory.land.slope[cell] - 0.08).max(0.0);
                (x - east) * (x - east) + (y - north) * (y - north) < reach * reach * (1.0 - 3.0 * steep)
                    && !territory.land.lake[cell]
            };
            (1..=3_u16)
                .zip(&PLACES)
                .find(|(_, place)| near(place))
                .map_or(REST, |(number, _)| number)
        });
        round_off(&mut labels, 2);
        sieve(&mut labels, 120, &[]);
        let built = labels.iter().map(|label| (1..=3).contains(label)).collect();
        let drawn = territory.draw(&mut labels, FINE);
        let features = drawn
            .into_iter()
            .filter(|(label, _)| *label != REST)
            .map(|(label, land)| {
                let (name, kind, ..) = PLACES[usize::from(label) - 1];
                let fields = vec![
                    ("NOMBRE", json!(name)),
                    ("TIPO", json!(kind)),
                    ("ORDENANZA", json!("O.M. 000-2018 (sintética)")),
                    ("AREA_HA", json!(hectares(&land))),
                ];
                Feature::new(land, fields)
            });
        let layer = Layer {
            name: "zonas_urbanas",
            title: "Zonas urbanas y de expansión",
            kind: "urban",
            fields: include_str!("../profiles/coded.toml"),
            valid_from: "2018-05-01",
            scale: 10_000,
            sigma: 5.0,
            decimals: 7,
            features: features.collect(),
        };
        Self { built, layer }
    }
}
