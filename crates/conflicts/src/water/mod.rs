//! Water and what lies along it: official units with their flow, and what lies within a unit or a basin; what lies upstream of a place and below
//! it, by a drained elevation model.
//!
//! Surface water alone: a spring may be fed by groundwater that no relief tells, and the answers say so.

mod answer;
mod basin;
mod laid;
mod land;
mod model;
mod official;
mod question;
mod source;
mod ways;
mod within;

pub use answer::{
    AskedOut, ByGroup, CanalFaultOut, Direction, GroundOut, LyingOut, ModelOut, PartOut, SnapOut, WaterAnswer,
    WaterLayerOut, WaterState,
};
pub use basin::{BasinOut, NoBasin, basin};
pub use laid::{CanalsLaid, GivenLayer, WATER_LAYERS, WaterLayer};
pub use land::{ClassOut, GroundPart, LandOut};
pub use model::WaterModel;
pub use official::{DrainedOut, UnitFaultOut, UnitRef, UnitSheet, UnitTree, UnknownUnit, unit_sheet};
pub use question::{Asked, WaterQuestion, water_answer};
pub use source::{Headwaters, IntakeOut, RankedHeadwater, Registered, SourceView, rank_headwaters, source_view};
pub use ways::{Along, UnitWays, joined, unit_ways, units_along};
pub use within::{HeldOut, Within, within};
