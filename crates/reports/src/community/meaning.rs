//! What the report means and does not, and what can be done, with whom.

use crate::parts::{section, text};
use crate::teller::Teller;
use crate::view::{Block, Fact, Said, Section};
use conflicts::Finding;

/// What it means and what it does not.
pub(super) fn means(tell: &Teller<'_>) -> Section {
    let items = ["means-surface", "means-process", "means-limits", "means-informative"];
    let items = items.into_iter().map(|id| tell.texts.said(id, &[])).collect();
    section(tell, "means", "means-heading", vec![Block::Bullets { items }])
}

/// An authority with its questions, and what they are about.
struct Ask<'a> {
    authority: &'a str,
    questions: Vec<&'a str>,
    about: Vec<String>,
}

/// What can be done, with whom: the first authority and what to ask it; the others by name.
pub(super) fn to_do(tell: &Teller<'_>) -> Section {
    let asks = asks(tell);
    let mut blocks = vec![text(tell, "to-do-words")];
    match asks.split_first() {
        None => blocks.push(text(tell, "to-do-nobody")),
        Some((first, others)) => {
            let facts = vec![fact(tell, first)];
            blocks.push(Block::Facts { facts });
            if !others.is_empty() {
                blocks.push(text(tell, "to-do-others"));
            }
        }
    }
    section(tell, "to-do", "to-do-heading", blocks)
}

/// Every authority of the findings, in their order, and what to ask it.
pub(super) fn whom_to_ask(tell: &Teller<'_>) -> Option<Section> {
    let asks = asks(tell);
    let facts = asks.iter().map(|ask| fact(tell, ask)).collect();
    (asks.len() > 1).then(|| section(tell, "whom-to-ask", "whom-to-ask-heading", vec![Block::Facts { facts }]))
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
        add(
            ask,
            finding,
            letter.map_or_else(|| tell.layer(finding.layer).text, ToOwned::to_owned),
        );
    }
    asks
}

/// Rights are named by their letters, the rest by its layer: the annexes name each.
fn add<'a>(ask: &mut Ask<'a>, finding: &'a Finding, about: String) {
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
    let letters: Vec<&str> = tell.findings().filter_map(|(_, letter)| letter).collect();
    let questions: Vec<String> = ask.questions.iter().map(|question| tell.quote(question).text).collect();
    let about = in_runs(&ask.about, &letters).join(", ");
    let about = tell.fill("to-do-about", &[("list", about.into())]);
    let said = match ask.questions.first() {
        None => about,
        Some(first) => Said {
            text: format!("{}. {}", questions.join("; "), about.text),
            lang: tell.quote(first).lang,
        },
    };
    Fact::of(tell.quote(ask.authority), said)
}

/// Three and more letters that follow one another as `A–C`: two hundred of them would fill a page.
fn in_runs(about: &[String], letters: &[&str]) -> Vec<String> {
    let place = |word: &String| letters.iter().position(|letter| letter == word);
    let runs = about.chunk_by(|a, b| place(a).is_some_and(|a| place(b) == Some(a + 1)));
    let told = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}–{last}")],
        few => few.to_vec(),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::in_runs;

    #[test]
    fn letters_in_a_row_are_told_by_the_first_and_the_last() {
        let letters = ["A", "B", "C", "D", "E", "F"];
        let told = |about: &[&str]| in_runs(&about.iter().map(ToString::to_string).collect::<Vec<_>>(), &letters);
        assert_eq!(told(&["A", "B", "C", "E", "F", "Ríos"]), ["A–C", "E", "F", "Ríos"]);
        assert_eq!(told(&["A", "C", "E"]), ["A", "C", "E"]);
        assert_eq!(told(&["A", "B", "C", "D", "E", "F"]), ["A–F"]);
        assert_eq!(told(&["Ríos", "Peligros", "Lagos"]), ["Ríos", "Peligros", "Lagos"]);
    }
}
