//! The land on which everything else is drawn: relief, lake, streams, the microcuenca.

use crate::drainage::{Drainage, LEAVES};
use crate::lattice::{Lattice, TERRITORY};
use crate::noise::Noise;
use crate::terrain::relief;
use libm::sqrt;

/// Heights are whole multiples of this many metres: exact in binary, so that the file holds them without rounding.
pub const HEIGHT_STEP: f64 = 1.0 / 64.0;
/// Cells that must drain through a cell for it to be a stream: 27 ha.
pub const STREAM_CELLS: u32 = 300;
/// Cells between the microcuenca's outlet and the edge of the sheet.
const OUTLET_MARGIN: usize = 22;
/// Size of the lake in cells: 300 ha.
const LAKE_CELLS: usize = 3300;
/// Kilometres east of the middle of the sheet where the main stream runs through the lake.
const LAKE_EAST: f64 = -0.6;

/// The relief with its lake, and what follows from it.
#[derive(Debug)]
pub struct Landscape {
    /// Metres above the sea, multiples of `HEIGHT_STEP`; the lake lies level.
    pub heights: Vec<f64>,
    /// Which cells are lake.
    pub lake: Vec<bool>,
    /// Where water goes.
    pub drainage: Drainage,
    /// The cell through which the microcuenca drains.
    pub outlet: usize,
    /// Which cells drain through it.
    pub basin: Vec<bool>,
    /// Which cells are stream: not lake.
    pub stream: Vec<bool>,
    /// Rise over run of the steepest plane through each cell.
    pub slope: Vec<f64>,
    /// Metres above the stream or lake into which each cell drains.
    pub above_water: Vec<f64>,
}

impl Landscape {
    /// Makes the land. Always the same.
    pub fn make() -> Self {
        let mut heights = relief();
        let first = Drainage::over(&TERRITORY, &mut heights, 1e-3, &[]);
        let lake = dig_lake(&mut heights, &first);
        for height in &mut heights {
            *height = (*height / HEIGHT_STEP).round() * HEIGHT_STEP;
        }
        let drainage = Drainage::over(&TERRITORY, &mut heights, HEIGHT_STEP, &lake);
        let outlet = outlet(&drainage);
        let basin = drainage.catchment(outlet);
        let stream: Vec<bool> = (0..TERRITORY.cells())
            .map(|cell| drainage.cells[cell] >= STREAM_CELLS && !lake[cell])
            .collect();
        let slope = (0..TERRITORY.cells()).map(|cell| slope(&heights, cell)).collect();
        let above_water = above_water(&heights, &drainage, |cell| stream[cell] || lake[cell]);
        Self {
            heights,
            lake,
            drainage,
            outlet,
            basin,
            stream,
            slope,
            above_water,
        }
    }

    /// The stream from the outlet up to the source, always by the larger branch.
    pub fn main_stem(&self) -> Vec<usize> {
        stem(&self.drainage, self.outlet)
    }
}

/// Cells from `outlet` upwards, each time into the donor that drains most.
pub fn stem(drainage: &Drainage, outlet: usize) -> Vec<usize> {
    let mut cells = vec![outlet];
    let mut here = outlet;
    while let Some(next) = drainage
        .donors(&TERRITORY, here)
        .into_iter()
        .max_by_key(|&cell| (drainage.cells[cell], cell))
    {
        cells.push(next);
        here = next;
    }
    cells
}

fn outlet(drainage: &Drainage) -> usize {
    let leaving = (0..TERRITORY.cells()).filter(|&cell| drainage.downstream[cell] == LEAVES);
    let mouth = leaving.max_by_key(|&cell| drainage.cells[cell]).unwrap_or(0);
    stem(drainage, mouth)
        .into_iter()
        .find(|&cell| TERRITORY.margin(cell) >= OUTLET_MARGIN)
        .unwrap_or(mouth)
}

/// Levels the floor of the main valley into a lake and lowers the slopes round it to meet it.
fn dig_lake(heights: &mut [f64], drainage: &Drainage) -> Vec<bool> {
    let stem = stem(drainage, outlet(drainage));
    let place = stem
        .iter()
        .position(|&cell| TERRITORY.plan(cell).0 > LAKE_EAST)
        .unwrap_or(0);
    let ranks: Vec<f64> = (0..TERRITORY.cells())
        .map(|cell| lake_rank(heights, stem[place], cell))
        .collect();
    let mut sorted = ranks.clone();
    sorted.sort_by(f64::total_cmp);
    let rim = sorted[LAKE_CELLS];
    let joined = joined_to(stem[place], |cell| ranks[cell] < rim);
    let shore_side = joined_to(0, |cell| !joined[cell]);
    let within: Vec<bool> = shore_side.iter().map(|land| !land).collect();
    let sill = stem[..place]
        .iter()
        .rev()
        .copied()
        .find(|&cell| !within[cell])
        .unwrap_or(stem[0]);
    let above = drainage.catchment(sill);
    let level = (heights[sill] / HEIGHT_STEP).floor() * HEIGHT_STEP + 4.0 * HEIGHT_STEP;
    for cell in 0..TERRITORY.cells() {
        let sloping = shore(level, heights[cell], ranks[cell] - rim);
        heights[cell] = match (above[cell], within[cell]) {
            (true, true) => level,
            (true, false) => sloping,
            (false, _) => heights[cell].min(sloping),
        };
    }
    heights[sill] = level - HEIGHT_STEP;
    (0..TERRITORY.cells())
        .map(|cell| within[cell] && above[cell] && cell != sill)
        .collect()
}

/// Which ground the lake takes first: low ground near its middle.
fn lake_rank(heights: &[f64], middle: usize, cell: usize) -> f64 {
    let (x, y) = TERRITORY.plan(cell);
    let (east, north) = TERRITORY.plan(middle);
    let (x, y) = Noise(21).warped(x, y, 1.6, 0.7);
    let (along, across) = (
        0.8 * (x - east) + 0.6 * (y - north),
        0.8 * (y - north) - 0.6 * (x - east),
    );
    heights[cell] - heights[middle] + 55.0 * (0.55 * along * along + 1.5 * across * across)
}

/// The height of ground that stood `over` above the rim: at the rim the lake's level, far above it as it was.
fn shore(level: f64, height: f64, over: f64) -> f64 {
    let gentle = height
        .min(level + 4.0 * HEIGHT_STEP + 0.4 * over)
        .max(level + 2.0 * HEIGHT_STEP);
    gentle + (height - gentle) * crate::noise::smoothstep(0.0, 200.0, over)
}

/// The cells of a set that hang together with `start` by their sides.
fn joined_to(start: usize, inside: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut joined = vec![false; TERRITORY.cells()];
    let mut queue = vec![start];
    joined[start] = true;
    while let Some(cell) = queue.pop() {
        for other in TERRITORY.beside(cell) {
            if inside(other) && !std::mem::replace(&mut joined[other], true) {
                queue.push(other);
            }
        }
    }
    joined
}

fn slope(heights: &[f64], cell: usize) -> f64 {
    let (column, row) = (cell % TERRITORY.width, cell / TERRITORY.width);
    let at = |x: usize, y: usize| heights[TERRITORY.index(x.min(TERRITORY.width - 1), y.min(TERRITORY.height - 1))];
    let east = at(column + 1, row) - at(column.saturating_sub(1), row);
    let south = at(column, row + 1) - at(column, row.saturating_sub(1));
    sqrt(east * east + south * south) / (2.0 * TERRITORY.cell)
}

fn above_water(heights: &[f64], drainage: &Drainage, water: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut datum = heights.to_vec();
    for &cell in &drainage.order {
        let cell = cell as usize;
        if let Some(below) = drainage.below(cell)
            && !water(cell)
        {
            datum[cell] = datum[below];
        }
    }
    (0..heights.len()).map(|cell| heights[cell] - datum[cell]).collect()
}

/// The territory's lattice, for those who draw on it.
pub const fn lattice() -> &'static Lattice {
    &TERRITORY
}
