//! Whether a layer was consulted for a subject: from declared coverage, never from what happens to be drawn.

use crate::around::{CoverageArea, EditionAround};
use crate::{LayerState, Subject};
use territory::{Shape, shared_area, union_within};

/// Part of the subject that an edition's coverage holds; none when nobody declared it.
pub(crate) fn covered_share(subject: &Subject, edition: &EditionAround<'_>) -> Option<f64> {
    match edition.coverage {
        CoverageArea::Undeclared => None,
        CoverageArea::National => Some(1.0),
        CoverageArea::Area(land, lonlat) => {
            let outline = land.shape_in(subject.footprint.zone(), lonlat);
            Some(
                shared_area(subject.footprint.shape(), outline)
                    .share_of(subject.footprint.utm_hectares())
                    .0
                    .min(1.0),
            )
        }
    }
}

/// The state of a layer by the coverage of all its editions together.
pub(crate) fn of_layer(subject: &Subject, editions: &[EditionAround<'_>]) -> LayerState {
    if editions.is_empty() {
        return LayerState::NoData;
    }
    if editions
        .iter()
        .any(|edition| matches!(edition.coverage, CoverageArea::National))
    {
        return LayerState::Consulted;
    }
    let zone = subject.footprint.zone();
    let outlines: Vec<&Shape> = editions
        .iter()
        .filter_map(|edition| match edition.coverage {
            CoverageArea::Area(land, lonlat) => Some(land.shape_in(zone, lonlat)),
            _ => None,
        })
        .collect();
    let share = union_within(subject.footprint.shape(), &outlines)
        .area
        .share_of(subject.footprint.utm_hectares())
        .0;
    let undeclared = outlines.len() < editions.len();
    match share {
        s if s >= WHOLE => LayerState::Consulted,
        s if s > 0.0 || undeclared => LayerState::Partial,
        _ => LayerState::NoData,
    }
}

/// A share that prints as 1.000000 is the whole: the rest is below the rounding of two outlines.
pub(crate) const WHOLE: f64 = 0.999_999_5;
