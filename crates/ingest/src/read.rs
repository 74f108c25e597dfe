//! Reading a source: row by row out of GDAL, in batches through all processors, one by one into the store.

use crate::clean::{Cleaner, Prepared, Ready};
use crate::ledger::Ledger;
use crate::quality::Rejected;
use crate::row::RawRow;
use crate::{QualityReport, ReadError, Source, diagnose, format::Format, gdal_log};
use gdal::vector::LayerAccess;
use rayon::prelude::*;
use territory::{Counts, NewFeature};

/// Rows of a batch.
const BATCH_ROWS: usize = 4_096;
/// Bytes of geometry of a batch, whatever its rows: what bounds memory for layers of huge polygons.
const BATCH_BYTES: usize = 32 << 20;

/// What an import came to.
#[derive(Debug)]
pub struct Imported {
    /// Rows in, features out.
    pub counts: Counts,
    /// Everything that was found.
    pub quality: QualityReport,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Rows read so far.
    pub rows: u64,
    /// Rows in all, where that is known.
    pub of: Option<u64>,
}

/// Why the receiver of the features does not want more.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

impl Source {
    /// Reads every row and gives each feature to `sink`, in the order of the rows; `progress` is told after each batch.
    ///
    /// Memory holds a batch, the keys given out, the shapes for the overlaps within the layer up to a limit, and what the
    /// report lists; never the layer. A feature of several rows is given when its last row was read.
    ///
    /// # Errors
    /// When the source is damaged in the middle, nothing remains, or the sink refuses. Nothing must be published then.
    pub fn read(
        self,
        sink: &mut dyn FnMut(NewFeature) -> Result<(), SinkError>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Imported, ReadError> {
        let of = self.rows();
        let mut ledger = Ledger::new(&self);
        let mut read = 0;
        gdal_log::forget();
        let mut layer = self
            .dataset
            .layer(self.layer)
            .map_err(|error| self.damaged(0, &error.to_string()))?;
        let cleaner = self.cleaner();
        let mut features = layer.features();
        loop {
            let mut batch = Vec::new();
            let mut bytes = 0;
            while batch.len() < BATCH_ROWS && bytes < BATCH_BYTES {
                let Some(feature) = features.next() else { break };
                read += 1;
                let row = RawRow::taken_from(&feature, read, self.plan.columns.len(), true);
                bytes += row.wkb.as_ref().map_or(0, Vec::len);
                batch.push(row);
                if let Some(failure) = gdal_log::first_failure() {
                    return Err(self.damaged(read - 1, &failure));
                }
            }
            if batch.is_empty() {
                break;
            }
            settle(&mut ledger, &cleaner, batch, sink)?;
            progress(Progress { rows: read, of });
        }
        drop(features);
        if let Some(failure) = gdal_log::first_failure() {
            return Err(self.damaged(read, &failure));
        }
        if let Some(rows) = of
            && read < rows
        {
            return Err(self.damaged(read, &format!("se esperaban {rows} filas")));
        }
        ledger.close(&cleaner, read, sink)
    }

    fn damaged(&self, row: u64, said: &str) -> ReadError {
        let place = match self.format() {
            Format::GeoJson => diagnose::json_fault(&self.place.dataset),
            _ => None,
        };
        ReadError::Damaged {
            file: self.place.shown.clone(),
            row,
            detail: place.unwrap_or_else(|| said.to_owned()),
        }
    }
}

/// Cleans a batch on all processors, gives keys in order, locates the land on all processors, and hands over in order.
fn settle(
    ledger: &mut Ledger<'_>,
    cleaner: &Cleaner<'_>,
    batch: Vec<RawRow>,
    sink: &mut dyn FnMut(NewFeature) -> Result<(), SinkError>,
) -> Result<(), ReadError> {
    let prepared: Vec<Result<Prepared, Rejected>> = batch.into_par_iter().map(|row| cleaner.prepare(row)).collect();
    let mut keyed = Vec::with_capacity(prepared.len());
    for row in prepared {
        match row {
            Ok(row) => keyed.extend(ledger.admit(row)),
            Err(rejected) => ledger.reject(rejected),
        }
    }
    let ready: Vec<Result<Ready, Rejected>> = keyed
        .into_par_iter()
        .map(|(row, key)| cleaner.finish(row, key))
        .collect();
    ready.into_iter().try_for_each(|row| ledger.hand_over(row, sink))
}
