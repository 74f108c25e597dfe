//! Hydrographic units with Pfafstetter codes.

use crate::landscape::{Landscape, stem};
use crate::lattice::TERRITORY;
use crate::layer::{Feature, Layer};
use crate::layers::{cells, hectares};
use crate::patches::{Labels, round_off_within, sieve};
use crate::territory::{FINE, Territory};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Pfafstetter code of the microcuenca, of level 6, and its neighbours': invented within the region of the Amazon.
const BASIN: &str = "499477";
const NEIGHBOURS: [&str; 2] = ["499476", "499478"];

/// Units of the next level within the microcuenca, by Pfafstetter's rule, and its neighbours.
pub fn draw(territory: &Territory) -> Layer {
    let digits = pfafstetter(&territory.land);
    let mut labels: Labels = territory.labels(|cell| match digits[cell] {
        0 if territory.atoms.pieces[territory.atoms.of_cell[cell]].0.1 > 0.8 => 10,
        0 => 11,
        digit => digit,
    });
    round_off_within(&mut labels, 2, |cell| territory.land.basin[cell]);
    sieve(&mut labels, cells(15.0), &[]);
    let drawn = territory.draw(&mut labels, FINE);
    let features = drawn.into_iter().map(|(label, land)| {
        let code = if label > 9 {
            NEIGHBOURS[usize::from(label) - 10].to_owned()
        } else {
            format!("{BASIN}{label}")
        };
        let kind = if code.ends_with(['2', '4', '6', '8']) {
            "Cuenca"
        } else {
            "Intercuenca"
        };
        let fields: Vec<(&'static str, Value)> = vec![
            ("CODIGO", json!(code)),
            ("NOMBRE", json!(format!("{kind} {code}"))),
            ("NIVEL", json!(code.len())),
            (
                "NOMB_UH_N6",
                json!(if label > 9 {
                    format!("Unidad Hidrográfica {code}")
                } else {
                    "Qoricocha–Chinchaymayo".to_owned()
                }),
            ),
            ("AREA_KM2", json!((hectares(&land)).round() / 100.0)),
        ];
        Feature::new(land, fields)
    });
    Layer {
        name: "unidades_hidrograficas",
        title: "Unidades hidrográficas",
        kind: "hydrographic-units",
        fields: include_str!("../profiles/units.toml"),
        valid_from: "2016-01-01",
        scale: 100_000,
        sigma: 50.0,
        decimals: 7,
        features: features.collect(),
    }
}

/// A tributary: where on the main stem it joins, counted from the mouth, and its own lowest cell that is not lake.
struct Tributary {
    joins: usize,
    mouth: usize,
}

/// The four largest tributaries of the main stem, from the mouth up.
fn largest_tributaries(land: &Landscape, main: &[usize]) -> Vec<Tributary> {
    let mut found: Vec<(u32, usize, usize)> = Vec::new();
    for (joins, &cell) in main.iter().enumerate() {
        let above = main.get(joins + 1).copied();
        for donor in land
            .drainage
            .donors(&TERRITORY, cell)
            .into_iter()
            .filter(|&donor| Some(donor) != above)
        {
            let mouth = stem(&land.drainage, donor).into_iter().find(|&cell| !land.lake[cell]);
            found.extend(mouth.map(|mouth| (land.drainage.cells[mouth], joins, mouth)));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.truncate(4);
    found.sort_unstable_by_key(|&(_, joins, _)| joins);
    found
        .into_iter()
        .map(|(_, joins, mouth)| Tributary { joins, mouth })
        .collect()
}

/// 2, 4, 6, 8 for the catchments of the four largest tributaries, odd digits between, 9 the headwater, 0 outside.
///
/// The lake and its own slopes are one unit: the one above the first tributary that runs into it, where one does.
fn pfafstetter(land: &Landscape) -> Vec<u16> {
    let main = land.main_stem();
    let tributaries = largest_tributaries(land, &main);
    let odd = |at: usize| 1 + 2 * tributaries.iter().take_while(|tributary| tributary.joins < at).count();
    let mut own: BTreeMap<usize, usize> = main.iter().enumerate().map(|(at, &cell)| (cell, odd(at))).collect();
    let into_lake = tributaries.iter().any(|tributary| land.lake[main[tributary.joins]]);
    let sill = main.iter().position(|&cell| land.lake[cell]).map_or(1, odd);
    let lake = if into_lake { sill + 2 } else { sill };
    own.extend(
        (0..TERRITORY.cells())
            .filter(|&cell| land.lake[cell])
            .map(|cell| (cell, lake)),
    );
    own.extend(
        tributaries
            .iter()
            .zip([2, 4, 6, 8])
            .map(|(tributary, digit)| (tributary.mouth, digit)),
    );
    let mut digits = vec![0_u16; TERRITORY.cells()];
    for cell in land
        .drainage
        .order
        .iter()
        .map(|&cell| cell as usize)
        .filter(|&cell| land.basin[cell])
    {
        let below = land.drainage.below(cell).map_or(1, |below| digits[below]);
        digits[cell] = own
            .get(&cell)
            .map_or(below, |&digit| u16::try_from(digit).expect("digits are below ten"));
    }
    digits
}
