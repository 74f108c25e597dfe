//! The register: the sealed documents that were issued, in a file beside the store.
//!
//! One SQLite file with one row for each id: the first issue, byte for byte, its JSON deflated. Nothing is ever overwritten. The
//! file appears with the first document; until then there is nothing to look up.

mod error;

pub use error::RegisterError;

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, params};
use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use territory::Visibility;

/// `TUPR` in ASCII.
const APPLICATION_ID: i64 = 0x5455_5052;
/// The format that this program writes, and the newest that it reads.
const FORMAT: i64 = 1;
const PATIENCE: Duration = Duration::from_secs(5);
const SUFFIX: &str = ".reports.sqlite";
const TABLES: &str = "
    CREATE TABLE reports (
        id TEXT PRIMARY KEY NOT NULL,
        code TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        visibility INTEGER NOT NULL,
        bytes INTEGER NOT NULL,
        json BLOB NOT NULL
    ) STRICT;
    CREATE INDEX reports_by_code ON reports (code);
";

/// A document of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// SHA-256 of the document, in hex.
    pub id: String,
    /// Its short code, in its groups of four.
    pub code: String,
    /// When it was first issued.
    pub issued_at: Timestamp,
    /// Who may see it: the least public of what it was made of.
    pub visibility: Visibility,
    /// Its canonical JSON as it went out first.
    pub json: String,
}

/// The register of a store.
#[derive(Debug)]
pub struct Register {
    path: PathBuf,
    most_bytes: u64,
    connection: Mutex<Option<Connection>>,
}

impl Register {
    /// The register beside a store; nothing is opened yet. Beyond `most_bytes` of file it takes no more documents.
    pub fn beside(store: &Path, most_bytes: u64) -> Self {
        let mut name = store.as_os_str().to_owned();
        name.push(SUFFIX);
        Self {
            path: PathBuf::from(name),
            most_bytes,
            connection: Mutex::new(None),
        }
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a document whose id is not there yet; tells whether it was the first of its id.
    ///
    /// # Errors
    /// [`RegisterError::Full`] beyond the limit; [`RegisterError::Foreign`]; the engine's and the system's.
    ///
    /// # Panics
    /// Never: opening for writing makes the file.
    pub fn keep(&self, issue: &Issue) -> Result<bool, RegisterError> {
        let mut held = self.held();
        let connection = self.open(&mut held, true)?.expect("a writer makes the file");
        let known = connection
            .query_row("SELECT 1 FROM reports WHERE id = ?1", [&issue.id], |_| Ok(()))
            .optional()
            .map_err(|error| self.failed(error))?;
        if known.is_some() {
            return Ok(false);
        }
        self.has_room(connection)?;
        let packed = deflated(&issue.json).map_err(|error| self.io(error))?;
        let inserted = connection.execute(
            "INSERT INTO reports (id, code, issued_at, visibility, bytes, json) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO NOTHING",
            params![
                issue.id,
                issue.code,
                issue.issued_at.to_string(),
                number(issue.visibility),
                i64::try_from(issue.json.len()).unwrap_or(i64::MAX),
                packed
            ],
        );
        inserted.map(|rows| rows == 1).map_err(|error| self.failed(error))
    }

    /// The documents of a code that somebody of this standing may see, oldest first: one, unless two ids share it.
    ///
    /// # Errors
    /// As [`Register::keep`].
    pub fn of_code(&self, code: &str, ceiling: Visibility) -> Result<Vec<Issue>, RegisterError> {
        let mut held = self.held();
        let Some(connection) = self.open(&mut held, false)? else {
            return Ok(Vec::new());
        };
        self.found(connection, code, ceiling)
    }

    /// How many documents it holds.
    ///
    /// # Errors
    /// As [`Register::keep`].
    pub fn count(&self) -> Result<u64, RegisterError> {
        let mut held = self.held();
        let Some(connection) = self.open(&mut held, false)? else {
            return Ok(0);
        };
        let count = connection.query_row("SELECT count(*) FROM reports", [], |row| row.get::<_, i64>(0));
        count.map(i64::cast_unsigned).map_err(|error| self.failed(error))
    }

    fn found(&self, connection: &Connection, code: &str, ceiling: Visibility) -> Result<Vec<Issue>, RegisterError> {
        let query = "SELECT id, code, issued_at, visibility, bytes, json FROM reports
                     WHERE code = ?1 AND visibility <= ?2 ORDER BY issued_at, id";
        let mut statement = connection.prepare_cached(query).map_err(|error| self.failed(error))?;
        let mut rows = statement
            .query(params![code, number(ceiling)])
            .map_err(|error| self.failed(error))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
            found.push(self.issue(row)?);
        }
        Ok(found)
    }

    fn issue(&self, row: &Row<'_>) -> Result<Issue, RegisterError> {
        let text = |column: usize| row.get::<_, String>(column).map_err(|error| self.failed(error));
        let whole = |column: usize| row.get::<_, i64>(column).map_err(|error| self.failed(error));
        let id = text(0)?;
        let damaged = |what: &str| self.damaged(format!("documento {id}: {what}"));
        let issued_at = text(2)?.parse().map_err(|_| damaged("issued_at no es un momento"))?;
        let visibility = visibility(whole(3)?).ok_or_else(|| damaged("visibility no es de las conocidas"))?;
        let packed: Vec<u8> = row.get(5).map_err(|error| self.failed(error))?;
        let json = inflated(&packed, whole(4)?.cast_unsigned()).ok_or_else(|| damaged("json no se puede abrir"))?;
        Ok(Issue {
            code: text(1)?,
            id: id.clone(),
            issued_at,
            visibility,
            json,
        })
    }

    fn has_room(&self, connection: &Connection) -> Result<(), RegisterError> {
        let bytes: i64 = connection
            .query_row(
                "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
                [],
                |row| row.get(0),
            )
            .map_err(|error| self.failed(error))?;
        if bytes.cast_unsigned() < self.most_bytes {
            return Ok(());
        }
        Err(RegisterError::Full {
            path: self.path.clone(),
            bytes: bytes.cast_unsigned(),
            limit: self.most_bytes,
        })
    }

    fn held(&self) -> MutexGuard<'_, Option<Connection>> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection; none where nothing was kept yet and nothing is to be.
    fn open<'a>(&self, held: &'a mut Option<Connection>, make: bool) -> Result<Option<&'a Connection>, RegisterError> {
        let is_there = self.path.try_exists().map_err(|error| self.io(error))?;
        if !is_there {
            // somebody took the file away: the connection to it is of no use
            *held = None;
            if !make {
                return Ok(None);
            }
        }
        if held.is_none() {
            *held = Some(self.connect(make)?);
        }
        Ok(held.as_ref())
    }

    fn connect(&self, make: bool) -> Result<Connection, RegisterError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if make {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        let connection = Connection::open_with_flags(&self.path, flags).map_err(|error| self.failed(error))?;
        let set = || {
            connection.busy_timeout(PATIENCE)?;
            connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
            let ours = connection.query_row("PRAGMA application_id", [], |row| row.get::<_, i64>(0))?;
            let format = connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))?;
            let tables = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
            Ok((ours, format, tables))
        };
        match set().map_err(|error| self.failed(error))? {
            (0, 0, 0) => make_tables(&connection).map_err(|error| self.failed(error))?,
            (APPLICATION_ID, format, _) if format <= FORMAT => {}
            (APPLICATION_ID, format, _) => {
                return Err(RegisterError::Newer {
                    path: self.path.clone(),
                    found: format,
                    known: FORMAT,
                });
            }
            _ => {
                return Err(RegisterError::Foreign {
                    path: self.path.clone(),
                });
            }
        }
        Ok(connection)
    }

    fn failed(&self, source: rusqlite::Error) -> RegisterError {
        let path = self.path.clone();
        match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => RegisterError::Foreign { path },
            _ => RegisterError::Engine { path, source },
        }
    }

    fn io(&self, source: std::io::Error) -> RegisterError {
        RegisterError::Io {
            path: self.path.clone(),
            source,
        }
    }

    fn damaged(&self, detail: String) -> RegisterError {
        RegisterError::Damaged {
            path: self.path.clone(),
            detail,
        }
    }
}

/// Two processes may come first: the second one finds the tables there.
fn make_tables(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 {
        connection.execute_batch(TABLES)?;
        connection.execute_batch(&format!(
            "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};"
        ))?;
    }
    connection.execute_batch("COMMIT")
}

fn number(visibility: Visibility) -> i64 {
    match visibility {
        Visibility::Public => 0,
        Visibility::Office => 1,
        Visibility::Private => 2,
    }
}

fn visibility(number: i64) -> Option<Visibility> {
    match number {
        0 => Some(Visibility::Public),
        1 => Some(Visibility::Office),
        2 => Some(Visibility::Private),
        _ => None,
    }
}

fn deflated(text: &str) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    encoder.finish()
}

/// The text, if it is as long as was stated: no row opens into more.
fn inflated(packed: &[u8], bytes: u64) -> Option<String> {
    let mut text = String::new();
    DeflateDecoder::new(packed)
        .take(bytes.saturating_add(1))
        .read_to_string(&mut text)
        .ok()?;
    (text.len() as u64 == bytes).then_some(text)
}
