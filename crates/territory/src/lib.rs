//! The words every layer shares: units, footprints, overlap, union, editions, provenance.
//!
//! Coordinates inside are integers of 0.1 mm in a UTM zone of WGS 84; lon/lat WGS 84 in degrees at the edge.
//! This crate knows no file, no clock, no HTTP and no SQL.

mod arrangement;
mod attributes;
mod band;
mod border;
mod changes;
mod codec;
mod content;
mod cross;
mod crossings;
mod distance;
mod edition;
mod feature;
mod footprint;
mod geo_table;
mod geodesic;
mod kind;
mod locate;
mod measure;
mod merkle;
mod overlay;
mod parts;
mod patch;
mod patch_json;
mod ranks;
mod relate;
mod repair;
mod shape;
mod sliver;
mod stacks;
mod tidy;
mod union;
mod units;
mod validity;

pub use attributes::{Attributes, Value};
pub use band::{Band, NINE_IN_TEN, SHIFTS, band, reach_probability, shifted_area, shifts};
pub use changes::{Change, ChangeKind, Difference, changes_between, same_feature};
pub use codec::DecodeError;
pub use content::{EditionEvidence, FeatureContent, KeptFeature};
pub use distance::{Gap, gap, gap_to};
pub use edition::{AsOf, Counts, Coverage, DraftEdition, EditionMeta, Extent, Operation, Series};
pub use feature::{Feature, Land, NewFeature};
pub use footprint::{Footprint, FootprintError};
pub use geo_table::{ColumnKind, GeoRow, GeoTable, GeometryKind};
pub use geodesic::geodesic_hectares;
pub use kind::{LayerKind, UnknownKind, Visibility};
pub use locate::{Located, home_zone, locate};
pub use measure::{Overlap, overlap, shared_area};
pub use merkle::{Branch, Leaf, LonLatBox, MerkleTree, Proof, ProofError, Stub, editions_root, hex, unhex};
pub use overlay::{difference, dissolve, intersection};
pub use patch::{LandRow, Patch, PatchError, Row};
pub use ranks::union_by_rank;
pub use relate::{Lies, relate_to_land};
pub use repair::{Repair, RepairKind, Repaired, repair};
pub use shape::{GRID_PER_METRE, Shape};
pub use sliver::SliverRule;
pub use stacks::{Deepest, Stacks, stacks_within};
pub use tidy::tidy_rings;
pub use union::{UnionArea, UnionDrift, union_drift, union_within};
pub use units::{DeclaredHectares, GeodesicHectares, Metres, Share, UtmHectares};

/// A SHA-256.
pub type Hash = [u8; 32];
