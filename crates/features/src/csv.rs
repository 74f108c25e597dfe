//! Features as CSV: key, edition, properties, and the geometry as WKT.

use crate::wkt::wkt;
use crate::{Row, Schema, Shown};
use territory::Value;

/// The header: `key`, `edition`, the properties shown, `wkt` where geometries are.
pub fn csv_head(schema: &Schema, shown: &Shown) -> Vec<u8> {
    let names = columns(schema, shown).map(str::to_owned);
    record(
        ["key".to_owned(), "edition".to_owned()]
            .into_iter()
            .chain(names)
            .chain((!shown.skip_geometry).then(|| "wkt".to_owned())),
    )
}

/// The line of a feature.
pub fn csv_row(row: &Row<'_>, schema: &Schema, shown: &Shown) -> Vec<u8> {
    let values = columns(schema, shown).map(|name| row.feature.attributes.0.get(name).map(cell).unwrap_or_default());
    let geometry = (!shown.skip_geometry).then(|| {
        shown
            .geometry(row)
            .map(|geometry| wkt(&geometry, shown.crs))
            .unwrap_or_default()
    });
    record(
        [safe(&row.feature.key), row.edition.meta.id.clone()]
            .into_iter()
            .chain(values)
            .chain(geometry),
    )
}

fn columns<'a>(schema: &'a Schema, shown: &'a Shown) -> impl Iterator<Item = &'a str> {
    let names = schema.properties.iter().map(|property| property.name.as_str());
    names.filter(|name| shown.has(name))
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(words) => safe(words),
    }
}

/// Words that no spreadsheet takes for a formula: an apostrophe goes before those that it would.
fn safe(words: &str) -> String {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{words}")
    } else {
        words.to_owned()
    }
}

fn record(cells: impl Iterator<Item = String>) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.push(b'\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_signs_of_the_format_are_quoted_and_formulas_are_words() {
        let cells = ["a,b", "c\"d", "plain", "two\nlines"].map(str::to_owned);
        assert_eq!(record(cells.into_iter()), b"\"a,b\",\"c\"\"d\",plain,\"two\nlines\"\n");
        assert_eq!(safe("=1+1"), "'=1+1");
    }
}
