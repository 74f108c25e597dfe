//! Vector tiles: an edition is made ready once, and tiles of it are written as Mapbox Vector Tiles 2.1.
//!
//! Positions are whole numbers of 2.3 mm on the square of Web Mercator. Borders are cut where neighbours meet and each piece is
//! thinned once, so that neighbours stay neighbours at every zoom; from [`WHOLE_ZOOM`] on every vertex is drawn.

mod boxes;
mod clip;
mod contents;
mod drawing;
mod encode;
mod grid;
mod lines;
mod rings;
mod significance;
mod source;
mod wire;
mod words;

pub use contents::{FieldKind, TileContents};
pub use encode::{TILE_VERSION, TileLayer, encode_tile};
pub use grid::{EXTENT, MAX_ZOOM, TileId};
pub use significance::{TOLERANCE, WHOLE_ZOOM};
pub use source::TileSource;
