//! The moment, read here and nowhere below; and the day that it is in Lima.
#![expect(
    clippy::disallowed_methods,
    reason = "the command line is the rim: here the moment is read"
)]

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil::Date};

/// Now.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The day that a moment is in Lima.
pub fn day_in_lima(moment: Timestamp) -> Date {
    moment.to_zoned(lima()).date()
}

/// America/Lima: five hours behind UTC, without summer time since 1994.
pub fn lima() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(-5))
}
