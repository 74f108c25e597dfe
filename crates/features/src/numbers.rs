//! Coordinates as texts: degrees with every digit that they have, metres to 0.1 mm.

use std::io::Write as _;

/// Writes a degree so that the same number is read back.
pub(crate) fn write_degree(out: &mut Vec<u8>, value: f64) {
    // writing to a vector does not fail
    let _ = write!(out, "{value}");
}

/// Writes metres, rounded to 0.1 mm.
#[expect(
    clippy::cast_possible_truncation,
    reason = "coordinates on earth have fewer than 2⁵³ tenths of a millimetre"
)]
pub(crate) fn write_metres(out: &mut Vec<u8>, value: f64) {
    let tenths = (value * 1e4).round() as i64;
    let (whole, part) = (tenths.unsigned_abs() / 10_000, tenths.unsigned_abs() % 10_000);
    let sign = if tenths < 0 { "-" } else { "" };
    let _ = write!(out, "{sign}{whole}");
    if part != 0 {
        let text = format!("{part:04}");
        let _ = write!(out, ".{}", text.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metres_have_four_decimals_at_most() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.25, "-0.25"),
            (9_300_000.123_46, "9300000.1235"),
            (500_000.0, "500000"),
        ] {
            let mut out = Vec::new();
            write_metres(&mut out, value);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
