//! The matrix as a page: one row a subject, in the matrix's order.

use super::{foot, swatch};
use crate::csv_text::code;
use crate::matrix_csv::{groups, roces, total};
use crate::page::page_in;
use crate::{Document, Rendering, Texts, number};
use conflicts::{Matrix, MatrixRow};
use maud::{Markup, html};
use territory::LayerKind;

/// The matrix as a self-contained page in Spanish.
pub fn matrix_html(document: &Document<'_, Matrix>) -> String {
    matrix_html_with(document, &Rendering::default())
}

/// The matrix as a self-contained page.
pub fn matrix_html_with(document: &Document<'_, Matrix>, rendering: &Rendering<'_>) -> String {
    let (matrix, texts) = (document.content, Texts::of(rendering.lang));
    let [subjects, against] = [matrix.subjects, matrix.against].map(|layer| texts.say(&format!("layer-{layer}")));
    let title = texts.fill(
        "matrix-title",
        &[("subjects", subjects.into()), ("against", against.into())],
    );
    let valid = number::day_text(texts, matrix.as_of.valid);
    let rows = number::count(matrix.rows.len());
    let body = html! {
        (swatch::patterns())
        header {
            h1 { (title) }
            @if matrix.editions.iter().any(|edition| edition.synthetic) { p.notice role="note" { (texts.say("synthetic")) } }
            p.soft { (texts.fill("matrix-line", &[("count", matrix.rows.len().into()), ("n", rows.into()), ("day", valid.into())])) }
        }
        main #main {
            p { (texts.say("totals-words")) }
            p { (texts.say("matrix-words")) }
            @if matrix.slivers_kept { p.notice { (texts.say("slivers-kept")) } }
            @if matrix.against == LayerKind::Concessions { (swatch::whole_legend(texts)) }
            div.scroll role="region" aria-labelledby="rows" tabindex="0" { (table(matrix, texts)) }
        }
        (foot(document, &matrix.rulebook, rendering))
    };
    page_in(rendering.lang, &title, body).into_string()
}

fn table(matrix: &Matrix, texts: &Texts) -> Markup {
    let groups = groups(matrix);
    let live = matrix.against == LayerKind::Concessions;
    html! {
        table {
            caption #rows { (texts.say("matrix-caption")) }
            thead {
                tr {
                    th scope="col" { (texts.say("col-name")) }
                    th.num scope="col" { (texts.say("col-zone")) }
                    th.num scope="col" { (texts.say("col-utm-ha")) }
                    th scope="col" { (texts.say("col-consulted")) }
                    @for group in groups { th.num scope="col" { (swatch::sign(group)) " " (texts.say(&format!("group-{group}"))) } }
                    @if live {
                        th.num scope="col" { (texts.say("col-live")) }
                        th.num scope="col" { (texts.say("col-share")) }
                    }
                    th.num scope="col" { (texts.say("col-roces")) }
                }
            }
            tbody { @for row in &matrix.rows { (subject(row, groups, live, texts)) } }
        }
    }
}

fn subject(row: &MatrixRow, groups: &[&str], live: bool, texts: &Texts) -> Markup {
    let state = code(&row.state);
    let vigente = total(row, "vigente");
    html! {
        tr {
            th scope="row" { (row.name) @if row.feature != row.name { small { (row.feature) } } }
            td.num { (row.utm_zone) }
            td.num { (hectares(texts, row.utm_ha)) }
            td { span class={ "tag " (state) } { (texts.say(&format!("state-{state}"))) } }
            @for group in groups {
                td.num {
                    @match total(row, group) {
                        Some(total) => { (hectares(texts, total.union_ha)) small { (texts.fill("matrix-cell", &[
                            ("n", number::count(total.count).into()), ("sum", number::hectares_text(texts, total.sum_ha.0).into())])) } },
                        None => (unknown(texts)),
                    }
                }
            }
            @if live {
                td.num { @match vigente { Some(total) => (hectares(texts, total.union_ha)), None => (unknown(texts)) } }
                td.num { @match vigente { Some(total) => (percent(texts, total.share_of_subject)), None => (unknown(texts)) } }
            }
            td.num { @match roces(row) { Some(roces) => (number::count(roces)), None => (unknown(texts)) } }
        }
    }
}

fn unknown(texts: &Texts) -> Markup {
    html! { span.soft { (texts.say("unknown-short")) } }
}

/// Hectares with the exact value at hand.
fn hectares<const PLACES: usize>(texts: &Texts, ha: conflicts::Fixed<PLACES>) -> Markup {
    html! { data value=(ha) title=(format!("{ha} ha")) { (number::hectares_text(texts, ha.0)) } }
}

/// A share as a percentage, with the exact share at hand.
fn percent(texts: &Texts, share: conflicts::Fixed<6>) -> Markup {
    html! { data value=(share) title=(share) { (number::percent_text(texts, share.0, 0.0)) } }
}
