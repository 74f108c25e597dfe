//! What a rulebook may not hold: dangling ids, gaps, repealed norms, severities without reason, forbidden words.

use crate::explain;
use crate::fault::{Fault, FaultKind as Kind};
use crate::lint_rules;
use crate::rulebook::{Authority, LayerRole, LayerRule, Norm, Rule, Rulebook};
use jiff::civil::Date;
use std::collections::BTreeSet;

pub(crate) const HEAD: &str = "rulebook.toml";
const LAYERS: &str = "layers.toml";
const RULES: &str = "rules.toml";
const NORMS: &str = "norms.toml";
const TEXTS: &str = "texts.toml";

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

/// Ids that stand twice in their lists.
pub(crate) fn duplicates(rules: &[Rule], norms: &[Norm], authorities: &[Authority]) -> Vec<Fault> {
    let mut seen = BTreeSet::new();
    let ids = rules
        .iter()
        .map(|rule| (RULES, "rule", &rule.id))
        .chain(norms.iter().map(|norm| (NORMS, "norm", &norm.id)))
        .chain(authorities.iter().map(|authority| (NORMS, "authority", &authority.id)));
    ids.filter(|id| !seen.insert(*id))
        .map(|(file, list, id)| Fault::new(file, Kind::Twice).at(list, "id", id))
        .collect()
}

/// All faults of a book whose time ends with `end`: its own end, or the day on which the next version begins.
pub(crate) fn faults(book: &Rulebook, end: Option<Date>) -> Vec<Fault> {
    let mut faults = Vec::new();
    head(book, &mut faults);
    let mut seen = BTreeSet::new();
    for layer in &book.layers {
        if !seen.insert(layer.id) {
            faults.push(Fault::new(LAYERS, Kind::Twice).at("layer", "id", &layer.id));
        }
        of_layer(book, layer, &mut faults);
    }
    for rule in &book.rules {
        lint_rules::of_rule(book, rule, end, &mut faults);
    }
    lint_rules::never_reached(book, &mut faults);
    norms(book, &mut faults);
    limits(book, &mut faults);
    faults
}

fn head(book: &Rulebook, faults: &mut Vec<Fault>) {
    if !(1..=2).contains(&book.format) {
        faults.push(Fault::new(HEAD, Kind::UnknownFormat).at("", "format", &book.format));
    }
    if let Some(end) = book.in_force_until.filter(|end| *end <= book.in_force_from) {
        faults.push(Fault::new(HEAD, Kind::EndsBeforeBegins).at("", "in_force_until", &end));
    }
    let slivers = &book.slivers;
    let mut numbers = vec![
        ("slivers", "min_area_ha", slivers.min_area_ha, &slivers.min_area_reason),
        ("slivers", "min_width_m", slivers.min_width_m, &slivers.min_width_reason),
        (
            "slivers",
            "cross_datum_min_width_m",
            slivers.cross_datum_min_width_m,
            &slivers.cross_datum_reason,
        ),
    ];
    if let Some(sigma) = &book.uncertainty {
        numbers.push((
            "uncertainty",
            "given_sigma_m",
            sigma.given_sigma_m,
            &sigma.given_sigma_reason,
        ));
    }
    if let Some(changes) = &book.changes {
        numbers.push(("changes", "tolerance_m", changes.tolerance_m, &changes.tolerance_reason));
    }
    for (section, key, number, reason) in numbers {
        if !number.is_finite() || number < 0.0 {
            faults.push(Fault::new(HEAD, Kind::BadNumber).at(section, key, &number));
        }
        if reason.trim().is_empty() {
            faults.push(Fault::new(HEAD, Kind::NoReason).at(section, key, &number));
        }
    }
    if book.format >= 2 {
        let sections = [
            ("uncertainty", book.uncertainty.is_none()),
            ("changes", book.changes.is_none()),
        ];
        for (section, _) in sections.into_iter().filter(|(_, missing)| *missing) {
            faults.push(Fault::new(HEAD, Kind::MissingKey).at("", &format!("[{section}]"), &""));
        }
        for (key, list) in [("forbidden", &book.words.forbidden), ("approved", &book.words.approved)] {
            if list.is_empty() {
                faults.push(Fault::new(HEAD, Kind::MissingKey).at("words", key, &"[]"));
            }
        }
    }
}

fn of_layer(book: &Rulebook, layer: &LayerRule, faults: &mut Vec<Fault>) {
    let id = layer.id.id();
    let mut add = |kind, key: &str, value: String| faults.push(Fault::new(LAYERS, kind).at(id, key, &value));
    if layer.reason.trim().is_empty() {
        add(Kind::NoReason, "reason", String::new());
    }
    if let Some(near) = layer.near_m {
        if !near.is_finite() || near <= 0.0 {
            add(Kind::BadNumber, "near_m", near.to_string());
        }
        if layer.near_reason.as_ref().is_none_or(|reason| reason.trim().is_empty()) {
            add(Kind::NoReason, "near_m", near.to_string());
        }
    }
    let of_layer = |rule: &&Rule| rule.layer == layer.id && rule.category.is_empty();
    let open = book.rules.iter().filter(of_layer).any(|rule| rule.group.is_none());
    let fits = |group: &str| book.rules.iter().any(|rule| rule.fits(layer.id, Some(group), None));
    let missing = concessions::RightGroup::ALL.iter().find(|group| !fits(group.id()));
    if layer.role != LayerRole::Finding || open {
        return;
    }
    match missing {
        Some(group) if layer.grouped => add(Kind::NoRule, "group", group.id().to_owned()),
        None if layer.grouped => {}
        _ => add(Kind::NoRule, "", String::new()),
    }
}

fn norms(book: &Rulebook, faults: &mut Vec<Fault>) {
    for norm in book.norms.values() {
        if let Some(end) = norm.in_force_until.filter(|end| *end <= norm.in_force_from) {
            faults.push(Fault::new(NORMS, Kind::EndsBeforeBegins).at(&norm.id, "in_force_until", &end));
        }
        if book.format < 2 {
            continue;
        }
        if norm.title.as_ref().is_none_or(|title| title.trim().is_empty()) {
            faults.push(Fault::new(NORMS, Kind::MissingKey).at(&norm.id, "title", &""));
        }
        if !book.rules.iter().any(|rule| rule.norms.contains(&norm.id)) {
            faults.push(Fault::new(NORMS, Kind::Unused).at("norm", "id", &&norm.id));
        }
    }
    for authority in book.authorities.values().filter(|_| book.format >= 2) {
        if authority.ask.as_ref().is_none_or(|ask| ask.trim().is_empty()) {
            faults.push(Fault::new(NORMS, Kind::MissingKey).at(&authority.id, "ask", &""));
        }
        for word in explain::forbidden(&book.words.forbidden, authority.ask.as_deref().unwrap_or_default()) {
            faults.push(Fault::new(NORMS, Kind::ForbiddenWord).at(&authority.id, "ask", word));
        }
        if !book
            .rules
            .iter()
            .any(|rule| rule.authority.as_ref() == Some(&authority.id))
        {
            faults.push(Fault::new(NORMS, Kind::Unused).at("authority", "id", &&authority.id));
        }
    }
}

fn limits(book: &Rulebook, faults: &mut Vec<Fault>) {
    for kind in LIMITS {
        if book.limits.get(kind).is_none_or(|text| text.trim().is_empty()) {
            faults.push(Fault::new(TEXTS, Kind::NoSentence).at("limits", kind, &""));
        }
    }
    for (kind, text) in &book.limits {
        if book.format >= 2 && !LIMITS.contains(&kind.as_str()) {
            faults.push(Fault::new(TEXTS, Kind::UnknownSentence).at("limits", kind, &""));
        }
        for word in explain::forbidden(&book.words.forbidden, text) {
            faults.push(Fault::new(TEXTS, Kind::ForbiddenWord).at("limits", kind, word));
        }
    }
}
