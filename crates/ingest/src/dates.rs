//! Dates as sources write them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use territory::Value;

/// A form of a date.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub enum DateFormat {
    /// `iso`: 2009-11-03, also with a time behind it.
    Iso,
    /// `epoch-ms`: milliseconds since 1970, negative before (services of `ArcGIS`).
    EpochMilliseconds,
    /// `year`: only a year, kept as a whole number: no day is invented.
    Year,
    /// `strftime` letters: `%d/%m/%Y`, `%d/%m/%y`.
    Pattern(String),
}

impl From<String> for DateFormat {
    fn from(text: String) -> Self {
        match text.as_str() {
            "iso" => Self::Iso,
            "epoch-ms" => Self::EpochMilliseconds,
            "year" => Self::Year,
            _ => Self::Pattern(text),
        }
    }
}

impl DateFormat {
    pub(crate) fn has_two_digit_year(&self) -> bool {
        matches!(self, Self::Pattern(pattern) if pattern.contains("%y"))
    }

    fn read(&self, text: &str, century_from: Option<i16>) -> Option<Value> {
        match self {
            Self::Iso => iso(text).map(Value::Date),
            Self::EpochMilliseconds => epoch(text).map(Value::Date),
            Self::Year => {
                let year: i64 = text.parse().ok()?;
                (text.len() == 4 && (1500..=2200).contains(&year)).then_some(Value::Integer(year))
            }
            Self::Pattern(pattern) => {
                let date = Date::strptime(pattern, text).ok()?;
                let date = if self.has_two_digit_year() {
                    in_century(date, century_from?)?
                } else {
                    date
                };
                plausible(date).map(Value::Date)
            }
        }
    }
}

/// Reads a date by the first of `formats` that understands it; with none, ISO and then epoch milliseconds.
///
/// `century_from` is the first year that two digits can mean.
pub(crate) fn read_date(text: &str, formats: &[DateFormat], century_from: Option<i16>) -> Option<Value> {
    let default = [DateFormat::Iso, DateFormat::EpochMilliseconds];
    let formats = if formats.is_empty() { &default[..] } else { formats };
    formats.iter().find_map(|format| format.read(text.trim(), century_from))
}

/// The day of an ISO date, whatever time stands behind it. `2009/11/03` and `20091103` (DBF) are understood too.
fn iso(text: &str) -> Option<Date> {
    let digits =
        |range: std::ops::Range<usize>| text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let compact = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let separated = matches!(text.get(4..5), Some("-" | "/")) && matches!(text.get(7..8), Some("-" | "/"));
    let (month, day) = if compact {
        (digits(4..6)?, digits(6..8)?)
    } else if separated && text.get(10..11).is_none_or(|next| next == "T" || next == " ") {
        (digits(5..7)?, digits(8..10)?)
    } else {
        return None;
    };
    plausible(Date::new(digits(0..4)?.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?)
}

/// The UTC day of epoch milliseconds: services give midnight in UTC or in Lima (05:00 UTC), the same day.
fn epoch(text: &str) -> Option<Date> {
    let milliseconds: i64 = match text.strip_suffix(".0").unwrap_or(text).parse() {
        Ok(number) => number,
        Err(_) => return None,
    };
    // a bare year or a compact date is no epoch
    if milliseconds.unsigned_abs() < 1_000_000_000 {
        return None;
    }
    let moment = Timestamp::from_millisecond(milliseconds).ok()?;
    plausible(jiff::tz::Offset::UTC.to_datetime(moment).date())
}

/// Moves a date into the hundred years that begin with `first`.
fn in_century(date: Date, first: i16) -> Option<Date> {
    let year = first + (date.year() - first).rem_euclid(100);
    Date::new(year, date.month(), date.day()).ok()
}

fn plausible(date: Date) -> Option<Date> {
    (1500..=2200).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn pattern(text: &str) -> [DateFormat; 1] {
        [DateFormat::Pattern(text.to_owned())]
    }

    #[test]
    fn iso_dates_are_read_with_or_without_a_time() {
        for text in [
            "1771-03-05",
            "1771-03-05 00:00:00",
            "1771-03-05T05:00:00Z",
            "17710305",
            "1771/03/05 00:00:00+00",
        ] {
            assert_eq!(
                read_date(text, &[], None),
                Some(Value::Date(date(1771, 3, 5))),
                "{text}"
            );
        }
        for text in ["1771-13-05", "0000-00-00", "00000000", "ayer", "1771-03-055"] {
            assert_eq!(read_date(text, &[], None), None, "{text}");
        }
    }

    #[test]
    fn epoch_milliseconds_reach_before_1970() {
        assert_eq!(
            read_date("1257206400000", &[], None),
            Some(Value::Date(date(2009, 11, 3)))
        );
        assert_eq!(
            read_date("-318211200000", &[], None),
            Some(Value::Date(date(1959, 12, 2)))
        );
        assert_eq!(
            read_date("-6272640000000", &[], None),
            Some(Value::Date(date(1771, 3, 25)))
        );
    }

    #[test]
    fn two_digit_years_follow_the_century_rule() {
        let formats = pattern("%d/%m/%y");
        assert_eq!(
            read_date("29/12/67", &formats, Some(1900)),
            Some(Value::Date(date(1967, 12, 29)))
        );
        assert_eq!(
            read_date("22/03/36", &formats, Some(1930)),
            Some(Value::Date(date(1936, 3, 22)))
        );
        assert_eq!(
            read_date("22/03/29", &formats, Some(1930)),
            Some(Value::Date(date(2029, 3, 22)))
        );
        assert_eq!(read_date("31/02/60", &formats, Some(1900)), None);
    }

    #[test]
    fn a_bare_year_stays_a_number() {
        assert_eq!(
            read_date("1771", &[DateFormat::Iso, DateFormat::Year], None),
            Some(Value::Integer(1771))
        );
        assert_eq!(read_date("1771", &[], None), None);
    }
}
