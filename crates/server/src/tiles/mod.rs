//! Tiles behind the routes: sources, codings, and what was made already.

mod cache;
mod coding;
mod sources;

pub(crate) use cache::{CacheKey, TileForm};
pub(crate) use coding::Coding;
pub(crate) use sources::Tiles;
