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
    page_running(lang, title, "", body)
}

/// A page that says on each printed sheet what it is: `running` at the left of the foot, the number at the right.
pub(crate) fn page_running(lang: Lang, title: &str, running: &str, body: impl Render) -> Markup {
    let style = format!("{STYLE}{}", running_style(running));
    let texts = Texts::of(lang);
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Tupu" }
                style { (PreEscaped(style)) }
            }
            body {
                a.skip href="#main" { (texts.say("skip")) }
                (body)
            }
        }
    }
}

/// The foot of printed sheets; letters that would end the string or the element are written by number.
fn running_style(running: &str) -> String {
    use std::fmt::Write as _;
    if running.is_empty() {
        return String::new();
    }
    let mut words = String::new();
    for letter in running.chars() {
        if letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '·') {
            words.push(letter);
        } else {
            write!(words, "\\{:x} ", u32::from(letter)).expect("writing to a string does not fail");
        }
    }
    format!(
        "@page{{@bottom-left{{content:\"{words}\";font:8pt system-ui,sans-serif;width:80%}}@bottom-right{{content:counter(page) \" / \" counter(pages);font:8pt system-ui,sans-serif}}}}"
    )
}
