//! Features of the house as records.

use crate::{PropertyType, Queryables, Record, Scalar};
use geo_types::Geometry;
use std::borrow::Cow;
use territory::{Feature, Value};

/// A feature with its box, seen by the slots of some queryables: properties are its attributes by name, and `key` is its key.
///
/// A value that is not of the declared type is read as it where its text says the same (numbers and dates as text, texts as dates);
/// else it is null.
#[derive(Clone, Copy, Debug)]
pub struct FeatureRecord<'f> {
    /// The feature.
    pub feature: &'f Feature,
    /// West, south, east, north of `feature.lonlat`; none where it has no vertex, and then the geometry is null.
    pub bbox: Option<[f64; 4]>,
    /// The properties by slot.
    pub queryables: &'f Queryables,
}

impl Record for FeatureRecord<'_> {
    fn value(&self, slot: usize) -> Option<Scalar<'_>> {
        let (name, kind) = self.queryables.columns().get(slot)?;
        match self.feature.attributes.0.get(name) {
            Some(value) => scalar(value, *kind),
            None if name == "key" => Some(Scalar::Text(Cow::Borrowed(&self.feature.key))),
            None => None,
        }
    }

    fn geometry(&self) -> Option<&Geometry<f64>> {
        self.bbox.map(|_| &self.feature.lonlat)
    }

    fn bbox(&self) -> Option<[f64; 4]> {
        self.bbox
    }
}

/// A value as one of a type; none where it is none.
pub(crate) fn scalar(value: &Value, kind: PropertyType) -> Option<Scalar<'_>> {
    match (kind, value) {
        (PropertyType::String, Value::Text(text)) => Some(Scalar::Text(Cow::Borrowed(text))),
        (PropertyType::String, Value::Integer(number)) => Some(Scalar::Text(Cow::Owned(number.to_string()))),
        (PropertyType::String, Value::Real(number)) => Some(Scalar::Text(Cow::Owned(number.to_string()))),
        (PropertyType::String, Value::Date(date)) => Some(Scalar::Text(Cow::Owned(date.to_string()))),
        (PropertyType::Number | PropertyType::Integer, Value::Integer(number)) => Some(Scalar::Integer(*number)),
        (PropertyType::Number | PropertyType::Integer, Value::Real(number)) => Some(Scalar::Number(*number)),
        (PropertyType::Boolean, Value::Bool(value)) => Some(Scalar::Boolean(*value)),
        (PropertyType::Date, Value::Date(date)) => Some(Scalar::Date(*date)),
        (PropertyType::Date, Value::Text(text)) => crate::instant::date(text).map(Scalar::Date),
        (PropertyType::Timestamp, Value::Text(text)) => crate::instant::timestamp(text).map(Scalar::Timestamp),
        _ => None,
    }
}
