//! Hatches by their phase: how much of a pixel the nearest line or dot covers depends on where in the repeat the pixel lies alone.

use super::{
    ink::{Ink, Pixel, over},
    mask::LEVELS,
};
use crate::symbology::{Hatch, HatchKind};
use crate::{Fill, Paint, hatch::shift_of};
use geo_types::Coord;

/// Phases that are told apart; a repeat of 8 pixels is known to a thirtieth of one.
const PHASES: usize = 256;
const ALL: usize = LEVELS as usize + 1;

/// A hatch over a paint, wherever it begins.
pub struct Cloth {
    hatch: Hatch,
    paint: Option<Paint>,
    scale: f64,
    /// Coverage of a pixel by a line, by its phase.
    line: [u8; PHASES],
    /// The pixel for each coverage of the area and of the hatch within it.
    steps: [[Pixel; ALL]; ALL],
}

impl Cloth {
    /// That of a fill, with so many pixels a millimetre.
    pub fn of(fill: &Fill, scale: f64) -> Self {
        let Fill { hatch, paint, .. } = fill;
        let (sin, cos) = hatch.angle.to_radians().sin_cos();
        Self {
            line: profile(hatch.width * scale, hatch.spacing * scale, [sin.abs(), cos.abs()]),
            steps: steps(*paint, hatch),
            hatch: hatch.clone(),
            paint: *paint,
            scale,
        }
    }

    /// Whether it is that of a fill.
    pub fn is_of(&self, fill: &Fill, scale: f64) -> bool {
        self.hatch == fill.hatch && self.paint == fill.paint && self.scale.total_cmp(&scale).is_eq()
    }
}

/// A hatch over a fill, ready for the pixels of one area.
pub struct Weave<'a> {
    cloth: &'a Cloth,
    /// Repeats for one pixel to the right and one down, across the lines; along them it is the other and the first less.
    across: [f64; 2],
    /// Repeats at the centre of the first pixel, across the lines and along them.
    first: [f64; 2],
    /// Pixels of a repeat, and of a dot's radius.
    repeat: f64,
    radius: f64,
}

impl<'a> Weave<'a> {
    /// A fill with its hatch, with so many pixels a millimetre.
    pub fn of(fill: &Fill, scale: f64, cloth: &'a Cloth) -> Self {
        let hatch = &fill.hatch;
        let (sin, cos) = hatch.angle.to_radians().sin_cos();
        let repeat = hatch.spacing * scale;
        let start = Coord {
            x: 0.5 / scale - fill.origin.x,
            y: 0.5 / scale - fill.origin.y,
        };
        let shift = shift_of(hatch, fill.turn);
        let (normal, along) = (start.y * cos + start.x * sin, start.x * cos - start.y * sin);
        let along_shift = if hatch.kind == HatchKind::Cross { shift } else { 0.0 };
        Self {
            cloth,
            across: [sin / repeat, cos / repeat],
            first: [(normal - shift) / hatch.spacing, (along - along_shift) / hatch.spacing],
            repeat,
            radius: hatch.width * scale / 2.0,
        }
    }

    /// Lays it over a row of pixels that begins at a place and is covered so much.
    pub fn lay(&self, (x, y): (usize, usize), pixels: &mut [Pixel], level: u8) {
        let steps = &self.cloth.steps[usize::from(level)];
        let [right, down] = self.across;
        let normal = self.first[0] + x as f64 * right + y as f64 * down;
        let along = self.first[1] + x as f64 * down - y as f64 * right;
        let (mut one, mut other) = (phase(normal), phase(along));
        let (one_step, other_step) = (phase(right), phase(down));
        match self.cloth.hatch.kind {
            HatchKind::Lines => {
                for pixel in pixels {
                    *pixel = over(*pixel, steps[usize::from(self.at(one))]);
                    one = one.wrapping_add(one_step);
                }
            }
            HatchKind::Cross => {
                for pixel in pixels {
                    let free = u32::from(LEVELS - self.at(one)) * u32::from(LEVELS - self.at(other));
                    let level = u32::from(LEVELS) - (free + u32::from(LEVELS) / 2) / u32::from(LEVELS);
                    *pixel = over(*pixel, steps[level as usize]);
                    (one, other) = (one.wrapping_add(one_step), other.wrapping_add(other_step));
                }
            }
            HatchKind::Dots => {
                for (at, pixel) in pixels.iter_mut().enumerate() {
                    let level = self.dot(normal + at as f64 * right, along + at as f64 * down);
                    *pixel = over(*pixel, steps[usize::from(level)]);
                }
            }
        }
    }

    fn at(&self, phase: u32) -> u8 {
        self.cloth.line[(phase >> 24) as usize]
    }

    /// Coverage by the nearest dot; every second row of dots is moved by half a repeat.
    fn dot(&self, normal: f64, along: f64) -> u8 {
        let row = normal.round();
        let moved = along - if row.rem_euclid(2.0) == 0.0 { 0.0 } else { 0.5 };
        let away = (moved - moved.round()).hypot(normal - row) * self.repeat;
        level((self.radius + 0.5 - away).clamp(0.0, (2.0 * self.radius).min(1.0)))
    }
}

/// Coverage of a pixel by lines so wide and so far apart, by its phase; `normal` are the parts of the lines' normal.
fn profile(width: f64, repeat: f64, [one, other]: [f64; 2]) -> [u8; PHASES] {
    let mut levels = [0; PHASES];
    for (at, out) in levels.iter_mut().enumerate() {
        let away = (at as f64 + 0.5) / PHASES as f64 * repeat;
        // the line before, that of the next repeat, and one more on each side for wide lines
        let covered: f64 = [-1.0, 0.0, 1.0, 2.0]
            .iter()
            .map(|line| {
                let off = away - line * repeat;
                passed(off + width / 2.0, one, other) - passed(off - width / 2.0, one, other)
            })
            .sum();
        *out = level(covered.min(1.0));
    }
    levels
}

/// The part of a pixel that lies on the near side of a line at a signed distance from its centre.
fn passed(distance: f64, one: f64, other: f64) -> f64 {
    let (wide, narrow) = (one.max(other) / 2.0, one.min(other) / 2.0);
    if narrow < 1e-6 {
        return ((distance + wide) / (2.0 * wide)).clamp(0.0, 1.0);
    }
    let ramp = |at: f64| at.max(0.0) * at.max(0.0) / 2.0;
    let corners = ramp(distance + wide + narrow) - ramp(distance + wide - narrow) - ramp(distance - wide + narrow)
        + ramp(distance - wide - narrow);
    corners / (4.0 * wide * narrow)
}

fn steps(paint: Option<Paint>, hatch: &Hatch) -> [[Pixel; ALL]; ALL] {
    let below = paint.map(Ink::of);
    let mut out = [[0; ALL]; ALL];
    for (area, row) in (0_u8..).zip(&mut out) {
        for (line, pixel) in (0_u8..).zip(row) {
            let opacity = f64::from(area) * f64::from(line) / (f64::from(LEVELS) * f64::from(LEVELS));
            let above = super::ink::premultiplied(hatch.colour, opacity);
            *pixel = over(below.map_or(0, |ink| ink.at(area)), above);
        }
    }
    out
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a part of one on so many levels"
)]
fn level(covered: f64) -> u8 {
    (covered * f64::from(LEVELS) + 0.5) as u8
}

/// Where in a repeat, of 2³²; whole repeats fall away.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only the place in the repeat is wanted"
)]
fn phase(repeats: f64) -> u32 {
    const WHOLE: f64 = 4_294_967_296.0;
    ((repeats - repeats.floor()) * WHOLE) as u64 as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cover_their_share_of_the_land_at_any_angle() {
        for (width, repeat) in [(1.14_f64, 7.5), (0.5, 4.0), (2.0, 5.3)] {
            for angle in [0.0_f64, 17.0, 45.0, 90.0] {
                let (sin, cos) = angle.to_radians().sin_cos();
                let levels = profile(width, repeat, [sin.abs(), cos.abs()]);
                let mean =
                    levels.iter().map(|level| f64::from(*level)).sum::<f64>() / f64::from(LEVELS) / PHASES as f64;
                assert!((mean - width / repeat).abs() < 0.01, "{width} {repeat} {angle}: {mean}");
            }
        }
    }
}
