//! The folder of rulebooks: read at the start, read again when a file of it changes, and never replaced by a faulty one.

use crate::shared::without_folders;
use conflicts::{Rulebook, RulebookError, Shelf};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

/// Texts of files by the name of their folder and of the file.
type Texts = BTreeMap<String, BTreeMap<String, String>>;

/// Why a folder of rulebooks cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// There is no such folder.
    #[error("{} is no folder", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A file or folder cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The rules do not hold together.
    #[error("the rulebooks of {} cannot be used: {error}", path.display())]
    Faults {
        /// The folder.
        path: PathBuf,
        /// All that is wrong.
        error: RulebookError,
    },
}

impl RulesError {
    /// What is wrong, where, and how to mend it, in Spanish: a line for each fault.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoFolder { path } => format!(
                "No hay ninguna carpeta {}. Indique la carpeta de un libro de reglas, o la que tiene una carpeta por versión.",
                path.display()
            ),
            Self::Unreadable { path, source } => format!(
                "No se puede leer {}: {source}. Los archivos de un libro de reglas son texto UTF-8 que este programa debe poder leer.",
                path.display()
            ),
            Self::Faults { path, error } => {
                format!(
                    "Los libros de reglas de {} no se pueden usar:\n{}",
                    path.display(),
                    error.sentence_es()
                )
            }
        }
    }
}

/// Reads and checks the rulebooks of a folder: one book, where it holds `rulebook.toml`, or one book in each of its folders.
///
/// # Errors
/// When the folder cannot be read, or with all the faults of all its books.
pub fn read_rules(folder: &Path) -> Result<Shelf, RulesError> {
    parse(folder, &texts(folder)?)
}

fn parse(folder: &Path, texts: &Texts) -> Result<Shelf, RulesError> {
    let shelf = match texts.get("") {
        Some(files) => Rulebook::parse(files).map(Shelf::of),
        None => Shelf::parse(texts),
    };
    shelf.map_err(|error| RulesError::Faults {
        path: folder.to_owned(),
        error,
    })
}

/// The texts of the folder; a book that lies in the folder itself has the empty name.
fn texts(folder: &Path) -> Result<Texts, RulesError> {
    if !folder.is_dir() {
        return Err(RulesError::NoFolder {
            path: folder.to_owned(),
        });
    }
    if folder.join(Rulebook::FILES[0]).is_file() {
        return Ok(Texts::from([(String::new(), files(folder)?)]));
    }
    let unreadable = |source| RulesError::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let mut texts = Texts::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() && !name.starts_with('.') {
            texts.insert(name, files(&entry.path())?);
        }
    }
    Ok(texts)
}

/// The files of one book that are there.
fn files(folder: &Path) -> Result<BTreeMap<String, String>, RulesError> {
    let mut files = BTreeMap::new();
    for name in Rulebook::FILES {
        let path = folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => files.insert(name.to_owned(), text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(source) => return Err(RulesError::Unreadable { path, source }),
        };
    }
    Ok(files)
}

/// The rules in use, and the folder that they came from.
pub(crate) struct Rules {
    folder: Option<PathBuf>,
    state: RwLock<State>,
}

struct State {
    shelf: Arc<Shelf>,
    /// What was read last, faulty or not.
    seen: Option<Texts>,
    /// Why what was read last is not in use, for readers.
    fault: Option<String>,
}

impl Rules {
    /// The rulebooks of the folder, or `otherwise` where there is none.
    ///
    /// # Errors
    /// A faulty folder.
    pub(crate) fn open(folder: Option<PathBuf>, otherwise: Shelf) -> Result<Self, RulesError> {
        let (shelf, seen) = match &folder {
            None => (otherwise, None),
            Some(folder) => {
                let texts = texts(folder)?;
                (parse(folder, &texts)?, Some(texts))
            }
        };
        let state = State {
            shelf: Arc::new(shelf),
            seen,
            fault: None,
        };
        Ok(Self {
            folder,
            state: RwLock::new(state),
        })
    }

    /// The versions in use.
    pub(crate) fn shelf(&self) -> Arc<Shelf> {
        Arc::clone(&self.state.read().unwrap_or_else(PoisonError::into_inner).shelf)
    }

    /// Why the folder as it is now is not in use.
    pub(crate) fn fault(&self) -> Option<String> {
        self.state.read().unwrap_or_else(PoisonError::into_inner).fault.clone()
    }

    /// Reads the folder where it changed; whether other versions are in use now. Faulty ones change nothing.
    pub(crate) fn look(&self) -> bool {
        let Some(folder) = &self.folder else { return false };
        let read = match texts(folder) {
            Ok(texts) if self.state.read().unwrap_or_else(PoisonError::into_inner).seen.as_ref() == Some(&texts) => {
                return false;
            }
            Ok(texts) => {
                let parsed = parse(folder, &texts);
                (Some(texts), parsed)
            }
            Err(error) => (None, Err(error)),
        };
        let (seen, parsed) = read;
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.seen = seen;
        match parsed {
            Ok(shelf) => {
                let same = shelf.sha256() == state.shelf.sha256();
                (state.shelf, state.fault) = (Arc::new(shelf), None);
                !same
            }
            Err(error) => {
                let fault = Some(without_folders(&error.sentence_es(), folder));
                if state.fault != fault {
                    tracing::warn!("{error}; the rulebooks read before stay in use");
                }
                state.fault = fault;
                false
            }
        }
    }
}
