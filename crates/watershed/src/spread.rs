//! Labels carried upstream: every cell gets that of the first labelled cell on its way down.

use crate::frame::{LEAPS, Order, Plane, STRIDE, Tile, Tiling, plane};
use rayon::prelude::*;

/// A label that stands for a halo slot until its neighbours are asked; real labels are lower.
const PENDING: u32 = 1 << 31;

/// Carries labels up against `directions`, rows of `columns`: where `labels` is 0 it becomes the label of the first cell on the way
/// down that has one, or stays 0. Labels are below 2³¹.
pub fn spread_upstream(directions: &[u8], columns: usize, labels: &mut [u32]) {
    spread_in_tiles(directions, columns, crate::TILE, labels);
}

/// [`spread_upstream`] in tiles of another side.
pub(crate) fn spread_in_tiles(directions: &[u8], columns: usize, side: usize, labels: &mut [u32]) {
    let tiling = Tiling::new(directions.len() / columns, columns, side);
    let rims = spread_within((&tiling, 0), directions, labels);
    let beyond = ask_around(&tiling, &rims);
    settle((&tiling, 0), labels, &beyond);
}

/// Carries labels within each tile of rows of them from `first` on; says those of the cells of their rims. Labels that come from
/// beyond a tile stand for its halo slots.
pub fn spread_within((tiling, first): (&Tiling, usize), directions: &[u8], labels: &mut [u32]) -> Vec<Vec<u32>> {
    let columns = tiling.columns;
    let rims: Vec<Vec<Vec<u32>>> = labels
        .par_chunks_mut(tiling.band_cells())
        .zip_eq(directions.par_chunks(tiling.band_cells()))
        .enumerate()
        .map_init(Desk::new, |desk, (band, (labels, directions))| {
            let work = |number| {
                let tile = tiling.tile(number);
                desk.load(&tile, columns, (directions, labels));
                desk.spread(&tile);
                desk.write(&tile, columns, labels);
                tile.rim().map(|position| desk.labels[usize::from(position)]).collect()
            };
            tiling.band(first + band).map(work).collect()
        })
        .collect();
    rims.into_iter().flatten().collect()
}

/// The labels of the halo of every tile, followed through other tiles.
pub fn ask_around(tiling: &Tiling, rims: &[Vec<u32>]) -> Vec<Vec<u32>> {
    (0..tiling.count())
        .into_par_iter()
        .map(|number| resolve(tiling, number, rims))
        .collect()
}

/// Puts the labels from beyond in the place of their slots, in rows of tiles from `first` on.
pub fn settle((tiling, first): (&Tiling, usize), labels: &mut [u32], beyond: &[Vec<u32>]) {
    labels
        .par_chunks_mut(tiling.band_cells())
        .enumerate()
        .for_each(|(band, labels)| {
            for number in tiling.band(first + band) {
                settle_tile(&tiling.tile(number), tiling.columns, labels, &beyond[number]);
            }
        });
}

/// Puts the labels from beyond the tile in the place of their slots.
fn settle_tile(tile: &Tile, columns: usize, labels: &mut [u32], beyond: &[u32]) {
    for row in 0..tile.rows {
        let at = row * columns + tile.column;
        for label in &mut labels[at..at + tile.columns] {
            if *label & PENDING != 0 {
                *label = beyond[(*label ^ PENDING) as usize];
            }
        }
    }
}

/// The labels of the halo of a tile, followed through other tiles.
fn resolve(tiling: &Tiling, number: usize, rims: &[Vec<u32>]) -> Vec<u32> {
    let size = (tiling.rows, tiling.columns);
    let tile = tiling.tile(number);
    let find = |position: u16| {
        let mut place = tile.beyond(position, size)?;
        loop {
            let number = tiling.number(place.0, place.1);
            let tile = tiling.tile(number);
            let label = rims[number][tile.rim_place(tile.position(place.0, place.1))];
            if label & PENDING == 0 {
                return Some(label);
            }
            place = tile.beyond(tile.halo().nth((label ^ PENDING) as usize)?, size)?;
        }
    };
    tile.halo().map(|position| find(position).unwrap_or(0)).collect()
}

struct Desk {
    directions: Plane<u8>,
    labels: Plane<u32>,
    order: Order,
}

impl Desk {
    fn new() -> Self {
        Self {
            directions: plane(0),
            labels: plane(0),
            order: Order::new(),
        }
    }

    fn load(&mut self, tile: &Tile, columns: usize, (directions, labels): (&[u8], &[u32])) {
        tile.load_directions(&mut self.directions, directions, columns);
        for row in 0..tile.rows {
            let (from, at) = (row * columns + tile.column, (row + 1) * STRIDE + 1);
            self.labels[at..at + tile.columns].copy_from_slice(&labels[from..from + tile.columns]);
        }
        for (slot, position) in (0..).zip(tile.halo()) {
            self.labels[usize::from(position)] = PENDING | slot;
        }
    }

    fn spread(&mut self, tile: &Tile) {
        self.order.follow(&self.directions, tile, |_, _| ());
        for position in self.order.upward() {
            let direction = self.directions[usize::from(position)];
            let next = position.wrapping_add(LEAPS[usize::from(direction)]);
            let own = self.labels[usize::from(position)];
            let below = self.labels[usize::from(next)];
            self.labels[usize::from(position)] = if own == 0 { below } else { own };
        }
    }

    fn write(&self, tile: &Tile, columns: usize, labels: &mut [u32]) {
        for row in 0..tile.rows {
            let (at, to) = ((row + 1) * STRIDE + 1, row * columns + tile.column);
            labels[to..to + tile.columns].copy_from_slice(&self.labels[at..at + tile.columns]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NO_DIRECTION;

    #[test]
    fn a_label_reaches_all_that_flows_to_it_and_stops_at_the_next() {
        // flows east, then out
        let directions = [1, 1, 1, 1, 0, 4, 1, 1, 1, 0, 0, NO_DIRECTION, 1, 64, 0];
        for side in 1..6 {
            let mut labels = [0; 15];
            (labels[1], labels[3], labels[8]) = (7, 9, 3);
            spread_in_tiles(&directions, 5, side, &mut labels);
            assert_eq!(labels, [7, 7, 9, 9, 0, 0, 3, 3, 3, 0, 0, 0, 3, 3, 0], "tiles of {side}");
        }
    }
}
