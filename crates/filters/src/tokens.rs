//! CQL2 text cut into signs, words and literals.

use crate::{
    FilterError,
    error::{Place, Wanted},
    ops,
};

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind<'t> {
    /// A bare name or a word of the language.
    Word(&'t str),
    /// A name between double quotes.
    Name(String),
    /// A text between single quotes.
    Text(String),
    /// The digits of a number, without sign.
    Number(&'t str),
    /// A sign.
    Sign(&'static str),
    /// The end of the filter.
    End,
}

/// A token and the byte where it begins.
#[derive(Clone, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) kind: Kind<'t>,
    pub(crate) at: usize,
}

/// Longer signs first.
const SIGNS: [&str; 17] = [
    "<>", "<=", ">=", "<", ">", "=", "(", ")", "[", "]", ",", "+", "-", "*", "/", "%", "^",
];

/// Cuts a text; the last token is the end.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token<'_>>, FilterError> {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        at += rest.len() - rest.trim_start().len();
        let (kind, length) = token(text, at)?;
        let end = kind == Kind::End;
        found.push(Token { kind, at });
        if end {
            return Ok(found);
        }
        at += length;
    }
}

/// The character of a byte of the text, counted from 1.
pub(crate) fn character(text: &str, at: usize) -> Place {
    Place::Character(text[..at].chars().count() + 1)
}

/// What stands at a byte, shortened.
pub(crate) fn found(text: &str, at: usize) -> String {
    crate::words::shortened(text[at..].trim_end(), 24)
}

fn wrong(text: &str, at: usize, wanted: Wanted) -> FilterError {
    FilterError::Syntax {
        place: character(text, at),
        wanted,
        found: found(text, at),
    }
}

fn token(text: &str, at: usize) -> Result<(Kind<'_>, usize), FilterError> {
    let rest = &text[at..];
    let Some(first) = rest.chars().next() else {
        return Ok((Kind::End, 0));
    };
    let numeric = first.is_ascii_digit() || (first == '.' && rest[1..].starts_with(|c: char| c.is_ascii_digit()));
    if numeric {
        let length = number_length(rest);
        return Ok((Kind::Number(&rest[..length]), length));
    }
    if ops::begins_name(first) {
        let length = rest.find(|c| !ops::continues_name(c)).unwrap_or(rest.len());
        return Ok((Kind::Word(&rest[..length]), length));
    }
    match first {
        '\'' => text_literal(text, at).map(|(literal, length)| (Kind::Text(literal), length)),
        '"' => quoted_name(text, at).map(|(name, length)| (Kind::Name(name), length)),
        _ => SIGNS
            .iter()
            .find(|sign| rest.starts_with(**sign))
            .map(|sign| (Kind::Sign(sign), sign.len()))
            .ok_or_else(|| wrong(text, at, Wanted::KnownSign)),
    }
}

fn digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// Digits, perhaps a point and digits, perhaps an exponent.
fn number_length(rest: &str) -> usize {
    let mut length = digits(rest);
    if rest[length..].starts_with('.') {
        length += 1 + digits(&rest[length + 1..]);
    }
    if rest[length..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
        let exponent = digits(&rest[length + 1 + sign..]);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    length
}

/// A text between single quotes. `''` and `\'` are a quote, `\\` is a backslash, `\a \b \t \n \v \f \r` are control characters;
/// any other backslash stays, for patterns.
fn text_literal(text: &str, at: usize) -> Result<(String, usize), FilterError> {
    let mut literal = String::new();
    let mut characters = text[at..].char_indices().skip(1).peekable();
    while let Some((offset, c)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        match (c, next) {
            ('\'', Some('\'')) => {
                literal.push('\'');
                characters.next();
            }
            ('\'', _) => return Ok((literal, offset + 1)),
            ('\\', Some(next)) => match escaped(next) {
                Some(meant) => {
                    literal.push(meant);
                    characters.next();
                }
                None => literal.push('\\'),
            },
            (c, _) => literal.push(c),
        }
    }
    Err(wrong(text, at, Wanted::Quote('\'')))
}

fn escaped(c: char) -> Option<char> {
    Some(match c {
        '\'' | '\\' => c,
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'v' => '\u{b}',
        'f' => '\u{c}',
        'r' => '\r',
        _ => return None,
    })
}

/// A name between double quotes; `""` is a quote.
fn quoted_name(text: &str, at: usize) -> Result<(String, usize), FilterError> {
    let mut name = String::new();
    let mut characters = text[at..].char_indices().skip(1).peekable();
    while let Some((offset, c)) = characters.next() {
        if c != '"' {
            name.push(c);
        } else if characters.next_if(|(_, next)| *next == '"').is_some() {
            name.push('"');
        } else {
            return Ok((name, offset + 1));
        }
    }
    Err(wrong(text, at, Wanted::Quote('"')))
}
