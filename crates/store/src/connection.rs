//! Connections to the file: which settings each has, and how a writer waits for its turn.

use crate::{StoreError, fault::Fault, header, wkb};
use rusqlite::{Connection, ErrorCode, OpenFlags, functions::FunctionFlags, types::ValueRef};
use std::{path::Path, time::Duration};

const SETTINGS: &str = "
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA foreign_keys = ON;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -32768;
    PRAGMA journal_size_limit = 67108864;
";
/// How long a reader waits for a writer that closes or recovers the file.
pub(crate) const READERS_WAIT: Duration = Duration::from_secs(10);
const STEP: Duration = Duration::from_millis(200);

/// Whether a connection may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// Opens a store that [`header::recognise`] accepts.
pub(crate) fn open(path: &Path, mode: Mode) -> Result<Connection, StoreError> {
    header::recognise(path)?;
    let connection = connect(path, mode).map_err(|fault| fault.at(path))?;
    match header::format_version(&connection).map_err(|fault| fault.at(path))? {
        Some(found) => header::refuse_newer(path, found)?,
        None => return Err(header::foreign(path, "es un GeoPackage sin el catálogo de Tupu")),
    }
    Ok(connection)
}

/// Opens without looking whose file it is.
pub(crate) fn connect(path: &Path, mode: Mode) -> Result<Connection, Fault> {
    let access = match mode {
        Mode::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Mode::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
    };
    let connection = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(READERS_WAIT)?;
    connection.execute_batch(SETTINGS)?;
    if mode == Mode::Write {
        define_functions(&connection)?;
    }
    Ok(connection)
}

/// The standard's functions that fill an R-tree (annex F.3): they read the envelope in the blob's head.
pub(crate) fn define_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let envelope = |value: ValueRef<'_>| match value {
        ValueRef::Blob(blob) => {
            wkb::blob_envelope(blob).map_err(|bad| rusqlite::Error::UserFunctionError(Box::new(bad)))
        }
        _ => Ok(None),
    };
    connection.create_scalar_function("ST_IsEmpty", 1, flags, move |call| {
        Ok(envelope(call.get_raw(0))?.is_none())
    })?;
    for (name, side) in [("ST_MinX", 0), ("ST_MinY", 1), ("ST_MaxX", 2), ("ST_MaxY", 3)] {
        connection.create_scalar_function(name, 1, flags, move |call| {
            Ok(envelope(call.get_raw(0))?.map(|bounds| bounds[side]))
        })?;
    }
    Ok(())
}

/// How long a writer waits for another one, and whom it tells.
pub(crate) struct Turn<'a> {
    /// Longest wait.
    pub patience: Duration,
    /// Called every 200 ms of waiting with the time waited so far.
    pub tell: &'a mut dyn FnMut(Duration),
}

/// Begins the one writing transaction. Time is counted in steps of waiting: no clock is read.
pub(crate) fn begin_writing(connection: &Connection, path: &Path, turn: &mut Turn<'_>) -> Result<(), Fault> {
    connection.busy_timeout(STEP.min(turn.patience))?;
    let mut waited = Duration::ZERO;
    let begun = loop {
        match connection.execute_batch("BEGIN IMMEDIATE") {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                waited += STEP;
                if waited >= turn.patience {
                    break Err(Fault::Told(StoreError::Busy {
                        path: path.to_path_buf(),
                        waited,
                    }));
                }
                (turn.tell)(waited);
            }
            other => break other.map_err(Fault::from),
        }
    };
    connection.busy_timeout(READERS_WAIT)?;
    begun
}
