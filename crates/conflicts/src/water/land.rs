//! The land of a basin by zone, by capability, by use: each place in one class, and a class for what is not known.

use crate::{Fixed, LayerAround, LayerState, Subject, state};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use territory::{Feature, LayerKind, Shape, UnionArea, Value, union_by_rank, union_within};

/// Ground in the judging zone and on the ellipsoid, and as a part of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroundPart {
    /// Planar hectares in the judging zone.
    pub utm_ha: Fixed<4>,
    /// Hectares on the ellipsoid, by the scale of the zone over that ground.
    pub geodesic_ha: Fixed<4>,
    /// Planar part of the whole.
    pub share: Fixed<6>,
}

/// A class of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassOut {
    /// Its word in the layer; none for features that name no class.
    pub class: Option<String>,
    /// Features of the class that share ground with the land.
    pub count: usize,
    /// What they cover together, without what classes before this one cover.
    #[serde(flatten)]
    pub ground: GroundPart,
}

/// Land by the classes of a layer: the classes and what is not known add up to the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandOut {
    /// The layer.
    pub layer: LayerKind,
    /// Whether it was consulted.
    pub state: LayerState,
    /// The field that names the class.
    pub field: String,
    /// The classes in the order of their words, what has none last.
    pub classes: Vec<ClassOut>,
    /// Ground of which the layer says nothing, or was not asked.
    pub unknown: GroundPart,
    /// Planar hectares that features of several classes cover: each place is counted in the first of them.
    pub disputed_ha: Fixed<4>,
}

/// The field that names the class of a feature of these layers; the others have no classes of land.
pub(super) fn field_of(layer: LayerKind) -> Option<&'static str> {
    match layer {
        LayerKind::Zoning => Some("category"),
        LayerKind::LandCapability => Some("group"),
        LayerKind::LandUse => Some("name"),
        _ => None,
    }
}

/// The land of a subject by the classes of a layer; `late` where the time was over before the layer was asked.
pub(super) fn by_class(subject: &Subject, layer: &LayerAround<'_>, late: bool) -> Option<LandOut> {
    let field = field_of(layer.kind)?;
    let state = if late || layer.failure.is_some() {
        LayerState::NotConsulted
    } else {
        state::of_layer(subject, &layer.editions)
    };
    let classes = if state == LayerState::NotConsulted {
        BTreeMap::new()
    } else {
        shapes_by_class(subject, layer, field)
    };
    Some(divided(subject, (layer.kind, state, field), &classes))
}

/// Words of classes; those without one stand last.
type Class = (bool, String);

fn shapes_by_class<'a>(subject: &Subject, layer: &LayerAround<'a>, field: &str) -> BTreeMap<Class, Vec<&'a Shape>> {
    let zone = subject.footprint.zone();
    let mut features: Vec<(&str, &Feature)> = layer
        .editions
        .iter()
        .flat_map(|edition| {
            edition
                .features
                .iter()
                .map(|feature| (edition.meta.id.as_str(), *feature))
        })
        .collect();
    features.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    let mut classes: BTreeMap<Class, Vec<&'a Shape>> = BTreeMap::new();
    for (_, feature) in features {
        let Some(land) = &feature.land else { continue };
        let word = class_of(feature, field);
        let class = (word.is_none(), word.unwrap_or_default());
        let shape = land.shape_in(zone, &feature.lonlat);
        classes.entry(class).or_default().push(shape);
    }
    classes
}

fn class_of(feature: &Feature, field: &str) -> Option<String> {
    match feature.attributes.0.get(field)? {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

fn divided(
    subject: &Subject,
    (layer, state, field): (LayerKind, LayerState, &str),
    shapes: &BTreeMap<Class, Vec<&Shape>>,
) -> LandOut {
    let land = subject.footprint.shape();
    let whole = union_within(land, &[land]);
    let ranked: Vec<(&Shape, usize)> = (0..)
        .zip(shapes.values())
        .flat_map(|(rank, shapes)| shapes.iter().map(move |shape| (*shape, rank)))
        .collect();
    let unions = union_by_rank(land, &ranked);
    let mut classes = Vec::new();
    let (mut before, mut alone) = (UnionArea::default(), 0.0);
    for ((class, shapes), union) in shapes.iter().zip(unions) {
        let own = union_within(land, shapes);
        let count = shapes
            .iter()
            .filter(|shape| territory::overlap(land, shape).area.0 > 0.0)
            .count();
        alone += own.area.0;
        if count > 0 {
            classes.push(ClassOut {
                class: (!class.0).then(|| class.1.clone()),
                count,
                ground: ground(less(union, before), whole),
            });
        }
        before = union;
    }
    LandOut {
        layer,
        state,
        field: field.to_owned(),
        classes,
        unknown: ground(less(whole, before), whole),
        disputed_ha: Fixed((alone - before.area.0).max(0.0)),
    }
}

/// What is left of ground; never less than nothing, where the last bits of sums differ.
fn less(whole: UnionArea, part: UnionArea) -> UnionArea {
    let mut left = whole;
    left.area.0 = (whole.area.0 - part.area.0).max(0.0);
    left.ground.0 = (whole.ground.0 - part.ground.0).max(0.0);
    left
}

fn ground(part: UnionArea, whole: UnionArea) -> GroundPart {
    GroundPart {
        utm_ha: Fixed(part.area.0),
        geodesic_ha: Fixed(part.ground.0),
        share: Fixed(part.area.share_of(whole.area).0),
    }
}
