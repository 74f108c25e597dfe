//! Where the water of an intake comes from: the land that drains to it in a drainage model, and what lies there.

use super::basin::BasinOut;
use super::official::UnitRef;
use super::within::{HeldOut, Within};
use crate::{Fixed, LayerAround, LayerState, Subject, TotalOut, state};
use serde::{Deserialize, Serialize};
use territory::{Feature, LayerKind, UtmHectares, overlap, relate_to_land};

/// Features of a register within a basin.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Registered {
    /// Whether the register was consulted; `no-data` where there is none for this place and date.
    pub state: LayerState,
    /// Its features, by edition and key.
    pub features: Vec<HeldOut>,
}

impl Registered {
    /// A register that nobody has.
    pub fn none() -> Self {
        Self {
            state: LayerState::NoData,
            features: Vec::new(),
        }
    }

    /// The features of a layer that lie in a basin, or share ground with it.
    pub fn of(subject: &Subject, layer: &LayerAround<'_>) -> Self {
        let all = layer
            .editions
            .iter()
            .flat_map(|edition| edition.features.iter().map(move |feature| (edition.meta, *feature)));
        let mut features: Vec<HeldOut> = all
            .filter_map(|(meta, feature)| registered(subject, (layer.kind, &meta.id), feature))
            .collect();
        features.sort_by(|a, b| (&a.edition, &a.feature).cmp(&(&b.edition, &b.feature)));
        let state = if layer.failure.is_some() {
            LayerState::NotConsulted
        } else {
            state::of_layer(subject, &layer.editions)
        };
        Self { state, features }
    }
}

/// A feature of a register; none where it does not meet the basin.
fn registered(subject: &Subject, (layer, edition): (LayerKind, &str), feature: &Feature) -> Option<HeldOut> {
    let (zone, land) = (subject.footprint.zone(), subject.footprint.shape());
    let mut out = HeldOut {
        layer,
        edition: edition.to_owned(),
        feature: feature.key.clone(),
        name: feature.name().to_owned(),
        status: feature.attributes.text("status").map(ToOwned::to_owned),
        utm_ha: None,
        geodesic_ha: None,
        share_of_basin: None,
        share_of_feature: None,
    };
    let Some(own) = &feature.land else {
        return relate_to_land(land, &feature.lonlat, zone).map(|_| out);
    };
    let own = own.shape_in(zone, &feature.lonlat);
    let shared = overlap(land, own);
    if shared.area.0 <= 0.0 {
        return None;
    }
    let of = |whole: UtmHectares| Some(Fixed(shared.area.share_of(whole).0));
    out.utm_ha = Some(Fixed(shared.area.0));
    out.geodesic_ha = Some(Fixed(shared.ground.0));
    out.share_of_basin = of(subject.footprint.utm_hectares());
    out.share_of_feature = of(UtmHectares::from_square_metres(own.square_metres()));
    Some(out)
}

/// The intake that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IntakeOut {
    /// Longitude and latitude.
    pub point: [Fixed<7>; 2],
    /// Layer and key of a feature; none for a bare point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feature: Option<(LayerKind, String)>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The source-water view of an intake, `tupu/water-source/1`: what a mechanism of payment for its ecosystem services (MRSE) begins with.
#[derive(Clone, Debug, Serialize)]
pub struct SourceView {
    /// `tupu/water-source/1`.
    pub schema: String,
    /// `modelled`: from an elevation model, not an official border.
    pub hydrography: String,
    /// What was asked for.
    pub intake: IntakeOut,
    /// What the drainage model says of the basin.
    pub basin: BasinOut,
    /// Land of the basin under live mining rights, titled or pending: the union; none where no rights were consulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_risk: Option<TotalOut>,
    /// Works that are registered in it: the layer of projects.
    pub works: Registered,
    /// Agreements that are registered for it. No layer of them exists: nothing is on record.
    pub agreements: Registered,
    /// What the model cannot tell: stable words.
    pub not_known: Vec<String>,
    /// What lies in the basin; its `land` adds up to the whole in each layer.
    pub within: Within,
}

/// The view of an intake, from the basin that drains to it and what lies within.
pub fn source_view(intake: IntakeOut, basin: BasinOut, works: Registered, within: Within) -> SourceView {
    let consulted = matches!(
        within.state_of(LayerKind::Concessions),
        Some(LayerState::Consulted | LayerState::Partial)
    );
    let live = within.rights.iter().find(|total| total.group == "vigente");
    SourceView {
        schema: "tupu/water-source/1".to_owned(),
        hydrography: "modelled".to_owned(),
        intake,
        basin,
        at_risk: live.filter(|_| consulted).cloned(),
        works,
        agreements: Registered::none(),
        not_known: ["groundwater", "canals", "agreements"].map(ToOwned::to_owned).to_vec(),
        within,
    }
}

/// A headwater with its place in the order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RankedHeadwater {
    /// From 1; equal shares, as printed, have equal places.
    pub place: usize,
    /// The unit.
    pub unit: UnitRef,
    /// Its land under live rights as a part of it; none where no rights were consulted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub live: Option<TotalOut>,
    /// Communities that share land with it.
    pub communities: usize,
    /// Springs and intakes in it.
    pub springs: usize,
    /// Planar hectares of each protected area in it, as a part of the unit, the largest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protected_share: Option<Fixed<6>>,
    /// `complete`, or `incomplete` when a layer was not consulted.
    pub standing: String,
}

/// The headwaters of a region, `tupu/headwaters/1`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Headwaters {
    /// `tupu/headwaters/1`.
    pub schema: String,
    /// `code-digit-9`: the finest units whose code ends in 9. A modelled proxy: no official layer of headwaters exists.
    pub proxy: String,
    /// The beginning of codes that was asked for.
    pub region: String,
    /// By their share under live rights from large to small, then by code; those of which nothing is known last.
    pub ranked: Vec<RankedHeadwater>,
}

/// Puts headwaters in order by what lies in them.
pub fn rank_headwaters(region: &str, found: Vec<(UnitRef, Within)>) -> Headwaters {
    let mut ranked: Vec<RankedHeadwater> = found
        .into_iter()
        .map(|(unit, within)| headwater(unit, &within))
        .collect();
    let share = |one: &RankedHeadwater| one.live.as_ref().map_or(-1.0, |live| live.share_of_subject.0);
    ranked.sort_by(|a, b| {
        share(b)
            .total_cmp(&share(a))
            .then_with(|| a.unit.code.cmp(&b.unit.code))
    });
    let printed = |one: &RankedHeadwater| one.live.as_ref().map(|live| live.share_of_subject.to_string());
    for at in 0..ranked.len() {
        let same = at > 0 && printed(&ranked[at - 1]) == printed(&ranked[at]);
        ranked[at].place = if same { ranked[at - 1].place } else { at + 1 };
    }
    Headwaters {
        schema: "tupu/headwaters/1".to_owned(),
        proxy: "code-digit-9".to_owned(),
        region: region.to_owned(),
        ranked,
    }
}

fn headwater(unit: UnitRef, within: &Within) -> RankedHeadwater {
    let consulted = matches!(
        within.state_of(LayerKind::Concessions),
        Some(LayerState::Consulted | LayerState::Partial)
    );
    let live = within.rights.iter().find(|total| total.group == "vigente");
    let protected = within
        .of(LayerKind::ProtectedAreas)
        .filter_map(|area| area.share_of_basin);
    RankedHeadwater {
        place: 0,
        unit,
        live: live.filter(|_| consulted).cloned(),
        communities: within.of(LayerKind::Communities).count(),
        springs: within.of(LayerKind::Springs).count(),
        protected_share: protected.max_by(|a, b| a.0.total_cmp(&b.0)),
        standing: within.standing.clone(),
    }
}
