//! Finding what an address names: layers and features, with the nearest names where there is none.

use crate::{
    nearest::nearest,
    problem::{Kind, Problem},
    words::{segment, title_of},
};
use serde_json::{Value, json};
use store::{Found, Snapshot};
use territory::LayerKind;

const OFFERED: usize = 5;

/// The layer of a name.
///
/// # Errors
/// `unknown-layer`, with the nearest ones; also for a layer without any edition.
pub(crate) fn layer(snapshot: &Snapshot, name: &str) -> Result<LayerKind, Problem> {
    let kinds = snapshot.kinds();
    if let Some(kind) = kinds.iter().find(|kind| kind.id() == name) {
        return Ok(*kind);
    }
    let name: String = name.chars().take(80).collect();
    let detail = match name.parse::<LayerKind>() {
        Ok(kind) => format!(
            "De «{kind}» ({}) no hay ninguna edición para estas fechas.",
            title_of(kind)
        ),
        Err(_) => format!("No hay ninguna capa «{name}»."),
    };
    let mut near = nearest(&name, kinds.iter().map(|kind| kind.id()));
    if near.is_empty() {
        near = kinds.iter().map(|kind| kind.id()).collect();
    }
    let candidates: Vec<Value> = near
        .into_iter()
        .map(|id| {
            let title = id.parse().map_or(id, title_of);
            json!({ "id": id, "name": title, "href": format!("/collections/{id}") })
        })
        .collect();
    Err(Kind::UnknownLayer
        .because(format!("{detail} «/collections» enumera las que hay."))
        .with("candidates", candidates))
}

/// The feature of a key, in the edition asked for where several series have one.
///
/// # Errors
/// `unknown-feature` with the nearest keys and names, `ambiguous-feature` with the editions.
pub(crate) fn feature<'a>(
    snapshot: &'a Snapshot,
    kind: LayerKind,
    key: &str,
    edition: Option<&str>,
) -> Result<Found<'a>, Problem> {
    let mut found = snapshot.find(kind, key);
    if let Some(edition) = edition {
        found.retain(|found| found.edition.meta.id == edition);
    }
    match found[..] {
        [one] => Ok(one),
        [] => Err(unknown(snapshot, kind, key, edition)),
        _ => Err(ambiguous(kind, key, &found)),
    }
}

/// A feature as something to choose.
pub(crate) fn candidate(kind: LayerKind, key: &str, name: &str) -> Value {
    json!({ "id": key, "name": name, "href": format!("/collections/{kind}/items/{}", segment(key)) })
}

fn unknown(snapshot: &Snapshot, kind: LayerKind, key: &str, edition: Option<&str>) -> Problem {
    let candidates: Vec<Value> = neighbours(snapshot, kind, key)
        .into_iter()
        .map(|(key, name)| candidate(kind, key, name))
        .collect();
    let key: String = key.chars().take(80).collect();
    let within = edition.map_or_else(String::new, |edition| format!(", edición «{edition}»"));
    let mend = if candidates.is_empty() {
        format!("Busque por nombre: /collections/{kind}/items?q=…")
    } else {
        "Vea los parecidos, o busque por nombre.".to_owned()
    };
    Kind::UnknownFeature
        .because(format!(
            "La capa «{kind}»{within} no tiene ningún elemento «{key}». {mend}"
        ))
        .with("candidates", candidates)
}

/// Names like the key first, then the keys that stand nearest in order and share a beginning.
fn neighbours<'a>(snapshot: &'a Snapshot, kind: LayerKind, key: &str) -> Vec<(&'a str, &'a str)> {
    let named = snapshot.search_by_name(kind, key, OFFERED);
    let mut near: Vec<(&str, &str)> = named
        .iter()
        .map(|found| (found.feature.key.as_str(), found.feature.name()))
        .collect();
    for edition in snapshot.collection(kind) {
        let features = &edition.features;
        let at = features.partition_point(|feature| feature.key.as_str() < key);
        let around = &features[at.saturating_sub(OFFERED)..(at + OFFERED).min(features.len())];
        let keys = nearest(key, around.iter().map(|feature| feature.key.as_str()));
        near.extend(
            keys.into_iter()
                .filter_map(|key| edition.find(key))
                .map(|feature| (feature.key.as_str(), feature.name())),
        );
    }
    let mut seen = std::collections::BTreeSet::new();
    near.retain(|(key, _)| seen.insert(*key));
    near.truncate(OFFERED);
    near
}

fn ambiguous(kind: LayerKind, key: &str, found: &[Found<'_>]) -> Problem {
    let candidates: Vec<Value> = found
        .iter()
        .map(|found| {
            let meta = &found.edition.meta;
            let href = format!(
                "/collections/{kind}/items/{}?edition={}",
                segment(key),
                segment(&meta.id)
            );
            json!({ "id": meta.id, "edition": meta.id, "name": meta.title, "href": href })
        })
        .collect();
    Kind::AmbiguousFeature
        .because(format!(
            "{} ediciones tienen el elemento «{key}». Elija una con «edition».",
            found.len()
        ))
        .with("candidates", candidates)
}
