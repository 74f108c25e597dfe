//! Each kind of block as markup.

use super::{swatch, tables};
use crate::Picture;
use crate::view::{AnswerLine, Block, Fact, Said, View};
use maud::{Markup, PreEscaped, html};

pub(super) fn block(block: &Block, view: &View, map: Option<&Picture>) -> Markup {
    match block {
        Block::Answer { lines } => html! { ul.answer { @for line in lines { (answer_line(line)) } } },
        Block::Text { text } => html! { p lang=[text.lang] { (text.text) } },
        Block::Bullets { items } => html! { ul { @for item in items { li lang=[item.lang] { (item.text) } } } },
        Block::Facts { facts } => fact_list(facts),
        Block::Table { table } => tables::table(table),
        Block::Heading { id, text } => html! { h3 id=(id) lang=[text.lang] { (text.text) } },
        Block::Sheet { id, text, facts } => html! {
            h3 id=(id) lang=[text.lang] { (text.text) }
            dl.sheet { @for fact in facts { div { (term_and_fact(fact)) } } }
        },
        Block::Legend { entries } => swatch::legend(entries, &view.words.legend),
        Block::Map => map.map_or_else(|| html! { p.soft { (view.words.no_map) } }, map_of),
        Block::Figure { svg, alt, caption } => figure(svg, alt, caption),
        Block::Code { content, text } => code(content, text),
        Block::Notes { lines } => {
            html! { div.notes role="img" aria-label=(view.words.notes) { @for _ in 0..*lines { div {} } } }
        }
    }
}

fn answer_line(line: &AnswerLine) -> Markup {
    html! {
        li lang=[line.text.lang] {
            @if let Some(figure) = &line.figure { span.figure aria-hidden="true" { (figure) } }
            span {
                (line.text.text)
                @if let Some(share) = line.share { (swatch::bar(share)) }
            }
        }
    }
}

/// Terms with their facts.
pub(super) fn fact_list(facts: &[Fact]) -> Markup {
    html! {
        dl.facts {
            @for fact in facts { (term_and_fact(fact)) }
        }
    }
}

fn term_and_fact(fact: &Fact) -> Markup {
    html! {
        dt lang=[fact.term.lang] { (fact.term.text) }
        dd.hash[fact.machine] lang=[fact.fact.lang] {
            @match &fact.link {
                Some(link) => a href=(link) { (value(&fact.fact.text, fact.exact.as_deref())) },
                None => (value(&fact.fact.text, fact.exact.as_deref())),
            }
        }
    }
}

/// Words with the exact value behind them, where there is one.
pub(super) fn value(text: &str, exact: Option<&str>) -> Markup {
    exact.map_or_else(
        || html! { (text) },
        |exact| html! { data value=(exact) title=(exact) { (text) } },
    )
}

/// A picture that is told to those who do not see it.
fn figure(svg: &str, alt: &str, caption: &Said) -> Markup {
    html! {
        figure {
            div role="img" aria-label=(alt) { (PreEscaped(svg)) }
            @if !caption.text.is_empty() { figcaption lang=[caption.lang] { (caption.text) } }
        }
    }
}

/// The map, which is moved sideways on a narrow screen: made to fit, nobody could read it.
fn map_of(picture: &Picture) -> Markup {
    html! {
        figure { div.map role="img" tabindex="0" aria-label=(picture.alt) { (PreEscaped(&picture.svg)) } }
    }
}

/// A square code and what stands beside it.
fn code(content: &str, text: &Said) -> Markup {
    html! {
        div.check {
            @if let Some(path) = square(content) {
                svg viewBox=(path.0) role="img" aria-label=(content) {
                    path d=(path.1) fill="#000" {}
                }
            }
            p lang=[text.lang] { (text.text) }
        }
    }
}

/// The frame and the dark fields of a square code with a margin of four; none where the content is too long for one.
fn square(content: &str) -> Option<(String, String)> {
    use std::fmt::Write as _;
    let code = qrcodegen::QrCode::encode_text(content, qrcodegen::QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while x < code.size() && code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                write!(path, "M{} {}h{}v1h-{}z", from + 4, y + 4, x - from, x - from)
                    .expect("writing to a string does not fail");
            }
            x += 1;
        }
    }
    let side = code.size() + 8;
    Some((format!("0 0 {side} {side}"), path))
}
