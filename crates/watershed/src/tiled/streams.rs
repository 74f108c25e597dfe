//! The streams of a grid alone: the few cells through which enough drains, with all that is asked of them.

use super::room::Outcome;
use super::{Layer, Needed, Scratch, Tiled, Told};
use crate::channels::Streams;
use crate::direction::downstream;
use crate::{Channels, Grid, NO_DIRECTION, Network};
use rayon::prelude::*;

/// The cells of streams, ascending; their places are those in this order.
#[derive(Clone, Debug)]
pub struct StreamCells {
    grid: Grid,
    threshold: u32,
    /// The place of the first one of each row and of those after it; one more at the end.
    rows: Vec<u32>,
    cells: Vec<u32>,
    /// The place that each flows to, itself at an outlet.
    next: Vec<u32>,
    sums: Vec<u32>,
    heights: Vec<i32>,
    inflows: Vec<u8>,
}

/// Bytes of a stream cell, and of its part of the network while that is made.
const STREAM_CELL: usize = 32;

impl<S: Scratch> Tiled<S> {
    /// The cells through which at least `threshold` cells drain, from [`Layer::Heights`], [`Layer::Directions`] and [`Layer::Sums`].
    ///
    /// # Errors
    /// The store; more such cells than memory holds.
    pub fn streams(&mut self, threshold: u32, told: Told) -> Outcome<StreamCells, S> {
        let columns = self.grid.columns();
        let mut found = StreamCells {
            grid: self.grid.clone(),
            threshold: threshold.max(1),
            rows: Vec::with_capacity(self.grid.rows() + 1),
            cells: Vec::new(),
            next: Vec::new(),
            sums: Vec::new(),
            heights: Vec::new(),
            inflows: Vec::new(),
        };
        for stretch in self.stretches() {
            let sums: Vec<u32> = self.take(Layer::Sums, stretch)?;
            let directions: Vec<u8> = self.take(Layer::Directions, stretch)?;
            let heights: Vec<i32> = self.take(Layer::Heights, stretch)?;
            for row in 0..stretch.rows {
                let of_row = row * columns..(row + 1) * columns;
                let first = (stretch.row + row) * columns;
                found.add_row(
                    first,
                    &sums[of_row.clone()],
                    (&directions[of_row.clone()], &heights[of_row]),
                );
            }
            self.fit(Needed::Streams, (found.cells.len() * STREAM_CELL) as u64)?;
            told(self.part(stretch));
        }
        found.connect();
        Ok(found)
    }
}

impl StreamCells {
    /// The network of these streams, the same as [`Network::find`] finds.
    pub fn network(&self) -> Network {
        let heads = self.cells.par_iter().zip(&self.inflows);
        let heads: Vec<u32> = heads
            .filter(|(_, inflows)| **inflows != 1)
            .map(|(cell, _)| *cell)
            .collect();
        Network::trace(self, &heads, self.threshold)
    }

    /// The ways of the streams alone: what the network was made of besides is forgotten, which is half of the memory.
    #[must_use]
    pub fn ways(mut self) -> Self {
        (self.sums, self.heights, self.inflows) = (Vec::new(), Vec::new(), Vec::new());
        self
    }

    /// For each place the owner of its reach, and the cells of some rows with theirs.
    pub(super) fn owned<'a>(
        &'a self,
        owners: &'a [u32],
        rows: std::ops::Range<usize>,
    ) -> impl Iterator<Item = (u32, u32)> {
        let places = self.rows[rows.start] as usize..self.rows[rows.end] as usize;
        self.cells[places.clone()]
            .iter()
            .copied()
            .zip(owners[places].iter().copied())
    }

    /// For each place what belongs to its reach in `owners`.
    pub(super) fn owners(&self, network: &Network, owners: &[u32]) -> Vec<u32> {
        let mut found = vec![0; self.cells.len()];
        for (reach, owner) in network.reaches.iter().zip(owners) {
            for place in reach.places(self) {
                found[place] = *owner;
            }
        }
        found
    }

    fn add_row(&mut self, first: usize, sums: &[u32], (directions, heights): (&[u8], &[i32])) {
        self.rows.push(index(self.cells.len()));
        for (at, sum) in sums.iter().enumerate() {
            if *sum >= self.threshold && directions[at] != NO_DIRECTION {
                self.cells.push(index(first + at));
                self.sums.push(*sum);
                self.heights.push(heights[at]);
                // the direction until it is known how many flow in
                self.inflows.push(directions[at]);
            }
        }
    }

    /// From directions to places and counts.
    fn connect(&mut self) {
        self.rows.push(index(self.cells.len()));
        let columns = self.grid.columns();
        let next = |(cell, code): (&u32, &u8)| {
            let below = downstream(*cell as usize, *code, columns);
            index(self.place(index(below)))
        };
        let next: Vec<u32> = self.cells.par_iter().zip(&self.inflows).map(next).collect();
        self.inflows.fill(0);
        for (place, next) in (0_u32..).zip(&next) {
            if place != *next {
                self.inflows[*next as usize] += 1;
            }
        }
        self.next = next;
    }
}

impl Channels for StreamCells {
    fn grid(&self) -> &Grid {
        &self.grid
    }

    fn place(&self, cell: u32) -> usize {
        let row = cell as usize / self.grid.columns();
        let (first, end) = (self.rows[row] as usize, self.rows[row + 1] as usize);
        let place = self.cells[first..end].binary_search(&cell);
        first + place.expect("below a stream is a stream")
    }

    fn cell(&self, place: usize) -> usize {
        self.cells[place] as usize
    }

    fn below(&self, place: usize) -> Option<usize> {
        Some(self.next[place] as usize).filter(|next| *next != place)
    }
}

impl Streams for StreamCells {
    fn inflows(&self, place: usize) -> usize {
        usize::from(self.inflows[place])
    }

    fn drained_cells(&self, place: usize) -> u32 {
        self.sums[place]
    }

    fn height(&self, place: usize) -> i32 {
        self.heights[place]
    }
}

fn index(value: usize) -> u32 {
    u32::try_from(value).expect("a grid has fewer cells")
}
