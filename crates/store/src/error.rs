//! What can go wrong with a store, each with the sentence that tells a person how to mend it.

use jiff::Timestamp;
use std::{io, path::PathBuf, time::Duration};
use territory::LayerKind;

/// Why a store did not do what was asked. Nothing was changed in the file whenever one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No file there.
    #[error("no store at {path}")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A file is there already, where a new store was wanted.
    #[error("{path} exists already")]
    Exists {
        /// The file in the way.
        path: PathBuf,
    },
    /// Not a store of ours; left as it is.
    #[error("{path} is not a store: {seen}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What the file seems to be, in Spanish: it reaches people.
        seen: String,
    },
    /// A store of ours that is damaged.
    #[error("{path} is damaged: {detail}")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// Table, row and value, or the engine's words.
        detail: String,
    },
    /// Written by a newer program.
    #[error("{path} has store format {found}, this program knows up to {known}")]
    NewerVersion {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format that this program knows.
        known: i64,
    },
    /// Another process was publishing for longer than we were willing to wait.
    #[error("{path} is being written by another process; waited {} s", waited.as_secs())]
    Busy {
        /// The file.
        path: PathBuf,
        /// How long we waited.
        waited: Duration,
    },
    /// Opened for reading only.
    #[error("{path} was opened for reading only")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// No room left on the disk, for the file or for the temporary one beside it.
    #[error("the disk of {path} is full")]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// Two features of a draft share a key.
    #[error("key «{key}» is on row {first_row} and again on row {second_row}")]
    DuplicateKey {
        /// The key.
        key: String,
        /// Source row of the first feature with it.
        first_row: u64,
        /// Source row of the second.
        second_row: u64,
    },
    /// A feature without a key, or with a coordinate that is no number.
    #[error("row {row}, key «{key}»: {reason}")]
    UnfitFeature {
        /// Source row.
        row: u64,
        /// Its key.
        key: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A table that no GeoPackage can hold.
    #[error("table «{table}» cannot be written: {reason}")]
    UnfitTable {
        /// Its name.
        table: String,
        /// What is wrong with it, in Spanish.
        reason: String,
    },
    /// The counts that came with the draft do not agree with what was pushed.
    #[error("the counts say that {stated} features were kept, {pushed} were pushed")]
    CountsDisagree {
        /// `kept` of the counts.
        stated: u64,
        /// Features pushed.
        pushed: u64,
    },
    /// The moment given is well before the newest publication of the store: some clock is wrong.
    #[error("the clock says {given}, the newest edition of {path} was published at {newest}")]
    ClockWentBack {
        /// The file.
        path: PathBuf,
        /// The moment given.
        given: Timestamp,
        /// The newest publication.
        newest: Timestamp,
    },
    /// No edition of that id.
    #[error("no edition «{id}»")]
    UnknownEdition {
        /// The id asked for.
        id: String,
        /// The most similar ids, best first, at most five.
        nearest: Vec<String>,
    },
    /// Two editions that cannot be compared.
    #[error("edition «{}» is of {} and «{}» of {}", one.0, one.1, other.0, other.1)]
    OtherKind {
        /// The first edition and its kind.
        one: (String, LayerKind),
        /// The second.
        other: (String, LayerKind),
    },
    /// Withdrawn before.
    #[error("edition «{id}» was withdrawn at {at} already")]
    AlreadyWithdrawn {
        /// The edition.
        id: String,
        /// When.
        at: Timestamp,
    },
    /// A withdrawal that would come before the publication.
    #[error("edition «{id}» was published at {published_at}, after {at}")]
    WithdrawnTooEarly {
        /// The edition.
        id: String,
        /// The moment given for the withdrawal.
        at: Timestamp,
        /// When it was published.
        published_at: Timestamp,
    },
    /// The engine refused for a reason that has no variant here.
    #[error("{path}: {source}")]
    Engine {
        /// The file.
        path: PathBuf,
        /// Its reason.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// What happened and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Missing { path } => format!(
                "No hay ningún almacén en {}. Revise la ruta, o cree uno importando una capa: tupu import ARCHIVO --layer CLASE --store {0}",
                path.display()
            ),
            Self::Exists { path } => {
                format!(
                    "Ya existe {}; no se ha tocado. Elija otro nombre para el almacén nuevo.",
                    path.display()
                )
            }
            Self::Foreign { path, seen } => format!(
                "{} no es un almacén de Tupu: {seen}. No se ha tocado. Indique otra ruta; si quiere usarlo como datos, impórtelo: tupu import {0} --layer CLASE --store OTRO.gpkg",
                path.display()
            ),
            Self::Corrupt { path, detail } => format!(
                "El almacén {} está dañado: {detail}. No se ha tocado. Recupere la última copia de respaldo, o vuelva a importar las capas en un almacén nuevo; «tupu store check --store {0}» dice qué ediciones siguen enteras.",
                path.display()
            ),
            Self::NewerVersion { path, found, known } => format!(
                "El almacén {} es de la versión {found} y este programa conoce hasta la {known}. No se ha tocado. Use el programa más reciente.",
                path.display()
            ),
            Self::Busy { path, waited } => format!(
                "Otro proceso está publicando en {}; se esperó {} s. No se ha escrito nada. Vuelva a intentarlo cuando termine.",
                path.display(),
                waited.as_secs()
            ),
            Self::ReadOnly { path } => format!(
                "El almacén {} se abrió solo para leer; ábralo para escribir.",
                path.display()
            ),
            Self::Full { path } => format!(
                "No queda sitio en el disco para escribir en {} o en la carpeta temporal. No se ha publicado nada. Libere espacio y repita.",
                path.display()
            ),
            Self::Io { path, source } => format!(
                "El sistema no permite usar {}: {source}. Revise los permisos del archivo y de su carpeta.",
                path.display()
            ),
            Self::DuplicateKey {
                key,
                first_row,
                second_row,
            } => format!(
                "La clave «{key}» está en la fila {first_row} y otra vez en la fila {second_row}. No se ha publicado nada. Corrija la capa, o elija en el perfil un campo que no se repita."
            ),
            Self::UnfitFeature { row, key, reason } => {
                format!(
                    "La fila {row} (clave «{key}») no se puede guardar: {reason}. No se ha publicado nada. Corrija la capa."
                )
            }
            Self::UnfitTable { table, reason } => {
                format!("La tabla «{table}» no se puede escribir: {reason}. Es un error del programa: comuníquelo.")
            }
            Self::CountsDisagree { stated, pushed } => format!(
                "El informe de calidad cuenta {stated} elementos y se recibieron {pushed}. No se ha publicado nada. Es un error del programa: comuníquelo."
            ),
            Self::ClockWentBack { path, given, newest } => format!(
                "El reloj de este equipo dice {given}, pero la última edición de {} es de {newest}. No se ha publicado nada. Corrija la hora del equipo.",
                path.display()
            ),
            Self::UnknownEdition { id, nearest } if nearest.is_empty() => {
                format!("No hay ninguna edición «{id}». «tupu editions» las enumera.")
            }
            Self::UnknownEdition { id, nearest } => {
                format!(
                    "No hay ninguna edición «{id}». Las más parecidas: {}.",
                    nearest.join(", ")
                )
            }
            Self::OtherKind { one, other } => format!(
                "«{}» es de la capa {} y «{}» de {}: solo se comparan ediciones de una misma capa. «tupu editions» las enumera.",
                one.0, one.1, other.0, other.1
            ),
            Self::AlreadyWithdrawn { id, at } => {
                format!("La edición «{id}» ya fue retirada: {at}. No hay nada que hacer.")
            }
            Self::WithdrawnTooEarly { id, at, published_at } => format!(
                "La edición «{id}» se publicó el {published_at}, después de {at}. Indique un momento posterior a su publicación."
            ),
            Self::Engine { path, source } => format!(
                "El almacén {} no respondió: {source}. Revise el archivo con «tupu store check --store {0}».",
                path.display()
            ),
        }
    }
}
