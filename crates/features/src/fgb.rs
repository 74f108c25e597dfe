//! Features as FlatGeobuf, with its spatial index.

use crate::{Row, Schema, Shown};
use filters::PropertyType;
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo_types::Geometry;
use geozero::{ColumnValue, PropertyProcessor};
use std::borrow::Cow;
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
    let rows: Vec<Row<'a>> = rows.into_iter().filter(|row| row.bbox.is_some()).collect();
    let kind = common_kind(rows.iter().map(|row| &row.feature.lonlat));
    let options = FgbWriterOptions {
        // where kinds are mixed each feature says its own, and the header none
        detect_type: false,
        // never for lines: the writer gives no ends to the parts of a single line, and readers refuse the file
        promote_to_multi: kind == GeometryType::MultiPolygon,
        crs: FgbCrs {
            org: Some("EPSG"),
            code: i32::try_from(shown.crs.crs().epsg()).unwrap_or_default(),
            ..FgbCrs::default()
        },
        title: Some(title),
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options(title, kind, options)?;
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
        writer.add_feature_geom(plain(geometry), |feature| {
            failed = describe(feature, &row, &columns);
        })?;
        failed?;
    }
    let mut out = Vec::new();
    writer.write(&mut out)?;
    Ok(out)
}

/// The kind of all geometries: one for lands of one part and of several, and «unknown» where they are of several kinds.
fn common_kind<'a>(mut geometries: impl Iterator<Item = &'a Geometry<f64>>) -> GeometryType {
    let first = geometries.next().map_or(GeometryType::Unknown, kind_of);
    if geometries.all(|geometry| kind_of(geometry) == first) {
        first
    } else {
        GeometryType::Unknown
    }
}

fn kind_of(geometry: &Geometry<f64>) -> GeometryType {
    match geometry {
        Geometry::Point(_) => GeometryType::Point,
        Geometry::MultiPoint(_) => GeometryType::MultiPoint,
        Geometry::LineString(_) => GeometryType::LineString,
        Geometry::MultiLineString(lines) if lines.0.len() == 1 => GeometryType::LineString,
        Geometry::MultiLineString(_) => GeometryType::MultiLineString,
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => GeometryType::MultiPolygon,
        _ => GeometryType::Unknown,
    }
}

/// As the format writes it: a list of one line is that line.
fn plain(geometry: Cow<'_, Geometry<f64>>) -> Geometry<f64> {
    match geometry.into_owned() {
        Geometry::MultiLineString(mut lines) if lines.0.len() == 1 => Geometry::LineString(lines.0.remove(0)),
        other => other,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{MultiLineString, line_string, point, polygon};

    fn river(parts: usize) -> Geometry<f64> {
        let line = line_string![(x: -72.0, y: -13.0), (x: -72.1, y: -13.1)];
        MultiLineString(vec![line; parts]).into()
    }

    #[test]
    fn a_list_of_one_line_is_written_as_that_line_and_a_longer_one_as_it_is() {
        assert!(matches!(plain(Cow::Owned(river(1))), Geometry::LineString(line) if line.0.len() == 2));
        assert!(matches!(plain(Cow::Owned(river(3))), Geometry::MultiLineString(lines) if lines.0.len() == 3));
    }

    #[test]
    fn the_header_names_a_kind_only_where_all_features_are_of_it() {
        let land: Geometry<f64> = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 0.0, y: 1.0)].into();
        let lands: Geometry<f64> = geo_types::MultiPolygon(vec![polygon![], polygon![]]).into();
        let well: Geometry<f64> = point!(x: 0.0, y: 0.0).into();
        assert_eq!(common_kind([&land, &lands].into_iter()), GeometryType::MultiPolygon);
        assert_eq!(
            common_kind([&river(1), &river(1)].into_iter()),
            GeometryType::LineString
        );
        assert_eq!(common_kind([&river(1), &river(2)].into_iter()), GeometryType::Unknown);
        assert_eq!(common_kind([&well, &land].into_iter()), GeometryType::Unknown);
        assert_eq!(common_kind(std::iter::empty()), GeometryType::Unknown);
    }
}
