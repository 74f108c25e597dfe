//! Features as FlatGeobuf, with its spatial index.

use crate::{Row, Schema, Shown};
use filters::PropertyType;
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor};
use territory::Value;

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum FgbError {
    /// The format's writer refused.
    #[error("FlatGeobuf: {0}")]
    Writer(#[from] flatgeobuf::Error),
    /// A feature was refused.
    #[error("FlatGeobuf: {0}")]
    Feature(#[from] geozero::error::GeozeroError),
}

/// A FlatGeobuf file of features that have a geometry; the format has no place for others. Coordinates have the easting first,
/// whatever the system's own order.
///
/// # Errors
/// When the temporary file of the writer cannot be written, or a geometry is none that the format knows.
pub fn flatgeobuf<'a>(
    title: &str,
    rows: impl IntoIterator<Item = Row<'a>>,
    schema: &Schema,
    shown: &Shown,
) -> Result<Vec<u8>, FgbError> {
    let options = FgbWriterOptions {
        crs: FgbCrs {
            org: Some("EPSG"),
            code: i32::try_from(shown.crs.crs().epsg()).unwrap_or_default(),
            ..FgbCrs::default()
        },
        title: Some(title),
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options(title, GeometryType::Unknown, options)?;
    for fixed in ["key", "edition"] {
        writer.add_column(fixed, ColumnType::String, |_, _| {});
    }
    let columns: Vec<(&str, PropertyType)> = schema
        .properties
        .iter()
        .filter(|property| shown.has(&property.name))
        .map(|property| (property.name.as_str(), property.kind))
        .collect();
    for (name, kind) in &columns {
        writer.add_column(name, column(*kind), |_, _| {});
    }
    for row in rows {
        let Some(geometry) = shown.geometry(&row) else { continue };
        let mut failed = Ok(());
        writer.add_feature_geom(geometry.into_owned(), |feature| {
            failed = describe(feature, &row, &columns);
        })?;
        failed?;
    }
    let mut out = Vec::new();
    writer.write(&mut out)?;
    Ok(out)
}

fn describe(
    feature: &mut impl PropertyProcessor,
    row: &Row<'_>,
    columns: &[(&str, PropertyType)],
) -> Result<(), geozero::error::GeozeroError> {
    feature.property(0, "key", &ColumnValue::String(&row.feature.key))?;
    feature.property(1, "edition", &ColumnValue::String(&row.edition.meta.id))?;
    for (place, (name, kind)) in (2..).zip(columns) {
        let Some(value) = row.feature.attributes.0.get(*name) else {
            continue;
        };
        let text;
        let value = match (kind, value) {
            (_, Value::Null) => continue,
            (PropertyType::Boolean, Value::Bool(value)) => ColumnValue::Bool(*value),
            (PropertyType::Integer, Value::Integer(number)) => ColumnValue::Long(*number),
            (PropertyType::Number, Value::Integer(number)) => ColumnValue::Double(*number as f64),
            (PropertyType::Number, Value::Real(number)) => ColumnValue::Double(*number),
            (PropertyType::Date, Value::Date(day)) => {
                text = day.to_string();
                ColumnValue::DateTime(&text)
            }
            (_, other) => {
                text = words(other);
                ColumnValue::String(&text)
            }
        };
        feature.property(place, name, &value)?;
    }
    Ok(())
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Text(words) => words.clone(),
    }
}

fn column(kind: PropertyType) -> ColumnType {
    match kind {
        PropertyType::Boolean => ColumnType::Bool,
        PropertyType::Integer => ColumnType::Long,
        PropertyType::Number => ColumnType::Double,
        PropertyType::Date | PropertyType::Timestamp => ColumnType::DateTime,
        PropertyType::String | PropertyType::Geometry | PropertyType::Array => ColumnType::String,
    }
}
