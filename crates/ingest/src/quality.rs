//! The quality report of an import: what came in, what came out, and everything that was found on the way.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use territory::{Counts, RepairKind};

/// The entries of one list that are kept; the count goes on beyond it and both renderings say so.
pub const LISTED_AT_MOST: usize = 100_000;

/// A list that always says how many there were.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed<T> {
    /// How many there were.
    pub total: u64,
    /// The first of them, all unless there were more than [`LISTED_AT_MOST`].
    pub items: Vec<T>,
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self {
            total: 0,
            items: Vec::new(),
        }
    }
}

impl<T> Listed<T> {
    /// Adds an entry; it is counted even where it is not kept.
    pub fn add(&mut self, item: T) {
        self.total += 1;
        if self.items.len() < LISTED_AT_MOST {
            self.items.push(item);
        }
    }

    /// How many were counted but not kept.
    pub fn not_listed(&self) -> u64 {
        self.total - self.items.len() as u64
    }

    /// Whether there was none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }
}

/// A row that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Row of the source, 1 for the first.
    pub row: u64,
    /// The row's id, where it has one.
    pub id: Option<String>,
    /// The field at fault; `geometry` for the geometry.
    pub field: String,
    /// Why, in Spanish.
    pub reason: String,
    /// What to do, in Spanish.
    pub mend: String,
}

/// A repair of a feature's geometry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mended {
    /// Row of the source.
    pub row: u64,
    /// The feature's key.
    pub key: String,
    /// What was done.
    pub kind: RepairKind,
    /// The part of the geometry, 1 for the first.
    pub part: usize,
    /// How many points or rings it concerned.
    pub count: usize,
    /// UTM hectares before.
    pub area_before_ha: f64,
    /// UTM hectares after.
    pub area_after_ha: f64,
}

/// A feature whose declared area is not what its polygon measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaDifference {
    /// Row of the source.
    pub row: u64,
    /// The feature's key.
    pub key: String,
    /// Its name.
    pub name: Option<String>,
    /// Hectares as the source declares them.
    pub declared_ha: f64,
    /// UTM hectares measured in the home zone.
    pub measured_ha: f64,
    /// Measured less declared, as a part of declared.
    pub difference: f64,
}

/// Two features of the layer that cover the same land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedLand {
    /// Key of the first.
    pub a: String,
    /// Key of the second.
    pub b: String,
    /// UTM hectares of the overlap.
    pub hectares: f64,
}

/// Overlaps within the layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct InnerOverlaps {
    /// False where the layer is too large for it, or no layer of land; then nothing else here says anything.
    pub measured: bool,
    /// Why it was not measured, in Spanish.
    pub why_not: Option<String>,
    /// Pairs that share land.
    pub pairs: u64,
    /// Sum of the pairs' hectares.
    pub hectares: f64,
    /// Pairs below this many hectares are counted, not listed.
    pub listed_from_ha: f64,
    /// Pairs below that.
    pub small_pairs: u64,
    /// The pairs from there on; empty for mining rights, whose overlaps are ordinary.
    pub list: Listed<SharedLand>,
}

/// A feature that lies partly outside of Peru.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outside {
    /// Row of the source.
    pub row: u64,
    /// The feature's key.
    pub key: String,
    /// The first vertex outside, 1 for the first of the geometry.
    pub vertex: usize,
    /// Its longitude in degrees.
    pub lon: f64,
    /// Its latitude in degrees.
    pub lat: f64,
    /// How many of its vertices lie outside.
    pub vertices_outside: usize,
}

/// A value that no domain knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownValue {
    /// Our field.
    pub field: String,
    /// The source's word.
    pub value: String,
    /// Rows with it.
    pub rows: u64,
}

/// A value that could not be read as what its field is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotUnderstood {
    /// Row of the source.
    pub row: u64,
    /// The row's key.
    pub key: String,
    /// Our field.
    pub field: String,
    /// The source's text.
    pub value: String,
}

/// Rows that had the same key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedKey {
    /// The key.
    pub key: String,
    /// The rows.
    pub rows: Vec<u64>,
    /// What was done, in Spanish.
    pub action: String,
    /// Our fields in which they differ.
    pub differing: Vec<String>,
}

/// A fault of the codes of official units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeFault {
    /// Rows of the source, 1 for the first; none where the fault is of the layer.
    pub rows: Vec<u64>,
    /// The field of the source that has to be mended.
    pub field: String,
    /// What is wrong and how to mend it, in Spanish.
    pub finding: String,
}

/// Land of official units that does not fit their codes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroundFault {
    /// Codes of the units; none where ground lies open between them.
    pub codes: Vec<String>,
    /// UTM hectares in doubt, where it is ground.
    pub hectares: Option<f64>,
    /// What is wrong and how to mend it, in Spanish.
    pub finding: String,
}

/// A layer of official hydrographic units against its own codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitsQuality {
    /// Units with a code of their own.
    pub units: u64,
    /// Of them those that are not divided in the layer: water flows between these.
    pub finest: u64,
    /// Faults of the codes.
    pub codes: Listed<CodeFault>,
    /// The UTM zone in whose plane land was compared; none where it was not.
    pub zone: Option<u8>,
    /// Why land was not compared with codes, in Spanish.
    pub why_not: Option<String>,
    /// Overlaps and gaps that are smaller are two drawings of one line, and are not listed.
    pub listed_from_ha: f64,
    /// Nor are those that are thinner.
    pub listed_from_m: f64,
    /// Faults of the land.
    pub land: Listed<GroundFault>,
}

/// Where the data came from and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The file's name, without its folder; for a database its name without password.
    pub file: String,
    /// The format: `GeoJSON`, `ESRI Shapefile`.
    pub format: String,
    /// The layer's name in the source.
    pub table: String,
    /// The profile.
    pub profile: String,
    /// The text encoding where the source does not fix it.
    pub encoding: Option<String>,
    /// The CRS of the source.
    pub crs: String,
    /// The datum operation and its accuracy.
    pub operation: String,
    /// Remarks, in Spanish.
    pub notes: Vec<String>,
}

/// Everything that an import found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QualityReport {
    /// How the source was read.
    pub reading: Reading,
    /// Rows in, features out.
    pub counts: Counts,
    /// Rows that became parts of another row's feature.
    pub joined_rows: u64,
    /// Rows left out.
    pub rejected: Listed<Rejected>,
    /// Repairs of geometry.
    pub repairs: Listed<Mended>,
    /// Features whose rings ran the other way round (as shapefiles do) and were turned; no land changed.
    pub turned_rings: Listed<Mended>,
    /// Declared and measured areas that differ beyond 2 %.
    pub area_differences: Listed<AreaDifference>,
    /// Features with a declared area that was compared.
    pub areas_compared: u64,
    /// Overlaps within the layer.
    pub overlaps: InnerOverlaps,
    /// Official hydrographic units against their codes; absent for other layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<UnitsQuality>,
    /// Features partly outside of Peru.
    pub outside: Listed<Outside>,
    /// Values that no domain knows, most rows first.
    pub unknown_values: Vec<UnknownValue>,
    /// Dates and numbers that were not understood.
    pub not_understood: Listed<NotUnderstood>,
    /// Keys that several rows have.
    pub shared_keys: Listed<SharedKey>,
    /// Repaired texts by source field.
    pub mojibake: BTreeMap<String, u64>,
    /// Texts with characters lost before they came here (`�`), by source field.
    pub lost_characters: BTreeMap<String, u64>,
    /// Fields with several values in one, by our field.
    pub lists: BTreeMap<String, u64>,
    /// Features by home zone (17, 18, 19).
    pub zones: BTreeMap<u8, u64>,
    /// What was accepted although it is not plain: heights dropped, collections taken apart.
    pub geometry_notes: BTreeMap<String, u64>,
}

impl QualityReport {
    /// The report as JSON, for the edition's catalogue entry and `--json`.
    ///
    /// # Panics
    /// Never: a report holds nothing that JSON cannot say.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::to_value(self).expect("a report holds nothing but finite numbers, texts and lists")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_counts_beyond_what_it_keeps() {
        let mut list = Listed::default();
        (0..LISTED_AT_MOST as u64 + 5).for_each(|n| list.add(n));
        assert_eq!((list.total, list.not_listed()), (LISTED_AT_MOST as u64 + 5, 5));
    }
}
