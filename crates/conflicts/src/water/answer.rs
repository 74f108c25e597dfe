//! The answer as documents hold it.

use crate::Fixed;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use territory::LayerKind;

/// Which way is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// What drains to the place.
    Upstream,
    /// Where its water goes.
    Downstream,
}

/// Whether there is an answer, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WaterState {
    /// By the model, as far as it goes.
    Answered,
    /// No drainage model is published, or none for this day.
    NoModel,
    /// The place lies off every model.
    OffModel,
    /// Nobody measured the ground there.
    NoData,
    /// The place lies in the sea.
    InTheSea,
    /// The nearest modelled stream lies beyond the limit.
    BeyondLimit,
}

/// What lies upstream or downstream of a place. Nothing in it reads as «nothing there» unless its state is `answered`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaterAnswer {
    /// Which way.
    pub direction: Direction,
    /// Whether there is an answer.
    pub state: WaterState,
    /// Why there is none, in Spanish, with the mend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// What was asked about.
    pub asked: AskedOut,
    /// The model; none where none holds the place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelOut>,
    /// How a point came to a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snap: Option<SnapOut>,
    /// How a land lies on the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<PartOut>,
    /// The ground that drains to the place; only upstream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catchment: Option<GroundOut>,
    /// Each layer, consulted or not.
    pub layers: Vec<WaterLayerOut>,
    /// Ids of what the answer does not tell: `modelled`, `groundwater`, `canals-unknown`, `partly-off-model`.
    pub limits: Vec<String>,
}

/// What was asked about: a point or a feature.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AskedOut {
    /// Longitude and latitude WGS 84.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub point: Option<[Fixed<7>; 2]>,
    /// Layer of the feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// Its key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
}

/// The drainage model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelOut {
    /// Its edition.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// Where the heights came from.
    pub source: String,
    /// Always `modelled`: no official hydrography.
    pub hydrography: String,
    /// From when it holds.
    pub valid_from: Date,
    /// When it was published here.
    pub published_at: Timestamp,
    /// Hash of its content.
    pub sha256: String,
    /// Coordinate system of its grid.
    pub crs: String,
    /// Width and height of a cell in the units of its system.
    pub cell: [Fixed<9>; 2],
    /// What areas are measured in: `planar` or `geodesic`, by whole cells.
    pub area_kind: String,
    /// Cells from which a stream runs.
    pub threshold_cells: u32,
    /// Made by a program.
    pub synthetic: bool,
    /// Canals that could not be laid on the model.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub canal_faults: Vec<CanalFaultOut>,
}

/// A canal that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CanalFaultOut {
    /// Its key.
    pub id: String,
    /// Its edition.
    pub edition: String,
    /// What is wrong, in Spanish.
    pub reason: String,
}

/// How a point came to a stream.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SnapOut {
    /// Metres from the point to the nearest modelled stream; none where there is no stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<Fixed<1>>,
    /// The limit.
    pub limit_m: Fixed<1>,
    /// The place of the stream, where it lies within the limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<[Fixed<7>; 2]>,
}

/// How a land lies on the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOut {
    /// Cells that it covers.
    pub cells: u32,
    /// Of them, those that nobody measured.
    pub unmeasured: u32,
    /// Of them, those from which water leaves the model before it meets a stream.
    pub without_stream: u32,
    /// Whether a part of it lies off the model: of that nothing is said.
    pub partly_off_model: bool,
}

/// Ground by whole cells, in the model's kind of hectares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroundOut {
    /// Hectares.
    pub area_ha: Fixed<2>,
}

/// One layer of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WaterLayerOut {
    /// The collection.
    pub layer: LayerKind,
    /// Its editions in force; none means that nothing is known of it.
    pub editions: Vec<String>,
    /// What lies there, by the length of the way.
    pub features: Vec<LyingOut>,
    /// Hectares by group of states, each cell once; only rights upstream.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub groups: Vec<ByGroup>,
    /// Hectares that any of them covers, each cell once; only upstream, not for points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub union: Option<ByGroup>,
    /// Points of the layer near the model that meet no stream within the limit: of them nothing is said.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub not_placed: u32,
    /// Features of the layer that lie on the model in part only: of the rest nothing is said.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub partly_off_model: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// Hectares of a group of states: a union, never a sum over features.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ByGroup {
    /// The group; none for all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Hectares that drain to the place.
    pub area_ha: Fixed<2>,
    /// Their share of the catchment.
    pub share_of_catchment: Fixed<4>,
}

/// A feature that lies there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LyingOut {
    /// Its key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its edition.
    pub edition: String,
    /// Group of states of a right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Kilometres along the modelled flow between the place and its nearest cell.
    pub path_km: Fixed<3>,
    /// Hectares of it that drain to the place; only land, only upstream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area_ha: Option<Fixed<2>>,
    /// Their share of the catchment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_catchment: Option<Fixed<4>>,
    /// The canal by which the shortest way comes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by_canal: Option<String>,
    /// Whether a part of it lies off the model.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub partly_off_model: bool,
}
