//! What drains to one cell: its land, its facts, its outline.

use super::standing::{as_cell, neighbours};
use crate::direction::{CODES, NO_DIRECTION, STEPS, opposite};
use crate::outline::{Outline, outlines};
use crate::{Drainage, Grid, Placement};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};

/// The land that drains through a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Catchment {
    /// The cell.
    pub mouth: u32,
    /// Its cells, ascending, the mouth among them.
    pub cells: Vec<u32>,
    /// For each of them the millimetres along the flow to the middle of the mouth.
    pub ways: Vec<u32>,
    /// Square metres: on the ellipsoid for a grid in degrees, in the plane for one in metres.
    pub area: f64,
    /// Lowest and highest filled height in millimetres; their difference is the relief.
    pub heights: [i32; 2],
    /// Order by Strahler of the stream through the mouth; 0 where no stream runs through it.
    pub order: u8,
    /// Its border, in corners of the whole grid.
    pub outline: Outline,
}

/// A cell that was met on the way up.
#[derive(Clone, Copy)]
struct Met {
    cell: u32,
    /// The place of the cell that it flows into.
    next: u32,
    /// Metres to the mouth.
    way: f64,
}

/// What drains through a cell; streams, for the order, run where at least `threshold` cells drain. None where nobody measured the cell.
///
/// Asks each cell of the catchment once: some 40 bytes for each while it runs, and 4 for each cell of the box round it.
///
/// # Panics
/// When the cell is not there.
pub fn catchment_of(drained: &Drainage, cell: u32, threshold: u32) -> Option<Catchment> {
    if drained.directions[cell as usize] == NO_DIRECTION {
        return None;
    }
    let grid = drained.grid();
    let met = climb(drained, cell);
    let (part, cells, ways) = Part::of(grid, &met);
    let heights = cells.iter().map(|cell| drained.filled.millimetres()[*cell as usize]);
    let range = heights.fold([i32::MAX, i32::MIN], |[low, high], height| {
        [low.min(height), high.max(height)]
    });
    Some(Catchment {
        mouth: cell,
        area: area(grid, &cells),
        heights: range,
        order: strahler(&met, threshold.max(1)),
        outline: part.outline(grid),
        cells,
        ways,
    })
}

/// The cells above a cell, each after the one that it flows into.
fn climb(drained: &Drainage, mouth: u32) -> Vec<Met> {
    let grid = drained.grid();
    let mut paces = Paces::new(grid);
    let leaps = STEPS.map(|(across, down)| across + down * grid.columns().cast_signed());
    let mut met = vec![Met {
        cell: mouth,
        next: 0,
        way: 0.0,
    }];
    let mut at = 0;
    while let Some(Met { cell, way, .. }) = met.get(at) {
        let (cell, way) = (*cell as usize, *way);
        let (row, column) = (cell / grid.columns(), cell % grid.columns());
        let inner = column > 0 && column + 1 < grid.columns() && row > 0 && row + 1 < grid.rows();
        let around = if inner {
            leaps.map(|leap| Some(cell.wrapping_add_signed(leap)))
        } else {
            neighbours(grid, cell)
        };
        for (k, other) in around.into_iter().enumerate() {
            let above = other.filter(|other| drained.directions[*other] == opposite(CODES[k]));
            if let Some(other) = above {
                met.push(Met {
                    cell: as_cell(other),
                    next: as_cell(at),
                    way: way + paces.of(row.wrapping_add_signed(STEPS[k].1), k),
                });
            }
        }
        at += 1;
    }
    met
}

/// Metres from the middle of a cell to those of its neighbours, reckoned once for each row that is met.
struct Paces<'a> {
    grid: &'a Grid,
    rows: Vec<Option<[f64; 3]>>,
}

impl<'a> Paces<'a> {
    fn new(grid: &'a Grid) -> Self {
        Self {
            grid,
            rows: vec![None; grid.rows()],
        }
    }

    /// In a row, along the direction of place `k` among the codes or the one that leads back.
    fn of(&mut self, row: usize, k: usize) -> f64 {
        let grid = self.grid;
        let paces = self.rows[row].get_or_insert_with(|| {
            let first = row * grid.columns();
            [1, 2, 4].map(|code| crate::network::step(grid, first, code))
        });
        // E, SE, S, SW, W, …: along a row, slanting, across rows, slanting, along a row, …
        paces[[0, 1, 2, 1][k % 4]]
    }
}

/// Square metres, row by row.
fn area(grid: &Grid, cells: &[u32]) -> f64 {
    let row = |cell: &u32| *cell as usize / grid.columns();
    let rows = cells.chunk_by(|a, b| row(a) == row(b));
    rows.map(|cells| grid.cell_area(row(&cells[0])) * cells.len() as f64)
        .sum()
}

/// The order of the stream through the first cell: sums and orders are handed down from the last one.
fn strahler(met: &[Met], threshold: u32) -> u8 {
    let mut sums = vec![1_u32; met.len()];
    // the greatest order that flows in, and the next greatest, as great in a tie
    let mut orders = vec![[0_u8; 2]; met.len()];
    let own = |[first, second]: [u8; 2]| {
        if first == 0 {
            1
        } else {
            first + u8::from(first == second)
        }
    };
    for at in (1..met.len()).rev() {
        let next = met[at].next as usize;
        sums[next] += sums[at];
        if sums[at] >= threshold {
            let order = own(orders[at]);
            let [first, second] = orders[next];
            orders[next] = [first.max(order), second.max(order.min(first))];
        }
    }
    if sums[0] >= threshold { own(orders[0]) } else { 0 }
}

/// The part of a grid that holds a catchment.
struct Part {
    /// First column and row, columns and rows.
    frame: [usize; 4],
    /// 1 for its cells.
    labels: Vec<u32>,
}

impl Part {
    /// The part, and the cells in their order with their ways in millimetres: they are painted, not sorted.
    fn of(grid: &Grid, met: &[Met]) -> (Self, Vec<u32>, Vec<u32>) {
        let columns = as_cell(grid.columns());
        let [mut west, mut north, mut east, mut south] = [u32::MAX, u32::MAX, 0, 0];
        for Met { cell, .. } in met {
            let (column, row) = (cell % columns, cell / columns);
            (west, east) = (west.min(column), east.max(column));
            (north, south) = (north.min(row), south.max(row));
        }
        let frame = [west, north, east - west + 1, south - north + 1].map(|value| value as usize);
        let [left, top, wide, high] = frame;
        let mut labels = vec![0_u32; wide * high];
        for (at, Met { cell, .. }) in (1..).zip(met) {
            let (column, row) = ((cell % columns) as usize, (cell / columns) as usize);
            labels[(row - top) * wide + column - left] = at;
        }
        let (mut cells, mut ways) = (Vec::with_capacity(met.len()), Vec::with_capacity(met.len()));
        for label in labels.iter_mut().filter(|label| **label != 0) {
            let Met { cell, way, .. } = met[*label as usize - 1];
            cells.push(cell);
            ways.push(crate::upstream::millimetres_along(way));
            *label = 1;
        }
        (Self { frame, labels }, cells, ways)
    }

    /// The border, in corners of the whole grid.
    fn outline(&self, grid: &Grid) -> Outline {
        let [left, top, wide, high] = self.frame;
        let [west, north] = grid.corner(left, top);
        let placement = Placement {
            west,
            north,
            ..grid.placement()
        };
        let part = Grid::new(wide, high, placement, grid.crs()).expect("a part of a grid is a grid");
        let mut found = outlines(&part, &self.labels, 1).pop().unwrap_or_default();
        let parts = found.parts.iter_mut();
        let rings = parts.flat_map(|(outer, holes)| std::iter::once(outer).chain(holes));
        for corner in rings.flatten() {
            *corner = [corner[0] + as_cell(left), corner[1] + as_cell(top)];
        }
        found
    }
}

impl Catchment {
    /// Highest above lowest filled height, in metres.
    pub fn relief(&self) -> f64 {
        f64::from(self.heights[1] - self.heights[0]) / 1000.0
    }

    /// The longest way of water to the mouth, in millimetres.
    pub fn longest_way(&self) -> u32 {
        self.ways.iter().copied().max().unwrap_or(0)
    }

    /// Whether a cell drains through the mouth, and how many millimetres above it lies.
    pub fn way(&self, cell: u32) -> Option<u32> {
        let at = self.cells.binary_search(&cell).ok()?;
        Some(self.ways[at])
    }

    /// Its land in the coordinates of the grid that it was found on.
    pub fn polygon(&self, grid: &Grid) -> MultiPolygon<f64> {
        let line = |ring: &[[u32; 2]]| -> LineString<f64> {
            let corners = ring.iter().chain(ring.first());
            let place = |corner: &[u32; 2]| {
                let [x, y] = grid.corner(corner[0] as usize, corner[1] as usize);
                Coord { x, y }
            };
            corners.map(place).collect()
        };
        let parts = self.outline.parts.iter();
        parts
            .map(|(outer, holes)| Polygon::new(line(outer), holes.iter().map(|hole| line(hole)).collect()))
            .collect()
    }
}
