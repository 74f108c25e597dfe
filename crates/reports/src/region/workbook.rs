//! The matrix as a workbook: the tables of the page with exact values, every land and every pair.

use super::regional;
use crate::tables::{Item, XlsxError, created, put};
use crate::view::{Block, Cell, Said, Table};
use crate::{CsvError, Document, Rendering, Texts, matrix_csv, matrix_pairs_csv};
use conflicts::Matrix;
use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet};

/// Rows that a sheet takes.
const MOST_ROWS: usize = 1_048_000;

/// The matrix as a workbook (Office Open XML): what the page tells, then all lands and all pairs with the columns of the CSV files.
/// Nothing is rounded. The same document gives the same bytes.
///
/// # Errors
/// When there are more rows than a sheet takes, or the writer refuses.
pub fn matrix_xlsx(document: &Document<'_, Matrix>, rendering: &Rendering<'_>) -> Result<Vec<u8>, XlsxError> {
    let texts = Texts::of(rendering.lang);
    let view = regional(document, rendering);
    let mut book = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&view.title)
        .set_subject(&view.code)
        .set_keywords(format!("{} {}", view.code, view.id))
        .set_author(format!("{} {}", document.issued.program, document.issued.version))
        .set_creation_datetime(&created(&document.issued)?);
    book.set_properties(&properties);
    let notices: Vec<&str> = view.notices.iter().map(|notice| notice.text.text.as_str()).collect();
    for section in &view.sections {
        let left_out = matches!(section.id.as_str(), "parejas" | "matriz");
        let tables = section.blocks.iter().filter_map(|block| match block {
            Block::Table { table } => Some(table),
            _ => None,
        });
        for table in tables.filter(|table| !left_out || table.columns.len() == GROUP_COLUMNS) {
            of_view(book.add_worksheet(), table, &notices)?;
        }
    }
    let lands = matrix_csv(document.content)?;
    let pairs = matrix_pairs_csv(document.content)?;
    of_csv(book.add_worksheet(), &texts.say("region-sheet-lands"), &lands)?;
    of_csv(book.add_worksheet(), &texts.say("region-sheet-pairs"), &pairs)?;
    let limits = document.content.limits.iter().map(|limit| {
        let subjects = Item::whole(limit.subjects);
        vec![
            Item::text(limit.limit.kind.clone()),
            subjects,
            Item::text(limit.limit.text.clone()),
        ]
    });
    let page = book.add_worksheet();
    page.set_name(texts.say("region-sheet-limits"))?;
    let header = ["region-col-quality", "region-col-subjects", "region-col-words"].map(|id| texts.say(id));
    rows(page, &header, &limits.collect::<Vec<_>>())?;
    Ok(book.save_to_buffer()?)
}

/// Columns of the table of groups, which the sheet of lands does not hold.
const GROUP_COLUMNS: usize = 8;

fn of_view(page: &mut Worksheet, table: &Table, notices: &[&str]) -> Result<(), XlsxError> {
    page.set_name(sheet_name(&table.caption))?;
    let header: Vec<String> = table.columns.iter().map(|column| column.heading.text.clone()).collect();
    let mut lines: Vec<Vec<Item>> = table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(item).collect())
        .collect();
    lines.extend(notices.iter().map(|notice| vec![Item::text(*notice)]));
    rows(page, &header, &lines)
}

/// At most 31 characters, none that a name of a sheet may not have.
fn sheet_name(caption: &Said) -> String {
    let plain = caption.text.replace(['[', ']', ':', '*', '?', '/', '\\', '\''], " ");
    plain.chars().take(31).collect::<String>().trim().to_owned()
}

fn item(cell: &Cell) -> Item {
    let number = cell.exact.as_ref().filter(|exact| exact.parse::<f64>().is_ok());
    match (number, &cell.small) {
        (Some(exact), _) => Item::Decimal(exact.clone()),
        (None, Some(small)) => Item::text(format!("{} · {}", cell.text.text, small.text)),
        (None, None) => Item::text(cell.text.text.clone()),
    }
}

fn of_csv(page: &mut Worksheet, name: &str, text: &str) -> Result<(), XlsxError> {
    page.set_name(name)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(CsvError::from)?;
    let Some((first, records)) = records.split_first() else {
        return Ok(());
    };
    let header: Vec<String> = first.iter().map(ToOwned::to_owned).collect();
    let line = |record: &csv::StringRecord| {
        let cells = record.iter().zip(&header).map(|(cell, column)| match cell {
            "" => Item::Nothing,
            digits if is_number(column) => Item::Decimal(digits.to_owned()),
            words => Item::text(words),
        });
        cells.collect()
    };
    let lines: Vec<Vec<Item>> = records.iter().map(line).collect();
    rows(page, &header, &lines)
}

/// Keys and names stay words, whatever they look like.
fn is_number(column: &str) -> bool {
    let stems = ["n_", "sum_", "union_", "low_", "high_", "pct_"];
    stems.iter().any(|stem| column.starts_with(stem))
        || column.ends_with("_ha")
        || column.ends_with("_m")
        || matches!(
            column,
            "source_row" | "utm_zone" | "roces" | "stack" | "band_low" | "band_high"
        )
}

fn rows(page: &mut Worksheet, header: &[String], lines: &[Vec<Item>]) -> Result<(), XlsxError> {
    if lines.len() > MOST_ROWS {
        return Err(XlsxError::TooLong { rows: lines.len() });
    }
    let head = Format::new().set_bold().set_text_wrap();
    for (column, heading) in (0_u16..).zip(header) {
        page.write_string_with_format(0, column, heading, &head)?;
        page.set_column_width(column, if column < 4 { 24.0 } else { 14.0 })?;
    }
    page.set_freeze_panes(1, 0)?;
    for (line, cells) in (1_u32..).zip(lines) {
        for (column, cell) in (0_u16..).zip(cells) {
            put(page, (line, column), cell)?;
        }
    }
    Ok(())
}
