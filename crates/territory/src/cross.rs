//! Whether and where two edges cross: exact on grid points, ties broken by one symbolic shift.

use crate::shape::{Box2, GridPoint, length};

/// How two edges meet.
pub(crate) struct Met {
    /// How far along each edge they cross, and +1 where the first enters the second's land, −1 where it leaves.
    pub crossing: Option<(f64, f64, i8)>,
    /// They share a point.
    pub touches: bool,
    /// An end of one lies exactly on the other.
    pub tied: bool,
    /// Metres on which they lie back to back and are pushed into one another.
    pub channel: f64,
}

/// Whether edge p→q of one shape crosses edge r→s of a shape shifted by `shift`·(ε, ε²).
#[inline]
pub(crate) fn cross((p, q): (GridPoint, GridPoint), (r, s): (GridPoint, GridPoint), shift: f64) -> Met {
    let (from, to) = (side(r, s, p), side(r, s, q));
    let (start_left, end_left) = (from.left(r, s, -shift), to.left(r, s, -shift));
    let near = from.exact == 0 || to.exact == 0;
    if start_left == end_left && !near {
        return Met {
            crossing: None,
            touches: false,
            tied: false,
            channel: 0.0,
        };
    }
    let (other_from, other_to) = (side(p, q, r), side(p, q, s));
    let touches = from.exact * to.exact <= 0 && other_from.exact * other_to.exact <= 0;
    let crosses = start_left != end_left && other_from.left(p, q, shift) != other_to.left(p, q, shift);
    let tied = touches && (near || other_from.exact == 0 || other_to.exact == 0);
    let crossing = crosses.then(|| {
        (
            portion(from.value, to.value),
            portion(other_from.value, other_to.value),
            if end_left { 1 } else { -1 },
        )
    });
    let collinear = from.exact == 0 && to.exact == 0;
    let channel = if collinear && start_left {
        back_to_back((p, q), (r, s))
    } else {
        0.0
    };
    Met {
        crossing,
        touches,
        tied,
        channel,
    }
}

/// Metres that two edges of one line share when they run against each other.
#[cold]
fn back_to_back((p, q): (GridPoint, GridPoint), (r, s): (GridPoint, GridPoint)) -> f64 {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    if dx * (s[0] - r[0]) + dy * (s[1] - r[1]) >= 0.0 {
        return 0.0;
    }
    let square = dx * dx + dy * dy;
    let along = |point: GridPoint| (((point[0] - p[0]) * dx + (point[1] - p[1]) * dy) / square).clamp(0.0, 1.0);
    (along(r) - along(s)).max(0.0) * length(p, q)
}

/// Whether two edges share a point, exactly.
pub(crate) fn edges_meet((p, q): (GridPoint, GridPoint), (r, s): (GridPoint, GridPoint)) -> bool {
    let (a, b, c, d) = (
        side(r, s, p).exact,
        side(r, s, q).exact,
        side(p, q, r).exact,
        side(p, q, s).exact,
    );
    a * b <= 0 && c * d <= 0 && Box2::of_edge(p, q).meets(&Box2::of_edge(r, s))
}

#[inline]
fn portion(from: f64, to: f64) -> f64 {
    let span = from - to;
    if span == 0.0 {
        0.0
    } else {
        (from / span).clamp(0.0, 1.0)
    }
}

/// On which side of a directed line a point lies: the exact sign, and the value in squared grid units.
#[derive(Clone, Copy)]
pub(crate) struct Side {
    exact: i8,
    value: f64,
}

impl Side {
    /// Left of a→b, ties broken as if the point were shifted by `shift`·(ε, ε²) against the line.
    #[inline]
    pub(crate) fn left(self, a: GridPoint, b: GridPoint, shift: f64) -> bool {
        match self.exact {
            0 => {
                let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
                if dy == 0.0 { shift * dx > 0.0 } else { shift * dy < 0.0 }
            }
            sign => sign > 0,
        }
    }
}

#[inline]
pub(crate) fn side(a: GridPoint, b: GridPoint, c: GridPoint) -> Side {
    // above the rounding error of two products and a difference (each 2⁻⁵³ relative) the sign is right; below 2⁵³ all three are
    // whole numbers that an f64 holds exactly
    const SAFE: f64 = 3.4e-16;
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let left = (b[0] - a[0]) * (c[1] - a[1]);
    let right = (b[1] - a[1]) * (c[0] - a[0]);
    let value = left - right;
    let size = left.abs() + right.abs();
    if value.abs() > SAFE * size || size < EXACT {
        return Side {
            exact: i8::from(value > 0.0) - i8::from(value < 0.0),
            value,
        };
    }
    side_exactly(a, b, c)
}

#[cold]
#[expect(
    clippy::cast_possible_truncation,
    reason = "grid coordinates are whole numbers below 2^53"
)]
fn side_exactly(a: GridPoint, b: GridPoint, c: GridPoint) -> Side {
    let whole = |value: f64| i128::from(value as i64);
    let value = whole(b[0] - a[0]) * whole(c[1] - a[1]) - whole(b[1] - a[1]) * whole(c[0] - a[0]);
    let exact = match value.cmp(&0) {
        std::cmp::Ordering::Less => -1,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => 1,
    };
    Side {
        exact,
        value: value as f64,
    }
}
