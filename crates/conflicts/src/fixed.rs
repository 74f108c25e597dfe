//! Decimals with a fixed number of places, written as strings: the same digits on every machine.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A number that documents print with `PLACES` decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Fixed<const PLACES: usize>(pub f64);

impl<const PLACES: usize> fmt::Display for Fixed<PLACES> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.PLACES$}", self.0);
        let is_zero = text.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
        out.write_str(if is_zero { text.trim_start_matches('-') } else { &text })
    }
}

impl<const PLACES: usize> Serialize for Fixed<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Read again, the number has the printed digits and no others.
impl<'de, const PLACES: usize> Deserialize<'de> for Fixed<PLACES> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let read = text.parse().map(Self);
        let same = read.ok().filter(|read| read.0.is_finite() && read.to_string() == text);
        same.ok_or_else(|| {
            let wanted = format!("a decimal with {PLACES} places");
            de::Error::invalid_value(de::Unexpected::Str(&text), &wanted.as_str())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[test]
    fn a_decimal_reads_as_it_was_written_and_no_other_spelling_does() {
        let read = |text: &str| serde_json::from_str::<Fixed<4>>(text);
        for text in ["\"0.0000\"", "\"-12.3400\"", "\"123456789.1235\""] {
            assert_eq!(serde_json::to_string(&read(text).unwrap()).unwrap(), text);
        }
        for text in ["\"0.5\"", "\"1e3\"", "\"inf\"", "\"-0.0000\"", "0.5000", "\"x\""] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(Fixed::<4>(-0.000_01).to_string(), "0.0000");
        assert_eq!(Fixed::<2>(-1.5).to_string(), "-1.50");
    }
}
