//! Round numbers along an axis.

/// An axis and the numbers on it.
pub struct Axis {
    /// The lower end.
    pub from: f64,
    /// The upper end.
    pub to: f64,
    step: f64,
}

impl Axis {
    /// From 0 to a length, which need not be round.
    pub fn whole(length: f64) -> Self {
        Self {
            from: 0.0,
            to: length,
            step: round_step(length / 12.0),
        }
    }

    /// Round ends about two numbers.
    pub fn about(low: f64, high: f64) -> Self {
        let step = round_step(((high - low) / 8.0).max(1.0));
        let (from, to) = ((low / step).floor() * step, (high / step).ceil() * step);
        // level water stands on something too
        let from = if low - from < step * 0.1 { from - step } else { from };
        Self {
            from,
            to: if to - high < step * 0.1 { to + step } else { to },
            step,
        }
    }

    /// Which part of the way a number lies.
    pub fn part(&self, value: f64) -> f64 {
        (value - self.from) / (self.to - self.from)
    }

    /// The round numbers on it.
    pub fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (step, to) = (self.step, self.to + self.step * 1e-9);
        let first = (self.from / step).ceil();
        (0..40_u32)
            .map(move |at| (first + f64::from(at)) * step)
            .take_while(move |value| *value <= to)
    }
}

/// The least of 1, 2 and 5 with zeros that is no less.
fn round_step(least: f64) -> f64 {
    let mut unit = 0.001;
    while unit < 1e9 {
        for times in [1.0, 2.0, 5.0] {
            if unit * times >= least {
                return unit * times;
            }
        }
        unit *= 10.0;
    }
    unit
}

/// A number without zeros at its end.
pub fn short(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number of metres with its thousands apart.
pub fn grouped(metres: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "metres above or below the sea; `as` saturates"
    )]
    let said = crate::error::grouped(metres.abs().round() as u32);
    if metres <= -0.5 { format!("−{said}") } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_the_heights() {
        let axis = Axis::about(3612.0, 4718.0);
        assert!(axis.from <= 3612.0 && axis.to >= 4718.0);
        let ticks: Vec<f64> = axis.ticks().collect();
        assert_eq!(ticks, [3400.0, 3600.0, 3800.0, 4000.0, 4200.0, 4400.0, 4600.0, 4800.0]);
        let level = Axis::about(3810.0, 3810.0);
        assert!(level.part(3810.0) > 0.0 && level.part(3810.0) < 1.0);
    }

    #[test]
    fn kilometres_begin_at_zero_and_end_with_the_water() {
        let axis = Axis::whole(8_450.0);
        let ticks: Vec<String> = axis.ticks().map(|metres| short(metres / 1000.0)).collect();
        assert_eq!(ticks, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
        assert_eq!(
            (grouped(4718.4), grouped(-12.0)),
            ("4\u{a0}718".to_owned(), "−12".to_owned())
        );
    }
}
