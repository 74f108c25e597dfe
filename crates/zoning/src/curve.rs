//! Value functions in single precision, a block of cells at a time.
//!
//! Plain loops over arrays of fixed length, which become vector instructions; NaN goes in and comes out as NaN.

use crate::value::{Bend, Slope, ValueFunction};

/// Cells of a block: eight criteria of it fit the first-level cache.
pub(crate) const BLOCK: usize = 512;

/// A value for each cell of a block.
pub(crate) type Cells = [f32; BLOCK];

/// The largest code of a table that is looked up by its place.
const DENSE: u32 = 4095;

/// A value function made ready.
#[derive(Clone, Debug)]
pub(crate) enum Curve {
    Bent { bend: Bend, rise: Ramp, fall: Ramp },
    Decay { per_unit: f32, reach: f32 },
    Dense { values: Vec<f32>, otherwise: f32 },
    Sparse { values: Vec<(f32, f32)>, otherwise: f32 },
}

/// The distance from `top`, as a multiple of the ramp's length; a ramp that is not there has 0.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ramp {
    top: f32,
    per_unit: f32,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is what the engine computes in"
)]
fn single(value: f64) -> f32 {
    value as f32
}

impl Ramp {
    const NONE: Self = Self {
        top: 0.0,
        per_unit: 0.0,
    };

    fn new(top: f64, foot: f64) -> Self {
        Self {
            top: single(top),
            per_unit: single(1.0 / (foot - top)),
        }
    }
}

impl Curve {
    pub(crate) fn new(function: &ValueFunction) -> Self {
        match function {
            ValueFunction::Curve { bend, slope } => {
                let (rise, fall) = match *slope {
                    Slope::Rising([foot, top]) => (Ramp::new(top, foot), Ramp::NONE),
                    Slope::Falling([top, foot]) => (Ramp::NONE, Ramp::new(top, foot)),
                    Slope::Both([a, b, c, d]) => (Ramp::new(b, a), Ramp::new(c, d)),
                };
                Self::Bent {
                    bend: *bend,
                    rise,
                    fall,
                }
            }
            ValueFunction::Decay { half, reach } => Self::Decay {
                per_unit: single(1.0 / half),
                reach: reach.map_or(f32::INFINITY, single),
            },
            ValueFunction::Table { values, otherwise } => Self::table(values, otherwise.map_or(f32::NAN, single)),
        }
    }

    fn table(values: &[(u32, f64)], otherwise: f32) -> Self {
        let last = values.last().map_or(0, |(code, _)| *code);
        if last > DENSE {
            let values = values
                .iter()
                .map(|(code, value)| (single(f64::from(*code)), single(*value)));
            return Self::Sparse {
                values: values.collect(),
                otherwise,
            };
        }
        let mut dense = vec![otherwise; last as usize + 1];
        for (code, value) in values {
            dense[*code as usize] = single(*value);
        }
        Self::Dense {
            values: dense,
            otherwise,
        }
    }

    /// Measurements become values, in place.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
    pub(crate) fn apply(&self, cells: &mut Cells) {
        match self {
            Self::Bent { bend, rise, fall } => {
                for cell in cells.iter_mut() {
                    *cell = floor_at_zero((*cell - rise.top) * rise.per_unit)
                        + floor_at_zero((*cell - fall.top) * fall.per_unit);
                }
                bend_all(*bend, cells);
            }
            Self::Decay { per_unit, reach } => {
                for cell in cells.iter_mut() {
                    let left = halved(floor_at_zero(*cell) * per_unit);
                    *cell = if *cell > *reach { left * 0.0 } else { left };
                }
            }
            Self::Dense { values, otherwise } => {
                for cell in cells.iter_mut() {
                    *cell = dense(values, *otherwise, *cell);
                }
            }
            Self::Sparse { values, otherwise } => {
                for cell in cells.iter_mut() {
                    *cell = sparse(values, *otherwise, *cell);
                }
            }
        }
    }
}

/// Negative numbers become 0; NaN stays.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn floor_at_zero(value: f32) -> f32 {
    if value < 0.0 { 0.0 } else { value }
}

/// What is left of 1 after distances from the plateau.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn bend_all(bend: Bend, cells: &mut Cells) {
    match bend {
        Bend::Linear => {
            for cell in cells.iter_mut() {
                *cell = 1.0 - if *cell > 1.0 { 1.0 } else { *cell };
            }
        }
        Bend::Sigmoid => {
            for cell in cells.iter_mut() {
                *cell = quarter_sine_squared(1.0 - if *cell > 1.0 { 1.0 } else { *cell });
            }
        }
        Bend::J => {
            for cell in cells.iter_mut() {
                *cell = 1.0 / (1.0 + *cell * *cell);
            }
        }
    }
}

/// sin²(πt/2) for t of 0 to 1, by the series of the sine to the thirteenth power: the rest is below 10⁻⁹, and 0 gives 0.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn quarter_sine_squared(t: f32) -> f32 {
    let angle = t * std::f32::consts::FRAC_PI_2;
    let square = angle * angle;
    let mut sum = 1.0 / 6_227_020_800.0;
    let terms = [
        -1.0 / 39_916_800.0,
        1.0 / 362_880.0,
        -1.0 / 5040.0,
        1.0 / 120.0,
        -1.0 / 6.0,
        1.0,
    ];
    for term in terms {
        sum = sum * square + term;
    }
    let sine = sum * angle;
    sine * sine
}

/// 2⁻ᵘ for u ≥ 0: the whole part by the exponent, the rest by the series of exp about ½ to the seventh power.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the whole part of a number of 0 to 126"
)]
fn halved(u: f32) -> f32 {
    let held = if u > 126.0 { 126.0 } else { u };
    let whole = held as i32;
    let x = (0.5 - (held - whole as f32)) * std::f32::consts::LN_2;
    let mut sum = 1.0 / 5040.0;
    for term in [1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0] {
        sum = sum * x + term;
    }
    sum * std::f32::consts::FRAC_1_SQRT_2 * f32::from_bits(((127 - whole) as u32) << 23)
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "a code is a whole number, exactly; casts saturate"
)]
fn dense(values: &[f32], otherwise: f32, code: f32) -> f32 {
    if !code.is_finite() {
        return f32::NAN;
    }
    let place = code as usize;
    if place as f32 == code && place < values.len() {
        values[place]
    } else {
        otherwise
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn sparse(values: &[(f32, f32)], otherwise: f32, code: f32) -> f32 {
    if !code.is_finite() {
        return f32::NAN;
    }
    let found = values.binary_search_by(|(other, _)| other.total_cmp(&code));
    found.map_or(otherwise, |place| values[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn functions() -> Vec<ValueFunction> {
        let slopes = [
            Slope::Rising([2500.0, 3800.0]),
            Slope::Falling([-5.0, 45.0]),
            Slope::Both([100.0, 900.0, 2500.0, 4800.0]),
        ];
        let bends = [Bend::Linear, Bend::Sigmoid, Bend::J];
        let curves = bends
            .into_iter()
            .flat_map(|bend| slopes.map(|slope| ValueFunction::Curve { bend, slope }));
        let table = |last: u32| ValueFunction::Table {
            values: vec![(0, 0.0), (3, 0.25), (last, 1.0)],
            otherwise: Some(0.5),
        };
        let decays = [None, Some(4000.0)].map(|reach| ValueFunction::Decay { half: 350.0, reach });
        curves.chain(decays).chain([table(40), table(90_000)]).collect()
    }

    fn single_value(function: &ValueFunction, x: f32) -> f32 {
        let mut cells = [x; BLOCK];
        Curve::new(function).apply(&mut cells);
        cells[BLOCK - 1]
    }

    proptest! {
        #[test]
        fn single_precision_is_double_precision_to_a_millionth(x in -6000.0_f32..100_000.0) {
            for function in functions() {
                for x in [x, x.trunc(), x / 20.0] {
                    let wanted = function.at(f64::from(x)).unwrap();
                    let found = f64::from(single_value(&function, x));
                    prop_assert!((found - wanted).abs() < 1e-6, "{function:?} at {x}: {found} for {wanted}");
                    prop_assert!((0.0..=1.000_001).contains(&found));
                }
            }
        }
    }

    #[test]
    fn what_is_no_number_stays_without_a_value() {
        for function in functions() {
            assert!(single_value(&function, f32::NAN).is_nan(), "{function:?}");
            assert_eq!(function.at(f64::NAN), None);
        }
        let closed = ValueFunction::Table {
            values: vec![(1, 1.0)],
            otherwise: None,
        };
        assert!(single_value(&closed, 2.0).is_nan());
        assert!(single_value(&closed, 1.5).is_nan());
    }

    #[test]
    fn breakpoints_have_their_values() {
        let curve = |bend| ValueFunction::Curve {
            bend,
            slope: Slope::Both([1.0, 2.0, 4.0, 8.0]),
        };
        for (x, linear, j) in [
            (1.0, 0.0, 0.5),
            (2.0, 1.0, 1.0),
            (3.0, 1.0, 1.0),
            (4.0, 1.0, 1.0),
            (8.0, 0.0, 0.5),
        ] {
            assert_eq!(curve(Bend::Linear).at(x), Some(linear));
            assert_eq!(curve(Bend::J).at(x), Some(j));
        }
        assert!((curve(Bend::Sigmoid).at(1.5).unwrap() - 0.5).abs() < 1e-12);
    }
}
