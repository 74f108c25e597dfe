//! What changed between two days, as far as it meets the land.

use super::section;
use crate::csv_text::code;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::{ChangeOut, ChangesOut};
use territory::ChangeKind;

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
    blocks.extend(not_compared(tell, changes));
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
            table: Table {
                caption,
                columns,
                rows,
                ..Table::default()
            },
        });
    }
    Some(section(tell, "changes", "changes-heading", blocks))
}

/// The layers of which one of the times has no edition: never read as «nothing changed».
fn not_compared(tell: &Teller<'_>, changes: &ChangesOut) -> Option<Block> {
    let open = changes.compared.iter().filter(|series| !series.is_compared());
    let mut layers: Vec<String> = open.map(|series| tell.layer(series.layer).text).collect();
    layers.dedup();
    (!layers.is_empty()).then(|| Block::Text {
        text: tell.fill("not-compared", &[("layers", layers.join("; ").into())]),
    })
}

/// What kind of change, with the field or the metres that it moved.
fn kind(tell: &Teller<'_>, event: &ChangeOut) -> Cell {
    let cell = Cell::of(tell.coded("change", &event.kind));
    match (&event.field, event.moved_m) {
        (_, Some(metres)) => {
            let metres = number::fixed(metres.0, 1);
            cell.small(tell.fill("moved", &[("m", metres.into())]))
        }
        (Some(field), None) => cell.small(Said::plain(field)),
        (None, None) => cell,
    }
}

/// What a value was or is; hectares as people read them, with the exact ones behind.
fn value(tell: &Teller<'_>, event: &ChangeOut, value: Option<&str>) -> Cell {
    let hectares = matches!(event.kind, ChangeKind::New | ChangeKind::Gone | ChangeKind::Geometry);
    match (value, value.and_then(|value| value.parse::<f64>().ok())) {
        (Some(exact), Some(ha)) if hectares => {
            let text = format!("{}\u{a0}ha", number::hectares_text(tell.texts, ha));
            Cell::of(Said::plain(text)).exact(&exact).small(tell.say("band-none"))
        }
        (Some(value), _) => Cell::of(Said::plain(value)),
        (None, _) => Cell::of(Said::plain("—")),
    }
}

fn row(tell: &Teller<'_>, event: &ChangeOut) -> Row {
    let name = Cell::of(Said::plain(format!("{} ({})", event.name, event.feature)));
    Row {
        cells: vec![
            kind(tell, event),
            name.small(tell.layer(event.layer)).head(),
            value(tell, event, event.before.as_deref()),
            value(tell, event, event.after.as_deref()),
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
