//! What a report was asked, exactly: times, choices and the land, as a bundle carries it.

use conflicts::{CheckOptions, Subject, SubjectKind};
use crs::UtmZone;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use territory::{DeclaredHectares, Footprint, LayerKind, RepairKind, Shape, UtmHectares};

/// A question: what a check needs beside the rulebook and the layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The day asked for.
    pub valid: Date,
    /// The newest publication used; none where no edition was used.
    pub known: Option<Timestamp>,
    /// Whether slivers were kept.
    pub keep_slivers: bool,
    /// Editions that could not be read: layer, edition, why.
    pub unread: Vec<(LayerKind, String, String)>,
    /// The land.
    pub subject: SubjectAsked,
}

/// The land of a question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum SubjectAsked {
    /// A feature that an edition of the bundle has.
    Feature {
        /// Layer.
        layer: LayerKind,
        /// Edition.
        edition: String,
        /// Key.
        feature: String,
        /// Judging zone.
        zone: u8,
    },
    /// Land that somebody gave.
    Geometry(Box<GivenLand>),
}

/// Land that somebody gave, without a digit lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GivenLand {
    name: Option<String>,
    zone: u8,
    home: u8,
    /// `Shape::to_bytes` in hex: the land on the grid of the judging zone.
    land: String,
    /// Polygons of rings of longitudes and latitudes, as the bits of floats in hex.
    lonlat: Vec<Vec<Vec<[String; 2]>>>,
    crs_declared: Option<String>,
    crs_used: String,
    evidence: Vec<String>,
    repairs: Vec<GivenRepair>,
    declared_ha: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenRepair {
    kind: RepairKind,
    part: usize,
    count: usize,
    before: String,
    after: String,
}

impl Question {
    /// The question of a subject.
    pub fn of(subject: &Subject, valid: Date, known: Option<Timestamp>, options: CheckOptions) -> Self {
        Self {
            valid,
            known,
            keep_slivers: options.keep_slivers,
            unread: Vec::new(),
            subject: SubjectAsked::of(subject),
        }
    }
}

impl SubjectAsked {
    fn of(subject: &Subject) -> Self {
        let zone = subject.footprint.zone().number();
        match &subject.kind {
            SubjectKind::Feature { layer, edition, key } => Self::Feature {
                layer: *layer,
                edition: edition.clone(),
                feature: key.clone(),
                zone,
            },
            SubjectKind::Geometry => Self::Geometry(Box::new(GivenLand::of(subject, zone))),
        }
    }
}

impl GivenLand {
    fn of(subject: &Subject, zone: u8) -> Self {
        let ring = |ring: &LineString<f64>| ring.0.iter().map(|c| [bits(c.x), bits(c.y)]).collect();
        let polygon = |polygon: &Polygon<f64>| {
            let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
            rings.map(ring).collect()
        };
        Self {
            name: subject.name.clone(),
            zone,
            home: subject.home.number(),
            land: territory::hex(&subject.footprint.shape().to_bytes()),
            lonlat: subject.lonlat.0.iter().map(polygon).collect(),
            crs_declared: subject.crs_declared.clone(),
            crs_used: subject.crs_used.clone(),
            evidence: subject.evidence.clone(),
            repairs: subject
                .repairs
                .iter()
                .map(|repair| GivenRepair {
                    kind: repair.kind,
                    part: repair.part,
                    count: repair.count,
                    before: bits(repair.area_before.0),
                    after: bits(repair.area_after.0),
                })
                .collect(),
            declared_ha: subject.declared.map(|declared| bits(declared.0)),
        }
    }

    /// The subject again; none where something does not read: the name of the field.
    ///
    /// # Errors
    /// The name of the field that does not read.
    pub fn subject(&self) -> Result<Subject, &'static str> {
        let zone = UtmZone::from_number(self.zone).ok_or("zone")?;
        let shape = bytes_of(&self.land)
            .and_then(|bytes| Shape::from_bytes(&bytes).ok())
            .ok_or("land")?;
        let repairs: Option<Vec<territory::Repair>> = self.repairs.iter().map(GivenRepair::repair).collect();
        let declared = match &self.declared_ha {
            None => None,
            Some(text) => Some(DeclaredHectares(float(text).ok_or("declared_ha")?)),
        };
        Ok(Subject {
            kind: SubjectKind::Geometry,
            name: self.name.clone(),
            status: None,
            dated_at: None,
            deviation: None,
            grid_datum: None,
            footprint: Footprint::from_stored(zone, shape).map_err(|_| "land")?,
            lonlat: self.polygons().ok_or("lonlat")?,
            home: UtmZone::from_number(self.home).ok_or("home")?,
            repairs: repairs.ok_or("repairs")?,
            crs_declared: self.crs_declared.clone(),
            crs_used: self.crs_used.clone(),
            evidence: self.evidence.clone(),
            declared,
        })
    }

    fn polygons(&self) -> Option<MultiPolygon<f64>> {
        let point = |[x, y]: &[String; 2]| {
            Some(Coord {
                x: float(x)?,
                y: float(y)?,
            })
        };
        let ring = |ring: &Vec<[String; 2]>| ring.iter().map(point).collect::<Option<Vec<_>>>().map(LineString);
        let polygon = |rings: &Vec<Vec<[String; 2]>>| {
            let mut rings = rings.iter().map(ring).collect::<Option<Vec<_>>>()?.into_iter();
            Some(Polygon::new(rings.next()?, rings.collect()))
        };
        let polygons: Option<Vec<_>> = self.lonlat.iter().map(polygon).collect();
        polygons.map(MultiPolygon)
    }
}

impl GivenRepair {
    fn repair(&self) -> Option<territory::Repair> {
        Some(territory::Repair {
            kind: self.kind,
            part: self.part,
            count: self.count,
            area_before: UtmHectares(float(&self.before)?),
            area_after: UtmHectares(float(&self.after)?),
        })
    }
}

fn bits(value: f64) -> String {
    format!("{:016x}", value.to_bits())
}

fn float(text: &str) -> Option<f64> {
    let value = f64::from_bits(u64::from_str_radix(text, 16).ok()?);
    value.is_finite().then_some(value)
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    pairs.map(byte).collect()
}
