//! Which style draws a feature of a layer at a scale, read from settings.

use crate::symbology::{Hatch, LabelStyle, Style, Symbology};
use crate::{Colour, MapError};
use serde::Deserialize;
use std::collections::BTreeMap;
use territory::{Attributes, Feature, LayerKind, Value};

/// How every layer is drawn.
#[derive(Clone, Debug)]
pub struct LayerStyles(BTreeMap<LayerKind, LayerLook>);

/// What features of a layer mostly are; others are drawn too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GeometryKind {
    /// Areas.
    #[default]
    Area,
    /// Lines.
    Line,
    /// Points.
    Point,
}

/// How a layer is drawn.
#[derive(Clone, Debug)]
pub struct LayerLook {
    /// What its features mostly are.
    pub geometry: GeometryKind,
    /// The field with the words that stand on the map; the feature's name where there is none.
    pub label: Option<String>,
    /// Whether its colours are ours and no norm's.
    pub unofficial: bool,
    /// From the lowest to the highest on the map.
    pub rules: Vec<LayerRule>,
}

/// Which features, and how they are drawn.
#[derive(Clone, Debug)]
pub struct LayerRule {
    /// Which features.
    pub condition: Option<Condition>,
    /// How, by scales.
    pub draw: Vec<Step>,
}

/// What a value must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The field.
    pub field: String,
    /// One of these, without regard to case.
    pub is: Vec<String>,
    /// It begins with one of these, without regard to case.
    pub starts: Vec<String>,
    /// A number, this or more.
    pub least: Option<f64>,
    /// A number below this.
    pub below: Option<f64>,
}

/// How a feature is drawn between two scales.
#[derive(Clone, Debug)]
pub struct Step {
    /// Name of the style.
    pub name: String,
    /// The style.
    pub style: Style,
    /// How its name is written.
    pub label: Option<LabelStyle>,
    /// The least denominator.
    pub from: Option<u32>,
    /// The first denominator at which it is not drawn any more.
    pub to: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    layers: BTreeMap<LayerKind, WrittenLook>,
    labels: BTreeMap<String, LabelStyle>,
    styles: BTreeMap<String, Style>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLook {
    #[serde(default)]
    geometry: GeometryKind,
    field: Option<String>,
    label: Option<String>,
    #[serde(default)]
    unofficial: bool,
    rules: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct WrittenRule {
    field: Option<String>,
    is: Vec<String>,
    starts: Vec<String>,
    least: Option<f64>,
    below: Option<f64>,
    draw: Vec<WrittenStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStep {
    style: String,
    label: Option<String>,
    from: Option<u32>,
    to: Option<u32>,
}

impl LayerStyles {
    /// Reads TOML: tables `layers`, `labels` and `styles`. Styles that it does not have are taken from `shared`.
    ///
    /// # Errors
    /// [`MapError::Symbology`] with the place: wrong TOML, unknown keys, a style or label that nobody wrote, a rule without a
    /// field, a layer that has no look.
    pub fn parse(text: &str, shared: &Symbology) -> Result<Self, MapError> {
        let written: Written = toml::from_str(text).map_err(|error| MapError::Symbology(error.to_string()))?;
        let styles = Symbology::of(written.styles)?;
        let find = |step: WrittenStep| -> Result<Step, MapError> {
            let style = styles
                .styles
                .get(&step.style)
                .or_else(|| shared.styles.get(&step.style));
            let style = style.ok_or_else(|| MapError::NoStyle(step.style.clone()))?.clone();
            let label = step.label.map(|label| {
                let known = written.labels.get(&label);
                known
                    .cloned()
                    .ok_or_else(|| MapError::Symbology(format!("labels.{label} is missing")))
            });
            Ok(Step {
                label: label.transpose()?,
                name: step.style,
                style,
                from: step.from,
                to: step.to,
            })
        };
        let mut looks = BTreeMap::new();
        for (kind, look) in written.layers {
            looks.insert(kind, look.read(kind, &find)?);
        }
        for kind in LayerKind::ALL {
            if !looks.contains_key(kind) {
                return Err(MapError::Symbology(format!("layers.{kind} is missing")));
            }
        }
        Ok(Self(looks))
    }

    /// How a layer is drawn.
    ///
    /// # Panics
    /// Never: a look for every kind was read, or nothing was.
    pub fn look(&self, kind: LayerKind) -> &LayerLook {
        self.0
            .get(&kind)
            .expect("a look for every kind was read, or nothing was")
    }

    /// Every hatch by the name of its style, each once.
    pub(crate) fn hatches(&self) -> BTreeMap<&str, &Hatch> {
        let steps = self.0.values().flat_map(|look| &look.rules).flat_map(|rule| &rule.draw);
        steps
            .filter_map(|step| Some((step.name.as_str(), step.style.hatch.as_ref()?)))
            .collect()
    }

    /// The ids of all words that legends want, each once.
    pub fn legend_ids(&self) -> Vec<&str> {
        let steps = self.0.values().flat_map(|look| &look.rules).flat_map(|rule| &rule.draw);
        let mut ids: Vec<&str> = steps.filter_map(|step| step.style.legend.as_deref()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl WrittenLook {
    fn read(
        self,
        kind: LayerKind,
        find: &impl Fn(WrittenStep) -> Result<Step, MapError>,
    ) -> Result<LayerLook, MapError> {
        let mut rules = Vec::new();
        for (at, rule) in self.rules.into_iter().enumerate() {
            let asks = !rule.is.is_empty() || !rule.starts.is_empty() || rule.least.is_some() || rule.below.is_some();
            let field = rule.field.or_else(|| self.field.clone());
            let condition = match (asks, field) {
                (false, _) => None,
                (true, Some(field)) => Some(Condition {
                    field,
                    is: rule.is,
                    starts: rule.starts,
                    least: rule.least,
                    below: rule.below,
                }),
                (true, None) => {
                    return Err(MapError::Symbology(format!(
                        "layers.{kind}.rules[{at}].field is missing"
                    )));
                }
            };
            let draw = rule.draw.into_iter().map(find).collect::<Result<Vec<_>, _>>()?;
            rules.push(LayerRule { condition, draw });
        }
        Ok(LayerLook {
            geometry: self.geometry,
            label: self.label,
            unofficial: self.unofficial,
            rules,
        })
    }
}

impl LayerLook {
    /// The position of the rule that draws a feature with these fields; none where no rule takes it.
    pub fn rule_of(&self, attributes: &Attributes) -> Option<usize> {
        let meets = |rule: &LayerRule| {
            rule.condition
                .as_ref()
                .is_some_and(|condition| condition.holds(attributes))
        };
        let asked = self.rules.iter().position(meets);
        asked.or_else(|| self.rules.iter().position(|rule| rule.condition.is_none()))
    }

    /// Finds rules of one feature after another.
    pub fn finder(&self) -> RuleFinder<'_> {
        let mut fields = self.rules.iter().filter_map(|rule| rule.condition.as_ref());
        let first = fields.next().map(|condition| condition.field.as_str());
        let one = fields.all(|condition| Some(condition.field.as_str()) == first);
        RuleFinder {
            look: self,
            field: first.filter(|_| one),
            known: Vec::new(),
        }
    }

    /// The words that stand on the map for a feature; none where it has no name but its key.
    pub fn words_of<'a>(&self, feature: &'a Feature) -> Option<&'a str> {
        let text = |field: &str| feature.attributes.text(field);
        match &self.label {
            Some(field) => text(field),
            None => text("name"),
        }
    }
}

/// Finds the rules of many features; remembers what texts lead to where only one field decides.
#[derive(Debug)]
pub struct RuleFinder<'a> {
    look: &'a LayerLook,
    field: Option<&'a str>,
    known: Vec<(&'a str, Option<usize>)>,
}

impl<'a> RuleFinder<'a> {
    /// As [`LayerLook::rule_of`].
    pub fn rule_of(&mut self, attributes: &'a Attributes) -> Option<usize> {
        const MOST: usize = 16;
        let Some(text) = self.field.and_then(|field| attributes.text(field)) else {
            return self.look.rule_of(attributes);
        };
        if let Some((_, rule)) = self.known.iter().find(|(known, _)| *known == text) {
            return *rule;
        }
        let rule = self.look.rule_of(attributes);
        if self.known.len() < MOST {
            self.known.push((text, rule));
        }
        rule
    }
}

impl LayerRule {
    /// How its features are drawn at a denominator, from the lowest to the highest.
    pub fn steps_at(&self, denominator: f64) -> impl Iterator<Item = &Step> {
        self.draw.iter().filter(move |step| {
            let near = step.to.is_none_or(|to| denominator < f64::from(to));
            near && step.from.is_none_or(|from| denominator >= f64::from(from)) && step.style.shows_at(denominator)
        })
    }
}

impl Condition {
    fn holds(&self, attributes: &Attributes) -> bool {
        let written;
        let (text, number) = match attributes.0.get(&self.field) {
            Some(Value::Text(text)) => (text.trim(), None),
            Some(Value::Integer(number)) => {
                written = number.to_string();
                (written.as_str(), Some(*number as f64))
            }
            Some(Value::Real(number)) => {
                written = number.to_string();
                (written.as_str(), Some(*number))
            }
            _ => return false,
        };
        let said =
            self.is.iter().any(|wanted| same(text, wanted)) || self.starts.iter().any(|wanted| begins(text, wanted));
        said || (self.least.is_some() || self.below.is_some()) && self.counts(number.or_else(|| text.parse().ok()))
    }

    fn counts(&self, number: Option<f64>) -> bool {
        number.is_some_and(|number| {
            self.least.is_none_or(|least| number >= least) && self.below.is_none_or(|below| number < below)
        })
    }
}

fn same(text: &str, wanted: &str) -> bool {
    text.eq_ignore_ascii_case(wanted) || !text.is_ascii() && text.to_lowercase() == wanted.to_lowercase()
}

fn begins(text: &str, wanted: &str) -> bool {
    let head = text.get(..wanted.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(wanted))
        || !text.is_ascii() && text.to_lowercase().starts_with(&wanted.to_lowercase())
}

impl Step {
    /// The colour that stands for it where there is room for one pixel alone.
    pub(crate) fn colour(&self) -> Colour {
        let style = &self.style;
        let stroke = style.stroke.as_ref().map(|stroke| stroke.colour);
        stroke.or(style.fill).unwrap_or(Colour::INK)
    }
}

#[cfg(test)]
mod tests;
