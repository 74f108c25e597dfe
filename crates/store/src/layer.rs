//! The table of a layer kind and the view of an edition.

use crate::{catalogue::Entry, fault::Fault};
use rusqlite::{Connection, params};
use territory::{EditionMeta, Extent, LayerKind};

/// The table that holds every edition of a kind: its id with underscores.
pub(crate) fn table(kind: LayerKind) -> String {
    kind.id().replace('-', "_")
}

/// Whether the table of a kind exists: it comes with the first edition of the kind.
pub(crate) fn exists(connection: &Connection, kind: LayerKind) -> Result<bool, Fault> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1")?;
    Ok(statement.exists([table(kind)])?)
}

/// Makes the table of a kind with its indexes and triggers, unless it is there.
pub(crate) fn ensure(connection: &Connection, kind: LayerKind) -> Result<(), Fault> {
    if !exists(connection, kind)? {
        connection.execute_batch(&include_str!("sql/layer.sql").replace("{table}", &table(kind)))?;
        triggers_on(connection, kind)?;
    }
    Ok(())
}

/// Puts the R-tree's triggers back.
pub(crate) fn triggers_on(connection: &Connection, kind: LayerKind) -> Result<(), Fault> {
    connection.execute_batch(&include_str!("sql/tree_triggers.sql").replace("{table}", &table(kind)))?;
    Ok(())
}

/// Takes the R-tree's triggers away until the end of the transaction: we do not trust the schema, so they cannot run.
pub(crate) fn triggers_off(connection: &Connection, kind: LayerKind) -> Result<(), Fault> {
    connection.execute_batch(&include_str!("sql/tree_triggers_off.sql").replace("{table}", &table(kind)))?;
    Ok(())
}

/// The rows of an edition: parameter 1 is the series, 2 the ordinal. Two ranges of one index, each in the order of the rows.
pub(crate) fn rows_of_edition(kind: LayerKind, columns: &str) -> String {
    let table = table(kind);
    format!(
        "SELECT {columns} FROM \"{table}\" INDEXED BY \"{table}_editions\"
           WHERE series_id = ?1 AND edition_to IS NULL AND edition_from <= ?2
         UNION ALL
         SELECT {columns} FROM \"{table}\" INDEXED BY \"{table}_editions\"
           WHERE series_id = ?1 AND edition_to > ?2 AND edition_from <= ?2"
    )
}

/// Makes the view of an edition, and registers it so that other programs list it.
pub(crate) fn register_view(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry {
        series_id,
        ordinal,
        meta,
        ..
    } = entry;
    let table = table(meta.kind);
    connection.execute_batch(&format!(
        "CREATE VIEW \"{id}\" AS
         SELECT fid, geom, key, name, attributes, source_fields, source_row FROM \"{table}\"
         WHERE series_id = {series_id} AND edition_from <= {ordinal} AND (edition_to IS NULL OR edition_to > {ordinal})",
        id = meta.id
    ))?;
    let [west, south, east, north] = sides(meta);
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, min_x, min_y, max_x, max_y, srs_id)
         VALUES (?1, 'features', ?2, ?3, ?4, ?5, ?6, ?7, ?8, 4326)",
        params![meta.id, format!("{} ({})", meta.title, meta.id), description(meta), moment(meta), west, south, east, north],
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'GEOMETRY', 4326, 0, 0)",
        [&meta.id],
    )?;
    connection.execute(
        "UPDATE gpkg_contents SET last_change = ?2,
           min_x = min(coalesce(min_x, ?3), coalesce(?3, min_x)), min_y = min(coalesce(min_y, ?4), coalesce(?4, min_y)),
           max_x = max(coalesce(max_x, ?5), coalesce(?5, max_x)), max_y = max(coalesce(max_y, ?6), coalesce(?6, max_y))
         WHERE table_name = ?1",
        params![table, moment(meta), west, south, east, north],
    )?;
    connection.execute(
        "UPDATE gpkg_contents SET last_change = ?1 WHERE table_name IN ('tupu_series', 'tupu_editions')",
        [moment(meta)],
    )?;
    Ok(())
}

/// The view's description, which other programs show.
pub(crate) fn description(meta: &EditionMeta) -> String {
    let synthetic = if meta.synthetic { "DATOS SINTÉTICOS. " } else { "" };
    let withdrawn = meta
        .withdrawn_at
        .map(|at| format!(" RETIRADA el {at}."))
        .unwrap_or_default();
    format!(
        "{synthetic}{}. Licencia: {}. Vigente desde {}.{withdrawn}",
        meta.source.trim_end_matches('.'),
        meta.licence.trim_end_matches('.'),
        meta.valid_from
    )
}

fn moment(meta: &EditionMeta) -> String {
    meta.published_at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

fn sides(meta: &EditionMeta) -> [Option<f64>; 4] {
    meta.extent.map_or([None; 4], |Extent(bounds)| bounds.map(Some))
}
