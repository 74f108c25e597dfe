//! A row of a layer table becomes a feature of the snapshot.

use crate::{attributes_json, fault::Fault, wkb};
use crs::UtmZone;
use rusqlite::Row;
use std::fmt::Display;
use territory::{Feature, KeptFeature, Land, Shape};

/// The columns that [`RawRow::read`] expects, in its order.
pub(crate) const COLUMNS: &str = "fid, key, source_row, attributes, source_fields, geom, home_zone, land";

/// A row as the file has it: read by one thread, decoded by any.
pub(crate) struct RawRow {
    fid: i64,
    key: String,
    source_row: u64,
    attributes: String,
    source_fields: String,
    geom: Vec<u8>,
    home_zone: Option<i64>,
    land: Option<Vec<u8>>,
}

/// A feature with the envelope that its blob states: west, south, east, north; none without points.
pub(crate) type Placed = (Feature, Option<[f64; 4]>);

impl RawRow {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            fid: row.get(0)?,
            key: row.get(1)?,
            source_row: row.get::<_, i64>(2)?.cast_unsigned(),
            attributes: row.get(3)?,
            source_fields: row.get(4)?,
            geom: row.get(5)?,
            home_zone: row.get(6)?,
            land: row.get(7)?,
        })
    }

    /// A row that a bundle carried.
    pub(crate) fn kept(kept: KeptFeature) -> Self {
        Self {
            fid: kept.source_row.cast_signed(),
            key: kept.key,
            source_row: kept.source_row,
            attributes: kept.attributes,
            source_fields: kept.source_fields,
            geom: kept.geom,
            home_zone: kept.home_zone,
            land: kept.land,
        }
    }

    /// Bytes of the variable parts.
    pub(crate) fn weight(&self) -> usize {
        let land = self.land.as_ref().map_or(0, Vec::len);
        self.key.len() + self.attributes.len() + self.source_fields.len() + self.geom.len() + land
    }

    /// The feature; damage is told with the column and the row of `table`.
    pub(crate) fn decode(self, table: &str) -> Result<Placed, Fault> {
        let fid = self.fid;
        let damaged =
            |column: &str, error: &dyn Display| Fault::Damaged(format!("{table}, fila {fid}, {column}: {error}"));
        let attributes = attributes_json::read(&self.attributes).map_err(|error| damaged("attributes", &error))?;
        let source_fields = match self.source_fields.as_str() {
            "{}" => serde_json::Map::new(),
            text => serde_json::from_str(text).map_err(|error| damaged("source_fields", &error))?,
        };
        let (lonlat, envelope) = wkb::from_blob(&self.geom).map_err(|error| damaged("geom", &error))?;
        let land = match (self.home_zone, self.land) {
            (Some(zone), Some(bytes)) => {
                let home = u8::try_from(zone)
                    .ok()
                    .and_then(UtmZone::from_number)
                    .ok_or_else(|| damaged("home_zone", &zone))?;
                let shape = Shape::from_bytes(&bytes).map_err(|error| damaged("land", &error))?;
                Some(Land::new(home, shape))
            }
            _ => None,
        };
        let (key, source_row) = (self.key, self.source_row);
        Ok((
            Feature {
                key,
                source_row,
                attributes,
                source_fields,
                lonlat,
                land,
            },
            envelope,
        ))
    }
}
