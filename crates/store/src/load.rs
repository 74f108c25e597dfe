//! Reading the features of an edition: one thread reads the file in order, all of them decode.

use crate::{
    Edition,
    catalogue::Entry,
    fault::Fault,
    layer,
    row::{COLUMNS, Placed, RawRow},
    tree,
};
use rayon::prelude::*;
use rusqlite::Connection;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

const BATCH_BYTES: usize = 4 << 20;
const BATCHES_WAITING: usize = 4;
/// Memory of a decoded feature beyond the bytes of its row, about: maps, strings, boxes.
const FEATURE_OVERHEAD: usize = 600;

/// The edition with its features, indexed.
pub(crate) fn edition(connection: &Connection, entry: &Entry) -> Result<Edition, Fault> {
    let table = layer::table(entry.meta.kind);
    let (sender, receiver) = sync_channel(BATCHES_WAITING);
    let (read, decoded) = std::thread::scope(|scope| {
        let decoding = scope.spawn(|| decode(receiver, &table));
        let read = read(connection, entry, &sender);
        drop(sender);
        (read, decoding.join())
    });
    let bytes = read?;
    let placed = decoded.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
    if placed.len() as u64 != entry.meta.counts.kept {
        return Err(Fault::Damaged(format!(
            "la edición {} tiene {} elementos y su catálogo anuncia {}",
            entry.meta.id,
            placed.len(),
            entry.meta.counts.kept
        )));
    }
    let bytes = 2 * bytes + FEATURE_OVERHEAD * placed.len();
    let root = match entry.root {
        Some(root) => root,
        None => tree::of_edition(connection, entry)?.root(),
    };
    Ok(Edition::from_placed(entry.meta.clone(), placed, bytes).with_root(root))
}

fn read(connection: &Connection, entry: &Entry, batches: &SyncSender<Vec<RawRow>>) -> Result<usize, Fault> {
    let mut statement = connection.prepare_cached(&layer::rows_of_edition(entry.meta.kind, COLUMNS))?;
    let mut rows = statement.query([entry.series_id, entry.ordinal])?;
    let (mut batch, mut weight, mut total) = (Vec::new(), 0, 0);
    while let Some(row) = rows.next()? {
        let row = RawRow::read(row)?;
        weight += row.weight();
        batch.push(row);
        if weight >= BATCH_BYTES {
            total += std::mem::take(&mut weight);
            if batches.send(std::mem::take(&mut batch)).is_err() {
                return Ok(total); // The decoder found damage and says so itself.
            }
        }
    }
    batches.send(batch).ok();
    Ok(total + weight)
}

fn decode(batches: Receiver<Vec<RawRow>>, table: &str) -> Result<Vec<Placed>, Fault> {
    let mut placed = Vec::new();
    for batch in batches {
        let decoded: Result<Vec<Placed>, Fault> = batch.into_par_iter().map(|row| row.decode(table)).collect();
        placed.append(&mut decoded?);
    }
    Ok(placed)
}
