//! Between which hectares an overlap lies when the positions of what is drawn are only known so well.
//!
//! The model is a common shift of an edition by N(0, σ²) on each axis; for a pair only the shift of one against the other counts.
//! A small shift t changes the area by t·v ([`crate::Overlap::drift`]), so nine times out of ten the area lies within
//! 1.645·σ·|v|. Where that step reaches nothing or the whole, or borders coincide, the step is no guide: then the area is
//! measured at [`SHIFTS`] shifts on the circle of radius 1.645·σ, the first along the steepest way. That is exact where a single
//! straight border matters. For corners and strips the areas along each ray, taken as straight, are weighted by the normal
//! distribution, and the band is the wider of both.

use crate::distance::wider;
use crate::shape::{GRID_PER_METRE, Shape};
use crate::{Metres, Overlap, UtmHectares, shared_area};

/// The 95 % quantile of the normal distribution: nine times out of ten a value lies within so many deviations.
pub const NINE_IN_TEN: f64 = 1.644_853_626_951_472_2;

/// How many shifts are measured where the linear step is no guide.
pub const SHIFTS: usize = 16;

/// Hectares between which an area lies nine times out of ten.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Band {
    /// Low end.
    pub low: UtmHectares,
    /// High end.
    pub high: UtmHectares,
}

impl Band {
    /// No shift changes the area.
    pub fn exact(area: UtmHectares) -> Self {
        Self { low: area, high: area }
    }

    /// The linear band of a variance in square metres squared: σ²·|v|², summed over what shifts on its own.
    pub fn linear(area: UtmHectares, variance: f64) -> Self {
        let half = UtmHectares::from_square_metres(NINE_IN_TEN * variance.max(0.0).sqrt());
        Self {
            low: area - half,
            high: area + half,
        }
    }

    /// The band of an area that is `nominal` unshifted and `shifted` at the shifts that [`shifts`] gives.
    pub fn of_shifts(nominal: UtmHectares, shifted: &[UtmHectares; SHIFTS]) -> Self {
        // of 320 areas one in twenty lies below the sixteenth smallest
        const TAIL: usize = SHIFTS * RADII.len() / 20;
        let mut weighted: Vec<f64> = Vec::with_capacity(SHIFTS * RADII.len());
        let (mut low, mut high) = (nominal.0, nominal.0);
        for area in shifted {
            (low, high) = (low.min(area.0), high.max(area.0));
            let step = (area.0 - nominal.0) / NINE_IN_TEN;
            weighted.extend(RADII.iter().map(|radius| nominal.0 + step * radius));
        }
        weighted.sort_unstable_by(f64::total_cmp);
        Self {
            low: UtmHectares(low.min(weighted[TAIL - 1])),
            high: UtmHectares(high.max(weighted[weighted.len() - TAIL])),
        }
    }

    /// The part of the band between two areas.
    #[must_use]
    pub fn within(self, least: UtmHectares, most: UtmHectares) -> Self {
        let clamp = |area: UtmHectares| UtmHectares(area.0.max(least.0).min(most.0));
        Self {
            low: clamp(self.low),
            high: clamp(self.high),
        }
    }

    /// Whether both ends are the same to a square millimetre.
    pub fn is_exact(&self) -> bool {
        self.high.0 - self.low.0 < 1e-10
    }
}

/// Radii in deviations that split the plane under N(0, 1)² into twenty rings of the same weight, each at its middle:
/// √(−2 ln((j + ½)/20)).
const RADII: [f64; 20] = [
    2.716_203, 2.276_079, 2.039_334, 1.867_067, 1.727_226, 1.606_850, 1.499_287, 1.400_592, 1.308_179, 1.220_197,
    1.135_215, 1.052_032, 0.969_540, 0.886_614, 0.801_977, 0.713_992, 0.620_277, 0.516_781, 0.394_871, 0.225_024,
];

/// Cosine and sine of the sixteen directions, from the first on.
const DIRECTIONS: [[f64; 2]; SHIFTS] = {
    const C: f64 = 0.923_879_532_511_286_7;
    const S: f64 = 0.382_683_432_365_089_8;
    const D: f64 = std::f64::consts::FRAC_1_SQRT_2;
    [
        [1.0, 0.0],
        [C, S],
        [D, D],
        [S, C],
        [0.0, 1.0],
        [-S, C],
        [-D, D],
        [-C, S],
        [-1.0, 0.0],
        [-C, -S],
        [-D, -D],
        [-S, -C],
        [0.0, -1.0],
        [S, -C],
        [D, -D],
        [C, -S],
    ]
};

/// The shifts, in metres east and north, on the circle of 1.645·σ; the first lies along `steepest` (any length; east where it
/// is zero).
pub fn shifts(Metres(sigma): Metres, steepest: [f64; 2]) -> [[f64; 2]; SHIFTS] {
    let norm = (steepest[0] * steepest[0] + steepest[1] * steepest[1]).sqrt();
    let [x, y] = if norm > 0.0 {
        steepest.map(|part| part / norm)
    } else {
        [1.0, 0.0]
    };
    let radius = NINE_IN_TEN * sigma;
    DIRECTIONS.map(|[cos, sin]| [radius * (x * cos - y * sin), radius * (x * sin + y * cos)])
}

/// The band of what `subject` and `object` share, `shared` being their overlap and `sigma` the deviation of one against the
/// other: the root of the sum of both squares, 0 where they shift together. `steepest` is the way in which the area grows
/// where `shared` does not tell: for a neighbour the way from it to the subject.
pub fn band(subject: &Shape, object: &Shape, shared: &Overlap, sigma: Metres, steepest: [f64; 2]) -> Band {
    if sigma.0 <= 0.0 {
        return Band::exact(shared.area);
    }
    let [x, y] = shared.drift;
    let linear = Band::linear(shared.area, sigma.0 * sigma.0 * (x * x + y * y));
    let whole = UtmHectares::from_square_metres(subject.square_metres().min(object.square_metres()));
    if !shared.tied && linear.low.0 > 0.0 && linear.high.0 < whole.0 - ROUNDING {
        return linear;
    }
    if clear(subject, object, NINE_IN_TEN * sigma.0) {
        return Band::exact(shared.area);
    }
    let steepest = if x == 0.0 && y == 0.0 { steepest } else { [x, y] };
    let areas = shifts(sigma, steepest).map(|shift| shifted_area(subject, object, shift));
    Band::of_shifts(shared.area, &areas).within(UtmHectares(0.0), whole)
}

/// A square centimetre in hectares: the rounding of sums of large areas.
const ROUNDING: f64 = 1e-8;

/// The area that the subject shares with the object shifted by metres east and north. The smaller of the two moves.
pub fn shifted_area(subject: &Shape, object: &Shape, [east, north]: [f64; 2]) -> UtmHectares {
    if object.point_count() <= subject.point_count() {
        shared_area(subject, &object.shifted([east, north]))
    } else {
        shared_area(&subject.shifted([-east, -north]), object)
    }
}

/// Whether no edge of one border comes near the other land's box: no shift up to `reach` metres changes what they share.
fn clear(subject: &Shape, object: &Shape, reach: f64) -> bool {
    let far = |shape: &Shape, other: &Shape| {
        let frame = wider(&other.bounds, reach * GRID_PER_METRE);
        let mut near = false;
        shape.runs_where(
            |bounds| bounds.meets(&frame),
            |run| {
                let run = shape.runs[run];
                near |= (run.first..run.end).any(|edge| {
                    let (p, q) = shape.edge(edge);
                    crate::shape::Box2::of_edge(p, q).meets(&frame)
                });
            },
        );
        !near
    };
    far(subject, object) || far(object, subject)
}

const ROOT_OF_TWO_PI: f64 = 2.506_628_274_631_000_2;

/// The probability that land which lies `gap` away reaches the other after all, one straight border against another that is
/// known to `sigma`: 1 − Φ(gap/σ), and 0 or 1 beyond five deviations.
///
/// ```
/// # use territory::{Metres, reach_probability};
/// assert!((reach_probability(Metres(30.0), Metres(50.0)) - 0.274).abs() < 5e-4);
/// ```
pub fn reach_probability(Metres(gap): Metres, Metres(sigma): Metres) -> f64 {
    if sigma <= 0.0 {
        return if gap > 0.0 { 0.0 } else { 1.0 };
    }
    let x = gap / sigma;
    if x.abs() > 5.0 {
        return if x > 0.0 { 0.0 } else { 1.0 };
    }
    // Φ(x) = ½ + 1/√(2π)·Σ (−1)ⁿ x²ⁿ⁺¹ / (2ⁿ n! (2n + 1)), from sums and products alone
    let (mut power, mut sum) = (x, x);
    for n in 1..100 {
        let n = f64::from(n);
        power *= -x * x / (2.0 * n);
        sum += power / (2.0 * n + 1.0);
    }
    0.5 - sum / ROOT_OF_TWO_PI
}
