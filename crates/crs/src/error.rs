//! Why coordinates could not be transformed.

use crate::Crs;

/// Why coordinates could not be transformed; a vertex is counted from 0 in the slice that was given.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TransformError {
    /// NaN or infinite.
    #[error("vertex {vertex} is not finite: ({x}, {y})")]
    NotFinite {
        /// Index in the slice.
        vertex: usize,
        /// Longitude or easting as given.
        x: f64,
        /// Latitude or northing as given.
        y: f64,
    },
    /// Outside of what the coordinate system can mean.
    #[error("vertex {vertex} ({x}, {y}) is out of range for {crs}: x in {x_range:?}, y in {y_range:?}")]
    OutOfRange {
        /// Index in the slice.
        vertex: usize,
        /// Longitude or easting as given.
        x: f64,
        /// Latitude or northing as given.
        y: f64,
        /// The system that the coordinates were said to be in.
        crs: Crs,
        /// Smallest and largest x.
        x_range: [f64; 2],
        /// Smallest and largest y.
        y_range: [f64; 2],
    },
    /// A PSAD 56 operation was named for coordinates of another datum.
    #[error("operation {operation} starts from PSAD 56, but {crs} has another datum")]
    OperationNotForDatum {
        /// The operation that was named.
        operation: crate::DatumOperation,
        /// The system that the coordinates were said to be in.
        crs: Crs,
    },
    /// The projection library refused the point.
    #[error("vertex {vertex} ({x}, {y}) cannot be transformed: {reason}")]
    Refused {
        /// Index in the slice.
        vertex: usize,
        /// Longitude or easting as given.
        x: f64,
        /// Latitude or northing as given.
        y: f64,
        /// The library's own words.
        reason: String,
    },
}

impl TransformError {
    /// The index of the vertex at fault, where there is one.
    pub const fn vertex(&self) -> Option<usize> {
        match self {
            Self::NotFinite { vertex, .. } | Self::OutOfRange { vertex, .. } | Self::Refused { vertex, .. } => {
                Some(*vertex)
            }
            Self::OperationNotForDatum { .. } => None,
        }
    }

    /// What a person reads, in Spanish, with the mend; vertices are counted from 1.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NotFinite { vertex, x, y } => format!(
                "El vértice {} no es un número finito ({x}, {y}): corrija esa coordenada.",
                vertex + 1
            ),
            Self::OutOfRange {
                vertex,
                x,
                y,
                crs,
                x_range,
                y_range,
            } => format!(
                "El vértice {} ({x}, {y}) está fuera de lo que admite {crs} (x de {} a {}, y de {} a {}): revise la \
                 coordenada o declare otro sistema de coordenadas.",
                vertex + 1,
                x_range[0],
                x_range[1],
                y_range[0],
                y_range[1]
            ),
            Self::OperationNotForDatum { operation, crs } => format!(
                "La operación {operation} parte de PSAD 56, pero {crs} tiene otro datum: quite la operación o declare \
                 un sistema PSAD 56."
            ),
            Self::Refused { vertex, x, y, .. } => format!(
                "El vértice {} ({x}, {y}) no se puede transformar: revise la coordenada o declare otro sistema de \
                 coordenadas.",
                vertex + 1
            ),
        }
    }
}
