//! Stable words of documents, as they are read again: only those that this program writes.

use serde::{Deserialize, Deserializer, de};

/// A stable word. (The name hides the reference from serde, which would ask for a text that lives as long.)
pub(crate) type Word = &'static str;

/// Field `schema`.
pub(crate) fn schema<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    known(from, &["tupu/report/1", "tupu/matrix/1"])
}

/// Field `standing`.
pub(crate) fn standing<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    known(from, &["complete", "incomplete"])
}

/// Field `kind` of a subject.
pub(crate) fn subject<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    known(from, &["feature", "geometry"])
}

/// Field `kind` of a finding about the data.
pub(crate) fn quality<'de, D: Deserializer<'de>>(from: D) -> Result<Word, D::Error> {
    known(from, &crate::matrix::QUALITY_KINDS)
}

fn known<'de, D: Deserializer<'de>>(from: D, words: &'static [Word]) -> Result<Word, D::Error> {
    let found = String::deserialize(from)?;
    let word = words.iter().find(|word| **word == found).copied();
    word.ok_or_else(|| de::Error::unknown_variant(&found, words))
}
