//! What a community is told: two pages that answer, and annexes that keep every finding.

mod meaning;

use crate::parts::{
    annex, answer, changes, frame, layers, method, reasons, section, series, sheets, subject, tables, text, totals,
};
use crate::teller::Teller;
use crate::view::{Block, Section, View};
use crate::{Audience, Document, Rendering, Texts, number};
use conflicts::Report;
use tables::Lettered;
use territory::LayerKind;

/// Rights in the short table; the rest are in the sheets, and the table says so.
const SHORT: usize = 9;
/// Lines for the assembly.
const NOTES: u8 = 5;

/// The report for a community.
pub fn community(document: &Document<'_, Report>, rendering: &Rendering<'_>) -> View {
    let rendering = Rendering {
        audience: Audience::Community,
        ..*rendering
    };
    let tell = Teller::new(document.content, Texts::of(rendering.lang));
    let mut view = frame::frame(&tell, document, &rendering);
    let lines = answer::lines(&tell, true);
    view.sections = vec![
        section(&tell, "answer", "answer-heading", vec![Block::Answer { lines }]),
        map(&tell),
        rights(&tell),
        meaning::means(&tell),
        meaning::to_do(&tell),
        layers::unknown_in_short(&tell),
        frame::check(&tell, document, &rendering),
        section(&tell, "notes", "notes-heading", vec![Block::Notes { lines: NOTES }]),
    ];
    view.sections.extend(annexes(&tell, &rendering));
    view
}

/// The map and what its signs mean.
fn map(tell: &Teller<'_>) -> Section {
    let rows: Vec<Lettered<'_>> = tell.findings().collect();
    let mut blocks = vec![Block::Map];
    blocks.extend(tables::legend(tell, &rows));
    section(tell, "map", "map-heading", blocks)
}

/// The short table of rights.
fn rights(tell: &Teller<'_>) -> Section {
    let of_rights = tell
        .findings()
        .filter(|(finding, _)| finding.layer == LayerKind::Concessions);
    let rows: Vec<Lettered<'_>> = of_rights.collect();
    let mut blocks = Vec::new();
    if rows.is_empty() {
        blocks.push(text(tell, "rights-table-none"));
    } else {
        let shown = rows.len().min(SHORT);
        blocks.push(Block::Table {
            table: tables::short(tell, &rows[..shown]),
        });
        let rest = rows.len() - shown;
        if rest > 0 {
            let places = [("count", rest.into()), ("n", number::count(rest).into())];
            blocks.push(Block::Text {
                text: tell.fill("rights-rest", &places),
            });
        }
    }
    Section {
        on_new_page: true,
        ..section(tell, "rights", "rights-heading", blocks)
    }
}

/// Everything else that the document holds.
fn annexes(tell: &Teller<'_>, rendering: &Rendering<'_>) -> Vec<Section> {
    let as_annex = |section: Section| Section { annex: true, ..section };
    let mut annexes = vec![as_annex(subject::subject(tell))];
    annexes.extend(rendering.annexes.iter().cloned().map(as_annex));
    annexes.extend(meaning::whom_to_ask(tell).map(as_annex));
    annexes.extend(sheets::sheets(tell));
    let all: Vec<Lettered<'_>> = tell.findings().collect();
    let mut found = tables::by_layer(tell, &all, "finding");
    if found.is_empty() {
        found.push(text(tell, "findings-none"));
    }
    annexes.push(annex(tell, "findings", "findings-heading", found));
    annexes.push(annex(tell, "roces", "roces-heading", tables::roces(tell)));
    annexes.push(as_annex(totals::totals(tell)));
    annexes.extend(series::series(tell).map(as_annex));
    annexes.extend(changes::changes(tell).map(as_annex));
    annexes.push(as_annex(layers::layers(tell)));
    annexes.push(Section {
        heading: tell.say("limits-all-heading"),
        ..as_annex(layers::unknown(tell))
    });
    annexes.extend(reasons::reasons(tell).map(as_annex));
    annexes.extend([method::glossary(tell), method::method(tell)]);
    annexes
}
