//! Rings and lines cut at a square, in fractions of a tile's units.

/// A point in units of a tile.
pub(crate) type Place = [f64; 2];

/// The square within which a tile draws: the tile and its buffer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Square {
    pub least: f64,
    pub most: f64,
}

impl Square {
    pub(crate) fn holds(&self, [x, y]: Place) -> bool {
        (self.least..=self.most).contains(&x) && (self.least..=self.most).contains(&y)
    }

    /// Whether a point lies inside, and not on the edge.
    pub(crate) fn surrounds(&self, [x, y]: Place) -> bool {
        self.least < x && x < self.most && self.least < y && y < self.most
    }

    /// Cuts a ring (open); what remains of several parts is joined along the edge. `spare` is only room to work in.
    pub(crate) fn cut_ring(&self, ring: &mut Vec<Place>, spare: &mut Vec<Place>) {
        for (axis, at, sign) in [
            (0, self.least, 1.0),
            (0, self.most, -1.0),
            (1, self.least, 1.0),
            (1, self.most, -1.0),
        ] {
            cut(ring, spare, Edge { axis, at, sign });
            std::mem::swap(ring, spare);
        }
    }

    /// The part of a segment inside; none where there is none.
    pub(crate) fn cut_segment(&self, p: Place, q: Place) -> Option<(Place, Place)> {
        // from the lesser end, so that both directions are cut at the same point
        let turned = q < p;
        let (from, to) = if turned { (q, p) } else { (p, q) };
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for axis in 0..2 {
            let step = to[axis] - from[axis];
            let (low, high) = (self.least - from[axis], self.most - from[axis]);
            if step == 0.0 {
                if low > 0.0 || high < 0.0 {
                    return None;
                }
            } else {
                let (one, other) = (low / step, high / step);
                enter = enter.max(one.min(other));
                leave = leave.min(one.max(other));
            }
        }
        if enter > leave {
            return None;
        }
        let at = |share: f64, whole: Place| match share {
            _ if share <= 0.0 => from,
            _ if share >= 1.0 => to,
            _ => [0, 1].map(|axis| from[axis] + share * (whole[axis] - from[axis])),
        };
        let (start, end) = (at(enter, to), at(leave, to));
        Some(if turned { (end, start) } else { (start, end) })
    }
}

/// One side of the square: inside is where `sign · (place − at) ≥ 0`.
#[derive(Clone, Copy)]
struct Edge {
    axis: usize,
    at: f64,
    sign: f64,
}

impl Edge {
    fn depth(self, place: Place) -> f64 {
        self.sign * (place[self.axis] - self.at)
    }

    /// Where a segment crosses, reckoned from its lesser end.
    fn crossing(self, p: Place, q: Place) -> Place {
        let (from, to) = if q < p { (q, p) } else { (p, q) };
        let (axis, across) = (self.axis, 1 - self.axis);
        let share = (self.at - from[axis]) / (to[axis] - from[axis]);
        let mut place = from;
        place[axis] = self.at;
        place[across] = from[across] + share * (to[across] - from[across]);
        place
    }
}

fn cut(ring: &[Place], out: &mut Vec<Place>, edge: Edge) {
    out.clear();
    let Some(last) = ring.last() else {
        return;
    };
    let mut before = *last;
    let mut was_inside = edge.depth(before) >= 0.0;
    for place in ring {
        let inside = edge.depth(*place) >= 0.0;
        if inside != was_inside {
            out.push(edge.crossing(before, *place));
        }
        if inside {
            out.push(*place);
        }
        (before, was_inside) = (*place, inside);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: Square = Square { least: 0.0, most: 10.0 };

    #[test]
    fn a_ring_round_the_square_becomes_the_square_and_one_beside_it_nothing() {
        let mut round = vec![[-5.0, -5.0], [15.0, -5.0], [15.0, 15.0], [-5.0, 15.0]];
        TILE.cut_ring(&mut round, &mut Vec::new());
        assert_eq!(round.len(), 4);
        assert!(
            round
                .iter()
                .all(|[x, y]| [0.0, 10.0].contains(x) && [0.0, 10.0].contains(y))
        );
        let mut beside = vec![[11.0, 0.0], [12.0, 0.0], [12.0, 5.0]];
        TILE.cut_ring(&mut beside, &mut Vec::new());
        assert!(beside.is_empty());
    }

    #[test]
    fn both_directions_of_a_segment_are_cut_at_the_same_points() {
        let (p, q) = ([-3.7, 1.1], [17.3, 8.9]);
        let (a, b) = TILE.cut_segment(p, q).unwrap();
        assert_eq!(TILE.cut_segment(q, p).unwrap(), (b, a));
        assert!(TILE.cut_segment([-1.0, 5.0], [-1.0, 9.0]).is_none());
        assert_eq!(TILE.cut_segment([1.0, 1.0], [2.0, 2.0]), Some(([1.0, 1.0], [2.0, 2.0])));
    }
}
