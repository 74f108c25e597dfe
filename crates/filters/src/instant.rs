//! Days and instants as CQL2 writes them (RFC 3339).

use crate::Expr;
use jiff::{Timestamp, civil::Date};

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

/// `2024-05-31T10:20:30Z`, with a fraction of the second or an offset from UTC where it has one.
pub(crate) fn timestamp(text: &str) -> Option<Timestamp> {
    let day = text.get(..10)?;
    let clock = text.get(10..)?.strip_prefix(['T', 't'])?;
    let plain = clock.len() <= 40
        && clock
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z' | b'z' | b'+' | b'-'));
    date(day)?;
    plain.then(|| text.parse().ok()).flatten()
}

/// A day or an instant, as the text has it.
pub(crate) fn of_text(text: &str) -> Option<Expr> {
    date(text)
        .map(Expr::Date)
        .or_else(|| timestamp(text).map(Expr::Timestamp))
}
