//! The store: one file that is made, opened, listed and added to.

use crate::{
    StoreError,
    cache::EditionCache,
    catalogue::{self, Entry},
    connection::{self, Mode, Turn, begin_writing},
    fault::Fault,
    header, layer,
    slug::edit_distance,
    strips, tree,
};
use jiff::Timestamp;
use rusqlite::{Connection, params};
use std::{
    fs, io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use territory::{EditionMeta, LayerKind, Visibility};

const PATIENCE: Duration = Duration::from_mins(1);
const NEAREST: usize = 5;

/// One GeoPackage file with every edition and its catalogue. Any number of processes may read while one publishes.
pub struct Store {
    path: PathBuf,
    mode: Mode,
    patience: Duration,
    connection: Mutex<Connection>,
    pub(crate) cache: EditionCache,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Store")
            .field("path", &self.path)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

/// Which editions to list. The default is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct EditionFilter {
    /// Only those of a kind.
    pub kind: Option<LayerKind>,
    /// Only those that somebody of this standing may see.
    pub ceiling: Option<Visibility>,
}

impl Store {
    /// Makes an empty store and opens it. The file appears whole or not at all, and takes nobody's place.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file already; [`StoreError::Io`] when the folder refuses.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists {
                path: path.to_path_buf(),
            });
        }
        let fail = |source: io::Error| StoreError::Io {
            path: path.to_path_buf(),
            source,
        };
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let making = tempfile::Builder::new()
            .prefix(".store-")
            .permissions(fs::Permissions::from_mode(0o666))
            .tempfile_in(folder)
            .map_err(fail)?;
        build(making.path()).map_err(|fault| fault.at(path))?;
        making
            .persist_noclobber(path)
            .map_err(|refused| match refused.error.kind() {
                io::ErrorKind::AlreadyExists => StoreError::Exists {
                    path: path.to_path_buf(),
                },
                _ => fail(refused.error),
            })?;
        Self::open(path)
    }

    /// Opens a store for reading and publishing.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`], [`StoreError::Corrupt`], [`StoreError::NewerVersion`]; the file is
    /// not touched then.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_as(path.as_ref(), Mode::Write)
    }

    /// Opens a store for reading.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_read(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        Self::open_as(path.as_ref(), Mode::Read)
    }

    /// Opens the store for publishing, after making it where there is none.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::create`].
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let path = path.as_ref();
        match Self::open(path) {
            Err(StoreError::Missing { .. }) => match Self::create(path) {
                Err(StoreError::Exists { .. }) => Self::open(path),
                other => other,
            },
            other => other,
        }
    }

    fn open_as(path: &Path, mode: Mode) -> Result<Self, StoreError> {
        let connection = connection::open(path, mode)?;
        if mode == Mode::Write {
            bring_up_to_date(&connection, path)?;
        }
        let (path, connection) = (path.to_path_buf(), Mutex::new(connection));
        Ok(Self {
            path,
            mode,
            patience: PATIENCE,
            connection,
            cache: EditionCache::default(),
        })
    }

    /// How long a publication waits for its turn; 60 s unless said otherwise.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// How many bytes of editions no snapshot uses any longer are kept for the next one; 512 MiB unless said otherwise.
    #[must_use]
    pub fn with_idle_budget(mut self, bytes: usize) -> Self {
        self.cache = EditionCache::new(bytes);
        self
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn patience(&self) -> Duration {
        self.patience
    }

    pub(crate) fn writable(&self) -> Result<(), StoreError> {
        match self.mode {
            Mode::Write => Ok(()),
            Mode::Read => Err(StoreError::ReadOnly {
                path: self.path.clone(),
            }),
        }
    }

    /// The editions, in the order of publication, the withdrawn ones too.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn editions(&self, filter: EditionFilter) -> Result<Vec<EditionMeta>, StoreError> {
        let entries = catalogue::entries(&self.connection()).map_err(|fault| fault.at(&self.path))?;
        let wanted = |meta: &EditionMeta| {
            filter.kind.is_none_or(|kind| meta.kind == kind)
                && filter.ceiling.is_none_or(|ceiling| meta.visibility <= ceiling)
        };
        Ok(entries.into_iter().map(|entry| entry.meta).filter(wanted).collect())
    }

    /// A number that grows with every publication and withdrawal, by any process. Cheap: one page is read.
    ///
    /// # Errors
    /// When the file cannot be read any more.
    pub fn generation(&self) -> Result<u64, StoreError> {
        catalogue::generation(&self.connection()).map_err(|fault| fault.at(&self.path))
    }

    /// Withdraws an edition from `at` on: who asks as known at that moment or later does not see it. Its rows stay.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`], [`StoreError::AlreadyWithdrawn`], [`StoreError::WithdrawnTooEarly`],
    /// [`StoreError::Busy`].
    pub fn withdraw(&self, id: &str, at: Timestamp) -> Result<EditionMeta, StoreError> {
        self.writable()?;
        let connection = self.connection();
        let mut turn = Turn {
            patience: self.patience,
            tell: &mut |_| {},
        };
        let withdrawn = begin_writing(&connection, &self.path, &mut turn).and_then(|()| {
            let meta = mark_withdrawn(&connection, id, at)?;
            connection.execute_batch("COMMIT")?;
            Ok(meta)
        });
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK").ok();
        }
        withdrawn.map_err(|fault| fault.at(&self.path))
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A store of an older format gets what the present one has more, or stays as it is.
fn bring_up_to_date(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let older = header::format_version(connection).map_err(|fault| fault.at(path))? < Some(header::FORMAT_VERSION);
    if !older {
        return Ok(());
    }
    let mut turn = Turn {
        patience: PATIENCE,
        tell: &mut |_| {},
    };
    let done = begin_writing(connection, path, &mut turn).and_then(|()| {
        tree::add_roots(connection)?;
        strips::ensure(connection)?;
        connection.execute(
            "UPDATE tupu_meta SET value = ?1 WHERE name = 'format_version'",
            [header::FORMAT_VERSION],
        )?;
        Ok(connection.execute_batch("COMMIT")?)
    });
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK").ok();
    }
    done.map_err(|fault| fault.at(path))
}

fn mark_withdrawn(connection: &Connection, id: &str, at: Timestamp) -> Result<EditionMeta, Fault> {
    let Some(Entry { mut meta, number, .. }) = catalogue::entry_of(connection, id)? else {
        return Err(StoreError::UnknownEdition {
            id: id.to_owned(),
            nearest: nearest(connection, id)?,
        }
        .into());
    };
    if let Some(at) = meta.withdrawn_at {
        return Err(StoreError::AlreadyWithdrawn { id: meta.id, at }.into());
    }
    if at <= meta.published_at {
        return Err(StoreError::WithdrawnTooEarly {
            id: meta.id,
            at,
            published_at: meta.published_at,
        }
        .into());
    }
    meta.withdrawn_at = Some(at);
    connection.execute(
        "UPDATE tupu_editions SET withdrawn_at = ?2 WHERE edition_no = ?1",
        params![number, at.to_string()],
    )?;
    connection.execute(
        "UPDATE gpkg_contents SET description = ?2 WHERE table_name = ?1",
        params![meta.id, layer::description(&meta)],
    )?;
    catalogue::raise_generation(connection)?;
    Ok(meta)
}

pub(crate) fn nearest(connection: &Connection, id: &str) -> Result<Vec<String>, Fault> {
    let mut near: Vec<(usize, String)> = catalogue::entries(connection)?
        .into_iter()
        .filter_map(|entry| Some((edit_distance(id, &entry.meta.id, id.len().max(8) / 2)?, entry.meta.id)))
        .collect();
    near.sort();
    near.truncate(NEAREST);
    Ok(near.into_iter().map(|(_, id)| id).collect())
}

/// Writes an empty store, closed and without a log beside it.
fn build(path: &Path) -> Result<(), Fault> {
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!(
        "PRAGMA page_size = 8192; PRAGMA application_id = {}; PRAGMA user_version = {}; PRAGMA trusted_schema = OFF;",
        header::APPLICATION_ID,
        header::USER_VERSION
    ))?;
    connection.execute_batch("BEGIN")?;
    connection.execute_batch(include_str!("sql/geopackage.sql"))?;
    connection.execute_batch(include_str!("sql/base.sql"))?;
    strips::ensure(&connection)?;
    connection.execute(
        "INSERT INTO tupu_meta VALUES ('format_version', ?1), ('generation', 0)",
        [header::FORMAT_VERSION],
    )?;
    connection.execute_batch("COMMIT")?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}
