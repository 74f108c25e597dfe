//! What was ignored, closed or mended while reading: nothing is dropped in silence.

use std::fmt;

/// A kind of geometry that is not land.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Points, waypoints, multipoints.
    Point,
    /// Lines, open tracks, routes.
    Line,
    /// A feature without geometry, or an empty one.
    Empty,
    /// Anything else: models, ground overlays, multipatches.
    Other,
    /// A row of a table without usable coordinates.
    Row,
}

impl Kind {
    /// What a person reads, in Spanish.
    pub const fn label_es(self) -> &'static str {
        match self {
            Self::Point => "punto",
            Self::Line => "línea",
            Self::Empty => "geometría vacía",
            Self::Other => "otro elemento",
            Self::Row => "fila sin coordenadas",
        }
    }
}

/// A feature or row that gave no land.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Feature, placemark or row, 1 for the first.
    pub feature: usize,
    /// What it was.
    pub kind: Kind,
}

impl LeftOut {
    /// What a person reads, in Spanish.
    pub fn sentence_es(&self) -> String {
        format!("El elemento {} se dejó fuera: {}.", self.feature, self.kind.label_es())
    }
}

/// Something that was done on the way.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// How many features with land were joined.
    Features {
        /// Features.
        count: usize,
    },
    /// Heights or measures were dropped.
    HeightsDropped {
        /// Vertices that had one.
        vertices: usize,
    },
    /// Rings whose ends did not meet were closed.
    RingsClosed {
        /// Polygon of the result, 0 for the first.
        part: usize,
        /// Rings of it.
        rings: usize,
    },
    /// A track or route that comes back to its start was taken as the border of land.
    TrackClosed {
        /// The track, 1 for the first.
        feature: usize,
        /// Metres between its ends.
        gap_m: f64,
    },
    /// Numbered points were joined in their order.
    PointsJoined {
        /// How many.
        count: usize,
    },
    /// Rings of fewer than three vertices were dropped.
    RingsDropped {
        /// Feature, 1 for the first.
        feature: usize,
        /// How many.
        rings: usize,
    },
    /// Entries of an archive that were not read.
    EntriesIgnored {
        /// Their names, at most ten of them.
        names: Vec<String>,
    },
    /// Links to other files, which are never followed.
    LinksIgnored {
        /// How many.
        count: usize,
    },
    /// The text was not UTF-8, and was read as Windows-1252.
    ReadAsWindows1252,
    /// Some vertices lie outside of Peru.
    PartlyOutside {
        /// How many.
        vertices: usize,
    },
}

impl Note {
    /// What a person reads, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Features { count } => format!("Se unieron {count} elementos del archivo."),
            Self::HeightsDropped { vertices } => {
                format!("Se ignoró la altura o medida de {vertices} vértices: solo cuenta la planta.")
            }
            Self::RingsClosed { part, rings } => {
                format!(
                    "Se cerraron {rings} anillos del polígono {}: su último punto no era igual al primero.",
                    part + 1
                )
            }
            Self::TrackClosed { feature, gap_m } => format!(
                "El recorrido {feature} vuelve a su inicio (a {gap_m:.1} m) y se tomó como lindero de un terreno."
            ),
            Self::PointsJoined { count } => {
                format!("Se unieron {count} puntos numerados, en su orden, como vértices de un terreno.")
            }
            Self::RingsDropped { feature, rings } => {
                format!("Se dejaron fuera {rings} anillos de menos de tres vértices del elemento {feature}.")
            }
            Self::EntriesIgnored { names } => {
                format!("No se leyeron estas entradas del archivo: {}.", names.join(", "))
            }
            Self::LinksIgnored { count } => format!("No se siguieron {count} enlaces a otros archivos."),
            Self::ReadAsWindows1252 => "El texto no es UTF-8; se leyó como Windows-1252.".to_owned(),
            Self::PartlyOutside { vertices } => format!("{vertices} vértices caen fuera del Perú."),
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence_es())
    }
}
