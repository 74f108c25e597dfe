//! How much is held in memory at once.

use super::Scratch;
use crate::{Grid, GridError};

/// How the memory of a derivation is used. None of it changes a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The side of tiles, 1 to 252 cells.
    pub side: usize,
    /// Rows of tiles in memory at once.
    pub bands: usize,
    /// Cells of a page of what is read in any order, as a power of two.
    pub page_bits: u32,
    /// Bytes of such pages.
    pub page_bytes: u64,
    /// Bytes of all that is no raster: catchments and passes, then streams, then units.
    pub bytes: u64,
}

/// Bytes of a cell of the rows that are in memory: height, direction, label, basin.
const CELL: u64 = 11;

impl Room {
    /// A division of so many bytes for a grid that is worked on by so many threads.
    pub fn within(bytes: u64, grid: &Grid, threads: usize) -> Self {
        let row = CELL * grid.columns() as u64;
        let rows = usize::try_from(bytes / 4 / row).unwrap_or(usize::MAX);
        let side = rows.clamp(1, crate::TILE);
        let bands = (rows / side).clamp(1, threads.max(1));
        let page_bytes = bytes / 8;
        let strips = row * (side * bands) as u64;
        Self {
            side,
            bands,
            page_bits: 18,
            page_bytes,
            bytes: bytes.saturating_sub(strips + page_bytes),
        }
    }
}

/// What did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// The local depressions of the ground, and the passes between them.
    Passes,
    /// The borders of the tiles.
    Borders,
    /// The cells of the streams.
    Streams,
}

/// Why a derivation did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum TiledError<E: std::error::Error + 'static> {
    /// The heights make no elevation model.
    #[error("{0}")]
    Heights(GridError),
    /// What was kept meanwhile cannot be kept or had again.
    #[error("{0}")]
    Scratch(#[source] E),
    /// More memory is needed than is given.
    #[error("{needed:?} take {bytes} bytes, and {given} are given")]
    Room {
        /// What for.
        needed: Needed,
        /// Bytes it takes, as far as it was counted.
        bytes: u64,
        /// Bytes there are for it.
        given: u64,
    },
}

impl<E: std::error::Error + 'static> TiledError<E> {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        let mebibytes = |bytes: u64| bytes.div_ceil(1 << 20);
        match self {
            Self::Heights(error) => error.sentence_es(),
            Self::Scratch(error) => format!(
                "No se pudo usar un archivo de trabajo: {error}. Revise el espacio y los permisos de la carpeta de salida."
            ),
            Self::Room { needed, bytes, given } => {
                let (what, mend) = match needed {
                    Needed::Passes => (
                        "las depresiones del relieve y sus pasos",
                        "Dé más memoria con --memory; tantas depresiones suelen ser ruido del modelo",
                    ),
                    Needed::Borders => (
                        "los bordes de las teselas",
                        "Dé más memoria con --memory o recorte el modelo",
                    ),
                    Needed::Streams => (
                        "las celdas de los cursos",
                        "Suba --threshold o dé más memoria con --memory",
                    ),
                };
                format!(
                    "Para {what} se necesitan al menos {} MiB y hay {} MiB. {mend}.",
                    mebibytes(*bytes),
                    mebibytes(*given)
                )
            }
        }
    }
}

/// What comes of a step with a store.
pub(super) type Outcome<T, S> = Result<T, TiledError<<S as Scratch>::Error>>;
