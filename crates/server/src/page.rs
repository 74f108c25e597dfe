//! Our own pages: the shell of all pages with the ways to go on, plain, accessible, without scripts.

use crate::speech::Speech;
use maud::{Markup, html};
use reports::Texts;

/// A page in a language with its title; `synthetic` pages say that their data were made by a program.
pub(crate) fn page_for(speech: &Speech, (title, synthetic): (&str, bool), body: &Markup) -> String {
    let ways = [
        ("/", "page-home"),
        ("/checks", "page-check-my-land"),
        ("/collections", "page-layers"),
        ("/editions", "page-editions"),
    ];
    let whole = html! {
        nav aria-label=(speech.say("page-main-ways")) {
            ul {
                @for (address, words) in ways { li { a href=(speech.href(address)) { (speech.say(words)) } } }
                @if let Some((lang, address)) = speech.other() {
                    li { a href=(address) hreflang=(lang.code()) lang=(lang.code()) { (Texts::of(lang).say("page-language")) } }
                }
            }
        }
        header {
            h1 { (title) }
            @if synthetic {
                p.notice role="note" { (speech.say("synthetic")) }
            }
        }
        main id="main" { (body) }
    };
    reports::page_in(speech.lang, title, whole).into_string()
}

/// The search box in a language, with its label and what stands in it.
pub(crate) fn search_box_for(speech: &Speech, layer: &str, (label, value): (&str, &str)) -> Markup {
    html! {
        form role="search" method="get" action=(format!("/collections/{layer}/items")) {
            label for="q" { (label) }
            " "
            input id="q" name="q" type="search" required maxlength="120" value=(value);
            @if let Some(lang) = speech.carried() { input type="hidden" name="lang" value=(lang); }
            " "
            button type="submit" { (speech.say("page-search")) }
        }
    }
}

/// An address to copy into another program, with its label; no script is needed.
pub(crate) fn address_box(id: &str, label: &str, address: &str) -> Markup {
    html! {
        p.address {
            label for=(id) { (label) }
            input id=(id) type="url" readonly size=(address.chars().count().clamp(20, 90)) value=(address);
        }
    }
}
