//! Editions in a GeoPackage file and the snapshot of them in memory.
//!
//! A [`Store`] is one file: a table per layer kind whose rows say from which edition to which they hold, a view per edition, and
//! the catalogue beside them. [`Store::begin`] gives a [`Draft`]; its commit publishes an edition in one transaction. A
//! [`Snapshot`] is what a reader of some standing sees for a pair of times. This crate knows no clock, no HTTP and no GDAL.

mod attributes_json;
mod cache;
mod catalogue;
mod check;
mod connection;
mod content;
mod draft;
mod edition;
mod error;
mod fault;
mod header;
mod layer;
mod load;
mod names;
mod publish;
mod row;
mod slug;
mod snapshot;
mod store;
mod surroundings;
mod wkb;

pub use check::{EditionReport, StoreReport};
pub use draft::{Draft, DraftEdition};
pub use edition::Edition;
pub use error::StoreError;
pub use header::FORMAT_VERSION;
pub use names::{NameMatch, NameRank};
pub use snapshot::{Found, Snapshot, SnapshotCounts, SnapshotOptions};
pub use store::{EditionFilter, Store};
