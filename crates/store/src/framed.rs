//! What lies in a frame, for maps.

use crate::Snapshot;
use conflicts::{Report, ReportShapes, Subject, Surroundings, shapes};
use territory::{Feature, LayerKind};

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
