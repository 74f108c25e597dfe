//! The catchment of every local minimum, tile by tile, and the saddles over which two catchments may meet.
//!
//! A pass between catchments is needed only where a cell's lower neighbours lie in two groups that do not touch: along one group
//! every step stays lower than the cell itself, so the lowest way between its catchments does not lead over the cell.

use crate::direction::{CODES, OUTLET, STEPS};
use crate::frame::{HALO, LEAPS, Order, Plane, Rows, STRIDE, Tile, Tiling, plane};
use crate::processor::steepest;
use crate::steepest::{GROUPS, SADDLE, nearness};
use crate::{Elevation, Grid, NODATA};
use rayon::prelude::*;

/// A label of the ocean, in [`Meeting::other`].
pub const OCEAN: u16 = u16::MAX;

/// A way between two catchments over a cell.
#[derive(Clone, Copy, Debug)]
pub struct Meeting {
    /// The cell that is highest on it.
    pub cell: u32,
    /// Its height.
    pub height: i32,
    /// The label of the cell.
    pub own: u16,
    /// The label of its neighbour.
    pub other: u16,
    /// The direction of the neighbour.
    pub code: u8,
}

/// What a tile holds. Its labels: local minima by their place in `pits`, then the halo by its slots, then cells without data.
#[derive(Clone, Debug, Default)]
pub struct TileCatchments {
    /// The cells that are local minima.
    pub pits: Vec<u32>,
    /// Those of them that flow into the ocean, by their place in `pits`.
    pub outlets: Vec<u16>,
    /// Ways between catchments: those without which its land would fall apart, the lowest first.
    pub meetings: Vec<Meeting>,
    /// The labels of the cells of its rim.
    pub rim: Vec<u16>,
}

/// The catchments of the whole raster.
pub struct Catchments {
    /// How the raster is cut.
    pub tiling: Tiling,
    /// Steepest directions.
    pub directions: Vec<u8>,
    /// For each cell its label within its tile.
    pub labels: Vec<u16>,
    /// By number of the tile.
    pub tiles: Vec<TileCatchments>,
}

/// Room for the work on a tile.
struct Desk {
    heights: Plane<i32>,
    directions: Plane<u8>,
    lower: Plane<u8>,
    labels: Plane<u16>,
    order: Order,
    saddles: Vec<u16>,
}

/// Finds directions, catchments and meetings.
pub fn find_catchments(elevation: &Elevation, side: usize) -> Catchments {
    let (rows, columns) = (elevation.grid.rows(), elevation.grid.columns());
    let tiling = Tiling::new(rows, columns, side);
    let mut directions = vec![0; rows * columns];
    let mut labels = vec![0; rows * columns];
    let ground = Surface {
        grid: &elevation.grid,
        heights: Rows {
            cells: &elevation.millimetres,
            first: 0,
            columns,
        },
    };
    let tiles = survey_bands(ground, (&tiling, 0), &mut directions, &mut labels);
    Catchments {
        tiling,
        directions,
        labels,
        tiles,
    }
}

/// Heights of some rows: those of a row of tiles, and one more at either side where there is one.
#[derive(Clone, Copy)]
pub struct Surface<'a> {
    /// The whole grid.
    pub grid: &'a Grid,
    /// What is known of it.
    pub heights: Rows<'a, i32>,
}

/// Surveys rows of tiles from `first` on: as many as `directions` and `labels` hold.
pub fn survey_bands(
    ground: Surface,
    (tiling, first): (&Tiling, usize),
    directions: &mut [u8],
    labels: &mut [u16],
) -> Vec<TileCatchments> {
    let bands = directions
        .par_chunks_mut(tiling.band_cells())
        .zip_eq(labels.par_chunks_mut(tiling.band_cells()));
    let tiles: Vec<Vec<TileCatchments>> = bands
        .enumerate()
        .map_init(Desk::new, |desk, (band, (directions, labels))| {
            let work = |number| {
                let tile = tiling.tile(number);
                let found = desk.survey(ground, tile);
                desk.write(&tile, tiling.columns, directions, labels);
                found
            };
            tiling.band(first + band).map(work).collect()
        })
        .collect();
    tiles.into_iter().flatten().collect()
}

impl Desk {
    fn new() -> Self {
        Self {
            heights: plane(NODATA),
            directions: plane(0),
            lower: plane(0),
            labels: plane(0),
            order: Order::new(),
            saddles: Vec::new(),
        }
    }

    fn survey(&mut self, ground: Surface, tile: Tile) -> TileCatchments {
        self.load(ground, &tile);
        for row in 1..=tile.rows {
            let near = nearness(ground.grid.spacing(tile.row + row - 1));
            steepest(&self.heights, row, &near, [&mut self.directions, &mut self.lower]);
            let at = row * STRIDE;
            for plane in [&mut self.directions, &mut self.lower] {
                plane[at] = 0;
                plane[at + tile.columns + 1..at + STRIDE].fill(0);
            }
        }
        let halo = (tile.rows + 1) * STRIDE;
        self.directions[..STRIDE].fill(0);
        self.directions[halo..halo + STRIDE].fill(0);
        let columns = ground.grid.columns();
        let mut found = self.name_pits(&tile, columns);
        self.spread_labels(&tile, found.pits.len());
        self.find_meetings(&tile, columns, &mut found);
        keep_the_lowest(&mut found);
        found.rim = tile.rim().map(|position| self.labels[usize::from(position)]).collect();
        found.pits.shrink_to_fit();
        found
    }

    /// Copies the heights of a tile and its halo.
    fn load(&mut self, ground: Surface, tile: &Tile) {
        let columns = ground.grid.columns();
        let left = usize::from(tile.column == 0);
        let right = (tile.column + tile.columns + 1).min(columns);
        for row in 0..tile.rows + 2 {
            let target = &mut self.heights[row * STRIDE..(row + 1) * STRIDE];
            let source = (tile.row + row).checked_sub(1);
            let Some(source) = source.and_then(|row| ground.heights.get(row)) else {
                target[..tile.columns + 2].fill(NODATA);
                continue;
            };
            target[0] = NODATA;
            target[tile.columns + 1] = NODATA;
            let from = tile.column - (1 - left);
            let cells = &source[from..right];
            target[left..left + cells.len()].copy_from_slice(cells);
        }
    }

    /// Labels local minima, and lists them and the saddles.
    fn name_pits(&mut self, tile: &Tile, columns: usize) -> TileCatchments {
        let mut found = TileCatchments::default();
        self.saddles.clear();
        for row in 1..=tile.rows {
            for position in row * STRIDE + 1..=row * STRIDE + tile.columns {
                let at = u16::try_from(position).expect("a frame has 65 536 positions");
                if SADDLE[usize::from(self.lower[usize::from(at)])] {
                    self.saddles.push(at);
                }
                if self.directions[usize::from(at)] == OUTLET {
                    let label =
                        u16::try_from(found.pits.len()).expect("no more than a quarter of a tile's cells are minima");
                    self.labels[usize::from(at)] = label;
                    if self.lower[usize::from(at)] != 0 {
                        found.outlets.push(label);
                    }
                    found
                        .pits
                        .push(u32::try_from(tile.cell(at, columns)).expect("a grid has fewer cells"));
                }
            }
        }
        found
    }

    fn spread_labels(&mut self, tile: &Tile, pits: usize) {
        for (slot, position) in tile.halo().enumerate() {
            let at = usize::from(position);
            let label = if self.heights[at] == NODATA {
                usize::from(OCEAN)
            } else {
                pits + slot
            };
            self.labels[at] = u16::try_from(label).expect("minima and halo together are fewer");
        }
        self.order.follow(&self.directions, tile, |_, _| ());
        for position in self.order.upward() {
            let direction = self.directions[usize::from(position)];
            let next = position.wrapping_add(LEAPS[usize::from(direction)]);
            self.labels[usize::from(position)] = self.labels[usize::from(next)];
        }
        let none = u16::try_from(pits + HALO).expect("minima and halo together are fewer");
        for row in 1..=tile.rows {
            let at = row * STRIDE + 1;
            let heights = &self.heights[at..at + tile.columns];
            for (label, height) in self.labels[at..at + tile.columns].iter_mut().zip(heights) {
                *label = if *height == NODATA { none } else { *label };
            }
        }
    }

    fn find_meetings(&mut self, tile: &Tile, columns: usize, found: &mut TileCatchments) {
        for &position in &self.saddles {
            let at = usize::from(position);
            let direction = self.directions[at];
            let apart = GROUPS[usize::from(self.lower[at])]
                .iter()
                .filter(|group| **group & direction == 0 && **group != 0);
            if direction == OUTLET {
                continue;
            }
            for group in apart {
                let (code, other) = self.entrance(position, *group);
                let own = self.labels[at];
                if own != other {
                    let cell = u32::try_from(tile.cell(position, columns)).expect("a grid has fewer cells");
                    found.meetings.push(Meeting {
                        cell,
                        height: self.heights[at],
                        own,
                        other,
                        code,
                    });
                }
            }
        }
    }

    /// Where a group of lower neighbours is entered: at the ocean if it touches it, else at its lowest cell; the first of equals.
    fn entrance(&self, position: u16, group: u8) -> (u8, u16) {
        let mut lowest = (i32::MAX, 0, OCEAN);
        for k in (0..8).filter(|k| group & CODES[*k] != 0) {
            let leap = STEPS[k].0 + STEPS[k].1 * STRIDE.cast_signed();
            let at = usize::from(position).wrapping_add_signed(leap);
            let height = self.heights[at];
            if height == NODATA {
                return (OUTLET, OCEAN);
            }
            if height < lowest.0 {
                lowest = (height, CODES[k], self.labels[at]);
            }
        }
        (lowest.1, lowest.2)
    }

    fn write(&self, tile: &Tile, columns: usize, directions: &mut [u8], labels: &mut [u16]) {
        for row in 0..tile.rows {
            let (from, to) = ((row + 1) * STRIDE + 1, row * columns + tile.column);
            directions[to..to + tile.columns].copy_from_slice(&self.directions[from..from + tile.columns]);
            labels[to..to + tile.columns].copy_from_slice(&self.labels[from..from + tile.columns]);
        }
    }
}

/// Drops the ways between labels that lower ones join already, by Kruskal's order: what is no part of the least tree of a tile is
/// no part of the least tree of the whole.
fn keep_the_lowest(found: &mut TileCatchments) {
    let ocean = found.pits.len() + HALO;
    let mut parents: Vec<usize> = (0..=ocean).collect();
    let root = |parents: &mut Vec<usize>, label: usize| {
        let mut at = label;
        while parents[at] != at {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        at
    };
    for outlet in &found.outlets {
        parents[usize::from(*outlet)] = ocean;
    }
    found
        .meetings
        .sort_unstable_by_key(|meeting| (meeting.height, meeting.cell, meeting.code));
    found.meetings.retain(|meeting| {
        let other = if meeting.other == OCEAN {
            ocean
        } else {
            usize::from(meeting.other)
        };
        let (own, other) = (root(&mut parents, usize::from(meeting.own)), root(&mut parents, other));
        parents[own.min(other)] = own.max(other);
        own != other
    });
    found.meetings.shrink_to_fit();
}
