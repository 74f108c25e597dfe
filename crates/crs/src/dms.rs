//! Degrees, minutes and seconds as people write them.

use crate::written::{Axis, Expect, Label, Token, Unread, check_length, scan, settle};

/// One angle or plain number, as written.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Angle {
    /// Degrees (or metres, where a plain number is not an angle); negative for south, west and a minus.
    pub value: f64,
    /// The axis that a letter or word names.
    pub axis: Option<Axis>,
    /// Whether a hemisphere letter makes it negative (S, W, O) or positive (N, E).
    pub hemisphere: Option<bool>,
    /// Whether it was written with degree, minute or second marks, or as several numbers.
    pub sexagesimal: bool,
}

/// Reads one angle or number: `78°38'24.5"W`, `78 38 24,5 O`, `S 7°10'`, `-78.64`, `765 000` not.
///
/// ```
/// use crs::{dms, written::Axis};
/// let angle = dms::parse("78°38'24.5\"O").unwrap();
/// assert!((angle.value + 78.640_138_888_9).abs() < 1e-9);
/// assert_eq!(angle.axis, Some(Axis::East));
/// ```
///
/// # Errors
/// The text is no single angle: unknown words, minutes of 60 and more, or signs that contradict each other.
pub fn parse(text: &str) -> Result<Angle, Unread> {
    check_length(text)?;
    let plain = plain(text);
    let tokens = scan(&settle(&plain, Expect::One)?)?;
    if tokens.contains(&Token::Separator) {
        let numbers = tokens
            .iter()
            .filter(|token| matches!(token, Token::Number { .. }))
            .count();
        return Err(Unread::Count {
            numbers,
            expected: "one number",
        });
    }
    angle_of(&tokens, text)
}

/// The text in capitals without accents, with one sign for each kind of minus, degree, minute and second.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'º' | '˚' | 'ᵒ' => plain.push('°'),
            '’' | '‘' | '′' | '´' | '`' => plain.push('\''),
            '”' | '“' | '″' | '¨' => plain.push('"'),
            '−' | '–' | '—' => plain.push('-'),
            '\u{feff}' => {}
            '\u{a0}' | '\u{202f}' | '\u{2009}' => plain.push(' '),
            'á' | 'Á' => plain.push('A'),
            'é' | 'É' => plain.push('E'),
            'í' | 'Í' => plain.push('I'),
            'ó' | 'Ó' => plain.push('O'),
            'ú' | 'Ú' => plain.push('U'),
            c => plain.extend(c.to_uppercase()),
        }
    }
    plain
}

/// The angle that the tokens of one coordinate make; `text` is for the words of an error.
pub(crate) fn angle_of(tokens: &[Token], text: &str) -> Result<Angle, Unread> {
    let contradictory = || Unread::Contradictory {
        text: text.trim().to_owned(),
    };
    let mut parts: Vec<(f64, bool)> = Vec::new();
    let (mut negative, mut axis, mut hemisphere, mut marks) = (false, None, None, 0);
    let mut ended = false;
    for token in tokens {
        match *token {
            Token::Number {
                value,
                negative: minus,
                whole,
            } => {
                if ended || (minus && !parts.is_empty()) {
                    return Err(contradictory());
                }
                negative |= minus;
                parts.push((value, whole));
            }
            Token::Label(Label { axis: said, negative }) => {
                if axis.is_some_and(|axis| axis != said) || (hemisphere.is_some() && negative.is_some()) {
                    return Err(contradictory());
                }
                // a label stands before or after its number, not within it
                ended = !parts.is_empty();
                axis = Some(said);
                hemisphere = hemisphere.or(negative);
            }
            Token::Degrees | Token::Minutes | Token::Seconds => {
                let place = match token {
                    Token::Degrees => 1,
                    Token::Minutes => 2,
                    _ => 3,
                };
                if place != parts.len() || place <= marks {
                    return Err(contradictory());
                }
                marks = place;
            }
            Token::Separator => {
                return Err(Unread::Count {
                    numbers: parts.len() + 1,
                    expected: "one number",
                });
            }
        }
    }
    if negative && hemisphere == Some(false) {
        return Err(contradictory());
    }
    let value = sum(&parts)?;
    let value = if negative || hemisphere == Some(true) {
        -value
    } else {
        value
    };
    Ok(Angle {
        value,
        axis,
        hemisphere,
        sexagesimal: marks > 0 || parts.len() > 1,
    })
}

fn sum(parts: &[(f64, bool)]) -> Result<f64, Unread> {
    if parts.is_empty() || parts.len() > 3 {
        return Err(Unread::Count {
            numbers: parts.len(),
            expected: "degrees, minutes and seconds",
        });
    }
    let names = ["degrees", "minutes", "seconds"];
    let mut value = 0.0;
    for (place, &(number, whole)) in parts.iter().enumerate() {
        let wrong = Unread::Sexagesimal {
            value: number,
            part: names[place],
        };
        let (last, limit) = (place + 1 == parts.len(), if place == 0 { 360.0 } else { 60.0 });
        if (!last && !whole) || (parts.len() > 1 && number >= limit) {
            return Err(wrong);
        }
        value += number / [1.0, 60.0, 3600.0][place];
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(text: &str) -> f64 {
        parse(text).unwrap_or_else(|error| panic!("{text}: {error}")).value
    }

    #[test]
    fn an_angle_in_every_dress_is_the_same_angle() {
        let expected = -(78.0 + 38.0 / 60.0 + 24.5 / 3600.0);
        for text in [
            "78°38'24.5\"W",
            "78° 38' 24.5\" O",
            "78 38 24.5 O",
            "O 78 38 24,5",
            "W78°38′24.5″",
            "78º38´24.5¨ oeste",
            "-78°38'24.5\"",
            "−78 38 24.5",
            "78:38:24.5 W",
            "78°38'24.5''W",
            "-78°38'24.5\" O",
            "Longitud: 78°38'24.5\" Oeste",
            "78 grados 38 minutos 24.5 segundos O",
        ] {
            assert!((degrees(text) - expected).abs() < 1e-12, "{text}: {}", degrees(text));
        }
        assert!((degrees("7°30'S") + 7.5).abs() < 1e-12);
        assert!((degrees("S 7.5") + 7.5).abs() < 1e-12);
        assert!((degrees("9'250,000.50") - 9_250_000.5).abs() < 1e-6);
    }

    #[test]
    fn what_is_no_angle_is_refused() {
        for text in [
            "",
            "W",
            "78°61'W",
            "78°38'60\"W",
            "78.5°38'W",
            "-78 E",
            "-7 N",
            "78 W S",
            "1 2 3 4",
            "hola",
            "78°38'24.5\"X1",
            "7°10'S 78°30'W",
            "78'38°",
            "-7.x2",
            "NaN",
            "1e400",
            "78°°",
        ] {
            assert!(parse(text).is_err(), "{text}: {:?}", parse(text));
        }
    }
}
