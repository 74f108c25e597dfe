//! Whose file it is, found out without touching it: first its plain bytes, then an immutable look at its catalogue.

use crate::{
    StoreError,
    connection::{self, Mode},
    fault::Fault,
};
use rusqlite::{Connection, OpenFlags};
use std::{
    fmt::Write as _,
    fs::File,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

/// The store format that this program writes, and the newest that it reads.
///
/// 2 added the root of each edition's tree to the catalogue, 3 the strips of drainage models.
pub const FORMAT_VERSION: i64 = 3;

/// `GPKG` in ASCII.
pub(crate) const APPLICATION_ID: u32 = 0x4750_4B47;
/// GeoPackage 1.3.0.
pub(crate) const USER_VERSION: u32 = 10_300;

const HEADER: usize = 100;

/// Refuses everything but a store that this program can read. Nothing is written, not even beside the file.
pub(crate) fn recognise(path: &Path) -> Result<(), StoreError> {
    let header = read_header(path)?;
    if header.starts_with(b"SQLite format 3\0") {
        let application = be_u32(&header, 68);
        if application != APPLICATION_ID {
            return Err(foreign(path, "es una base SQLite, pero no un GeoPackage"));
        }
    } else {
        return Err(foreign(path, seen(&header)));
    }
    if !log_beside(path) {
        refuse_truncated(path, &header)?;
    }
    // A checkpoint may be under way, and then the file alone is no evidence: look again, and at the log too.
    let found = match look(path) {
        Ok(Some(found)) => Ok(Some(found)),
        _ if log_beside(path) => look_through_log(path),
        _ => look(path),
    };
    match found.map_err(|fault| fault.at(path))? {
        Some(found) => refuse_newer(path, found),
        None => Err(foreign(path, "es un GeoPackage sin el catálogo de Tupu")),
    }
}

/// The store format of an open connection; `None` where it is no store.
pub(crate) fn format_version(connection: &Connection) -> Result<Option<i64>, Fault> {
    let tables: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('tupu_meta', 'tupu_series', 'tupu_editions')",
        [],
        |row| row.get(0),
    )?;
    if tables < 3 {
        return Ok(None);
    }
    let mut rows = connection.prepare("SELECT value FROM tupu_meta WHERE name = 'format_version'")?;
    let mut found = rows.query([])?;
    Ok(found.next()?.map(|row| row.get(0)).transpose()?)
}

/// The error for a format newer than ours.
pub(crate) fn refuse_newer(path: &Path, found: i64) -> Result<(), StoreError> {
    if found > FORMAT_VERSION {
        return Err(StoreError::NewerVersion {
            path: path.to_path_buf(),
            found,
            known: FORMAT_VERSION,
        });
    }
    Ok(())
}

/// The error for a file that is not ours.
pub(crate) fn foreign(path: &Path, seen: &str) -> StoreError {
    StoreError::Foreign {
        path: path.to_path_buf(),
        seen: seen.to_owned(),
    }
}

/// The file beside `path` whose name has `suffix` more.
fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn read_header(path: &Path) -> Result<Vec<u8>, StoreError> {
    let fail = |source: io::Error| match source.kind() {
        ErrorKind::NotFound => StoreError::Missing {
            path: path.to_path_buf(),
        },
        _ => StoreError::Io {
            path: path.to_path_buf(),
            source,
        },
    };
    let file = File::open(path).map_err(fail)?;
    if file.metadata().map_err(fail)?.is_dir() {
        return Err(foreign(path, "es una carpeta"));
    }
    let mut header = Vec::with_capacity(HEADER);
    file.take(HEADER as u64).read_to_end(&mut header).map_err(fail)?;
    if header.starts_with(b"SQLite format 3\0") && header.len() < HEADER {
        return Err(StoreError::Corrupt {
            path: path.to_path_buf(),
            detail: format!("el archivo se corta en el byte {}", header.len()),
        });
    }
    Ok(header)
}

fn seen(header: &[u8]) -> &'static str {
    match header {
        [] => "el archivo está vacío",
        [b'P', b'K', 3, 4, ..] => "es un archivo ZIP",
        [0, 0, 0x27, 0x0A, ..] => "es un Shapefile",
        [b'%', b'P', b'D', b'F', ..] => "es un PDF",
        [b'{' | b'[', ..] => "es un texto, al parecer JSON",
        [b'<', ..] => "es un texto, al parecer XML",
        _ => "su formato no es el de SQLite",
    }
}

fn refuse_truncated(path: &Path, header: &[u8]) -> Result<(), StoreError> {
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let expected = page * u64::from(be_u32(header, 28));
    let length = path
        .metadata()
        .map_err(|source| StoreError::Io {
            path: path.to_path_buf(),
            source,
        })?
        .len();
    if length < expected {
        return Err(StoreError::Corrupt {
            path: path.to_path_buf(),
            detail: format!("el archivo tiene {length} bytes y su cabecera anuncia {expected}"),
        });
    }
    Ok(())
}

fn log_beside(path: &Path) -> bool {
    beside(path, "-wal").metadata().is_ok_and(|log| log.len() > 0)
}

/// A reader's look: it leaves the log as it is.
fn look_through_log(path: &Path) -> Result<Option<i64>, Fault> {
    format_version(&connection::connect(path, Mode::Read)?)
}

fn look(path: &Path) -> Result<Option<i64>, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(format!("file:{}?immutable=1", uri_path(path)), flags)?;
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;")?;
    format_version(&connection)
}

fn uri_path(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(byte) {
            uri.push(char::from(*byte));
        } else {
            write!(uri, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    uri
}

fn be_u32(header: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
}
