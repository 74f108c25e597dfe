//! The pages about water: an answer, and the facts of a catchment.

use crate::{page::page_for, speech::Speech, words::segment};
use conflicts::{BasinOut, Direction, LyingOut, WaterAnswer, WaterLayerOut, WaterState};
use maud::{Markup, html};
use territory::LayerKind;

/// Rows of a table; the other form has all of them.
const SHOWN: usize = 200;

/// The page of an answer.
pub(crate) fn of_answer(answer: &WaterAnswer, speech: &Speech) -> String {
    let up = answer.direction == Direction::Upstream;
    let title = speech.say(if up { "water-upstream" } else { "water-downstream" });
    let synthetic = answer.model.as_ref().is_some_and(|model| model.synthetic);
    let body = html! {
        p { (asked(answer, speech)) }
        @if let Some(words) = &answer.explanation {
            p role="status" lang=[speech.spanish()] { strong { (words) } }
        }
        @if answer.state == WaterState::Answered {
            (beginning(answer, speech))
            @for layer in &answer.layers { (of_layer(layer, up, speech)) }
            h2 { (speech.say("water-not-told")) }
            ul { @for limit in &answer.limits { li { (limit_words(limit, speech)) } } }
        }
        (model_words(answer, speech))
    };
    page_for(speech, (&title, synthetic), &body)
}

fn asked(answer: &WaterAnswer, speech: &Speech) -> Markup {
    let asked = &answer.asked;
    html! {
        (speech.say("water-asked")) ": "
        @if let Some([lon, lat]) = &asked.point { strong { (lon) ", " (lat) } }
        @if let (Some(layer), Some(id), Some(name)) = (asked.layer, &asked.id, &asked.name) {
            strong { a href=(speech.href(&format!("/collections/{layer}/items/{}", segment(id)))) { (name) } }
            " (" (speech.layer(layer)) ")"
        }
        "."
    }
}

/// How the place lies to the streams, and how much ground drains to it.
fn beginning(answer: &WaterAnswer, speech: &Speech) -> Markup {
    let snap = answer
        .snap
        .as_ref()
        .and_then(|snap| Some((snap.distance_m?, snap.limit_m)));
    html! {
        @if let Some((distance, limit)) = snap {
            p { (speech.fill("water-snapped", &[("m", distance.to_string().into()), ("limit", limit.to_string().into())])) }
        }
        @if let Some(ground) = &answer.catchment {
            @let kind = answer.model.as_ref().is_some_and(|model| model.area_kind == "geodesic");
            p { (speech.fill(if kind { "water-catchment-geodesic" } else { "water-catchment-planar" }, &[("ha", ground.area_ha.to_string().into())])) }
        }
    }
}

fn of_layer(layer: &WaterLayerOut, up: bool, speech: &Speech) -> Markup {
    let count = |id: &str, number: usize| speech.fill(id, &[("count", number.to_string().into())]);
    html! {
        h2 { (speech.layer(layer.layer)) }
        @if layer.editions.is_empty() {
            p role="status" { (speech.say("water-layer-missing")) }
        } @else if layer.features.is_empty() {
            p role="status" { (speech.say(if up { "water-none-upstream" } else { "water-none-downstream" })) }
        } @else {
            p role="status" { (count("water-found", layer.features.len())) }
            (totals(layer, speech))
            (table(layer, up, speech))
            @if layer.features.len() > SHOWN { p { (count("water-first", SHOWN)) } }
        }
        @if layer.not_placed > 0 { p { (count("water-not-placed", layer.not_placed as usize)) } }
    }
}

/// Hectares by group of states and of all together, each cell once.
fn totals(layer: &WaterLayerOut, speech: &Speech) -> Markup {
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    html! {
        @if let Some(union) = &layer.union {
            ul {
                @for group in &layer.groups {
                    li { (speech.say(&format!("group-{}", group.group.as_deref().unwrap_or("todos")))) ": " (group.area_ha) " ha (" (percent(group.share_of_catchment.0)) ")" }
                }
                li { (speech.say("water-union")) ": " (union.area_ha) " ha (" (percent(union.share_of_catchment.0)) ")" }
            }
        }
    }
}

fn table(layer: &WaterLayerOut, up: bool, speech: &Speech) -> Markup {
    let rights = layer.layer == LayerKind::Concessions;
    let hectares = up && layer.union.is_some();
    let (path, state, area, by) = (
        speech.say("water-col-path"),
        speech.say("water-col-state"),
        speech.say("water-col-area"),
        speech.say("water-col-by"),
    );
    html! {
        table.cards {
            thead { tr {
                th scope="col" { (speech.say("water-col-name")) }
                th scope="col" { (path) }
                @if rights { th scope="col" { (state) } }
                @if hectares { th scope="col" { (area) } }
                th scope="col" { (by) }
            } }
            tbody {
                @for out in layer.features.iter().take(SHOWN) {
                    tr {
                        th scope="row" { a href=(speech.href(&format!("/collections/{}/items/{}", layer.layer, segment(&out.id)))) { (out.name) } " (" (out.id) ")" }
                        td data-label=(path) { (out.path_km) " km" }
                        @if rights { td data-label=(state) { (speech.say(&format!("group-{}", out.group.as_deref().unwrap_or("otros")))) } }
                        @if hectares { td data-label=(area) { @if let Some(area) = out.area_ha { (area) " ha" } } }
                        td data-label=(by) { (by_words(out, speech)) }
                    }
                }
            }
        }
    }
}

fn by_words(out: &LyingOut, speech: &Speech) -> String {
    let way = match &out.by_canal {
        Some(canal) => speech.fill("water-by-canal", &[("canal", canal.clone().into())]),
        None => speech.say("water-by-flow"),
    };
    if out.partly_off_model {
        format!("{way}; {}", speech.say("water-partly"))
    } else {
        way
    }
}

fn limit_words(limit: &str, speech: &Speech) -> String {
    speech.say(match limit {
        "modelled" => "water-limit-modelled",
        "groundwater" => "water-limit-groundwater",
        "canals-unknown" => "water-limit-canals",
        _ => "water-limit-partly",
    })
}

fn model_words(answer: &WaterAnswer, speech: &Speech) -> Markup {
    html! {
        @if let Some(model) = &answer.model {
            p { (speech.say("water-model")) ": " (model.title) " (" (model.edition) ", " (model.valid_from) "). " (model.source) "." }
            @for fault in &model.canal_faults {
                p { (speech.fill("water-canal-fault", &[("canal", fault.id.clone().into())])) " " span lang=[speech.spanish()] { (fault.reason) } }
            }
        }
    }
}

/// The page of a catchment.
pub(crate) fn of_basin(found: &BasinOut, [lon, lat]: [f64; 2], speech: &Speech) -> String {
    let geodesic = found.model.area_kind == "geodesic";
    let rows = [
        ("water-fact-relief", format!("{} m", found.relief_m)),
        (
            "water-fact-heights",
            format!("{} – {} m", found.heights_m[0], found.heights_m[1]),
        ),
        ("water-fact-order", found.order.to_string()),
        ("water-fact-streams", format!("{} km", found.streams_km)),
        ("water-fact-way", format!("{} km", found.longest_way_km)),
    ];
    let ask = format!("point={lon},{lat}");
    let snap = found.snap.distance_m.unwrap_or_default();
    let body = html! {
        p { (speech.fill("water-snapped", &[("m", snap.to_string().into()), ("limit", found.snap.limit_m.to_string().into())])) }
        p { (speech.fill(if geodesic { "water-catchment-geodesic" } else { "water-catchment-planar" }, &[("ha", found.area_ha.to_string().into())])) }
        dl { @for (id, value) in rows { dt { (fact(id, speech)) } dd { (value) } } }
        p { (speech.say("water-limit-modelled")) " " (speech.say("water-limit-groundwater")) }
        ul {
            li { a href=(speech.href(&format!("/upstream?{ask}"))) { (speech.say("water-upstream")) } }
            li { a href=(speech.href(&format!("/downstream?{ask}"))) { (speech.say("water-downstream")) } }
            li { a href=(format!("/watershed?{ask}&f=json")) { "GeoJSON" } }
        }
        p { (speech.say("water-model")) ": " (found.model.title) " (" (found.model.edition) ", " (found.model.valid_from) "). " (found.model.source) "." }
    };
    page_for(speech, (&speech.say("water-basin"), found.model.synthetic), &body)
}

fn fact(id: &str, speech: &Speech) -> String {
    match id {
        "water-fact-relief" => speech.say("water-fact-relief"),
        "water-fact-heights" => speech.say("water-fact-heights"),
        "water-fact-order" => speech.say("water-fact-order"),
        "water-fact-streams" => speech.say("water-fact-streams"),
        _ => speech.say("water-fact-way"),
    }
}
