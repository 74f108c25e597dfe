//! What is different between two rulebooks, key by key.

use crate::rulebook::{LayerRole, Rule, Rulebook};
use serde::Serialize;
use std::collections::BTreeMap;

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DifferenceKind {
    /// Only the second book has it.
    Added,
    /// Only the first book has it.
    Removed,
    /// Both have it, with other values.
    Changed,
}

/// One difference between two books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `book`, `layer`, `rule`, `step`, `norm`, `authority`, `limit` or `word`.
    pub part: &'static str,
    /// The entry's id; a step's is its rule's and its share.
    pub entry: String,
    /// The key; empty where the whole entry was added or removed.
    pub key: String,
    /// Added, removed or changed.
    pub kind: DifferenceKind,
    /// The value in the first book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// The value in the second book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

const PARTS: [&str; 8] = ["book", "layer", "rule", "step", "norm", "authority", "limit", "word"];

/// Entries of one part of a book: by id, the values by key.
type Entries = BTreeMap<String, BTreeMap<&'static str, String>>;

/// Everything in which `after` differs from `before`: by part, entry and key. Empty: the same rules.
pub fn differences(before: &Rulebook, after: &Rulebook) -> Vec<Difference> {
    let mut list = Vec::new();
    let (before, after) = (flat(before), flat(after));
    for part in PARTS {
        let none = Entries::new();
        let (one, other) = (before.get(part).unwrap_or(&none), after.get(part).unwrap_or(&none));
        let mut ids: Vec<&String> = one
            .keys()
            .chain(other.keys().filter(|id| !one.contains_key(*id)))
            .collect();
        ids.sort();
        for id in ids {
            match (one.get(id), other.get(id)) {
                (Some(one), Some(other)) => changed(part, id, (one, other), &mut list),
                (one, other) => list.push(whole(part, id, one, other)),
            }
        }
    }
    list
}

fn changed(
    part: &'static str,
    entry: &str,
    (one, other): (&BTreeMap<&'static str, String>, &BTreeMap<&'static str, String>),
    list: &mut Vec<Difference>,
) {
    let mut keys: Vec<&str> = one.keys().chain(other.keys()).copied().collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let (before, after) = (one.get(key).cloned(), other.get(key).cloned());
        let kind = match (&before, &after) {
            (before, after) if before == after => continue,
            (None, _) => DifferenceKind::Added,
            (_, None) => DifferenceKind::Removed,
            _ => DifferenceKind::Changed,
        };
        list.push(Difference {
            part,
            entry: entry.to_owned(),
            key: key.to_owned(),
            kind,
            before,
            after,
        });
    }
}

fn whole(
    part: &'static str,
    entry: &str,
    one: Option<&BTreeMap<&'static str, String>>,
    other: Option<&BTreeMap<&'static str, String>>,
) -> Difference {
    let words = |keys: &BTreeMap<&'static str, String>| {
        let words: Vec<String> = keys.iter().map(|(key, value)| format!("{key}: {value}")).collect();
        words.join("; ")
    };
    Difference {
        part,
        entry: entry.to_owned(),
        key: String::new(),
        kind: if one.is_none() {
            DifferenceKind::Added
        } else {
            DifferenceKind::Removed
        },
        before: one.map(words),
        after: other.map(words),
    }
}

/// A book as values by part, entry and key; what is absent has no key.
fn flat(book: &Rulebook) -> BTreeMap<&'static str, Entries> {
    let mut parts = BTreeMap::from([("book", head(book)), ("layer", layers(book))]);
    let limit = |(kind, text): (&String, &String)| (kind.clone(), BTreeMap::from([("text", text.clone())]));
    parts.insert("limit", book.limits.iter().map(limit).collect());
    let words = [("forbidden", &book.words.forbidden), ("approved", &book.words.approved)];
    let word = words.iter().flat_map(|(list, words)| {
        words.iter().map(move |word| {
            (
                format!("{list}: {word}"),
                BTreeMap::from([("list", (*list).to_owned())]),
            )
        })
    });
    parts.insert("word", word.collect());
    parts.insert(
        "rule",
        book.rules.iter().map(|one| (one.id.clone(), rule(one))).collect(),
    );
    let steps = book.rules.iter().flat_map(|rule| {
        rule.steps.iter().map(|step| {
            let keys = [("severity", severity(step.severity)), ("reason", step.reason.clone())];
            (format!("{} ≥ {}", rule.id, step.at_least), BTreeMap::from(keys))
        })
    });
    parts.insert("step", steps.collect());
    parts.insert("norm", norms(book));
    let authority = |(id, one): (&String, &crate::Authority)| {
        (
            id.clone(),
            keys([("name", Some(one.name.clone())), ("ask", one.ask.clone())]),
        )
    };
    parts.insert("authority", book.authorities.iter().map(authority).collect());
    parts
}

fn keys<const N: usize>(list: [(&'static str, Option<String>); N]) -> BTreeMap<&'static str, String> {
    list.into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect()
}

fn text<T: ToString>(value: &T) -> String {
    value.to_string()
}

fn severity(severity: crate::Severity) -> String {
    format!("{severity:?}").to_lowercase()
}

fn head(book: &Rulebook) -> Entries {
    let slivers = &book.slivers;
    let mut entries = Entries::new();
    let order: Vec<&str> = book.layers.iter().map(|layer| layer.id.id()).collect();
    let own = keys([
        ("id", Some(text(&book.id))),
        ("title", Some(text(&book.title))),
        ("format", Some(text(&book.format))),
        ("in_force_from", Some(text(&book.in_force_from))),
        ("in_force_until", book.in_force_until.map(|end| end.to_string())),
        ("layers", Some(order.join(", "))),
    ]);
    entries.insert("rulebook".to_owned(), own);
    let limits = keys([
        ("min_area_ha", Some(text(&slivers.min_area_ha))),
        ("min_area_reason", Some(text(&slivers.min_area_reason))),
        ("min_width_m", Some(text(&slivers.min_width_m))),
        ("min_width_reason", Some(text(&slivers.min_width_reason))),
        ("cross_datum_min_width_m", Some(text(&slivers.cross_datum_min_width_m))),
        ("cross_datum_reason", Some(text(&slivers.cross_datum_reason))),
    ]);
    entries.insert("slivers".to_owned(), limits);
    if let Some(sigma) = &book.uncertainty {
        let sigma = keys([
            ("given_sigma_m", Some(text(&sigma.given_sigma_m))),
            ("given_sigma_reason", Some(text(&sigma.given_sigma_reason))),
        ]);
        entries.insert("uncertainty".to_owned(), sigma);
    }
    if let Some(changes) = &book.changes {
        let changes = keys([
            ("tolerance_m", Some(text(&changes.tolerance_m))),
            ("tolerance_reason", Some(text(&changes.tolerance_reason))),
        ]);
        entries.insert("changes".to_owned(), changes);
    }
    entries
}

fn layers(book: &Rulebook) -> Entries {
    let of = |layer: &crate::LayerRule| {
        // the first rule that fits is the finding's: their order is a rule too
        let rules = book.rules.iter().filter(|rule| rule.layer == layer.id);
        let order: Vec<&str> = rules.map(|rule| rule.id.as_str()).collect();
        let role = match layer.role {
            LayerRole::Finding => "finding",
            LayerRole::Context => "context",
        };
        let keys = keys([
            ("title", Some(text(&layer.title))),
            ("role", Some(text(&role))),
            ("grouped", Some(text(&layer.grouped))),
            ("reason", Some(text(&layer.reason))),
            ("near_m", layer.near_m.map(|near| near.to_string())),
            ("near_reason", layer.near_reason.clone()),
            ("rules", Some(order.join(", "))),
        ]);
        (layer.id.id().to_owned(), keys)
    };
    book.layers.iter().map(of).collect()
}

fn rule(rule: &Rule) -> BTreeMap<&'static str, String> {
    keys([
        ("layer", Some(text(&rule.layer))),
        ("group", rule.group.clone()),
        (
            "category",
            Some(rule.category.join(", ")).filter(|list| !list.is_empty()),
        ),
        ("norms", Some(rule.norms.join(", ")).filter(|list| !list.is_empty())),
        ("authority", rule.authority.clone()),
        ("explain", Some(text(&rule.explain))),
        ("explain_touch", rule.explain_touch.clone()),
        ("explain_near", rule.explain_near.clone()),
    ])
}

fn norms(book: &Rulebook) -> Entries {
    let of = |norm: &crate::Norm| {
        let seen = match norm.seen {
            crate::Seen::Text => "text",
            crate::Seen::Excerpt => "excerpt",
            crate::Seen::SecondHand => "second-hand",
        };
        keys([
            ("instrument", Some(text(&norm.instrument))),
            ("title", norm.title.clone()),
            ("article", norm.article.clone()),
            ("date", Some(text(&norm.date))),
            ("url", norm.url.clone()),
            ("in_force_from", Some(text(&norm.in_force_from))),
            ("in_force_until", norm.in_force_until.map(|end| end.to_string())),
            ("seen", Some(text(&seen))),
        ])
    };
    book.norms.iter().map(|(id, norm)| (id.clone(), of(norm))).collect()
}
