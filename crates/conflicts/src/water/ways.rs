//! All that lies upstream of an official unit, or downstream of it, by the codes: its units, and what lies in their joined land.

use super::official::{UnitRef, UnitTree};
use super::within::Within;
use crate::{EditionOut, Fixed, Subject, SubjectError};
use crs::UtmZone;
use geo_types::MultiPolygon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use territory::{EditionMeta, Feature, Footprint, Shape, dissolve};

/// Which way along the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Along {
    /// Where the water comes from.
    Upstream,
    /// Where it goes.
    Downstream,
}

/// What lies along the flow of a unit, `tupu/hydrographic-unit-ways/1`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UnitWays {
    /// `tupu/hydrographic-unit-ways/1`.
    pub schema: String,
    /// `official`: what flows where follows from the codes.
    pub hydrography: String,
    /// The edition of the units.
    pub edition: EditionOut,
    /// The unit that was asked for; it is not among `units`.
    pub unit: UnitRef,
    /// Which way.
    pub along: Along,
    /// The finest units: upstream by code, downstream from the nearest on.
    pub units: Vec<UnitRef>,
    /// The sum of their planar hectares, each in its own zone; none where one of them has no polygon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_ha: Option<Fixed<4>>,
    /// What codes cannot tell: stable words.
    pub not_known: Vec<String>,
    /// What lies in their joined land; none where there is no unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
}

/// The units along the flow of a unit, by their places in the tree.
pub fn units_along(tree: &UnitTree, unit: usize, along: Along) -> Vec<usize> {
    match along {
        Along::Upstream => tree.units().upstream(unit),
        Along::Downstream => tree.units().downstream(unit),
    }
}

/// The land of several features as one subject, in the zone of most of them; none where none is land.
///
/// # Errors
/// When the joined land cannot be judged.
pub fn joined(features: &[&Feature]) -> Result<Option<Subject>, SubjectError> {
    let lands: Vec<_> = features
        .iter()
        .filter_map(|feature| Some((*feature, feature.land.as_ref()?)))
        .collect();
    let mut counts: BTreeMap<u8, (usize, UtmZone)> = BTreeMap::new();
    for (_, land) in &lands {
        counts.entry(land.home.number()).or_insert((0, land.home)).0 += 1;
    }
    // of equals the western one
    let most = counts.values().map(|(count, _)| *count).max();
    let Some((_, zone)) = counts.values().find(|(count, _)| Some(*count) == most) else {
        return Ok(None);
    };
    let shapes: Vec<&Shape> = lands
        .iter()
        .map(|(feature, land)| land.shape_in(*zone, &feature.lonlat))
        .collect();
    let footprint = Footprint::from_stored(*zone, dissolve(&shapes))?;
    let lonlat: MultiPolygon<f64> = footprint.lonlat().map_err(territory::FootprintError::from)?;
    Subject::geometry(&lonlat, Some(*zone)).map(Some)
}

/// What lies along the flow of a unit, with what lies in the joined land of those units.
///
/// # Panics
/// When the tree has no such unit.
pub fn unit_ways(
    tree: &UnitTree,
    (unit, along): (usize, Along),
    (meta, within): (&EditionMeta, Option<Within>),
) -> UnitWays {
    let units: Vec<UnitRef> = units_along(tree, unit, along)
        .iter()
        .map(|at| tree.facts()[*at].clone())
        .collect();
    let hectares: Option<f64> = units.iter().map(|unit| unit.utm_ha.map(|area| area.0)).sum();
    UnitWays {
        schema: "tupu/hydrographic-unit-ways/1".to_owned(),
        hydrography: "official".to_owned(),
        edition: EditionOut::of(meta),
        unit: tree.facts()[unit].clone(),
        along,
        units,
        utm_ha: hectares.map(Fixed),
        not_known: super::official::not_known(tree.is_shore(unit)),
        within,
    }
}
