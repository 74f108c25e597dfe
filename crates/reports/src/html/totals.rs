//! The totals: unions first, plain sums beside them, and why they differ.

use super::swatch;
use crate::{Texts, number};
use conflicts::{Report, TotalOut};
use maud::{Markup, html};

pub(super) fn totals(report: &Report, texts: &Texts) -> Markup {
    html! {
        section aria-labelledby="totals" {
            h2 #totals { (texts.say("totals-heading")) }
            p { (texts.say("totals-words")) }
            @if report.totals.is_empty() { p { (texts.say("totals-none")) } }
            @else {
                table.cards role="table" {
                    caption { (texts.say("totals-caption")) }
                    thead role="rowgroup" {
                        tr role="row" {
                            th scope="col" role="columnheader" { (texts.say("col-layer")) }
                            th.num scope="col" role="columnheader" { (texts.say("col-count")) }
                            th.num scope="col" role="columnheader" { (texts.say("col-union")) }
                            th.num scope="col" role="columnheader" { (texts.say("col-share")) }
                            th.num scope="col" role="columnheader" { (texts.say("col-union-geodesic")) }
                            th.num scope="col" role="columnheader" { (texts.say("col-sum")) }
                        }
                    }
                    tbody role="rowgroup" { @for total in &report.totals { (row(report, total, texts)) } }
                }
            }
        }
    }
}

fn row(report: &Report, total: &TotalOut, texts: &Texts) -> Markup {
    let strong = (total.group == "vigente").then_some("strong");
    let unknown = total.count == 0 && !known(report, total);
    let layer = texts.say(&format!("layer-{}", total.layer));
    html! {
        tr role="row" class=[strong] {
            th scope="row" role="rowheader" {
                @if total.group == "todos" { (layer) }
                @else { span.state { (swatch::sign(&total.group)) span { (layer) small { (texts.say(&format!("group-{}", total.group))) } } } }
            }
            @if unknown {
                td role="cell" colspan="5" { (texts.say("cannot-be-told")) }
            } @else {
                td.num role="cell" data-label=(texts.say("col-count")) { (number::count(total.count)) }
                td.num role="cell" data-label=(texts.say("col-union")) { (number::hectares(texts, total.union_ha)) }
                td.num role="cell" data-label=(texts.say("col-share")) { (number::percent(texts, total.share_of_subject)) }
                td.num role="cell" data-label=(texts.say("col-union-geodesic")) { (number::hectares(texts, total.union_geodesic_ha)) }
                td.num role="cell" data-label=(texts.say("col-sum")) { (number::hectares(texts, total.sum_ha)) }
            }
        }
    }
}

/// Whether nothing found means anything: not in a layer without data.
fn known(report: &Report, total: &TotalOut) -> bool {
    use conflicts::LayerState::{Consulted, Partial};
    report
        .layers
        .iter()
        .any(|layer| layer.id == total.layer && matches!(layer.state, Consulted | Partial))
}
