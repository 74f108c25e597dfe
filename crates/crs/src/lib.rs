//! Coordinate systems, UTM zones, pinned datum operations and disguises: the only crate that knows PROJ.
//!
//! Geographic coordinates are always `x` = longitude, `y` = latitude in degrees; projected ones are `x` = easting,
//! `y` = northing in metres. Every pipeline is spelt out here, so no database, grid or environment variable is read.

mod datum;
pub mod disguise;
pub mod dms;
mod error;
mod jurisdiction;
mod pipeline;
mod system;
mod transform;
pub mod written;
mod zone;

pub use datum::{Datum, DatumOperation, OperationUsed, UnknownOperation};
pub use error::TransformError;
pub use jurisdiction::{JURISDICTION, JURISDICTION_BOX, in_jurisdiction};
pub use system::{Crs, UnsupportedCrs};
pub use transform::{lonlat_to_utm, transform_from_lonlat, transform_to_lonlat, utm_to_lonlat};
pub use zone::{NotAZone, UtmZone};
