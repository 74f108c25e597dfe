//! From an elevation grid to drainage, basins and coded microbasins (*microcuencas*). Pure: no file, no clock.
//!
//! Heights are whole millimetres, areas of flow are counts or whole numbers, ties have an order: the same grid gives the same bytes on
//! any number of threads and in tiles of any size.

mod accumulation;
mod borders;
mod breach;
mod catchments;
mod channels;
mod direction;
mod drainage;
mod elevation;
mod frame;
mod grid;
mod network;
mod official;
mod outline;
mod passes;
mod pfafstetter;
mod points;
mod processor;
mod quality;
mod restore;
mod spread;
mod steepest;
mod terrain;
mod tiled;
mod units;
mod upstream;
mod waters;

pub use accumulation::{Load, accumulate, accumulate_in_tiles};
pub use borders::{Border, borders};
pub use breach::{BreachLimits, Breached, breach};
pub use channels::Channels;
pub use direction::{CODES, NO_DIRECTION, OUTLET, STEPS, downstream, opposite};
pub use drainage::{Drainage, Raised, find_drainage, find_drainage_in_tiles};
pub use elevation::{Elevation, NODATA, millimetres};
pub use grid::{Grid, GridError, Placement};
pub use network::{Network, Reach};
pub use official::{
    GivenUnit, Holding, LandFault, LandLimits, OfficialUnit, OfficialUnits, UnitFault, holdings, is_shore, land_faults,
};
pub use outline::{Corner, Outline, Ring, outlines};
pub use pfafstetter::{Division, Piece, divide, lies_upstream};
pub use points::{
    Bearing, Catchment, Ground, Portion, Snap, Snapped, Snapper, Standing, Step, bearing, catchment_of, covered_cells,
    level_sea, profile, stretches,
};
pub use quality::{Inspection, Odd, OddLimits, inspect};
pub use restore::RestoreError;
pub use spread::spread_upstream;
pub use terrain::{NO_SLOPE, heights_above_streams, slopes, slopes_of_row};
pub use tiled::{Drained, Layer, Needed, Room, Scratch, StreamCells, Tiled, TiledError, Told};
pub use units::{Prefix, Unit, Units, find_units};
pub use upstream::{
    Amounts, Diversion, Diversions, Flow, FlowError, Items, Link, LinkFault, Part, Place, Reached, link_by_code,
};
pub use waters::{
    Above, Below, Canal, Canals, GroundBy, Laid, Lying, Met, Mouth, Source, Standings, WaterIndex, Waters,
};

/// The side of a tile: its arrays fit the second-level cache of current processors.
const TILE: usize = 252;
