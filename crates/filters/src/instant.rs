//! Days and instants as CQL2 writes them (RFC 3339).

use crate::Expr;
use jiff::{Timestamp, civil::Date};

/// Seconds of 0000-01-01T00:00:00Z.
const FIRST: i64 = -62_167_219_200;
/// Seconds of 9999-12-30T22:00:00Z, the last that `jiff` knows.
const LAST: i64 = 253_402_207_200;

/// `2024-05-31` and nothing else.
pub(crate) fn date(text: &str) -> Option<Date> {
    let shape = |(at, byte): (usize, u8)| {
        if at == 4 || at == 7 {
            byte == b'-'
        } else {
            byte.is_ascii_digit()
        }
    };
    let shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
    shaped.then(|| text.parse().ok()).flatten()
}

/// `2024-05-31T10:20:30Z`, with a fraction of the second or an offset from UTC where it has one; in UTC from year 0 to year 9999.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let day = text.get(..10)?;
    let clock = text.get(10..)?.strip_prefix(['T', 't'])?;
    let plain = clock.len() <= 40
        && clock
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'z' | b'+' | b'-'));
    date(day)?;
    let instant: Timestamp = plain.then(|| text.parse().ok()).flatten()?;
    (FIRST..=LAST).contains(&instant.as_second()).then_some(instant)
}

/// A day or an instant, as the text has it.
pub(crate) fn of_text(text: &str) -> Option<Expr> {
    date(text)
        .map(Expr::Date)
        .or_else(|| timestamp(text).map(Expr::Timestamp))
}
