//! All editions of a kind in one snapshot, ready for questions.

use crate::Schema;
use filters::{FeatureRecord, Queryables};
use geo::BoundingRect;
use std::sync::Arc;
use store::{Edition, Snapshot};
use territory::{Feature, LayerKind};

/// Where a feature stands: which edition of the collection, which feature of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// Position among [`Collection::editions`].
    pub edition: u32,
    /// Position among the edition's features.
    pub feature: u32,
}

/// The editions of a kind in force in a snapshot, by id, with what questions to them need. Made once and shared.
#[derive(Debug)]
pub struct Collection {
    /// The kind, whose id names the collection.
    pub kind: LayerKind,
    /// One per series, by id.
    pub editions: Vec<Arc<Edition>>,
    /// The properties of their features.
    pub schema: Schema,
    /// The same for filters.
    pub queryables: Queryables,
    boxes: Vec<Vec<Option<[f64; 4]>>>,
}

/// A feature with its edition and its box.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// The feature.
    pub feature: &'a Feature,
    /// West, south, east, north in degrees; none where it has no vertex.
    pub bbox: Option<[f64; 4]>,
}

impl<'a> Row<'a> {
    /// A feature of an edition.
    pub fn of(edition: &'a Edition, feature: &'a Feature) -> Self {
        Self {
            edition,
            feature,
            bbox: bbox_of(feature),
        }
    }
}

impl Collection {
    /// The collection of a kind.
    pub fn of(snapshot: &Snapshot, kind: LayerKind) -> Self {
        let editions: Vec<Arc<Edition>> = snapshot.collection(kind).cloned().collect();
        let schema = Schema::of(editions.iter().map(|edition| &**edition));
        let boxes = editions
            .iter()
            .map(|edition| edition.features.iter().map(bbox_of).collect());
        Self {
            kind,
            queryables: schema.queryables(),
            schema,
            boxes: boxes.collect(),
            editions,
        }
    }

    /// How many features it has.
    pub fn count(&self) -> usize {
        self.editions.iter().map(|edition| edition.features.len()).sum()
    }

    /// West, south, east, north of all its features, in degrees; none without features.
    pub fn extent(&self) -> Option<[f64; 4]> {
        self.boxes.iter().flatten().flatten().copied().reduce(|one, other| {
            [
                one[0].min(other[0]),
                one[1].min(other[1]),
                one[2].max(other[2]),
                one[3].max(other[3]),
            ]
        })
    }

    /// The feature at a place.
    ///
    /// # Panics
    /// Where the place is of another collection.
    pub fn row(&self, at: At) -> Row<'_> {
        let edition = &self.editions[at.edition as usize];
        Row {
            edition,
            feature: &edition.features[at.feature as usize],
            bbox: self.boxes[at.edition as usize][at.feature as usize],
        }
    }

    /// The place of a key in an edition.
    pub fn at(&self, edition: &str, key: &str) -> Option<At> {
        let number = self.editions.iter().position(|one| one.meta.id == edition)?;
        let features = &self.editions[number].features;
        let feature = features
            .binary_search_by(|feature| feature.key.as_str().cmp(key))
            .ok()?;
        Some(At {
            edition: u32::try_from(number).ok()?,
            feature: u32::try_from(feature).ok()?,
        })
    }

    /// The place with that number in the order of editions and keys.
    pub(crate) fn nth(&self, mut number: usize) -> Option<At> {
        for (edition, one) in (0_u32..).zip(&self.editions) {
            if number < one.features.len() {
                let feature = u32::try_from(number).ok()?;
                return Some(At { edition, feature });
            }
            number -= one.features.len();
        }
        None
    }

    /// Every place, in the order of editions and keys.
    pub(crate) fn every(&self) -> impl Iterator<Item = At> + '_ {
        (0_u32..).zip(&self.editions).flat_map(|(edition, one)| {
            let features = (0_u32..).zip(one.features.iter());
            features.map(move |(feature, _)| At { edition, feature })
        })
    }

    /// Places whose box meets one of the boxes, each once, in order.
    pub(crate) fn near(&self, boxes: &[[f64; 4]]) -> Vec<At> {
        let mut found = Vec::new();
        for (edition, one) in (0_u32..).zip(&self.editions) {
            for bounds in boxes {
                let positions = one.touching_positions(*bounds, 0.0);
                // a store with more features than a u32 counts does not fit in memory
                let features = positions
                    .into_iter()
                    .filter_map(|position| u32::try_from(position).ok());
                found.extend(features.map(|feature| At { edition, feature }));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What a filter asks.
    pub(crate) fn record(&self, at: At) -> FeatureRecord<'_> {
        let row = self.row(at);
        FeatureRecord {
            feature: row.feature,
            bbox: row.bbox,
            queryables: &self.queryables,
        }
    }
}

fn bbox_of(feature: &Feature) -> Option<[f64; 4]> {
    let rect = feature.lonlat.bounding_rect()?;
    Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
}
