//! What was consulted: every layer with its state, edition, dates, accuracy and datum operation.

use crate::csv_text::code;
use crate::{Texts, number};
use conflicts::{LayerOut, Report};
use maud::{Markup, html};

pub(super) fn layers(report: &Report, texts: &Texts) -> Markup {
    let columns = [
        "col-layer",
        "col-consulted",
        "col-edition",
        "col-publisher",
        "col-accuracy",
        "col-datum",
    ];
    html! {
        section aria-labelledby="layers" {
            h2 #layers { (texts.say("layers-heading")) }
            p { (texts.say("layers-words")) }
            table.cards role="table" {
                caption { (texts.say("layers-caption")) }
                thead role="rowgroup" {
                    tr role="row" { @for column in columns { th scope="col" role="columnheader" { (texts.say(column)) } } }
                }
                tbody role="rowgroup" { @for layer in &report.layers { (row(layer, texts)) } }
            }
        }
    }
}

fn row(layer: &LayerOut, texts: &Texts) -> Markup {
    let state = code(&layer.state);
    let name = texts.say(&format!("layer-{}", layer.id));
    let covered = layer.covered_share.map(|share| number::percent(texts, share));
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                (name)
                @if layer.title != name { small { (layer.title) } }
            }
            td role="cell" data-label=(texts.say("col-consulted")) {
                span {
                    span class={ "tag " (state) } { (texts.say(&format!("state-{state}"))) }
                    @if let Some(covered) = covered { small { (texts.say("covered")) " " (covered) } }
                    @else if layer.edition.is_some() { small { (texts.say("coverage-undeclared")) } }
                    @if let Some(reason) = &layer.reason { small { (reason) } }
                }
            }
            (edition(layer, texts))
        }
    }
}

fn edition(layer: &LayerOut, texts: &Texts) -> Markup {
    let Some(edition) = &layer.edition else {
        return html! { @for _ in 0..4 { td role="cell" {} } };
    };
    html! {
        td role="cell" data-label=(texts.say("col-edition")) {
            span {
                (edition.edition)
                small { (texts.say("valid-from")) " " (number::day(texts, edition.valid_from)) }
                small { (texts.say("published-at")) " " (number::moment(texts, edition.published_at)) }
                @if edition.synthetic { small { b { (texts.say("synthetic-short")) } } }
            }
        }
        td role="cell" data-label=(texts.say("col-publisher")) {
            span { (edition.publisher) small { (edition.territory) } small { (texts.say("licence")) " " (edition.licence) } }
        }
        td role="cell" data-label=(texts.say("col-accuracy")) {
            span {
                @match edition.sigma_m { Some(sigma) => { "σ " (sigma) " m" }, None => (texts.say("sigma-unknown")) }
                small {
                    @match edition.scale_denominator {
                        Some(scale) => { (texts.say("scale")) " 1:" (number::fixed(f64::from(scale), 0)) },
                        None => (texts.say("scale-unknown")),
                    }
                }
            }
        }
        td role="cell" data-label=(texts.say("col-datum")) {
            span {
                @if edition.operation == "none" { (texts.say("operation-none")) }
                @else { (edition.operation) small { "± " (edition.operation_accuracy_m) " m" } }
            }
        }
    }
}
