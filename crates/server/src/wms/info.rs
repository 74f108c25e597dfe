//! What lies under a point, as JSON, a page or text.

use super::{Code, Exception};
use crate::speech::Speech;
use crate::{drawing::Picture, words};
use geo_types::Coord;
use maud::html;
use reports::layer_styles;
use serde_json::{Value, json};
use std::fmt::Write as _;
use store::Snapshot;
use territory::{EditionMeta, Feature, LayerKind};

/// How far from a line or a point it is still meant, in millimetres of the picture.
const REACH_MM: f64 = 1.4;

/// As what the answer goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InfoForm {
    /// `text/plain`
    Text,
    /// `text/html`
    Html,
    /// `application/json`
    Json,
    /// `application/geo+json`
    GeoJson,
}

impl InfoForm {
    /// Every form.
    pub(crate) const ALL: [Self; 4] = [Self::Json, Self::GeoJson, Self::Html, Self::Text];

    /// As the capabilities name it.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// As it stands in the head of the answer.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::GeoJson => "application/geo+json",
        }
    }

    /// The form of a media type.
    ///
    /// # Errors
    /// `InvalidFormat`.
    pub(crate) fn read(text: Option<&str>) -> Result<Self, Exception> {
        let Some(text) = text else { return Ok(Self::Text) };
        let plain = text.split(';').next().unwrap_or_default().trim();
        Self::ALL
            .into_iter()
            .find(|form| form.media().eq_ignore_ascii_case(plain))
            .ok_or_else(|| {
                let known = Self::ALL.map(Self::media).join(", ");
                let text: String = text.chars().take(80).collect();
                Exception::new(
                    Code::InvalidFormat,
                    format!("INFO_FORMAT={text} no se ofrece aquí. Los que hay: {known}."),
                )
            })
    }
}

struct Hit<'a> {
    meta: &'a EditionMeta,
    feature: &'a Feature,
}

/// What some layers of a picture have at a point (millimetres): the highest first, `most` at most.
pub(crate) fn feature_info(
    snapshot: &Snapshot,
    picture: &Picture,
    (at, most): (Coord<f64>, usize),
    form: InfoForm,
) -> String {
    let (hits, more) = hits(snapshot, picture, at, most);
    match form {
        InfoForm::Text => as_text(snapshot, picture, &hits, more),
        InfoForm::Html => as_page(snapshot, picture, &hits, more),
        InfoForm::Json | InfoForm::GeoJson => as_json(snapshot, picture, &hits, more).to_string(),
    }
}

/// Features that are drawn there, and how many were left out.
fn hits<'a>(snapshot: &'a Snapshot, picture: &Picture, at: Coord<f64>, most: usize) -> (Vec<Hit<'a>>, usize) {
    let view = &picture.view;
    let spot = maps::Rect::about(at, REACH_MM * 2.0, REACH_MM * 2.0);
    let corners = spot.corners().into_iter().filter_map(|corner| view.lonlat(corner));
    let bounds = corners.map(|place| [place.x, place.y, place.x, place.y]);
    let Some(bounds) = bounds.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]) else {
        return (Vec::new(), 0);
    };
    let (mut found, mut more) = (Vec::new(), 0);
    for kind in picture.kinds.iter().rev() {
        let look = layer_styles().look(*kind);
        for edition in snapshot.collection(*kind) {
            for feature in edition.touching(bounds, 0.0) {
                // what the scale hides cannot be pointed at
                let rule = look.rule_of(&feature.attributes).map(|rule| &look.rules[rule]);
                let drawn = rule.is_some_and(|rule| rule.steps_at(view.denominator).next().is_some());
                if !drawn || !view.hits(&feature.lonlat, at, REACH_MM) {
                    continue;
                }
                if found.len() < most {
                    found.push(Hit {
                        meta: &edition.meta,
                        feature,
                    });
                } else {
                    more += 1;
                }
            }
        }
    }
    (found, more)
}

/// The layers that were asked, with their editions: what is not there was looked for in these.
fn consulted(snapshot: &Snapshot, kinds: &[LayerKind]) -> Vec<(LayerKind, Vec<String>)> {
    let editions = |kind: LayerKind| {
        snapshot
            .collection(kind)
            .map(|edition| edition.meta.id.clone())
            .collect()
    };
    kinds.iter().map(|kind| (*kind, editions(*kind))).collect()
}

fn as_json(snapshot: &Snapshot, picture: &Picture, hits: &[Hit<'_>], more: usize) -> Value {
    let feature = |hit: &Hit<'_>| {
        let here = address(hit);
        json!({
            "type": "Feature",
            "id": format!("{}.{}", hit.meta.kind, hit.feature.key),
            "geometry": null,
            "properties": hit.feature.attributes,
            "layer": hit.meta.kind,
            "edition": hit.meta.id,
            "synthetic": hit.meta.synthetic,
            "links": [{ "rel": "self", "href": format!("{here}?f=json"), "type": "application/geo+json" }],
        })
    };
    let asked: Vec<Value> = consulted(snapshot, &picture.kinds)
        .into_iter()
        .map(|(kind, editions)| json!({ "layer": kind, "editions": editions }))
        .collect();
    json!({
        "type": "FeatureCollection",
        "features": hits.iter().map(feature).collect::<Vec<_>>(),
        "numberReturned": hits.len(),
        "numberMatched": hits.len() + more,
        "consulted": asked,
    })
}

fn as_text(snapshot: &Snapshot, picture: &Picture, hits: &[Hit<'_>], more: usize) -> String {
    let mut out = String::new();
    for hit in hits {
        let (meta, feature) = (hit.meta, hit.feature);
        let _ = writeln!(out, "{}: {}", words::title_of(meta.kind), one_line(feature.name()));
        let _ = writeln!(out, "  Clave: {}", feature.key);
        for (name, value) in &feature.attributes.0 {
            let _ = writeln!(
                out,
                "  {}: {}",
                Speech::default().field(name),
                one_line(&words::value(value, &Speech::default()))
            );
        }
        let _ = writeln!(out, "  Edición: {} (vale desde {})\n", meta.id, meta.valid_from);
    }
    out.push_str(&closing(snapshot, picture, hits.len(), more));
    out.push('\n');
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What was looked for, and what was left out.
fn closing(snapshot: &Snapshot, picture: &Picture, count: usize, more: usize) -> String {
    let asked: Vec<String> = consulted(snapshot, &picture.kinds)
        .into_iter()
        .map(|(kind, editions)| format!("{} ({})", words::title_of(kind), editions.join(", ")))
        .collect();
    let first = match (count, more) {
        (0, _) => "No consta ningún elemento en este punto.".to_owned(),
        (_, 0) => String::new(),
        (_, more) => format!("Hay {more} elementos más en este punto: pídalos con FEATURE_COUNT."),
    };
    format!("{first} Se consultó: {}.", asked.join("; "))
        .trim_start()
        .to_owned()
}

fn as_page(snapshot: &Snapshot, picture: &Picture, hits: &[Hit<'_>], more: usize) -> String {
    let body = html! {
        (maud::DOCTYPE)
        html lang="es" {
            head { meta charset="utf-8"; title { "Elementos en este punto" } }
            body {
                @for hit in hits {
                    h2 { (words::title_of(hit.meta.kind)) ": " a href=(address(hit)) { (hit.feature.name()) } }
                    table {
                        tbody {
                            tr { th scope="row" { "Clave" } td { (hit.feature.key) } }
                            @for (name, value) in &hit.feature.attributes.0 {
                                tr { th scope="row" { (Speech::default().field(name)) } td { (words::value(value, &Speech::default())) } }
                            }
                            tr { th scope="row" { "Edición" } td { (hit.meta.id) ", vale desde " (hit.meta.valid_from) } }
                        }
                    }
                }
                p { (closing(snapshot, picture, hits.len(), more)) }
            }
        }
    };
    body.into_string()
}

fn address(hit: &Hit<'_>) -> String {
    format!(
        "/collections/{}/items/{}",
        hit.meta.kind,
        words::segment(&hit.feature.key)
    )
}
