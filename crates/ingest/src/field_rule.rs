//! How one of our fields is filled from the source's fields.

use crate::dates::DateFormat;
use serde::Deserialize;

/// Where a field of ours comes from and what it is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    /// Source fields in order of preference; the first with a value wins. Upper and lower case are alike.
    pub from: Vec<String>,
    /// What the value is.
    #[serde(rename = "as", default)]
    pub kind: ValueKind,
    /// Forms of a date, tried in order; without them: ISO, then epoch milliseconds where the source gives a number.
    #[serde(default)]
    pub formats: Vec<DateFormat>,
    /// The first year that two digits can mean: 1930 makes 29 into 2029 and 30 into 1930.
    pub century_from: Option<i16>,
    /// The value domain that translates the source's words into ours.
    pub domain: Option<String>,
    /// A number that the source's number is multiplied with: 100 makes hectares of square kilometres.
    pub factor: Option<f64>,
    /// Codes that lost their leading zeros are filled up to this length.
    pub pad: Option<usize>,
    /// Several values in one field (` /  `): each is kept, joined by ` / `.
    #[serde(default)]
    pub list: bool,
    /// Zero means that nothing was said.
    #[serde(default)]
    pub zero_is_null: bool,
    /// A source without any of the fields in `from` is not the source of this profile.
    #[serde(default)]
    pub required: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// Words or a code.
    #[default]
    Text,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// A calendar date.
    Date,
    /// Yes or no.
    Bool,
}

impl FieldRule {
    /// What is wrong with the rule, in Spanish.
    pub(crate) fn check(&self) -> Result<(), String> {
        let two_digits = self.formats.iter().any(DateFormat::has_two_digit_year);
        if two_digits && self.century_from.is_none() {
            return Err("un formato con año de dos cifras exige «century_from»".to_owned());
        }
        if !self.formats.is_empty() && self.kind != ValueKind::Date {
            return Err("«formats» es solo para fechas (as = \"date\")".to_owned());
        }
        if self.factor.is_some() && self.kind != ValueKind::Number {
            return Err("«factor» es solo para números (as = \"number\")".to_owned());
        }
        if (self.domain.is_some() || self.pad.is_some() || self.list) && self.kind != ValueKind::Text {
            return Err("«domain», «pad» y «list» son solo para textos".to_owned());
        }
        Ok(())
    }
}
