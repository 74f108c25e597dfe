//! From settled text to numbers, marks and labels.

use super::{Axis, Unread};

/// A word or letter that says which axis a number belongs to.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) axis: Axis,
    /// Whether the letter says the hemisphere: `Some(true)` for south and west, which are negative.
    pub(crate) negative: Option<bool>,
}

#[derive(Copy, Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number { value: f64, negative: bool, whole: bool },
    Degrees,
    Minutes,
    Seconds,
    Label(Label),
    Separator,
}

/// # Errors
/// A character or word that has no meaning here.
pub(crate) fn scan(text: &str) -> Result<Vec<Token>, Unread> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (token, length) = if c.is_ascii_digit() || starts_signed(rest) {
            number(rest)?
        } else if c.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            (word(&rest[..length])?, length)
        } else {
            (mark(rest, c)?, if rest.starts_with("''") { 2 } else { c.len_utf8() })
        };
        rest = &rest[length..];
        match token {
            Some(Token::Separator) if matches!(tokens.last(), None | Some(Token::Separator)) => {}
            Some(token) => tokens.push(token),
            None => {}
        }
    }
    if tokens.last() == Some(&Token::Separator) {
        tokens.pop();
    }
    Ok(tokens)
}

fn starts_signed(rest: &str) -> bool {
    let mut chars = rest.chars();
    matches!(chars.next(), Some('-' | '+')) && chars.next().is_some_and(|c| c.is_ascii_digit())
}

fn number(rest: &str) -> Result<(Option<Token>, usize), Unread> {
    let signed = usize::from(rest.starts_with(['-', '+']));
    let length = rest[signed..]
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(rest.len(), |at| at + signed);
    let written = rest[signed..length].trim_end_matches('.');
    let value: f64 = written.parse().map_err(|_| Unread::NotANumber {
        text: rest[..length].to_owned(),
    })?;
    if !value.is_finite() {
        return Err(Unread::NotANumber {
            text: rest[..length].to_owned(),
        });
    }
    let token = Token::Number {
        value,
        negative: rest.starts_with('-'),
        whole: !written.contains('.'),
    };
    Ok((Some(token), length))
}

fn mark(rest: &str, c: char) -> Result<Option<Token>, Unread> {
    match c {
        '°' => Ok(Some(Token::Degrees)),
        '\'' if rest.starts_with("''") => Ok(Some(Token::Seconds)),
        '\'' => Ok(Some(Token::Minutes)),
        '"' => Ok(Some(Token::Seconds)),
        ';' | '|' | '/' | '\t' => Ok(Some(Token::Separator)),
        ':' | '=' | '(' | ')' | '[' | ']' | '.' => Ok(None),
        c if c.is_whitespace() => Ok(None),
        c => Err(Unread::Unknown { text: c.to_string() }),
    }
}

fn word(word: &str) -> Result<Option<Token>, Unread> {
    let (axis, negative) = match word {
        "E" => (Axis::East, Some(false)),
        "W" | "O" | "OESTE" | "WEST" => (Axis::East, Some(true)),
        "N" => (Axis::North, Some(false)),
        "S" | "SUR" | "SOUTH" => (Axis::North, Some(true)),
        "ESTE" | "EASTING" | "EAST" | "X" | "ME" | "LON" | "LONG" | "LONGITUD" | "LONGITUDE" | "LNG" => {
            (Axis::East, None)
        }
        "NORTE" | "NORTHING" | "NORTH" | "Y" | "MN" | "LAT" | "LATITUD" | "LATITUDE" => (Axis::North, None),
        "GRADOS" | "GRADO" | "DEG" => return Ok(Some(Token::Degrees)),
        "MINUTOS" | "MINUTO" | "MIN" => return Ok(Some(Token::Minutes)),
        "SEGUNDOS" | "SEGUNDO" | "SEG" => return Ok(Some(Token::Seconds)),
        "M" | "MTS" | "METROS" => return Ok(None),
        other => return Err(Unread::Unknown { text: other.to_owned() }),
    };
    Ok(Some(Token::Label(Label { axis, negative })))
}
