//! What a person reads when an upload is refused: what was seen, where, and the mend.

use crate::{At, TooMuch, UploadError};
use std::fmt;

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("el archivo"),
            Self::Line { line, column: 0 } => write!(f, "la línea {line}"),
            Self::Line { line, column } => write!(f, "la línea {line}, columna {column}"),
            Self::Byte(byte) => write!(f, "el byte {byte}"),
            Self::Feature { feature, vertex: None } => write!(f, "el elemento {feature}"),
            Self::Feature {
                feature,
                vertex: Some(vertex),
            } => write!(f, "el vértice {vertex} del elemento {feature}"),
            Self::Entry(name) => write!(f, "la entrada «{name}»"),
        }
    }
}

impl UploadError {
    /// A sentence in Spanish: what was seen, where, and the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Empty => "El archivo está vacío: envíe el archivo de nuevo o escriba las coordenadas.".to_owned(),
            Self::NotThisFormat { expected, seen } => format!(
                "Se esperaba {expected}, pero el contenido es {seen}. Envíe GeoJSON, KML, KMZ, GPX, CSV, Shapefile en ZIP, \
                 WKT o coordenadas como texto."
            ),
            Self::Malformed { format, at, seen } => {
                format!(
                    "El archivo ({}) está mal escrito en {at}: {seen}. Corrija ese lugar o vuelva a exportarlo.",
                    format.label_es()
                )
            }
            Self::Truncated { format, at } => {
                format!(
                    "El archivo ({}) está cortado: termina en {at}. Vuelva a exportarlo y envíelo completo.",
                    format.label_es()
                )
            }
            Self::NonFinite { feature, vertex } => {
                format!("El vértice {vertex} del elemento {feature} no es un número finito: corrija esa coordenada.")
            }
            Self::AtOrigin { feature, vertex } => format!(
                "El vértice {vertex} del elemento {feature} es (0, 0), que suele ser una coordenada que falta: corríjala."
            ),
            Self::OutOfRange {
                feature,
                vertex,
                given: (x, y),
                crs,
                ..
            } => format!(
                "El vértice {vertex} del elemento {feature} ({x}, {y}) está fuera de lo que admite {} ({crs}): corrija la \
                 coordenada o declare otro sistema de coordenadas.",
                crs.name()
            ),
            Self::BadCoordinate { at, text, reason } => {
                format!(
                    "No se entiende la coordenada «{text}» en {at}. {}",
                    reason.sentence_es()
                )
            }
            Self::Contradiction(contradiction) => contradiction.sentence_es(),
            Self::NoLand { found } => no_land(found),
            Self::TooFewVertices { vertices } => {
                format!("Hay {vertices} vértices, y un terreno necesita al menos tres: complete la lista.")
            }
            Self::NeedsCrs { candidates, far } => needs_crs(candidates, *far),
            Self::Nowhere { given: (x, y) } => format!(
                "La primera coordenada ({x}, {y}) no cae en el Perú, se lea como se lea: revise los números o declare el \
                 sistema de coordenadas."
            ),
            Self::Outside { crs, lon, lat } => format!(
                "En {} ({crs}) el terreno queda en longitud {lon:.5}, latitud {lat:.5}, fuera del Perú: revise el sistema de \
                 coordenadas o las coordenadas.",
                crs.name()
            ),
            Self::UnsupportedCrs(unsupported) => unsupported.sentence_es(),
            Self::TooMuch { what, figure, limit } => too_much(*what, *figure, *limit),
            Self::ArchiveInArchive { entry } => format!(
                "El ZIP contiene otro archivo comprimido, «{entry}»: envíe uno solo, con el Shapefile o el KML directamente dentro."
            ),
            Self::Encrypted { entry } => {
                format!("La entrada «{entry}» del ZIP tiene contraseña: envíe el archivo sin contraseña.")
            }
            Self::SeveralLayers { names } => {
                format!("El ZIP contiene varias capas ({}): envíe una sola.", names.join(", "))
            }
            Self::Doctype { byte } => format!(
                "El XML declara un DOCTYPE en el byte {byte}, que no se admite por seguridad: quite esa declaración."
            ),
        }
    }
}

fn no_land(found: &[(crate::Kind, usize)]) -> String {
    let found: Vec<String> = found
        .iter()
        .map(|(kind, count)| format!("{} ({count})", kind.label_es()))
        .collect();
    let found = if found.is_empty() {
        "ningún elemento".to_owned()
    } else {
        found.join(", ")
    };
    format!(
        "No hay ningún terreno (polígono) en el archivo; se encontró: {found}. Dibuje el lindero como polígono o escriba sus \
         vértices en orden."
    )
}

fn needs_crs(candidates: &[crs::disguise::Candidate], far: bool) -> String {
    let places: Vec<String> = candidates
        .iter()
        .map(|candidate| {
            let distance = candidate
                .distance_km
                .map_or_else(String::new, |km| format!(", a {km:.0} km del lugar indicado"));
            format!(
                "{} → longitud {:.5}, latitud {:.5}{distance}",
                candidate.reading.label_es(),
                candidate.first.x,
                candidate.first.y
            )
        })
        .collect();
    let why = if far {
        "Las coordenadas caen en el Perú, pero no cerca del lugar indicado"
    } else {
        "Las coordenadas se pueden leer de varias maneras"
    };
    format!("{why}. Diga cuál es la suya: {}.", places.join("; "))
}

fn too_much(what: TooMuch, figure: u64, limit: u64) -> String {
    let (thing, mend) = match what {
        TooMuch::Bytes => ("bytes", "simplifique el lindero o envíe solo su terreno"),
        TooMuch::UnpackedBytes => ("bytes al descomprimirse", "envíe solo la capa de su terreno"),
        TooMuch::Ratio => (
            "bytes descomprimidos por cada byte comprimido",
            "vuelva a comprimir el archivo",
        ),
        TooMuch::Entries => ("entradas en el ZIP", "deje solo los archivos de una capa"),
        TooMuch::Nesting => (
            "niveles de anidamiento",
            "exporte el archivo sin carpetas ni colecciones anidadas",
        ),
        TooMuch::Vertices => ("vértices", "simplifique el lindero"),
        TooMuch::Rings => ("anillos", "envíe solo su terreno"),
        TooMuch::Features => ("elementos", "envíe solo su terreno"),
    };
    format!("Hay {figure} {thing}, y el límite es {limit}: {mend}.")
}
