//! A finding as a row of plain values: the one list of columns behind CSV, XLSX and GeoPackage.

mod findings;
mod geographic;
mod sheets;
mod xlsx;

pub(crate) use findings::{FIELDS, NORMS, finding_row, letters_of};
pub use geographic::findings_tables;
pub(crate) use sheets::notices;
pub use xlsx::{XlsxError, report_xlsx};
pub(crate) use xlsx::{created, put};

#[cfg(test)]
pub(crate) use xlsx::{SHEETS, field_names};

use conflicts::Fixed;
use jiff::civil::Date;
use territory::{ColumnKind, Value};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Whole,
    /// With so many decimals.
    Decimal(usize),
    Day,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    Nothing,
    Text(String),
    Whole(i64),
    /// The digits of the canonical document.
    Decimal(String),
    Day(Date),
}

impl Item {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn maybe<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }

    pub(crate) fn whole(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Nothing, Self::Whole)
    }

    /// As written in a text table; nothing is an empty cell.
    pub(crate) fn written(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) | Self::Decimal(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// As a value of a geographic file.
    fn value(&self) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Text(text) => Value::Text(text.clone()),
            Self::Whole(number) => Value::Integer(*number),
            Self::Decimal(digits) => digits.parse().map_or(Value::Null, Value::Real),
            Self::Day(day) => Value::Date(*day),
        }
    }
}

impl From<&String> for Item {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<u32> for Item {
    fn from(number: u32) -> Self {
        Self::Whole(number.into())
    }
}

impl From<Date> for Item {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl<const PLACES: usize> From<Fixed<PLACES>> for Item {
    fn from(number: Fixed<PLACES>) -> Self {
        Self::Decimal(number.to_string())
    }
}

impl Kind {
    fn of_column(self) -> ColumnKind {
        match self {
            Self::Text => ColumnKind::Text,
            Self::Whole => ColumnKind::Integer,
            Self::Decimal(_) => ColumnKind::Real,
            Self::Day => ColumnKind::Date,
        }
    }
}
