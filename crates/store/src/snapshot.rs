//! The snapshot: the editions that a reader of some standing sees for a pair of times, whole and in memory.

use crate::{
    Edition, Store, StoreError,
    catalogue::{self, Entry},
    connection::{self, Mode},
    fault::Fault,
    load,
};
use jiff::Timestamp;
use rusqlite::Connection;
use std::{collections::BTreeMap, sync::Arc};
use territory::{AsOf, Feature, LayerKind, Visibility};

/// For whom and as of when a snapshot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapshotOptions {
    /// The least public editions that the reader may see.
    pub ceiling: Visibility,
    /// Which facts, as known when.
    pub as_of: AsOf,
}

/// The editions in force: of each series the one whose facts begin latest, and among those the one published last. What the
/// reader may not see is not in it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// By kind, then by id.
    pub editions: Vec<Arc<Edition>>,
    /// Layers with an edition in force that could not be read, by kind, then by edition.
    pub unread: Vec<Unread>,
    /// For whom and as of when.
    pub options: SnapshotOptions,
    /// The store's generation that was read.
    pub generation: u64,
}

/// An edition in force that could not be read: its layer was not consulted, which differs from having no data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its layer.
    pub kind: LayerKind,
    /// Its id.
    pub edition: String,
    /// What is wrong, with table, row and column.
    pub detail: String,
}

impl Unread {
    /// Why its layer was not consulted, in Spanish.
    pub fn sentence_es(&self) -> String {
        format!("la edición {} está dañada en el almacén: {}", self.edition, self.detail)
    }
}

/// How much a snapshot holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SnapshotCounts {
    /// Editions.
    pub editions: usize,
    /// Features of all of them.
    pub features: usize,
}

/// A feature and the edition that has it.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The edition.
    pub edition: &'a Arc<Edition>,
    /// The feature.
    pub feature: &'a Feature,
}

impl Snapshot {
    /// Reads the editions in force in one view of the file. Those that the store has in memory already are shared; those whose
    /// rows are damaged are told in `unread`.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where the file or its catalogue is damaged; the engine's.
    pub fn load(store: &Store, options: SnapshotOptions) -> Result<Self, StoreError> {
        let connection = connection::open(store.path(), Mode::Read)?;
        read(&connection, store, options).map_err(|fault| fault.at(store.path()))
    }

    /// A snapshot of editions at hand, as if all of them were in force.
    pub fn of(mut editions: Vec<Arc<Edition>>, options: SnapshotOptions) -> Self {
        editions.retain(|edition| edition.meta.visibility <= options.ceiling);
        editions.sort_by(|one, other| (one.meta.kind, &one.meta.id).cmp(&(other.meta.kind, &other.meta.id)));
        Self {
            editions,
            unread: Vec::new(),
            options,
            generation: 0,
        }
    }

    /// The editions of a kind, one per series, by id.
    pub fn collection(&self, kind: LayerKind) -> impl Iterator<Item = &Arc<Edition>> {
        self.editions.iter().filter(move |edition| edition.meta.kind == kind)
    }

    /// The kinds that have an edition, each once.
    pub fn kinds(&self) -> Vec<LayerKind> {
        let mut kinds: Vec<LayerKind> = self.editions.iter().map(|edition| edition.meta.kind).collect();
        kinds.dedup();
        kinds
    }

    /// The edition of that id.
    pub fn edition(&self, id: &str) -> Option<&Arc<Edition>> {
        self.editions.iter().find(|edition| edition.meta.id == id)
    }

    /// The features of a kind with that key: one per series at most, by edition id.
    pub fn find(&self, kind: LayerKind, key: &str) -> Vec<Found<'_>> {
        self.collection(kind)
            .filter_map(|edition| {
                Some(Found {
                    edition,
                    feature: edition.find(key)?,
                })
            })
            .collect()
    }

    /// How much it holds.
    pub fn counts(&self) -> SnapshotCounts {
        let features = self.editions.iter().map(|edition| edition.features.len()).sum();
        SnapshotCounts {
            editions: self.editions.len(),
            features,
        }
    }

    /// The newest publication among its editions: `as_of.known` resolved, the same tomorrow on an untouched store.
    pub fn newest_publication(&self) -> Option<Timestamp> {
        self.editions.iter().map(|edition| edition.meta.published_at).max()
    }
}

fn read(connection: &Connection, store: &Store, options: SnapshotOptions) -> Result<Snapshot, Fault> {
    connection.execute_batch("BEGIN")?;
    let generation = catalogue::generation(connection)?;
    let mut editions = Vec::new();
    let mut unread = Vec::new();
    for entry in in_force(catalogue::entries(connection)?, options) {
        let (kind, edition) = (entry.meta.kind, entry.meta.id.clone());
        match shared_or_read(connection, store, entry) {
            Ok(edition) => editions.push(edition),
            Err(Fault::Damaged(detail)) => unread.push(Unread { kind, edition, detail }),
            Err(fault) => return Err(fault),
        }
    }
    unread.sort_by(|one, other| (one.kind, &one.edition).cmp(&(other.kind, &other.edition)));
    connection.execute_batch("COMMIT")?;
    Ok(Snapshot {
        unread,
        generation,
        ..Snapshot::of(editions, options)
    })
}

pub(crate) fn in_force(entries: Vec<Entry>, SnapshotOptions { ceiling, as_of }: SnapshotOptions) -> Vec<Entry> {
    let mut chosen: BTreeMap<i64, Entry> = BTreeMap::new();
    for entry in entries
        .into_iter()
        .filter(|entry| entry.meta.visibility <= ceiling && as_of.sees(&entry.meta))
    {
        let newness = |entry: &Entry| (entry.meta.valid_from, entry.meta.published_at);
        if chosen
            .get(&entry.series_id)
            .is_none_or(|other| newness(other) < newness(&entry))
        {
            chosen.insert(entry.series_id, entry);
        }
    }
    chosen.into_values().collect()
}

fn shared_or_read(connection: &Connection, store: &Store, entry: Entry) -> Result<Arc<Edition>, Fault> {
    let edition = match store.cache.find(&entry.meta.id) {
        Some(edition) if edition.meta == entry.meta => return Ok(edition),
        Some(edition) => edition.with_meta(entry.meta),
        None => load::edition(connection, &entry)?,
    };
    let edition = Arc::new(edition);
    store.cache.keep(&edition);
    Ok(edition)
}
