//! An edition in memory: its features in the order of their keys, an R-tree over their lon/lat boxes, their folded names.

use crate::{row::Placed, slug::fold};
use geo::BoundingRect;
use geo_types::Geometry;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use std::sync::{Arc, OnceLock};
use territory::{Coverage, EditionMeta, Feature, Hash, Land, locate};

/// A published edition, whole. Clones and withdrawals share the features.
#[derive(Clone, Debug)]
pub struct Edition {
    /// What is known about it.
    pub meta: EditionMeta,
    /// Its features, in the order of their keys (bytes of UTF-8).
    pub features: Arc<Vec<Feature>>,
    /// Root of the authenticated tree over its features; none for features at hand, which no row holds.
    pub root: Option<Hash>,
    index: Arc<Index>,
}

type Entry = GeomWithData<Rectangle<[f64; 2]>, u32>;

#[derive(Debug)]
struct Index {
    boxes: RTree<Entry>,
    names: OnceLock<Vec<String>>,
    coverage: OnceLock<Option<(Land, Geometry<f64>)>>,
    bytes: usize,
}

impl Edition {
    /// An edition of features at hand, in any order; keys are unique.
    ///
    /// The store's own come through [`crate::Snapshot::load`].
    pub fn new(meta: EditionMeta, features: Vec<Feature>) -> Self {
        let placed = features.into_iter().map(|feature| {
            let bounds = feature.lonlat.bounding_rect().map(|rect| {
                let (least, most) = (rect.min(), rect.max());
                [least.x, least.y, most.x, most.y]
            });
            (feature, bounds)
        });
        Self::from_placed(meta, placed.collect(), 0)
    }

    /// An edition whose features take about `bytes` of memory.
    pub(crate) fn from_placed(meta: EditionMeta, mut placed: Vec<Placed>, bytes: usize) -> Self {
        placed.sort_by(|(one, _), (other, _)| one.key.cmp(&other.key));
        let mut entries = Vec::with_capacity(placed.len());
        let mut features = Vec::with_capacity(placed.len());
        for (position, (feature, bounds)) in (0_u32..).zip(placed) {
            if let Some([west, south, east, north]) = bounds {
                entries.push(GeomWithData::new(
                    Rectangle::from_corners([west, south], [east, north]),
                    position,
                ));
            }
            features.push(feature);
        }
        let index = Index {
            boxes: RTree::bulk_load(entries),
            names: OnceLock::new(),
            coverage: OnceLock::new(),
            bytes,
        };
        Self {
            meta,
            features: Arc::new(features),
            root: None,
            index: Arc::new(index),
        }
    }

    /// The same with the root of its tree.
    pub(crate) fn with_root(self, root: Hash) -> Self {
        Self {
            root: Some(root),
            ..self
        }
    }

    /// The same features under metadata that changed since: a withdrawal.
    pub(crate) fn with_meta(&self, meta: EditionMeta) -> Self {
        Self {
            meta,
            features: Arc::clone(&self.features),
            root: self.root,
            index: Arc::clone(&self.index),
        }
    }

    /// Positions in `features`, ascending, of those whose lon/lat box meets `[west, south, east, north]` grown by `margin`
    /// degrees on each side. Boxes that only touch are met.
    pub fn touching_positions(&self, [west, south, east, north]: [f64; 4], margin: f64) -> Vec<usize> {
        let wanted = AABB::from_corners([west - margin, south - margin], [east + margin, north + margin]);
        let mut positions: Vec<usize> = self
            .index
            .boxes
            .locate_in_envelope_intersecting(&wanted)
            .map(|entry| entry.data as usize)
            .collect();
        positions.sort_unstable();
        positions
    }

    /// The features of [`Edition::touching_positions`], in the order of their keys.
    pub fn touching(&self, lonlat_box: [f64; 4], margin: f64) -> Vec<&Feature> {
        self.touching_positions(lonlat_box, margin)
            .into_iter()
            .map(|position| &self.features[position])
            .collect()
    }

    /// The feature of that key.
    pub fn find(&self, key: &str) -> Option<&Feature> {
        let position = self
            .features
            .binary_search_by(|feature| feature.key.as_str().cmp(key))
            .ok()?;
        Some(&self.features[position])
    }

    /// The folded names, one per feature; made at the first search.
    pub(crate) fn folded_names(&self) -> &[String] {
        self.index
            .names
            .get_or_init(|| self.features.iter().map(|feature| fold(feature.name())).collect())
    }

    /// The declared outline as land, made at the first question; none where the coverage is not an outline.
    pub(crate) fn outline(&self) -> Option<(&Land, &Geometry<f64>)> {
        let outline = self.index.coverage.get_or_init(|| match &self.meta.coverage {
            Coverage::Area { outline, .. } => {
                let located = locate(outline, None).ok()?;
                Some((located.land, Geometry::MultiPolygon(located.lonlat)))
            }
            Coverage::National | Coverage::Undeclared => None,
        });
        outline.as_ref().map(|(land, lonlat)| (land, lonlat))
    }

    /// About how much memory its features take.
    pub(crate) fn bytes(&self) -> usize {
        self.index.bytes
    }
}
