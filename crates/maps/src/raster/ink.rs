//! Colours on their way to pixels: premultiplied, one for each step of coverage.

use super::mask::LEVELS;
use crate::{Colour, Paint};

/// Red, green, blue and opacity from the lowest byte up; the colours are multiplied by the opacity.
pub type Pixel = u32;

const PAIR: u32 = 0x00ff_00ff;

/// What a paint leaves on a pixel for each step of coverage.
#[derive(Clone, Copy)]
pub struct Ink([Pixel; LEVELS as usize + 1]);

impl Ink {
    /// The steps of a paint.
    pub fn of(paint: Paint) -> Self {
        let mut steps = [0; LEVELS as usize + 1];
        for (level, step) in (0_u8..).zip(&mut steps) {
            let opacity = paint.opacity.clamp(0.0, 1.0) * f64::from(level) / f64::from(LEVELS);
            *step = premultiplied(paint.colour, opacity);
        }
        Self(steps)
    }

    /// At a coverage.
    pub fn at(&self, level: u8) -> Pixel {
        self.0[usize::from(level)]
    }
}

/// A colour of some opacity as a pixel.
pub fn premultiplied(colour: Colour, opacity: f64) -> Pixel {
    let part = |value: u8| byte(f64::from(value) * opacity);
    u32::from_le_bytes([
        part(colour.red),
        part(colour.green),
        part(colour.blue),
        byte(255.0 * opacity),
    ])
}

/// A colour that hides what is below.
pub fn opaque(colour: Colour) -> Pixel {
    u32::from_le_bytes([colour.red, colour.green, colour.blue, 255])
}

/// The colour of a pixel as files hold it, not multiplied.
pub fn plain(pixel: Pixel) -> [u8; 4] {
    let [red, green, blue, opacity] = pixel.to_le_bytes();
    if opacity == 255 || opacity == 0 {
        return [red, green, blue, opacity];
    }
    let whole = u32::from(opacity);
    let part = |value: u8| u8::try_from((u32::from(value) * 255 + whole / 2) / whole).unwrap_or(255);
    [part(red), part(green), part(blue), opacity]
}

/// A pixel over another.
#[inline]
pub fn over(below: Pixel, above: Pixel) -> Pixel {
    let left = 255 - (above >> 24);
    // two parts at a time, divided by 255 and rounded
    let scaled = |pair: u32| {
        let product = pair * left + 0x0080_0080;
        ((product + (product >> 8 & PAIR)) >> 8) & PAIR
    };
    above + scaled(below & PAIR) + (scaled(below >> 8 & PAIR) << 8)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 255"
)]
fn byte(value: f64) -> u8 {
    (value + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_over_another_is_the_rounded_sum() {
        for opacity in 0..=255_u32 {
            for below in [0_u32, 1, 77, 128, 254, 255] {
                let (above, below_all) = (opacity << 24 | opacity, 255 << 24 | below);
                let wanted = f64::from(opacity) + f64::from(below) * f64::from(255 - opacity) / 255.0;
                let [red, _, _, whole] = over(below_all, above).to_le_bytes();
                assert!(
                    (f64::from(red) - wanted).abs() <= 0.5 + 1e-9 && whole == 255,
                    "{opacity} {below}"
                );
            }
        }
    }

    #[test]
    fn colours_come_back_from_pixels() {
        let colour = Colour::new(28, 86, 176);
        assert_eq!(plain(premultiplied(colour, 1.0)), [28, 86, 176, 255]);
        let [red, green, blue, opacity] = plain(premultiplied(colour, 0.5));
        assert_eq!(opacity, 128);
        assert!(red.abs_diff(28) <= 1 && green.abs_diff(86) <= 1 && blue.abs_diff(176) <= 1);
        assert_eq!(plain(0), [0; 4]);
    }
}
