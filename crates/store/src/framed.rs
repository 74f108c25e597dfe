//! What lies in a frame, for maps.

use crate::Snapshot;
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
}
