//! What a rulebook may not hold: dangling ids, gaps, repealed norms, severities without reason, forbidden words.

use crate::explain;
use crate::rulebook::{LayerRole, Norm, Rule, Rulebook};
use std::collections::BTreeSet;

/// One fault of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {place}: {what}")]
pub struct Fault {
    /// The file.
    pub file: &'static str,
    /// The entry and key.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

/// Sentences of limits that the check writes.
pub(crate) const LIMITS: [&str; 14] = [
    "rules-of-another-date",
    "informative",
    "no-data",
    "partial",
    "undeclared",
    "not-consulted",
    "slivers-kept",
    "zone-override",
    "crosses-zones",
    "no-band",
    "no-water",
    "repaired",
    "synthetic",
    "referential",
];

fn fault(file: &'static str, place: impl Into<String>, what: impl Into<String>) -> Fault {
    Fault {
        file,
        place: place.into(),
        what: what.into(),
    }
}

pub(crate) fn duplicates(rules: &[Rule], norms: &[Norm]) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let ids = rules
        .iter()
        .map(|rule| ("rules.toml", &rule.id))
        .chain(norms.iter().map(|norm| ("norms.toml", &norm.id)));
    ids.filter(|id| !seen.insert(*id))
        .map(|(file, id)| fault(file, id, "the id stands twice"))
        .collect()
}

pub(crate) fn faults(book: &Rulebook) -> Vec<Fault> {
    let mut faults = Vec::new();
    head(book, &mut faults);
    for layer in &book.layers {
        if layer.reason.trim().is_empty() {
            faults.push(fault("layers.toml", layer.id.id(), "no reason"));
        }
        let open = book
            .rules
            .iter()
            .any(|rule| rule.layer == layer.id && rule.category.is_empty() && rule.group.is_none());
        let groups = concessions::RightGroup::ALL.iter().all(|group| {
            book.rules
                .iter()
                .any(|rule| rule.fits(layer.id, Some(group.id()), None))
        });
        if layer.role == LayerRole::Finding && !open && !(layer.grouped && groups) {
            faults.push(fault(
                "rules.toml",
                layer.id.id(),
                "a finding of this layer could be left without a rule",
            ));
        }
    }
    for rule in &book.rules {
        check_rule(book, rule, &mut faults);
    }
    for kind in LIMITS {
        if !book.limits.contains_key(kind) {
            faults.push(fault("texts.toml", format!("limits.{kind}"), "the sentence is missing"));
        }
    }
    let sentences = book.limits.iter().map(|(kind, text)| ("texts.toml", kind, text));
    for (file, place, text) in sentences.chain(book.rules.iter().map(|rule| ("rules.toml", &rule.id, &rule.explain))) {
        for word in explain::forbidden(&book.words.forbidden, text) {
            faults.push(fault(file, place, format!("forbidden word «{word}»")));
        }
    }
    faults
}

fn head(book: &Rulebook, faults: &mut Vec<Fault>) {
    if book.in_force_until.is_some_and(|end| end <= book.in_force_from) {
        faults.push(fault("rulebook.toml", "in_force_until", "ends before it begins"));
    }
    let slivers = &book.slivers;
    let numbers = [
        slivers.min_area_ha,
        slivers.min_width_m,
        slivers.cross_datum_min_width_m,
    ];
    if numbers.iter().any(|number| !number.is_finite() || *number < 0.0) {
        faults.push(fault("rulebook.toml", "slivers", "a limit is negative or no number"));
    }
    let reasons = [
        &slivers.min_area_reason,
        &slivers.min_width_reason,
        &slivers.cross_datum_reason,
    ];
    if reasons.iter().any(|reason| reason.trim().is_empty()) {
        faults.push(fault("rulebook.toml", "slivers", "a limit without its reason"));
    }
    let mut seen = BTreeSet::new();
    for layer in book.layers.iter().filter(|layer| !seen.insert(layer.id)) {
        faults.push(fault("layers.toml", layer.id.id(), "the layer stands twice"));
    }
}

fn check_rule(book: &Rulebook, rule: &Rule, faults: &mut Vec<Fault>) {
    let mut add = |what: String| faults.push(fault("rules.toml", &rule.id, what));
    if book.layer(rule.layer).is_none() {
        add(format!("layer «{}» is not consulted", rule.layer));
    }
    if let Some(group) = &rule.group
        && group.parse::<concessions::RightGroup>().is_err()
    {
        add(format!("group «{group}» is not known"));
    }
    for id in &rule.norms {
        match book.norms.get(id) {
            None => add(format!("norm «{id}» is not in norms.toml")),
            Some(norm) if norm.in_force_until.is_some_and(|end| end <= book.in_force_from) => {
                add(format!("norm «{id}» was repealed before the rulebook was in force"));
            }
            Some(_) => {}
        }
    }
    if let Some(id) = &rule.authority
        && !book.authorities.contains_key(id)
    {
        add(format!("authority «{id}» is not in norms.toml"));
    }
    if rule.steps.last().is_none_or(|step| step.at_least > 0.0) {
        add("the steps leave a gap: the last must begin at 0".to_owned());
    }
    if rule.steps.windows(2).any(|pair| pair[0].at_least <= pair[1].at_least) {
        add("the steps must go from the largest share down".to_owned());
    }
    if rule.steps.iter().any(|step| step.reason.trim().is_empty()) {
        add("a severity without its reason".to_owned());
    }
    let all = [
        Some(&rule.explain),
        rule.explain_touch.as_ref(),
        rule.explain_near.as_ref(),
    ];
    for place in all.into_iter().flatten().flat_map(|text| explain::places(text)) {
        if !explain::PLACES.contains(&place.as_str()) {
            add(format!("explain: «{{{place}}}» is not known"));
        }
    }
}
