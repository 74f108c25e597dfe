//! Questions that begin at a place: where a point stands, which stream is near, what drains to it, and how a feature lies to that.

mod catchment;
mod covered;
mod profile;
mod snap;
mod standing;

pub use catchment::{Catchment, catchment_of};
pub use covered::{Bearing, bearing, covered_cells};
pub use profile::{Portion, Step, profile, stretches};
pub use snap::{Snap, Snapped, Snapper};
pub use standing::{Ground, Standing, level_sea};
