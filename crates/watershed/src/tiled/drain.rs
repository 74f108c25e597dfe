//! Fill, directions, basins and sums, a stretch at a time.

use super::pages::Pages;
use super::room::Outcome;
use super::{Layer, Needed, Scratch, Tiled, TiledError, Told};
use crate::Raised;
use crate::accumulation::{add_up, exchange, pass_on};
use crate::catchments::{Surface, TileCatchments, survey_bands};
use crate::drainage::{Levels, carve, fill, outlets_of};
use crate::frame::{HALO, Rows};
use crate::passes::{Tree, find_passes};

/// What is known of a drained grid besides its rasters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drained {
    /// The outlet cells, ascending: basins are numbered by them, from 1.
    pub outlets: Vec<u32>,
    /// What was raised.
    pub raised: Raised,
}

/// Bytes of a catchment and of a pass while the tree of passes grows.
const CATCHMENT: usize = 40;
const PASS: usize = 36;
/// Bytes of a cell beside a tile while sums are passed on, and of the places for such cells that every tile has.
const BESIDE: usize = 30;
const PLACES: usize = 6 * HALO;

impl<S: Scratch> Tiled<S> {
    /// Fills depressions and drains every cell, as [`find_drainage`](crate::find_drainage) does: [`Layer::Heights`] becomes the
    /// filled ones, [`Layer::Directions`] and [`Layer::Basins`] are written.
    ///
    /// # Errors
    /// The store; more depressions than memory holds.
    pub fn drain(&mut self, told: Told) -> Outcome<Drained, S> {
        let mut tiles = Vec::new();
        let mut bytes = 0;
        for stretch in self.stretches() {
            let found = self.survey(stretch)?;
            let of_tile = |tile: &TileCatchments| tile.pits.len() * CATCHMENT + tile.meetings.len() * PASS;
            bytes += found.iter().map(of_tile).sum::<usize>() as u64;
            self.fit(Needed::Passes, bytes)?;
            tiles.extend(found);
            told(0.45 * self.part(stretch));
        }
        let tree = find_passes(&self.tiling, tiles);
        told(0.55);
        self.carve(&tree)?;
        told(0.6);
        let outlets = outlets_of(&tree);
        let raised = self.fill(&tree, &outlets, told)?;
        self.discard(Layer::Labels)?;
        Ok(Drained { outlets, raised })
    }

    fn survey(&mut self, stretch: super::Stretch) -> Outcome<Vec<TileCatchments>, S> {
        let columns = self.grid.columns();
        let (heights, first) = self.surroundings(stretch.row, stretch.rows)?;
        let ground = Surface {
            grid: &self.grid,
            heights: Rows {
                cells: &heights,
                first,
                columns,
            },
        };
        let mut directions = vec![0; stretch.rows * columns];
        let mut labels = vec![0; stretch.rows * columns];
        let found = survey_bands(ground, (&self.tiling, stretch.band), &mut directions, &mut labels);
        self.save(Layer::Directions, stretch.row * columns, &directions)?;
        self.save(Layer::Labels, stretch.row * columns, &labels)?;
        Ok(found)
    }

    fn carve(&mut self, tree: &Tree) -> Outcome<(), S> {
        let (layer, room) = ((Layer::Directions, self.grid.cells()), self.room);
        let mut pages = Pages::<S, u8>::new(&mut self.scratch, layer, room.page_bits, room.page_bytes);
        carve(tree, self.tiling.columns, &mut |cell, code| pages.replace(cell, code)).map_err(TiledError::Scratch)?;
        pages.finish().map_err(TiledError::Scratch)
    }

    fn fill(&mut self, tree: &Tree, outlets: &[u32], told: Told) -> Outcome<Raised, S> {
        let levels = Levels::new(tree, outlets);
        let mut raised = Raised::default();
        for stretch in self.stretches() {
            let first = stretch.row * self.grid.columns();
            let mut heights: Vec<i32> = self.take(Layer::Heights, stretch)?;
            let labels: Vec<u16> = self.take(Layer::Labels, stretch)?;
            let mut basins = vec![0_u32; heights.len()];
            let bands = (&self.tiling, stretch.band);
            raised = raised.and(fill(&levels, bands, &labels, (&mut heights, &mut basins)));
            self.save(Layer::Heights, first, &heights)?;
            self.save(Layer::Basins, first, &basins)?;
            told(0.6 + 0.4 * self.part(stretch));
        }
        Ok(raised)
    }

    /// Counts the cells that drain through each, as [`accumulate`](crate::accumulate) does: [`Layer::Sums`] from
    /// [`Layer::Directions`].
    ///
    /// # Errors
    /// The store; more tiles than memory holds the borders of.
    pub fn accumulate(&mut self, told: Told) -> Outcome<(), S> {
        let border = 4 * (self.tiling.side + 2) * BESIDE + PLACES;
        self.fit(Needed::Borders, (self.tiling.count() * border) as u64)?;
        let mut rims = Vec::with_capacity(self.tiling.count());
        for stretch in self.stretches() {
            let directions: Vec<u8> = self.take(Layer::Directions, stretch)?;
            let mut sums = vec![0_u32; directions.len()];
            rims.extend(add_up((&self.tiling, stretch.band), &directions, &mut sums, |_| 1));
            self.save(Layer::Sums, stretch.row * self.grid.columns(), &sums)?;
            told(0.5 * self.part(stretch));
        }
        let arriving = exchange(&self.tiling, rims);
        for stretch in self.stretches() {
            let directions: Vec<u8> = self.take(Layer::Directions, stretch)?;
            let mut sums: Vec<u32> = self.take(Layer::Sums, stretch)?;
            pass_on((&self.tiling, stretch.band), &directions, &mut sums, &arriving);
            self.save(Layer::Sums, stretch.row * self.grid.columns(), &sums)?;
            told(0.5 + 0.5 * self.part(stretch));
        }
        Ok(())
    }

    /// The number of the basin in which a cell lies, from [`Layer::Basins`]; `None` without data.
    ///
    /// # Errors
    /// The store.
    pub fn basin(&mut self, cell: usize) -> Outcome<Option<u32>, S> {
        let mut number = [0_u32];
        self.load(Layer::Basins, cell, &mut number)?;
        Ok(Some(number[0]).filter(|number| *number != 0))
    }
}
