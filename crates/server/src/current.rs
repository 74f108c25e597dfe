//! What requests answer from: one snapshot and the documents that depend on it alone, made once and swapped whole.

use crate::{
    clock, config::TileLimits, documents::Documents, items::collections::Collections, tiles::Tiles, units::UnitTrees,
    waters::House,
};
use conflicts::Shelf;
use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write as _, path::Path, sync::Arc, time::Instant};
use store::{EditionFilter, Snapshot, SnapshotOptions, Store, StoreError};
use territory::{AsOf, EditionMeta, LayerKind, Series, Visibility};

/// A store, what was read of it, and what was made of that.
pub(crate) struct Current {
    /// The file it came from, for the days and moments past.
    pub store: Arc<Store>,
    /// When it was read.
    pub read_at: Instant,
    /// What everybody sees today.
    pub snapshot: Arc<Snapshot>,
    /// The rules of its checks.
    pub shelf: Arc<Shelf>,
    /// Changes whenever an answer may.
    pub tag: String,
    /// Documents about all of it.
    pub documents: Arc<Documents>,
    /// What tiles are made of.
    pub tiles: Arc<Tiles>,
    /// Its layers, ready for questions.
    pub collections: Arc<Collections>,
    /// Official units, linked by their codes.
    pub units: Arc<UnitTrees>,
    /// Its drainage models, once they are ready.
    pub waters: Arc<House>,
}

impl Current {
    /// Reads the editions in force on `day`. What was made of the same features `before` is kept.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn load(
        store: &Arc<Store>,
        (ceiling, day): (Visibility, Date),
        shelf: Arc<Shelf>,
        (before, limits): (Option<&Self>, TileLimits),
    ) -> Result<Self, StoreError> {
        let snapshot = Snapshot::load(store, options(ceiling, Some(day), None))?;
        let every = store.editions(EditionFilter {
            kind: None,
            ceiling: Some(ceiling),
        })?;
        let documents = Arc::new(Documents::of(&snapshot, &every));
        for kind in snapshot.kinds() {
            // the first search folds all names: not while somebody waits
            snapshot.search_by_name(kind, "a", 1);
        }
        let current = Self {
            store: Arc::clone(store),
            read_at: Instant::now(),
            tag: tag(&snapshot, &shelf),
            tiles: Arc::new(Tiles::of(&snapshot, before.map(|before| &*before.tiles), limits)),
            waters: House::of(&snapshot, before.map(|before| &before.waters)),
            shelf,
            collections: Arc::new(Collections::of(&snapshot)),
            units: Arc::new(UnitTrees::of(&snapshot, before.map(|before| &*before.units))),
            snapshot: Arc::new(snapshot),
            documents,
        };
        for kind in current.snapshot.kinds() {
            // nor is what filters need made while somebody waits
            drop(current.collections.find(&current, kind, None));
        }
        Ok(current)
    }

    /// Opens the store at a path and reads it.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn open(
        path: &Path,
        seen: (Visibility, Date),
        shelf: Arc<Shelf>,
        limits: TileLimits,
    ) -> Result<Self, StoreError> {
        Self::load(&Arc::new(Store::open_read(path)?), seen, shelf, (None, limits))
    }

    /// The same data under other rules.
    pub(crate) fn with_rules(&self, shelf: Arc<Shelf>) -> Self {
        Self {
            store: Arc::clone(&self.store),
            read_at: self.read_at,
            snapshot: Arc::clone(&self.snapshot),
            tag: tag(&self.snapshot, &shelf),
            shelf,
            documents: Arc::clone(&self.documents),
            tiles: Arc::clone(&self.tiles),
            collections: Arc::clone(&self.collections),
            units: Arc::clone(&self.units),
            waters: Arc::clone(&self.waters),
        }
    }

    /// When the last of all editions that may be seen was published or withdrawn; none without editions.
    pub(crate) fn last_change(&self) -> Option<Timestamp> {
        let history = &self.documents.history;
        history
            .iter()
            .flat_map(|meta| [Some(meta.published_at), meta.withdrawn_at])
            .flatten()
            .max()
    }

    /// Whether a layer has the same editions in force at a pair of times as now.
    pub(crate) fn is_now(&self, kind: LayerKind, as_of: AsOf) -> bool {
        let now: Vec<&str> = self
            .snapshot
            .collection(kind)
            .map(|edition| edition.meta.id.as_str())
            .collect();
        // what cannot be read is in force and not in the snapshot: then the store has to say
        self.in_force(kind, as_of) == now
    }

    /// The days after `from`, up to `to`, on which the editions of a layer in force change, as known now.
    pub(crate) fn turns(&self, kind: LayerKind, from: Date, to: Date) -> Vec<Date> {
        let known = Timestamp::MAX;
        let history = self.documents.history.iter().filter(|meta| meta.kind == kind);
        let mut days: Vec<Date> = history
            .flat_map(|meta| [Some(meta.valid_from), meta.valid_until])
            .flatten()
            .collect();
        days.retain(|day| *day > from && *day <= to);
        days.sort_unstable();
        days.dedup();
        let mut before = self.in_force(kind, AsOf { valid: from, known });
        days.retain(|day| {
            let after = self.in_force(kind, AsOf { valid: *day, known });
            let turned = after != before;
            before = after;
            turned
        });
        days
    }

    /// The ids of the editions in force, in order.
    fn in_force(&self, kind: LayerKind, as_of: AsOf) -> Vec<&str> {
        let mut newest: BTreeMap<&Series, &EditionMeta> = BTreeMap::new();
        let seen = self
            .documents
            .history
            .iter()
            .filter(|meta| meta.kind == kind && as_of.sees(meta));
        for meta in seen {
            let newness = |meta: &EditionMeta| (meta.valid_from, meta.published_at);
            let other = newest.entry(&meta.series).or_insert(meta);
            if newness(other) < newness(meta) {
                *other = meta;
            }
        }
        let mut ids: Vec<&str> = newest.values().map(|meta| meta.id.as_str()).collect();
        ids.sort_unstable();
        ids
    }

    /// The snapshot of another pair of times; today's where none is given.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn as_of(&self, valid: Option<Date>, known: Option<Timestamp>) -> Result<Arc<Snapshot>, StoreError> {
        if valid.is_none() && known.is_none() {
            return Ok(Arc::clone(&self.snapshot));
        }
        let options = options(self.snapshot.options.ceiling, valid, known);
        Snapshot::load(&self.store, options).map(Arc::new)
    }
}

/// Nothing known later is left out where no moment is asked for: what the store holds is what is known.
fn options(ceiling: Visibility, valid: Option<Date>, known: Option<Timestamp>) -> SnapshotOptions {
    let as_of = AsOf {
        valid: valid.unwrap_or_else(clock::today),
        known: known.unwrap_or(Timestamp::MAX),
    };
    SnapshotOptions { ceiling, as_of }
}

fn tag(snapshot: &Snapshot, shelf: &Shelf) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("CARGO_PKG_VERSION"));
    hash.update(reports::symbology_mark());
    hash.update(shelf.sha256());
    hash.update(snapshot.options.as_of.valid.to_string());
    for edition in &snapshot.editions {
        hash.update(&edition.meta.id);
        hash.update(&edition.meta.sha256);
        hash.update(edition.meta.published_at.to_string());
    }
    // what was withdrawn or superseded shows in the list of editions
    hash.update(snapshot.generation.to_le_bytes());
    let mut text = String::with_capacity(24);
    for byte in &hash.finalize()[..12] {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
    }
    text
}
