//! Where the next page begins, in which state of the store: a page belongs to its editions, whatever is published meanwhile.

use crate::params::invalid;
use crate::problem::Problem;
use jiff::{Timestamp, civil::Date};
use territory::AsOf;

/// A place in the answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// The state of the store.
    pub as_of: AsOf,
    /// How many features come before.
    pub before: usize,
}

impl Token {
    /// As it stands in an address; nobody else has to understand it.
    pub(crate) fn text(self) -> String {
        let day = self.as_of.valid.strftime("%Y%m%d");
        format!("{day}.{:x}.{:x}", self.as_of.known.as_nanosecond(), self.before)
    }

    /// Reads it.
    ///
    /// # Errors
    /// `invalid-parameter`.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        parts(text).ok_or_else(|| invalid("token", text, "el valor que da el enlace «next» de la página anterior"))
    }
}

fn parts(text: &str) -> Option<Token> {
    let mut parts = text.split('.');
    let valid = Date::strptime("%Y%m%d", parts.next()?).ok()?;
    let known = i128::from_str_radix(parts.next()?, 16).ok()?;
    let known = Timestamp::from_nanosecond(known).ok()?;
    let before = usize::from_str_radix(parts.next()?, 16).ok()?;
    let as_of = AsOf { valid, known };
    parts.next().is_none().then_some(Token { as_of, before })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_nothing_else_is() {
        let as_of = AsOf {
            valid: "2026-03-01".parse().unwrap(),
            known: "2026-03-02T10:20:30.123456789Z".parse().unwrap(),
        };
        let token = Token { as_of, before: 40 };
        assert_eq!(Token::read(&token.text()).unwrap(), token);
        for other in [
            "",
            "20260301.1",
            "20260301.zz.1",
            "20261301.1.1",
            "20260301.1.1.1",
            "20260301.1.ffffffffffffffffff",
        ] {
            assert!(Token::read(other).is_err(), "{other}");
        }
    }
}
