//! What a planning office is told: everything, in the order of a technical report.

use crate::parts::{
    annex, answer, changes, frame, layers, method, reasons, section, series, sheets, subject, tables, text, totals,
};
use crate::teller::Teller;
use crate::view::{Block, Section, View};
use crate::{Audience, Document, Rendering, Texts};
use conflicts::Report;
use tables::Lettered;

/// The report for a planning office.
pub fn office(document: &Document<'_, Report>, rendering: &Rendering<'_>) -> View {
    let rendering = Rendering {
        audience: Audience::Office,
        ..*rendering
    };
    let tell = Teller::new(document.content, Texts::of(rendering.lang));
    let mut view = frame::frame(&tell, document, &rendering);
    let lines = answer::lines(&tell, false);
    let mut sections = vec![
        section(&tell, "answer", "summary-heading", vec![Block::Answer { lines }]),
        section(&tell, "map", "map-heading", vec![Block::Map]),
        subject::subject(&tell),
        layers::layers(&tell),
        totals::totals(&tell),
        findings(&tell),
        section(&tell, "roces", "roces-heading", tables::roces(&tell)),
    ];
    sections.extend(series::series(&tell));
    sections.extend(changes::changes(&tell));
    sections.push(layers::unknown(&tell));
    sections.extend(reasons::reasons(&tell));
    sections.push(frame::check(&tell, document, &rendering));
    sections.extend(
        rendering
            .annexes
            .iter()
            .cloned()
            .map(|section| Section { annex: true, ..section }),
    );
    sections.extend(sheets::sheets(&tell));
    sections.extend([rulebook(&tell), method::glossary(&tell), method::method(&tell)]);
    view.sections = sections;
    view
}

/// Every pair above the sliver limit, with all its areas.
fn findings(tell: &Teller<'_>) -> Section {
    let rows: Vec<Lettered<'_>> = tell.findings().collect();
    let mut blocks: Vec<Block> = tables::legend(tell, &rows).into_iter().collect();
    blocks.extend(tables::by_layer(tell, &rows, "finding"));
    if rows.is_empty() {
        blocks.push(text(tell, "findings-none"));
    }
    section(tell, "findings", "findings-heading", blocks)
}

/// The rulebook used.
fn rulebook(tell: &Teller<'_>) -> Section {
    use crate::view::{Fact, Said};
    let book = &tell.report.rulebook;
    let until = book
        .in_force_until
        .map_or_else(|| tell.say("still-in-force"), |day| tell.day(day));
    let facts = vec![
        Fact::of(tell.say("foot-rulebook"), Said::plain(&book.id)),
        Fact {
            machine: true,
            ..Fact::of(tell.say("hash"), Said::plain(&book.sha256))
        },
        Fact::of(tell.say("in-force-from"), tell.day(book.in_force_from)),
        Fact::of(tell.say("in-force-until"), until),
    ];
    annex(tell, "rulebook", "rulebook-heading", vec![Block::Facts { facts }])
}
