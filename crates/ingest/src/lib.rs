//! Foreign files become validated, explained layers; the only crate that knows GDAL.
//!
//! [`Source::open`] finds out what a file is and how its profile fits; [`Source::read`] streams its rows, cleans them, and
//! gives features to whoever publishes them, with a [`QualityReport`] that says everything that was found. Nothing is
//! published here. [`ElevationSource`] reads elevation models as strips; what was derived from them is written by [`write_cog`] and
//! [`write_vectors`]. This crate never judges and never serves.

mod archive;
mod clean;
mod coverage;
mod dataset;
mod dates;
mod diagnose;
mod domain;
mod encoding;
mod error;
mod field_rule;
mod format;
mod gdal_log;
mod geometry;
mod georeference;
mod keys;
mod ledger;
mod mojibake;
mod overlaps;
mod place;
mod plan;
mod profile;
mod quality;
mod quality_es;
mod raster;
mod raster_error;
mod raster_files;
mod raster_out;
mod read;
mod row;
mod source;
mod unit_faults;
mod values;
mod vector_out;
mod virtual_mosaic;
mod wkb;

pub use archive::{ArchiveError, MAX_ENTRIES, MAX_UNPACKED_BYTES};
pub use dates::DateFormat;
pub use domain::Domain;
pub use error::{ImportError, OpenError, ReadError};
pub use field_rule::{FieldRule, ValueKind};
pub use format::Format;
pub use geometry::MAX_VERTICES;
pub use mojibake::repair_mojibake;
pub use profile::{CoordinateColumns, CoverageRule, Datum, Profile, ProfileError, SameKey, ZoneRule};
pub use quality::{
    AreaDifference, CodeFault, GroundFault, InnerOverlaps, LISTED_AT_MOST, Listed, Mended, NotUnderstood, Outside,
    QualityReport, Reading, Rejected, SharedKey, SharedLand, UnitsQuality, UnknownValue,
};
pub use quality_es::repair_es;
pub use raster::{ElevationSource, RasterPlace, Strip};
pub use raster_error::{RasterError, WriteError};
pub use raster_files::limit_cache;
pub use raster_out::{Cell, Filler, Sampling, Sheet, write_cog};
pub use read::{Imported, Progress, SinkError};
pub use source::{Request, Source};
pub use vector_out::{VectorFormat, VectorSheet, write_rows, write_vectors};
