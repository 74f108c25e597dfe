//! Eight peasant communities, on lands bounded by crests and streams.

use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{about, boundaries::PROVINCE, cells, hectares};
use crate::noise::Noise;
use crate::patches::{Labels, keep_largest, open, round_off, sieve};
use crate::territory::{FINE, Territory};
use geo_types::MultiPolygon;
use serde_json::{Value, json};

/// What is known of a community.
pub struct Community {
    /// Its invented name.
    pub name: &'static str,
    seed: (f64, f64),
    wanted: f64,
    resolution: Option<&'static str>,
    date: Option<&'static str>,
    condition: &'static str,
    families: u32,
    /// Legal hectares as a part of the measured ones.
    legal: f64,
}

/// The eight. Two are neighbours with a common boundary; the last of the table is a second part of the fourth.
pub const COMMUNITIES: [Community; 8] = [
    community(
        "Yanaqocha Pampa",
        (1.9, 4.3),
        1500.0,
        (Some("R.S. 0214-67"), Some("14/08/67")),
        ("Titulada", 184, 1.012),
    ),
    community(
        "Wayllapata",
        (-1.6, 3.4),
        1250.0,
        (Some("R.D. 1131-88-AG"), Some("02/11/88")),
        ("Titulada", 132, 0.931),
    ),
    community(
        "Pukamarka Alta",
        (4.9, 2.1),
        1750.0,
        (Some("R.D. 0387-91-AG"), Some("21/06/91")),
        ("Titulada", 203, 1.004),
    ),
    community(
        "Tawaqaqa",
        (4.4, -3.6),
        1150.0,
        (Some("R.D. 0902-86-AG"), Some("30/09/86")),
        ("Titulada", 97, 1.083),
    ),
    community(
        "Qoriwayqo",
        (1.0, -2.6),
        1300.0,
        (Some("R.S. 0055-71"), Some("19/03/71")),
        ("Titulada", 151, 0.997),
    ),
    community(
        "Llaqtapata Chica",
        (-2.4, -2.9),
        900.0,
        (Some("R.D. 0440-94-AG"), Some("05/05/94")),
        ("Falta deslinde", 88, 1.046),
    ),
    community(
        "Ñawpa Rumi",
        (-5.0, 1.6),
        1350.0,
        (Some("R.D. 0218-90-AG"), Some("11/12/90")),
        ("Titulada", 119, 0.968),
    ),
    community(
        "San Isidro de Umasqa",
        (-4.6, -3.2),
        780.0,
        (None, None),
        ("Referencial", 61, 1.154),
    ),
];

/// Where the second part of Tawaqaqa lies, and how large it is in hectares.
const SECOND_PART: ((f64, f64), f64) = ((0.2, -5.5), 230.0);
/// The community with two parts, and the one that surrounds land of others.
const TWO_PARTS: usize = 3;
const HOLED: usize = 2;

type Act = (Option<&'static str>, Option<&'static str>);

const fn community(
    name: &'static str,
    seed: (f64, f64),
    wanted: f64,
    (resolution, date): Act,
    (condition, families, legal): (&'static str, u32, f64),
) -> Community {
    Community {
        name,
        seed,
        wanted,
        resolution,
        date,
        condition,
        families,
        legal,
    }
}

/// The land of each, and the community of each cell: 1 to 8, or 9 for land of nobody in particular.
pub struct Communities {
    /// The land of each, in the order of the table.
    pub lands: Vec<MultiPolygon<f64>>,
    /// Community of each cell.
    pub of_cell: Labels,
    /// The layer.
    pub layer: Layer,
}

const NOBODY: u16 = 9;

impl Communities {
    /// Draws the lands, leaving out the lake and what is `taken`.
    pub fn draw(territory: &Territory, taken: impl Fn(usize) -> bool) -> Self {
        let mut of_cell = claimed(territory);
        round_off(&mut of_cell, 3);
        for (cell, owner) in of_cell.iter_mut().enumerate() {
            let (x, y) = TERRITORY.plan(cell);
            let (x, y) = Noise(42).warped(x, y, 0.9, 0.35);
            let (east, north) = (x - COMMUNITIES[HOLED].seed.0, y - COMMUNITIES[HOLED].seed.1);
            let estate = 2.2 * east * east + north * north < 0.16;
            if *owner != 0 && (estate || territory.land.lake[cell] || taken(cell)) {
                *owner = NOBODY;
            }
        }
        for (index, community) in (0..COMMUNITIES.len()).map(|index| (index, label(index))) {
            open(&mut of_cell, community, 3.0, NOBODY);
            keep_largest(&mut of_cell, community, if index == TWO_PARTS { 2 } else { 1 }, NOBODY);
        }
        sieve(&mut of_cell, 330, &[]);
        let drawn = territory.draw(&mut of_cell, FINE);
        let lands: Vec<MultiPolygon<f64>> = drawn
            .into_iter()
            .filter(|(label, _)| *label != NOBODY)
            .map(|(_, land)| land)
            .collect();
        let features = lands
            .iter()
            .zip(&COMMUNITIES)
            .map(|(land, community)| Feature::new(land.clone(), fields(community, land)));
        let layer = Layer {
            name: "comunidades",
            title: "Comunidades campesinas",
            kind: "communities",
            fields: include_str!("../profiles/communities.toml"),
            valid_from: "2019-06-30",
            scale: 25_000,
            sigma: 12.5,
            decimals: 7,
            features: features.collect(),
        };
        Self { lands, of_cell, layer }
    }
}

fn claimed(territory: &Territory) -> Labels {
    let mut claims: Vec<((f64, f64), usize)> = COMMUNITIES
        .iter()
        .map(|community| (community.seed, cells(community.wanted)))
        .collect();
    claims.push((SECOND_PART.0, cells(SECOND_PART.1)));
    let atoms = &territory.atoms;
    let mut within = vec![true; atoms.pieces.len()];
    for cell in (0..TERRITORY.cells()).filter(|&cell| !territory.inside[cell] || territory.land.lake[cell]) {
        within[atoms.of_cell[cell]] &= territory.inside[cell] && !territory.land.lake[cell];
    }
    let owner = atoms.claim(&claims, |piece| within[piece]);
    territory.labels(|cell| match owner[atoms.of_cell[cell]] {
        Some(claim) if claim == COMMUNITIES.len() => label(TWO_PARTS),
        Some(claim) => label(claim),
        None => NOBODY,
    })
}

fn label(index: usize) -> u16 {
    u16::try_from(index + 1).expect("there are eight communities")
}

fn fields(community: &Community, land: &MultiPolygon<f64>) -> Vec<(&'static str, Value)> {
    vec![
        ("Nombre", json!(community.name)),
        ("Area_leg_h", about(land, community.legal)),
        ("Resolucion", json!(community.resolution)),
        ("Fecha", json!(community.date)),
        ("Condicion", json!(community.condition)),
        ("Familias", json!(community.families)),
        ("Prov", json!(PROVINCE)),
        ("Area_ha", json!(hectares(land))),
    ]
}
