//! Where water runs, asked cell by cell: of a whole drained grid, or of its streams alone.

use crate::direction::{CODES, NO_DIRECTION, OUTLET, STEPS, downstream, opposite};
use crate::{Drainage, Grid};

/// Cells that know the next one on the way down. They are named by *places*, which are whatever finds them fastest.
pub trait Channels: Sync {
    /// The grid.
    fn grid(&self) -> &Grid;

    /// The place of a cell.
    ///
    /// # Panics
    /// When the cell is none of those that are known.
    fn place(&self, cell: u32) -> usize;

    /// The cell at a place.
    fn cell(&self, place: usize) -> usize;

    /// The place that water flows to; `None` where it ends.
    fn below(&self, place: usize) -> Option<usize>;
}

impl Channels for Drainage {
    fn grid(&self) -> &Grid {
        Self::grid(self)
    }

    fn place(&self, cell: u32) -> usize {
        cell as usize
    }

    fn cell(&self, place: usize) -> usize {
        place
    }

    fn below(&self, place: usize) -> Option<usize> {
        let code = self.directions[place];
        (code != OUTLET && code != NO_DIRECTION).then(|| downstream(place, code, self.grid().columns()))
    }
}

/// Channels that are streams, with what is known of their cells.
pub trait Streams: Channels {
    /// How many streams flow into a place.
    fn inflows(&self, place: usize) -> usize;

    /// How many cells drain through a place.
    fn drained_cells(&self, place: usize) -> u32;

    /// The filled height in millimetres.
    fn height(&self, place: usize) -> i32;
}

/// The streams of a drained grid: cells through which at least `threshold` cells drain.
pub struct Whole<'a> {
    /// The grid.
    pub drained: &'a Drainage,
    /// For each cell how many drain through it.
    pub sums: &'a [u32],
    /// From how many on there is a stream.
    pub threshold: u32,
}

impl Whole<'_> {
    /// Whether there is a stream.
    pub fn is_stream(&self, cell: usize) -> bool {
        self.sums[cell] >= self.threshold && self.drained.directions[cell] != NO_DIRECTION
    }
}

impl Channels for Whole<'_> {
    fn grid(&self) -> &Grid {
        self.drained.grid()
    }

    fn place(&self, cell: u32) -> usize {
        cell as usize
    }

    fn cell(&self, place: usize) -> usize {
        place
    }

    fn below(&self, place: usize) -> Option<usize> {
        self.drained.below(place)
    }
}

impl Streams for Whole<'_> {
    fn inflows(&self, cell: usize) -> usize {
        let columns = self.grid().columns();
        let column = cell % columns;
        let flows_in = |k: usize| {
            let (across, down) = STEPS[k];
            let inside = column.checked_add_signed(across).is_some_and(|column| column < columns);
            let other = cell
                .checked_add_signed(across + down * columns.cast_signed())
                .filter(|_| inside);
            let into = |other: usize| self.drained.directions.get(other) == Some(&opposite(CODES[k]));
            other.is_some_and(|other| into(other) && self.is_stream(other))
        };
        (0..8).filter(|k| flows_in(*k)).count()
    }

    fn drained_cells(&self, cell: usize) -> u32 {
        self.sums[cell]
    }

    fn height(&self, cell: usize) -> i32 {
        self.drained.filled.millimetres()[cell]
    }
}
