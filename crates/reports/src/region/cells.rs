//! Cells and columns of the region's tables.

use crate::view::{Block, Cell, Column, Row, Said, Table};
use crate::{Texts, number};
use conflicts::Fixed;

/// Words in the language of the document.
pub(super) fn said(text: impl Into<String>) -> Said {
    Said::plain(text)
}

/// A cell of words.
pub(super) fn words(text: impl Into<String>) -> Cell {
    Cell {
        text: said(text),
        ..Cell::default()
    }
}

/// The head of a row: a name with its key under it, where the key says something else.
pub(super) fn name(name: &str, key: &str) -> Cell {
    let (text, small) = match (name, key) {
        ("", key) => (key, None),
        (name, key) if name == key => (name, None),
        (name, key) => (name, Some(said(key))),
    };
    Cell {
        text: said(text),
        small,
        head: true,
        ..Cell::default()
    }
}

/// Hectares, rounded as their band allows, with the exact value at hand.
pub(super) fn hectares<const PLACES: usize>(
    texts: &Texts,
    ha: Fixed<PLACES>,
    band: Option<[Fixed<PLACES>; 2]>,
) -> Cell {
    let figure = number::figure(texts, ha, band);
    Cell {
        text: said(figure.text),
        exact: Some(figure.exact),
        ..Cell::default()
    }
}

/// Hectares that have no band of their own: sums, and what is measured of the subjects themselves.
pub(super) fn plain_hectares<const PLACES: usize>(texts: &Texts, ha: Fixed<PLACES>) -> Cell {
    Cell {
        text: said(number::hectares_text(texts, ha.0)),
        exact: Some(ha.to_string()),
        ..Cell::default()
    }
}

/// A share as a percentage.
pub(super) fn share(texts: &Texts, share: Fixed<6>) -> Cell {
    Cell {
        text: said(number::percent_text(texts, share.0, 0.0)),
        exact: Some(share.to_string()),
        ..Cell::default()
    }
}

/// A count.
pub(super) fn count(value: usize) -> Cell {
    words(number::count(value))
}

/// What is not known: «sin dato», never a zero.
pub(super) fn unknown(texts: &Texts) -> Cell {
    words(texts.say("unknown-short"))
}

/// A table. Columns are text id, whether numbers, weight.
pub(super) fn table(texts: &Texts, caption: &str, columns: &[(&str, bool, u8)], rows: Vec<Row>) -> Block {
    let column = |(heading, number, weight): &(&str, bool, u8)| Column {
        heading: texts.said(heading, &[]),
        number: *number,
        weight: *weight,
        ..Column::default()
    };
    Block::Table {
        table: Table {
            caption: texts.said(caption, &[]),
            columns: columns.iter().map(column).collect(),
            rows,
            ..Table::default()
        },
    }
}

/// A row of cells.
pub(super) fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells,
        ..Row::default()
    }
}

/// A row of cells that programs can find.
pub(super) fn keyed(key: String, cells: Vec<Cell>) -> Row {
    Row {
        cells,
        key: Some(key),
        ..Row::default()
    }
}

/// The band in words.
pub(super) fn band<const PLACES: usize>(texts: &Texts, ha: Fixed<PLACES>, band: Option<[Fixed<PLACES>; 2]>) -> String {
    number::figure(texts, ha, band).band
}
