//! The relief drains, and the coordinates are the house's.

use crate::read::{bytes, features, land};
use demo::{Lattice, TERRITORY};
use geo::BoundingRect;
use geo_types::Coord;
use serde_json::Value;
use std::collections::BTreeSet;

fn relief() -> Vec<f32> {
    let mut decoder =
        tiff::decoder::Decoder::new(std::io::Cursor::new(bytes("dem.tif"))).expect("the relief is a TIFF");
    assert_eq!(decoder.dimensions().expect("it has dimensions"), (532, 472));
    match decoder.read_image().expect("it holds an image") {
        tiff::decoder::DecodingResult::F32(heights) => heights,
        other => unreachable!("heights are floats, not {other:?}"),
    }
}

#[test]
fn the_relief_drains_everywhere_and_only_the_lake_is_level() {
    let heights = relief();
    let lower = |cell: usize| -> Option<usize> {
        let mut best = (0.0, None);
        for (direction, other) in TERRITORY.neighbours(cell) {
            let fall = f64::from(heights[cell] - heights[other]) / Lattice::stride(direction);
            if fall > best.0 {
                best = (fall, Some(other));
            }
        }
        best.1
    };
    let level: Vec<usize> = (0..heights.len())
        .filter(|&cell| TERRITORY.margin(cell) > 0 && lower(cell).is_none())
        .collect();
    let hectares = level.len() as f64 * 0.09;
    assert!((200.0..400.0).contains(&hectares), "{hectares} ha lie level");
    let bits: BTreeSet<u32> = level.iter().map(|&cell| heights[cell].to_bits()).collect();
    assert_eq!(bits.len(), 1, "only one lake lies level");
    let mut lake: BTreeSet<usize> = level.iter().copied().collect();
    let mut queue = level;
    while let Some(cell) = queue.pop() {
        let beside = TERRITORY
            .neighbours(cell)
            .map(|(_, other)| other)
            .filter(|&other| heights[other].to_bits() == heights[cell].to_bits());
        for other in beside {
            if lake.insert(other) {
                queue.push(other);
            }
        }
    }
    let sills: BTreeSet<usize> = lake.iter().filter_map(|&cell| lower(cell)).collect();
    assert_eq!(sills.len(), 1, "the lake has one way out: {sills:?}");
    let sill = *sills.iter().next().expect("there is one");
    let leaves_at = |start: usize| {
        let mut here = start;
        for _ in 0..5000 {
            match if lake.contains(&here) { Some(sill) } else { lower(here) } {
                Some(next) => here = next,
                None => return here,
            }
        }
        unreachable!("water from cell {start} goes round in a circle")
    };
    let mouths: Vec<usize> = (0..heights.len()).map(leaves_at).collect();
    assert!(
        mouths.iter().all(|&mouth| TERRITORY.margin(mouth) == 0),
        "water stays on the sheet"
    );
    one_mouth_for_the_microcuenca(&mouths, mouths[sill]);
}

/// The units of the microcuenca drain through one mouth, but for cells that a smoothed divide cuts.
fn one_mouth_for_the_microcuenca(mouths: &[usize], mouth: usize) {
    use geo::Contains;
    let mut cells = [0, 0];
    for unit in features("unidades_hidrograficas")
        .iter()
        .filter(|unit| unit["properties"]["CODIGO"].as_str().is_some_and(|c| c.len() == 7))
    {
        let own = land(unit);
        let extent = own.bounding_rect().expect("land has a box");
        for (cell, &leaves) in mouths.iter().enumerate() {
            let (x, y) = TERRITORY.centre(cell);
            let near = extent.min().x < x && x < extent.max().x && extent.min().y < y && y < extent.max().y;
            if near && own.contains(&Coord { x, y }) {
                cells[usize::from(leaves == mouth)] += 1;
            }
        }
    }
    assert!(cells[1] > 90_000 && cells[0] * 100 < cells[1], "{cells:?}");
}

#[test]
fn streams_run_downhill_on_the_relief() {
    let heights = relief();
    let height = |at: &Value| {
        let (e, n) = demo::utm((at[0].as_f64().expect("longitude"), at[1].as_f64().expect("latitude")));
        heights[TERRITORY.cell_at(e, n).expect("streams lie on the sheet")]
    };
    let streams = features("rios");
    assert!(streams.len() > 50);
    for stream in &streams {
        let places = stream["geometry"]["coordinates"].as_array().expect("a line");
        assert!(
            height(&places[0]) > height(&places[places.len() - 1]),
            "{}",
            stream["properties"]
        );
    }
}

#[test]
fn our_projection_and_shift_agree_with_the_house() {
    use crs::{Crs, UtmZone};
    for (e, n) in [
        (808_000.0, 8_508_000.0),
        (823_000.0, 8_521_000.0),
        (815_500.0, 8_514_000.0),
    ] {
        let mut wgs84 = [Coord { x: e, y: n }];
        crs::utm_to_lonlat(&mut wgs84, UtmZone::Z18).expect("the place is in the zone");
        let (lon, lat) = demo::lonlat(e, n);
        assert!(
            (lon - wgs84[0].x).abs() < 1e-11 && (lat - wgs84[0].y).abs() < 1e-11,
            "{wgs84:?} against {lon} {lat}"
        );
        let mut psad56 = [Coord { x: e, y: n }];
        crs::transform_to_lonlat(Crs::psad56_utm(UtmZone::Z18), None, &mut psad56).expect("the place is in the zone");
        let (east, north) = demo::from_psad56(e, n);
        let (lon, lat) = demo::lonlat(east, north);
        assert!(
            (lon - psad56[0].x).abs() < 1e-10 && (lat - psad56[0].y).abs() < 1e-10,
            "{psad56:?} against {lon} {lat}"
        );
    }
}
