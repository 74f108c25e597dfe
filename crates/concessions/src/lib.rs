//! Mining rights (*derechos mineros*): their states, groups, holders and dates.
//!
//! A right is not ownership of the surface, and a petition (*petitorio*) in process is no right yet: the groups keep them apart.

mod right;
mod state;

pub use right::MiningRight;
pub use state::{RightGroup, RightState, UnknownState};
