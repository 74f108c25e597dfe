//! What is wrong with a layer of official units, with the codes that it is wrong with.

use territory::{Metres, UtmHectares};

/// What is wrong with the codes of a layer. Rows are those of the source, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitFault {
    /// A row without a code.
    #[error("row {row} has no code")]
    NoCode {
        /// The row.
        row: u64,
    },
    /// A code that is not made of 1 to 8 digits.
    #[error("row {row}: {code:?} is not made of 1 to 8 digits")]
    NotDigits {
        /// The row.
        row: u64,
        /// What it has for a code.
        code: String,
    },
    /// A code that is its level's without the zeros that it began with, as spreadsheets leave it. It is no unit.
    #[error("row {row}: {code:?} lost its leading zeros, {meant:?} is meant")]
    LostZeros {
        /// The row.
        row: u64,
        /// What is left of the code.
        code: String,
        /// The code that its level asks for.
        meant: String,
    },
    /// A code whose digits are not as many as its level (`NIVEL`).
    #[error("row {row}: {code:?} is not of level {level}")]
    OtherLength {
        /// The row.
        row: u64,
        /// The code.
        code: String,
        /// What `NIVEL` says.
        level: i64,
    },
    /// A level that is no beginning of the code, or has another number of digits than its level.
    #[error("row {row}: level {level} is {value:?}, the code is {code:?}")]
    LevelDisagrees {
        /// The row.
        row: u64,
        /// The level, from 1.
        level: usize,
        /// What it says.
        value: String,
        /// The code of the row.
        code: String,
    },
    /// A code that several rows have; the first is kept.
    #[error("rows {rows:?} all have the code {code}")]
    Duplicate {
        /// The code.
        code: String,
        /// Its rows.
        rows: Vec<u64>,
    },
    /// A unit of a nested layer whose unit of the next coarser level that the layer has is missing.
    #[error("{code} lies in no unit of the layer: {missing} is missing")]
    Orphan {
        /// The code.
        code: String,
        /// The missing parent.
        missing: String,
    },
    /// Digits that a family lacks: below its greatest one, or the tributary under a headwater.
    #[error("{family} is divided into {digits:?}, without {missing:?}")]
    Gap {
        /// What the family's codes begin with.
        family: String,
        /// The digits it has.
        digits: Vec<u8>,
        /// The digits it lacks.
        missing: Vec<u8>,
    },
    /// A shore that was named and that no unit belongs to.
    #[error("no unit belongs to the shore {shore:?}")]
    UnusedShore {
        /// The shore.
        shore: String,
    },
}

impl UnitFault {
    /// The rows at fault, as the source counts them; none where the fault is of the layer.
    pub fn rows(&self) -> Vec<u64> {
        match self {
            Self::NoCode { row }
            | Self::NotDigits { row, .. }
            | Self::LostZeros { row, .. }
            | Self::OtherLength { row, .. }
            | Self::LevelDisagrees { row, .. } => vec![*row],
            Self::Duplicate { rows, .. } => rows.clone(),
            Self::Orphan { .. } | Self::Gap { .. } | Self::UnusedShore { .. } => Vec::new(),
        }
    }

    /// The field of the source that has to be mended.
    pub fn field(&self) -> String {
        match self {
            Self::LevelDisagrees { level, .. } => format!("NIVEL{level}"),
            Self::UnusedShore { .. } => "shores".to_owned(),
            _ => "CODIGO".to_owned(),
        }
    }

    /// Whether it concerns the unit of a code.
    pub fn names(&self, wanted: &str) -> bool {
        match self {
            Self::NotDigits { code, .. }
            | Self::LostZeros { code, .. }
            | Self::OtherLength { code, .. }
            | Self::LevelDisagrees { code, .. }
            | Self::Duplicate { code, .. }
            | Self::Orphan { code, .. } => code == wanted,
            Self::Gap { family, .. } => family == wanted,
            Self::NoCode { .. } | Self::UnusedShore { .. } => false,
        }
    }

    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoCode { row } => {
                format!("La fila {row} no tiene código de unidad; complete CODIGO o NIVEL1 a NIVEL8.")
            }
            Self::NotDigits { row, code } => {
                format!("La fila {row} tiene el código «{code}»; un código Pfafstetter lleva de 1 a 8 dígitos.")
            }
            Self::LostZeros { row, code, meant } => format!(
                "La fila {row} tiene el código «{code}», y su nivel pide «{meant}»: perdió los ceros de la izquierda, como al pasar por \
                 una hoja de cálculo. No se tomó como unidad; vuelva a exportar CODIGO como texto."
            ),
            Self::OtherLength { row, code, level } => format!(
                "La fila {row} dice NIVEL {level} y su código «{code}» tiene {} dígitos; corrija uno de los dos.",
                code.len()
            ),
            Self::LevelDisagrees {
                row,
                level,
                value,
                code,
            } => format!(
                "En la fila {row}, NIVEL{level} es «{value}» y no coincide con el código «{code}»; corrija uno de los dos."
            ),
            Self::Duplicate { code, rows } => format!(
                "El código {code} está en las filas {}; se tomó la primera. Una las partes en una sola fila o corrija los códigos.",
                listed(rows)
            ),
            Self::Orphan { code, missing } => {
                format!("La unidad {code} no tiene madre: {missing} no consta en la capa; agréguela.")
            }
            Self::Gap {
                family,
                digits,
                missing,
            } => format!(
                "La unidad {family} está dividida en {} y no constan {}; revise si faltan unidades o quedan fuera del país.",
                listed(digits),
                listed(missing)
            ),
            Self::UnusedShore { shore } => {
                format!("Ninguna unidad pertenece a la orilla «{shore}»; corrija la lista de orillas.")
            }
        }
    }
}

fn listed<T: ToString>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(", ")
}

/// What is wrong between the land of units and their codes. Places are boxes (west, south, east, north) in metres of the units' zone.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum LandFault {
    /// A unit without land.
    #[error("{code} has no land")]
    NoLand {
        /// The unit.
        code: String,
    },
    /// Two units that cover the same ground and of which none is part of the other.
    #[error("{codes:?} overlap by {} ha", area.0)]
    Overlap {
        /// The units.
        codes: [String; 2],
        /// What both cover, in the plane of the zone.
        area: UtmHectares,
        /// Twice the area over its perimeter.
        width: Metres,
    },
    /// Ground that units of a level enclose and none covers.
    #[error("level {level} leaves {} ha open", area.0)]
    Gap {
        /// The level: digits of the codes.
        level: usize,
        /// Its area.
        area: UtmHectares,
        /// Where it lies.
        place: [f64; 4],
    },
    /// Ground of a unit that its parts do not cover.
    #[error("the parts of {code} leave {} ha of it open", area.0)]
    Uncovered {
        /// The unit.
        code: String,
        /// Its area.
        area: UtmHectares,
        /// Where it lies.
        place: [f64; 4],
    },
    /// Ground of a part that lies outside of its unit.
    #[error("{} ha of {code} lie outside of {parent}", area.0)]
    Outside {
        /// The part.
        code: String,
        /// The unit.
        parent: String,
        /// Its area.
        area: UtmHectares,
        /// Where it lies.
        place: [f64; 4],
    },
    /// By its code a unit flows into another, and their lands do not touch.
    #[error("{code} flows into {next} by its code, and lies more than {} m from it", beyond.0)]
    Apart {
        /// The unit.
        code: String,
        /// The one that it flows into.
        next: String,
        /// They are farther apart than this.
        beyond: Metres,
    },
}

impl LandFault {
    /// The units that it concerns; none where ground lies open between units of a level.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Self::NoLand { code } | Self::Uncovered { code, .. } => vec![code],
            Self::Overlap { codes: [a, b], .. } => vec![a, b],
            Self::Gap { .. } => Vec::new(),
            Self::Outside { code, parent, .. } => vec![code, parent],
            Self::Apart { code, next, .. } => vec![code, next],
        }
    }

    /// The ground in doubt, in the plane of the zone; none where it is not ground.
    pub fn area(&self) -> Option<UtmHectares> {
        match self {
            Self::Overlap { area, .. }
            | Self::Gap { area, .. }
            | Self::Uncovered { area, .. }
            | Self::Outside { area, .. } => Some(*area),
            Self::NoLand { .. } | Self::Apart { .. } => None,
        }
    }

    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoLand { code } => format!("La unidad {code} no tiene polígono; agréguelo."),
            Self::Overlap {
                codes: [a, b],
                area,
                width,
            } => format!(
                "Las unidades {a} y {b} se superponen en {:.4} ha ({:.1} m de ancho medio); corrija el lindero común.",
                area.0, width.0
            ),
            Self::Gap { level, area, place } => {
                format!(
                    "Las unidades de nivel {level} dejan un hueco de {:.4} ha en {}; complete el lindero.",
                    area.0,
                    spot(place)
                )
            }
            Self::Uncovered { code, area, place } => format!(
                "Las partes de {code} dejan {:.4} ha sin cubrir en {}; revise si falta una parte.",
                area.0,
                spot(place)
            ),
            Self::Outside {
                code,
                parent,
                area,
                place,
            } => format!(
                "{:.4} ha de {code} quedan fuera de {parent} en {}; corrija el lindero o el código.",
                area.0,
                spot(place)
            ),
            Self::Apart { code, next, beyond } => format!(
                "Por su código {code} desemboca en {next}, y sus polígonos distan más de {} m; revise los códigos o si entre ambas hay una orilla.",
                beyond.0
            ),
        }
    }
}

fn spot([west, south, east, north]: &[f64; 4]) -> String {
    format!("E {west:.0}–{east:.0}, N {south:.0}–{north:.0}")
}
