//! One row of a source, taken out of GDAL so that other threads may clean it.

use gdal::vector::{Feature, FieldValue};

/// A value as the source gave it; dates are ISO texts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Raw {
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
}

/// A row.
#[derive(Debug)]
pub(crate) struct RawRow {
    /// 1 for the first.
    pub row: u64,
    /// By column.
    pub values: Vec<Raw>,
    /// Well-known binary; `None` when there is no geometry.
    pub wkb: Option<Vec<u8>>,
}

impl RawRow {
    /// Takes a feature's values and geometry.
    pub(crate) fn taken_from(feature: &Feature<'_>, row: u64, columns: usize, with_geometry: bool) -> Self {
        let values = (0..columns).map(|column| value_of(feature, column)).collect();
        // the plain accessor hands out a null geometry as if it were one
        let geometry = feature
            .geometry_by_index(0)
            .ok()
            .filter(|geometry| with_geometry && !geometry.is_empty());
        let wkb = geometry.and_then(|geometry| geometry.iso_wkb().ok());
        Self { row, values, wkb }
    }
}

fn value_of(feature: &Feature<'_>, column: usize) -> Raw {
    // dates that GDAL cannot build (second 60, year 0) are still texts
    let value = feature
        .field(column)
        .unwrap_or_else(|_| text_of(feature, column).map(FieldValue::StringValue));
    // an absent field reads as zero: its text tells it from a real one
    let present = |number: bool| !number || text_of(feature, column).is_some_and(|text| !text.is_empty());
    match value {
        None => Raw::Null,
        Some(FieldValue::IntegerValue(n)) => {
            if present(n == 0) {
                Raw::Integer(i64::from(n))
            } else {
                Raw::Null
            }
        }
        Some(FieldValue::Integer64Value(n)) => {
            if present(n == 0) {
                Raw::Integer(n)
            } else {
                Raw::Null
            }
        }
        Some(FieldValue::RealValue(n)) => {
            if n.is_finite() && present(n.abs() < f64::MIN_POSITIVE) {
                Raw::Real(n)
            } else {
                Raw::Null
            }
        }
        Some(FieldValue::StringValue(text)) => Raw::Text(text),
        Some(FieldValue::DateValue(date)) => Raw::Text(date.to_string()),
        Some(FieldValue::DateTimeValue(moment)) => Raw::Text(moment.naive_local().to_string()),
        Some(FieldValue::StringListValue(list)) => Raw::Text(list.join(" / ")),
        Some(_) => text_of(feature, column).map_or(Raw::Null, Raw::Text),
    }
}

fn text_of(feature: &Feature<'_>, column: usize) -> Option<String> {
    feature.field_as_string(column).ok().flatten()
}
