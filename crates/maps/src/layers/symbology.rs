//! The styles of whole layers as the composer of sheets wants them.

use super::{LayerStyles, Step};
use crate::Symbology;
use territory::LayerKind;

impl Step {
    /// The name of its style on a sheet, where layers may share styles.
    pub fn key(&self, kind: LayerKind) -> String {
        format!("{kind}/{}", self.name)
    }
}

impl LayerStyles {
    /// The styles that draw some layers at a denominator by their [`Step::key`]; each has the names that are written at that scale.
    pub fn symbology_at(&self, kinds: &[LayerKind], denominator: f64) -> Symbology {
        let mut all = Symbology {
            styles: std::collections::BTreeMap::new(),
        };
        for kind in kinds {
            for step in self
                .look(*kind)
                .rules
                .iter()
                .flat_map(|rule| rule.steps_at(denominator))
            {
                let mut style = step.style.clone();
                let written = |to: u32| denominator < f64::from(to);
                style.label = step.label.clone().filter(|label| label.to.is_none_or(written));
                all.styles.insert(step.key(*kind), style);
            }
        }
        all
    }
}
