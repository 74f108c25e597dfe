//! The answer in a few sentences: what overlaps, how much, what only grazes, and what nobody could say.

use super::swatch;
use crate::{Texts, number};
use conflicts::{LayerState, Report, TotalOut};
use maud::{Markup, html};
use territory::LayerKind;

pub(super) fn answer(report: &Report, texts: &Texts) -> Markup {
    let live = total(report, LayerKind::Concessions, "vigente").filter(|total| total.count > 0);
    html! {
        section.answer aria-labelledby="answer" {
            h2 #answer style="border:0;margin:0;padding:0" { (texts.say("answer-heading")) }
            p.lead { (rights(report, texts)) }
            @if let Some(live) = live {
                (swatch::bar(&number::parts(texts, live.share_of_subject.0), live.share_of_subject.0))
            }
            ul {
                @if let Some(sentence) = by_state(report, texts) { li { (sentence) } }
                @for sentence in other_layers(report, texts) { li { (sentence) } }
                li { (grazes(report, texts)) }
                @for sentence in unknown(report, texts) { li { (sentence) } }
            }
        }
    }
}

/// The state of a layer; none when the rulebook does not have it.
fn state(report: &Report, layer: LayerKind) -> Option<LayerState> {
    report
        .layers
        .iter()
        .find(|entry| entry.id == layer)
        .map(|entry| entry.state)
}

fn total<'a>(report: &'a Report, layer: LayerKind, group: &str) -> Option<&'a TotalOut> {
    report
        .totals
        .iter()
        .find(|total| total.layer == layer && total.group == group)
}

/// What is said of live mining rights; the state of the layer decides what «none found» means.
fn rights(report: &Report, texts: &Texts) -> String {
    let state = state(report, LayerKind::Concessions);
    let live = total(report, LayerKind::Concessions, "vigente").filter(|total| total.count > 0);
    match (live, state) {
        (Some(live), state) => {
            let id = if state == Some(LayerState::Consulted) {
                "rights-found"
            } else {
                "rights-found-in-part"
            };
            texts.fill(
                id,
                &[
                    ("count", live.count.into()),
                    ("n", number::count(live.count).into()),
                    ("ha", number::hectares_text(texts, live.union_ha.0).into()),
                    ("parts", number::parts(texts, live.share_of_subject.0).into()),
                ],
            )
        }
        (None, Some(LayerState::Consulted)) => texts.say("rights-none"),
        (None, Some(LayerState::Partial)) => texts.say("rights-none-in-part"),
        (None, Some(LayerState::NoData)) => texts.say("rights-no-data"),
        (None, Some(LayerState::NotConsulted) | None) => texts.say("rights-not-consulted"),
    }
}

/// How many of each group.
fn by_state(report: &Report, texts: &Texts) -> Option<String> {
    let counts: Vec<String> = swatch::SIGNED
        .iter()
        .filter_map(|(group, _)| total(report, LayerKind::Concessions, group))
        .filter(|total| total.count > 0)
        .map(|total| {
            let n = number::count(total.count);
            texts.fill(
                &format!("count-{}", total.group),
                &[("count", total.count.into()), ("n", n.into())],
            )
        })
        .collect();
    (!counts.is_empty()).then(|| texts.fill("rights-by-state", &[("list", counts.join(", ").into())]))
}

/// The other layers that meet the land.
fn other_layers(report: &Report, texts: &Texts) -> Vec<String> {
    let mut layers: Vec<LayerKind> = report.findings.iter().map(|finding| finding.layer).collect();
    layers.dedup();
    layers.retain(|layer| *layer != LayerKind::Concessions);
    let sentence = |layer: LayerKind| {
        let found = report.findings.iter().filter(|finding| finding.layer == layer).count();
        let name = texts.say(&format!("layer-{layer}"));
        let n = number::count(found);
        match total(report, layer, "todos") {
            Some(total) => texts.fill(
                "other-layer",
                &[
                    ("layer", name.into()),
                    ("n", n.into()),
                    ("ha", number::hectares_text(texts, total.union_ha.0).into()),
                    ("parts", number::parts(texts, total.share_of_subject.0).into()),
                ],
            ),
            None => texts.fill("other-layer-without-area", &[("layer", name.into()), ("n", n.into())]),
        }
    };
    layers.into_iter().map(sentence).collect()
}

fn grazes(report: &Report, texts: &Texts) -> String {
    let n = report.roces.len();
    texts.fill("grazes", &[("count", n.into()), ("n", number::count(n).into())])
}

/// The layers that leave a question open, by their state: never silent.
fn unknown(report: &Report, texts: &Texts) -> Vec<String> {
    let open = [
        (LayerState::NotConsulted, "open-not-consulted"),
        (LayerState::NoData, "open-no-data"),
        (LayerState::Partial, "open-partial"),
    ];
    let mut sentences = Vec::new();
    for (state, id) in open {
        let mut layers: Vec<LayerKind> = report
            .layers
            .iter()
            .filter(|layer| layer.state == state)
            .map(|layer| layer.id)
            .collect();
        layers.dedup();
        if !layers.is_empty() {
            let names: Vec<String> = layers
                .iter()
                .map(|layer| texts.say(&format!("layer-{layer}")))
                .collect();
            sentences.push(texts.fill(id, &[("layers", names.join("; ").into())]));
        }
    }
    let water = report.limits.iter().find(|limit| limit.kind == "no-water");
    sentences.extend(water.map(|limit| limit.text.clone()));
    sentences
}
