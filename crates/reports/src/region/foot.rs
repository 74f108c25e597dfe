//! What stands before and after a region's report.

use super::{Region, cells::said};
use crate::view::{Fact, Notice, Tone};
use crate::{Document, Texts, number};
use conflicts::Matrix;

pub(super) fn notices(region: &Region<'_>) -> Vec<Notice> {
    let notice = |tone: Tone, id: &str| Notice {
        tone,
        text: region.texts.said(id, &[]),
    };
    let mut notices = Vec::new();
    if region.matrix.editions.iter().any(|edition| edition.synthetic) {
        notices.push(notice(Tone::Note, "synthetic"));
    }
    if region.matrix.standing != "complete" {
        notices.push(notice(Tone::Bad, "region-incomplete"));
    }
    notices
}

pub(super) fn foot(document: &Document<'_, Matrix>, texts: &Texts) -> Vec<Fact> {
    let fact = |term: &str, fact: String, machine: bool| Fact {
        term: texts.said(term, &[]),
        fact: said(fact),
        machine,
        ..Fact::default()
    };
    let rules = &document.content.rulebook;
    vec![
        fact("foot-id", document.id.clone(), true),
        fact("foot-rulebook", format!("{} · {}", rules.id, rules.sha256), true),
        fact(
            "foot-program",
            format!("{} {}", document.issued.program, document.issued.version),
            false,
        ),
        fact("foot-issued", number::moment_text(texts, document.issued.at), false),
    ]
}
