//! Forty mining rights in every state, on both grids and on none.

use crate::grazes::{along, blocks_that_graze};
use crate::grid_blocks::{Block, Grid, grown};
use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::boundaries::{Boundaries, DEPARTMENT, PROVINCE};
use crate::layers::communities::Communities;
use crate::layers::hectares;
use crate::mosaic::Place;
use crate::rights::{Draft, RIGHTS, Right};
use crate::rings::{line, surrounds};
use crate::rng::SplitMix64;
use geo_types::{MultiPolygon, Polygon};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What each state is called.
pub const STATES: [(char, &str); 14] = [
    ('T', "D.M. Titulado D.L. 708"),
    ('N', "D.M. Titulado D.L. 109"),
    ('E', "D.M. Titulado D.L. 109"),
    ('Q', "Acumulación D.M. Titulada"),
    ('P', "D.M. en Trámite D.L. 708"),
    ('D', "D.M. en Trámite D.L. 708"),
    ('F', "D.M. Extinguido Publicado en L.D."),
    ('L', "D.M. Extinguido a Publicar de L.D."),
    ('X', "D.M. Extinguido No Peticionable"),
    ('Y', "D.M. Extinguido"),
    ('A', "Cantera (D.S. 037-96-EM)"),
    ('B', "Planta de Beneficio"),
    ('R', "Depósito de Relaves"),
    ('H', "Aviso de Retiro Ley 30428"),
];

/// Draws the rights.
pub fn draw(boundaries: &Boundaries, communities: &Communities) -> Layer {
    let mut rng = SplitMix64::new(0x0c07_ace5);
    let mut grazing: BTreeMap<bool, Vec<(Block, usize)>> = BTreeMap::new();
    for grid in [Grid::Psad56, Grid::Wgs84] {
        grazing.insert(grid == Grid::Wgs84, blocks_that_graze(grid, &communities.lands));
    }
    let mut features = Vec::new();
    for (number, right) in RIGHTS.iter().enumerate() {
        let land = match right.draft {
            Draft::Blocks(count, at) => on_grid(right, &[(count, at)], &mut rng),
            Draft::TwoParts(count, first, second) => on_grid(right, &[(count, first), (count - 1, second)], &mut rng),
            Draft::Exactly(at, wide, high) => rectangle_of_cells(right.grid(), at, wide, high),
            Draft::Old(at, sides, turn) => old(at, sides, turn),
            Draft::Along(community, depth, reach) => along(&communities.lands, community, depth, reach),
            Draft::Grazing(count) => grazing_block(right, count, &mut grazing, communities, &mut rng),
        };
        features.push(Feature::new(land.clone(), fields(number, right, &land, boundaries)));
    }
    Layer {
        name: "derechos_mineros",
        title: "Catastro minero",
        kind: "concessions",
        fields: include_str!("../profiles/concessions.toml"),
        valid_from: "2026-09-01",
        scale: 100_000,
        sigma: 1.0,
        decimals: 9,
        features,
    }
}

/// Easting and northing of a place in kilometres from the middle of the sheet.
fn on_sheet((x, y): (f64, f64)) -> Place {
    let middle = (
        TERRITORY.west + TERRITORY.cell * TERRITORY.width as f64 / 2.0,
        TERRITORY.north - TERRITORY.cell * TERRITORY.height as f64 / 2.0,
    );
    (middle.0 + 1000.0 * x, middle.1 + 1000.0 * y)
}

fn on_grid(right: &Right, parts: &[(usize, (f64, f64))], rng: &mut SplitMix64) -> MultiPolygon<f64> {
    let grid = right.grid();
    let mut blocks: BTreeSet<Block> = BTreeSet::new();
    for &(count, at) in parts {
        let apart = |(e, n): Block| {
            on_the_sheet((e, n)) && (-1..=1).all(|de| (-1..=1).all(|dn| !blocks.contains(&(e + de, n + dn))))
        };
        let part = grown(grid.block_at(on_sheet(at)), count, rng, apart);
        blocks.extend(part);
    }
    grid.land(&blocks)
}

/// Whether a cell lies on the sheet, with room to spare before the zone's edge at 72° W.
fn on_the_sheet((east, north): Block) -> bool {
    (808..823).contains(&east) && (8508..8521).contains(&north)
}

fn rectangle_of_cells(grid: Grid, at: (f64, f64), wide: i32, high: i32) -> MultiPolygon<f64> {
    let (east, north) = grid.block_at(on_sheet(at));
    grid.land(
        &(0..wide)
            .flat_map(|de| (0..high).map(move |dn| (east + de, north + dn)))
            .collect(),
    )
}

/// An old claim: sides of whole hundreds of metres, turned by its vein, with a notch out of one corner.
fn old(at: (f64, f64), (long, broad): (f64, f64), turn: f64) -> MultiPolygon<f64> {
    let (middle, (sine, cosine)) = (
        on_sheet(at),
        (libm::sin(turn.to_radians()), libm::cos(turn.to_radians())),
    );
    let notch = (100.0 * (long / 300.0).floor(), 100.0 * (broad / 300.0).floor());
    let mut corners = vec![(0.0, 0.0), (long, 0.0)];
    if notch.0 > 0.0 && notch.1 > 0.0 {
        corners.extend([
            (long, broad - notch.1),
            (long - notch.0, broad - notch.1),
            (long - notch.0, broad),
        ]);
    } else {
        corners.push((long, broad));
    }
    corners.extend([(0.0, broad), (0.0, 0.0)]);
    let ring = corners.into_iter().map(|(u, v)| {
        let (u, v) = (u - long / 2.0, v - broad / 2.0);
        let place = (middle.0 + u * cosine - v * sine, middle.1 + u * sine + v * cosine);
        ((place.0 * 100.0).round() / 100.0, (place.1 * 100.0).round() / 100.0)
    });
    MultiPolygon(vec![Polygon::new(line(ring.collect()), Vec::new())])
}

/// A block whose first cell grazes a community, grown over cells that do not touch that community.
fn grazing_block(
    right: &Right,
    count: usize,
    grazing: &mut BTreeMap<bool, Vec<(Block, usize)>>,
    communities: &Communities,
    rng: &mut SplitMix64,
) -> MultiPolygon<f64> {
    use geo::Intersects;
    let grid = right.grid();
    let places = grazing.entry(grid == Grid::Wgs84).or_default();
    let (start, community) = if places.is_empty() {
        (grid.block_at(on_sheet((-7.0, 5.0))), 0)
    } else {
        places.remove(0)
    };
    let clear = |block: Block| {
        on_the_sheet(block)
            && !grid
                .land(&BTreeSet::from([block]))
                .intersects(&communities.lands[community])
    };
    grid.land(&grown(start, count, rng, clear))
}

fn fields(
    number: usize,
    right: &Right,
    land: &MultiPolygon<f64>,
    boundaries: &Boundaries,
) -> Vec<(&'static str, Value)> {
    let label = STATES
        .iter()
        .find(|(state, _)| *state == right.state)
        .map_or("", |(_, label)| label);
    let (mut departments, mut provinces, mut districts) =
        (vec![DEPARTMENT], vec![PROVINCE], districts_of(land, boundaries));
    if right.leaves_the_province {
        departments.push("CONTISUYO");
        provinces.push("WAMANKARPA");
        districts.push("PUKARQOCHA");
    }
    vec![
        ("CODIGOU", json!(right.code(number))),
        ("FEC_DENU", json!(right.filed.map(epoch_milliseconds))),
        ("CONCESION", json!(right.name)),
        ("TIT_CONCES", json!(holder(number))),
        ("HECTAGIS", json!(declared(right, land))),
        ("ESTADO", json!(right.state.to_string())),
        ("D_ESTADO", json!(label)),
        ("SUSTANCIA", json!(right.substance.to_string())),
        ("DEPA", json!(departments.join(" /  "))),
        ("PROVI", json!(provinces.join(" /  "))),
        ("DISTRI", json!(districts.join(" /  "))),
    ]
}

/// Whole hundreds on a grid, the measured hectares otherwise; PSAD 56 hectares as the register keeps them.
fn declared(right: &Right, land: &MultiPolygon<f64>) -> f64 {
    let measured = hectares(land);
    if right.is_on_grid() {
        (measured / 100.0).round() * 100.0
    } else {
        measured
    }
}

fn holder(number: usize) -> String {
    let who = number * 7 % 23 + 1;
    match who % 4 {
        0 => format!("S.M.R.L. SINTÉTICA {who:02}"),
        1 | 2 => format!("Titular Sintético {who:02} S.A.C."),
        _ => format!("Persona Natural Sintética {who:02}"),
    }
}

/// Districts of which the land holds at least one cell's middle, in their order.
fn districts_of(land: &MultiPolygon<f64>, boundaries: &Boundaries) -> Vec<&'static str> {
    let mut found = BTreeSet::new();
    for polygon in land {
        let ring: Vec<Place> = polygon.exterior().coords().map(|place| (place.x, place.y)).collect();
        for (cell, &district) in boundaries
            .district
            .iter()
            .enumerate()
            .filter(|(_, district)| **district > 0)
        {
            if !found.contains(&district) && surrounds(&ring, TERRITORY.centre(cell)) {
                found.insert(district);
            }
        }
    }
    found.into_iter().filter_map(Boundaries::name).collect()
}

/// Milliseconds from 1970-01-01 to the start of a day of the Gregorian calendar.
pub fn epoch_milliseconds((year, month, day): (i64, i64, i64)) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    (era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468) * 86_400_000
}

#[cfg(test)]
mod tests {
    use super::epoch_milliseconds;

    #[test]
    fn days_are_counted_from_1970_in_both_directions() {
        assert_eq!(epoch_milliseconds((1970, 1, 1)), 0);
        assert_eq!(epoch_milliseconds((2017, 3, 1)), 1_488_326_400_000);
        assert_eq!(epoch_milliseconds((1771, 6, 15)), -6_265_555_200_000);
    }
}
