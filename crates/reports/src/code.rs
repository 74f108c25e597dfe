//! The short code of a document: what people copy by hand and say by telephone.
//!
//! Eleven characters of the id in Crockford's base 32 (no I, L, O, U) and a check character, by Luhn's method modulo 32, in
//! groups of four: `K7F3-22QM-9X5C`. One mistyped character, and all swaps of neighbours but that of `0` and `Z`, are noticed.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// A code whose check character is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code([u8; LENGTH]);

/// What is wrong with a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not twelve characters.
    #[error("a code has 12 characters, this one {0}")]
    Length(usize),
    /// A character that codes do not hold.
    #[error("«{0}» is no character of a code")]
    Character(char),
    /// The check character does not fit the others: one was mistyped.
    #[error("the check character does not fit: a character was mistyped")]
    Check,
}

impl Code {
    /// The code of an id, 32 bytes.
    pub fn of_id(id: &[u8; 32]) -> Self {
        let bits = id[..8].iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte)) >> 9;
        let mut values = [0; LENGTH];
        for (place, value) in values[..LENGTH - 1].iter_mut().enumerate() {
            *value = (bits >> (5 * (LENGTH - 2 - place)) & 31).to_le_bytes()[0];
        }
        values[LENGTH - 1] = check(&values[..LENGTH - 1]);
        Self(values)
    }
}

/// Luhn's check value modulo 32: every second value from the right counts twice, its digits in base 32 added up.
fn check(values: &[u8]) -> u8 {
    let weighed = values.iter().rev().enumerate().map(|(place, value)| {
        let weight = if place % 2 == 0 { 2 } else { 1 };
        let product = u32::from(*value) * weight;
        product / 32 + product % 32
    });
    let rest = weighed.sum::<u32>() % 32;
    ((32 - rest) % 32).to_le_bytes()[0]
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, value) in self.0.iter().enumerate() {
            let group = if place > 0 && place % 4 == 0 { "-" } else { "" };
            write!(out, "{group}{}", ALPHABET[usize::from(*value)] as char)?;
        }
        Ok(())
    }
}

impl FromStr for Code {
    type Err = CodeError;

    /// Reads a code as people write it: with or without hyphens and spaces, in any case, O for 0, I and L for 1.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut values = Vec::with_capacity(LENGTH);
        for written in text.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{2013}' | '\u{a0}')) {
            let letter = match written.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let place = ALPHABET.iter().position(|known| char::from(*known) == letter);
            let value = place.and_then(|place| u8::try_from(place).ok());
            values.push(value.ok_or(CodeError::Character(written))?);
        }
        let length = values.len();
        let values: [u8; LENGTH] = values.try_into().map_err(|_| CodeError::Length(length))?;
        if check(&values[..LENGTH - 1]) == values[LENGTH - 1] {
            Ok(Self(values))
        } else {
            Err(CodeError::Check)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Code {
        let mut id = [0; 32];
        for (place, byte) in (0_u8..).zip(&mut id) {
            *byte = place.wrapping_mul(37) ^ 0x9c;
        }
        Code::of_id(&id)
    }

    #[test]
    fn a_code_reads_back_however_people_write_it() {
        let code = sample();
        let written = code.to_string();
        assert_eq!(written.len(), 14);
        for variant in [
            written.clone(),
            written.to_lowercase(),
            written.replace('-', ""),
            written.replace('-', " "),
            written.replace('0', "o").replace('1', "l"),
        ] {
            assert_eq!(variant.parse(), Ok(code), "{variant}");
        }
    }

    #[test]
    fn one_mistyped_character_is_noticed() {
        let written = sample().to_string().replace('-', "");
        for place in 0..LENGTH {
            for other in ALPHABET {
                let mut mistyped = written.clone().into_bytes();
                if mistyped[place] == *other {
                    continue;
                }
                mistyped[place] = *other;
                let mistyped = String::from_utf8(mistyped).unwrap();
                assert_eq!(mistyped.parse::<Code>(), Err(CodeError::Check), "{mistyped}");
            }
        }
    }

    #[test]
    fn what_is_no_code_is_told() {
        assert_eq!("K7F3".parse::<Code>(), Err(CodeError::Length(4)));
        assert_eq!("K7F3-22QM-9X5U".parse::<Code>(), Err(CodeError::Character('U')));
    }
}
