//! Features as a plain table, of which `store` makes a GeoPackage.

use crate::{Collection, Row, Shown};
use filters::PropertyType;
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};

/// The table of features; geometries are in degrees, as packages of ours are.
pub fn table<'a>(
    collection: &Collection,
    title: &str,
    rows: impl IntoIterator<Item = Row<'a>>,
    shown: &Shown,
) -> GeoTable {
    let properties: Vec<(&str, ColumnKind)> = collection
        .schema
        .properties
        .iter()
        .filter(|property| shown.has(&property.name))
        .map(|property| (property.name.as_str(), column(property.kind)))
        .collect();
    let row = |row: Row<'a>| {
        let own = properties.iter().map(|(name, kind)| {
            let value = row.feature.attributes.0.get(*name).cloned().unwrap_or(Value::Null);
            fitted(value, *kind)
        });
        let ours = [&row.feature.key, &row.edition.meta.id].map(|text| Value::Text(text.clone()));
        GeoRow {
            geometry: row
                .bbox
                .filter(|_| !shown.skip_geometry)
                .map(|_| row.feature.lonlat.clone()),
            values: ours.into_iter().chain(own).collect(),
        }
    };
    let ours = ["key", "edition"].map(|name| (name.to_owned(), ColumnKind::Text));
    GeoTable {
        name: collection.kind.id().replace('-', "_"),
        title: title.to_owned(),
        description: String::new(),
        geometry: (!shown.skip_geometry).then_some(GeometryKind::Any),
        columns: ours
            .into_iter()
            .chain(properties.iter().map(|(name, kind)| ((*name).to_owned(), *kind)))
            .collect(),
        rows: rows.into_iter().map(row).collect(),
    }
}

fn column(kind: PropertyType) -> ColumnKind {
    match kind {
        PropertyType::Integer | PropertyType::Boolean => ColumnKind::Integer,
        PropertyType::Number => ColumnKind::Real,
        PropertyType::Date => ColumnKind::Date,
        _ => ColumnKind::Text,
    }
}

/// The value as its column holds it.
fn fitted(value: Value, kind: ColumnKind) -> Value {
    match (kind, value) {
        (ColumnKind::Text, Value::Bool(value)) => Value::Text(value.to_string()),
        (ColumnKind::Text, Value::Integer(number)) => Value::Text(number.to_string()),
        (ColumnKind::Text, Value::Real(number)) => Value::Text(number.to_string()),
        (ColumnKind::Text, Value::Date(day)) => Value::Text(day.to_string()),
        (ColumnKind::Integer, Value::Bool(value)) => Value::Integer(i64::from(value)),
        (ColumnKind::Real, Value::Integer(number)) => Value::Real(number as f64),
        (_, value) => value,
    }
}
