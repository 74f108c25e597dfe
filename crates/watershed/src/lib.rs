//! From an elevation grid to drainage, basins and coded microbasins (*microcuencas*). Pure: no file, no clock.
//!
//! Heights are whole millimetres, areas of flow are counts or whole numbers, ties have an order: the same grid gives the same bytes on
//! any number of threads and in tiles of any size.

mod accumulation;
mod catchments;
mod direction;
mod drainage;
mod elevation;
mod frame;
mod grid;
mod passes;
mod processor;
mod steepest;

pub use accumulation::{Load, accumulate, accumulate_in_tiles};
pub use direction::{CODES, NO_DIRECTION, OUTLET, STEPS, downstream, opposite};
pub use drainage::{Drainage, find_drainage, find_drainage_in_tiles};
pub use elevation::{Elevation, NODATA, millimetres};
pub use grid::{Grid, GridError, Placement};

/// The side of a tile: its arrays fit the second-level cache of current processors.
const TILE: usize = 252;
