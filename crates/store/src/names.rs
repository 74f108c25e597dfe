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
        let mut found: Vec<(NameRank, &str, NameMatch<'_>)> = self
            .collection(kind)
            .flat_map(|edition| {
                let wanted = &wanted;
                edition
                    .folded_names()
                    .iter()
                    .zip(edition.features.iter())
                    .filter_map(move |(name, feature)| {
                        let rank = rank(name, wanted)?;
                        Some((rank, name.as_str(), NameMatch { edition, feature, rank }))
                    })
            })
            .collect();
        found.sort_by(|(rank, name, one), (other_rank, other_name, other)| {
            (rank, name, &one.feature.key).cmp(&(other_rank, other_name, &other.feature.key))
        });
        found.truncate(limit);
        found.into_iter().map(|(_, _, found)| found).collect()
    }
}

fn rank(name: &str, wanted: &str) -> Option<NameRank> {
    if name == wanted {
        return Some(NameRank::Exact);
    }
    if name.starts_with(wanted) {
        return Some(NameRank::Prefix);
    }
    if name.contains(wanted) {
        return Some(NameRank::Contains);
    }
    let limit = wanted.chars().count() / 4;
    if limit == 0 {
        return None;
    }
    let words: Vec<&str> = name.split(' ').collect();
    let width = wanted.split(' ').count();
    let of_words = words
        .windows(width.min(words.len()))
        .filter_map(|some| edit_distance(&some.join(" "), wanted, limit))
        .min();
    edit_distance(name, wanted, limit)
        .into_iter()
        .chain(of_words)
        .min()
        .map(NameRank::Near)
}

#[cfg(test)]
mod tests {
    use super::*;

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
