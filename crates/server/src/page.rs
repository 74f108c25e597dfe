//! Our own pages: the shell of all pages with the ways to go on, plain, accessible, without scripts.

use maud::{Markup, html};
use reports::{Lang, Texts};

/// A page with its title; `synthetic` pages say that their data were made by a program.
pub(crate) fn page(title: &str, synthetic: bool, body: &Markup) -> String {
    let whole = html! {
        nav aria-label="Principal" {
            ul {
                li { a href="/" { "Inicio" } }
                li { a href="/checks" { "Consultar mi terreno" } }
                li { a href="/collections" { "Capas" } }
                li { a href="/editions" { "Ediciones" } }
            }
        }
        header {
            h1 { (title) }
            @if synthetic {
                p.notice role="note" { (Texts::of(Lang::Es).say("synthetic")) }
            }
        }
        main id="main" { (body) }
    };
    reports::page(title, whole).into_string()
}

/// The search box for the features of a layer.
pub(crate) fn search_box(layer: &str, label: &str, value: &str) -> Markup {
    html! {
        form role="search" method="get" action=(format!("/collections/{layer}/items")) {
            label for="q" { (label) }
            " "
            input id="q" name="q" type="search" required maxlength="120" value=(value);
            " "
            button type="submit" { "Buscar" }
        }
    }
}
