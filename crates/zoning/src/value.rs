//! Value functions: from what a criterion measures to how well it suits, 0 to 1.

/// On which side of its breakpoints a curve is at its best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Slope {
    /// From 0 (J: from ½) at the first point to 1 at the second.
    Rising([f64; 2]),
    /// From 1 at the first point to 0 (J: to ½) at the second.
    Falling([f64; 2]),
    /// Up between the first two points, down between the last two.
    Both([f64; 4]),
}

/// How a curve leads from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bend {
    /// A straight ramp; with four points a trapezoid.
    Linear,
    /// sin² of a quarter turn over the ramp.
    Sigmoid,
    /// 1 / (1 + u²), u being the distance from the plateau in ramps: ½ at the foot, never 0.
    J,
}

/// A value function. What is not a number stays *sin dato*.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueFunction {
    /// A curve over breakpoints that grow.
    Curve {
        /// Its form.
        bend: Bend,
        /// Its breakpoints, in the unit of the criterion.
        slope: Slope,
    },
    /// Halves with every so many units of distance.
    Decay {
        /// The distance at which ½ is left.
        half: f64,
        /// The distance beyond which the value is 0.
        reach: Option<f64>,
    },
    /// A value for each code.
    Table {
        /// Codes in growing order, each with its value.
        values: Vec<(u32, f64)>,
        /// The value of other codes; `None`: *sin dato*.
        otherwise: Option<f64>,
    },
}

impl Slope {
    /// Distance from the plateau, in ramps; 0 on it.
    fn distance(&self, x: f64) -> f64 {
        let up = |[foot, top]: [f64; 2]| ((top - x) / (top - foot)).max(0.0);
        let down = |[top, foot]: [f64; 2]| ((x - top) / (foot - top)).max(0.0);
        match *self {
            Self::Rising(points) => up(points),
            Self::Falling(points) => down(points),
            Self::Both([a, b, c, d]) => up([a, b]).max(down([c, d])),
        }
    }

    /// The breakpoints.
    pub fn points(&self) -> &[f64] {
        match self {
            Self::Rising(points) | Self::Falling(points) => points,
            Self::Both(points) => points,
        }
    }
}

impl ValueFunction {
    /// The value at a measurement, in double precision; `None` is *sin dato*.
    ///
    /// The engine computes the same in single precision; they differ by less than 10⁻⁶.
    pub fn at(&self, x: f64) -> Option<f64> {
        if !x.is_finite() {
            return None;
        }
        match self {
            Self::Curve { bend, slope } => {
                let distance = slope.distance(x);
                Some(match bend {
                    Bend::Linear => 1.0 - distance.min(1.0),
                    Bend::Sigmoid => {
                        let sine = libm::sin(std::f64::consts::FRAC_PI_2 * (1.0 - distance.min(1.0)));
                        sine * sine
                    }
                    Bend::J => 1.0 / (1.0 + distance * distance),
                })
            }
            Self::Decay { half, reach } => {
                let beyond = reach.is_some_and(|reach| x > reach);
                Some(if beyond { 0.0 } else { libm::exp2(-x.max(0.0) / half) })
            }
            Self::Table { values, otherwise } => {
                let found = values
                    .iter()
                    .find(|(code, _)| (f64::from(*code) - x).abs() < f64::EPSILON);
                found.map_or(*otherwise, |(_, value)| Some(*value))
            }
        }
    }
}
