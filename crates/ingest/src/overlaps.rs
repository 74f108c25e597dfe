//! Overlaps within a layer, in bounded memory.

use crate::quality::{InnerOverlaps, Listed, SharedLand};
use crs::UtmZone;
use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use territory::{Footprint, LayerKind, Shape, overlap};

/// Vertices of all shapes that are held for it: some 300 MB. Peru's largest layers have half of it.
pub const MAX_POINTS: usize = 8_000_000;
/// Shapes that are held for it.
pub const MAX_SHAPES: usize = 400_000;
/// Pairs that are measured.
const MAX_PAIRS: usize = 20_000_000;
/// Pairs of less than this many hectares (100 m²) are counted, not listed: neighbours drawn twice.
const LISTED_FROM_HA: f64 = 0.01;

type Boxed = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The shapes of a layer, until they are too many.
#[derive(Debug)]
pub(crate) struct Collected {
    shapes: Vec<(String, UtmZone, Shape)>,
    points: usize,
    given_up: bool,
    ordinary: bool,
}

impl Collected {
    /// For layers of `kind`.
    pub(crate) fn new(kind: LayerKind) -> Self {
        Self {
            shapes: Vec::new(),
            points: 0,
            given_up: !kind.is_land(),
            ordinary: kind == LayerKind::Concessions,
        }
    }

    /// Keeps a copy of a shape, or gives up and forgets them all.
    pub(crate) fn add(&mut self, key: &str, zone: UtmZone, shape: &Shape) {
        if self.given_up {
            return;
        }
        self.points += shape.point_count();
        if self.points > MAX_POINTS || self.shapes.len() >= MAX_SHAPES {
            self.given_up = true;
            self.shapes = Vec::new();
            return;
        }
        self.shapes.push((key.to_owned(), zone, shape.clone()));
    }

    /// Measures every pair; the same input gives the same report.
    pub(crate) fn measure(self) -> InnerOverlaps {
        let mut report = InnerOverlaps {
            listed_from_ha: LISTED_FROM_HA,
            ..InnerOverlaps::default()
        };
        if self.given_up {
            report.why_not = Some(if self.points > 0 {
                format!("la capa supera {MAX_SHAPES} elementos o {MAX_POINTS} vértices")
            } else {
                "la capa no es de terrenos".to_owned()
            });
            return report;
        }
        let Some(candidates) = self.candidates() else {
            report.why_not = Some(format!("hay más de {MAX_PAIRS} pares de elementos cercanos"));
            return report;
        };
        report.measured = true;
        let measured: Vec<(usize, usize, f64)> = candidates
            .into_par_iter()
            .filter_map(|(a, b)| Some((a, b, self.shared(a, b)?)))
            .collect();
        let mut list = Listed::default();
        for (a, b, hectares) in measured {
            report.pairs += 1;
            report.hectares += hectares;
            if hectares < LISTED_FROM_HA {
                report.small_pairs += 1;
            } else if !self.ordinary {
                list.add(SharedLand {
                    a: self.shapes[a].0.clone(),
                    b: self.shapes[b].0.clone(),
                    hectares,
                });
            }
        }
        report.list = list;
        report
    }

    /// Pairs whose boxes meet, in order; boxes of other zones are moved by what a zone is wide, coarsely.
    fn candidates(&self) -> Option<Vec<(usize, usize)>> {
        let boxes: Vec<Boxed> = self
            .shapes
            .iter()
            .enumerate()
            .map(|(index, (_, zone, shape))| {
                let [[west, south], [east, north]] = degrees(*zone, shape.bbox());
                GeomWithData::new(Rectangle::from_corners([west, south], [east, north]), index)
            })
            .collect();
        let tree = RTree::bulk_load(boxes.clone());
        let mut pairs = Vec::new();
        for one in &boxes {
            let envelope = AABB::from_corners(one.geom().lower(), one.geom().upper());
            for other in tree.locate_in_envelope_intersecting(&envelope) {
                if other.data > one.data {
                    pairs.push((one.data, other.data));
                }
            }
            if pairs.len() > MAX_PAIRS {
                return None;
            }
        }
        pairs.sort_unstable();
        Some(pairs)
    }

    /// Hectares that two shapes share in the zone of the first; `None` when it is none.
    fn shared(&self, a: usize, b: usize) -> Option<f64> {
        let (_, zone, first) = &self.shapes[a];
        let (_, other_zone, second) = &self.shapes[b];
        let area = if zone == other_zone {
            overlap(first, second).area
        } else {
            let lonlat = Footprint::from_shape(*other_zone, second.clone()).ok()?.lonlat().ok()?;
            overlap(first, &Shape::from_lonlat(&lonlat.into(), *zone).ok()?).area
        };
        // a square decimetre: less is rounding
        (area.0 > 1e-6).then_some(area.0)
    }
}

/// A box of metres as a box of degrees, each corner moved for itself and with a margin for the curvature.
fn degrees(zone: UtmZone, [west, south, east, north]: [f64; 4]) -> [[f64; 2]; 2] {
    let corner = |x, y| geo_types::Coord { x, y };
    let mut corners = [
        corner(west, south),
        corner(east, south),
        corner(east, north),
        corner(west, north),
    ];
    if crs::utm_to_lonlat(&mut corners, zone).is_err() {
        return [[-180.0, -90.0], [180.0, 90.0]];
    }
    let margin = 1e-4 + (corners[1].x - corners[0].x).abs() * 0.01;
    let low = corners
        .iter()
        .fold([f64::INFINITY; 2], |low, c| [low[0].min(c.x), low[1].min(c.y)]);
    let high = corners
        .iter()
        .fold([f64::NEG_INFINITY; 2], |high, c| [high[0].max(c.x), high[1].max(c.y)]);
    [[low[0] - margin, low[1] - margin], [high[0] + margin, high[1] + margin]]
}
