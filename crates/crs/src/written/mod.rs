//! Coordinates as people write them: `78°38'24.5"W`, `17 M 765000 9250000`, `E 765,000.50 N 9,250,000.25`.

mod commas;
mod declared;
mod scan;

pub(crate) use commas::{Expect, settle};
pub use declared::{Contradiction, Declared, Order, Unit, read_declaration};
pub(crate) use scan::{Label, Token, scan};

use crate::dms::{Angle, angle_of};

/// Which way a number counts.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// Longitude or easting.
    East,
    /// Latitude or northing.
    North,
}

/// Why written coordinates could not be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Unread {
    /// More text than any coordinate needs.
    #[error("{bytes} bytes are too long for a coordinate")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A word or sign without a meaning here.
    #[error("{text:?} has no meaning in a coordinate")]
    Unknown {
        /// The word or sign.
        text: String,
    },
    /// Digits and points that make no number.
    #[error("{text:?} is no number")]
    NotANumber {
        /// The text.
        text: String,
    },
    /// Commas or points that could be decimals, thousands or separators.
    #[error("the commas or points of {text:?} can be read in several ways")]
    Ambiguous {
        /// The number.
        text: String,
    },
    /// Not one angle or number, or not two of them.
    #[error("{numbers} numbers do not make {expected}")]
    Count {
        /// How many numbers the text has.
        numbers: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// Minutes or seconds of 60 and more, or degrees with a fraction before minutes.
    #[error("{value} cannot be {part} of an angle")]
    Sexagesimal {
        /// The number.
        value: f64,
        /// `degrees`, `minutes` or `seconds`.
        part: &'static str,
    },
    /// A minus with N or E, or two labels of different axes on one number, or of one axis on both.
    #[error("signs or labels contradict each other in {text:?}")]
    Contradictory {
        /// The text.
        text: String,
    },
    /// Declarations that contradict each other or name what is not supported.
    #[error(transparent)]
    Declaration(#[from] Contradiction),
}

impl Unread {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::TooLong { bytes } => {
                format!("Son {bytes} caracteres donde se espera un par de coordenadas: escriba un par en cada línea.")
            }
            Self::Unknown { text } => format!("«{text}» no se entiende dentro de una coordenada: quítelo."),
            Self::NotANumber { text } => format!("«{text}» no es un número: corríjalo."),
            Self::Ambiguous { text } => format!(
                "Las comas o puntos de «{text}» se pueden leer de varias maneras: use punto para los decimales, nada \
                 para los miles y punto y coma entre las dos coordenadas."
            ),
            Self::Count { numbers, .. } => format!(
                "Hay {numbers} números donde se espera un par de coordenadas: escriba dos, separados por punto y coma."
            ),
            Self::Sexagesimal { value, part } => {
                let part = match *part {
                    "minutes" => "los minutos",
                    "seconds" => "los segundos",
                    _ => "los grados",
                };
                format!(
                    "{value} no puede ser {part} de un ángulo: minutos y segundos van de 0 a 59 y solo lo último lleva decimales."
                )
            }
            Self::Contradictory { text } => {
                format!("Los signos o letras de «{text}» se contradicen: deje uno solo por coordenada.")
            }
            Self::Declaration(contradiction) => contradiction.sentence_es(),
        }
    }
}

/// A pair of coordinates as written, and what the text says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The two numbers; east and north where labels or letters say which is which, else in the order of the text.
    pub pair: (f64, f64),
    /// What the text declares.
    pub declared: Declared,
}

/// Reads one position, with whatever it declares of zone, datum, order and unit.
///
/// ```
/// use crs::written::read_pair;
/// let written = read_pair("17 M 765000 9250000").unwrap();
/// assert_eq!(written.pair, (765_000.0, 9_250_000.0));
/// assert_eq!(written.declared.zone.map(|zone| zone.number()), Some(17));
/// let written = read_pair("7°15'00\"S 78°30'O").unwrap();
/// assert_eq!(written.pair, (-78.5, -7.25));
/// ```
///
/// # Errors
/// The text is no pair of coordinates, or can be read in several ways.
pub fn read_pair(text: &str) -> Result<Written, Unread> {
    check_length(text)?;
    let (mut declared, rest) = read_declaration(text)?;
    let tokens = scan(&settle(&rest, Expect::Pair)?)?;
    let numbers = tokens
        .iter()
        .filter(|token| matches!(token, Token::Number { .. }))
        .count();
    let wrong = Unread::Count {
        numbers,
        expected: "a pair of coordinates",
    };
    let at = border(&tokens).ok_or_else(|| wrong.clone())?;
    let (left, right) = tokens.split_at(at);
    let right = if right.first() == Some(&Token::Separator) {
        &right[1..]
    } else {
        right
    };
    if right.contains(&Token::Separator) || left.contains(&Token::Separator) {
        return Err(wrong);
    }
    let contradictory = || Unread::Contradictory {
        text: text.trim().to_owned(),
    };
    let (first, second) = (angle_of(left, text)?, angle_of(right, text)?);
    let pair = match (first.axis, second.axis) {
        (None, None) => None,
        (Some(Axis::East), None | Some(Axis::North)) | (None, Some(Axis::North)) => Some((first.value, second.value)),
        (Some(Axis::North), None | Some(Axis::East)) | (None, Some(Axis::East)) => Some((second.value, first.value)),
        _ => return Err(contradictory()),
    };
    if pair.is_some() {
        declared.order = Some(Order::EastFirst);
    }
    declare_unit(&mut declared, &first, &second);
    Ok(Written {
        pair: pair.unwrap_or((first.value, second.value)),
        declared,
    })
}

/// Reading is not linear in the length; no coordinate is longer.
pub(crate) const LONGEST: usize = 400;

pub(crate) fn check_length(text: &str) -> Result<(), Unread> {
    if text.len() > LONGEST {
        Err(Unread::TooLong { bytes: text.len() })
    } else {
        Ok(())
    }
}

fn declare_unit(declared: &mut Declared, first: &Angle, second: &Angle) {
    if first.sexagesimal || second.sexagesimal {
        declared.unit = Some(Unit::Degrees);
    }
    let positive = |angle: &Angle| angle.hemisphere == Some(false) && angle.value.abs() <= 360.0;
    declared.signs_settled |= positive(first) || positive(second);
}

/// Where the second coordinate begins.
fn border(tokens: &[Token]) -> Option<usize> {
    let first = |wanted: fn(&Token) -> bool| tokens.iter().position(wanted);
    if let Some(at) = first(|token| *token == Token::Separator) {
        return Some(at);
    }
    let labels: Vec<(usize, Axis)> = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| {
            if let Token::Label(label) = token {
                Some((at, label.axis))
            } else {
                None
            }
        })
        .collect();
    if let Some(&(at, axis)) = labels.first() {
        if at > 0 {
            return Some(at + 1);
        }
        if let Some(other) = labels.iter().find(|(_, other)| *other != axis) {
            return Some(other.0);
        }
    }
    let degrees: Vec<usize> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| **token == Token::Degrees)
        .map(|(at, _)| at)
        .collect();
    if let [_, second] = degrees[..] {
        return second.checked_sub(1);
    }
    let numbers: Vec<usize> = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| matches!(token, Token::Number { .. }))
        .map(|(at, _)| at)
        .collect();
    (numbers.len() >= 2 && numbers.len().is_multiple_of(2)).then(|| numbers[numbers.len() / 2])
}
