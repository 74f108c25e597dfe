//! What changed between two days, as far as it meets the land.

use super::section;
use crate::csv_text::code;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::ChangeOut;

/// The section, where somebody asked for a comparison.
pub(crate) fn changes(tell: &Teller<'_>) -> Option<Section> {
    let changes = tell.report.changes.as_ref()?;
    let n = changes.events.len();
    let places = [
        ("count", n.into()),
        ("n", number::count(n).into()),
        ("from", tell.day(changes.from.valid).text.into()),
        ("to", tell.day(changes.to.valid).text.into()),
    ];
    let mut blocks = vec![Block::Text {
        text: tell.fill("changed", &places),
    }];
    if n > 0 {
        let columns = vec![
            Column::words(tell.say("col-change"), 2),
            Column::words(tell.say("col-name"), 4),
            Column::words(tell.say("col-before"), 3),
            Column::words(tell.say("col-after"), 3),
        ];
        let rows = changes.events.iter().map(|event| row(tell, event)).collect();
        let caption = tell.say("changes-caption");
        blocks.push(Block::Table {
            table: Table { caption, columns, rows },
        });
    }
    Some(section(tell, "changes", "changes-heading", blocks))
}

fn row(tell: &Teller<'_>, event: &ChangeOut) -> Row {
    let name = Cell::of(Said::plain(format!("{} ({})", event.name, event.feature)));
    let value = |value: &Option<String>| Cell::of(value.as_deref().map_or_else(|| Said::plain("—"), Said::plain));
    Row {
        cells: vec![
            Cell::of(tell.coded("change", &event.kind)),
            name.small(tell.layer(event.layer)).head(),
            value(&event.before),
            value(&event.after),
        ],
        total: false,
        key: Some(format!(
            "change {} {} {}",
            event.layer,
            event.feature,
            code(&event.kind)
        )),
    }
}
