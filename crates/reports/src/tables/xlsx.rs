//! The report as a workbook: every row of it, numbers as numbers, days as days, words always as words.

use super::{FIELDS, Item, Kind, NORMS, finding_row, findings::norm_row, letters_of, sheets};
use crate::{CsvError, Document, Issued, Lang, Texts};
use conflicts::Report;
use jiff::{civil::Date, tz::Offset};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet};

/// Why a workbook could not be written.
#[derive(Debug, thiserror::Error)]
pub enum XlsxError {
    /// More rows than a sheet takes.
    #[error("{rows} rows are more than a sheet of a workbook takes; use the CSV")]
    TooLong {
        /// How many.
        rows: usize,
    },
    /// A table that the workbook takes over.
    #[error(transparent)]
    Csv(#[from] CsvError),
    /// The writer refused.
    #[error(transparent)]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}

impl XlsxError {
    /// What happened and what to do, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::TooLong { rows } => {
                format!("Una hoja de cálculo no admite {rows} filas. Pida el informe en CSV o en GeoPackage.")
            }
            Self::Csv(error) => {
                format!("Una tabla de la hoja de cálculo no se pudo escribir ({error}). Pida el documento en JSON.")
            }
            Self::Xlsx(error) => {
                format!("La hoja de cálculo no se pudo escribir ({error}). Pida el informe en CSV, JSON o GeoPackage.")
            }
        }
    }
}

/// A sheet: its id, its columns and its rows.
struct Sheet<'a> {
    id: &'static str,
    fields: &'a [(&'static str, Kind)],
    rows: Vec<Vec<Item>>,
}

/// The report as a workbook (Office Open XML): summary, findings, roces and doubtful ones, norms, totals, series, layers, changes
/// where somebody asked for them, limits, and what each column is. Nothing is rounded: numbers are those of the canonical document.
/// The same document gives the same bytes.
///
/// # Errors
/// When a sheet has more rows than a workbook takes, or the writer refuses.
pub fn report_xlsx(document: &Document<'_, Report>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let texts = Texts::of(lang);
    let mut book = Workbook::new();
    book.set_properties(&properties(document, texts)?);
    for sheet in contents(document, texts) {
        write(book.add_worksheet(), &sheet, document.content, texts)?;
    }
    Ok(book.save_to_buffer()?)
}

fn properties(document: &Document<'_, Report>, texts: &Texts) -> Result<DocProperties, XlsxError> {
    let subject = document.content.subject.name.clone();
    let name = subject.unwrap_or_else(|| texts.say("subject-without-name"));
    let created = created(&document.issued)?;
    let notices = sheets::notices(document.content, texts).join(" ");
    Ok(DocProperties::new()
        .set_title(texts.fill("report-title", &[("name", name.into())]))
        .set_subject(document.code.to_string())
        .set_keywords(format!("{} {}", document.code, document.id))
        .set_author(format!("{} {}", document.issued.program, document.issued.version))
        .set_status(texts.say(&format!("standing-{}", document.content.standing)))
        .set_comment(notices)
        .set_creation_datetime(&created))
}

/// The moment of a document as workbooks write it.
pub(crate) fn created(issued: &Issued) -> Result<ExcelDateTime, XlsxError> {
    let at = Offset::UTC.to_datetime(issued.at);
    let [hour, minute, second] = [at.hour(), at.minute(), at.second()].map(i8::unsigned_abs);
    Ok(excel_day(at.date())?.and_hms(hour.into(), minute, second)?)
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let [month, date] = [day.month(), day.day()].map(i8::unsigned_abs);
    Ok(ExcelDateTime::from_ymd(day.year().unsigned_abs(), month, date)?)
}

fn contents<'a>(document: &Document<'_, Report>, texts: &Texts) -> Vec<Sheet<'a>> {
    let report = document.content;
    let of = |wanted: &'static str| {
        let chosen = letters_of(report).filter(move |(record, ..)| *record == wanted);
        chosen.map(|(record, finding, letter)| finding_row(record, finding, letter.as_ref(), report))
    };
    let norms = letters_of(report).flat_map(|(record, finding, _)| {
        let norms = finding.norms.iter();
        norms.map(move |norm| norm_row(record, finding, norm))
    });
    let sheet = |id, fields, rows| Sheet { id, fields, rows };
    let mut all = vec![
        sheet("summary", &sheets::FACTS[..], sheets::facts(document, texts)),
        sheet("findings", &FIELDS[..], of("finding").collect()),
        sheet("roces", &FIELDS[..], of("roce").collect()),
        sheet("norms", &NORMS[..], norms.collect()),
        sheet("totals", &sheets::TOTALS[..], sheets::totals(report)),
        sheet("series", &sheets::SERIES[..], sheets::series(report)),
        sheet("layers", &sheets::LAYERS[..], sheets::layers(report)),
    ];
    all.extend(sheets::changes(report).map(|rows| sheet("changes", &sheets::CHANGES[..], rows)));
    all.push(sheet("limits", &sheets::LIMITS[..], sheets::limits(report)));
    let readme = readme(&all, texts);
    all.push(sheet("readme", &README[..], readme));
    all
}

const README: [(&str, Kind); 4] = [
    ("sheet", Kind::Text),
    ("column", Kind::Text),
    ("field", Kind::Text),
    ("meaning", Kind::Text),
];

/// A row for each column of each sheet before it.
fn readme(all: &[Sheet<'_>], texts: &Texts) -> Vec<Vec<Item>> {
    let columns = all
        .iter()
        .flat_map(|sheet| sheet.fields.iter().map(move |field| (sheet.id, field.0)));
    let rows = columns.map(|(sheet, field)| {
        vec![
            Item::Text(texts.say(&format!("sheet-{sheet}"))),
            Item::Text(texts.say(&format!("field-{field}"))),
            Item::text(field),
            Item::Text(texts.say(&format!("field-{field}-words"))),
        ]
    });
    rows.collect()
}

/// The words above a sheet's header: notices in every sheet, then what the sheet is.
fn write(page: &mut Worksheet, sheet: &Sheet<'_>, report: &Report, texts: &Texts) -> Result<(), XlsxError> {
    page.set_name(texts.say(&format!("sheet-{}", sheet.id)))?;
    let loud = Format::new().set_bold().set_font_color(Color::RGB(0x00B0_0020));
    let mut at = 0;
    for notice in sheets::notices(report, texts) {
        page.write_string_with_format(at, 0, notice, &loud)?;
        at += 1;
    }
    page.write_string(at, 0, texts.say(&format!("sheet-{}-words", sheet.id)))?;
    let header = at + 1;
    let too_long = |_| XlsxError::TooLong { rows: sheet.rows.len() };
    let rows = u32::try_from(sheet.rows.len()).map_err(too_long)?;
    let last = header.checked_add(rows).filter(|last| *last < 1_048_576);
    let last = last.ok_or(XlsxError::TooLong { rows: sheet.rows.len() })?;
    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(Color::RGB(0x00E6_EAF0));
    let mut right = 0;
    for (column, (field, kind)) in (0_u16..).zip(sheet.fields) {
        page.write_string_with_format(header, column, texts.say(&format!("field-{field}")), &head)?;
        page.set_column_width(column, width(field, *kind))?;
        right = column;
    }
    page.set_freeze_panes(header + 1, 0)?;
    page.autofilter(header, 0, last, right)?;
    for (line, row) in (header + 1..).zip(&sheet.rows) {
        for (column, item) in (0_u16..).zip(row) {
            put(page, (line, column), item)?;
        }
    }
    Ok(())
}

/// Words are written as words whatever they begin with: no cell is ever a formula or a link.
pub(crate) fn put(page: &mut Worksheet, at: (u32, u16), item: &Item) -> Result<(), XlsxError> {
    let (line, column) = at;
    match item {
        Item::Nothing => {}
        Item::Text(words) => {
            page.write_string(line, column, words)?;
        }
        Item::Whole(number) => {
            page.write_number_with_format(line, column, *number as f64, &Format::new().set_num_format("0"))?;
        }
        Item::Decimal(digits) => {
            let places = digits.split_once('.').map_or(0, |(_, places)| places.len());
            let format = Format::new().set_num_format(format!("0.{}", "0".repeat(places)));
            let number: f64 = digits.parse().expect("the document's decimals are numbers");
            page.write_number_with_format(line, column, number, &format)?;
        }
        Item::Day(day) => {
            let format = Format::new().set_num_format("yyyy-mm-dd");
            page.write_datetime_with_format(line, column, excel_day(*day)?, &format)?;
        }
    }
    Ok(())
}

/// The width of a column in characters.
fn width(field: &str, kind: Kind) -> f64 {
    match (field, kind) {
        ("explain" | "severity_reason" | "limit_text" | "meaning" | "value" | "reason", _) => 70.0,
        ("name" | "holder" | "instrument" | "layer_title" | "term" | "authority" | "ask" | "title", _) => 34.0,
        (_, Kind::Text) => 18.0,
        _ => 14.0,
    }
}

/// Every sheet that a workbook can have.
#[cfg(test)]
pub(crate) const SHEETS: [&str; 10] = [
    "summary", "findings", "roces", "norms", "totals", "series", "layers", "changes", "limits", "readme",
];

/// Every column of every sheet.
#[cfg(test)]
pub(crate) fn field_names() -> Vec<&'static str> {
    let all: [&[(&'static str, Kind)]; 9] = [
        &FIELDS,
        &NORMS,
        &README,
        &sheets::FACTS,
        &sheets::TOTALS,
        &sheets::SERIES,
        &sheets::LAYERS,
        &sheets::CHANGES,
        &sheets::LIMITS,
    ];
    all.into_iter().flatten().map(|(name, _)| *name).collect()
}
