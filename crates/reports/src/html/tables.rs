//! Tables: with scopes for screen readers, and as cards on narrow screens.

use super::blocks::value;
use super::swatch;
use crate::view::{Cell, Column, Row, Said, Table};
use maud::{Markup, html};

pub(super) fn table(table: &Table) -> Markup {
    let wide = table.columns.len() > 6 || table.columns.iter().any(|column| column.below);
    html! {
        table.cards.wide[wide] role="table" {
            caption lang=[table.caption.lang] { (table.caption.text) }
            thead role="rowgroup" {
                tr role="row" {
                    @for column in &table.columns {
                        th.num[column.number] scope="col" role="columnheader" lang=[column.heading.lang] { (column.heading.text) }
                    }
                }
            }
            tbody role="rowgroup" { @for row in &table.rows { (self::row(row, &table.columns)) } }
        }
    }
}

fn row(row: &Row, columns: &[Column]) -> Markup {
    html! {
        tr.strong[row.total] role="row" data-key=[row.key.as_deref()] {
            @for (cell, column) in row.cells.iter().zip(columns) { (self::cell(cell, column)) }
        }
    }
}

fn cell(cell: &Cell, column: &Column) -> Markup {
    let inner = html! {
        @match &cell.swatch {
            Some(group) => span.state { (swatch::sign(group)) (lines(cell)) },
            None => (lines(cell)),
        }
    };
    html! {
        @if cell.head { th scope="row" role="rowheader" { (inner) } }
        @else { td.num[column.number] role="cell" data-label=(column.heading.text) { (inner) } }
    }
}

/// The words of a cell and the smaller line below them.
fn lines(cell: &Cell) -> Markup {
    let words = html! {
        @if let Some(tag) = cell.tag { span class={ "tag " (tag) } { (cell.text.text) } }
        @else if cell.letter { b.letter { (cell.text.text) } }
        @else { (value(&cell.text.text, cell.exact.as_deref())) }
    };
    html! {
        span lang=[cell.text.lang] {
            @match &cell.link { Some(link) => a href=(link) { (words) }, None => (words) }
            @if let Some(Said { text, lang }) = &cell.small { small lang=[*lang] { (text) } }
        }
    }
}
