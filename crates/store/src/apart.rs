//! What differs between two editions of a store, read without reading what they share.

use crate::{
    Snapshot, SnapshotOptions, Store, StoreError,
    catalogue::{self, Entry},
    connection::{self, Mode},
    content::{Bounds, EditionHasher},
    fault::Fault,
    layer,
    row::{COLUMNS, RawRow},
    wkb,
};
use crs::UtmZone;
use geo::CoordsIter;
use rusqlite::Connection;
use territory::{EditionMeta, Feature, FeatureContent, LandRow, LayerKind, Patch, Row};

/// The features that only one of two editions has as they are: those changed are in both lists. By key.
#[derive(Debug, Default)]
pub struct Apart {
    /// Of the earlier.
    pub before: Vec<Feature>,
    /// Of the later.
    pub after: Vec<Feature>,
}

impl Store {
    /// The editions that a reader sees: of each series the one in force, by kind and id. Nothing but the catalogue is read.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn in_force(&self, kind: Option<LayerKind>, options: SnapshotOptions) -> Result<Vec<EditionMeta>, StoreError> {
        let entries = self.read(catalogue::entries)?;
        let seen = crate::snapshot::in_force(entries, options).into_iter();
        let mut metas: Vec<EditionMeta> = seen.map(|entry| entry.meta).collect();
        metas.retain(|meta| kind.is_none_or(|kind| meta.kind == kind));
        metas.sort_by(|one, other| (one.kind, &one.id).cmp(&(other.kind, &other.id)));
        Ok(metas)
    }

    /// What is known of an edition.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`].
    pub fn edition(&self, id: &str) -> Result<EditionMeta, StoreError> {
        self.read(|connection| Ok(entry(connection, id)?.meta))
    }

    /// The features in which two editions of a kind differ. Editions with the same hash are not read.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`], [`StoreError::OtherKind`], [`StoreError::Corrupt`].
    pub fn apart(&self, before: &str, after: &str) -> Result<Apart, StoreError> {
        self.read(|connection| {
            let Some((one, other)) = differing(connection, before, after)? else {
                return Ok(Apart::default());
            };
            let features = |of: &Entry, not: &Entry| -> Result<Vec<Feature>, Fault> {
                let rows = rows(connection, of, Some(not), COLUMNS, RawRow::read)?;
                let table = layer::table(of.meta.kind);
                let decoded: Result<Vec<_>, Fault> = rows.into_iter().map(|row| row.decode(&table)).collect();
                Ok(decoded?.into_iter().map(|(feature, _)| feature).collect())
            };
            Ok(Apart {
                before: features(&one, &other)?,
                after: features(&other, &one)?,
            })
        })
    }

    /// What turns one edition of a kind into another, exactly.
    ///
    /// # Errors
    /// As [`Store::apart`].
    pub fn patch(&self, before: &str, after: &str) -> Result<Patch, StoreError> {
        self.read(|connection| match differing(connection, before, after)? {
            None => Ok(Patch::default()),
            Some((one, other)) => {
                let olds = verbatim(connection, &one, Some(&other))?;
                let news = verbatim(connection, &other, Some(&one))?;
                Ok(Patch::between(&olds, &news))
            }
        })
    }

    /// All rows of an edition as the store holds them, by key.
    ///
    /// # Errors
    /// [`StoreError::UnknownEdition`], [`StoreError::Corrupt`].
    pub fn rows(&self, id: &str) -> Result<Vec<Row>, StoreError> {
        self.read(|connection| verbatim(connection, &entry(connection, id)?, None))
    }

    /// Reads in one view of the file.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let connection = connection::open(self.path(), Mode::Read)?;
        let whole = || {
            connection.execute_batch("BEGIN")?;
            let answer = read(&connection)?;
            connection.execute_batch("COMMIT")?;
            Ok(answer)
        };
        whole().map_err(|fault: Fault| fault.at(self.path()))
    }
}

/// The hash of an edition that holds these rows: what [`EditionMeta::sha256`] says of one that does.
pub fn content_sha256(rows: &[Row]) -> String {
    let mut order: Vec<&Row> = rows.iter().collect();
    order.sort_by(|one, other| one.key.cmp(&other.key));
    let mut hasher = EditionHasher::new();
    for row in order {
        let mut bounds = Bounds::default();
        row.geometry.coords_iter().for_each(|coord| bounds.add(coord));
        let source_geom = row.source.as_ref().map(wkb::to_wkb);
        let content = FeatureContent {
            key: &row.key,
            attributes: &row.attributes,
            source_fields: &row.source_fields,
            geom: &wkb::to_blob(&row.geometry, bounds.0),
            home_zone: row.land.as_ref().map(|land| i64::from(land.zone.number())),
            land: row.land.as_ref().map(|land| land.bytes.as_slice()),
            source_geom: source_geom.as_deref(),
        };
        hasher.add(&content.hash());
    }
    hasher.finish()
}

fn entry(connection: &Connection, id: &str) -> Result<Entry, Fault> {
    match catalogue::entry_of(connection, id)? {
        Some(entry) => Ok(entry),
        None => Err(StoreError::UnknownEdition {
            id: id.to_owned(),
            nearest: crate::store::nearest(connection, id)?,
        }
        .into()),
    }
}

/// Both editions; none where their content is the same.
fn differing(connection: &Connection, before: &str, after: &str) -> Result<Option<(Entry, Entry)>, Fault> {
    let (one, other) = (entry(connection, before)?, entry(connection, after)?);
    if one.meta.kind != other.meta.kind {
        return Err(StoreError::OtherKind {
            one: (one.meta.id, one.meta.kind),
            other: (other.meta.id, other.meta.kind),
        }
        .into());
    }
    Ok((one.meta.sha256 != other.meta.sha256).then_some((one, other)))
}

/// The rows of an edition, by key; without those that the other has with the same content.
fn rows<T>(
    connection: &Connection,
    of: &Entry,
    without: Option<&Entry>,
    columns: &str,
    read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, Fault> {
    let table = layer::table(of.meta.kind);
    let other = without.map_or((-1, -1), |other| (other.series_id, other.ordinal));
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {columns} FROM \"{table}\" a
         WHERE a.series_id = ?1 AND a.edition_from <= ?2 AND (a.edition_to IS NULL OR a.edition_to > ?2)
           AND NOT (a.series_id = ?3 AND a.edition_from <= ?4 AND (a.edition_to IS NULL OR a.edition_to > ?4))
           AND NOT EXISTS (SELECT 1 FROM \"{table}\" b
             WHERE b.series_id = ?3 AND b.key = a.key AND b.edition_from <= ?4
               AND (b.edition_to IS NULL OR b.edition_to > ?4) AND b.content_sha256 = a.content_sha256)
         ORDER BY a.key"
    ))?;
    let found = statement.query_map([of.series_id, of.ordinal, other.0, other.1], read)?;
    Ok(found.collect::<Result<_, _>>()?)
}

type Verbatim = (
    String,
    i64,
    String,
    String,
    Vec<u8>,
    Option<i64>,
    Option<Vec<u8>>,
    Option<Vec<u8>>,
);

fn verbatim(connection: &Connection, of: &Entry, without: Option<&Entry>) -> Result<Vec<Row>, Fault> {
    let columns = "key, source_row, attributes, source_fields, geom, home_zone, land, source_geom";
    let raw = rows(connection, of, without, columns, |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
            row.get(6)?,
            row.get(7)?,
        ))
    })?;
    raw.into_iter().map(|raw: Verbatim| decode(raw, of)).collect()
}

fn decode(raw: Verbatim, of: &Entry) -> Result<Row, Fault> {
    let (key, source_row, attributes, source_fields, geom, home_zone, land, source) = raw;
    let damaged = |column: &str| Fault::Damaged(format!("{}, «{key}», {column}", of.meta.id));
    let (geometry, _) = wkb::from_blob(&geom).map_err(|_| damaged("geom"))?;
    let land = match (home_zone, land) {
        (Some(zone), Some(bytes)) => {
            let zone = u8::try_from(zone).ok().and_then(UtmZone::from_number);
            let zone = zone.ok_or_else(|| damaged("home_zone"))?;
            Some(LandRow { zone, bytes })
        }
        _ => None,
    };
    let source = source.map(|bytes| wkb::from_wkb(&bytes)).transpose();
    Ok(Row {
        source_row: source_row.cast_unsigned(),
        attributes,
        source_fields,
        geometry,
        land,
        source: source.map_err(|_| damaged("source_geom"))?,
        key,
    })
}

impl Snapshot {
    /// The edition of the same series as `meta`, if one is in force here.
    pub fn of_series(&self, meta: &EditionMeta) -> Option<&std::sync::Arc<crate::Edition>> {
        self.collection(meta.kind)
            .find(|edition| edition.meta.series_id() == meta.series_id())
    }
}
