//! Why each finding is there: the rules with their norms and authorities, and every finding in a sentence.

use super::section;
use crate::teller::Teller;
use crate::view::{Block, Fact, Said, Section};
use conflicts::{Finding, NormBasis, NormOut, Seen};

/// Rules in the order of their first finding; norms and authority are the rule's own, so any finding of it tells them.
pub(crate) fn reasons(tell: &Teller<'_>) -> Option<Section> {
    let found = || tell.report.findings.iter().chain(&tell.report.roces);
    let mut rules: Vec<&Finding> = Vec::new();
    for finding in found() {
        if !rules.iter().any(|known| known.rule == finding.rule) {
            rules.push(finding);
        }
    }
    if rules.is_empty() {
        return None;
    }
    let rulebook = tell.report.rulebook.id.as_str();
    let mut blocks = vec![Block::Text {
        text: tell.fill("reasons-words", &[("rulebook", rulebook.into())]),
    }];
    for rule in rules {
        blocks.push(Block::Heading {
            id: format!("rule-{}", rule.rule),
            text: tell.fill("rule", &[("rule", rule.rule.as_str().into())]),
        });
        blocks.push(Block::Facts {
            facts: of_rule(tell, rule),
        });
        let items = found().filter(|finding| finding.rule == rule.rule);
        let said: Vec<Said> = items.map(|finding| sentence(tell, finding)).collect();
        blocks.push(Block::Bullets { items: counted(&said) });
    }
    Some(section(tell, "reasons", "reasons-heading", blocks))
}

/// Sentences that follow one another and say the same, as those of streams without a name do, once with how many they are.
fn counted(said: &[Said]) -> Vec<Said> {
    let runs = said.chunk_by(|a, b| a == b).filter_map(|run| {
        let first = run.first()?;
        Some(match run.len() {
            1 => first.clone(),
            n => Said {
                text: format!("{} (× {n})", first.text),
                lang: first.lang,
            },
        })
    });
    runs.collect()
}

/// A finding in words and why it asks for so much attention; both come from the rulebook.
fn sentence(tell: &Teller<'_>, finding: &Finding) -> Said {
    tell.quote(&format!("{} {}.", finding.explain, capital(&finding.severity_reason)))
}

/// The sentence with its first letter large.
fn capital(text: &str) -> String {
    let mut letters = text.trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// What a rule stands on, whom to ask, and what.
fn of_rule(tell: &Teller<'_>, rule: &Finding) -> Vec<Fact> {
    let mut facts = norms(tell, rule);
    if let Some(authority) = &rule.authority {
        facts.push(Fact::of(tell.say("ask"), tell.quote(authority)));
    }
    if let Some(question) = &rule.ask {
        facts.push(Fact::of(tell.say("ask-what"), tell.quote(question)));
    }
    facts
}

fn norms(tell: &Teller<'_>, rule: &Finding) -> Vec<Fact> {
    if !rule.norms.is_empty() {
        return rule.norms.iter().map(|one| norm(tell, one)).collect();
    }
    let basis = match rule.norm_basis {
        NormBasis::Convention => tell.say("norm-convention"),
        NormBasis::Norm | NormBasis::Excerpt | NormBasis::None => tell.say("without-norm"),
    };
    vec![Fact::of(tell.say("norm"), basis)]
}

fn norm(tell: &Teller<'_>, norm: &NormOut) -> Fact {
    let mut said = norm.instrument.clone();
    if let Some(article) = &norm.article {
        let article = tell.fill("article", &[("article", article.as_str().into())]);
        said = format!("{said}, {}", article.text);
    }
    said = format!("{said}, {}", tell.day(norm.date).text);
    if let Some(title) = &norm.title {
        said = format!("{said}: {title}");
    }
    if norm.seen == Seen::Excerpt {
        said = format!("{said} {}", tell.texts.say("seen-excerpt"));
    }
    Fact {
        link: norm.url.clone(),
        ..Fact::of(tell.say("norm"), Said::plain(said))
    }
}

#[cfg(test)]
mod tests {
    use super::counted;
    use crate::view::Said;

    #[test]
    fn the_same_sentence_is_said_once_with_how_often() {
        let said = ["A.", "A.", "B.", "A."].map(Said::plain);
        let told: Vec<String> = counted(&said).into_iter().map(|said| said.text).collect();
        assert_eq!(told, ["A. (× 2)", "B.", "A."]);
    }
}
