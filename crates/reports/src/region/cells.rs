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
pub(super) fn hectares<const PLACES: usize>(texts: &Texts, ha: Fixed<PLACES>) -> Cell {
    Cell {
        text: said(number::hectares_text(texts, ha.0)),
        exact: Some(ha.to_string()),
        ..Cell::default()
    }
}

/// A share as a percentage.
pub(super) fn share(texts: &Texts, share: Fixed<6>) -> Cell {
    Cell {
        text: said(number::percent_text(texts, share.0)),
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
        heading: said(texts.say(heading)),
        number: *number,
        weight: *weight,
    };
    Block::Table {
        table: Table {
            caption: said(texts.say(caption)),
            columns: columns.iter().map(column).collect(),
            rows,
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

/// The two ends of a band, rounded alike.
pub(super) fn band<const PLACES: usize>(texts: &Texts, band: Option<[Fixed<PLACES>; 2]>) -> String {
    match band {
        None => texts.say("region-without-band"),
        Some([low, high]) => {
            let ends = [low, high].map(|end| number::hectares_text(texts, end.0));
            if ends[0] == ends[1] {
                texts.say("region-band-exact")
            } else {
                let [low, high] = ends;
                texts.fill("region-band-between", &[("low", low.into()), ("high", high.into())])
            }
        }
    }
}
