//! The totals: unions first, plain sums beside them, and why they differ.

use super::section;
use crate::number;
use crate::teller::{SIGNED, Teller};
use crate::view::{Block, Cell, Column, Row, Said, Section, Table};
use conflicts::{LayerState, TotalOut};

/// The table of totals.
pub(crate) fn totals(tell: &Teller<'_>) -> Section {
    let mut blocks = vec![super::text(tell, "totals-words")];
    if tell.report.totals.is_empty() {
        blocks.push(super::text(tell, "totals-none"));
    } else {
        blocks.push(Block::Table { table: table(tell) });
    }
    section(tell, "totals", "totals-heading", blocks)
}

fn table(tell: &Teller<'_>) -> Table {
    let columns = vec![
        Column::words(tell.say("col-layer"), 3),
        Column::numbers(tell.say("col-count"), 1),
        Column::numbers(tell.say("col-union"), 2),
        Column::numbers(tell.say("col-share"), 1),
        Column::numbers(tell.say("col-union-geodesic"), 2),
        Column::numbers(tell.say("col-sum"), 2),
    ];
    Table {
        caption: tell.say("totals-caption"),
        columns,
        rows: tell.report.totals.iter().map(|total| row(tell, total)).collect(),
        ..Table::default()
    }
}

fn row(tell: &Teller<'_>, total: &TotalOut) -> Row {
    let mut head = Cell::of(tell.layer(total.layer)).head();
    if total.group != "todos" {
        head.small = Some(tell.texts.said(&format!("group-{}", total.group), &[]));
        head.swatch = SIGNED.contains(&total.group.as_str()).then(|| total.group.clone());
    }
    let mut cells = vec![head];
    if total.count == 0 && !known(tell, total) {
        cells.extend((0..5).map(|_| Cell::of(tell.say("cannot-be-told"))));
    } else {
        cells.extend([
            Cell::of(Said::plain(number::count(total.count))).exact(&total.count),
            tell.banded(total.union_ha, total.band90),
            tell.percent(total.share_of_subject, total.band90),
            tell.hectares(total.union_geodesic_ha),
            tell.hectares(total.sum_ha),
        ]);
    }
    Row {
        cells,
        total: total.group == "vigente",
        key: Some(format!("total {} {}", total.layer, total.group)),
    }
}

/// Whether nothing found means anything: not in a layer without data.
fn known(tell: &Teller<'_>, total: &TotalOut) -> bool {
    matches!(
        tell.state(total.layer),
        Some(LayerState::Consulted | LayerState::Partial)
    )
}
