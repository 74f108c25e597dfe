//! The lint of one rule: its ids, its steps and its sentences.

use crate::explain;
use crate::fault::{Fault, FaultKind as Kind};
use crate::rulebook::{LayerRule, Rule, Rulebook};
use jiff::civil::Date;

const FILE: &str = "rules.toml";

/// The faults of a rule in a book whose time ends with `end`.
pub(crate) fn of_rule(book: &Rulebook, rule: &Rule, end: Option<Date>, faults: &mut Vec<Fault>) {
    ids(book, rule, faults);
    norms(book, rule, end, faults);
    steps(rule, faults);
    sentences(book, rule, faults);
}

/// Rules behind another of their layer that takes all that is theirs.
pub(crate) fn never_reached(book: &Rulebook, faults: &mut Vec<Fault>) {
    for (place, rule) in book.rules.iter().enumerate() {
        let takes = |before: &&Rule| {
            before.layer == rule.layer
                && (before.group.is_none() || before.group == rule.group)
                && (before.category.is_empty()
                    || !rule.category.is_empty() && rule.category.iter().all(|one| before.category.contains(one)))
        };
        if let Some(before) = book.rules[..place].iter().find(takes) {
            faults.push(Fault::new(FILE, Kind::NeverReached).at(
                &rule.id,
                "layer",
                &format!("{}: {}", rule.layer, before.id),
            ));
        }
    }
}

fn ids(book: &Rulebook, rule: &Rule, faults: &mut Vec<Fault>) {
    let mut add = |kind, key: &str, value: &str| faults.push(Fault::new(FILE, kind).at(&rule.id, key, value));
    if book.layer(rule.layer).is_none() {
        add(Kind::UnknownLayer, "layer", rule.layer.id());
    }
    if let Some(group) = &rule.group
        && group.parse::<concessions::RightGroup>().is_err()
    {
        add(Kind::UnknownGroup, "group", group);
    }
    if let Some(id) = &rule.authority
        && !book.authorities.contains_key(id)
    {
        add(Kind::UnknownAuthority, "authority", id);
    }
}

/// A norm must be in force for as long as the book is.
fn norms(book: &Rulebook, rule: &Rule, end: Option<Date>, faults: &mut Vec<Fault>) {
    for id in &rule.norms {
        let kind = match book.norms.get(id) {
            None => Kind::UnknownNorm,
            Some(norm)
                if norm
                    .in_force_until
                    .is_some_and(|repealed| end.is_none_or(|end| repealed < end)) =>
            {
                Kind::RepealedNorm
            }
            Some(norm) if norm.in_force_from > book.in_force_from => Kind::LaterNorm,
            Some(_) => continue,
        };
        faults.push(Fault::new(FILE, kind).at(&rule.id, "norms", id));
    }
}

fn steps(rule: &Rule, faults: &mut Vec<Fault>) {
    let mut add = |kind, value: String| faults.push(Fault::new(FILE, kind).at(&rule.id, "steps", &value));
    if rule.steps.last().is_none_or(|step| step.at_least > 0.0) {
        let last = rule
            .steps
            .last()
            .map_or_else(|| "[]".to_owned(), |step| step.at_least.to_string());
        add(Kind::StepGap, last);
    }
    if let Some(pair) = rule.steps.windows(2).find(|pair| pair[0].at_least <= pair[1].at_least) {
        add(Kind::StepOrder, format!("{}, {}", pair[0].at_least, pair[1].at_least));
    }
    for step in &rule.steps {
        if !(0.0..=1.0).contains(&step.at_least) {
            add(Kind::BadNumber, step.at_least.to_string());
        }
        if step.reason.trim().is_empty() {
            add(Kind::NoReason, step.at_least.to_string());
        }
    }
}

fn sentences(book: &Rulebook, rule: &Rule, faults: &mut Vec<Fault>) {
    let mut add = |kind, key: &str, value: &str| faults.push(Fault::new(FILE, kind).at(&rule.id, key, value));
    let near = book
        .layer(rule.layer)
        .and_then(|layer: &LayerRule| layer.near_m)
        .is_some();
    if rule.explain_near.is_none() && near {
        add(Kind::NoSentence, "explain_near", "");
    }
    if rule.explain_touch.is_none() && book.format >= 2 {
        add(Kind::NoSentence, "explain_touch", "");
    }
    let all = [
        ("explain", Some(&rule.explain)),
        ("explain_touch", rule.explain_touch.as_ref()),
        ("explain_near", rule.explain_near.as_ref()),
    ];
    for (key, text) in all.into_iter().filter_map(|(key, text)| Some((key, text?))) {
        for place in explain::places(text) {
            // only what lies apart has a distance
            if !explain::PLACES.contains(&place.as_str()) || (place == "distance" && key == "explain") {
                add(Kind::UnknownPlace, key, &place);
            }
        }
        for word in explain::forbidden(&book.words.forbidden, text) {
            add(Kind::ForbiddenWord, key, word);
        }
        if text.trim().is_empty() {
            add(Kind::NoSentence, key, "");
        } else if book.format >= 2 && explain::forbidden(&book.words.approved, text).is_empty() {
            add(Kind::NoApprovedWord, key, text);
        }
    }
}
