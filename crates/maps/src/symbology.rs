//! How things are drawn, read from settings: fill, hatch, stroke, symbol, label.

use crate::{Colour, Face, MapError};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The styles of a map, by name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbology {
    /// By name.
    pub styles: BTreeMap<String, Style>,
}

/// How one kind of thing is drawn. Lengths are millimetres of paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Style {
    /// Id of its words in the legend; without one it is not in the legend.
    pub legend: Option<String>,
    /// Inside of areas.
    pub fill: Option<Colour>,
    /// Opacity of the inside, 0 to 1.
    pub fill_opacity: Option<f64>,
    /// Hatch of areas.
    pub hatch: Option<Hatch>,
    /// Lines and outlines.
    pub stroke: Option<Stroke>,
    /// A second, wider line under the first.
    pub casing: Option<Stroke>,
    /// Heads along lines that say which way they lead.
    pub arrow: Option<Arrow>,
    /// Points.
    pub symbol: Option<Symbol>,
    /// Colour of the ring round its letters.
    pub mark: Option<Colour>,
    /// Names.
    pub label: Option<LabelStyle>,
    /// It is drawn only at denominators from this one on.
    pub min_scale: Option<u32>,
    /// It is drawn only at denominators up to this one.
    pub max_scale: Option<u32>,
}

/// A stroke of a style.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stroke {
    /// Colour.
    pub colour: Colour,
    /// Width.
    pub width: f64,
    /// 0 to 1.
    #[serde(default = "one")]
    pub opacity: f64,
    /// Dashes and gaps.
    #[serde(default)]
    pub dash: Vec<f64>,
}

/// The kinds of hatches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HatchKind {
    /// Parallel lines.
    Lines,
    /// Two sets of them, square to one another.
    Cross,
    /// Dots in rows.
    Dots,
}

/// A hatch.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hatch {
    /// Kind.
    pub kind: HatchKind,
    /// Degrees of its lines, counter-clockwise from the east.
    #[serde(default)]
    pub angle: f64,
    /// From line to line.
    pub spacing: f64,
    /// Width of lines, size of dots.
    pub width: f64,
    /// Colour.
    pub colour: Colour,
}

/// Heads along lines, in the line's colour; they point to its last point.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrow {
    /// Length of a head.
    pub size: f64,
    /// From head to head; the first stands at half of it, and shorter lines have none.
    pub every: f64,
}

/// A symbol of points: a disc.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbol {
    /// Radius.
    pub radius: f64,
    /// Inside.
    pub fill: Colour,
    /// Rim.
    pub stroke: Option<Stroke>,
}

/// How names are written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelStyle {
    /// Letters.
    #[serde(default)]
    pub face: Face,
    /// Size of the em.
    pub size: f64,
    /// Colour.
    pub colour: Colour,
    /// Colour of the rim.
    #[serde(default = "white")]
    pub halo: Colour,
    /// The larger goes first where there is not room for all.
    #[serde(default)]
    pub priority: i32,
    /// The first denominator at which it is not written any more.
    #[serde(default)]
    pub to: Option<u32>,
}

fn one() -> f64 {
    1.0
}

fn white() -> Colour {
    Colour::WHITE
}

impl Symbology {
    /// Reads TOML: a table `styles` with a table for each style.
    ///
    /// # Errors
    /// [`MapError::Symbology`] with the place, for wrong TOML, unknown keys, colours that are none, and hatches or widths that
    /// are not positive.
    pub fn parse(text: &str) -> Result<Self, MapError> {
        let read: Self = toml::from_str(text).map_err(|error| MapError::Symbology(error.to_string()))?;
        Self::of(read.styles)
    }

    /// Styles that hold what [`Symbology::parse`] asks of them.
    pub(crate) fn of(styles: BTreeMap<String, Style>) -> Result<Self, MapError> {
        for (name, style) in &styles {
            style
                .check()
                .map_err(|what| MapError::Symbology(format!("styles.{name}.{what}")))?;
        }
        Ok(Self { styles })
    }

    /// A style.
    ///
    /// # Errors
    /// [`MapError::NoStyle`].
    pub fn style(&self, name: &str) -> Result<&Style, MapError> {
        self.styles.get(name).ok_or_else(|| MapError::NoStyle(name.to_owned()))
    }

    /// The ids of all words that its legend wants, each once.
    pub fn legend_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self
            .styles
            .values()
            .filter_map(|style| style.legend.as_deref())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl Style {
    /// Whether it is drawn at this denominator.
    pub fn shows_at(&self, denominator: f64) -> bool {
        self.min_scale.is_none_or(|least| denominator >= f64::from(least))
            && self.max_scale.is_none_or(|most| denominator <= f64::from(most))
    }

    fn check(&self) -> Result<(), String> {
        let positive = |what: &str, value: f64| {
            if value.is_finite() && value > 0.0 {
                Ok(())
            } else {
                Err(format!("{what} = {value}: it must be more than 0"))
            }
        };
        for (what, stroke) in [("stroke", &self.stroke), ("casing", &self.casing)] {
            if let Some(stroke) = stroke {
                positive(&format!("{what}.width"), stroke.width)?;
                stroke
                    .dash
                    .iter()
                    .try_for_each(|length| positive(&format!("{what}.dash"), *length))?;
                if stroke.dash.len() % 2 == 1 {
                    return Err(format!("{what}.dash: a gap must follow each dash"));
                }
            }
        }
        if let Some(hatch) = &self.hatch {
            positive("hatch.spacing", hatch.spacing)?;
            positive("hatch.width", hatch.width)?;
        }
        if let Some(arrow) = &self.arrow {
            positive("arrow.size", arrow.size)?;
            positive("arrow.every", arrow.every)?;
        }
        if let Some(label) = &self.label {
            positive("label.size", label.size)?;
        }
        self.symbol
            .as_ref()
            .map_or(Ok(()), |symbol| positive("symbol.radius", symbol.radius))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_setting_is_named() {
        let wrong = [
            ("[styles.a]\nfil = \"#000000\"", "fil"),
            ("[styles.a]\nfill = \"black\"", "black"),
            (
                "[styles.a]\nhatch = {kind = \"lines\", spacing = 0.0, width = 0.2, colour = \"#000000\"}",
                "styles.a.hatch.spacing",
            ),
            (
                "[styles.a]\nstroke = {width = 0.2, colour = \"#000000\", dash = [1.0]}",
                "styles.a.stroke.dash",
            ),
        ];
        for (text, named) in wrong {
            let error = Symbology::parse(text).unwrap_err().to_string();
            assert!(error.contains(named), "{error}");
        }
    }
}
