//! The source-water view as a page.

use crate::{
    basin::{areas, contents, limits, number, percent},
    page::page_for,
    speech::Speech,
    words::segment,
};
use conflicts::LayerState;
use conflicts::water::{Registered, SourceView};
use maud::{Markup, html};

/// The page.
pub(super) fn of(view: &SourceView, speech: &Speech) -> String {
    let within = &view.within;
    let body = html! {
        p.notice role="note" { (speech.say("source-modelled")) }
        (areas(&within.area, speech))
        h2 { (speech.say("source-model")) }
        (model(view, speech))
        h2 { (speech.say("source-at-risk")) }
        p {
            @match &view.at_risk {
                Some(live) => {
                    (speech.fill("source-at-risk-land", &[("ha", number(live.union_ha.0).into()), ("share", percent(live.share_of_subject.0).into())]))
                },
                None => (speech.say("source-at-risk-unknown")),
            }
        }
        (contents(within, speech))
        h2 { (speech.say("source-works")) }
        (registered(&view.works, speech))
        h2 { (speech.say("source-agreements")) }
        (registered(&view.agreements, speech))
        h2 { (speech.say("basin-not-known")) }
        ul {
            @for word in &view.not_known { @if let Some(sentence) = not_known(word, speech) { li { (sentence) } } }
            (limits(within, speech))
        }
    };
    let title = match &view.intake.name {
        Some(name) => speech.fill("source-title", &[("name", name.clone().into())]),
        None => speech.say("source-title-point"),
    };
    let synthetic = view.basin.model.synthetic
        || within
            .layers
            .iter()
            .any(|layer| layer.edition.as_ref().is_some_and(|edition| edition.synthetic));
    page_for(speech, (&title, synthetic), &body)
}

fn model(view: &SourceView, speech: &Speech) -> Markup {
    let basin = &view.basin;
    let [lon, lat] = &view.intake.point;
    let row = |words: String, value: String| {
        html! { tr { th scope="row" { (words) } td { (value) } } }
    };
    html! {
        table {
            tbody {
                (row(speech.say("source-point"), format!("{lon}, {lat}")))
                (row(speech.say("source-model-edition"), format!("{} ({})", basin.model.title, basin.model.edition)))
                @if let Some(metres) = basin.snap.distance_m { (row(speech.say("source-snap"), format!("{metres} m"))) }
                (row(speech.say("source-order"), basin.order.to_string()))
                (row(speech.say("source-heights"), format!("{} – {} m", basin.heights_m[0], basin.heights_m[1])))
                (row(speech.say("source-longest-way"), format!("{} km", basin.longest_way_km)))
            }
        }
    }
}

fn registered(register: &Registered, speech: &Speech) -> Markup {
    match register.state {
        LayerState::NotConsulted => html! { p { (speech.say("basin-not-consulted")) } },
        LayerState::NoData => html! { p { (speech.say("source-no-register")) } },
        _ if register.features.is_empty() => html! { p { (speech.say("basin-none-listed")) } },
        _ => html! {
            ul {
                @for one in &register.features {
                    @let address = format!("/collections/{}/items/{}?edition={}", one.layer, segment(&one.feature), segment(&one.edition));
                    li { a href=(speech.href(&address)) { (one.name) } }
                }
            }
        },
    }
}

/// What the model cannot tell.
fn not_known(word: &str, speech: &Speech) -> Option<String> {
    Some(match word {
        "groundwater" => speech.say("source-not-known-groundwater"),
        "canals" => speech.say("source-not-known-canals"),
        "agreements" => speech.say("source-not-known-agreements"),
        _ => return None,
    })
}
