//! A source, opened: one layer of one dataset, its profile laid over it, its CRS known. Nothing has been read yet.

use crate::clean::{Cleaner, RowCrs};
use crate::format::Format;
use crate::georeference;
use crate::place::{self, Place};
use crate::plan::Plan;
use crate::quality::Reading;
use crate::row::RawRow;
use crate::{OpenError, Profile, coverage, dataset, gdal_log};
use crs::{DatumOperation, UtmZone};
use gdal::Dataset;
use gdal::vector::LayerAccess;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use territory::{DraftEdition, LayerKind, Operation, Series, Visibility};

/// What is to be imported, and how.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// A file, folder, ZIP or `PG:` connection.
    pub source: &'a str,
    /// How its fields become ours.
    pub profile: &'a Profile,
    /// The kind of layer, where the profile does not say it.
    pub kind: Option<LayerKind>,
    /// The CRS, where the source does not say it or says it wrongly.
    pub crs: Option<&'a str>,
    /// One of several layers.
    pub table: Option<&'a str>,
    /// The day from which the facts hold.
    pub valid_from: Option<Date>,
    /// The territory of the series.
    pub territory: Option<&'a str>,
    /// Who may see the edition.
    pub visibility: Option<Visibility>,
}

/// A source, opened.
#[derive(Debug)]
pub struct Source {
    pub(crate) dataset: Dataset,
    pub(crate) layer: usize,
    pub(crate) place: Place,
    pub(crate) profile: Profile,
    pub(crate) plan: Plan,
    pub(crate) crs: RowCrs,
    pub(crate) operation: Option<DatumOperation>,
    pub(crate) reading: Reading,
    pub(crate) described: DraftEdition,
    /// How many rows each shared key has, where the profile joins them.
    pub(crate) shared: HashMap<Box<str>, u32>,
}

impl Source {
    /// Opens the source and finds out everything that can be known before reading.
    ///
    /// # Errors
    /// When there is nothing to read, it is not what it says, several layers or coordinate systems are possible, or the
    /// profile does not fit.
    pub fn open(request: &Request<'_>) -> Result<Self, OpenError> {
        let profile = request.profile.clone();
        let kind = match (profile.kind, request.kind) {
            (Some(kind), None) | (None, Some(kind)) => kind,
            (Some(kind), Some(asked)) if kind == asked => kind,
            (profile, asked) => return Err(OpenError::Kind { profile, asked }),
        };
        let valid_from = request
            .valid_from
            .or(profile.valid_from)
            .ok_or(OpenError::NoValidFrom)?;
        let operation = profile.operation.as_ref().map(|text| text.parse()).transpose();
        let operation = operation.map_err(|error: crs::UnknownOperation| OpenError::UnknownOperation(error.0))?;
        gdal_log::listen();
        let place = place::find(request.source, request.table)?;
        let (dataset, encoding) = dataset::open(&place, &profile)?;
        let layer = dataset::choose_layer(&dataset, &place, request.table)?;
        let (columns, table) = dataset::columns(&dataset, layer, &place)?;
        let plan = Plan::new(&profile, columns)?;
        let mut notes: Vec<String> = profile.note.iter().cloned().chain(encoding.note).collect();
        let crs = georeference::of_layer(&dataset, layer, &place, &profile, request.crs, &mut notes)?;
        let coverage = coverage::declared(&profile)?;
        let mut source = Self {
            reading: Reading {
                file: place.shown.clone(),
                format: place.format.name().to_owned(),
                table,
                profile: profile.name.clone(),
                encoding: Some(encoding.gdal).filter(|name| !name.is_empty()),
                ..Reading::default()
            },
            described: DraftEdition {
                kind,
                series: Series {
                    publisher: profile.publisher.clone(),
                    territory: request.territory.unwrap_or(&profile.territory).to_owned(),
                },
                title: profile.title.clone(),
                source: profile.source.clone(),
                licence: profile.licence.clone(),
                visibility: request.visibility.unwrap_or(profile.visibility),
                valid_from,
                valid_until: profile.valid_until,
                scale_denominator: profile.scale,
                sigma_m: profile.sigma_m,
                coverage,
                crs: String::new(),
                operation: Operation {
                    id: "none".to_owned(),
                    accuracy_m: 0.0,
                },
                synthetic: profile.synthetic,
            },
            dataset,
            layer,
            place,
            profile,
            plan,
            crs,
            operation,
            shared: HashMap::new(),
        };
        let zones = source.survey();
        source.state_crs(&zones)?;
        source.reading.notes = notes;
        Ok(source)
    }

    /// What the store has to know before the features come.
    pub fn described(&self) -> &DraftEdition {
        &self.described
    }

    /// How many rows there are, where the format knows it without reading them.
    pub fn rows(&self) -> Option<u64> {
        self.dataset
            .layer(self.layer)
            .ok()
            .and_then(|layer| layer.try_feature_count())
    }

    pub(crate) fn format(&self) -> Format {
        self.place.format
    }

    pub(crate) fn cleaner(&self) -> Cleaner<'_> {
        Cleaner {
            profile: &self.profile,
            plan: &self.plan,
            kind: self.described.kind,
            format: self.format(),
            crs: self.crs,
            operation: self.operation,
        }
    }

    /// The first of two passes, only where it is needed: counts the keys that rows share, and the zones that rows name.
    /// It keeps no geometry, so that the second pass knows when a feature of several rows is complete.
    fn survey(&mut self) -> BTreeSet<UtmZone> {
        let joins = self.profile.rows_with_same_key == crate::SameKey::Join && !self.plan.key.is_empty();
        let mut zones = BTreeSet::new();
        if !joins && self.plan.zone.is_none() {
            return zones;
        }
        let mut shared: HashMap<Box<str>, u32> = HashMap::new();
        if let Ok(mut layer) = self.dataset.layer(self.layer) {
            let cleaner = self.cleaner();
            for (position, feature) in layer.features().enumerate() {
                let mut raw = RawRow::taken_from(&feature, position as u64 + 1, self.plan.columns.len(), false);
                if self.plan.zone.is_some()
                    && let Ok(zone) = cleaner.zone_of(&raw)
                {
                    zones.insert(zone);
                }
                if joins && let Some(id) = cleaner.id_of_row(&mut raw) {
                    *shared.entry(id.into_boxed_str()).or_default() += 1;
                }
            }
        }
        shared.retain(|_, rows| *rows > 1);
        self.shared = shared;
        zones
    }

    /// States the CRS and the operation: what the transformer says it will do, asked with a point of Peru.
    fn state_crs(&mut self, zones: &BTreeSet<UtmZone>) -> Result<(), OpenError> {
        let systems: Vec<crs::Crs> = match self.crs {
            RowCrs::One(crs) => vec![crs],
            RowCrs::ByZone(datum) if zones.is_empty() => vec![datum.utm(UtmZone::Z18)],
            RowCrs::ByZone(datum) => zones.iter().map(|zone| datum.utm(*zone)).collect(),
        };
        let used = crs::transform_to_lonlat(systems[0], self.operation, &mut []);
        let used = used.map_err(|error| OpenError::UnknownOperation(error.to_string()))?;
        self.described.crs = systems.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        self.reading.crs = systems
            .iter()
            .map(|crs| format!("{crs} ({})", crs.name()))
            .collect::<Vec<_>>()
            .join(" + ");
        self.reading.operation = if used.id == "none" {
            "ninguna: ya estaba en WGS 84".to_owned()
        } else {
            format!("{}, exactitud {} m", used.id, used.accuracy_m)
        };
        self.described.operation = Operation {
            id: used.id,
            accuracy_m: used.accuracy_m,
        };
        Ok(())
    }
}
