//! A failure inside one operation, before it is known to which file it belongs.

use crate::{StoreError, connection::READERS_WAIT};
use rusqlite::ErrorCode;
use std::path::Path;

/// A failure on the way; [`Fault::at`] makes the error that callers see.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The engine's.
    Sql(rusqlite::Error),
    /// A row that does not say what it should: table, row, value.
    Damaged(String),
    /// An error that is complete.
    Told(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Told(error)
    }
}

impl Fault {
    /// The error for the store at `path`.
    pub(crate) fn at(self, path: &Path) -> StoreError {
        let path = path.to_path_buf();
        match self {
            Self::Told(error) => error,
            Self::Damaged(detail) => StoreError::Corrupt { path, detail },
            Self::Sql(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::Corrupt {
                    path,
                    detail: source.to_string(),
                },
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy {
                    path,
                    waited: READERS_WAIT,
                },
                Some(ErrorCode::DiskFull) => StoreError::Full { path },
                Some(ErrorCode::ReadOnly) => StoreError::ReadOnly { path },
                Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::SystemIoFailure) => {
                    StoreError::Io {
                        path,
                        source: std::io::Error::other(source),
                    }
                }
                _ => StoreError::Engine { path, source },
            },
        }
    }
}
