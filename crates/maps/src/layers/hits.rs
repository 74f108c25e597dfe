//! What lies under a point of a picture.

use super::View;
use crate::flat::Flat;
use geo_types::{Coord, Geometry};

impl View {
    /// Whether a geometry is drawn at a point of the picture (millimetres), or within `reach_mm` of it. What the projection
    /// refuses is drawn nowhere.
    pub fn hits(&self, geometry: &Geometry<f64>, at: Coord<f64>, reach_mm: f64) -> bool {
        self.flat(geometry)
            .is_ok_and(|flat| covers(&flat, at) || is_near(&flat, at, reach_mm))
    }
}

/// By the even-odd rule.
fn covers(flat: &Flat, at: Coord<f64>) -> bool {
    let mut inside = false;
    for ring in &flat.rings {
        let next = ring.iter().cycle().skip(1);
        for (start, end) in ring.iter().zip(next) {
            if (start.y > at.y) != (end.y > at.y) {
                let x = start.x + (end.x - start.x) * (at.y - start.y) / (end.y - start.y);
                inside ^= x > at.x;
            }
        }
    }
    inside
}

fn is_near(flat: &Flat, at: Coord<f64>, reach: f64) -> bool {
    let points = flat
        .points
        .iter()
        .any(|point| (point.x - at.x).hypot(point.y - at.y) <= reach);
    let lines = || flat.lines.iter().flat_map(|line| line.windows(2));
    points || lines().any(|pair| distance(at, pair[0], pair[1]) <= reach)
}

fn distance(at: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> f64 {
    let (along, from) = (end - start, at - start);
    let length = along.x * along.x + along.y * along.y;
    let part = if length > 0.0 {
        ((from.x * along.x + from.y * along.y) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = from - along * part;
    off.x.hypot(off.y)
}
