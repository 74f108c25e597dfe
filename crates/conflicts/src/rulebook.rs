//! The rulebook: layers to consult, rules, norms and words.

use crate::{Class, Relation, Severity};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use territory::{LayerKind, Metres, SliverRule, UtmHectares};

/// A version of the rules, checked.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// `2026-1`.
    pub id: String,
    /// 1, or 2 where the lint demands what came later: sentences for grazes and nearness, uncertainty, changes, titles of norms.
    pub format: u8,
    /// Title.
    pub title: String,
    /// First day in force.
    pub in_force_from: Date,
    /// First day no longer in force.
    pub in_force_until: Option<Date>,
    /// Hash of its files, in the order of their names.
    pub sha256: String,
    /// The texts of its files by name, as they were read.
    pub files: BTreeMap<String, String>,
    /// Sliver limits.
    pub slivers: Slivers,
    /// What is known of positions; without it no band is computed.
    pub uncertainty: Option<Uncertainty>,
    /// When land counts as changed.
    pub changes: Option<ChangeRule>,
    /// Words that sentences may not hold.
    pub words: Words,
    /// Layers in the order of reports.
    pub layers: Vec<LayerRule>,
    /// Rules; the first that fits a finding is its rule.
    pub rules: Vec<Rule>,
    /// Norms by id.
    pub norms: BTreeMap<String, Norm>,
    /// Authorities by id.
    pub authorities: BTreeMap<String, Authority>,
    /// Sentences of limits by kind.
    pub limits: BTreeMap<String, String>,
}

/// Sliver limits with their reasons.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slivers {
    /// Least area in hectares.
    pub min_area_ha: f64,
    /// Why.
    pub min_area_reason: String,
    /// Least mean width in metres.
    pub min_width_m: f64,
    /// Why.
    pub min_width_reason: String,
    /// Least mean width between rights drawn on grids of different datums.
    pub cross_datum_min_width_m: f64,
    /// Why.
    pub cross_datum_reason: String,
}

impl Slivers {
    /// The limit for a pair.
    pub fn rule(&self, cross_datum: bool) -> SliverRule {
        let width = if cross_datum {
            self.cross_datum_min_width_m
        } else {
            self.min_width_m
        };
        SliverRule {
            min_area: UtmHectares(self.min_area_ha),
            min_width: Metres(width),
        }
    }
}

/// Positional deviations that no edition states.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uncertainty {
    /// Standard deviation in metres, on each axis, of a geometry that somebody handed in.
    pub given_sigma_m: f64,
    /// Why.
    pub given_sigma_reason: String,
}

/// When the land of a feature counts as changed between two editions.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRule {
    /// Metres by which a border must have moved.
    pub tolerance_m: f64,
    /// Why.
    pub tolerance_reason: String,
}

/// Words for people.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Never in a sentence of ours.
    pub forbidden: Vec<String>,
    /// The verbs that sentences are made of.
    pub approved: Vec<String>,
}

/// What a layer is consulted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LayerRole {
    /// Its features are findings.
    Finding,
    /// It tells where the subject is.
    Context,
}

/// A layer to consult.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerRule {
    /// Collection.
    pub id: LayerKind,
    /// Title for people.
    pub title: String,
    /// Findings or context.
    pub role: LayerRole,
    /// Whether totals are by state group.
    #[serde(default)]
    pub grouped: bool,
    /// Why it is consulted.
    pub reason: String,
    /// Metres up to which a feature outside of the subject is a finding, `near`.
    pub near_m: Option<f64>,
    /// Why that far.
    pub near_reason: Option<String>,
}

/// A severity from a share of the subject on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Least share of the subject, 0 to 1, included.
    pub at_least: f64,
    /// Severity.
    pub severity: Severity,
    /// Why.
    pub reason: String,
}

/// A rule for findings of a layer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// Layer.
    pub layer: LayerKind,
    /// State group that it is for; none for all.
    pub group: Option<String>,
    /// Values of the field `category` that it is for; empty for all.
    #[serde(default)]
    pub category: Vec<String>,
    /// Norms by id.
    #[serde(default)]
    pub norms: Vec<String>,
    /// Authority by id.
    pub authority: Option<String>,
    /// Sentence with places for the finding's data.
    pub explain: String,
    /// The sentence for what only grazes, or cannot be told from a graze; `explain` where there is none.
    pub explain_touch: Option<String>,
    /// The sentence for what lies outside and near, with the place `{distance}` in metres; `explain_touch` where there is none.
    pub explain_near: Option<String>,
    /// Severities from the largest share down; the last begins at 0.
    pub steps: Vec<Step>,
}

impl Rule {
    /// Whether the rule is for a feature of this group and category.
    pub fn fits(&self, layer: LayerKind, group: Option<&str>, category: Option<&str>) -> bool {
        self.layer == layer
            && self.group.as_deref().is_none_or(|wanted| group == Some(wanted))
            && (self.category.is_empty() || category.is_some_and(|c| self.category.iter().any(|known| known == c)))
    }

    /// The sentence for a finding of this relation and class.
    pub fn sentence(&self, relation: Relation, class: Class) -> &str {
        let apart = relation == Relation::Near;
        let special = self.explain_near.as_ref().filter(|_| apart);
        let touch = self.explain_touch.as_ref().filter(|_| apart || !class.counts());
        // a neighbour without its own sentence shares nothing: it may not be said to overlap
        special.or(touch).unwrap_or(&self.explain)
    }

    /// The step for a share of the subject.
    ///
    /// # Panics
    /// Never in a rulebook that [`Rulebook::parse`] gave: a rule without steps is a fault.
    pub fn step(&self, share: f64) -> &Step {
        let found = self.steps.iter().find(|step| share >= step.at_least);
        found
            .or(self.steps.last())
            .expect("the lint refuses rules without steps")
    }
}

/// How much of a norm the rulebook's authors saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seen {
    /// Its text.
    Text,
    /// An excerpt, and reports say so.
    Excerpt,
    /// Others cite it: not printed as a norm.
    SecondHand,
}

/// A norm.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Norm {
    /// Id.
    pub id: String,
    /// Instrument in full.
    pub instrument: String,
    /// What the article is about, in a few words.
    pub title: Option<String>,
    /// Article.
    pub article: Option<String>,
    /// Its date.
    pub date: Date,
    /// Where to read it.
    pub url: Option<String>,
    /// First day in force.
    pub in_force_from: Date,
    /// First day no longer in force.
    pub in_force_until: Option<Date>,
    /// How much of it was seen.
    pub seen: Seen,
}

impl Norm {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_until.is_none_or(|end| day < end)
    }
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// Id.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What to ask of it.
    pub ask: Option<String>,
}

impl Rulebook {
    /// Whether it is in force on a day.
    pub fn in_force(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_until.is_none_or(|end| day < end)
    }

    /// The layer's entry.
    pub fn layer(&self, kind: LayerKind) -> Option<&LayerRule> {
        self.layers.iter().find(|layer| layer.id == kind)
    }
}
