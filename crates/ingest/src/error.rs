//! Why a source could not be opened or read: each names the file, the place and the mend.

use crate::{ArchiveError, ProfileError, QualityReport};
use std::path::PathBuf;

/// Why a source could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No such file or folder.
    #[error("there is no {0}")]
    Missing(PathBuf),
    /// GDAL's virtual file systems are not for users.
    #[error("virtual paths are refused: {0}")]
    VirtualPath(String),
    /// The extension names no format.
    #[error("{path}: unknown extension; the first bytes are {seen}")]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// What its first bytes look like, in Spanish.
        seen: String,
    },
    /// Nothing in it.
    #[error("{0} is empty")]
    Empty(PathBuf),
    /// The content is not what the extension says, or it is damaged.
    #[error("{path} is no readable {expected}: {seen}; {detail}")]
    NotTheFormat {
        /// The file.
        path: PathBuf,
        /// The format of the extension.
        expected: &'static str,
        /// What its first bytes look like, in Spanish.
        seen: String,
        /// Line and column, or byte, where it goes wrong; GDAL's words.
        detail: String,
    },
    /// A shapefile without one of its files.
    #[error("{path} lacks its .{part}")]
    MissingPart {
        /// The .shp.
        path: PathBuf,
        /// The missing extension.
        part: &'static str,
    },
    /// A ZIP that cannot be unpacked.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Nothing readable in a folder or archive.
    #[error("{0} holds no readable layer")]
    NothingInside(PathBuf),
    /// One must be chosen.
    #[error("several layers: {0:?}")]
    SeveralLayers(Vec<String>),
    /// The chosen one is not there.
    #[error("no layer {wanted}: {present:?}")]
    NoSuchLayer {
        /// The name asked for.
        wanted: String,
        /// The names there are.
        present: Vec<String>,
    },
    /// A GeoPackage view: it can run what its author wrote.
    #[error("{0} is a view, not a table")]
    View(String),
    /// The source says no CRS.
    #[error("{path} states no CRS; candidates: {candidates:?}")]
    NoCrs {
        /// The file.
        path: PathBuf,
        /// What its first coordinate could be, in Spanish.
        candidates: Vec<String>,
    },
    /// A CRS that the house does not know.
    #[error("the CRS «{0}» is not supported")]
    UnknownCrs(String),
    /// The profile and the file disagree.
    #[error("the file says {stated}, the profile {expected}")]
    CrsContradiction {
        /// What the file states.
        stated: String,
        /// What the profile states.
        expected: String,
    },
    /// Coordinates that cannot be in the CRS that the file states (or that its format implies).
    #[error("coordinate ({x}, {y}) cannot be in {crs}; candidates: {candidates:?}")]
    ImpossibleCrs {
        /// The CRS.
        crs: String,
        /// First coordinate of the first vertex.
        x: f64,
        /// Second coordinate.
        y: f64,
        /// What it could be, in Spanish.
        candidates: Vec<String>,
    },
    /// A datum operation that the house does not know.
    #[error("the operation «{0}» is not known")]
    UnknownOperation(String),
    /// The profile is for another kind, or none was named.
    #[error("the profile is for {profile:?}, asked for {asked:?}")]
    Kind {
        /// The profile's kind.
        profile: Option<territory::LayerKind>,
        /// The caller's.
        asked: Option<territory::LayerKind>,
    },
    /// Nobody said from when the facts hold.
    #[error("no date of validity")]
    NoValidFrom,
    /// A field that the profile needs is missing.
    #[error("field {field} is missing; there are {present:?}")]
    MissingField {
        /// The field.
        field: String,
        /// The fields there are.
        present: Vec<String>,
    },
    /// The outline of the coverage cannot be used.
    #[error("the coverage outline: {0}")]
    Coverage(String),
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// GDAL said something else.
    #[error("{path}: {detail}")]
    Gdal {
        /// The file.
        path: PathBuf,
        /// GDAL's words.
        detail: String,
    },
}

/// Why reading stopped.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The source is damaged in the middle.
    #[error("{file}: damaged after row {row}: {detail}")]
    Damaged {
        /// The file's name.
        file: String,
        /// The last row that was read whole.
        row: u64,
        /// GDAL's words.
        detail: String,
    },
    /// No row could be kept.
    #[error("nothing remains of {read} rows")]
    NothingRemains {
        /// Rows read.
        read: u64,
        /// What was found.
        quality: Box<QualityReport>,
    },
    /// The receiver of the features failed; reading stopped.
    #[error("the features could not be stored")]
    Sink(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl OpenError {
    /// What to tell a person: what was seen and what to do.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Missing(path) => format!("No existe {}. Revise la ruta.", path.display()),
            Self::VirtualPath(path) => {
                format!("La ruta virtual «{path}» no se admite. Indique un archivo, una carpeta o un ZIP del disco.")
            }
            Self::UnknownFormat { path, seen } => format!(
                "{}: la extensión no nombra un formato conocido (contenido: {seen}). Se leen .shp, .gpkg, .geojson, .geojsonl, .kml, \
                 .kmz, .fgb, .gdb, .dxf, .csv, carpetas, .zip y conexiones «PG:…».",
                path.display()
            ),
            Self::Empty(path) => format!("{} está vacío (0 bytes). Vuelva a descargarlo.", path.display()),
            Self::NotTheFormat {
                path,
                expected,
                seen,
                detail,
            } => format!(
                "{} no se puede leer como {expected} (contenido: {seen}): {detail}. Vuelva a descargarlo o corrija la extensión.",
                path.display()
            ),
            Self::MissingPart { path, part } => format!(
                "A {} le falta su archivo .{part}. Un Shapefile son al menos .shp, .shx y .dbf: copie los tres.",
                path.display()
            ),
            Self::Archive(problem) => problem.sentence_es(),
            Self::NothingInside(path) => format!("{} no contiene ninguna capa que se pueda leer.", path.display()),
            Self::SeveralLayers(names) => {
                format!("Hay varias capas; elija una con --table: {}.", names.join(", "))
            }
            Self::NoSuchLayer { wanted, present } => {
                format!("No hay una capa «{wanted}»; las que hay: {}.", present.join(", "))
            }
            Self::View(name) => {
                format!("«{name}» es una vista y no una tabla: no se lee. Exporte la vista a una tabla.")
            }
            Self::NoCrs { path, candidates } => format!(
                "{} no declara su sistema de coordenadas (¿falta el .prj?). Indíquelo con --crs EPSG:….{}",
                path.display(),
                listed(candidates)
            ),
            Self::UnknownCrs(text) => format!(
                "El sistema de coordenadas «{text}» no está admitido. Indique con --crs uno de los usados en el Perú, por ejemplo \
                 EPSG:32718 (WGS 84 / UTM 18S) o EPSG:24878 (PSAD 56 / UTM 18S)."
            ),
            Self::CrsContradiction { stated, expected } => {
                format!("El archivo declara {stated} y el perfil {expected}. Decida con --crs cuál vale.")
            }
            Self::ImpossibleCrs { crs, x, y, candidates } => format!(
                "La primera coordenada ({x}, {y}) no puede estar en {crs}. Indique el sistema con --crs EPSG:….{}",
                listed(candidates)
            ),
            Self::UnknownOperation(text) => {
                format!("La operación de datum «{text}» no se conoce; se conocen EPSG:1208, EPSG:1201 y EPSG:3990.")
            }
            Self::Kind {
                profile: Some(profile),
                asked: Some(asked),
            } => {
                format!("El perfil es para «{profile}» y se pidió «{asked}». Use otro perfil o quite --layer.")
            }
            Self::Kind { .. } => "El perfil no dice de qué trata la capa: indíquelo con --layer.".to_owned(),
            Self::NoValidFrom => {
                "No consta desde cuándo valen los datos: indíquelo con --valid-from AAAA-MM-DD.".to_owned()
            }
            Self::MissingField { field, present } => format!(
                "Falta el campo «{field}» que el perfil necesita; los que hay: {}. Use otro perfil o corríjalo.",
                present.join(", ")
            ),
            Self::Coverage(problem) => format!("El ámbito declarado por el perfil no se puede usar: {problem}."),
            Self::Profile(problem) => problem.sentence_es(),
            Self::Gdal { path, detail } => format!("{}: {detail}", path.display()),
        }
    }
}

fn listed(candidates: &[String]) -> String {
    if candidates.is_empty() {
        " La primera coordenada no cae en el Perú en ningún sistema conocido.".to_owned()
    } else {
        format!(" La primera coordenada podría ser: {}.", candidates.join("; "))
    }
}

impl ReadError {
    /// What to tell a person: what was seen and what to do.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Damaged { file, row, detail } => format!(
                "{file} está dañado o cortado después de la fila {row}: {detail}. No se publicó nada; vuelva a descargarlo."
            ),
            Self::NothingRemains { read: 0, .. } => {
                "La capa no tiene ninguna fila: no hay nada que importar.".to_owned()
            }
            Self::NothingRemains { read, quality } => {
                let first = quality.rejected.items.first();
                let why = first.map_or_else(String::new, |r| {
                    format!(
                        " La primera (fila {}): {}; {}.",
                        r.row,
                        r.reason,
                        r.mend.trim_end_matches('.')
                    )
                });
                format!("De las {read} filas no queda ninguna que se pueda importar.{why}")
            }
            Self::Sink(problem) => format!("No se pudo guardar: {problem}"),
        }
    }
}

/// Why an import did not come to an edition, for whoever gives exit codes: all of it is about the input.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The source could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Reading stopped.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Rows were left out, and nobody may be left out.
    #[error("{rejected} rows were rejected under the strict rule")]
    Strict {
        /// How many.
        rejected: u64,
    },
}

impl ImportError {
    /// What to tell a person: what was seen and what to do.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Profile(error) => error.sentence_es(),
            Self::Open(error) => error.sentence_es(),
            Self::Read(error) => error.sentence_es(),
            Self::Strict { rejected } => format!(
                "Se rechazaron {rejected} filas y con --strict ninguna puede faltar: no se publicó nada. Corrija la fuente o quite --strict."
            ),
        }
    }
}
