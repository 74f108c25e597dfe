//! The report as a page: the answer first, then every finding with its reason, then what is not known and how it was made.

mod about;
mod answer;
mod findings;
mod layers;
mod matrix;
mod reasons;
mod swatch;
mod totals;

pub use matrix::{matrix_html, matrix_html_with};

use crate::page::page_in;
use crate::{Document, Issued, Lang, Rendering, Texts, number};
use conflicts::{Report, RulebookOut};
use maud::{Markup, html};

/// The report as a self-contained page in Spanish.
pub fn report_html(document: &Document<'_, Report>) -> String {
    report_html_with(document, &Rendering::default())
}

/// The report as a self-contained page.
pub fn report_html_with(document: &Document<'_, Report>, rendering: &Rendering<'_>) -> String {
    let (report, texts) = (document.content, Texts::of(rendering.lang));
    let name = subject_name(report, texts);
    let title = texts.fill("report-title", &[("name", name.clone().into())]);
    let body = html! {
        (swatch::patterns())
        header {
            h1 { (title) }
            (banners(report, texts))
            (standing(report, texts))
        }
        main #main {
            (answer::answer(report, texts))
            (about::subject(report, texts))
            (findings::findings(report, texts))
            (findings::roces(report, texts))
            (totals::totals(report, texts))
            (layers::layers(report, texts))
            (about::limits(report, texts))
            (about::method(report, texts))
            (reasons::reasons(report, texts))
        }
        (foot(document, &report.rulebook, rendering))
    };
    page_in(rendering.lang, &title, body).into_string()
}

fn subject_name(report: &Report, texts: &Texts) -> String {
    report
        .subject
        .name
        .clone()
        .unwrap_or_else(|| texts.say("subject-without-name"))
}

fn banners(report: &Report, texts: &Texts) -> Markup {
    let synthetic = report
        .layers
        .iter()
        .any(|layer| layer.edition.as_ref().is_some_and(|edition| edition.synthetic));
    html! {
        @if synthetic { p.notice role="note" { (texts.say("synthetic")) } }
        @if report.standing != "complete" { p.notice.bad role="note" { (texts.say("standing-incomplete-notice")) } }
    }
}

fn standing(report: &Report, texts: &Texts) -> Markup {
    let admin = report.subject.admin.as_ref();
    let place = admin.map(|unit| {
        let names = [&unit.district, &unit.province, &unit.department].into_iter().flatten();
        names.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
    let standing = texts.say(&format!("standing-{}", report.standing));
    let valid = number::day_text(texts, report.as_of.valid);
    html! {
        p.soft {
            @if let Some(place) = place.filter(|place| !place.is_empty()) { (place) " · " }
            (texts.fill("standing-line", &[("standing", standing.into()), ("day", valid.into())]))
        }
    }
}

/// The last lines of a page: id, rules, program, moment.
fn foot<T>(document: &Document<'_, T>, rulebook: &RulebookOut, rendering: &Rendering<'_>) -> Markup {
    let texts = Texts::of(rendering.lang);
    let Issued { at, program, version } = &document.issued;
    html! {
        footer {
            @if rendering.json_href.is_some() || rendering.csv_href.is_some() {
                p.screen {
                    (texts.say("other-formats")) " "
                    @if let Some(href) = rendering.json_href { a href=(href) rel="alternate" type="application/json" { "JSON" } " " }
                    @if let Some(href) = rendering.csv_href { a href=(href) rel="alternate" type="text/csv" { "CSV" } }
                }
            }
            dl.facts {
                dt { (texts.say("foot-id")) } dd { span.hash { (document.id) } }
                dt { (texts.say("foot-rulebook")) } dd { (rulebook.id) " · " span.hash { (rulebook.sha256) } }
                dt { (texts.say("foot-program")) } dd { (program) " " (version) }
                dt { (texts.say("foot-issued")) } dd { (number::moment(texts, *at)) }
            }
            p { (texts.say("foot-check")) }
        }
    }
}

/// What marks a sentence that stays in Spanish on a page of another language.
fn spanish(texts: &Texts) -> Option<&'static str> {
    (texts.lang != Lang::Es).then_some("es")
}
