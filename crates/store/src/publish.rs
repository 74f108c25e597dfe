//! The one transaction that turns a staged draft into an edition.

use crate::{
    DraftEdition, StoreError,
    catalogue::{self, Entry},
    connection::{Turn, begin_writing},
    content::EditionHasher,
    fault::Fault,
    layer, strips, tree,
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};
use std::path::Path;
use territory::{Counts, EditionMeta, Extent, Hash};

const CLOCK_SLACK: SignedDuration = SignedDuration::from_mins(10);
const TICK: SignedDuration = SignedDuration::from_micros(1);

/// What is known once every feature is staged.
pub(crate) struct Content {
    pub counts: Counts,
    pub quality: serde_json::Value,
    pub published_at: Timestamp,
    pub extent: Option<Extent>,
}

/// What stands for the features staged.
struct Hashes {
    sha256: String,
    root: Hash,
}

/// Publishes what `connection` has staged. On an error the transaction is rolled back.
pub(crate) fn publish(
    connection: &Connection,
    path: &Path,
    turn: &mut Turn<'_>,
    edition: DraftEdition,
    content: Content,
) -> Result<EditionMeta, Fault> {
    connection.execute_batch("COMMIT")?;
    let hashes = Hashes {
        sha256: staged_hash(connection)?,
        root: tree::staged(connection)?.root(),
    };
    begin_writing(connection, path, turn)?;
    let published = write(connection, path, edition, content, hashes).and_then(|meta| {
        connection.execute_batch("COMMIT")?;
        Ok(meta)
    });
    match published {
        Ok(meta) => {
            // The log goes back into the file where nobody reads it; if somebody does, a later checkpoint will.
            connection
                .query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
                .ok();
            Ok(meta)
        }
        Err(fault) => {
            if !connection.is_autocommit() {
                connection.execute_batch("ROLLBACK").ok();
            }
            Err(fault)
        }
    }
}

fn write(
    connection: &Connection,
    path: &Path,
    edition: DraftEdition,
    content: Content,
    Hashes { sha256, root }: Hashes,
) -> Result<EditionMeta, Fault> {
    let published_at = after_the_newest(connection, path, content.published_at)?;
    let kind = edition.kind;
    layer::ensure(connection, kind)?;
    let series = catalogue::series_of(connection, kind, &edition.series)?;
    let ordinal = catalogue::next_ordinal(connection, series.series_id)?;
    let meta = EditionMeta {
        id: format!("{}-{ordinal}", series.slug),
        kind,
        series: series.series,
        title: edition.title,
        source: edition.source,
        licence: edition.licence,
        visibility: edition.visibility,
        valid_from: edition.valid_from,
        valid_until: edition.valid_until,
        published_at,
        withdrawn_at: None,
        scale_denominator: edition.scale_denominator,
        sigma_m: edition.sigma_m,
        coverage: edition.coverage,
        crs: edition.crs,
        operation: edition.operation,
        counts: content.counts,
        extent: content.extent,
        sha256,
        synthetic: edition.synthetic,
        quality: content.quality,
    };
    layer::triggers_off(connection, kind)?;
    move_rows(connection, &layer::table(kind), series.series_id, ordinal)?;
    layer::triggers_on(connection, kind)?;
    strips::publish(connection)?;
    let mut entry = Entry {
        number: 0,
        root: Some(root),
        series_id: series.series_id,
        ordinal,
        meta,
    };
    catalogue::insert(connection, &entry)?;
    entry.number = connection.last_insert_rowid();
    layer::register_view(connection, &entry)?;
    catalogue::raise_generation(connection)?;
    Ok(entry.meta)
}

/// Closes the rows that the new edition no longer has, and adds those that it has and the one before had not.
fn move_rows(connection: &Connection, table: &str, series_id: i64, ordinal: i64) -> Result<(), Fault> {
    connection.execute(
        &format!(
            "UPDATE \"{table}\" SET edition_to = ?2 WHERE series_id = ?1 AND edition_to IS NULL AND NOT EXISTS (
               SELECT 1 FROM temp.staged s WHERE s.key = \"{table}\".key AND s.content_sha256 = \"{table}\".content_sha256)"
        ),
        params![series_id, ordinal],
    )?;
    connection.execute(
        &format!(
            "INSERT INTO \"{table}\" (key, series_id, edition_from, name, source_row, home_zone, content_sha256, attributes,
               source_fields, geom, land, source_geom)
             SELECT s.key, ?1, ?2, s.name, s.source_row, s.home_zone, s.content_sha256, s.attributes, s.source_fields, s.geom,
               s.land, s.source_geom
             FROM temp.staged s WHERE NOT EXISTS (
               SELECT 1 FROM \"{table}\" t WHERE t.series_id = ?1 AND t.key = s.key AND t.edition_to IS NULL)
             ORDER BY s.stage"
        ),
        params![series_id, ordinal],
    )?;
    connection.execute(
        &format!(
            "INSERT INTO \"rtree_{table}_geom\"
             SELECT fid, ST_MinX(geom), ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom)
             FROM \"{table}\" INDEXED BY \"{table}_editions\"
             WHERE series_id = ?1 AND edition_to IS NULL AND edition_from = ?2 AND NOT ST_IsEmpty(geom)"
        ),
        params![series_id, ordinal],
    )?;
    Ok(())
}

fn staged_hash(connection: &Connection) -> Result<String, Fault> {
    let mut hasher = EditionHasher::new();
    let mut statement = connection.prepare("SELECT content_sha256 FROM temp.staged ORDER BY key")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        hasher.add(
            row.get_ref(0)?
                .as_blob()
                .map_err(|error| Fault::Damaged(error.to_string()))?,
        );
    }
    Ok(hasher.finish())
}

/// Whoever queued behind another publication took the time before it: dated right after. A clock far behind is refused.
fn after_the_newest(connection: &Connection, path: &Path, given: Timestamp) -> Result<Timestamp, Fault> {
    let Some(newest) = catalogue::newest(connection)?.map(|entry| entry.meta.published_at) else {
        return Ok(given);
    };
    if given > newest {
        return Ok(given);
    }
    if newest.duration_since(given) > CLOCK_SLACK {
        return Err(StoreError::ClockWentBack {
            path: path.to_path_buf(),
            given,
            newest,
        }
        .into());
    }
    newest
        .checked_add(TICK)
        .map_err(|error| Fault::Damaged(error.to_string()))
}
