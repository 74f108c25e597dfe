//! Derivation of grids that memory does not hold: rows of tiles pass through it, and what connects them stays. Every step is the
//! one that is made in memory, on the same tiles, so the results are the same to the last bit.

mod drain;
mod pages;
mod room;
mod scratch;
mod streams;
mod units;

use crate::elevation::check;
use crate::frame::Tiling;
use crate::{Grid, NODATA};
use room::Outcome;
use scratch::{Word, load, save};

pub use drain::Drained;
pub use room::{Needed, Room, TiledError};
pub use scratch::{Layer, Scratch};
pub use streams::StreamCells;

/// Whoever watches: is told which part of a step is done, 0 to 1.
pub type Told<'a> = &'a mut dyn FnMut(f64);

/// A grid whose rasters lie in a [`Scratch`].
///
/// In this order: [`write_heights`](Self::write_heights), [`finish_heights`](Self::finish_heights), [`drain`](Self::drain),
/// [`accumulate`](Self::accumulate), [`streams`](Self::streams), [`units`](Self::units). A step asks for layers of the ones before
/// it; [`discard`](Self::discard) forgets those that are not needed any more.
pub struct Tiled<S> {
    grid: Grid,
    tiling: Tiling,
    scratch: S,
    room: Room,
    /// For each row whether any heights of it were given.
    begun: Vec<bool>,
}

/// Rows of tiles that are in memory at once.
#[derive(Clone, Copy)]
struct Stretch {
    /// The first row of tiles.
    band: usize,
    /// The first row of cells.
    row: usize,
    /// Rows of cells.
    rows: usize,
}

impl<S: Scratch> Tiled<S> {
    /// Nothing is known of the grid yet.
    pub fn new(grid: Grid, scratch: S, room: Room) -> Self {
        Self {
            tiling: Tiling::new(grid.rows(), grid.columns(), room.side),
            begun: vec![false; grid.rows()],
            grid,
            scratch,
            room,
        }
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// Enters heights in millimetres of a part of a row; what is known already holds, as among files of a mosaic.
    ///
    /// # Errors
    /// A height beyond 536 km; the store.
    pub fn write_heights(&mut self, row: usize, column: usize, heights: &[i32]) -> Outcome<(), S> {
        let columns = self.grid.columns();
        check(heights, row * columns + column).map_err(TiledError::Heights)?;
        if heights.len() == columns && !self.begun[row] {
            self.begun[row] = true;
            return self.save(Layer::Heights, row * columns, heights);
        }
        let mut whole = vec![NODATA; columns];
        if std::mem::replace(&mut self.begun[row], true) {
            self.load(Layer::Heights, row * columns, &mut whole)?;
        }
        for (known, height) in whole[column..].iter_mut().zip(heights) {
            if *known == NODATA {
                *known = *height;
            }
        }
        self.save(Layer::Heights, row * columns, &whole)
    }

    /// Rows that nobody gave have no data.
    ///
    /// # Errors
    /// The store.
    pub fn finish_heights(&mut self) -> Outcome<(), S> {
        let columns = self.grid.columns();
        let nothing = vec![NODATA; columns];
        for row in 0..self.begun.len() {
            if !std::mem::replace(&mut self.begun[row], true) {
                self.save(Layer::Heights, row * columns, &nothing)?;
            }
        }
        Ok(())
    }

    /// A row of [`Layer::Heights`].
    ///
    /// # Errors
    /// The store.
    pub fn heights(&mut self, row: usize, out: &mut [i32]) -> Outcome<(), S> {
        self.load(Layer::Heights, row * self.grid.columns(), out)
    }

    /// A row of [`Layer::Directions`].
    ///
    /// # Errors
    /// The store.
    pub fn directions(&mut self, row: usize, out: &mut [u8]) -> Outcome<(), S> {
        self.load(Layer::Directions, row * self.grid.columns(), out)
    }

    /// A row of [`Layer::Basins`], [`Layer::Sums`] or [`Layer::Units`].
    ///
    /// # Errors
    /// The store.
    pub fn numbers(&mut self, layer: Layer, row: usize, out: &mut [u32]) -> Outcome<(), S> {
        self.load(layer, row * self.grid.columns(), out)
    }

    /// Forgets a layer.
    ///
    /// # Errors
    /// The store.
    pub fn discard(&mut self, layer: Layer) -> Outcome<(), S> {
        self.scratch.discard(layer).map_err(TiledError::Scratch)
    }

    fn load<T: Word>(&mut self, layer: Layer, first: usize, cells: &mut [T]) -> Outcome<(), S> {
        load(&mut self.scratch, layer, first, cells).map_err(TiledError::Scratch)
    }

    fn save<T: Word>(&mut self, layer: Layer, first: usize, cells: &[T]) -> Outcome<(), S> {
        save(&mut self.scratch, layer, first, cells).map_err(TiledError::Scratch)
    }

    /// Refuses what does not fit.
    fn fit(&self, needed: Needed, bytes: u64) -> Outcome<(), S> {
        let given = self.room.bytes;
        if bytes > given {
            return Err(TiledError::Room { needed, bytes, given });
        }
        Ok(())
    }

    /// All rows of tiles, some at a time.
    fn stretches(&self) -> impl Iterator<Item = Stretch> + use<S> {
        let (tall, rows) = (self.room.bands.max(1) * self.tiling.side, self.grid.rows());
        let side = self.tiling.side;
        (0..rows).step_by(tall).map(move |row| Stretch {
            band: row / side,
            row,
            rows: tall.min(rows - row),
        })
    }

    /// Cells of a layer, all of a stretch.
    fn take<T: Word>(&mut self, layer: Layer, stretch: Stretch) -> Outcome<Vec<T>, S> {
        let columns = self.grid.columns();
        let mut cells = vec![T::default(); stretch.rows * columns];
        self.load(layer, stretch.row * columns, &mut cells)?;
        Ok(cells)
    }

    /// Heights of rows and of those beside them, and which row is the first.
    fn surroundings(&mut self, row: usize, rows: usize) -> Outcome<(Vec<i32>, usize), S> {
        let first = row.saturating_sub(1);
        let end = (row + rows + 1).min(self.grid.rows());
        let stretch = Stretch {
            band: 0,
            row: first,
            rows: end - first,
        };
        Ok((self.take(Layer::Heights, stretch)?, first))
    }

    fn part(&self, stretch: Stretch) -> f64 {
        (stretch.row + stretch.rows) as f64 / self.grid.rows() as f64
    }
}
