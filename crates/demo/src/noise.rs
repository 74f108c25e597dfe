//! Smooth noise over the plane: the grain of relief, of soils, of where people drew a line.

use crate::rng::{mix, unit};

/// Noise that depends on its seed alone.
#[derive(Clone, Copy, Debug)]
pub struct Noise(pub u64);

impl Noise {
    fn corner(self, column: i64, row: i64) -> f64 {
        let key = self.0
            ^ mix(column.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15))
            ^ mix(row.cast_unsigned() << 20 | 0x5bd1);
        2.0 * unit(mix(key.wrapping_add(0x1234_5678_9abc_def1))) - 1.0
    }

    /// Value noise in `[-1, 1]` with a wavelength of about 1 in the units of `x` and `y`.
    pub fn value(self, x: f64, y: f64) -> f64 {
        let (west, south) = (x.floor(), y.floor());
        #[expect(clippy::cast_possible_truncation, reason = "the territory is some kilometres wide")]
        let (column, row) = (west as i64, south as i64);
        let ease = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
        let (u, v) = (ease(x - west), ease(y - south));
        let low = self.corner(column, row) * (1.0 - u) + self.corner(column + 1, row) * u;
        let high = self.corner(column, row + 1) * (1.0 - u) + self.corner(column + 1, row + 1) * u;
        low * (1.0 - v) + high * v
    }

    /// Five octaves of value noise, about `[-1, 1]`.
    pub fn fractal(self, x: f64, y: f64) -> f64 {
        let (mut sum, mut amplitude, mut scale) = (0.0, 0.5, 1.0);
        for octave in 0..5_u64 {
            sum += amplitude * Self(self.0.wrapping_add(octave * 7919)).value(x * scale, y * scale);
            amplitude *= 0.5;
            scale *= 2.03;
        }
        sum
    }

    /// The place `(x, y)` pushed about by noise: up to some `reach` away, at wavelength `wave`.
    pub fn warped(self, x: f64, y: f64, wave: f64, reach: f64) -> (f64, f64) {
        let push = |seed: u64| Self(self.0 ^ seed).fractal(x / wave, y / wave) * reach;
        (x + push(0xa11c_e000), y + push(0x0b0b_0000))
    }
}

/// 0 below `low`, 1 above `high`, smooth between.
pub fn smoothstep(low: f64, high: f64, x: f64) -> f64 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
