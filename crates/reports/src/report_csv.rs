//! The report as CSV: findings, then roces, then the state of every layer.

use crate::csv_text::{CsvError, code, safe, table};
use crate::tables::{FIELDS, Item, finding_row, letters_of};
use conflicts::{LayerOut, Report};

/// Findings, then roces, in the report's order, then one row for each layer and edition with its state.
///
/// `record` is `finding`, `roce` or `layer`; `state` is that of the row's layer, so that a layer without data is never silent: its row
/// has `record` `layer`, no feature, and the reason in `explain`. The other columns are the fields of the canonical report, `letter` that
/// of the maps; `norms` are ids divided by spaces, empty where no norm is known. Words that a spreadsheet would take for a formula
/// (they begin with `=`, `+`, `-`, `@`, a tab or a line's end) have an apostrophe before them; numbers never.
///
/// # Errors
/// When a row cannot be written.
pub fn report_csv(report: &Report) -> Result<String, CsvError> {
    let found = letters_of(report).map(|(record, finding, letter)| {
        let row = finding_row(record, finding, letter.as_ref(), report);
        row.iter().map(written).collect::<Vec<String>>()
    });
    let layers = report.layers.iter().map(of_layer);
    table(FIELDS.map(|(name, _)| name.to_owned()), found.chain(layers))
}

/// A value as CSV: words guarded, numbers and days as they are.
pub(crate) fn written(item: &Item) -> String {
    match item {
        Item::Text(words) => safe(words),
        other => other.written(),
    }
}

fn of_layer(layer: &LayerOut) -> Vec<String> {
    let edition = layer.edition.as_ref();
    let cell = |name: &str| match name {
        "record" => "layer".to_owned(),
        "layer" => layer.id.id().to_owned(),
        "state" => code(&layer.state),
        "edition" => edition.map(|edition| safe(&edition.edition)).unwrap_or_default(),
        "name" => safe(&layer.title),
        "explain" => layer.reason.as_deref().map(safe).unwrap_or_default(),
        _ => String::new(),
    };
    FIELDS.iter().map(|(name, _)| cell(name)).collect()
}
