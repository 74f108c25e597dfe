//! Colours, how they are seen, and how far they are from one another.

use serde::{Deserialize, Deserializer};
use std::fmt;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);
    /// The ink of text and frames.
    pub const INK: Self = Self::new(27, 31, 36);
    /// Grid lines and notes.
    pub const GREY: Self = Self::new(77, 86, 97);

    /// From its three parts.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Parses `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text
            .strip_prefix('#')
            .filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self::new(part(0)?, part(2)?, part(4)?))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        let wrong = || serde::de::Error::custom(format!("«{text}» is no colour; write it as #rrggbb"));
        Self::parse(&text).ok_or_else(wrong)
    }
}

/// How an eye without red cones (`protan`), green cones (`deutan`), blue cones (`tritan`), or a grey print (`grey`) sees a colour;
/// any other word gives the colour itself. Linear-light matrices of Viénot, Brettel and Mollon (1999), for blue cones a projection
/// of the same kind.
pub fn seen_by(eye: &str, colour: Colour) -> Colour {
    let [red, green, blue] = linear(colour);
    let seen = match eye {
        "protan" => {
            let common = 0.112_38 * red + 0.887_62 * green;
            [common, common, 0.004_01 * red - 0.004_01 * green + blue]
        }
        "deutan" => {
            let common = 0.292_75 * red + 0.707_25 * green;
            [common, common, -0.022_34 * red + 0.022_34 * green + blue]
        }
        "tritan" => {
            let common = 0.7 * green + 0.3 * blue;
            [red + 0.1 * (green - blue), common, common]
        }
        "grey" => [luminance(colour); 3],
        _ => return colour,
    };
    let [red, green, blue] = seen.map(display);
    Colour::new(red, green, blue)
}

/// How far two colours are: CIE 1976 ΔE; about 2.3 is just seen, 20 is seen at once.
pub fn difference(one: Colour, other: Colour) -> f64 {
    let (one, other) = (lab(one), lab(other));
    let squares = (0..3).map(|part| (one[part] - other[part]) * (one[part] - other[part]));
    squares.sum::<f64>().sqrt()
}

fn linear(colour: Colour) -> [f64; 3] {
    [colour.red, colour.green, colour.blue].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    })
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 0..=255"
)]
fn display(part: f64) -> u8 {
    let part = part.clamp(0.0, 1.0);
    let shown = if part <= 0.003_130_8 {
        part * 12.92
    } else {
        1.055 * part.powf(1.0 / 2.4) - 0.055
    };
    (shown * 255.0).round() as u8
}

fn luminance(colour: Colour) -> f64 {
    let [red, green, blue] = linear(colour);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn lab(colour: Colour) -> [f64; 3] {
    let [red, green, blue] = linear(colour);
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83;
    let [x, y, z] = [x, luminance(colour), z].map(|part| {
        if part > 0.008_856 {
            part.cbrt()
        } else {
            7.787 * part + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_and_written_the_same() {
        assert_eq!(
            Colour::parse("#1c56b0").map(|colour| colour.to_string()).as_deref(),
            Some("#1c56b0")
        );
        assert_eq!(Colour::parse("1c56b0"), None);
        assert_eq!(Colour::parse("#1c56bé"), None);
    }

    #[test]
    fn black_and_white_are_a_hundred_apart_and_red_and_green_draw_near_without_green_cones() {
        assert!((difference(Colour::new(0, 0, 0), Colour::WHITE) - 100.0).abs() < 0.1);
        let (red, green) = (Colour::new(200, 60, 60), Colour::new(90, 120, 50));
        let seen = difference(seen_by("deutan", red), seen_by("deutan", green));
        assert!(
            seen < difference(red, green) / 2.0,
            "{seen} of {}",
            difference(red, green)
        );
        assert_eq!(seen_by("deutan", Colour::WHITE), Colour::WHITE);
    }
}
