//! The rings of one feature in whole units of a tile, and whether they are valid as they are.

/// A point in whole units of a tile.
pub(crate) type Unit = [i32; 2];

/// Segments up to which each is compared with each.
const FEW: usize = 24;

/// Rings end to end (open); an exterior has a positive area by the shoelace formula, a hole a negative one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rings {
    pub points: Vec<Unit>,
    pub rings: Vec<Ring>,
}

/// One of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ring {
    pub first: usize,
    pub end: usize,
    pub exterior: bool,
}

impl Rings {
    pub(crate) fn clear(&mut self) {
        self.points.clear();
        self.rings.clear();
    }

    /// Takes the points from `first` on as a ring, the right way round; leaves them out where they have no area.
    pub(crate) fn close(&mut self, first: usize, exterior: bool) -> bool {
        let points = &mut self.points;
        while points.len() > first + 1 && points[first] == points[points.len() - 1] {
            points.pop();
        }
        let area = twice_area(&points[first..]);
        if area == 0 {
            points.truncate(first);
            return false;
        }
        if (area > 0) != exterior {
            points[first..].reverse();
        }
        let end = points.len();
        self.rings.push(Ring { first, end, exterior });
        true
    }

    /// The points of one.
    pub(crate) fn of(&self, ring: Ring) -> &[Unit] {
        &self.points[ring.first..ring.end]
    }

    /// Makes them valid where they are not: no ring meets itself or another, holes lie in their land, lands lie apart. Where no land
    /// would remain they stay as they are, and it says so.
    pub(crate) fn mend(&mut self) -> bool {
        if self.is_valid() {
            return true;
        }
        let rings: Vec<Vec<Unit>> = self.rings.iter().map(|ring| self.of(*ring).to_vec()).collect();
        let mended = territory::tidy_rings(&rings);
        if mended.is_empty() {
            return false;
        }
        self.clear();
        for polygon in mended {
            for (position, ring) in polygon.iter().enumerate() {
                let first = self.points.len();
                self.points.extend_from_slice(ring);
                if !self.close(first, position == 0) && position == 0 {
                    break;
                }
            }
        }
        !self.rings.is_empty()
    }

    /// The middle of the first edge that lies where it should; none where none does.
    pub(crate) fn middle_where(&self, lies: impl Fn([f64; 2]) -> bool) -> Option<[f64; 2]> {
        let middle = |segment: &Segment| [0, 1].map(|axis| f64::from(segment.p[axis] + segment.q[axis]) / 2.0);
        self.segments().iter().map(middle).find(|place| lies(*place))
    }

    fn is_valid(&self) -> bool {
        self.goes_forward() && !self.meets_itself() && self.nests()
    }

    /// No segment runs back over the one before it.
    fn goes_forward(&self) -> bool {
        self.rings.iter().all(|ring| {
            let points = self.of(*ring);
            let count = points.len();
            (0..count).all(|at| {
                let (p, q, r) = (points[at], points[(at + 1) % count], points[(at + 2) % count]);
                let ahead =
                    i64::from(q[0] - p[0]) * i64::from(r[0] - q[0]) + i64::from(q[1] - p[1]) * i64::from(r[1] - q[1]);
                ahead >= 0 || side(p, q, r) != 0
            })
        })
    }

    fn meets_itself(&self) -> bool {
        if let [ring] = self.rings[..]
            && ring.end - ring.first <= 3
        {
            // each edge of a triangle follows the other two
            return false;
        }
        let mut segments = self.segments();
        if segments.len() > FEW {
            segments.sort_unstable_by_key(|segment| segment.low[0]);
        }
        let sorted = segments.len() > FEW;
        for (at, one) in segments.iter().enumerate() {
            for other in &segments[at + 1..] {
                if sorted && other.low[0] > one.high[0] {
                    break;
                }
                if one.meets(other) {
                    return true;
                }
            }
        }
        false
    }

    fn segments(&self) -> Vec<Segment> {
        let mut segments = Vec::with_capacity(self.points.len());
        for ring in &self.rings {
            for at in ring.first..ring.end {
                let next = if at + 1 < ring.end { at + 1 } else { ring.first };
                segments.push(Segment::new(at, next, &self.points));
            }
        }
        segments
    }

    /// Holes lie in the exterior before them and not in one another; exteriors have boxes apart. What is more tangled is not told apart.
    fn nests(&self) -> bool {
        if self.rings.len() < 2 {
            return true;
        }
        let boxes: Vec<[i32; 4]> = self.rings.iter().map(|ring| around(self.of(*ring))).collect();
        let mut land = 0;
        for (at, ring) in self.rings.iter().enumerate() {
            if ring.exterior {
                land = at;
            } else if !holds(self.of(self.rings[land]), self.points[ring.first]) {
                return false;
            }
            let mut before = (0..at).filter(|other| self.rings[*other].exterior == ring.exterior);
            if before.any(|other| meet(&boxes[at], &boxes[other])) {
                return false;
            }
        }
        true
    }
}

/// Twice the area by the shoelace formula.
pub(crate) fn twice_area(points: &[Unit]) -> i64 {
    let Some(origin) = points.first() else {
        return 0;
    };
    let from = |point: &Unit| [i64::from(point[0] - origin[0]), i64::from(point[1] - origin[1])];
    points
        .windows(2)
        .map(|pair| {
            let (p, q) = (from(&pair[0]), from(&pair[1]));
            p[0] * q[1] - q[0] * p[1]
        })
        .sum()
}

#[derive(Clone, Copy)]
struct Segment {
    at: usize,
    next: usize,
    p: Unit,
    q: Unit,
    low: Unit,
    high: Unit,
}

impl Segment {
    fn new(at: usize, next: usize, points: &[Unit]) -> Self {
        let (p, q) = (points[at], points[next]);
        Self {
            at,
            next,
            p,
            q,
            low: [p[0].min(q[0]), p[1].min(q[1])],
            high: [p[0].max(q[0]), p[1].max(q[1])],
        }
    }

    /// Whether two segments meet that do not follow one another.
    fn meets(&self, other: &Self) -> bool {
        let apart = (0..2).any(|axis| self.low[axis] > other.high[axis] || other.low[axis] > self.high[axis]);
        if apart || self.next == other.at || other.next == self.at {
            return false;
        }
        let [a, b] = [side(self.p, self.q, other.p), side(self.p, self.q, other.q)];
        let [c, d] = [side(other.p, other.q, self.p), side(other.p, other.q, self.q)];
        a.signum() * b.signum() <= 0 && c.signum() * d.signum() <= 0
    }
}

/// On which side of p→q a point lies: 0 on the line.
fn side(p: Unit, q: Unit, r: Unit) -> i64 {
    i64::from(q[0] - p[0]) * i64::from(r[1] - p[1]) - i64::from(q[1] - p[1]) * i64::from(r[0] - p[0])
}

fn around(points: &[Unit]) -> [i32; 4] {
    points
        .iter()
        .fold([i32::MAX, i32::MAX, i32::MIN, i32::MIN], |bounds, [x, y]| {
            [
                bounds[0].min(*x),
                bounds[1].min(*y),
                bounds[2].max(*x),
                bounds[3].max(*y),
            ]
        })
}

fn meet(a: &[i32; 4], b: &[i32; 4]) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// Whether a ring holds a point that is not on it.
fn holds(ring: &[Unit], point: Unit) -> bool {
    let mut inside = false;
    let mut before = ring[ring.len() - 1];
    for next in ring {
        if (before[1] > point[1]) != (next[1] > point[1]) {
            let (low, high) = if before[1] < next[1] {
                (before, *next)
            } else {
                (*next, before)
            };
            inside ^= side(low, high, point) > 0;
        }
        before = *next;
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rings(list: &[(&[Unit], bool)]) -> Rings {
        let mut rings = Rings::default();
        for (points, exterior) in list {
            let first = rings.points.len();
            rings.points.extend_from_slice(points);
            rings.close(first, *exterior);
        }
        rings
    }

    const LAND: [Unit; 4] = [[0, 0], [0, 100], [100, 100], [100, 0]];

    #[test]
    fn plain_land_with_a_hole_is_valid_and_turned_the_right_way() {
        let rings = rings(&[(&LAND, true), (&[[10, 10], [20, 10], [20, 20]], false)]);
        assert!(rings.is_valid());
        assert!(twice_area(rings.of(rings.rings[0])) > 0 && twice_area(rings.of(rings.rings[1])) < 0);
    }

    #[test]
    fn what_crosses_touches_overlaps_or_sticks_out_is_mended() {
        let cases: [&[(&[Unit], bool)]; 6] = [
            &[(&[[0, 0], [90, 80], [90, 0], [0, 90]], true)],
            &[(&[[0, 0], [50, 0], [50, 40], [50, 0], [100, 0], [100, 90]], true)],
            &[(&LAND, true), (&[[50, 50], [150, 50], [150, 60]], false)],
            &[(&LAND, true), (&[[150, 50], [190, 50], [190, 60]], false)],
            &[(&LAND, true), (&[[50, 50], [150, 50], [150, 60]], true)],
            &[(&LAND, true), (&[[10, 10], [20, 10], [20, 20]], true)],
        ];
        for case in cases {
            let mut rings = rings(case);
            assert!(!rings.is_valid(), "{case:?}");
            assert!(rings.mend());
            assert!(rings.is_valid() && !rings.rings.is_empty(), "{case:?} became {rings:?}");
        }
    }

    #[test]
    fn a_ring_without_area_is_left_out() {
        assert!(rings(&[(&[[0, 0], [5, 5], [9, 9]], true)]).rings.is_empty());
        assert!(rings(&[(&[[0, 0]], true)]).rings.is_empty());
    }

    #[test]
    fn many_segments_are_compared_as_few_are() {
        let wheel = |at: i32| {
            let angle = f64::from(at) / 40.0 * std::f64::consts::TAU;
            #[expect(clippy::cast_possible_truncation, reason = "small")]
            let point = [(angle.cos() * 1000.0) as i32, (angle.sin() * 1000.0) as i32];
            point
        };
        let plain: Vec<Unit> = (0..40).map(wheel).collect();
        assert!(rings(&[(&plain, true)]).is_valid());
        let mut crossed = plain;
        crossed.swap(3, 21);
        assert!(!rings(&[(&crossed, true)]).is_valid());
    }
}
