//! The shell of every page: self-contained, without scripts, readable at 320 px and on A4.

use crate::{Lang, Texts};
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// The style of every page. Tables of class `cards` become cards on narrow screens: give their cells `data-label`.
pub const STYLE: &str = include_str!("style.css");

/// A page in Spanish. `body` brings its own `main` with the id `main`, to which the skip link leads.
pub fn page(title: &str, body: impl Render) -> Markup {
    page_in(Lang::Es, title, body)
}

/// A page in a language; as [`page`].
pub fn page_in(lang: Lang, title: &str, body: impl Render) -> Markup {
    let texts = Texts::of(lang);
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Tupu" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { (texts.say("skip")) }
                (body)
            }
        }
    }
}
