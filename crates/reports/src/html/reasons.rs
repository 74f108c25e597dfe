//! Why each finding is there: the rules with their norms, and every finding in a sentence.

use super::spanish;
use crate::{Texts, number};
use conflicts::{Finding, NormOut, Report};
use maud::{Markup, html};

pub(super) fn reasons(report: &Report, texts: &Texts) -> Markup {
    let mut rules: Vec<&Finding> = Vec::new();
    for finding in report.findings.iter().chain(&report.roces) {
        if !rules.iter().any(|known| known.rule == finding.rule) {
            rules.push(finding);
        }
    }
    html! {
        @if !rules.is_empty() {
            section aria-labelledby="reasons" {
                h2 #reasons { (texts.say("reasons-heading")) }
                p { (texts.fill("reasons-words", &[("rulebook", report.rulebook.id.clone().into())])) }
                @for rule in rules { (one(rule, report, texts)) }
            }
        }
    }
}

/// One rule: its norms, whom to ask, and what it says of each finding. Norms and authority are the rule's own, so any finding of it tells them.
fn one(rule: &Finding, report: &Report, texts: &Texts) -> Markup {
    let found = report.findings.iter().filter(|finding| finding.rule == rule.rule);
    html! {
        h3 id=(format!("rule-{}", rule.rule)) { (texts.say("rule")) " " (rule.rule) }
        ul {
            @if rule.norms.is_empty() { li { (texts.say("without-norm")) } }
            @for norm in &rule.norms { li { (self::norm(norm, texts)) } }
            @if let Some(authority) = &rule.authority { li { (texts.say("ask")) " " span lang=[spanish(texts)] { (authority) } } }
        }
        ol.small lang=[spanish(texts)] {
            @for finding in found { li { (finding.explain) " " span.soft { (finding.severity_reason) "." } } }
        }
    }
}

fn norm(norm: &NormOut, texts: &Texts) -> Markup {
    html! {
        (texts.say("norm")) " "
        @match &norm.url { Some(url) => a href=(url) { (norm.instrument) }, None => (norm.instrument) }
        @if let Some(article) = &norm.article { ", " (texts.say("article")) " " (article) }
        ", " (number::day(texts, norm.date))
        @if norm.seen == conflicts::Seen::Excerpt { " " span.soft { (texts.say("seen-excerpt")) } }
    }
}
