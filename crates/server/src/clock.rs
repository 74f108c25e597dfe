//! The only reader of the clock in this crate.

use jiff::{
    Timestamp,
    civil::Date,
    tz::{Offset, TimeZone},
};

/// America/Lima: five hours behind UTC all year.
pub(crate) const LIMA: Offset = Offset::constant(-5);

/// The moment.
#[expect(
    clippy::disallowed_methods,
    reason = "the server stands at the rim and reads the clock"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// The day in Lima.
pub(crate) fn today() -> Date {
    day_of(now())
}

/// The day that a moment is in Lima.
pub(crate) fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::fixed(LIMA)).date()
}

/// The last moment of a day in Lima.
pub(crate) fn end_of(day: Date) -> Option<Timestamp> {
    let last = day.at(23, 59, 59, 999_999_999);
    last.to_zoned(TimeZone::fixed(LIMA))
        .ok()
        .map(|moment| moment.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight_in_lima() {
        let end = end_of("2026-03-01".parse().unwrap()).unwrap();
        assert_eq!(end.to_string(), "2026-03-02T04:59:59.999999999Z");
    }
}
