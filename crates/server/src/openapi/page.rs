//! The same description, for people: a page that needs no script.

use super::Ground;
use super::document::reason;
use super::operations::{Body, Forms, GROUPS, Operation};
use super::parameters::{Parameter, parameter};
use super::table::OPERATIONS;
use maud::{Markup, html};
use reports::FluentValue;
use serde_json::Value;

/// What stands between the title and the end of the page.
pub(crate) fn page(ground: &Ground<'_>) -> Markup {
    let say = |id: &str| ground.speech.say(id);
    html! {
        p { (say("api-about")) }
        p { a href=(ground.speech.href("/api?f=json")) { (say("api-for-programs")) } }
        nav.annexes aria-label=(say("api-contents")) {
            ul { @for group in GROUPS { li { a href=(format!("#{group}")) { (say(group)) } } } }
        }
        @for group in GROUPS {
            h2 id=(group) { (say(group)) }
            @for operation in OPERATIONS.iter().filter(|operation| operation.group() == group) {
                (section(operation, ground))
            }
        }
    }
}

fn section(operation: &Operation, ground: &Ground<'_>) -> Markup {
    let say = |id: &str| ground.speech.say(id);
    let keys = operation.in_path().chain(operation.query.iter().copied());
    let known: Vec<&Parameter> = keys.filter_map(parameter).collect();
    let refusals: Vec<String> = operation
        .refusals
        .iter()
        .map(|status| format!("{status} ({})", reason(*status)))
        .collect();
    html! {
        h3 id=(operation.id()) { code { (operation.method().to_uppercase()) " " (operation.path) } }
        p { (say(operation.words)) }
        @if operation.body == Body::Land { p { (super::document::limits(ground)) } }
        @if operation.body == Body::Inputs { p { (say("api-inputs-sent")) } }
        @if operation.body == Body::Document { p { (say("api-document-sent")) } }
        @if !known.is_empty() || operation.forms.has_choice() {
            table.cards {
                thead { tr {
                    th scope="col" { (say("api-parameter")) }
                    th scope="col" { (say("api-meaning")) }
                    th scope="col" { (say("api-values")) }
                } }
                tbody {
                    @for parameter in known {
                        tr {
                            th scope="row" { code { (parameter.name) } }
                            td data-label=(say("api-meaning")) { (say(parameter.words)) }
                            td data-label=(say("api-values")) { (values(&parameter.described(ground), ground)) }
                        }
                    }
                    @if operation.forms.has_choice() {
                        tr {
                            th scope="row" { code { "f" } }
                            td data-label=(say("api-meaning")) { (say("param-f")) }
                            td data-label=(say("api-values")) { (forms(operation.forms)) }
                        }
                    }
                }
            }
        }
        p.small {
            @if !operation.forms.has_choice() {
                (say("api-answers")) ": "
                @for (place, (_, media)) in operation.forms.list().into_iter().enumerate() { @if place > 0 { ", " } code { (media) } }
                ". "
            }
            @if !refusals.is_empty() { (say("api-refusals")) ": " (refusals.join(", ")) "." }
        }
    }
}

fn forms(forms: Forms) -> Markup {
    html! {
        @for (place, (word, media)) in forms.list().into_iter().enumerate() {
            @if place > 0 { ", " }
            code title=(media) { (word) }
        }
    }
}

/// What a parameter may hold, in words.
fn values(described: &Value, ground: &Ground<'_>) -> Markup {
    let schema = &described["schema"];
    let list = schema["enum"].as_array().or_else(|| schema["items"]["enum"].as_array());
    let plain = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    if let Some(list) = list {
        return html! { @for (place, word) in list.iter().enumerate() { @if place > 0 { ", " } code { (plain(word)) } } };
    }
    let bounds = match (schema["minimum"].as_u64(), schema["maximum"].as_u64()) {
        (Some(least), Some(most)) => Some(ground.speech.fill("api-from-to", &places(least, most))),
        (Some(least), None) => Some(ground.speech.fill("api-from", &places(least, least))),
        _ => None,
    };
    let example = described.get("example").map(plain);
    html! {
        @if let Some(bounds) = bounds { (bounds) ". " }
        @if let Some(example) = example { (ground.speech.say("api-example")) " " code { (example) } }
    }
}

fn places(least: u64, most: u64) -> [(&'static str, FluentValue<'static>); 2] {
    let count = |number| crate::words::count(number).into();
    [("least", count(least)), ("most", count(most))]
}
