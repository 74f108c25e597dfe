//! The changes of a layer as CSV: the series compared, then one row for each event.

use crate::csv_text::{CsvError, cell, table};
use conflicts::{ChangeOut, LayerChanges, SeriesCompared};

const COLUMNS: [&str; 11] = [
    "record",
    "layer",
    "kind",
    "feature",
    "name",
    "field",
    "before",
    "after",
    "moved_m",
    "edition_before",
    "edition_after",
];

/// One row `series` for each series, whose `kind` is `compared` or `not-compared`, then one row `event` for each event. `before` and
/// `after` of `new`, `gone` and `geometry` are hectares.
///
/// # Errors
/// When a row cannot be written.
pub fn changes_csv(changes: &LayerChanges) -> Result<String, CsvError> {
    let layer = changes.layer.id();
    let series = changes.compared.iter().map(|series| of_series(layer, series));
    let events = changes.events.iter().map(of_event);
    table(COLUMNS.map(ToOwned::to_owned), series.chain(events))
}

fn of_series(layer: &str, series: &SeriesCompared) -> Vec<String> {
    let kind = if series.compared { "compared" } else { "not-compared" };
    let edition = |at: &Option<conflicts::EditionAt>| cell(at.as_ref().map(|at| at.edition.clone()));
    let name = format!("{} ({})", series.publisher, series.territory);
    let empty = String::new;
    vec![
        "series".to_owned(),
        layer.to_owned(),
        kind.to_owned(),
        empty(),
        name,
        empty(),
        empty(),
        empty(),
        empty(),
        edition(&series.before),
        edition(&series.after),
    ]
}

fn of_event(event: &ChangeOut) -> Vec<String> {
    vec![
        "event".to_owned(),
        event.layer.id().to_owned(),
        event.kind.id().to_owned(),
        event.feature.clone(),
        event.name.clone(),
        cell(event.field.as_ref()),
        cell(event.before.as_ref()),
        cell(event.after.as_ref()),
        cell(event.moved_m),
        String::new(),
        String::new(),
    ]
}
