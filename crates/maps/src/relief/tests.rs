//! Relief of made-up ground.

use super::*;
use crate::{Colour, Rect};
use crs::{UtmZone, lonlat_to_utm};
use geo_types::Coord;

const SIDE: usize = 60;
const MISSING: i32 = i32::MIN;

fn look() -> ReliefLook {
    ReliefLook {
        tints: vec![
            Colour::new(60, 120, 60),
            Colour::new(200, 180, 140),
            Colour::new(250, 250, 250),
        ],
        shadow: Colour::new(30, 30, 60),
        light: Colour::WHITE,
        strength: [80, 60],
        missing: Colour::new(1, 2, 3),
    }
}

fn window() -> Window {
    Window {
        zone: UtmZone::Z18,
        frame: Rect::new(10.0, 10.0, 60.0, 60.0),
        west: 600_000.0,
        north: 8_400_000.0,
        denominator: 30_000.0,
    }
}

fn metres(millimetres: &[i32]) -> Heights<'_> {
    Heights {
        crs: Crs::utm(UtmZone::Z18),
        west: 600_000.0,
        north: 8_400_000.0,
        cell: [30.0, 30.0],
        columns: SIDE,
        millimetres,
        missing: MISSING,
    }
}

fn cone() -> Vec<i32> {
    let height = |at: usize| {
        let away = |at: usize| i32::try_from(at.abs_diff(SIDE / 2)).unwrap();
        4_000_000 - (away(at % SIDE) + away(at / SIDE)) * 9_000
    };
    (0..SIDE * SIDE).map(height).collect()
}

fn brightness(relief: &Relief, column: usize, row: usize) -> u32 {
    let colour = relief.pixels.at(column, row);
    u32::from(colour.red) + u32::from(colour.green) + u32::from(colour.blue)
}

#[test]
fn the_north_west_of_a_hill_is_lit_and_its_south_east_is_dark() {
    let heights = cone();
    let relief = relief(&metres(&heights), &window(), &look()).unwrap();
    assert_eq!((relief.pixels.columns(), relief.pixels.rows()), (60, 60));
    assert!(brightness(&relief, 20, 20) > brightness(&relief, 40, 40) + 150);
    assert_eq!(relief.missing, None);
    let from: Vec<i32> = relief.steps.iter().map(|step| step.from_m).collect();
    assert_eq!(from, [3000, 3500, 4000]);
}

#[test]
fn what_nobody_measured_is_seen_as_such_beyond_the_raster_too() {
    let mut heights = cone();
    heights[30 * SIDE + 30] = MISSING;
    let found = relief(&metres(&heights), &window(), &look()).unwrap();
    assert_eq!(found.pixels.at(30, 30), look().missing);
    assert_eq!(found.missing, Some(look().missing));
    let beside = Window {
        west: 600_900.0,
        ..window()
    };
    let whole = cone();
    let found = relief(&metres(&whole), &beside, &look()).unwrap();
    assert_eq!(found.pixels.at(45, 10), look().missing);
    assert_ne!(found.pixels.at(10, 10), look().missing);
    let far = Window {
        west: 700_000.0,
        ..window()
    };
    assert!(matches!(relief(&metres(&whole), &far, &look()), Err(MapError::NoLand)));
}

#[test]
fn a_raster_in_degrees_lies_where_its_places_are() {
    let mut corner = [Coord { x: -75.0, y: -14.0 }];
    lonlat_to_utm(&mut corner, UtmZone::Z18).unwrap();
    // high ground in the south-east quarter only
    let heights: Vec<i32> = (0..SIDE * SIDE)
        .map(|at| {
            if at % SIDE >= SIDE / 2 && at / SIDE >= SIDE / 2 {
                5_000_000
            } else {
                3_000_000
            }
        })
        .collect();
    let degrees = Heights {
        crs: Crs::WGS84,
        west: -75.0,
        north: -14.0,
        cell: [1.0 / 3600.0; 2],
        columns: SIDE,
        millimetres: &heights,
        missing: MISSING,
    };
    let window = Window {
        west: corner[0].x,
        north: corner[0].y,
        ..window()
    };
    let found = relief(&degrees, &window, &look()).unwrap();
    let (columns, rows) = (found.pixels.columns(), found.pixels.rows());
    assert_eq!(
        found.pixels.at(columns * 3 / 4, rows * 3 / 4),
        found.steps.last().unwrap().colour
    );
    assert_eq!(found.pixels.at(columns / 4, rows * 3 / 4), found.steps[0].colour);
}

#[test]
fn a_coarse_picture_shows_the_mean_of_its_cells() {
    let chess: Vec<i32> = (0..SIDE * SIDE)
        .map(|at| {
            if (at % SIDE + at / SIDE).is_multiple_of(2) {
                0
            } else {
                2_000_000
            }
        })
        .collect();
    let small = Window {
        denominator: 30_000.0 * 40.0,
        frame: Rect::new(0.0, 0.0, 1.5, 1.5),
        ..window()
    };
    let surface = sample::surface(&metres(&chess), &small).unwrap();
    assert!(surface.columns <= 12, "{}", surface.columns);
    let near = |height: &Option<i32>| height.is_some_and(|height| (height - 1_000_000).abs() < 120_000);
    assert!(surface.heights.iter().all(near), "{:?}", surface.heights);
}
