//! The properties that a filter may name, with their types.

use crate::FilterError;
use crate::words::Kind;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The type of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyType {
    /// Words.
    String,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
    /// A day.
    Date,
    /// An instant.
    Timestamp,
    /// The geometry of the feature: there is one, whatever its name.
    Geometry,
    /// A list of scalars.
    Array,
}

impl PropertyType {
    pub(crate) fn kind(self) -> Kind {
        match self {
            Self::String => Kind::Text,
            Self::Number | Self::Integer => Kind::Number,
            Self::Boolean => Kind::Boolean,
            Self::Date => Kind::Date,
            Self::Timestamp => Kind::Timestamp,
            Self::Geometry => Kind::Geometry,
            Self::Array => Kind::Array,
        }
    }
}

/// The properties that a filter may name. A property's place in the list is its *slot*. Clones share the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queryables(Arc<List>);

#[derive(Debug, Default, PartialEq, Eq)]
struct List {
    columns: Vec<(String, PropertyType)>,
    slots: BTreeMap<String, usize>,
}

impl Queryables {
    /// Properties in the order of their slots. Names are told apart by case; of one that comes twice the first counts.
    pub fn new<N: Into<String>>(columns: impl IntoIterator<Item = (N, PropertyType)>) -> Self {
        let columns: Vec<_> = columns.into_iter().map(|(name, kind)| (name.into(), kind)).collect();
        let mut slots = BTreeMap::new();
        for (slot, (name, _)) in columns.iter().enumerate() {
            slots.entry(name.clone()).or_insert(slot);
        }
        Self(Arc::new(List { columns, slots }))
    }

    /// The properties, by slot.
    pub fn columns(&self) -> &[(String, PropertyType)] {
        &self.0.columns
    }

    /// The slot and the type of a property.
    ///
    /// # Errors
    /// [`FilterError::UnknownProperty`] with the names that look most like it.
    pub fn find(&self, name: &str) -> Result<(usize, PropertyType), FilterError> {
        match self.0.slots.get(name) {
            Some(slot) => Ok((*slot, self.0.columns[*slot].1)),
            None => Err(FilterError::UnknownProperty {
                name: crate::words::shortened(name, 60),
                nearest: self.nearest(name),
            }),
        }
    }

    /// At most three names that differ from this one by few letters, best first.
    fn nearest(&self, name: &str) -> Vec<String> {
        let plain =
            |text: &str| -> Vec<char> { crate::fold::accentless(&crate::fold::caseless(text)).chars().collect() };
        let sought = plain(&crate::words::shortened(name, 60));
        let allowed = 1 + sought.len() / 4;
        let mut near: Vec<(usize, &String)> = self
            .0
            .columns
            .iter()
            .map(|(other, _)| (steps(&sought, &plain(other)), other))
            .filter(|(steps, _)| *steps <= allowed)
            .collect();
        near.sort();
        near.dedup();
        near.into_iter().take(3).map(|(_, name)| name.clone()).collect()
    }
}

/// How many letters must be put, left out or replaced to make one of the other (Levenshtein).
fn steps(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = above + 1;
        for (at, beside) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != beside);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
