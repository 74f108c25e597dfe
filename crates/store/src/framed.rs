//! What lies in a frame, for maps.

use crate::{Snapshot, surroundings::around};
use conflicts::{LayerAround, Report, ReportShapes, Subject, Surroundings, shapes};
use territory::{Extent, Feature, LayerKind};

impl Snapshot {
    /// The features of some kinds whose boxes meet `[west, south, east, north]` in lon/lat degrees: by kind in the order asked
    /// for, then by edition id, then by key.
    pub fn features_in(&self, kinds: &[LayerKind], lonlat_box: [f64; 4]) -> Vec<(LayerKind, &Feature)> {
        let mut found = Vec::new();
        for kind in kinds {
            for edition in self.collection(*kind) {
                found.extend(
                    edition
                        .touching(lonlat_box, 0.0)
                        .into_iter()
                        .map(|feature| (*kind, feature)),
                );
            }
        }
        found
    }

    /// Layers with their editions in force, and of each the features whose boxes meet `[west, south, east, north]` in lon/lat degrees.
    pub fn layers_in(&self, kinds: &[LayerKind], lonlat_box: [f64; 4]) -> Vec<LayerAround<'_>> {
        let layer = |kind: &LayerKind| LayerAround {
            kind: *kind,
            editions: self
                .collection(*kind)
                .map(|edition| around(edition, lonlat_box))
                .collect(),
            failure: self.failure_of(*kind),
        };
        kinds.iter().map(layer).collect()
    }

    /// West, south, east and north in degrees of all that some layers have; none where they have no features.
    pub fn bounds_of(&self, kinds: &[LayerKind]) -> Option<[f64; 4]> {
        let editions = kinds.iter().flat_map(|kind| self.collection(*kind));
        let boxes = editions
            .filter_map(|edition| edition.meta.extent)
            .map(|Extent(bounds)| bounds);
        boxes.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
    }

    /// Departments, provinces and districts that help to see where a box lies: all departments; of the others those that meet the
    /// box, or all where the layer above them has one unit or none.
    pub fn units_about(&self, lonlat_box: [f64; 4]) -> Vec<LayerAround<'_>> {
        const WORLD: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];
        let mut out = Vec::new();
        let mut reach = WORLD;
        for kind in [LayerKind::Departments, LayerKind::Provinces, LayerKind::Districts] {
            out.extend(self.layers_in(&[kind], reach));
            let units: usize = self.collection(kind).map(|edition| edition.features.len()).sum();
            if units > 1 {
                reach = lonlat_box;
            }
        }
        out
    }

    /// The geometries of a report that was made of `around`, with the features of `kinds` in the frame as context.
    pub fn shapes_of(
        &self,
        (subject, around): (&Subject, &Surroundings<'_>),
        report: &Report,
        context: (&[LayerKind], Option<[f64; 4]>),
        with_shared: bool,
    ) -> ReportShapes {
        let (kinds, frame) = context;
        let context = frame.map_or_else(Vec::new, |frame| self.features_in(kinds, frame));
        shapes(subject, around, report, &context, with_shared)
    }
}
