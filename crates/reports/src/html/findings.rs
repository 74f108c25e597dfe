//! The tables of what overlaps and of what only grazes, layer by layer.

use super::swatch;
use crate::csv_text::code;
use crate::{Texts, number};
use conflicts::{Class, Finding, Report};
use maud::{Markup, html};
use territory::LayerKind;

/// All overlaps above the sliver limit.
pub(super) fn findings(report: &Report, texts: &Texts) -> Markup {
    html! {
        section aria-labelledby="findings" {
            h2 #findings { (texts.say("findings-heading")) }
            @if report.findings.is_empty() { p { (texts.say("findings-none")) } }
            @if report.findings.iter().any(|finding| finding.status.group.is_some()) { (swatch::legend(texts)) }
            @for of_layer in report.findings.chunk_by(|a, b| a.layer == b.layer) {
                (table(of_layer, texts, "findings-caption"))
            }
        }
    }
}

/// What lies below the sliver limit or touches the border only.
pub(super) fn roces(report: &Report, texts: &Texts) -> Markup {
    html! {
        section aria-labelledby="roces" {
            h2 #roces { (texts.say("roces-heading")) }
            p { (texts.say("roces-words")) }
            @if report.roces.is_empty() { p { (texts.say("roces-none")) } }
            @else {
                details open {
                    summary { (texts.fill("roces-summary", &[("n", number::count(report.roces.len()).into()), ("count", report.roces.len().into())])) }
                    @for of_layer in report.roces.chunk_by(|a, b| a.layer == b.layer) {
                        (table(of_layer, texts, "roces-caption"))
                    }
                }
            }
        }
    }
}

/// One layer's table; `rows` is not empty.
fn table(rows: &[Finding], texts: &Texts, caption: &str) -> Markup {
    let layer = rows.first().map_or(LayerKind::Other, |finding| finding.layer);
    let name = texts.say(&format!("layer-{layer}"));
    let rights = layer == LayerKind::Concessions;
    let has_state = rows
        .iter()
        .any(|finding| finding.status.group.is_some() || finding.status.label.is_some());
    let n = number::count(rows.len());
    html! {
        table.cards role="table" {
            caption { (name) " " span { (texts.fill(caption, &[("n", n.into()), ("count", rows.len().into())])) } }
            thead role="rowgroup" {
                tr role="row" {
                    th scope="col" role="columnheader" { (texts.say("col-name")) }
                    @if has_state { th scope="col" role="columnheader" { (texts.say("col-state")) } }
                    @if rights { th scope="col" role="columnheader" { (texts.say("col-holder")) } }
                    th.num scope="col" role="columnheader" { (texts.say("col-overlap")) }
                    th.num scope="col" role="columnheader" { (texts.say("col-share")) }
                    @if rights { th scope="col" role="columnheader" { (texts.say("col-since")) } }
                    th scope="col" role="columnheader" { (texts.say("col-rule")) }
                }
            }
            tbody role="rowgroup" {
                @for finding in rows { (row(finding, texts, rights, has_state)) }
            }
        }
    }
}

fn row(finding: &Finding, texts: &Texts, rights: bool, has_state: bool) -> Markup {
    let since = finding.filed_at.map(|date| number::day(texts, date));
    html! {
        tr role="row" {
            th scope="row" role="rowheader" { (finding.name) @if finding.feature != finding.name { small { (finding.feature) } } }
            @if has_state { td role="cell" data-label=(texts.say("col-state")) { (state(finding, texts)) } }
            @if rights {
                td role="cell" data-label=(texts.say("col-holder")) {
                    @match &finding.holder { Some(holder) => (holder), None => span.soft { (texts.say("not-stated")) } }
                }
            }
            (overlap(finding, texts))
            td.num role="cell" data-label=(texts.say("col-share")) {
                @match finding.share_of_subject { Some(share) => (number::percent(texts, share)), None => span.soft { (texts.say("no-area")) } }
            }
            @if rights {
                td role="cell" data-label=(texts.say("col-since")) {
                    @match since { Some(since) => (since), None => span.soft { (texts.say("not-stated")) } }
                }
            }
            td role="cell" data-label=(texts.say("col-rule")) {
                span {
                    (texts.say(&format!("severity-{}", code(&finding.severity))))
                    small { a href=(format!("#rule-{}", finding.rule)) { (finding.rule) } }
                }
            }
        }
    }
}

fn state(finding: &Finding, texts: &Texts) -> Markup {
    let group = finding.status.group.as_deref();
    let of_group = group.map(|group| texts.say(&format!("group-{group}")));
    let label = finding.status.label.as_deref();
    html! {
        span.state {
            @if let Some(group) = group { (swatch::sign(group)) }
            span {
                @match (label, of_group) {
                    (Some(label), Some(group)) => { (label) small { (group) } },
                    (Some(label), None) => (label),
                    (None, Some(group)) => (group),
                    (None, None) => span.soft { (texts.say("not-stated")) },
                }
            }
        }
    }
}

/// Planar hectares, the ellipsoid's below, and how the land lies to the feature.
fn overlap(finding: &Finding, texts: &Texts) -> Markup {
    let relation = texts.say(&format!("relation-{}", code(&finding.relation)));
    html! {
        td.num role="cell" data-label=(texts.say("col-overlap")) {
            @match &finding.overlap {
                Some(overlap) => span {
                    (number::hectares(texts, overlap.utm_ha)) " ha"
                    small { (texts.fill("geodesic-short", &[("ha", number::hectares_text(texts, overlap.geodesic_ha.0).into())])) }
                    small { (relation) }
                    @if finding.class == Class::Roce {
                        small { (texts.fill("mean-width", &[("m", number::fixed(overlap.mean_width_m.0, 1).into())])) }
                    }
                },
                None => span { span.soft { (texts.say("no-area")) } small { (relation) } },
            }
        }
    }
}
