//! One row becomes a feature, or a reason why it does not. Rows are independent of one another here.

use crate::Profile;
use crate::format::Format;
use crate::geometry::{Abroad, Refusal, draw, to_lonlat};
use crate::plan::Plan;
use crate::quality::{Mended, Rejected};
use crate::row::{Raw, RawRow};
use crate::values::{ValueNotes, attributes_of, clean_texts, rest_of, said};
use crs::{Crs, DatumOperation, OperationUsed, UtmZone};
use geo_types::{Geometry, LineString, MultiPolygon};
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use territory::{Attributes, Feature, FootprintError, LayerKind, NewFeature, RepairKind, UtmHectares, Value, locate};
use watershed::is_shore;

/// Where a row's coordinates are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum RowCrs {
    /// All rows alike.
    One(Crs),
    /// The row names its zone in the plan's zone column.
    ByZone(crate::profile::Datum),
}

/// Everything that cleaning a row needs.
#[derive(Debug)]
pub(crate) struct Cleaner<'a> {
    pub profile: &'a Profile,
    pub plan: &'a Plan,
    pub kind: LayerKind,
    pub format: Format,
    pub crs: RowCrs,
    pub operation: Option<DatumOperation>,
}

/// A row whose values and coordinates are understood, before its land is located.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub row: u64,
    /// The source's id with its version; `None` where the content has to serve.
    pub id: Option<String>,
    /// The first 64 bits of the content's hash.
    pub digest: u64,
    pub attributes: Attributes,
    pub rest: Map<String, Json>,
    pub source: Geometry<f64>,
    pub lonlat: Geometry<f64>,
    pub unclosed: Vec<usize>,
    pub notes: Notes,
}

/// What was noticed on the way.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub values: ValueNotes,
    pub geometry: Vec<&'static str>,
    pub abroad: Option<Abroad>,
    pub operation: Option<OperationUsed>,
    /// The code of a hydrographic unit came as a number, which holds no leading zero.
    pub numeric_code: bool,
}

/// A feature ready for the store.
#[derive(Debug)]
pub(crate) struct Ready {
    pub feature: NewFeature,
    pub repairs: Vec<Mended>,
    /// Rings that were only written the other way round.
    pub turned: Vec<Mended>,
    pub home: Option<UtmZone>,
    pub measured: Option<UtmHectares>,
}

impl Cleaner<'_> {
    /// Reads the values and brings the coordinates to lon/lat.
    pub(crate) fn prepare(&self, mut raw: RawRow) -> Result<Prepared, Rejected> {
        let mut notes = Notes::default();
        clean_texts(&mut raw.values, &mut notes.values);
        let mut attributes = attributes_of(&raw.values, self.plan, self.profile, &mut notes.values);
        if self.kind == LayerKind::HydrographicUnits {
            notes.numeric_code = self.code_is_number(&raw);
            self.mark_shore(&mut attributes);
        }
        let id = self.id_of(&raw, &attributes);
        let reject = |field: &str, refusal: Refusal| Rejected {
            row: raw.row,
            id: id.clone(),
            field: field.to_owned(),
            reason: refusal.reason,
            mend: refusal.mend,
        };
        let crs = self.crs_of(&raw).map_err(|refusal| {
            reject(
                self.profile
                    .zone
                    .as_ref()
                    .map_or("geometry", |rule| rule.field.as_str()),
                refusal,
            )
        })?;
        let drawn = draw(raw.wkb.as_deref(), self.kind, self.format).map_err(|refusal| reject("geometry", refusal))?;
        let placed = to_lonlat(&drawn.geometry, crs, self.operation).map_err(|refusal| reject("geometry", refusal))?;
        notes.geometry = drawn.notes;
        notes.abroad = placed.abroad;
        notes.operation = Some(placed.operation);
        let rest = rest_of(&raw.values, self.plan);
        let digest = digest_of(&attributes, &rest, raw.wkb.as_deref().unwrap_or_default());
        Ok(Prepared {
            row: raw.row,
            id,
            digest,
            attributes,
            rest,
            source: drawn.geometry,
            lonlat: placed.lonlat,
            unclosed: drawn.unclosed,
            notes,
        })
    }

    /// The row's id by the profile, for the pass that looks for shared ones.
    pub(crate) fn id_of_row(&self, raw: &mut RawRow) -> Option<String> {
        let mut notes = ValueNotes::default();
        clean_texts(&mut raw.values, &mut notes);
        let attributes = match self.profile.key_version {
            Some(_) => attributes_of(&raw.values, self.plan, self.profile, &mut notes),
            None => Attributes::default(),
        };
        self.id_of(raw, &attributes)
    }

    fn id_of(&self, raw: &RawRow, attributes: &Attributes) -> Option<String> {
        let id = self
            .plan
            .key
            .iter()
            .find_map(|&column| said(&raw.values[column], self.profile))?;
        let id = id.split_whitespace().collect::<Vec<_>>().join(" ");
        let version = self
            .profile
            .key_version
            .as_ref()
            .and_then(|field| attributes.text(field));
        Some(version.map_or_else(|| id.clone(), |version| format!("{id}:{version}")))
    }

    /// Whether the first column that has a code has it as a number.
    fn code_is_number(&self, raw: &RawRow) -> bool {
        let code = self.plan.fields.iter().find(|field| field.name == "code");
        let columns = code.map_or(&[][..], |field| &field.columns);
        let mut values = columns.iter().map(|column| &raw.values[*column]);
        let first = values.find(|value| said(value, self.profile).is_some());
        first.is_some_and(|value| matches!(value, Raw::Integer(_) | Raw::Real(_)))
    }

    /// Marks a unit along a shore that the profile names.
    fn mark_shore(&self, attributes: &mut Attributes) {
        let shores: Vec<&str> = self.profile.shores.iter().map(String::as_str).collect();
        if attributes.text("code").is_some_and(|code| is_shore(code, &shores)) {
            attributes.set("shore", Value::Bool(true));
        }
    }

    /// The zone that a row names, 17 to 19.
    pub(crate) fn zone_of(&self, raw: &RawRow) -> Result<UtmZone, Refusal> {
        let text = self
            .plan
            .zone
            .and_then(|column| said(&raw.values[column], self.profile));
        let digits: String = text
            .iter()
            .flat_map(|text| text.chars())
            .filter(char::is_ascii_digit)
            .collect();
        let zone = digits.parse().ok().and_then(UtmZone::from_number);
        zone.ok_or_else(|| {
            let said = text.as_deref().unwrap_or("nada");
            Refusal::new(
                format!("la zona UTM dice «{said}» y debe ser 17, 18 o 19"),
                "complete la zona de la fila",
            )
        })
    }

    fn crs_of(&self, raw: &RawRow) -> Result<Crs, Refusal> {
        match self.crs {
            RowCrs::One(crs) => Ok(crs),
            RowCrs::ByZone(datum) => Ok(datum.utm(self.zone_of(raw)?)),
        }
    }

    /// Locates the land and makes the feature.
    pub(crate) fn finish(&self, prepared: Prepared, key: String) -> Result<Ready, Rejected> {
        let Prepared {
            row,
            attributes,
            rest,
            source,
            lonlat,
            unclosed,
            id,
            ..
        } = prepared;
        let reject = |refusal: Refusal| Rejected {
            row,
            id: id.clone().or_else(|| Some(key.clone())),
            field: "geometry".to_owned(),
            reason: refusal.reason,
            mend: refusal.mend,
        };
        let on_wgs84 = self.crs == RowCrs::One(Crs::WGS84);
        let polygons = match lonlat {
            Geometry::MultiPolygon(land) => land,
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
            other => {
                let feature = Feature {
                    key,
                    source_row: row,
                    attributes,
                    source_fields: rest,
                    lonlat: other,
                    land: None,
                };
                let source = (!on_wgs84).then_some(source);
                return Ok(Ready {
                    feature: NewFeature { feature, source },
                    repairs: Vec::new(),
                    turned: Vec::new(),
                    home: None,
                    measured: None,
                });
            }
        };
        let mut polygons = polygons;
        let turned = turn_rings(&mut polygons);
        let located = locate(&polygons, None).map_err(|error| reject(refusal_of(&error)))?;
        let measured = UtmHectares::from_square_metres(located.land.shape.square_metres());
        let repairs = mended(row, &key, &unclosed, &located.repairs, measured);
        let turned = turned.into_iter().map(|(part, count)| {
            let (area_before_ha, area_after_ha) = (measured.0, measured.0);
            Mended {
                row,
                key: key.clone(),
                kind: RepairKind::TurnedRing,
                part,
                count,
                area_before_ha,
                area_after_ha,
            }
        });
        let turned = turned.collect();
        let repaired = !repairs.is_empty();
        let home = located.land.home;
        let lonlat = match located.lonlat {
            MultiPolygon(mut single) if single.len() == 1 => Geometry::Polygon(single.remove(0)),
            many => Geometry::MultiPolygon(many),
        };
        let feature = Feature {
            key,
            source_row: row,
            attributes,
            source_fields: rest,
            lonlat,
            land: Some(located.land),
        };
        let source = (repaired || !on_wgs84).then_some(source);
        Ok(Ready {
            feature: NewFeature { feature, source },
            repairs,
            turned,
            home: Some(home),
            measured: Some(measured),
        })
    }
}

fn mended(row: u64, key: &str, unclosed: &[usize], repairs: &[territory::Repair], whole: UtmHectares) -> Vec<Mended> {
    let closed = unclosed.iter().map(|part| Mended {
        row,
        key: key.to_owned(),
        kind: RepairKind::ClosedRing,
        part: part + 1,
        count: 1,
        area_before_ha: whole.0,
        area_after_ha: whole.0,
    });
    let others = repairs.iter().map(|repair| Mended {
        row,
        key: key.to_owned(),
        kind: repair.kind,
        part: repair.part + 1,
        count: repair.count,
        area_before_ha: repair.area_before.0,
        area_after_ha: repair.area_after.0,
    });
    closed.chain(others).collect()
}

/// Turns exteriors counter-clockwise and holes clockwise; the parts (from 1) where rings were turned, and how many.
///
/// Shapefiles are written the other way round by their own rule, so this is no repair of land.
fn turn_rings(land: &mut MultiPolygon<f64>) -> Vec<(usize, usize)> {
    let mut turned = Vec::new();
    for (part, polygon) in land.iter_mut().enumerate() {
        let mut count = 0;
        polygon.exterior_mut(|ring| count += turn(ring, true));
        polygon.interiors_mut(|rings| count += rings.iter_mut().map(|ring| turn(ring, false)).sum::<usize>());
        if count > 0 {
            turned.push((part + 1, count));
        }
    }
    turned
}

fn turn(ring: &mut LineString<f64>, counter_clockwise: bool) -> usize {
    let Some(origin) = ring.0.first().copied() else {
        return 0;
    };
    let twice: f64 = ring
        .0
        .windows(2)
        .map(|w| (w[0].x - origin.x) * (w[1].y - origin.y) - (w[1].x - origin.x) * (w[0].y - origin.y))
        .sum();
    let wrong = if counter_clockwise { twice < 0.0 } else { twice > 0.0 };
    if wrong {
        ring.0.reverse();
    }
    usize::from(wrong)
}

fn refusal_of(error: &FootprintError) -> Refusal {
    match error {
        FootprintError::Empty => Refusal::new(
            "no queda terreno: sus anillos no encierran ningún área",
            "dibuje de nuevo el polígono o quite la fila",
        ),
        FootprintError::OutsideZones(longitude) => Refusal::new(
            format!("la longitud {longitude:.4}° está fuera de las zonas UTM del Perú (17, 18 y 19: de 84° O a 66° O)"),
            "revise el sistema de coordenadas (--crs) o quite la fila",
        ),
        FootprintError::Transform(error) => Refusal::new(error.sentence_es(), "corrija la coordenada"),
        FootprintError::NotFinite { vertex, .. } => Refusal::new(
            format!("el vértice {} no es un número finito", vertex + 1),
            "corrija esa coordenada",
        ),
        FootprintError::NotMetric { .. } | FootprintError::Invalid(_) => {
            Refusal::new("sus anillos no forman un terreno válido", "dibuje de nuevo el polígono")
        }
    }
}

fn digest_of(attributes: &Attributes, rest: &Map<String, Json>, wkb: &[u8]) -> u64 {
    let mut hasher = Sha256::new();
    let mut part = |bytes: &[u8]| {
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    part(&serde_json::to_vec(attributes).expect("attributes hold texts, dates and finite numbers"));
    part(&serde_json::to_vec(rest).expect("source fields are JSON already"));
    part(wkb);
    let hash = hasher.finalize();
    hash[..8].iter().fold(0, |digest, byte| digest << 8 | u64::from(*byte))
}
