//! Fewer points for the same look: the method of Douglas and Peucker (1973), on squared distances and without recursion.

use geo_types::Coord;

/// The points of a line of which none that is left out lies farther than `tolerance` (the unit of the points) from what is left.
/// First and last always stay.
pub fn thinned(points: Vec<Coord<f64>>, tolerance: f64) -> Vec<Coord<f64>> {
    let Some(last) = points.len().checked_sub(1).filter(|last| *last > 1) else {
        return points;
    };
    let limit = tolerance * tolerance;
    let mut stays = vec![false; points.len()];
    (stays[0], stays[last]) = (true, true);
    let mut open = vec![(0, last)];
    while let Some((from, to)) = open.pop() {
        let chord = Chord::new(points[from], points[to]);
        let mut farthest = (limit, None);
        for (at, point) in points.iter().enumerate().take(to).skip(from + 1) {
            let away = chord.squared_distance(*point);
            if away > farthest.0 {
                farthest = (away, Some(at));
            }
        }
        if let (_, Some(at)) = farthest {
            stays[at] = true;
            open.push((from, at));
            open.push((at, to));
        }
    }
    let mut stay = stays.into_iter();
    points.into_iter().filter(|_| stay.next() == Some(true)).collect()
}

struct Chord {
    start: Coord<f64>,
    along: Coord<f64>,
    /// One over its squared length; 0 where both ends are one.
    inverse: f64,
}

impl Chord {
    fn new(start: Coord<f64>, end: Coord<f64>) -> Self {
        let along = end - start;
        let length = along.x * along.x + along.y * along.y;
        let inverse = if length > 0.0 { length.recip() } else { 0.0 };
        Self { start, along, inverse }
    }

    fn squared_distance(&self, point: Coord<f64>) -> f64 {
        let from = point - self.start;
        let part = ((from.x * self.along.x + from.y * self.along.y) * self.inverse).clamp(0.0, 1.0);
        let off = from - self.along * part;
        off.x * off.x + off.y * off.y
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn a_closed_ring_keeps_its_corners_and_loses_what_lies_on_its_sides() {
        let ring = vec![
            at(0.0, 0.0),
            at(5.0, 0.01),
            at(10.0, 0.0),
            at(10.0, 10.0),
            at(0.0, 10.0),
            at(0.0, 0.0),
        ];
        let kept = thinned(ring.clone(), 0.04);
        assert_eq!(kept, [ring[0], ring[2], ring[3], ring[4], ring[5]]);
    }

    proptest! {
        #[test]
        fn nothing_left_out_lies_far_from_what_is_left(
            points in prop::collection::vec((-50.0..50.0, -50.0..50.0), 0..60),
            tolerance in 0.0..20.0,
        ) {
            let points: Vec<Coord<f64>> = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let kept = thinned(points.clone(), tolerance);
            prop_assert_eq!(kept.first(), points.first());
            prop_assert_eq!(kept.last(), points.last());
            for point in &points {
                let near = kept.windows(2).map(|pair| Chord::new(pair[0], pair[1]).squared_distance(*point)).fold(f64::INFINITY, f64::min);
                prop_assert!(kept.contains(point) || near.sqrt() <= tolerance + 1e-9);
            }
        }
    }
}
