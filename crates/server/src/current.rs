//! What requests answer from: one snapshot and the documents that depend on it alone, made once and swapped whole.

use crate::{clock, config::TileLimits, documents::Documents, tiles::Tiles};
use conflicts::Shelf;
use jiff::{Timestamp, civil::Date};
use sha2::{Digest, Sha256};
use std::{fmt::Write as _, path::Path, sync::Arc};
use store::{EditionFilter, Snapshot, SnapshotOptions, Store, StoreError};
use territory::{AsOf, Visibility};

/// A store, what was read of it, and what was made of that.
pub(crate) struct Current {
    /// The file it came from, for the days and moments past.
    pub store: Arc<Store>,
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
}

impl Current {
    /// Reads the editions in force on `day`. What was made for tiles `before` is kept where the features are the same.
    ///
    /// # Errors
    /// The store's.
    pub(crate) fn load(
        store: &Arc<Store>,
        (ceiling, day): (Visibility, Date),
        shelf: Arc<Shelf>,
        (before, limits): (Option<&Tiles>, TileLimits),
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
        Ok(Self {
            store: Arc::clone(store),
            tag: tag(&snapshot, &shelf),
            tiles: Arc::new(Tiles::of(&snapshot, before, limits)),
            shelf,
            snapshot: Arc::new(snapshot),
            documents,
        })
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
            snapshot: Arc::clone(&self.snapshot),
            tag: tag(&self.snapshot, &shelf),
            shelf,
            documents: Arc::clone(&self.documents),
            tiles: Arc::clone(&self.tiles),
        }
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
