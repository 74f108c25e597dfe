//! What the report means and does not, and what can be done, with whom.

use crate::parts::{section, text};
use crate::teller::Teller;
use crate::view::{Block, Fact, Said, Section};
use conflicts::Finding;

/// What it means and what it does not.
pub(super) fn means(tell: &Teller<'_>) -> Section {
    let items = [
        "means-surface",
        "means-process",
        "means-limits",
        "means-band",
        "means-informative",
    ];
    let items = items.into_iter().map(|id| tell.texts.said(id, &[])).collect();
    section(tell, "means", "means-heading", vec![Block::Bullets { items }])
}

/// An authority with its questions, and what they are about.
struct Ask<'a> {
    authority: &'a str,
    questions: Vec<&'a str>,
    about: Vec<String>,
}

/// What can be done, with whom: the authorities of the findings, in their order.
pub(super) fn to_do(tell: &Teller<'_>) -> Section {
    let asks = asks(tell);
    let mut blocks = vec![text(tell, "to-do-words")];
    if asks.is_empty() {
        blocks.push(text(tell, "to-do-nobody"));
    } else {
        let facts = asks.iter().map(|ask| fact(tell, ask)).collect();
        blocks.push(Block::Facts { facts });
    }
    section(tell, "to-do", "to-do-heading", blocks)
}

fn asks<'a>(tell: &Teller<'a>) -> Vec<Ask<'a>> {
    let mut asks: Vec<Ask<'a>> = Vec::new();
    for (finding, letter) in tell.findings() {
        let Some(authority) = finding.authority.as_deref() else {
            continue;
        };
        let place = asks.iter().position(|ask| ask.authority == authority);
        let ask = if let Some(place) = place {
            &mut asks[place]
        } else {
            asks.push(Ask {
                authority,
                questions: Vec::new(),
                about: Vec::new(),
            });
            asks.last_mut().expect("one was pushed just now")
        };
        add(ask, finding, letter);
    }
    asks
}

fn add<'a>(ask: &mut Ask<'a>, finding: &'a Finding, letter: Option<&str>) {
    let about = letter.unwrap_or(&finding.name).to_owned();
    if !ask.about.contains(&about) {
        ask.about.push(about);
    }
    if let Some(question) = finding
        .ask
        .as_deref()
        .filter(|question| !ask.questions.contains(question))
    {
        ask.questions.push(question);
    }
}

fn fact(tell: &Teller<'_>, ask: &Ask<'_>) -> Fact {
    let questions: Vec<String> = ask.questions.iter().map(|question| tell.quote(question).text).collect();
    let about = tell.fill("to-do-about", &[("list", ask.about.join(", ").into())]);
    let said = match ask.questions.first() {
        None => about,
        Some(first) => Said {
            text: format!("{} {}", questions.join(" "), about.text),
            lang: tell.quote(first).lang,
        },
    };
    Fact::of(tell.quote(ask.authority), said)
}
