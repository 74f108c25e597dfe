//! What lies within a basin: rights by state, communities, protected areas, springs, and the land by class.

use super::land::{LandOut, by_class, field_of};
use crate::{
    AdminUnit, AsOfOut, CheckOptions, Class, Finding, Fixed, LayerOut, LayerState, Limit, Relation, Rulebook,
    RulebookOut, Subject, SubjectArea, Surroundings, TotalOut, check,
};
use serde::{Deserialize, Serialize};
use territory::{AsOf, LayerKind};

/// A feature that shares ground with a basin, or lies in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeldOut {
    /// Its layer.
    pub layer: LayerKind,
    /// Its edition.
    pub edition: String,
    /// Its key.
    pub feature: String,
    /// Its name.
    pub name: String,
    /// Its state as its source says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Planar hectares in the basin; none for what has no surface.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utm_ha: Option<Fixed<4>>,
    /// The same on the ellipsoid.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub geodesic_ha: Option<Fixed<4>>,
    /// Part of the basin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_basin: Option<Fixed<6>>,
    /// Part of the feature.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share_of_feature: Option<Fixed<6>>,
}

/// What lies within the land of a basin. Hectares of rights and of classes are unions: land under two rights counts once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Within {
    /// `complete`, or `incomplete` when a layer was not consulted.
    pub standing: String,
    /// For when.
    pub as_of: AsOfOut,
    /// The rules in force.
    pub rulebook: RulebookOut,
    /// The three areas: planar in its zone, on the ellipsoid, and as its register declares it.
    pub area: SubjectArea,
    /// The district that holds most of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<AdminUnit>,
    /// Mining rights by state; `vigente` joins `titulado` and `tramite`.
    pub rights: Vec<TotalOut>,
    /// Communities, protected areas, buffer zones and springs, in that order, then by hectares from large to small.
    pub held: Vec<HeldOut>,
    /// Land by zone, capability and use.
    pub land: Vec<LandOut>,
    /// What became of each layer.
    pub layers: Vec<LayerOut>,
    /// What is not known.
    pub limits: Vec<Limit>,
}

/// Layers whose features are named one by one.
const NAMED: [LayerKind; 4] = [
    LayerKind::Communities,
    LayerKind::ProtectedAreas,
    LayerKind::BufferZones,
    LayerKind::Springs,
];

/// What lies within a subject, by the judgement of a check: the same unions and the same states.
pub fn within(subject: &Subject, around: &Surroundings<'_>, book: &Rulebook, as_of: AsOf) -> Within {
    let report = check(subject, around, book, as_of, CheckOptions::default());
    let of = |kind: LayerKind| {
        report
            .findings
            .iter()
            .filter(move |finding| finding.layer == kind && is_within(finding))
    };
    let held = NAMED.iter().flat_map(|kind| of(*kind)).map(held).collect();
    let land: Vec<LandOut> = around
        .layers
        .iter()
        .filter(|layer| field_of(layer.kind).is_some())
        .filter_map(|layer| by_class(subject, layer, around.is_late()))
        .collect();
    let late = land.iter().any(|land| land.state == LayerState::NotConsulted);
    Within {
        standing: if late {
            "incomplete".to_owned()
        } else {
            report.standing.to_string()
        },
        as_of: report.as_of,
        rulebook: report.rulebook,
        area: report.subject.area,
        admin: report.subject.admin,
        rights: report
            .totals
            .into_iter()
            .filter(|total| total.layer == LayerKind::Concessions)
            .collect(),
        held,
        land,
        layers: report.layers,
        limits: report
            .limits
            .into_iter()
            .filter(|limit| limit.kind != "no-water")
            .collect(),
    }
}

/// What only lies near is not within, and a graze counts as little as in a report's totals.
fn is_within(finding: &Finding) -> bool {
    finding.relation != Relation::Near && matches!(finding.class, Class::Firme | Class::Probable)
}

fn held(finding: &Finding) -> HeldOut {
    let overlap = finding.overlap.as_ref();
    HeldOut {
        layer: finding.layer,
        edition: finding.edition.clone(),
        feature: finding.feature.clone(),
        name: finding.name.clone(),
        status: finding.status.label.clone(),
        utm_ha: overlap.map(|overlap| overlap.utm_ha),
        geodesic_ha: overlap.map(|overlap| overlap.geodesic_ha),
        share_of_basin: finding.share_of_subject,
        share_of_feature: finding.share_of_feature,
    }
}

impl Within {
    /// What became of a layer; none for one that the rules do not name.
    pub fn state_of(&self, layer: LayerKind) -> Option<LayerState> {
        self.layers.iter().find(|out| out.id == layer).map(|out| out.state)
    }

    /// The features of a layer, in the order of the list.
    pub fn of(&self, layer: LayerKind) -> impl Iterator<Item = &HeldOut> {
        self.held.iter().filter(move |held| held.layer == layer)
    }
}
