//! Land capability (*capacidad de uso mayor*, CUM): symbols as `A2sc`, `C3s(r)` and `P2c - Xse`, with proportions.

/// The group: the most intensive use that the land bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// *Cultivo en limpio*.
    A,
    /// *Cultivo permanente*.
    C,
    /// *Pastos*.
    P,
    /// *Producción forestal*.
    F,
    /// *Protección*.
    X,
}

impl Group {
    /// All of them, the most intensive first.
    pub const ALL: [Self; 5] = [Self::A, Self::C, Self::P, Self::F, Self::X];

    /// The letter.
    pub fn letter(self) -> &'static str {
        ["A", "C", "P", "F", "X"][self as usize]
    }
}

/// What stands in brackets behind a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// `(r)`: irrigation.
    Irrigation,
    /// `(t)`: for a season.
    Season,
    /// `(a)`: terraces.
    Terraces,
}

/// One symbol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The group.
    pub group: Group,
    /// The quality, 1 (high) to 3 (low); X has none.
    pub quality: Option<u8>,
    /// Letters of limitations (`s` soil, `c` climate, `e` erosion, `w` drainage, `l` salts, `i` flooding), as written.
    pub limitations: String,
    /// What it needs.
    pub needs: Option<Needs>,
}

/// A map unit: one symbol, or an association of several with their shares, whose sum is 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Association(pub Vec<(Capability, f64)>);

/// Why a text is no map unit of capability.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CapabilityError {
    /// A part that is no symbol.
    #[error("«{part}» in «{symbol}» is no symbol")]
    Symbol {
        /// All of the text.
        symbol: String,
        /// The part.
        part: String,
    },
    /// An association without the shares of its parts.
    #[error("«{symbol}» has no proportions")]
    NoProportions {
        /// All of the text.
        symbol: String,
    },
    /// Proportions that do not fit the parts, or do not sum 100.
    #[error("proportions «{proportions}» do not fit «{symbol}»")]
    Proportions {
        /// All of the text.
        symbol: String,
        /// The proportions.
        proportions: String,
    },
}

impl CapabilityError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Symbol { symbol, part } => format!(
                "«{part}» (en «{symbol}») no es un símbolo de capacidad de uso mayor; se espera por ejemplo A2sc, C3s(r) o Xse."
            ),
            Self::NoProportions { symbol } => {
                format!("La asociación «{symbol}» no trae proporciones; agregue por ejemplo 70-30.")
            }
            Self::Proportions { symbol, proportions } => format!(
                "Las proporciones «{proportions}» no corresponden a «{symbol}»: una por símbolo, con suma 100; corríjalas."
            ),
        }
    }
}

/// Reads the symbol of a map unit and its proportions, as `70-30`. One symbol alone needs none; nothing is shared out by guess.
///
/// # Errors
/// A part that is no symbol, an association without proportions, proportions that do not fit.
pub fn read_capability(symbol: &str, proportions: Option<&str>) -> Result<Association, CapabilityError> {
    let parts = symbol.split('-').map(str::trim).map(|part| {
        read_symbol(part).ok_or_else(|| CapabilityError::Symbol {
            symbol: symbol.to_owned(),
            part: part.to_owned(),
        })
    });
    let parts = parts.collect::<Result<Vec<Capability>, CapabilityError>>()?;
    let written = proportions.map(str::trim).filter(|text| !text.is_empty());
    let Some(written) = written else {
        let shares = vec![1.0; parts.len()];
        return match parts.len() {
            1 => Ok(Association(parts.into_iter().zip(shares).collect())),
            _ => Err(CapabilityError::NoProportions {
                symbol: symbol.to_owned(),
            }),
        };
    };
    let shares: Option<Vec<u32>> = written.split('-').map(|share| share.trim().parse().ok()).collect();
    let fits = |shares: &Vec<u32>| {
        let sum = shares.iter().try_fold(0_u32, |sum, share| sum.checked_add(*share));
        shares.len() == parts.len() && sum == Some(100) && !shares.contains(&0)
    };
    let shares = shares.filter(fits).ok_or_else(|| CapabilityError::Proportions {
        symbol: symbol.to_owned(),
        proportions: written.to_owned(),
    })?;
    let shares = shares.into_iter().map(|share| f64::from(share) / 100.0);
    Ok(Association(parts.into_iter().zip(shares).collect()))
}

fn read_symbol(text: &str) -> Option<Capability> {
    let group = Group::ALL.into_iter().find(|group| text.starts_with(group.letter()))?;
    let rest = &text[1..];
    let (quality, rest) = match (group, rest.as_bytes().first()) {
        (Group::X, _) => (None, rest),
        (_, Some(digit @ b'1'..=b'3')) => (Some(digit - b'0'), &rest[1..]),
        _ => return None,
    };
    let (letters, needs) = match rest.split_once('(') {
        None => (rest, None),
        Some((letters, "r)")) => (letters, Some(Needs::Irrigation)),
        Some((letters, "t)")) => (letters, Some(Needs::Season)),
        Some((letters, "a)")) => (letters, Some(Needs::Terraces)),
        Some(_) => return None,
    };
    let known = letters.chars().all(|letter| "scewli".contains(letter));
    let twice = letters
        .char_indices()
        .any(|(at, letter)| letters[..at].contains(letter));
    (known && !twice && (group != Group::X || needs.is_none())).then(|| Capability {
        group,
        quality,
        limitations: letters.to_owned(),
        needs,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_are_read_with_quality_limitations_and_needs() {
        let one = |text: &str| read_capability(text, None).unwrap().0.remove(0).0;
        let found = one("C3s(r)");
        assert_eq!(
            (found.group, found.quality, found.needs),
            (Group::C, Some(3), Some(Needs::Irrigation))
        );
        assert_eq!((one("A2sc").limitations.as_str(), one("Xse").quality), ("sc", None));
        assert_eq!(one(" X ").limitations, "");
    }

    #[test]
    fn an_association_has_its_shares_or_is_refused() {
        let found = read_capability("P2c - Xse", Some("70-30")).unwrap().0;
        assert_eq!(
            found
                .iter()
                .map(|(part, share)| (part.group, *share))
                .collect::<Vec<_>>(),
            [(Group::P, 0.7), (Group::X, 0.3)]
        );
        assert!(matches!(
            read_capability("P2c - Xse", None),
            Err(CapabilityError::NoProportions { .. })
        ));
        for wrong in ["70-20", "70", "70-30-0", "100-0", "a-b", "4294967295-101"] {
            let error = read_capability("P2c - Xse", Some(wrong)).unwrap_err();
            assert!(error.sentence_es().contains(wrong), "{error}");
        }
    }

    #[test]
    fn what_is_no_symbol_is_named() {
        for wrong in [
            "", "B2s", "A", "A4s", "Xs(r)", "P2q", "P2cc", "P2c(r", "P2c(z)", "X1s", "áéí", "P2c - ",
        ] {
            let error = read_capability(wrong, Some("50-50")).unwrap_err();
            assert!(matches!(error, CapabilityError::Symbol { .. }), "{wrong}: {error}");
        }
    }
}
