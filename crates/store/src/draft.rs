//! An edition on its way into the store: features are staged in a temporary file, the store itself is untouched until the end.

use crate::{
    Store, StoreError,
    connection::{self, Mode},
    content::{Bounds, canonical_json},
    fault::Fault,
    publish, wkb,
};
use geo::CoordsIter;
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, params};
use std::{path::PathBuf, time::Duration};
use territory::{Counts, DraftEdition, EditionMeta, Extent, FeatureContent, NewFeature};

/// An edition being written. Dropped without [`Draft::commit`], it leaves no trace.
pub struct Draft {
    path: PathBuf,
    connection: Connection,
    edition: DraftEdition,
    pushed: u64,
    bounds: Bounds,
    patience: Duration,
    tell: Box<dyn FnMut(Duration) + Send>,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Draft")
            .field("path", &self.path)
            .field("edition", &self.edition)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Begins an edition. Nothing is locked yet: others may publish while features are pushed.
    ///
    /// # Errors
    /// When the store was opened for reading, or the temporary file cannot be made.
    pub fn begin(&self, edition: DraftEdition) -> Result<Draft, StoreError> {
        self.writable()?;
        let fail = |fault: Fault| fault.at(self.path());
        let connection = connection::connect(self.path(), Mode::Write).map_err(fail)?;
        connection
            .execute_batch("PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -32768;")
            .map_err(|e| fail(e.into()))?;
        connection
            .execute_batch(include_str!("sql/stage.sql"))
            .map_err(|e| fail(e.into()))?;
        connection.execute_batch("BEGIN").map_err(|e| fail(e.into()))?;
        Ok(Draft {
            path: self.path().to_path_buf(),
            connection,
            edition,
            pushed: 0,
            bounds: Bounds::default(),
            patience: self.patience(),
            tell: Box::new(|_| {}),
        })
    }
}

impl Draft {
    /// Whom to tell, every 200 ms, that [`Draft::commit`] waits for another process, and for how long already.
    #[must_use]
    pub fn tell_waiting(mut self, tell: impl FnMut(Duration) + Send + 'static) -> Self {
        self.tell = Box::new(tell);
        self
    }

    /// Where features wait.
    pub(crate) fn staging(&self) -> &Connection {
        &self.connection
    }

    /// The store's file, for what goes wrong.
    pub(crate) fn store_path(&self) -> &std::path::Path {
        &self.path
    }

    /// Features pushed so far.
    pub fn pushed(&self) -> u64 {
        self.pushed
    }

    /// Adds a feature; memory stays the same however many come.
    ///
    /// # Errors
    /// [`StoreError::DuplicateKey`] and [`StoreError::UnfitFeature`] concern this feature alone: the draft stays usable.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the draft takes the feature over, so that nobody keeps a layer in memory"
    )]
    pub fn push(&mut self, feature: NewFeature) -> Result<(), StoreError> {
        let bounds = fit(&feature)?;
        match self.stage(&feature, bounds) {
            Err(Fault::Sql(error)) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Err(self.duplicate(&feature))
            }
            Err(fault) => Err(fault.at(&self.path)),
            Ok(()) => {
                self.pushed += 1;
                bounds.0.into_iter().for_each(|bounds| self.bounds.join(bounds));
                Ok(())
            }
        }
    }

    fn stage(&self, NewFeature { feature, source }: &NewFeature, bounds: Bounds) -> Result<(), Fault> {
        let attributes =
            serde_json::to_string(&feature.attributes).map_err(|error| Fault::Damaged(error.to_string()))?;
        let source_fields = canonical_json(&feature.source_fields);
        let geom = wkb::to_blob(&feature.lonlat, bounds.0);
        let home_zone = feature.land.as_ref().map(|land| i64::from(land.home.number()));
        let land = feature.land.as_ref().map(|land| land.shape.to_bytes());
        let source_geom = source.as_ref().map(wkb::to_wkb);
        let hash = FeatureContent {
            key: &feature.key,
            attributes: &attributes,
            source_fields: &source_fields,
            geom: &geom,
            home_zone,
            land: land.as_deref(),
            source_geom: source_geom.as_deref(),
        }
        .hash();
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO temp.staged (key, name, source_row, home_zone, content_sha256, attributes, source_fields, geom, land, source_geom)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        let name = feature.attributes.text("name");
        let row = feature.source_row.cast_signed();
        statement.execute(params![
            feature.key,
            name,
            row,
            home_zone,
            hash,
            attributes,
            source_fields,
            geom,
            land,
            source_geom
        ])?;
        Ok(())
    }

    fn duplicate(&self, second: &NewFeature) -> StoreError {
        let first = self.connection.query_row(
            "SELECT source_row FROM temp.staged WHERE key = ?1",
            [&second.feature.key],
            |row| row.get::<_, i64>(0),
        );
        match first {
            Ok(row) => StoreError::DuplicateKey {
                key: second.feature.key.clone(),
                first_row: row.cast_unsigned(),
                second_row: second.feature.source_row,
            },
            Err(error) => Fault::from(error).at(&self.path),
        }
    }

    /// Publishes the edition in one transaction: all of it or nothing, also when the process is killed.
    ///
    /// Publication times grow strictly in a store: when another edition came in at the same moment or within the ten minutes
    /// that follow it, this one is dated one microsecond after that. The time that counts is in the answer.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another process published all the while, [`StoreError::CountsDisagree`],
    /// [`StoreError::ClockWentBack`]; the engine's otherwise. Nothing is published then.
    pub fn commit(
        self,
        counts: Counts,
        quality: serde_json::Value,
        published_at: Timestamp,
    ) -> Result<EditionMeta, StoreError> {
        if counts.kept != self.pushed {
            return Err(StoreError::CountsDisagree {
                stated: counts.kept,
                pushed: self.pushed,
            });
        }
        let Self {
            path,
            connection,
            edition,
            bounds,
            patience,
            mut tell,
            ..
        } = self;
        let extent = bounds.0.map(Extent);
        let content = publish::Content {
            counts,
            quality,
            published_at,
            extent,
        };
        let mut turn = connection::Turn {
            patience,
            tell: &mut *tell,
        };
        publish::publish(&connection, &path, &mut turn, edition, content).map_err(|fault| fault.at(&path))
    }
}

/// The bounds of a feature that can be kept.
fn fit(NewFeature { feature, source }: &NewFeature) -> Result<Bounds, StoreError> {
    let unfit = |reason| {
        Err(StoreError::UnfitFeature {
            row: feature.source_row,
            key: feature.key.clone(),
            reason,
        })
    };
    if feature.key.trim().is_empty() {
        return unfit("no tiene clave");
    }
    let mut bounds = Bounds::default();
    for coord in feature.lonlat.coords_iter() {
        if !(coord.x.is_finite() && coord.y.is_finite()) {
            return unfit("una de sus coordenadas no es un número finito");
        }
        bounds.add(coord);
    }
    let source_finite = source
        .iter()
        .flat_map(CoordsIter::coords_iter)
        .all(|coord| coord.x.is_finite() && coord.y.is_finite());
    if source_finite {
        Ok(bounds)
    } else {
        unfit("una de sus coordenadas de origen no es un número finito")
    }
}
