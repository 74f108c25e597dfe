//! Where in an area a mark stands best: as far as can be from all of its borders.

use crate::Rect;
use geo_types::Coord;

/// Areas on paper: a point counts where it lies in all of them.
pub struct Common {
    areas: Vec<Near>,
    /// Where to look.
    bounds: Rect,
}

/// Points on a side of the first, coarse search.
const COARSE: u32 = 14;
const ROUNDS: u32 = 4;

impl Common {
    /// The common land of areas, each by its rings and the even-odd rule, as far as it lies in `bounds`.
    ///
    /// `bounds` has to hold all of the common land: depths are measured to borders within it.
    pub fn new(areas: &[&[Vec<Coord<f64>>]], bounds: Rect) -> Self {
        let areas = areas.iter().map(|rings| Near::new(rings, bounds)).collect();
        Self { areas, bounds }
    }

    /// Places inside, the deepest first; none where the areas have no common land that a coarse search finds.
    pub fn deepest(&self) -> Vec<Coord<f64>> {
        let step = (
            self.bounds.width / f64::from(COARSE),
            self.bounds.height / f64::from(COARSE),
        );
        let mut found: Vec<(f64, Coord<f64>)> = Vec::new();
        for row in 0..COARSE {
            let y = self.bounds.y + (f64::from(row) + 0.5) * step.1;
            let crossed: Vec<Vec<f64>> = self.areas.iter().map(|area| area.crossed(y)).collect();
            for column in 0..COARSE {
                let x = self.bounds.x + (f64::from(column) + 0.5) * step.0;
                let inside = crossed.iter().all(|row| is_inside(row, x));
                let depth = if inside {
                    self.least_distance(Coord { x, y })
                } else {
                    -1.0
                };
                if depth > 0.0 {
                    found.push((depth, Coord { x, y }));
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
        if self.areas.iter().all(|area| is_inside(&area.crossed(point.y), point.x)) {
            self.least_distance(point)
        } else {
            -1.0
        }
    }

    fn least_distance(&self, point: Coord<f64>) -> f64 {
        let borders = self.areas.iter().flat_map(|area| &area.borders);
        borders
            .map(|(start, end)| squared_distance(point, *start, *end))
            .fold(f64::INFINITY, f64::min)
            .sqrt()
    }
}

/// What of an area's border matters in a box.
struct Near {
    /// Edges whose boxes meet it.
    borders: Vec<(Coord<f64>, Coord<f64>)>,
    /// Least and greatest `y` of the edges to the right of it: a line to the right crosses them.
    beyond: Vec<(f64, f64)>,
}

impl Near {
    fn new(rings: &[Vec<Coord<f64>>], bounds: Rect) -> Self {
        let (mut borders, mut beyond) = (Vec::new(), Vec::new());
        for (start, end) in rings.iter().flat_map(|ring| edges(ring)) {
            let (top, bottom) = (start.y.min(end.y), start.y.max(end.y));
            if bottom < bounds.y || top > bounds.bottom() || start.x.max(end.x) < bounds.x {
                continue;
            }
            if start.x.min(end.x) > bounds.right() {
                beyond.push((top, bottom));
            } else {
                borders.push((start, end));
            }
        }
        Self { borders, beyond }
    }

    /// Where a line at that height crosses the border, in the box or to the right of it.
    fn crossed(&self, y: f64) -> Vec<f64> {
        let near = self
            .borders
            .iter()
            .filter(|(start, end)| (start.y <= y) != (end.y <= y));
        let far = self.beyond.iter().filter(|(top, bottom)| *top <= y && *bottom > y);
        near.map(|(start, end)| start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y))
            .chain(far.map(|_| f64::INFINITY))
            .collect()
    }
}

/// Whether a point is inside, from where its line crosses the border.
fn is_inside(crossed: &[f64], x: f64) -> bool {
    crossed.iter().filter(|crossing| **crossing > x).count() % 2 == 1
}

/// Consecutive points of a ring, the last with the first.
fn edges(ring: &[Coord<f64>]) -> impl Iterator<Item = (Coord<f64>, Coord<f64>)> + '_ {
    let before = ring.iter().skip(ring.len().saturating_sub(1)).chain(ring);
    before.copied().zip(ring.iter().copied())
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
        let common = Common::new(&[&rings], Rect::new(0.0, 0.0, 30.0, 30.0));
        let best = common.deepest()[0];
        assert!(common.depth(best) > 4.0, "{best:?}");
        let half = [Rect::new(0.0, 0.0, 10.0, 30.0).corners()];
        let both = Common::new(&[&rings, &half], Rect::new(0.0, 0.0, 10.0, 30.0));
        assert!(
            both.deepest()
                .iter()
                .all(|point| point.x <= 10.0 && both.depth(*point) > 0.0)
        );
    }
}
