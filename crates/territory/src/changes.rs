//! What differs between two editions of a layer, feature by feature.

use crate::border::Border;
use crate::{Attributes, Feature, Metres, Value};
use crs::UtmZone;
use geo::BoundingRect;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// It was not there before.
    New,
    /// It is there no more.
    Gone,
    /// Its state is another.
    Status,
    /// Its holder is another.
    Holder,
    /// It lies elsewhere, beyond the tolerance.
    Geometry,
    /// Other fields say something else.
    Attributes,
}

impl ChangeKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Gone,
        Self::Status,
        Self::Holder,
        Self::Geometry,
        Self::Attributes,
    ];

    /// The stable ASCII id.
    pub fn id(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Gone => "gone",
            Self::Status => "status",
            Self::Holder => "holder",
            Self::Geometry => "geometry",
            Self::Attributes => "attributes",
        }
    }
}

/// One change of one feature.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Key of the feature.
    pub key: String,
    /// Which of the rows that share the key, 0 for the first.
    pub version: usize,
    /// Its name: the later one, where there is one.
    pub name: String,
    /// The field, for `attributes`.
    pub field: Option<String>,
    /// What it was: a state, a holder, a value; planar hectares with four places for `gone` and `geometry`, where it is land.
    pub before: Option<String>,
    /// What it is; hectares for `new` and `geometry`.
    pub after: Option<String>,
    /// How far the border moved, for `geometry`; none where there is no border to compare.
    pub moved: Option<Metres>,
}

/// All changes between two editions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// By key, version, kind and field.
    pub changes: Vec<Change>,
    /// Features of both whose rows differ in nothing that is a change: moves within the tolerance, fields of the source that no
    /// profile names.
    pub minor: usize,
}

impl Difference {
    /// How many changes of a kind there are.
    pub fn count(&self, kind: ChangeKind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }
}

type Versions<'a> = (Vec<&'a Feature>, Vec<&'a Feature>);

/// The changes from `before` to `after`. Features are matched by their keys. Of the rows that share a key, those that are equal
/// are matched first and the others in their order.
///
/// A border has moved when its Hausdorff distance from the other (the greatest distance from a point of either border to the
/// other border, in the home zone of the later one, to a centimetre) is more than `tolerance`. The order of points, where a
/// ring begins and points added on a straight edge move nothing.
pub fn changes_between<'a>(
    before: impl IntoIterator<Item = &'a Feature>,
    after: impl IntoIterator<Item = &'a Feature>,
    tolerance: Metres,
) -> Difference {
    let mut by_key: BTreeMap<&str, Versions<'a>> = BTreeMap::new();
    for feature in before {
        by_key.entry(&feature.key).or_default().0.push(feature);
    }
    for feature in after {
        by_key.entry(&feature.key).or_default().1.push(feature);
    }
    let mut difference = Difference::default();
    for (mut olds, mut news) in by_key.into_values() {
        leave_out_equal(&mut olds, &mut news);
        for version in 0..olds.len().max(news.len()) {
            match (olds.get(version), news.get(version)) {
                (Some(old), Some(new)) => both(old, new, version, tolerance, &mut difference),
                (None, Some(new)) => difference.changes.push(Change {
                    after: hectares(new, home(new)),
                    ..change(ChangeKind::New, new, version)
                }),
                (Some(old), None) => difference.changes.push(Change {
                    before: hectares(old, home(old)),
                    ..change(ChangeKind::Gone, old, version)
                }),
                (None, None) => {}
            }
        }
    }
    difference
}

/// Whether two features say the same, lie at the same coordinates and cover the same land. Their source rows may differ.
pub fn same_feature(one: &Feature, other: &Feature) -> bool {
    let land = |feature: &Feature| feature.land.as_ref().map(|land| land.home);
    let shape = |feature: &Feature| feature.land.as_ref().map(|land| land.shape.points.len());
    one.key == other.key
        && shape(one) == shape(other)
        && land(one) == land(other)
        && one.attributes == other.attributes
        && one.source_fields == other.source_fields
        && one.lonlat == other.lonlat
        && one.land.as_ref().map(|land| &land.shape) == other.land.as_ref().map(|land| &land.shape)
}

fn leave_out_equal(olds: &mut Vec<&Feature>, news: &mut Vec<&Feature>) {
    olds.retain(|old| match news.iter().position(|new| same_feature(old, new)) {
        Some(place) => {
            news.remove(place);
            false
        }
        None => true,
    });
}

fn change(kind: ChangeKind, feature: &Feature, version: usize) -> Change {
    Change {
        kind,
        key: feature.key.clone(),
        version,
        name: feature.name().to_owned(),
        field: None,
        before: None,
        after: None,
        moved: None,
    }
}

fn both(old: &Feature, new: &Feature, version: usize, tolerance: Metres, difference: &mut Difference) {
    let so_far = difference.changes.len();
    let mut add = |kind, field: Option<&str>, before, after, moved| {
        difference.changes.push(Change {
            field: field.map(ToOwned::to_owned),
            before,
            after,
            moved,
            ..change(kind, new, version)
        });
    };
    if let Some((was, is)) = status(&old.attributes, &new.attributes) {
        add(ChangeKind::Status, None, was, is, None);
    }
    let holder = |feature: &Feature| feature.attributes.0.get("holder").and_then(words);
    if holder(old) != holder(new) {
        add(ChangeKind::Holder, None, holder(old), holder(new), None);
    }
    let zone = home(new);
    if let Some(moved) = moved(old, new, zone, tolerance) {
        let (was, is) = (hectares(old, zone), hectares(new, zone));
        add(ChangeKind::Geometry, None, was, is, moved);
    }
    let fields: BTreeSet<&String> = old.attributes.0.keys().chain(new.attributes.0.keys()).collect();
    for field in fields {
        if STATUS.contains(&field.as_str()) || field == "holder" {
            continue;
        }
        let value = |feature: &Feature| feature.attributes.0.get(field).and_then(words);
        if value(old) != value(new) {
            add(ChangeKind::Attributes, Some(field), value(old), value(new), None);
        }
    }
    if difference.changes.len() == so_far {
        difference.minor += 1;
    }
}

/// The fields that tell the state of a feature; the first that has words is what people read.
const STATUS: [&str; 4] = ["state_label", "status", "state_group", "state_code"];

/// The state before and after in words, where any of its fields differs: words, and the group or code where they tell more.
fn status(old: &Attributes, new: &Attributes) -> Option<(Option<String>, Option<String>)> {
    let of = |attributes: &Attributes| STATUS.map(|field| attributes.0.get(field).and_then(words));
    let (was, is) = (of(old), of(new));
    if was == is {
        return None;
    }
    let shown: Vec<usize> = {
        let first = (0..STATUS.len()).find(|&place| was[place].is_some() || is[place].is_some())?;
        let differing = (0..STATUS.len()).find(|&place| was[place] != is[place])?;
        let group = 2;
        let mut shown = vec![first, differing];
        if was[group] != is[group] {
            shown.push(group);
        }
        shown.sort_unstable();
        shown.dedup();
        shown
    };
    let say = |state: &[Option<String>; 4]| -> Option<String> {
        let said: Vec<&str> = shown.iter().filter_map(|&place| state[place].as_deref()).collect();
        match said.split_first() {
            None => None,
            Some((head, [])) => Some((*head).to_owned()),
            Some((head, rest)) => Some(format!("{head} ({})", rest.join(", "))),
        }
    };
    Some((say(&was), say(&is)))
}

/// A value in words; nothing where nothing was said.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(value) => Some(value.to_string()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Real(value) => Some(value.to_string()),
        Value::Date(value) => Some(value.to_string()),
        Value::Text(value) if value.trim().is_empty() => None,
        Value::Text(value) => Some(value.clone()),
    }
}

/// How far the border moved, where that is more than the tolerance.
#[expect(
    clippy::option_option,
    reason = "a change may have no distance: a border against none"
)]
fn moved(old: &Feature, new: &Feature, zone: UtmZone, tolerance: Metres) -> Option<Option<Metres>> {
    if old.lonlat == new.lonlat && old.land.is_some() == new.land.is_some() {
        let same_land = match (&old.land, &new.land) {
            (Some(old), Some(new)) => old.home == new.home && old.shape == new.shape,
            _ => true,
        };
        if same_land {
            return None;
        }
    }
    if old.land.is_some() != new.land.is_some() {
        return Some(None);
    }
    match Border::of(old, zone).distance_to(&Border::of(new, zone)) {
        Some(distance) if distance <= tolerance.0 => None,
        distance => Some(distance.map(Metres)),
    }
}

/// The zone of the feature's land, or of the middle of its box.
fn home(feature: &Feature) -> UtmZone {
    let middle = || {
        let bounds = feature.lonlat.bounding_rect()?;
        UtmZone::of_longitude(bounds.center().x)
    };
    let land = feature.land.as_ref().map(|land| land.home);
    land.or_else(middle).unwrap_or(UtmZone::Z18)
}

fn hectares(feature: &Feature, zone: UtmZone) -> Option<String> {
    let land = feature.land.as_ref()?;
    let metres = land.shape_in(zone, &feature.lonlat).square_metres();
    Some(format!("{:.4}", metres / 10_000.0))
}
