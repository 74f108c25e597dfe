//! CSV in memory: UTF-8, a header, comma, line feed, quotes where needed.

/// Why a table could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// A row differs in length from the header.
    #[error(transparent)]
    Csv(#[from] csv::Error),
}

/// A table of texts.
pub(crate) fn table<H, R>(header: H, rows: R) -> Result<String, CsvError>
where
    H: IntoIterator<Item = String>,
    R: IntoIterator<Item = Vec<String>>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8(bytes).expect("texts joined by commas are UTF-8"))
}

/// The text of something that may be missing; nothing is an empty cell.
pub(crate) fn cell<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The stable code of a unit variant: `no-data`, `firme`.
pub(crate) fn code(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(code)) => code,
        _ => String::new(),
    }
}

/// Words that no spreadsheet takes for a formula: an apostrophe goes before those that it would.
pub(crate) fn safe(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}
