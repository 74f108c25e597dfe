//! Numbers as texts: degrees with every digit that they have, metres to 0.1 mm.

use std::io::Write as _;

/// Writes a number so that the same one is read back, with the fewest digits that do and no exponent. Infinities and what is no number
/// are written in words.
pub(crate) fn write_number(out: &mut Vec<u8>, value: f64) {
    let mut digits = ryu::Buffer::new();
    if value.is_finite() {
        let text = digits.format_finite(value);
        if !text.contains('e') {
            out.extend_from_slice(text.strip_suffix(".0").unwrap_or(text).as_bytes());
            return;
        }
    }
    // the far ends, which no coordinate on earth reaches; writing to a vector does not fail
    let _ = write!(out, "{value}");
}

/// Writes metres, rounded to 0.1 mm.
#[expect(
    clippy::cast_possible_truncation,
    reason = "coordinates on earth have fewer than 2⁵³ tenths of a millimetre"
)]
pub(crate) fn write_metres(out: &mut Vec<u8>, value: f64) {
    let tenths = (value * 1e4).round() as i64;
    let (whole, mut part) = (tenths.unsigned_abs() / 10_000, tenths.unsigned_abs() % 10_000);
    if tenths < 0 {
        out.push(b'-');
    }
    write_whole(out, whole);
    if part != 0 {
        let mut digits = 4;
        while part.is_multiple_of(10) {
            part /= 10;
            digits -= 1;
        }
        out.push(b'.');
        write_digits(out, part, digits);
    }
}

/// Writes a whole number.
pub(crate) fn write_whole(out: &mut Vec<u8>, value: u64) {
    let digits = value.checked_ilog10().map_or(1, |power| power as usize + 1);
    write_digits(out, value, digits);
}

/// Writes the last digits of a number, zeros before it where it has fewer.
pub(crate) fn write_digits(out: &mut Vec<u8>, mut value: u64, digits: usize) {
    let mut text = [b'0'; 20];
    let digits = digits.min(text.len());
    for place in text[..digits].iter_mut().rev() {
        *place = b'0' + (value % 10) as u8;
        value /= 10;
    }
    out.extend_from_slice(&text[..digits]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn metres_have_four_decimals_at_most() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.25, "-0.25"),
            (0.0304, "0.0304"),
            (9_300_000.123_46, "9300000.1235"),
            (500_000.0, "500000"),
        ] {
            assert_eq!(written(|out| write_metres(out, value)), expected);
        }
    }

    #[test]
    fn numbers_at_the_far_ends_have_no_exponent_either() {
        for value in [0.0, -0.0, 1.0, 1e15, 1e16, 1e17, -1e300, 1e-5, 1e-6, 5e-324, f64::MAX] {
            assert_eq!(written(|out| write_number(out, value)), value.to_string());
        }
        for (value, expected) in [(0, "0"), (9, "9"), (10, "10"), (u64::MAX, "18446744073709551615")] {
            assert_eq!(written(|out| write_whole(out, value)), expected);
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_the_same_and_written_without_exponent(value in any::<f64>()) {
            let text = written(|out| write_number(out, value));
            prop_assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits());
            prop_assert!(!text.contains('e'));
        }

        #[test]
        fn degrees_and_hectares_are_written_as_the_language_does(value in -1e9..1e9_f64, digits in 0_i32..12) {
            let power = 10_f64.powi(digits);
            for value in [value, value / 1e7, (value * power).round() / power] {
                prop_assert_eq!(written(|out| write_number(out, value)), value.to_string());
            }
        }
    }
}
