//! How it was measured, and what the words mean.

use super::annex;
use crate::teller::Teller;
use crate::view::{Block, Fact, Section};

/// The rules of measuring.
pub(crate) fn method(tell: &Teller<'_>) -> Section {
    let areas = ["declared", "utm", "geodesic"].map(|area| {
        let words = tell.texts.said(&format!("area-{area}-words"), &[]);
        Fact::of(tell.texts.said(&format!("area-{area}"), &[]), words)
    });
    let mut blocks = vec![
        super::text(tell, "areas-words"),
        Block::Facts { facts: areas.into() },
        super::text(tell, "method-union"),
        super::text(tell, "method-roce"),
    ];
    let banded = !tell.report.limits.iter().any(|limit| limit.kind == "no-band");
    if banded {
        blocks.push(super::text(tell, "method-band"));
    }
    blocks.extend([super::text(tell, "method-states"), super::text(tell, "method-exact")]);
    blocks.extend(super::frame::about_codes(tell));
    let version = tell.report.method.to_string();
    Section {
        heading: tell.fill("method-heading", &[("version", version.into())]),
        ..annex(tell, "method", "method-heading", blocks)
    }
}

/// The words that a reader may not know.
pub(crate) const WORDS: [&str; 9] = [
    "right", "holder", "union", "roce", "classes", "band", "utm", "norm", "edition",
];

/// What the words mean.
pub(crate) fn glossary(tell: &Teller<'_>) -> Section {
    let facts = WORDS.map(|word| {
        let meaning = tell.texts.said(&format!("word-{word}-words"), &[]);
        Fact::of(tell.texts.said(&format!("word-{word}"), &[]), meaning)
    });
    annex(
        tell,
        "glossary",
        "glossary-heading",
        vec![Block::Facts { facts: facts.into() }],
    )
}
