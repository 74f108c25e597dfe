//! The catalogue's rows: series and editions.

use crate::fault::Fault;
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;
use std::{fmt::Display, str::FromStr};
use territory::{Counts, EditionMeta, Extent, Hash, LayerKind, Operation, Series, Visibility, hex, unhex};

/// An edition and where its rows are.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Of `tupu_editions`: grows with every publication of the store.
    pub number: i64,
    pub series_id: i64,
    /// From 1 inside the series, in the order of publication.
    pub ordinal: i64,
    /// Root of the tree over its features; none in a store of the first format.
    pub root: Option<Hash>,
    pub meta: EditionMeta,
}

/// A series that is in the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct SeriesEntry {
    pub series_id: i64,
    pub slug: String,
    /// The names as they were first given.
    pub series: Series,
}

const COLUMNS: &str = " e.edition_no, e.series_id, e.ordinal, e.edition, s.kind, s.publisher, s.territory, e.title, e.source, e.licence,
      e.visibility, e.valid_from, e.valid_until, e.published_at, e.withdrawn_at, e.scale_denominator, e.sigma_m, e.coverage,
      e.crs, e.operation_id, e.operation_accuracy_m, e.rows_read, e.kept, e.rejected, e.repaired,
      e.west, e.south, e.east, e.north, e.sha256, e.synthetic, e.quality";

/// The query for entries, with the end that says which. The first format has no roots.
fn select(connection: &Connection, end: &str) -> Result<String, Fault> {
    let root = if has_roots(connection)? {
        "e.root"
    } else {
        "NULL AS root"
    };
    Ok(format!(
        "SELECT {COLUMNS}, {root} FROM tupu_editions e JOIN tupu_series s USING (series_id) {end}"
    ))
}

/// Whether the catalogue has the column of roots.
pub(crate) fn has_roots(connection: &Connection) -> Result<bool, Fault> {
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM pragma_table_info('tupu_editions') WHERE name = 'root'")?;
    Ok(statement.exists([])?)
}

/// Enters the root of an edition that was published before roots were kept.
pub(crate) fn set_root(connection: &Connection, number: i64, root: &Hash) -> Result<(), Fault> {
    connection.execute(
        "UPDATE tupu_editions SET root = ?2 WHERE edition_no = ?1",
        params![number, hex(root)],
    )?;
    Ok(())
}

/// Every edition, in the order of publication.
pub(crate) fn entries(connection: &Connection) -> Result<Vec<Entry>, Fault> {
    let mut statement = connection.prepare_cached(&select(connection, "ORDER BY e.edition_no")?)?;
    let mut rows = statement.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

/// The edition of that id.
pub(crate) fn entry_of(connection: &Connection, id: &str) -> Result<Option<Entry>, Fault> {
    let mut statement = connection.prepare_cached(&select(connection, "WHERE e.edition = ?1")?)?;
    let mut rows = statement.query([id])?;
    rows.next()?.map(entry).transpose()
}

/// The newest edition of the store.
pub(crate) fn newest(connection: &Connection) -> Result<Option<Entry>, Fault> {
    let mut statement = connection.prepare_cached(&select(connection, "ORDER BY e.edition_no DESC LIMIT 1")?)?;
    let mut rows = statement.query([])?;
    rows.next()?.map(entry).transpose()
}

/// The counter that every publication and withdrawal raises.
pub(crate) fn generation(connection: &Connection) -> Result<u64, Fault> {
    let mut statement = connection.prepare_cached("SELECT value FROM tupu_meta WHERE name = 'generation'")?;
    let value: i64 = statement.query_row([], |row| row.get(0))?;
    Ok(value.cast_unsigned())
}

/// Raises the counter by one.
pub(crate) fn raise_generation(connection: &Connection) -> Result<(), Fault> {
    connection.execute("UPDATE tupu_meta SET value = value + 1 WHERE name = 'generation'", [])?;
    Ok(())
}

/// Finds the series by the slugs of its names, or enters it.
pub(crate) fn series_of(connection: &Connection, kind: LayerKind, series: &Series) -> Result<SeriesEntry, Fault> {
    let publisher_slug = crate::slug::slug(&series.publisher);
    let territory_slug = crate::slug::slug(&series.territory);
    let found = connection.query_row(
        "SELECT series_id, slug, publisher, territory FROM tupu_series
         WHERE kind = ?1 AND publisher_slug = ?2 AND territory_slug = ?3",
        params![kind.id(), publisher_slug, territory_slug],
        |row| {
            let series = Series {
                publisher: row.get(2)?,
                territory: row.get(3)?,
            };
            Ok(SeriesEntry {
                series_id: row.get(0)?,
                slug: row.get(1)?,
                series,
            })
        },
    );
    match found {
        Err(rusqlite::Error::QueryReturnedNoRows) => {}
        other => return Ok(other?),
    }
    let slug = free_slug(connection, &format!("{}-{publisher_slug}-{territory_slug}", kind.id()))?;
    connection.execute(
        "INSERT INTO tupu_series (kind, publisher, territory, publisher_slug, territory_slug, slug)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            kind.id(),
            series.publisher,
            series.territory,
            publisher_slug,
            territory_slug,
            slug
        ],
    )?;
    Ok(SeriesEntry {
        series_id: connection.last_insert_rowid(),
        slug,
        series: series.clone(),
    })
}

/// The ordinal of the next edition of a series.
pub(crate) fn next_ordinal(connection: &Connection, series_id: i64) -> Result<i64, Fault> {
    let last: i64 = connection.query_row(
        "SELECT coalesce(max(ordinal), 0) FROM tupu_editions WHERE series_id = ?1",
        [series_id],
        |row| row.get(0),
    )?;
    Ok(last + 1)
}

/// Two series may spell the same slug («ana-sur» of «norte», «ana» of «sur-norte»): the later one gets a letter.
fn free_slug(connection: &Connection, slug: &str) -> Result<String, Fault> {
    let mut taken = connection.prepare("SELECT 1 FROM tupu_series WHERE slug = ?1")?;
    let mut candidate = slug.to_owned();
    for suffix in 1.. {
        if !taken.exists([&candidate])? {
            break;
        }
        candidate = format!("{slug}-s{suffix}");
    }
    Ok(candidate)
}

/// Enters an edition.
pub(crate) fn insert(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let meta = &entry.meta;
    let extent = meta.extent.map(|Extent(bounds)| bounds);
    connection.execute(
        "INSERT INTO tupu_editions (edition, series_id, ordinal, title, source, licence, visibility, valid_from, valid_until,
           published_at, withdrawn_at, scale_denominator, sigma_m, coverage, crs, operation_id, operation_accuracy_m,
           rows_read, kept, rejected, repaired, west, south, east, north, sha256, synthetic, quality, root)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
           ?23, ?24, ?25, ?26, ?27, ?28, ?29)",
        params![
            meta.id,
            entry.series_id,
            entry.ordinal,
            meta.title,
            meta.source,
            meta.licence,
            visibility_word(meta.visibility),
            meta.valid_from.to_string(),
            meta.valid_until.map(|date| date.to_string()),
            meta.published_at.to_string(),
            meta.withdrawn_at.map(|moment| moment.to_string()),
            meta.scale_denominator,
            meta.sigma_m,
            serde_json::to_string(&meta.coverage).map_err(|error| Fault::Damaged(error.to_string()))?,
            meta.crs,
            meta.operation.id,
            meta.operation.accuracy_m,
            meta.counts.read.cast_signed(),
            meta.counts.kept.cast_signed(),
            meta.counts.rejected.cast_signed(),
            meta.counts.repaired.cast_signed(),
            extent.map(|bounds| bounds[0]),
            extent.map(|bounds| bounds[1]),
            extent.map(|bounds| bounds[2]),
            extent.map(|bounds| bounds[3]),
            meta.sha256,
            meta.synthetic,
            meta.quality.to_string(),
            entry.root.as_ref().map(|root| hex(root)),
        ],
    )?;
    Ok(())
}

fn entry(row: &Row<'_>) -> Result<Entry, Fault> {
    let number: i64 = row.get("edition_no")?;
    let text = |column: &str| row.get::<_, String>(column);
    let optional = |column: &str| row.get::<_, Option<String>>(column);
    let count = |column: &str| row.get::<_, i64>(column).map(i64::cast_unsigned);
    let extent = match (row.get("west")?, row.get("south")?, row.get("east")?, row.get("north")?) {
        (Some(west), Some(south), Some(east), Some(north)) => Some(Extent([west, south, east, north])),
        _ => None,
    };
    let meta = EditionMeta {
        id: text("edition")?,
        kind: parsed::<LayerKind>(number, "kind", &text("kind")?)?,
        series: Series {
            publisher: text("publisher")?,
            territory: text("territory")?,
        },
        title: text("title")?,
        source: text("source")?,
        licence: text("licence")?,
        visibility: visibility(number, &text("visibility")?)?,
        valid_from: parsed(number, "valid_from", &text("valid_from")?)?,
        valid_until: optional("valid_until")?
            .map(|word| parsed(number, "valid_until", &word))
            .transpose()?,
        published_at: parsed(number, "published_at", &text("published_at")?)?,
        withdrawn_at: optional("withdrawn_at")?
            .map(|word| parsed(number, "withdrawn_at", &word))
            .transpose()?,
        scale_denominator: row.get("scale_denominator")?,
        sigma_m: row.get("sigma_m")?,
        coverage: json(number, "coverage", &text("coverage")?)?,
        crs: text("crs")?,
        operation: Operation {
            id: text("operation_id")?,
            accuracy_m: row.get("operation_accuracy_m")?,
        },
        counts: Counts {
            read: count("rows_read")?,
            kept: count("kept")?,
            rejected: count("rejected")?,
            repaired: count("repaired")?,
        },
        extent,
        sha256: text("sha256")?,
        synthetic: row.get("synthetic")?,
        quality: json(number, "quality", &text("quality")?)?,
    };
    Ok(Entry {
        number,
        series_id: row.get("series_id")?,
        ordinal: row.get("ordinal")?,
        root: optional("root")?
            .map(|text| unhex(&text).ok_or_else(|| damaged(number, "root", &text)))
            .transpose()?,
        meta,
    })
}

fn parsed<T: FromStr<Err: Display>>(number: i64, column: &str, word: &str) -> Result<T, Fault> {
    word.parse().map_err(|error| damaged(number, column, &error))
}

fn json<T: DeserializeOwned>(number: i64, column: &str, text: &str) -> Result<T, Fault> {
    serde_json::from_str(text).map_err(|error| damaged(number, column, &error))
}

fn damaged(number: i64, column: &str, error: &dyn Display) -> Fault {
    Fault::Damaged(format!("tupu_editions, fila {number}, {column}: {error}"))
}

fn visibility_word(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "public",
        Visibility::Office => "office",
        Visibility::Private => "private",
    }
}

fn visibility(number: i64, word: &str) -> Result<Visibility, Fault> {
    [Visibility::Public, Visibility::Office, Visibility::Private]
        .into_iter()
        .find(|visibility| visibility_word(*visibility) == word)
        .ok_or_else(|| damaged(number, "visibility", &word))
}
