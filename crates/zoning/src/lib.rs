//! From criteria to zones: a model file and grids of criteria become classes, zones with the rule that made each, and polygons.
//!
//! A zoning recommends; it neither grants nor excludes rights. Pure: no file, no clock; the same on any number of threads. What was not
//! measured is *sin dato* and never zero.

mod block;
mod capability;
mod crossing;
mod curve;
mod engine;
mod fault;
mod grids_error;
mod model;
mod outline;
mod parse;
mod parse_criteria;
mod parse_rules;
mod parse_submodels;
mod random;
mod read;
mod runs;
mod scenario;
mod sensitivity;
mod sieve;
mod table;
mod uses;
mod value;
mod weights;

pub use capability::{Association, Capability, CapabilityError, Group, Needs, read_capability};
pub use crossing::{Balance, CrossingRow, CrossingTable, UseConflict, read_crossing};
pub use engine::{Decided, Engine, Grids, NO_DATA, OUTSIDE, Outcome, Rating};
pub use fault::{Fault, ModelError};
pub use grids_error::GridsError;
pub use model::{
    Agreement, Category, Combine, Constraint, Criterion, Member, Model, Origin, RankFormula, Rule, Scenario, Submodel,
    Test, ToGrid, Zone,
};
pub use outline::{Corner, Piece, Ring, pieces};
pub use parse::read_model;
pub use scenario::{LengthError, Transition, compare, hectares};
pub use sensitivity::{Change, Sensitivity, draws, one_at_a_time, stable_or_fragile};
pub use sieve::{ShapeError, Sieved, sieve};
pub use uses::{Advice, UseCell, UseMatrix, read_uses};
pub use value::{Bend, Slope, ValueFunction};
pub use weights::{
    Comparison, GREATEST_RATIO, MOST_COMPARED, compare_pairs, normalised, rank_order_centroid, rank_sum,
};
