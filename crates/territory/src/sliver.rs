//! When an overlap is too small or too thin to be told from two drawings of one line.

use crate::{Metres, Overlap, UtmHectares};
use serde::{Deserialize, Serialize};

/// Limits on the dissolved overlap of a pair; both come from the rulebook.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliverRule {
    /// Least area.
    pub min_area: UtmHectares,
    /// Least mean width, twice the area over the perimeter.
    pub min_width: Metres,
}

impl SliverRule {
    /// No overlap is a sliver.
    pub const KEEP_ALL: Self = Self {
        min_area: UtmHectares(0.0),
        min_width: Metres(0.0),
    };

    /// Whether the overlap is a sliver.
    pub fn is_sliver(&self, overlap: &Overlap) -> bool {
        overlap.area < self.min_area || overlap.mean_width() < self.min_width
    }
}
