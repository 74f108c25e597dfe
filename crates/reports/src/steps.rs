//! Land that grows with the years, drawn as steps: years stand as far apart as they are, and the axis begins at nothing.

use crate::number;
use std::fmt::Write as _;

const WIDTH: f64 = 170.0;
const HEIGHT: f64 = 62.0;
const LEFT: f64 = 22.0;
const BOTTOM: f64 = 10.0;
const TOP: f64 = 4.0;

/// Hectares by year, cumulated, oldest first; what has no year stands first and lies under all the others.
pub(crate) struct Steps {
    dated: Vec<(f64, f64)>,
    undated: f64,
}

impl Steps {
    /// The steps; none for fewer than two dated years, which make no figure.
    pub(crate) fn of(years: impl Iterator<Item = (Option<i16>, f64)>) -> Option<Self> {
        let mut steps = Self {
            dated: Vec::new(),
            undated: 0.0,
        };
        for (year, ha) in years {
            match year {
                Some(year) => steps.dated.push((f64::from(year), ha)),
                None => steps.undated = ha,
            }
        }
        (steps.dated.len() > 1 && steps.last().1 > 0.0).then_some(steps)
    }

    /// The first year and what there was then.
    pub(crate) fn first(&self) -> (f64, f64) {
        self.dated.first().copied().unwrap_or_default()
    }

    /// The last year and what there was then.
    pub(crate) fn last(&self) -> (f64, f64) {
        self.dated.last().copied().unwrap_or_default()
    }

    /// The figure; `axis` says what its height is.
    pub(crate) fn svg(&self, axis: &str) -> String {
        let scale = Scale {
            years: (self.first().0, self.last().0 + 1.0),
            top: nice(self.last().1),
        };
        draw(&scale, &self.dated, self.undated, axis)
    }
}

/// Years and hectares to millimetres.
struct Scale {
    years: (f64, f64),
    top: f64,
}

impl Scale {
    fn x(&self, year: f64) -> f64 {
        LEFT + (year - self.years.0) / (self.years.1 - self.years.0) * (WIDTH - LEFT - 4.0)
    }

    fn y(&self, ha: f64) -> f64 {
        HEIGHT - BOTTOM - ha / self.top * (HEIGHT - BOTTOM - TOP)
    }
}

/// The next 1, 2, 2.5 or 5 times a power of ten that is not below.
fn nice(value: f64) -> f64 {
    let mut power = 1.0;
    while power * 10.0 <= value {
        power *= 10.0;
    }
    let steps = [1.0, 2.0, 2.5, 5.0, 10.0];
    steps
        .into_iter()
        .map(|step| step * power)
        .find(|step| *step >= value)
        .unwrap_or(value)
}

fn draw(scale: &Scale, dated: &[(f64, f64)], undated: f64, axis: &str) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}mm\" height=\"{HEIGHT}mm\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"IBM Plex Sans, sans-serif\" font-size=\"2.8\" fill=\"#3a3f44\">"
    );
    let mut put = |element: String| svg.push_str(&element);
    for quarter in 0..=4 {
        let ha = scale.top * f64::from(quarter) / 4.0;
        let y = scale.y(ha);
        put(format!(
            "<path d=\"M{LEFT} {y:.2}H{:.2}\" stroke=\"#d5d8db\" stroke-width=\"0.15\"/>",
            WIDTH - 4.0
        ));
        put(format!(
            "<text x=\"{:.2}\" y=\"{:.2}\" text-anchor=\"end\">{}</text>",
            LEFT - 1.5,
            y + 1.0,
            number::fixed(ha, 0)
        ));
    }
    put(format!(
        "<text x=\"{:.2}\" y=\"{:.2}\" font-size=\"2.6\" fill=\"#5b6268\">{axis}</text>",
        LEFT + 1.0,
        TOP + 2.4
    ));
    let mut line = format!(
        "M{:.2} {:.2}V{:.2}",
        scale.x(scale.years.0),
        scale.y(0.0),
        scale.y(undated)
    );
    for (year, ha) in dated {
        let _ = write!(line, "H{:.2}V{:.2}", scale.x(*year), scale.y(*ha));
    }
    let _ = write!(line, "H{:.2}", scale.x(scale.years.1));
    put(format!(
        "<path d=\"{line}V{:.2}Z\" fill=\"#2563a8\" fill-opacity=\"0.16\"/>",
        scale.y(0.0)
    ));
    put(format!(
        "<path d=\"{line}\" fill=\"none\" stroke=\"#1d4f87\" stroke-width=\"0.6\"/>"
    ));
    for year in ticks(scale.years) {
        let x = scale.x(year);
        put(format!(
            "<path d=\"M{x:.2} {:.2}v1.2\" stroke=\"#3a3f44\" stroke-width=\"0.2\"/>",
            scale.y(0.0)
        ));
        put(format!(
            "<text x=\"{x:.2}\" y=\"{:.2}\" text-anchor=\"middle\">{year:.0}</text>",
            scale.y(0.0) + 4.6
        ));
    }
    put("</svg>".to_owned());
    svg
}

/// At most ten years, evenly apart, on round numbers.
fn ticks((from, to): (f64, f64)) -> Vec<f64> {
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0];
    let step = steps
        .into_iter()
        .find(|step| (to - from) / step <= 9.0)
        .unwrap_or(100.0);
    let mut year = (from / step).ceil() * step;
    let mut years = Vec::new();
    while year <= to {
        years.push(year);
        year += step;
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(
            ticks((2003.0, 2010.0)),
            [2003.0, 2004.0, 2005.0, 2006.0, 2007.0, 2008.0, 2009.0, 2010.0]
        );
        assert_eq!(ticks((1771.0, 2010.0)), [1800.0, 1850.0, 1900.0, 1950.0, 2000.0]);
        assert!((nice(170_799.0) - 200_000.0).abs() < 1e-9 && (nice(23.0) - 25.0).abs() < 1e-9);
    }
}
