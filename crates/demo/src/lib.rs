//! A small synthetic territory, the same every time: relief, boundaries, communities, mining rights, zones, water.
//!
//! Everything follows from constants and a generator of our own; nothing depends on a clock, on the machine's
//! mathematics or on the order of a hash map. Nothing here is a real place, person or company.

mod atoms;
mod drainage;
mod geojson;
mod geotiff;
mod grazes;
mod grid_blocks;
mod landscape;
mod lattice;
mod layer;
mod layers;
mod manifest;
mod mosaic;
mod noise;
mod patches;
mod profile;
mod rights;
mod rings;
mod rng;
mod terrain;
mod territory;
mod utm;
mod write;

pub use landscape::{HEIGHT_STEP, Landscape};
pub use lattice::{Lattice, TERRITORY};
pub use layer::NOTE;
pub use layers::concessions::STATES;
pub use layers::investment::PRODUCTIVE_PERCENT;
pub use manifest::{COVERAGE, LayerEntry, Manifest, PUBLISHER, RELIEF, TERRITORY_NAME};
pub use profile::PROFILES;
pub use utm::{LonLat, from_psad56, lonlat, utm};
pub use write::{Generated, WriteError, generate, write};
