//! The relief: a young range round a high pampa, worn down by its own streams.
//!
//! Uplift against stream-power erosion, solved implicitly from the outlets upwards (Braun & Willett 2013,
//! doi:10.1016/j.geomorph.2012.10.008), from coarse cells to fine ones.

use crate::drainage::flood;
use crate::lattice::{Lattice, TERRITORY};
use crate::noise::{Noise, smoothstep};
use crate::rng::{mix, unit};
use libm::{atan2, exp, pow, sqrt};

/// Cells of 30 m that are made round the territory and cut off again, so that no stream knows the edge of the sheet.
const MARGIN: usize = 80;
/// Exponent of drainage area; 0.4–0.5 in most rivers.
const CONCAVITY: f64 = 0.45;
/// Slope of a stream that drains 1 km² where uplift is 1.
const STEEPNESS: f64 = 0.062;

/// Steepest slope that does not slide.
const REPOSE: f64 = 0.62;
/// Square kilometres added to what drains through a cell: below that, water seeps and soil creeps, and slopes stay even.
const SEEPAGE: f64 = 0.07;

/// Heights in metres of the cells of `TERRITORY`, before the lake and not yet free of pits.
pub fn relief() -> Vec<f64> {
    let mut lattice = around(4);
    let mut heights: Vec<f64> = (0..lattice.cells())
        .map(|cell| first_surface(lattice.plan(cell)))
        .collect();
    erode(&lattice, &mut heights, 160, 380.0);
    for (coarser, rounds, pace) in [(2, 36, 190.0), (1, 10, 90.0)] {
        let finer = around(coarser);
        heights = refine(&lattice, &heights, &finer);
        lattice = finer;
        erode(&lattice, &mut heights, rounds, pace);
    }
    let kept = (0..TERRITORY.cells()).map(|cell| {
        let (column, row) = (cell % TERRITORY.width + MARGIN, cell / TERRITORY.width + MARGIN);
        heights[lattice.index(column, row)]
    });
    kept.collect()
}

/// The territory with its margin in cells `times` as wide.
fn around(times: usize) -> Lattice {
    let reach = TERRITORY.cell * MARGIN as f64;
    Lattice {
        width: (TERRITORY.width + 2 * MARGIN) / times,
        height: (TERRITORY.height + 2 * MARGIN) / times,
        cell: TERRITORY.cell * times as f64,
        west: TERRITORY.west - reach,
        north: TERRITORY.north + reach,
    }
}

/// How near the crest of the range, 0 to 1, and how far from the middle, 1 on the crest.
fn range((x, y): (f64, f64)) -> (f64, f64) {
    let (x, y) = Noise(11).warped(x, y, 5.0, 2.2);
    let radius = sqrt((x - 0.2) * (x - 0.2) / (5.4 * 5.4) + (y + 0.1) * (y + 0.1) / (4.5 * 4.5));
    let angle = atan2(y, x);
    let gate = angle_between(angle, 3.45) / 0.42;
    let crest = exp(-(radius - 1.0) * (radius - 1.0) / 0.075) * (1.0 - exp(-gate * gate));
    let north_east = 0.5 + 0.5 * libm::cos(angle_between(angle, 0.75));
    (crest * (0.42 + 0.58 * north_east), radius)
}

fn angle_between(a: f64, b: f64) -> f64 {
    let turn = 2.0 * std::f64::consts::PI;
    let d = (a - b).abs() % turn;
    d.min(turn - d)
}

fn first_surface((x, y): (f64, f64)) -> f64 {
    let (crest, radius) = range((x, y));
    let tilt = 9.0 * x + 5.0 * y;
    let outside = 520.0 * smoothstep(1.0, 2.0, radius);
    4300.0 + tilt + 760.0 * crest - outside + 110.0 * Noise(12).fractal(x / 2.3, y / 2.3)
}

fn uplift((x, y): (f64, f64)) -> f64 {
    let (crest, radius) = range((x, y));
    let grain = 1.0 + 0.45 * Noise(13).fractal(x / 3.1, y / 3.1);
    (0.34 + 3.7 * crest + 0.55 * smoothstep(1.0, 1.6, radius)) * grain
}

/// `pace` is how far in metres a knickpoint travels in one round where 1 km² drains.
fn erode(lattice: &Lattice, heights: &mut [f64], rounds: usize, pace: f64) {
    let rise: Vec<f64> = (0..lattice.cells())
        .map(|cell| STEEPNESS * pace * uplift(lattice.plan(cell)))
        .collect();
    let softness: Vec<f64> = (0..lattice.cells())
        .map(|cell| {
            let (x, y) = lattice.plan(cell);
            exp(0.9 * Noise(15).fractal(x / 0.8, y / 0.8))
        })
        .collect();
    let square_km = lattice.cell * lattice.cell / 1e6;
    for _ in 0..rounds {
        for cell in (0..lattice.cells()).filter(|&cell| lattice.margin(cell) > 0) {
            heights[cell] += rise[cell];
        }
        let (order, reached_from) = flood(lattice, heights, 1e-4, &[]);
        let below = descent(lattice, heights, &reached_from);
        let mut area = vec![square_km; lattice.cells()];
        for &cell in order.iter().rev() {
            if lattice.margin(cell as usize) > 0 {
                area[below[cell as usize].0] += area[cell as usize];
            }
        }
        for &cell in &order {
            let cell = cell as usize;
            if lattice.margin(cell) > 0 {
                let (under, distance) = below[cell];
                let wear = pace * softness[cell] * pow(area[cell] + SEEPAGE, CONCAVITY) / distance;
                let worn = (heights[cell] + wear * heights[under]) / (1.0 + wear);
                heights[cell] = worn.min(heights[under] + REPOSE * distance);
            }
        }
        creep(lattice, heights);
    }
}

/// The steepest neighbour and the metres to it; the flood's own way where none is lower.
fn descent(lattice: &Lattice, heights: &[f64], reached_from: &[u32]) -> Vec<(usize, f64)> {
    let mut below = Vec::with_capacity(lattice.cells());
    for cell in 0..lattice.cells() {
        let mut best = (0.0, reached_from[cell] as usize, lattice.cell);
        for (direction, other) in lattice.neighbours(cell) {
            let distance = Lattice::stride(direction) * lattice.cell;
            let fall = (heights[cell] - heights[other]) / distance * hardness(cell, direction);
            if fall > best.0 {
                best = (fall, other, distance);
            }
        }
        below.push((best.1, best.2));
    }
    below
}

/// How easily water cuts in a direction: rock is uneven, and streams on a grid would run straight without this.
fn hardness(cell: usize, direction: usize) -> f64 {
    0.45 + 1.1 * unit(mix((cell * 8 + direction) as u64))
}

/// Soil creep: rounds the crests.
fn creep(lattice: &Lattice, heights: &mut [f64]) {
    let before = heights.to_vec();
    for cell in (0..lattice.cells()).filter(|&cell| lattice.margin(cell) > 0) {
        let mean = lattice.beside(cell).map(|other| before[other]).sum::<f64>() / 4.0;
        heights[cell] += 0.16 * (mean - before[cell]);
    }
}

/// The same surface on finer cells, with the grain that coarse cells cannot hold.
fn refine(coarse: &Lattice, heights: &[f64], fine: &Lattice) -> Vec<f64> {
    let at = |position: f64, count: usize| {
        let low = position.floor().clamp(0.0, count as f64 - 2.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the lattice"
        )]
        (low as usize, (position - low).clamp(0.0, 1.0))
    };
    let cells = (0..fine.cells()).map(|cell| {
        let (easting, northing) = fine.centre(cell);
        let (column, u) = at((easting - coarse.west) / coarse.cell - 0.5, coarse.width);
        let (row, v) = at((coarse.north - northing) / coarse.cell - 0.5, coarse.height);
        let h = |dx, dy| heights[coarse.index(column + dx, row + dy)];
        let smooth = (h(0, 0) * (1.0 - u) + h(1, 0) * u) * (1.0 - v) + (h(0, 1) * (1.0 - u) + h(1, 1) * u) * v;
        let (x, y) = fine.plan(cell);
        smooth + 3.0 * Noise(14).fractal(x / 0.35, y / 0.35)
    });
    cells.collect()
}
