//! What lies round a subject, layer by layer, as the rulebook asks.

use crate::{Edition, Snapshot, Unread};
use conflicts::{CoverageArea, EditionAround, LayerAround, LayerRule, Rulebook, Subject, Surroundings};
use geo::BoundingRect;
use territory::{Coverage, EditionMeta, LayerKind};

impl Snapshot {
    /// The features near a subject in every layer of the rulebook, as far as a check has to see. Layers without an edition are
    /// there, with none.
    pub fn surroundings<'a>(&'a self, subject: &Subject, book: &Rulebook) -> Surroundings<'a> {
        let layer = |rule: &LayerRule| LayerAround {
            kind: rule.id,
            editions: self
                .collection(rule.id)
                .filter_map(|edition| Some(around(edition, Self::searched(subject, &edition.meta, book)?)))
                .collect(),
            failure: self.failure_of(rule.id),
        };
        Surroundings {
            layers: book.layers.iter().map(layer).collect(),
            stop: None,
        }
    }

    /// The features of one layer whose boxes meet a subject's, whatever rules say of the layer.
    pub fn layer_around(&self, kind: LayerKind, subject: &Subject) -> LayerAround<'_> {
        let bounds = subject.lonlat.bounding_rect();
        let frame = bounds.map(|bounds| [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]);
        LayerAround {
            kind,
            editions: self
                .collection(kind)
                .filter_map(|edition| frame.map(|frame| around(edition, grown(frame, margin(frame)))))
                .collect(),
            failure: self.failure_of(kind),
        }
    }

    /// The box (degrees) that [`Snapshot::surroundings`] searches round a subject in an edition. None for land without points.
    pub fn searched(subject: &Subject, edition: &EditionMeta, book: &Rulebook) -> Option<[f64; 4]> {
        // a degree of longitude measures 105 km at 19° S, and one of latitude more
        const METRES_IN_A_DEGREE: f64 = 104_000.0;
        let bounds = subject.lonlat.bounding_rect()?;
        let frame = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        let reach = conflicts::reach(subject, edition, book).0 / METRES_IN_A_DEGREE;
        Some(grown(frame, margin(frame) + reach))
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

pub(crate) fn around(edition: &Edition, searched: [f64; 4]) -> EditionAround<'_> {
    let coverage = match (&edition.meta.coverage, edition.outline()) {
        (Coverage::National, _) => CoverageArea::National,
        (Coverage::Area { .. }, Some((land, lonlat))) => CoverageArea::Area(land, lonlat),
        _ => CoverageArea::Undeclared,
    };
    EditionAround {
        meta: &edition.meta,
        coverage,
        features: edition.touching(searched, 0.0),
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
