//! What a feature says of itself, by our field names.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One value of a feature.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing was said.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// A calendar date, ISO 8601 in text form.
    Date(Date),
    /// Words.
    Text(String),
}

/// Our field names (`code`, `name`, `holder`, `filed_at` …) with their values, in the order of the names.
///
/// The names that have a meaning in the house:
///
/// | kind | fields |
/// |---|---|
/// | every kind | `code`, `name`, `declared_ha`, `department`, `province`, `district`, `ubigeo`, `date`, `status`, `norm` |
/// | concessions | `holder`, `state_code`, `state_label`, `state_group`, `substance`, `filed_at`, `zone`, `grid_datum` |
/// | communities | `people`, `status`, `recognised_at`, `limit_kind` (`titulo`, `georef`, `propio`) |
/// | protected-areas, buffer-zones | `category`, `created_at`, `norm` |
/// | zoning | `category`, `label` |
/// | hydrographic-units | `code` (Pfafstetter), `level`, `level_1` to `level_8` (the codes that it lies in), `basin`, `shore` (nothing flows through it) |
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Attributes(pub BTreeMap<String, Value>);

impl Attributes {
    /// The text of a field; `None` when it is missing, null or blank. Numbers and dates are not texts.
    pub fn text(&self, field: &str) -> Option<&str> {
        match self.0.get(field) {
            Some(Value::Text(text)) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// The number of a field.
    pub fn number(&self, field: &str) -> Option<f64> {
        match self.0.get(field)? {
            Value::Real(number) => Some(*number),
            Value::Integer(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// The date of a field.
    pub fn date(&self, field: &str) -> Option<Date> {
        match self.0.get(field)? {
            Value::Date(date) => Some(*date),
            Value::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Sets a field.
    pub fn set(&mut self, field: &str, value: Value) {
        self.0.insert(field.to_owned(), value);
    }
}
