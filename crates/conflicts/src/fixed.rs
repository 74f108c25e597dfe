//! Decimals with a fixed number of places, written as strings: the same digits on every machine.

use serde::{Serialize, Serializer};
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

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[test]
    fn zero_has_no_sign() {
        assert_eq!(Fixed::<4>(-0.000_01).to_string(), "0.0000");
        assert_eq!(Fixed::<2>(-1.5).to_string(), "-1.50");
    }
}
