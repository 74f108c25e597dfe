//! Views as self-contained pages, without scripts; the matrix as its own page.

mod blocks;
mod matrix;
mod swatch;
mod tables;

pub use matrix::{matrix_html, matrix_html_with};

use crate::page::page_running;
use crate::view::{Section, Tone, View};
use crate::{Audience, Document, Lang, Picture, Rendering, Texts, community, office};
use blocks::fact_list;
use conflicts::Report;
use maud::{Markup, html};

/// What a page has beside its view.
#[derive(Clone, Copy, Debug, Default)]
pub struct HtmlOptions<'a> {
    /// The map, where the caller drew one.
    pub map: Option<&'a Picture>,
    /// Other formats served beside the page: their names, such as `JSON`, and their addresses.
    pub links: &'a [(&'a str, &'a str)],
}

/// A view as a self-contained page: no script, no other file, readable at 320 px, by screen readers and on A4.
pub fn html(view: &View, options: &HtmlOptions<'_>) -> String {
    let lang: Lang = view.lang.parse().unwrap_or_default();
    let annexes: Vec<&Section> = view.sections.iter().filter(|section| section.annex).collect();
    let body = html! {
        (swatch::patterns())
        header {
            h1 { (view.title) }
            p.soft lang=[view.subtitle.lang] { (view.subtitle.text) " · " span.code { (view.code) } }
            @for notice in &view.notices {
                p.notice.bad[notice.tone == Tone::Bad] role="note" lang=[notice.text.lang] { (notice.text.text) }
            }
        }
        main #main {
            @for section in view.sections.iter().filter(|section| !section.annex) { (one(section, view, options.map)) }
            @if !annexes.is_empty() {
                nav.annexes aria-labelledby="annexes" {
                    h2 #annexes { (view.words.annexes) }
                    ul { @for section in &annexes { li { a href={ "#" (section.id) } lang=[section.heading.lang] { (section.heading.text) } } } }
                }
            }
            @for section in annexes { (one(section, view, options.map)) }
        }
        footer {
            @if !options.links.is_empty() {
                p.screen {
                    (Texts::of(lang).say("other-formats"))
                    @for (name, href) in options.links { " " a href=(href) rel="alternate" { (name) } }
                }
            }
            (fact_list(&view.foot))
        }
    };
    page_running(lang, &view.title, &view.running, body).into_string()
}

/// A section with its heading.
fn one(section: &Section, view: &View, map: Option<&Picture>) -> Markup {
    html! {
        section.page[section.on_new_page] aria-labelledby=(section.id) {
            h2 id=(section.id) lang=[section.heading.lang] { (section.heading.text) }
            @for block in &section.blocks { (blocks::block(block, view, map)) }
        }
    }
}

/// The report for a community as a self-contained page in Spanish.
pub fn report_html(document: &Document<'_, Report>) -> String {
    report_html_with(document, &Rendering::default())
}

/// The report as a self-contained page.
pub fn report_html_with(document: &Document<'_, Report>, rendering: &Rendering<'_>) -> String {
    let view = match rendering.audience {
        Audience::Community => community(document, rendering),
        Audience::Office => office(document, rendering),
    };
    let links = links(rendering);
    let options = HtmlOptions {
        map: rendering.map,
        links: &links,
    };
    html(&view, &options)
}

/// The other formats, by name.
pub(crate) fn links<'a>(rendering: &Rendering<'a>) -> Vec<(&'a str, &'a str)> {
    let json = rendering.json_href.map(|href| ("JSON", href));
    let csv = rendering.csv_href.map(|href| ("CSV", href));
    let mut links: Vec<(&str, &str)> = json.into_iter().chain(csv).collect();
    links.extend(rendering.links);
    links
}
