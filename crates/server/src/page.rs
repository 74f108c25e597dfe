//! The shell of our own pages: plain, accessible, without scripts.

use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:0 1rem 3rem}
a:focus-visible,input:focus-visible,button:focus-visible,select:focus-visible,textarea:focus-visible{outline:3px solid #0b57d0;outline-offset:2px}
.skip{position:absolute;left:-999rem}.skip:focus{left:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:1rem;list-style:none;padding:0}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #8886}
label{display:block;font-weight:600;margin-top:1rem}.hint{font-weight:400}
input,select,textarea,button{font:inherit;padding:.4rem;max-width:100%}textarea{width:100%}
.notice{border:2px solid;padding:.5rem 1rem;font-weight:600}
";

/// A page with its title; `synthetic` pages say that their data were made by a program.
pub(crate) fn page(title: &str, synthetic: bool, body: &Markup) -> String {
    html! {
        (DOCTYPE)
        html lang="es" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Tupu" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a .skip href="#main" { "Ir al contenido" }
                header {
                    nav aria-label="Principal" {
                        ul {
                            li { a href="/" { "Inicio" } }
                            li { a href="/checks" { "Consultar mi terreno" } }
                            li { a href="/collections" { "Capas" } }
                            li { a href="/editions" { "Ediciones" } }
                        }
                    }
                }
                main id="main" {
                    h1 { (title) }
                    @if synthetic {
                        p .notice role="note" { "Datos sintéticos: hechos por un programa para ensayar, no describen ningún lugar real." }
                    }
                    (body)
                }
            }
        }
    }
    .into_string()
}

/// The search box for the features of a layer.
pub(crate) fn search_box(layer: &str, label: &str, value: &str) -> Markup {
    html! {
        form role="search" method="get" action=(format!("/collections/{layer}/items")) {
            label for="name" { (label) }
            input id="name" name="name" type="search" required maxlength="120" value=(value);
            " "
            button type="submit" { "Buscar" }
        }
    }
}
