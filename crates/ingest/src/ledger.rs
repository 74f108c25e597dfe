//! Keeps account of an import: which row became what, in order.

use crate::clean::{Cleaner, Notes, Prepared, Ready};
use crate::keys::{Claim, Keys};
use crate::overlaps::Collected;
use crate::quality::{AreaDifference, NotUnderstood, Outside, QualityReport, Rejected, SharedKey, UnknownValue};
use crate::read::{Imported, SinkError};
use crate::unit_faults::Units;
use crate::{ReadError, Source};
use geo_types::{Geometry, GeometryCollection, MultiPolygon};
use std::collections::{BTreeMap, HashMap};
use territory::{LayerKind, NewFeature, Value};

/// Declared and measured areas may differ by this part before it is reported.
const AREA_TOLERANCE: f64 = 0.02;

/// Different unknown values that are told apart; the rest is counted together.
const DIFFERENT_VALUES: usize = 10_000;
const OTHER_VALUES: &str = "(otros valores, contados juntos)";

/// The account.
pub(crate) struct Ledger<'a> {
    source: &'a Source,
    quality: QualityReport,
    keys: Keys,
    /// Rows of features that are not complete yet, by key.
    waiting: HashMap<Box<str>, Joining>,
    /// Rows by our field and the source's word that no domain knows.
    unknown: BTreeMap<(String, String), u64>,
    shapes: Collected,
    units: Option<Units>,
}

/// A feature of several rows.
struct Joining {
    first: Prepared,
    rows: Vec<u64>,
    digests: Vec<u64>,
    differing: Vec<String>,
    left: u32,
}

impl<'a> Ledger<'a> {
    pub(crate) fn new(source: &'a Source) -> Self {
        Self {
            source,
            quality: QualityReport {
                reading: source.reading.clone(),
                ..QualityReport::default()
            },
            keys: Keys::default(),
            waiting: HashMap::new(),
            unknown: BTreeMap::new(),
            shapes: Collected::new(source.described.kind),
            units: (source.described.kind == LayerKind::HydrographicUnits).then(|| Units::new(&source.profile.shores)),
        }
    }

    /// Lists a row that is left out; a feature that waited for it waits no longer for it.
    pub(crate) fn reject(&mut self, rejected: Rejected) {
        self.quality.counts.rejected += 1;
        if let Some(id) = &rejected.id
            && let Some(joining) = self.waiting.get_mut(id.as_str())
        {
            joining.left = joining.left.saturating_sub(1);
        }
        self.quality.rejected.add(rejected);
    }

    /// Gives a row its key. Nothing comes back for a row that is a copy or part of a feature that is not complete.
    pub(crate) fn admit(&mut self, mut row: Prepared) -> Option<(Prepared, String)> {
        let notes = std::mem::take(&mut row.notes);
        let shown = row.id.clone().unwrap_or_else(|| format!("fila {}", row.row));
        self.note(&notes, row.row, &shown);
        if let Some(rows) = row
            .id
            .as_ref()
            .and_then(|id| self.source.shared.get(id.as_str()).copied())
        {
            return self.join(row, rows);
        }
        let (number, digest) = (row.row, row.digest);
        match self.keys.claim(row.id.as_deref(), digest, number) {
            Claim::Own(key) => Some((row, key)),
            Claim::Suffixed { key, first_row } => {
                let shared = row.id.clone().unwrap_or_else(|| key.clone());
                self.quality.shared_keys.add(SharedKey {
                    key: shared,
                    rows: vec![first_row, number],
                    action: format!("se conservan como elementos distintos; la fila {number} recibe la clave «{key}»"),
                    differing: Vec::new(),
                });
                Some((row, key))
            }
            Claim::Copy { of_row } => {
                self.reject(Rejected {
                    row: number,
                    id: row.id,
                    field: "*".to_owned(),
                    reason: format!("es una copia exacta de la fila {of_row}"),
                    mend: "quite la fila repetida de la fuente".to_owned(),
                });
                None
            }
        }
    }

    fn join(&mut self, row: Prepared, rows: u32) -> Option<(Prepared, String)> {
        let key = row.id.clone()?;
        match self.waiting.get_mut(key.as_str()) {
            None => {
                let joining = Joining {
                    rows: vec![row.row],
                    digests: vec![row.digest],
                    differing: Vec::new(),
                    left: rows - 1,
                    first: row,
                };
                self.waiting.insert(key.clone().into_boxed_str(), joining);
            }
            Some(joining) if joining.digests.contains(&row.digest) => {
                joining.left = joining.left.saturating_sub(1);
                let of_row = joining.rows[joining.digests.iter().position(|digest| *digest == row.digest)?];
                self.quality.counts.rejected += 1;
                self.quality.rejected.add(Rejected {
                    row: row.row,
                    id: row.id,
                    field: "*".to_owned(),
                    reason: format!("es una copia exacta de la fila {of_row}"),
                    mend: "quite la fila repetida de la fuente".to_owned(),
                });
            }
            Some(joining) => joining.take(row, &self.source.profile.summed_when_joined),
        }
        let complete = self.waiting.get(key.as_str()).is_some_and(|joining| joining.left == 0);
        complete.then(|| self.complete(&key)).flatten()
    }

    /// Takes a feature of several rows out of the waiting ones.
    fn complete(&mut self, key: &str) -> Option<(Prepared, String)> {
        let joining = self.waiting.remove(key)?;
        if joining.rows.len() > 1 {
            self.quality.joined_rows += joining.rows.len() as u64 - 1;
            self.quality.shared_keys.add(SharedKey {
                key: key.to_owned(),
                action: "son partes de un mismo elemento y se unieron".to_owned(),
                rows: joining.rows,
                differing: joining.differing,
            });
        }
        Some((joining.first, key.to_owned()))
    }

    fn note(&mut self, notes: &Notes, row: u64, key: &str) {
        let columns = &self.source.plan.columns;
        for &column in &notes.values.mojibake {
            *self.quality.mojibake.entry(columns[column].clone()).or_default() += 1;
        }
        for &column in &notes.values.lost {
            *self.quality.lost_characters.entry(columns[column].clone()).or_default() += 1;
        }
        for (field, value) in &notes.values.unknown {
            let pair = (field.clone(), value.clone());
            let full = self.unknown.len() >= DIFFERENT_VALUES && !self.unknown.contains_key(&pair);
            let pair = if full {
                (field.clone(), OTHER_VALUES.to_owned())
            } else {
                pair
            };
            *self.unknown.entry(pair).or_default() += 1;
        }
        for (field, value) in &notes.values.not_understood {
            let (key, field, value) = (key.to_owned(), field.clone(), value.clone());
            self.quality
                .not_understood
                .add(NotUnderstood { row, key, field, value });
        }
        for field in &notes.values.lists {
            *self.quality.lists.entry(field.clone()).or_default() += 1;
        }
        for note in &notes.geometry {
            *self.quality.geometry_notes.entry((*note).to_owned()).or_default() += 1;
        }
        if notes.numeric_code
            && let Some(units) = &mut self.units
        {
            units.add_number(row);
        }
        if let Some(abroad) = notes.abroad {
            self.quality.outside.add(Outside {
                row,
                key: key.to_owned(),
                vertex: abroad.vertex,
                lon: abroad.at.x,
                lat: abroad.at.y,
                vertices_outside: abroad.count,
            });
        }
    }

    /// Counts a feature and gives it to the sink.
    pub(crate) fn hand_over(
        &mut self,
        row: Result<Ready, Rejected>,
        sink: &mut dyn FnMut(NewFeature) -> Result<(), SinkError>,
    ) -> Result<(), ReadError> {
        let ready = match row {
            Ok(ready) => ready,
            Err(rejected) => {
                self.reject(rejected);
                return Ok(());
            }
        };
        let feature = &ready.feature.feature;
        self.quality.counts.kept += 1;
        self.quality.counts.repaired += u64::from(!ready.repairs.is_empty());
        ready
            .repairs
            .iter()
            .for_each(|repair| self.quality.repairs.add(repair.clone()));
        for turned in &ready.turned {
            self.quality.turned_rings.add(turned.clone());
        }
        if let (Some(home), Some(land)) = (ready.home, &feature.land) {
            *self.quality.zones.entry(home.number()).or_default() += 1;
            self.shapes.add(&feature.key, home, &land.shape);
        }
        if let Some(units) = &mut self.units {
            units.add(feature);
        }
        if let (Some(declared), Some(measured)) = (feature.attributes.number("declared_ha"), ready.measured)
            && declared > 0.0
        {
            self.quality.areas_compared += 1;
            let difference = (measured.0 - declared) / declared;
            if difference.abs() > AREA_TOLERANCE {
                self.quality.area_differences.add(AreaDifference {
                    row: feature.source_row,
                    key: feature.key.clone(),
                    name: feature.attributes.text("name").map(str::to_owned),
                    declared_ha: declared,
                    measured_ha: measured.0,
                    difference,
                });
            }
        }
        sink(ready.feature).map_err(ReadError::Sink)
    }

    /// Hands over what still waits, measures the overlaps and closes the report.
    pub(crate) fn close(
        mut self,
        cleaner: &Cleaner<'_>,
        read: u64,
        sink: &mut dyn FnMut(NewFeature) -> Result<(), SinkError>,
    ) -> Result<Imported, ReadError> {
        let mut late: Vec<(u64, Box<str>)> = self
            .waiting
            .iter()
            .map(|(key, joining)| (joining.first.row, key.clone()))
            .collect();
        late.sort();
        for (_, key) in late {
            if let Some((row, key)) = self.complete(&key) {
                self.hand_over(cleaner.finish(row, key), sink)?;
            }
        }
        let unknown = std::mem::take(&mut self.unknown);
        let unknown = unknown
            .into_iter()
            .map(|((field, value), rows)| UnknownValue { field, value, rows });
        self.quality.unknown_values = unknown.collect();
        self.quality
            .unknown_values
            .sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.value.cmp(&b.value)));
        self.quality.rejected.items.sort_by_key(|rejected| rejected.row);
        self.quality.counts.read = read;
        self.quality.overlaps = self.shapes.measure();
        self.quality.units = self.units.map(Units::judge);
        let (counts, quality) = (self.quality.counts, self.quality);
        if counts.kept == 0 {
            return Err(ReadError::NothingRemains {
                read,
                quality: Box::new(quality),
            });
        }
        Ok(Imported { counts, quality })
    }
}

impl Joining {
    /// Adds the land of another row, and says where the rows differ.
    fn take(&mut self, row: Prepared, summed: &[String]) {
        self.left = self.left.saturating_sub(1);
        self.rows.push(row.row);
        self.digests.push(row.digest);
        for (field, value) in row.attributes.0 {
            let mine = self.first.attributes.0.get(&field);
            let total = match (mine, &value) {
                (Some(Value::Real(a)), Value::Real(b)) if summed.contains(&field) => Some(Value::Real(a + b)),
                (Some(Value::Integer(a)), Value::Integer(b)) if summed.contains(&field) => Some(Value::Integer(a + b)),
                (None, _) => Some(value.clone()),
                _ => None,
            };
            if mine.is_some_and(|mine| *mine != value) && total.is_none() && !self.differing.contains(&field) {
                self.differing.push(field.clone());
            }
            if let Some(total) = total {
                self.first.attributes.set(&field, total);
            }
        }
        let unclosed = row.unclosed.into_iter().map(|part| part + parts(&self.first.lonlat));
        self.first.unclosed.extend(unclosed);
        put_together(&mut self.first.lonlat, row.lonlat);
        put_together(&mut self.first.source, row.source);
    }
}

fn parts(geometry: &Geometry<f64>) -> usize {
    match geometry {
        Geometry::MultiPolygon(land) => land.0.len(),
        _ => 1,
    }
}

fn put_together(first: &mut Geometry<f64>, second: Geometry<f64>) {
    let whole = std::mem::replace(first, Geometry::GeometryCollection(GeometryCollection(Vec::new())));
    *first = match (whole, second) {
        (Geometry::MultiPolygon(mut a), Geometry::MultiPolygon(b)) => {
            a.0.extend(b.0);
            Geometry::MultiPolygon(MultiPolygon(a.0))
        }
        (Geometry::GeometryCollection(mut all), second) => {
            all.0.push(second);
            Geometry::GeometryCollection(all)
        }
        (first, second) => Geometry::GeometryCollection(GeometryCollection(vec![first, second])),
    };
}
