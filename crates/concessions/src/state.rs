//! The states of INGEMMET's cadastre and the four groups that reports total by.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The group that a state belongs to; totals are unions per group. Codes are stable and ASCII.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RightGroup {
    /// A title was granted (*titulado*).
    Titulado,
    /// A petition in process (*en trámite*).
    Tramite,
    /// Extinct (*extinguido*), whatever may be filed over it.
    Extinguido,
    /// Quarries, processing plants, tailings deposits, notices of withdrawal (*otros*).
    Otros,
}

impl RightGroup {
    /// All groups in the order of reports.
    pub const ALL: [Self; 4] = [Self::Titulado, Self::Tramite, Self::Extinguido, Self::Otros];

    /// The stable code.
    pub fn id(self) -> &'static str {
        match self {
            Self::Titulado => "titulado",
            Self::Tramite => "tramite",
            Self::Extinguido => "extinguido",
            Self::Otros => "otros",
        }
    }

    /// Titled or in process: what is alive over the land (*vigente*).
    pub fn is_live(self) -> bool {
        matches!(self, Self::Titulado | Self::Tramite)
    }
}

impl fmt::Display for RightGroup {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.id())
    }
}

impl FromStr for RightGroup {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL
            .into_iter()
            .find(|group| group.id() == text)
            .ok_or_else(|| UnknownState(text.to_owned()))
    }
}

/// The state of a right as the cadastre's one-letter code (`ESTADO`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RightState(char);

/// A code or word that is no state of the cadastre.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("«{0}» is no state of a mining right")]
pub struct UnknownState(pub String);

impl RightState {
    const TABLE: [(char, RightGroup); 14] = [
        ('T', RightGroup::Titulado),
        ('N', RightGroup::Titulado),
        ('E', RightGroup::Titulado),
        ('Q', RightGroup::Titulado),
        ('P', RightGroup::Tramite),
        ('D', RightGroup::Tramite),
        ('F', RightGroup::Extinguido),
        ('L', RightGroup::Extinguido),
        ('X', RightGroup::Extinguido),
        ('Y', RightGroup::Extinguido),
        ('A', RightGroup::Otros),
        ('B', RightGroup::Otros),
        ('R', RightGroup::Otros),
        ('H', RightGroup::Otros),
    ];

    /// The group of this state.
    pub fn group(self) -> RightGroup {
        let row = Self::TABLE.iter().find(|(code, _)| *code == self.0);
        row.map_or(RightGroup::Otros, |(_, group)| *group)
    }
}

impl FromStr for RightState {
    type Err = UnknownState;

    /// Reads a one-letter code.
    ///
    /// ```
    /// use concessions::{RightGroup, RightState};
    /// assert_eq!("Q".parse::<RightState>().map(RightState::group), Ok(RightGroup::Titulado));
    /// assert!("Z".parse::<RightState>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, UnknownState> {
        let mut letters = text.trim().chars();
        match (letters.next(), letters.next()) {
            (Some(code), None) if Self::TABLE.iter().any(|(known, _)| *known == code) => Ok(Self(code)),
            _ => Err(UnknownState(text.to_owned())),
        }
    }
}
