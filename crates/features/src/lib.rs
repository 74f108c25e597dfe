//! The features of a collection as OGC API Features gives them: chosen by box, filter and name, put in an order, cut in pages, and
//! written as GeoJSON, CSV, FlatGeobuf or a table for a GeoPackage, in any of the systems that Peruvian maps use.
//!
//! A [`Collection`] is all editions of a kind in one snapshot; [`Collection::select`] finds, a [`Selection`] is cut by its caller, and
//! the writers take what was cut. Nothing here knows HTTP, SQL or a clock.

mod area;
mod collection;
mod csv;
mod fgb;
mod geojson;
mod numbers;
mod order;
mod packaged;
mod schema;
mod select;
mod wire_crs;
mod wkt;

pub use area::{Area, AreaError, move_points};
pub use collection::{At, Collection, Row};
pub use csv::{csv_head, csv_row};
pub use fgb::{FgbError, flatgeobuf};
pub use geojson::{Shown, feature_json};
pub use order::{OrderError, SortKey, sort_keys};
pub use packaged::table;
pub use schema::{Property, Schema};
pub use select::{Query, Selection};
pub use wire_crs::{UnknownCrs, WireCrs};
