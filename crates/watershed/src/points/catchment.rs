//! What drains to one cell: its land, its facts, its outline.

use super::standing::{as_cell, neighbours};
use crate::direction::{CODES, NO_DIRECTION, opposite};
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
struct Met {
    cell: u32,
    /// The place of the cell that it flows into.
    next: u32,
    /// Metres to the mouth.
    way: f64,
}

/// What drains through a cell; streams, for the order, run where at least `threshold` cells drain. None where nobody measured the cell.
///
/// Asks each cell of the catchment once: 40 bytes for each while it runs.
///
/// # Panics
/// When the cell is not there.
pub fn catchment_of(drained: &Drainage, cell: u32, threshold: u32) -> Option<Catchment> {
    if drained.directions[cell as usize] == NO_DIRECTION {
        return None;
    }
    let grid = drained.grid();
    let met = climb(drained, cell);
    let mut order: Vec<usize> = (0..met.len()).collect();
    order.sort_unstable_by_key(|at| met[*at].cell);
    let cells: Vec<u32> = order.iter().map(|at| met[*at].cell).collect();
    let ways = order
        .iter()
        .map(|at| crate::upstream::millimetres_along(met[*at].way))
        .collect();
    let heights = cells.iter().map(|cell| drained.filled.millimetres()[*cell as usize]);
    let range = heights.fold([i32::MAX, i32::MIN], |[low, high], height| {
        [low.min(height), high.max(height)]
    });
    Some(Catchment {
        mouth: cell,
        area: area(grid, &cells),
        heights: range,
        order: strahler(&met, threshold.max(1)),
        outline: outline(grid, &cells),
        cells,
        ways,
    })
}

/// The cells above a cell, each after the one that it flows into.
fn climb(drained: &Drainage, mouth: u32) -> Vec<Met> {
    let grid = drained.grid();
    let mut met = vec![Met {
        cell: mouth,
        next: 0,
        way: 0.0,
    }];
    let mut at = 0;
    while let Some(Met { cell, way, .. }) = met.get(at) {
        let (cell, way) = (*cell as usize, *way);
        for (code, other) in CODES.into_iter().zip(neighbours(grid, cell)) {
            let above = other.filter(|other| drained.directions[*other] == opposite(code));
            if let Some(other) = above {
                met.push(Met {
                    cell: as_cell(other),
                    next: as_cell(at),
                    way: way + crate::network::step(grid, other, opposite(code)),
                });
            }
        }
        at += 1;
    }
    met
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

/// The border of some cells, traced on the part of the grid that holds them.
fn outline(grid: &Grid, cells: &[u32]) -> Outline {
    let columns = grid.columns();
    let place = |cell: &u32| (*cell as usize % columns, *cell as usize / columns);
    let (mut west, mut east) = (columns, 0);
    for (column, _) in cells.iter().map(place) {
        (west, east) = (west.min(column), east.max(column));
    }
    let (north, south) = (place(&cells[0]).1, place(&cells[cells.len() - 1]).1);
    let (wide, high) = (east - west + 1, south - north + 1);
    let [left, top] = grid.corner(west, north);
    let placement = Placement {
        west: left,
        north: top,
        ..grid.placement()
    };
    let part = Grid::new(wide, high, placement, grid.crs()).expect("a part of a grid is a grid");
    let mut labels = vec![0; wide * high];
    for (column, row) in cells.iter().map(place) {
        labels[(row - north) * wide + column - west] = 1;
    }
    let mut found = outlines(&part, &labels, 1).pop().unwrap_or_default();
    let rings = found
        .parts
        .iter_mut()
        .flat_map(|(outer, holes)| std::iter::once(outer).chain(holes));
    for corner in rings.flatten() {
        *corner = [corner[0] + as_cell(west), corner[1] + as_cell(north)];
    }
    found
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
