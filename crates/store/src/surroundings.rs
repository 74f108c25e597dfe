//! What lies round a subject, layer by layer, as the rulebook asks.

use crate::{Edition, Snapshot, Unread};
use conflicts::{CoverageArea, EditionAround, LayerAround, Rulebook, Surroundings};
use geo::BoundingRect;
use geo_types::MultiPolygon;
use territory::{Coverage, LayerKind};

impl Snapshot {
    /// The features near a land (lon/lat WGS 84 degrees) in every layer of the rulebook. Layers without an edition are there,
    /// with none.
    pub fn surroundings<'a>(&'a self, lonlat: &MultiPolygon<f64>, book: &Rulebook) -> Surroundings<'a> {
        let Some(bounds) = lonlat.bounding_rect() else {
            return Surroundings::default();
        };
        let frame = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        let layer = |rule: &conflicts::LayerRule| LayerAround {
            kind: rule.id,
            editions: self.collection(rule.id).map(|edition| around(edition, frame)).collect(),
            failure: self.failure_of(rule.id),
        };
        Surroundings {
            layers: book.layers.iter().map(layer).collect(),
            stop: None,
        }
    }

    /// The box (degrees) that [`Snapshot::surroundings`] searches for a land in every edition. None for land without points.
    pub fn searched(lonlat: &MultiPolygon<f64>) -> Option<[f64; 4]> {
        let bounds = lonlat.bounding_rect()?;
        let frame = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        Some(grown(frame, margin(frame)))
    }

    /// Why a layer cannot be consulted, where an edition of it could not be read.
    pub fn failure_of(&self, kind: LayerKind) -> Option<String> {
        let sentences: Vec<String> = self
            .unread
            .iter()
            .filter(|unread| unread.kind == kind)
            .map(Unread::sentence_es)
            .collect();
        (!sentences.is_empty()).then(|| sentences.join("; "))
    }
}

fn around(edition: &Edition, frame: [f64; 4]) -> EditionAround<'_> {
    let coverage = match (&edition.meta.coverage, edition.outline()) {
        (Coverage::National, _) => CoverageArea::National,
        (Coverage::Area { .. }, Some((land, lonlat))) => CoverageArea::Area(land, lonlat),
        _ => CoverageArea::Undeclared,
    };
    EditionAround {
        meta: &edition.meta,
        coverage,
        features: edition.touching(frame, margin(frame)),
    }
}

fn grown([west, south, east, north]: [f64; 4], margin: f64) -> [f64; 4] {
    [west - margin, south - margin, east + margin, north + margin]
}

/// Degrees by which edges that are straight in a UTM zone may bulge out of a box of degrees: L²·tan φ / 8R, at most 0.001 per
/// squared degree between the equator and 19° S, and 10 m more.
fn margin([west, south, east, north]: [f64; 4]) -> f64 {
    let longest = (east - west).max(north - south);
    1e-4 + 1e-3 * longest * longest
}
