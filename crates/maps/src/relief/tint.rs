//! The colours of heights: a few tints in steps of a round number of metres, darkened and lightened by the shade.

use super::shade::{FLAT, TONES};
use crate::{Colour, MapError};
use serde::Deserialize;

/// The colours of relief, read from settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReliefLook {
    /// From the lowest land to the highest; 2 to 8.
    pub tints: Vec<Colour>,
    /// What shade turns to.
    pub shadow: Colour,
    /// What light turns to.
    pub light: Colour,
    /// Percent of the way to them at the darkest and at the brightest.
    pub strength: [u8; 2],
    /// Land that nobody measured.
    pub missing: Colour,
}

/// A tint and the height from which it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TintStep {
    /// Metres above the sea.
    pub from_m: i32,
    /// The colour on level ground.
    pub colour: Colour,
}

impl ReliefLook {
    /// Checks what was read.
    pub(crate) fn check(&self) -> Result<(), MapError> {
        let wrong = |what: &str| Err(MapError::Symbology(format!("relief.{what}")));
        if !(2..=8).contains(&self.tints.len()) {
            return wrong("tints: between 2 and 8 colours");
        }
        if self.strength.iter().any(|part| *part > 100) {
            return wrong("strength: percent, up to 100");
        }
        Ok(())
    }
}

/// The tints of a range of heights.
pub struct Tints {
    /// Millimetres from step to step, and the lower end of the first.
    step: i64,
    first: i64,
    /// For each step the colours of all tones.
    table: Vec<Vec<Colour>>,
}

impl Tints {
    /// The least round step for which the tints do.
    pub fn of(look: &ReliefLook, (low, high): (i32, i32)) -> Self {
        let (low, high) = (i64::from(low), i64::from(high));
        let room = i64::try_from(look.tints.len()).unwrap_or(8);
        let steps_of = |step: i64| high.div_euclid(step) - low.div_euclid(step) + 1;
        let mut unit = 1_000;
        let step = loop {
            let fits = [1, 2, 5]
                .map(|times| times * unit)
                .into_iter()
                .find(|step| steps_of(*step) <= room);
            if let Some(step) = fits {
                break step;
            }
            unit *= 10;
        };
        let count = usize::try_from(steps_of(step)).unwrap_or(1);
        let tables = (0..count).map(|at| tones(look, spread(&look.tints, at, count)));
        Self {
            step,
            first: low.div_euclid(step) * step,
            table: tables.collect(),
        }
    }

    /// The colour of a height under a tone.
    pub fn colour(&self, height: i32, tone: u8) -> Colour {
        let at = (i64::from(height) - self.first).div_euclid(self.step);
        let at = usize::try_from(at).unwrap_or(0).min(self.table.len() - 1);
        self.table[at][usize::from(tone.min(TONES))]
    }

    /// The steps, the lowest first.
    pub fn steps(&self) -> Vec<TintStep> {
        let all = (0..).zip(&self.table);
        all.map(|(at, tones): (i64, _)| TintStep {
            from_m: i32::try_from((self.first + at * self.step) / 1000).unwrap_or(0),
            colour: tones[usize::from(FLAT)],
        })
        .collect()
    }
}

/// The colour of a step of so many, spread over all tints.
fn spread(tints: &[Colour], at: usize, count: usize) -> Colour {
    if count < 2 {
        return tints[0];
    }
    let place = at * (tints.len() - 1) * 256 / (count - 1);
    let (from, part) = (place / 256, place % 256);
    mixed(tints[from], tints[(from + 1).min(tints.len() - 1)], part, 256)
}

/// A tint in all tones.
fn tones(look: &ReliefLook, tint: Colour) -> Vec<Colour> {
    let [dark, bright] = look.strength.map(usize::from);
    let (flat, most) = (usize::from(FLAT), usize::from(TONES));
    let tone = |at: usize| {
        if at < flat {
            mixed(tint, look.shadow, (flat - at) * dark, flat * 100)
        } else {
            mixed(tint, look.light, (at - flat) * bright, (most - flat) * 100)
        }
    };
    (0..=most).map(tone).collect()
}

/// So many parts of the way from a colour to another.
fn mixed(from: Colour, to: Colour, part: usize, whole: usize) -> Colour {
    let mix = |from: u8, to: u8| {
        let sum = usize::from(from) * (whole - part) + usize::from(to) * part;
        u8::try_from((sum + whole / 2) / whole).unwrap_or(255)
    };
    Colour::new(
        mix(from.red, to.red),
        mix(from.green, to.green),
        mix(from.blue, to.blue),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look() -> ReliefLook {
        let tints = [0, 80, 160, 240].map(|part| Colour::new(part, 128, 255 - part));
        ReliefLook {
            tints: tints.to_vec(),
            shadow: Colour::new(0, 0, 0),
            light: Colour::WHITE,
            strength: [80, 60],
            missing: Colour::GREY,
        }
    }

    #[test]
    fn steps_are_round_and_no_more_than_the_tints() {
        let tints = Tints::of(&look(), (3_612_400, 4_718_000));
        let from: Vec<i32> = tints.steps().iter().map(|step| step.from_m).collect();
        assert_eq!(from, [3500, 4000, 4500]);
        assert_eq!(tints.colour(3_999_999, FLAT), look().tints[0]);
        assert_eq!(tints.colour(4_500_000, FLAT), look().tints[3]);
        let below = Tints::of(&look(), (-2_500, 900));
        assert_eq!(
            below.steps().iter().map(|step| step.from_m).collect::<Vec<_>>(),
            [-3, -2, -1, 0]
        );
        assert_eq!(Tints::of(&look(), (7, 7)).steps().len(), 1);
    }

    #[test]
    fn shade_darkens_and_light_brightens() {
        let tints = Tints::of(&look(), (0, 10));
        let sum = |tone: u8| {
            let colour = tints.colour(5, tone);
            u32::from(colour.red) + u32::from(colour.green) + u32::from(colour.blue)
        };
        assert!((0..TONES).all(|tone| sum(tone) <= sum(tone + 1)) && sum(0) < sum(FLAT) && sum(FLAT) < sum(TONES));
    }
}
