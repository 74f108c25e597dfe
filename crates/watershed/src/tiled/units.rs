//! Units and their facts, a stretch at a time.

use super::pages::Pages;
use super::room::Outcome;
use super::{Layer, Scratch, StreamCells, Stretch, Tiled, TiledError, Told};
use crate::frame::Rows;
use crate::outline::trace;
use crate::quality::{BAND as ALIKE, inspect_bands};
use crate::spread::{ask_around, settle, spread_within};
use crate::units::{BAND, Found, Ground, add_grounds, owners, pieces};
use crate::{Division, Inspection, Network, OddLimits, Prefix, Unit};

const _: () = assert!(ALIKE == BAND, "one division into bands serves both");

impl<S: Scratch> Tiled<S> {
    /// Divides all basins, as [`find_units`](crate::find_units) does: the units, and for each reach the place of its unit plus one.
    /// [`Layer::Units`] is written from [`Layer::Heights`] and [`Layer::Directions`]. `outlets` are those of [`Drained`](super::Drained).
    ///
    /// # Errors
    /// The store.
    pub fn units(
        &mut self,
        (streams, network, outlets): (&StreamCells, &Network, &[u32]),
        prefix: Option<Prefix>,
        division: Division,
        told: Told,
    ) -> Outcome<(Vec<Unit>, Vec<u32>), S> {
        let pieces = pieces(network, prefix, division);
        let owners = owners(network, &pieces);
        self.spread(streams, &streams.owners(network, &owners), told)?;
        let grounds = self.grounds(pieces.len(), told)?;
        let (layer, room) = ((Layer::Units, self.grid.cells()), self.room);
        let labels = Pages::<S, u32>::new(&mut self.scratch, layer, room.page_bits, room.page_bytes);
        let outlines = trace(&self.grid, labels, pieces.len()).map_err(TiledError::Scratch)?;
        told(1.0);
        let found = Found {
            pieces,
            grounds,
            outlines,
            owners,
        };
        Ok(found.units(network, outlets, prefix))
    }

    /// Carries the units of stream cells upstream.
    fn spread(&mut self, streams: &StreamCells, units: &[u32], told: Told) -> Outcome<(), S> {
        let columns = self.grid.columns();
        let mut rims = Vec::with_capacity(self.tiling.count());
        for stretch in self.stretches() {
            let first = stretch.row * columns;
            let directions: Vec<u8> = self.take(Layer::Directions, stretch)?;
            let mut labels = vec![0; directions.len()];
            for (cell, unit) in streams.owned(units, stretch.row..stretch.row + stretch.rows) {
                labels[cell as usize - first] = unit;
            }
            rims.extend(spread_within((&self.tiling, stretch.band), &directions, &mut labels));
            self.save(Layer::Units, first, &labels)?;
            told(0.3 * self.part(stretch));
        }
        let beyond = ask_around(&self.tiling, &rims);
        drop(rims);
        for stretch in self.stretches() {
            let mut labels: Vec<u32> = self.take(Layer::Units, stretch)?;
            settle((&self.tiling, stretch.band), &mut labels, &beyond);
            self.save(Layer::Units, stretch.row * columns, &labels)?;
            told(0.3 + 0.2 * self.part(stretch));
        }
        Ok(())
    }

    /// Looks at the heights as they were given, as [`inspect`](crate::inspect) does; before [`Self::drain`].
    ///
    /// # Errors
    /// The store.
    pub fn inspect(&mut self, limits: OddLimits, told: Told) -> Outcome<Inspection, S> {
        let mut found = Inspection::default();
        for stretch in self.even_stretches() {
            let (heights, first) = self.surroundings(stretch.row, stretch.rows)?;
            let heights = Rows {
                cells: &heights,
                first,
                columns: self.grid.columns(),
            };
            let rows = stretch.row..stretch.row + stretch.rows;
            found = inspect_bands(&self.grid, heights, rows, limits)
                .into_iter()
                .fold(found, Inspection::and);
            told(self.part(stretch));
        }
        Ok(found)
    }

    /// All rows, some at a time: whole bands of those that are always added up together.
    fn even_stretches(&self) -> impl Iterator<Item = Stretch> + use<S> {
        let (tall, rows) = (
            (self.room.bands * self.tiling.side / BAND).max(1) * BAND,
            self.grid.rows(),
        );
        (0..rows).step_by(tall).map(move |row| Stretch {
            band: 0,
            row,
            rows: tall.min(rows - row),
        })
    }

    fn grounds(&mut self, count: usize, told: Told) -> Outcome<Vec<Ground>, S> {
        let mut grounds = vec![Ground::default(); count];
        let columns = self.grid.columns();
        for stretch in self.even_stretches() {
            let labels: Vec<u32> = self.take(Layer::Units, stretch)?;
            let (heights, first) = self.surroundings(stretch.row, stretch.rows)?;
            let heights = Rows {
                cells: &heights,
                first,
                columns,
            };
            add_grounds(&mut grounds, &self.grid, heights, (stretch.row, &labels));
            told(0.5 + 0.3 * self.part(stretch));
        }
        Ok(grounds)
    }
}
