//! Checking a whole store: every row and every edition hashed again, and the engine's own checks.

use crate::{
    Store, StoreError,
    catalogue::{self, Entry},
    connection::{self, Mode},
    content::EditionHasher,
    fault::Fault,
    layer, strips, tree,
};
use rusqlite::{Connection, types::ValueRef};
use serde::Serialize;
use territory::{FeatureContent, LayerKind, hex};

/// What a check found. Sentences are in Spanish: people read them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoreReport {
    /// Every edition, in the order of publication.
    pub editions: Vec<EditionReport>,
    /// What is wrong with rows, tables, indexes or references; empty in a sound store.
    pub problems: Vec<String>,
}

/// What a check found of an edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EditionReport {
    /// Its id.
    pub id: String,
    /// Features found.
    pub features: u64,
    /// The hash that the catalogue states.
    pub sha256: String,
    /// What is wrong; none when the content is what was published.
    pub problem: Option<String>,
}

impl StoreReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() && self.editions.iter().all(|edition| edition.problem.is_none())
    }
}

impl Store {
    /// Hashes every edition again and runs the engine's checks of integrity, references and R-trees. Reads the whole file.
    ///
    /// # Errors
    /// Only when the check cannot be made; damage found is in the report.
    pub fn check(&self) -> Result<StoreReport, StoreError> {
        let connection = connection::open(self.path(), Mode::Read)?;
        check(&connection).map_err(|fault| fault.at(self.path()))
    }
}

fn check(connection: &Connection) -> Result<StoreReport, Fault> {
    connection.execute_batch("BEGIN")?;
    let mut problems = engine_problems(connection)?;
    let entries = catalogue::entries(connection)?;
    let mut editions = Vec::with_capacity(entries.len());
    for kind in LayerKind::ALL.iter().copied() {
        if layer::exists(connection, kind)? {
            problems.extend(tree_problems(connection, kind));
            noted(&mut problems, row_problems(connection, kind), &layer::table(kind))?;
        }
    }
    for entry in &entries {
        editions.push(edition(connection, entry)?);
    }
    noted(&mut problems, strips::problems(connection), "tupu_strips")?;
    connection.execute_batch("COMMIT")?;
    Ok(StoreReport { editions, problems })
}

/// A table that the engine cannot read through is a problem to report, not the end of the check.
fn noted(problems: &mut Vec<String>, found: Result<Vec<String>, Fault>, table: &str) -> Result<(), Fault> {
    match found {
        Ok(found) => problems.extend(found),
        Err(Fault::Sql(error)) => problems.push(format!("{table}: {error}")),
        Err(other) => return Err(other),
    }
    Ok(())
}

fn engine_problems(connection: &Connection) -> Result<Vec<String>, Fault> {
    let mut problems = Vec::new();
    let integrity = connection.prepare("PRAGMA integrity_check").and_then(|mut statement| {
        statement
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()
    });
    match integrity {
        Ok(words) => problems.extend(
            words
                .into_iter()
                .filter(|word| word != "ok")
                .map(|word| format!("SQLite: {word}")),
        ),
        Err(error) => problems.push(format!("SQLite: {error}")),
    }
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (table, fid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        problems.push(format!(
            "{table}, fila {}: apunta a una fila que no está en {parent}",
            fid.unwrap_or_default()
        ));
    }
    Ok(problems)
}

fn tree_problems(connection: &Connection, kind: LayerKind) -> Vec<String> {
    let table = layer::table(kind);
    let tree = format!("rtree_{table}_geom");
    let verdict = connection
        .query_row("SELECT rtreecheck('main', ?1)", [&tree], |row| row.get::<_, String>(0))
        .map(|word| (word != "ok").then_some(word));
    let strays = connection
        .query_row(
            &format!("SELECT count(*) FROM \"{tree}\" WHERE id NOT IN (SELECT fid FROM \"{table}\")"),
            [],
            |row| row.get::<_, i64>(0),
        )
        .map(|strays| (strays > 0).then(|| format!("{strays} entradas sin su fila")));
    [verdict, strays]
        .into_iter()
        .filter_map(|found| found.unwrap_or_else(|error| Some(error.to_string())))
        .map(|problem| format!("{tree}: {problem}"))
        .collect()
}

/// Rows whose content is not what their hash says.
fn row_problems(connection: &Connection, kind: LayerKind) -> Result<Vec<String>, Fault> {
    let table = layer::table(kind);
    let mut problems = Vec::new();
    let mut statement = connection.prepare(&format!(
        "SELECT fid, key, attributes, source_fields, geom, home_zone, land, source_geom, content_sha256 FROM \"{table}\""
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let fid: i64 = row.get(0)?;
        let stated = row.get_ref(8)?;
        let hash = (|| {
            let content = FeatureContent {
                key: row.get_ref(1)?.as_str()?,
                attributes: row.get_ref(2)?.as_str()?,
                source_fields: row.get_ref(3)?.as_str()?,
                geom: row.get_ref(4)?.as_blob()?,
                home_zone: row.get(5)?,
                land: row.get_ref(6)?.as_blob_or_null()?,
                source_geom: row.get_ref(7)?.as_blob_or_null()?,
            };
            Ok::<_, rusqlite::Error>(content.hash())
        })();
        match (hash, stated) {
            (Ok(hash), ValueRef::Blob(stated)) if hash == stated => {}
            (Ok(_), _) => problems.push(format!("{table}, fila {fid}: el contenido no es el que se publicó")),
            (Err(error), _) => problems.push(format!("{table}, fila {fid}: {error}")),
        }
    }
    Ok(problems)
}

fn edition(connection: &Connection, entry: &Entry) -> Result<EditionReport, Fault> {
    let id = entry.meta.id.clone();
    let sha256 = entry.meta.sha256.clone();
    let (features, problem) = match hash_of(connection, entry) {
        Ok((features, _)) if features != entry.meta.counts.kept => (
            features,
            Some(format!(
                "tiene {features} elementos y su catálogo anuncia {}",
                entry.meta.counts.kept
            )),
        ),
        Ok((features, hash)) if hash != sha256 => (
            features,
            Some(format!("su SHA-256 es {hash} y su catálogo anuncia otro")),
        ),
        Ok((features, _)) => (features, root_problem(connection, entry)?),
        Err(Fault::Sql(error)) => (0, Some(error.to_string())),
        Err(other) => return Err(other),
    };
    Ok(EditionReport {
        id,
        features,
        sha256,
        problem,
    })
}

/// The tree over the features leads to the root that the catalogue states; a store of the first format states none.
fn root_problem(connection: &Connection, entry: &Entry) -> Result<Option<String>, Fault> {
    let Some(stated) = entry.root else {
        return Ok(None);
    };
    match tree::of_edition(connection, entry) {
        Ok(tree) if tree.root() == stated => Ok(None),
        Ok(tree) => Ok(Some(format!(
            "la raíz de su árbol es {} y su catálogo anuncia otra",
            hex(&tree.root())
        ))),
        Err(Fault::Damaged(detail)) => Ok(Some(detail)),
        Err(other) => Err(other),
    }
}

fn hash_of(connection: &Connection, entry: &Entry) -> Result<(u64, String), Fault> {
    let rows = layer::rows_of_edition(entry.meta.kind, "key, content_sha256");
    let mut statement = connection.prepare(&format!("SELECT content_sha256 FROM ({rows}) ORDER BY key"))?;
    let mut rows = statement.query([entry.series_id, entry.ordinal])?;
    let (mut features, mut hasher) = (0, EditionHasher::new());
    while let Some(row) = rows.next()? {
        let hash = row.get_ref(0)?;
        hasher.add(
            hash.as_blob()
                .map_err(|error| Fault::Damaged(format!("edición {}: {error}", entry.meta.id)))?,
        );
        features += 1;
    }
    Ok((features, hasher.finish()))
}
