//! The authenticated tree over the features of an edition, made from their rows.

use crate::{
    catalogue::{self, Entry},
    fault::Fault,
    layer, wkb,
};
use rusqlite::{Connection, Rows};
use territory::{Leaf, MerkleTree};

/// The tree of what is staged.
pub(crate) fn staged(connection: &Connection) -> Result<MerkleTree, Fault> {
    let mut statement = connection.prepare("SELECT content_sha256, substr(geom, 1, 40) FROM temp.staged")?;
    of_rows(statement.query([])?)
}

/// The tree of a published edition.
pub(crate) fn of_edition(connection: &Connection, entry: &Entry) -> Result<MerkleTree, Fault> {
    let rows = layer::rows_of_edition(entry.meta.kind, "content_sha256, substr(geom, 1, 40)");
    let mut statement = connection.prepare_cached(&rows)?;
    of_rows(statement.query([entry.series_id, entry.ordinal])?)
}

fn of_rows(mut rows: Rows<'_>) -> Result<MerkleTree, Fault> {
    let mut leaves = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged =
            |what: &dyn std::fmt::Display| Fault::Damaged(format!("una fila sin su huella o su recuadro: {what}"));
        let content = row.get_ref(0)?.as_blob().map_err(|error| damaged(&error))?;
        let geom = row.get_ref(1)?.as_blob().map_err(|error| damaged(&error))?;
        leaves.push(Leaf {
            content: content.try_into().map_err(|error| damaged(&error))?,
            bounds: wkb::blob_envelope(geom).map_err(|error| damaged(&error))?,
        });
    }
    Ok(MerkleTree::of(leaves))
}

/// Gives the editions of a store of the first format their roots.
pub(crate) fn add_roots(connection: &Connection) -> Result<(), Fault> {
    if !catalogue::has_roots(connection)? {
        connection.execute_batch("ALTER TABLE tupu_editions ADD COLUMN root TEXT")?;
        for entry in catalogue::entries(connection)? {
            let root = of_edition(connection, &entry)?.root();
            catalogue::set_root(connection, entry.number, &root)?;
        }
    }
    Ok(())
}
