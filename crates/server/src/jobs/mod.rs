//! Work that goes on while nobody waits: a bounded queue, a few threads, and results that are kept for a while.

mod table;
mod workers;

pub(crate) use table::{Ended, Jobs, Status};
pub(crate) use workers::Workers;
