//! Water and what lies along it: official units with their flow, and what lies within a unit or a basin.

mod land;
mod official;
mod source;
mod ways;
mod within;

pub use land::{ClassOut, GroundPart, LandOut};
pub use official::{DrainedOut, UnitFaultOut, UnitRef, UnitSheet, UnitTree, UnknownUnit, unit_sheet};
pub use source::{
    Basin, Headwaters, IntakeOut, RankedHeadwater, Registered, SourceModelOut, SourceView, rank_headwaters, source_view,
};
pub use ways::{Along, UnitWays, joined, unit_ways, units_along};
pub use within::{HeldOut, Within, within};
