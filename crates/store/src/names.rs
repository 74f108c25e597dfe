//! Searching features by name, as people write them.

use crate::{
    Edition, Snapshot,
    slug::{edit_distance, fold},
};
use std::sync::Arc;
use territory::{Feature, LayerKind};

/// How well a name answers a search; the better one is the smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameRank {
    /// The same, but for case, accents and signs.
    Exact,
    /// It begins with what was searched.
    Prefix,
    /// It holds what was searched.
    Contains,
    /// It, or as many of its words as were searched, differs by so many letters.
    Near(usize),
}

/// A feature that answers a search.
#[derive(Clone, Copy, Debug)]
pub struct NameMatch<'a> {
    /// The edition that has it.
    pub edition: &'a Arc<Edition>,
    /// The feature.
    pub feature: &'a Feature,
    /// How well.
    pub rank: NameRank,
}

impl Snapshot {
    /// Features of a kind whose name is like `text`, case, accents and signs apart: best first, then by name, then by key; at
    /// most `limit`. Nothing answers a text without letters and digits.
    pub fn search_by_name(&self, kind: LayerKind, text: &str, limit: usize) -> Vec<NameMatch<'_>> {
        let wanted = fold(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut found = self.ranked(kind, |name| holds(name, &wanted));
        if found.len() < limit {
            let near = self.ranked(kind, |name| {
                if holds(name, &wanted).is_none() {
                    near(name, &wanted)
                } else {
                    None
                }
            });
            found.extend(near);
        }
        found.truncate(limit);
        found
    }

    /// The features whose folded name gets a rank, best first, then by name, then by key.
    fn ranked(&self, kind: LayerKind, rank: impl Fn(&str) -> Option<NameRank>) -> Vec<NameMatch<'_>> {
        let mut found: Vec<(NameRank, &str, NameMatch<'_>)> = Vec::new();
        for edition in self.collection(kind) {
            for (name, feature) in edition.folded_names().iter().zip(edition.features.iter()) {
                if let Some(rank) = rank(name) {
                    found.push((rank, name, NameMatch { edition, feature, rank }));
                }
            }
        }
        found.sort_by(|(rank, name, one), (other_rank, other_name, other)| {
            (rank, name, &one.feature.key).cmp(&(other_rank, other_name, &other.feature.key))
        });
        found.into_iter().map(|(_, _, found)| found).collect()
    }
}

fn holds(name: &str, wanted: &str) -> Option<NameRank> {
    match name.find(wanted)? {
        0 if name.len() == wanted.len() => Some(NameRank::Exact),
        0 => Some(NameRank::Prefix),
        _ => Some(NameRank::Contains),
    }
}

/// One error in four letters is still near; of the name, or of as many neighbouring words of it as were searched.
fn near(name: &str, wanted: &str) -> Option<NameRank> {
    let letters = wanted.chars().count();
    let limit = letters / 4;
    if limit == 0 {
        return None;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let width = wanted.split(' ').count().min(words.len());
    let of_words = words.windows(width).filter_map(|some| {
        let length: usize = some.iter().map(|word| word.len() + 1).sum();
        let may_be_near = length <= 4 * (letters + limit + 1) && length + limit >= letters;
        may_be_near
            .then(|| edit_distance(&some.join(" "), wanted, limit))
            .flatten()
    });
    edit_distance(name, wanted, limit)
        .into_iter()
        .chain(of_words)
        .min()
        .map(NameRank::Near)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(name: &str, wanted: &str) -> Option<NameRank> {
        holds(name, wanted).or_else(|| near(name, wanted))
    }

    #[test]
    fn names_rank_exact_before_prefix_before_contained_before_near() {
        assert_eq!(rank("el tingo", "el tingo"), Some(NameRank::Exact));
        assert_eq!(rank("el tingo alto", "el tingo"), Some(NameRank::Prefix));
        assert_eq!(rank("comunidad el tingo", "el tingo"), Some(NameRank::Contains));
        assert_eq!(rank("comunidad el tinjo", "el tingo"), Some(NameRank::Near(1)));
        assert_eq!(rank("la lima", "el tingo"), None);
        assert!(NameRank::Exact < NameRank::Prefix && NameRank::Contains < NameRank::Near(0));
    }
}
