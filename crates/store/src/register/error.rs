//! What can go wrong with the register, each with the sentence that tells a person how to mend it.

use std::{io, path::PathBuf};

/// Why the register did not do what was asked. Nothing was kept then.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// Another file in its place.
    #[error("{path} is no register")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// Written by a newer program.
    #[error("{path} has register format {found}, this program knows up to {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// As large as it may become.
    #[error("{path} has {bytes} bytes, of {limit} at most")]
    Full {
        /// The file.
        path: PathBuf,
        /// Its bytes.
        bytes: u64,
        /// The bytes that it may have.
        limit: u64,
    },
    /// A row does not say what it should.
    #[error("{path} is damaged: {detail}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Document and column, in Spanish: it reaches people.
        detail: String,
    },
    /// The engine refused.
    #[error("{path}: {source}")]
    Engine {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: rusqlite::Error,
    },
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
}

impl RegisterError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Foreign { path } => format!(
                "{} no es el registro de informes de Tupu. No se ha tocado. Quítelo de ahí: el registro va junto al almacén, con ese nombre.",
                path.display()
            ),
            Self::Newer { path, found, known } => format!(
                "El registro {} es de la versión {found} y este programa conoce hasta la {known}. No se ha tocado. Use el programa más reciente.",
                path.display()
            ),
            Self::Full { path, bytes, limit } => format!(
                "El registro {} tiene {bytes} octetos y el límite es {limit}: no recibe más informes. Aumente «bytes» en [register], o archive el registro.",
                path.display()
            ),
            Self::Damaged { path, detail } => format!(
                "El registro {} está dañado: {detail}. No se ha tocado. Recupere la última copia de respaldo.",
                path.display()
            ),
            Self::Engine { path, source } => format!(
                "El registro {} no respondió: {source}. Revise que haya sitio en el disco y permiso para escribir en su carpeta.",
                path.display()
            ),
            Self::Io { path, source } => format!(
                "El sistema no permite usar {}: {source}. Revise los permisos del archivo y de su carpeta.",
                path.display()
            ),
        }
    }
}
