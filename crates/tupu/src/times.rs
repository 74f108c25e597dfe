//! The two times that a reader may ask for.

use crate::{clock, exit::refuse};
use clap::Args;
use jiff::{Timestamp, civil::Date};
use territory::AsOf;

/// For when: which facts held, as known when.
#[derive(Args)]
pub struct Times {
    /// Los hechos que regían ese día (AAAA-MM-DD); por omisión, hoy.
    #[arg(long, value_name = "FECHA")]
    pub valid_at: Option<Date>,
    /// Lo que se sabía ese día (AAAA-MM-DD) o en ese instante (AAAA-MM-DDThh:mm:ssZ); por omisión, ahora.
    #[arg(long, value_name = "FECHA")]
    pub known_at: Option<String>,
}

impl Times {
    /// Whether any of them was stated.
    pub fn are_stated(&self) -> bool {
        self.valid_at.is_some() || self.known_at.is_some()
    }

    /// The two times: today in Lima and now, unless stated.
    ///
    /// # Errors
    /// When a text is neither a day nor a moment.
    pub fn as_of(&self, now: Timestamp) -> anyhow::Result<AsOf> {
        let known = match &self.known_at {
            None => now,
            Some(text) => match (text.parse::<Timestamp>(), text.parse::<Date>()) {
                (Ok(moment), _) => moment,
                // to the end of that day in Lima
                (_, Ok(day)) => day.at(23, 59, 59, 999_999_999).to_zoned(clock::lima())?.timestamp(),
                _ => return no_time("--known-at", text),
            },
        };
        let valid = self.valid_at.unwrap_or_else(|| clock::day_in_lima(now));
        Ok(AsOf { valid, known })
    }
}

fn no_time<T>(name: &str, text: &str) -> anyhow::Result<T> {
    refuse(format!(
        "{name}: «{text}» no es una fecha AAAA-MM-DD ni un instante AAAA-MM-DDThh:mm:ssZ"
    ))
}

/// Today in Lima, as known now.
pub fn present(now: Timestamp) -> AsOf {
    AsOf {
        valid: clock::day_in_lima(now),
        known: now,
    }
}

/// A day asks for its facts as known at `known`; a moment, for what was known then of its day in Lima.
///
/// # Errors
/// When the text is neither.
pub fn moment(name: &str, text: &str, known: Timestamp) -> anyhow::Result<AsOf> {
    match (text.parse::<Timestamp>(), text.parse::<Date>()) {
        (Ok(known), _) => Ok(AsOf {
            valid: clock::day_in_lima(known),
            known,
        }),
        (_, Ok(valid)) => Ok(AsOf { valid, known }),
        _ => no_time(name, text),
    }
}

/// Refuses a pair of times of which the first is the later.
///
/// # Errors
/// When it is.
pub fn in_order((first, from): (&str, AsOf), (second, to): (&str, AsOf)) -> anyhow::Result<()> {
    if from.valid > to.valid {
        return refuse(format!(
            "{first} ({}) es posterior a {second} ({}): inviértalos",
            from.valid, to.valid
        ));
    }
    if from.known > to.known {
        return refuse(format!(
            "{first} pregunta por lo que se sabía el {}, después que {second} ({}): inviértalos",
            from.known, to.known
        ));
    }
    Ok(())
}
