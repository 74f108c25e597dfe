//! Districts, their province and department.

use crate::layer::{Feature, Layer};
use crate::layers::hectares;
use crate::patches::{open, round_off, sieve};
use crate::territory::{FINE, Territory};
use geo_types::MultiPolygon;
use serde_json::json;

/// Invented department; its code 99 exists nowhere.
pub const DEPARTMENT: &str = "ANTISUYO";
/// Invented province.
pub const PROVINCE: &str = "CCORIMARKA";
/// Invented districts with their middles in kilometres from the middle of the sheet.
const DISTRICTS: [(&str, &str, (f64, f64)); 3] = [
    ("990101", "CHINCHAYPAMPA", (-4.0, 0.6)),
    ("990102", "QORICOCHA", (2.6, 3.2)),
    ("990103", "WAYLLARAQAY", (1.8, -3.4)),
];

/// Land taken from a district until a neighbour takes it.
const SPARE: u16 = 9;

/// Districts, province and department, and the district of each cell, from 1.
pub struct Boundaries {
    /// The three layers.
    pub layers: Vec<Layer>,
    /// The district of each cell: 0 outside, 1 to 3 within.
    pub district: Vec<u16>,
}

impl Boundaries {
    /// The name of a district by its number from 1.
    pub fn name(number: u16) -> Option<&'static str> {
        DISTRICTS
            .get(usize::from(number).checked_sub(1)?)
            .map(|district| district.1)
    }

    /// Divides the province along crests and streams.
    pub fn draw(territory: &Territory) -> Self {
        let claims = DISTRICTS.map(|(_, _, middle)| (middle, usize::MAX / 4));
        let owner = territory.atoms.claim(&claims, |_| true);
        let mut district = territory.labels(|cell| owner[territory.atoms.of_cell[cell]].map_or(1, number_of));
        round_off(&mut district, 2);
        for number in 1..=3 {
            open(&mut district, number, 9.0, SPARE);
        }
        sieve(&mut district, usize::MAX, &[1, 2, 3]);
        round_off(&mut district, 2);
        sieve(&mut district, 3000, &[]);
        let drawn = territory.draw(&mut district, FINE);
        let districts = drawn.into_iter().zip(DISTRICTS).map(|((_, land), (code, name, _))| {
            let fields = vec![
                ("IDDIST", json!(code)),
                ("IDDPTO", json!("99")),
                ("IDPROV", json!("9901")),
                ("NOMBDIST", json!(name)),
                ("NOMBPROV", json!(PROVINCE)),
                ("NOMBDEP", json!(DEPARTMENT)),
                ("AREA_MINAM", json!(hectares(&land))),
            ];
            Feature::new(land, fields)
        });
        let districts: Vec<Feature> = districts.collect();
        let mut whole = territory.labels(|_| 1);
        let outline = territory
            .draw(&mut whole, FINE)
            .remove(&1)
            .unwrap_or(MultiPolygon(Vec::new()));
        let above = |name, title, kind, fields| Layer {
            name,
            title,
            kind,
            features: vec![Feature::new(outline.clone(), fields)],
            ..blank()
        };
        let province = vec![
            ("IDPROV", json!("9901")),
            ("NOMBPROV", json!(PROVINCE)),
            ("NOMBDEP", json!(DEPARTMENT)),
        ];
        let department = vec![("IDDPTO", json!("99")), ("NOMBDEP", json!(DEPARTMENT))];
        let layers = vec![
            Layer {
                features: districts,
                ..blank()
            },
            above("provincia", "Límite provincial", "provinces", province),
            above(
                "departamento",
                "Límite departamental (parte)",
                "departments",
                department,
            ),
        ];
        Self { layers, district }
    }
}

fn number_of(index: usize) -> u16 {
    u16::try_from(index + 1).expect("there are few districts")
}

fn blank() -> Layer {
    Layer {
        name: "distritos",
        title: "Límites distritales",
        kind: "districts",
        fields: include_str!("../profiles/boundaries.toml"),
        valid_from: "2017-01-01",
        scale: 25_000,
        sigma: 12.5,
        decimals: 7,
        features: Vec::new(),
    }
}
