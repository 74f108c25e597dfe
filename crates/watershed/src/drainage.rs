//! From heights to drainage: filled, with a direction for every cell and the basin of every cell.

use crate::catchments::{Catchments, find_catchments};
use crate::direction::downstream;
use crate::frame::{HALO, Tiling};
use crate::passes::{Tree, find_passes};
use crate::{Elevation, Grid, NODATA};
use rayon::prelude::*;
use std::convert::Infallible;

/// Where water goes.
#[derive(Clone, Debug, PartialEq)]
pub struct Drainage {
    /// The heights, every cell raised to the lowest level from which water reaches an outlet: the minimal fill.
    pub filled: Elevation,
    /// For each cell the ESRI code of the neighbour that it flows to, [`OUTLET`](crate::OUTLET) or
    /// [`NO_DIRECTION`](crate::NO_DIRECTION). Every cell reaches an outlet; there is no cycle.
    pub directions: Vec<u8>,
    /// For each cell the number of its basin, 1 for the first of `outlets`; 0 without data.
    pub basins: Vec<u32>,
    /// The outlet cells, ascending.
    pub outlets: Vec<u32>,
    /// What was raised.
    pub raised: Raised,
}

/// How much the fill changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Raised {
    /// Cells that are higher now.
    pub cells: u64,
    /// The sum of what they were raised by, in millimetres.
    pub millimetres: u64,
    /// The most that one was raised by, in millimetres.
    pub deepest: u32,
    /// The first cell that was raised by so much; nothing when none was.
    pub deepest_cell: Option<u32>,
}

impl Raised {
    pub(crate) fn and(self, other: Self) -> Self {
        let deeper = |(deepest, cell): (u32, Option<u32>)| (deepest, std::cmp::Reverse(cell.unwrap_or(u32::MAX)));
        let (own, its) = ((self.deepest, self.deepest_cell), (other.deepest, other.deepest_cell));
        let (deepest, deepest_cell) = if deeper(its) > deeper(own) { its } else { own };
        Self {
            cells: self.cells + other.cells,
            millimetres: self.millimetres + other.millimetres,
            deepest,
            deepest_cell,
        }
    }

    #[inline]
    fn add(&mut self, millimetres: u32, cell: usize) {
        self.cells += u64::from(millimetres > 0);
        self.millimetres += u64::from(millimetres);
        if millimetres > 0 && millimetres >= self.deepest {
            let cell = u32::try_from(cell).expect("a grid has fewer cells");
            // tiles of a row are not visited in the order of cells
            let earlier = self.deepest_cell.filter(|_| millimetres == self.deepest);
            self.deepest = millimetres;
            self.deepest_cell = Some(earlier.map_or(cell, |earlier| earlier.min(cell)));
        }
    }
}

impl Drainage {
    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.filled.grid
    }
}

/// Fills depressions and drains every cell.
///
/// Directions are the steepest of eight on the given heights (ties: E, SE, S, SW, W, NW, N, NE; in a flat to an earlier cell); from
/// the bottom of each depression they are turned along the way that it was filled by, up to its pass (Cordonnier, Bovy &
/// Braun 2019, doi:10.5194/esurf-7-549-2019). The fill equals that of Priority-Flood (Barnes, Lehman & Mulla 2014,
/// doi:10.1016/j.cageo.2013.04.024) cell for cell. Runs on the threads of the current rayon pool; their number changes nothing.
///
/// ```
/// use watershed::{Elevation, Grid, Placement, find_drainage};
/// let place = Placement { west: 500_000.0, north: 8_500_000.0, width: 30.0, height: 30.0 };
/// let grid = Grid::new(3, 3, place, crs::Crs::from_epsg(32_718)?)?;
/// let drained = find_drainage(Elevation::new(grid, vec![9, 9, 9, 9, 1, 9, 9, 8, 9])?);
/// assert_eq!(drained.filled.height(4), Some(8));
/// assert_eq!(drained.outlets, [7]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn find_drainage(elevation: Elevation) -> Drainage {
    find_drainage_in_tiles(elevation, crate::TILE)
}

/// [`find_drainage`] in tiles of another side, 1 to 252 cells: the result is the same, the time is not.
pub fn find_drainage_in_tiles(elevation: Elevation, side: usize) -> Drainage {
    let columns = elevation.grid.columns();
    let Catchments {
        tiling,
        mut directions,
        labels,
        tiles,
    } = find_catchments(&elevation, side);
    let tree = find_passes(&tiling, tiles);
    let mut put = |cell: usize, code: u8| Ok(std::mem::replace(&mut directions[cell], code));
    let Ok(()) = carve::<Infallible>(&tree, columns, &mut put);
    let outlets = outlets_of(&tree);
    let mut filled = elevation;
    let mut basins = vec![0; filled.grid.cells()];
    let levels = Levels::new(&tree, &outlets);
    let raised = fill(&levels, (&tiling, 0), &labels, (&mut filled.millimetres, &mut basins));
    Drainage {
        filled,
        directions,
        basins,
        outlets,
        raised,
    }
}

/// Turns the directions from each minimum to its exit; `put` writes the code of a cell and says the one that it had.
pub fn carve<E>(tree: &Tree, columns: usize, put: &mut impl FnMut(usize, u8) -> Result<u8, E>) -> Result<(), E> {
    for (exit, pit) in tree.exits.iter().zip(&tree.pits) {
        let (mut cell, mut code) = (exit.cell as usize, exit.code);
        loop {
            let old = put(cell, code)?;
            if cell == *pit as usize {
                break;
            }
            code = crate::direction::opposite(old);
            cell = downstream(cell, old, columns);
        }
    }
    Ok(())
}

/// The outlet cells, ascending.
pub fn outlets_of(tree: &Tree) -> Vec<u32> {
    let mut outlets: Vec<u32> = tree
        .exits
        .iter()
        .filter(|exit| exit.to == crate::passes::NONE)
        .map(|exit| exit.cell)
        .collect();
    outlets.par_sort_unstable();
    outlets
}

/// The level and the basin of every catchment.
pub struct Levels<'a> {
    tree: &'a Tree,
    /// By catchment, the number of its basin.
    numbers: Vec<u32>,
}

impl<'a> Levels<'a> {
    /// Those of a tree, whose outlet cells are given in their order.
    pub fn new(tree: &'a Tree, outlets: &[u32]) -> Self {
        let basin_of = |outlet: &u32| u32::try_from(outlets.partition_point(|other| other < outlet)).expect("few") + 1;
        Self {
            tree,
            numbers: tree.outlets.par_iter().map(basin_of).collect(),
        }
    }

    /// Level and basin for each label of a tile.
    fn look_up(&self, table: &mut Vec<(i32, u32)>, number: usize) {
        let (tree, numbers) = (self.tree, &self.numbers);
        let whole = |catchment: u32| (tree.levels[catchment as usize], numbers[catchment as usize]);
        let nothing = (-NODATA, 0);
        let end = tree.first.get(number + 1).map_or(numbers.len(), |next| *next as usize);
        let first = tree.first[number] as usize;
        table.clear();
        let own = tree.levels[first..end].iter().copied();
        table.extend(own.zip(numbers[first..end].iter().copied()));
        let beyond = tree.beyond[number].iter();
        table.extend(beyond.map(|catchment| {
            if *catchment == crate::passes::NONE {
                nothing
            } else {
                whole(*catchment)
            }
        }));
        table.resize(end - first + HALO + 1, nothing);
    }
}

/// Raises every cell of rows of tiles from `first` on to the level of its catchment, and says its basin.
pub fn fill(
    levels: &Levels,
    (tiling, first): (&Tiling, usize),
    labels: &[u16],
    (heights, basins): (&mut [i32], &mut [u32]),
) -> Raised {
    let columns = tiling.columns;
    heights
        .par_chunks_mut(tiling.band_cells())
        .zip_eq(basins.par_chunks_mut(tiling.band_cells()))
        .zip_eq(labels.par_chunks(tiling.band_cells()))
        .enumerate()
        .map_init(Vec::new, |table, (band, ((heights, basins), labels))| {
            let mut raised = Raised::default();
            for number in tiling.band(first + band) {
                levels.look_up(table, number);
                let tile = tiling.tile(number);
                for row in 0..tile.rows {
                    let cells = row * columns + tile.column..row * columns + tile.column + tile.columns;
                    let cell = (tile.row + row) * columns + tile.column;
                    let out = heights[cells.clone()].iter_mut().zip(&mut basins[cells.clone()]);
                    for (cell, ((height, basin), label)) in (cell..).zip(out.zip(&labels[cells])) {
                        let (level, number) = table[usize::from(*label)];
                        raised.add(level.saturating_sub(*height).max(0).cast_unsigned(), cell);
                        *height = level.max(*height);
                        *basin = number;
                    }
                }
            }
            raised
        })
        .reduce(Raised::default, Raised::and)
}
