//! The same questions answered in the plainest way, to compare with.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use watershed::{CODES, Elevation, Grid, NO_DIRECTION, NODATA, OUTLET, Placement, STEPS};

/// A grid of square cells of 30 m.
pub fn grid(columns: usize, rows: usize) -> Grid {
    let place = Placement {
        west: 500_000.0,
        north: 8_500_000.0,
        width: 30.0,
        height: 30.0,
    };
    Grid::new(
        columns,
        rows,
        place,
        crs::Crs::from_epsg(32_718).expect("UTM 18S is known"),
    )
    .expect("a small raster")
}

pub fn elevation(columns: usize, heights: &[i32]) -> Elevation {
    Elevation::new(grid(columns, heights.len() / columns), heights.to_vec()).expect("a small raster")
}

/// The neighbours of a cell that exist, with the codes that lead to them.
pub fn neighbours(cell: usize, columns: usize, cells: usize) -> impl Iterator<Item = (u8, usize)> {
    let (row, column) = ((cell / columns).cast_signed(), (cell % columns).cast_signed());
    let (rows, columns) = ((cells / columns).cast_signed(), columns.cast_signed());
    (0..8).filter_map(move |k| {
        let (x, y) = (column + STEPS[k].0, row + STEPS[k].1);
        let inside = x >= 0 && y >= 0 && x < columns && y < rows;
        inside.then(|| (CODES[k], (y * columns + x).cast_unsigned()))
    })
}

/// Whether a cell touches the edge or a cell without data.
pub fn touches_ocean(cell: usize, heights: &[i32], columns: usize) -> bool {
    let around: Vec<usize> = neighbours(cell, columns, heights.len())
        .map(|(_, other)| other)
        .collect();
    around.len() < 8 || around.iter().any(|other| heights[*other] == NODATA)
}

/// Priority-Flood (Barnes, Lehman & Mulla 2014, algorithm 1) with a binary heap.
pub fn priority_flood(heights: &[i32], columns: usize) -> Vec<i32> {
    let mut filled = heights.to_vec();
    let mut closed: Vec<bool> = heights.iter().map(|height| *height == NODATA).collect();
    let mut open = BinaryHeap::new();
    for cell in 0..heights.len() {
        if !closed[cell] && touches_ocean(cell, heights, columns) {
            closed[cell] = true;
            open.push(Reverse((heights[cell], cell)));
        }
    }
    while let Some(Reverse((level, cell))) = open.pop() {
        for (_, other) in neighbours(cell, columns, heights.len()) {
            if !std::mem::replace(&mut closed[other], true) {
                filled[other] = heights[other].max(level);
                open.push(Reverse((filled[other], other)));
            }
        }
    }
    filled
}

/// The cell below each, from the directions; `None` where the flow ends. Fails on a code that leads nowhere.
pub fn below(directions: &[u8], columns: usize) -> Vec<Option<usize>> {
    let next = |(cell, code): (usize, &u8)| {
        if matches!(*code, OUTLET | NO_DIRECTION) {
            return None;
        }
        let found = neighbours(cell, columns, directions.len()).find(|(other, _)| other == code);
        Some(found.expect("the direction leads to a neighbour").1)
    };
    directions.iter().enumerate().map(next).collect()
}

/// The outlet under each cell, by walking; fails when a walk is longer than the grid.
pub fn outlets(below: &[Option<usize>]) -> Vec<usize> {
    let walk = |cell: usize| {
        let mut at = cell;
        for _ in 0..=below.len() {
            match below[at] {
                Some(next) => at = next,
                None => return at,
            }
        }
        unreachable!("the walk from {cell} never ends");
    };
    (0..below.len()).map(walk).collect()
}

/// Sums by walking down from every cell.
pub fn accumulation(directions: &[u8], columns: usize, load: impl Fn(usize) -> u64) -> Vec<u64> {
    let below = below(directions, columns);
    let mut sums = vec![0; directions.len()];
    for cell in (0..directions.len()).filter(|cell| directions[*cell] != NO_DIRECTION) {
        let mut at = Some(cell);
        while let Some(here) = at {
            sums[here] += load(cell / columns);
            at = below[here];
        }
    }
    sums
}
