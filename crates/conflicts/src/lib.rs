//! A subject, its surroundings and the rulebook become findings, totals and limits: the canonical report.
//!
//! This crate judges; it knows no file, no HTTP and no colour. The same input gives the same document, whatever the machine.

mod around;
mod bands;
mod book_diff;
mod book_files;
mod changes;
mod check;
mod deviation;
mod explain;
mod fault;
mod fault_words;
mod fixed;
mod layer_out;
mod limits;
mod lint;
mod lint_rules;
mod matrix;
mod norms;
mod options;
mod pair;
mod precedence;
mod report;
mod rulebook;
mod series;
mod shapes;
mod shelf;
mod state;
mod subject;
mod totals;
pub mod water;
mod word;

pub use around::{CoverageArea, EditionAround, LayerAround, Stop, Surroundings};
pub use book_diff::{Difference, DifferenceKind, differences};
pub use changes::{
    CHANGE_TOLERANCE, EditionAt, EditionPair, LayerChanges, SeriesCompared, SeriesDifference, change_tolerance,
    changes, layer_changes,
};
pub use check::{METHOD, check};
pub use deviation::reach;
pub use fault::{Fault, FaultKind, RulebookError};
pub use fixed::Fixed;
pub use layer_out::{EditionOut, LayerOut, LayerState};
pub use matrix::{
    Hotspot, Matrix, MatrixHead, MatrixLimit, MatrixPair, MatrixRow, MatrixTotal, MatrixYear, QualityOut, Ranked,
    StackOut, matrix, matrix_row, stack,
};
pub use options::CheckOptions;
pub use report::{
    AdminUnit, AsOfOut, ChangeOut, ChangesOut, Class, ComparedOut, Finding, Limit, NormBasis, NormOut, OverlapOut,
    Precedence, Relation, RepairOut, Report, RulebookOut, SeriesOut, Severity, StatusOut, SubjectArea, SubjectOut,
    SubjectSource, TotalOut, WatershedOut,
};
pub use rulebook::{
    Authority, ChangeRule, LayerRole, LayerRule, Norm, Rule, Rulebook, Seen, Slivers, Step, Uncertainty, Words,
};
pub use shapes::{ReportShapes, ShapeOf, shapes, shapes_from};
pub use shelf::Shelf;
pub use subject::{Subject, SubjectError, SubjectKind};
pub use water::{
    Asked, AskedOut, BasinOut, ByGroup, CanalFaultOut, CanalsLaid, Direction, GivenLayer, GroundOut, LyingOut,
    ModelOut, NoBasin, PartOut, SnapOut, WATER_LAYERS, WaterAnswer, WaterLayer, WaterLayerOut, WaterModel,
    WaterQuestion, WaterState, basin, water_answer,
};
