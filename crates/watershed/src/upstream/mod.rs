//! What lies upstream and downstream of what: pieces of a network numbered so that all that drains through one is a run of numbers.

mod diversions;
mod flow;
mod items;
mod links;

pub use diversions::{Diversion, Diversions, Part, Reached};
pub use flow::{Flow, FlowError, Place};
pub(crate) use flow::{as_u32, millimetres_along};
pub use items::{Amounts, Items};
pub use links::{Link, LinkFault, link_by_code};
