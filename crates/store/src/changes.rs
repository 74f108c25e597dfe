//! What changed between two times: round a subject, and in a whole layer.

use crate::{Edition, Snapshot, SnapshotOptions, Store, StoreError};
use conflicts::{
    AsOfOut, ChangesOut, EditionPair, LayerChanges, Rulebook, SeriesDifference, Subject, SubjectKind, Surroundings,
    changes,
};
use std::collections::BTreeSet;
use territory::{Difference, EditionMeta, Feature, LayerKind, Metres, changes_between};

impl Snapshot {
    /// What changed from an earlier snapshot to this one, as far as it meets the subject. Editions that are the same in both,
    /// or have the same hash, are not compared feature by feature.
    pub fn changes_since(&self, before: &Snapshot, subject: &Subject, book: &Rulebook) -> ChangesOut {
        let then = before.surroundings(subject, book);
        let now = self.surroundings(subject, book);
        let mut kinds: BTreeSet<LayerKind> = book.layers.iter().map(|layer| layer.id).collect();
        if let SubjectKind::Feature { layer, .. } = &subject.kind {
            kinds.insert(*layer);
        }
        let pairs: Vec<EditionPair<'_>> = kinds
            .into_iter()
            .flat_map(|kind| self.pairs(before, kind, subject, (&then, &now)))
            .collect();
        let from = AsOfOut {
            valid: before.options.as_of.valid,
            known: published(&pairs, |pair| pair.before.map(|meta| meta.published_at)),
        };
        let to = AsOfOut {
            valid: self.options.as_of.valid,
            known: published(&pairs, |pair| pair.after.map(|meta| meta.published_at)),
        };
        changes(subject, &pairs, (from, to), conflicts::change_tolerance(book))
    }

    /// The series of a kind at both times, by id of the later edition; those that are no more come last.
    fn pairs<'a>(
        &'a self,
        before: &'a Snapshot,
        kind: LayerKind,
        subject: &Subject,
        (then, now): (&Surroundings<'a>, &Surroundings<'a>),
    ) -> Vec<EditionPair<'a>> {
        let met = self
            .collection(kind)
            .map(|after| (before.of_series(&after.meta), Some(after)));
        let gone = before
            .collection(kind)
            .filter(|edition| self.of_series(&edition.meta).is_none())
            .map(|before| (Some(before), None));
        met.chain(gone)
            .map(|(old, new)| {
                let mut pair = EditionPair {
                    before: old.map(|edition| &edition.meta),
                    after: new.map(|edition| &edition.meta),
                    ..EditionPair::default()
                };
                if let (true, Some(old), Some(new)) = (pair.may_differ(), old, new) {
                    let keys = near_keys(subject, (old, then), (new, now));
                    pair.olds = keys.iter().filter_map(|key| old.find(key)).collect();
                    pair.news = keys.iter().filter_map(|key| new.find(key)).collect();
                }
                pair
            })
            .collect()
    }
}

/// The keys near the subject in either edition, and the subject's own.
fn near_keys<'a>(
    subject: &'a Subject,
    (old, then): (&Edition, &Surroundings<'a>),
    (new, now): (&Edition, &Surroundings<'a>),
) -> BTreeSet<&'a str> {
    let near = |id: &str, around: &Surroundings<'a>| -> Vec<&'a Feature> {
        let editions = around.layers.iter().flat_map(|layer| &layer.editions);
        let edition = editions.filter(|edition| edition.meta.id == id);
        edition.flat_map(|edition| edition.features.iter().copied()).collect()
    };
    let (olds, news) = (near(&old.meta.id, then), near(&new.meta.id, now));
    let mut keys: BTreeSet<&str> = olds.iter().chain(&news).map(|feature| feature.key.as_str()).collect();
    if let SubjectKind::Feature { edition, key, .. } = &subject.kind
        && *edition == new.meta.id
    {
        keys.insert(key);
    }
    keys
}

fn published<'a>(
    pairs: &[EditionPair<'a>],
    of: impl Fn(&EditionPair<'a>) -> Option<jiff::Timestamp>,
) -> Option<jiff::Timestamp> {
    pairs.iter().filter_map(of).max()
}

impl Store {
    /// What changed in a layer between two times, series by series. Only the rows that differ are read.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; the engine's.
    pub fn layer_changes(
        &self,
        layer: LayerKind,
        (from, to): (SnapshotOptions, SnapshotOptions),
        tolerance: Metres,
    ) -> Result<LayerChanges, StoreError> {
        let (olds, news) = (self.in_force(Some(layer), from)?, self.in_force(Some(layer), to)?);
        let met = |new| (olds.iter().find(|old| same_series(old, new)), Some(new));
        let gone = olds.iter().filter(|old| !news.iter().any(|new| same_series(old, new)));
        let pairs: Vec<Pair<'_>> = news.iter().map(met).chain(gone.map(|old| (Some(old), None))).collect();
        let series = self.series_differences(&pairs, tolerance)?;
        Ok(conflicts::layer_changes(
            layer,
            series,
            (from.as_of.valid, to.as_of.valid),
            tolerance,
        ))
    }

    /// What changed from one edition to another of the same layer.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`], [`StoreError::OtherKind`], and as [`Store::layer_changes`].
    pub fn edition_changes(&self, from: &str, to: &str, tolerance: Metres) -> Result<LayerChanges, StoreError> {
        let (old, new) = (self.edition(from)?, self.edition(to)?);
        let series = self.series_differences(&[(Some(&old), Some(&new))], tolerance)?;
        Ok(conflicts::layer_changes(
            new.kind,
            series,
            (old.valid_from, new.valid_from),
            tolerance,
        ))
    }

    fn series_differences<'a>(
        &self,
        pairs: &[Pair<'a>],
        tolerance: Metres,
    ) -> Result<Vec<SeriesDifference<'a>>, StoreError> {
        let difference = |pair: &Pair<'a>| -> Result<SeriesDifference<'a>, StoreError> {
            let difference = match *pair {
                (Some(old), Some(new)) if old.id != new.id => {
                    let apart = self.apart(&old.id, &new.id)?;
                    changes_between(&apart.before, &apart.after, tolerance)
                }
                _ => Difference::default(),
            };
            Ok(SeriesDifference {
                before: pair.0,
                after: pair.1,
                difference,
            })
        };
        pairs.iter().map(difference).collect()
    }
}

/// The editions of one series at two times.
type Pair<'a> = (Option<&'a EditionMeta>, Option<&'a EditionMeta>);

fn same_series(one: &EditionMeta, other: &EditionMeta) -> bool {
    one.kind == other.kind && one.series_id() == other.series_id()
}
