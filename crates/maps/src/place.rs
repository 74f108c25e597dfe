//! Where in an area a mark stands best: as far as can be from all of its borders.

use crate::Rect;
use geo_types::Coord;

/// Areas on paper: a point counts where it lies in all of them.
pub struct Common<'a> {
    /// Rings of each, by the even-odd rule.
    pub areas: Vec<&'a [Vec<Coord<f64>>]>,
    /// Where to look.
    pub bounds: Rect,
}

/// Points on a side of the first, coarse search.
const COARSE: u32 = 14;
const ROUNDS: u32 = 4;

impl Common<'_> {
    /// Places inside, the deepest first; none where the areas have no common land that a coarse search finds.
    pub fn deepest(&self) -> Vec<Coord<f64>> {
        let step = (
            self.bounds.width / f64::from(COARSE),
            self.bounds.height / f64::from(COARSE),
        );
        let mut found: Vec<(f64, Coord<f64>)> = Vec::new();
        for row in 0..COARSE {
            for column in 0..COARSE {
                let point = Coord {
                    x: self.bounds.x + (f64::from(column) + 0.5) * step.0,
                    y: self.bounds.y + (f64::from(row) + 0.5) * step.1,
                };
                let depth = self.depth(point);
                if depth > 0.0 {
                    found.push((depth, point));
                }
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0));
        let Some(best) = found.first().copied() else {
            return Vec::new();
        };
        std::iter::once(self.refined(best, step))
            .chain(found.into_iter().map(|(_, point)| point))
            .collect()
    }

    fn refined(&self, start: (f64, Coord<f64>), step: (f64, f64)) -> Coord<f64> {
        let (mut best, mut step) = (start, step);
        for _ in 0..ROUNDS {
            step = (step.0 / 2.0, step.1 / 2.0);
            let centre = best.1;
            for (x, y) in [
                (-1.0, 0.0),
                (1.0, 0.0),
                (0.0, -1.0),
                (0.0, 1.0),
                (-1.0, -1.0),
                (1.0, 1.0),
                (-1.0, 1.0),
                (1.0, -1.0),
            ] {
                let point = Coord {
                    x: centre.x + x * step.0,
                    y: centre.y + y * step.1,
                };
                let depth = self.depth(point);
                if depth > best.0 {
                    best = (depth, point);
                }
            }
        }
        best.1
    }

    /// Distance to the nearest border; negative outside of any of the areas.
    pub fn depth(&self, point: Coord<f64>) -> f64 {
        // most points of a coarse search lie outside of one of the areas: that is found sooner than a distance
        if self.areas.iter().any(|rings| !holds(rings, point)) {
            return -1.0;
        }
        let depths = self.areas.iter().map(|rings| distance(rings, point));
        depths.fold(f64::INFINITY, f64::min)
    }
}

/// Consecutive points of a ring, the last with the first.
fn edges(ring: &[Coord<f64>]) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let before = ring.iter().skip(ring.len().saturating_sub(1)).chain(ring);
    before.copied().zip(ring.iter().copied())
}

fn holds(rings: &[Vec<Coord<f64>>], point: Coord<f64>) -> bool {
    let crossed = rings.iter().flat_map(|ring| edges(ring)).filter(|(before, here)| {
        (before.y <= point.y) != (here.y <= point.y)
            && before.x + (here.x - before.x) * (point.y - before.y) / (here.y - before.y) > point.x
    });
    crossed.count() % 2 == 1
}

fn distance(rings: &[Vec<Coord<f64>>], point: Coord<f64>) -> f64 {
    let squares = rings
        .iter()
        .flat_map(|ring| edges(ring))
        .map(|(before, here)| squared_distance(point, before, here));
    squares.fold(f64::INFINITY, f64::min).sqrt()
}

fn squared_distance(point: Coord<f64>, start: Coord<f64>, end: Coord<f64>) -> f64 {
    let along = end - start;
    let length = along.x * along.x + along.y * along.y;
    let from = point - start;
    let part = if length > 0.0 {
        ((from.x * along.x + from.y * along.y) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let off = from - along * part;
    off.x * off.x + off.y * off.y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deepest_place_of_a_horseshoe_lies_in_it_and_not_in_its_mouth() {
        let at = |x: f64, y: f64| Coord { x, y };
        let ring = vec![
            at(0.0, 0.0),
            at(30.0, 0.0),
            at(30.0, 30.0),
            at(22.0, 30.0),
            at(22.0, 8.0),
            at(6.0, 8.0),
            at(6.0, 30.0),
            at(0.0, 30.0),
        ];
        let rings = [ring];
        let common = Common {
            areas: vec![&rings],
            bounds: Rect::new(0.0, 0.0, 30.0, 30.0),
        };
        let best = common.deepest()[0];
        assert!(common.depth(best) > 4.0, "{best:?}");
        let half = [Rect::new(0.0, 0.0, 10.0, 30.0).corners()];
        let both = Common {
            areas: vec![&rings, &half],
            bounds: Rect::new(0.0, 0.0, 10.0, 30.0),
        };
        assert!(
            both.deepest()
                .iter()
                .all(|point| point.x <= 10.0 && both.depth(*point) > 0.0)
        );
    }
}
