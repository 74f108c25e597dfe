//! What turns one edition into another, exactly: rows to take away and rows to put, verbatim.

use crs::UtmZone;
use geo_types::Geometry;
use std::collections::{BTreeMap, BTreeSet};

/// A feature as its row in a store holds it: nothing is read as a number that was written as text.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Key.
    pub key: String,
    /// Row of the source, 1 for the first.
    pub source_row: u64,
    /// Our fields as JSON text.
    pub attributes: String,
    /// Fields of the source that no profile named, as JSON text.
    pub source_fields: String,
    /// Lon/lat WGS 84 degrees.
    pub geometry: Geometry<f64>,
    /// Its land, where it is land.
    pub land: Option<LandRow>,
    /// Coordinates of the source in its own CRS, where they were kept.
    pub source: Option<Geometry<f64>>,
}

/// Land in its home zone, as [`crate::Shape::to_bytes`] writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandRow {
    /// The home zone.
    pub zone: UtmZone,
    /// The bytes of the shape.
    pub bytes: Vec<u8>,
}

/// The exact difference of two editions. Rows that share a key are taken away and put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    /// Keys of the rows to take away, in order.
    pub removed: Vec<String>,
    /// Rows to put, by key, those of one key in their order; rows of these keys that are there are taken away first.
    pub put: Vec<Row>,
}

/// Why a patch does not fit, or is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// The rows are not those from which the patch was made.
    #[error("there is no feature {0:?} to take away: the patch is for another edition")]
    NotThere(String),
    /// The text is no patch.
    #[error("this is no patch: {at}: {why}")]
    Malformed {
        /// Where: a member of the document, with the position of the feature.
        at: String,
        /// What is wrong.
        why: String,
    },
}

impl PatchError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NotThere(key) => {
                format!(
                    "No está el elemento «{key}» que el parche quita: es de otra edición. Aplíquelo a la edición que nombra en «from»."
                )
            }
            Self::Malformed { at, why } => {
                format!("No es un parche: {at}: {why}. Vuelva a escribirlo con «tupu changes --patch».")
            }
        }
    }
}

impl Patch {
    /// What turns `before` into `after`; both in any order.
    pub fn between(before: &[Row], after: &[Row]) -> Self {
        let (old, new) = (by_key(before), by_key(after));
        let removed = old.keys().filter(|key| !new.contains_key(*key));
        let put = new.iter().filter(|(key, rows)| old.get(*key) != Some(rows));
        Self {
            removed: removed.map(|key| (*key).to_owned()).collect(),
            put: put
                .flat_map(|(_, rows)| rows.iter().map(|row| (*row).clone()))
                .collect(),
        }
    }

    /// Whether both editions hold the same rows.
    pub fn is_empty(&self) -> bool {
        self.removed.is_empty() && self.put.is_empty()
    }

    /// The rows of the later edition, by key, those of one key in their order.
    ///
    /// # Errors
    /// When a row to take away is not there.
    pub fn apply(&self, before: &[Row]) -> Result<Vec<Row>, PatchError> {
        let mut rows = by_key(before);
        for key in &self.removed {
            if rows.remove(key.as_str()).is_none() {
                return Err(PatchError::NotThere(key.clone()));
            }
        }
        let fresh: BTreeSet<&str> = self.put.iter().map(|row| row.key.as_str()).collect();
        rows.retain(|key, _| !fresh.contains(key));
        for row in &self.put {
            rows.entry(&row.key).or_default().push(row);
        }
        Ok(rows.into_values().flatten().cloned().collect())
    }
}

fn by_key(rows: &[Row]) -> BTreeMap<&str, Vec<&Row>> {
    let mut by_key: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        by_key.entry(&row.key).or_default().push(row);
    }
    by_key
}
