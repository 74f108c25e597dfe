//! Where on earth: the coordinate system of an upload, declared or found, and the way to lon/lat.

use crate::raw::{Claim, Pair, Raw};
use crate::{Incoming, Note, Upload, UploadError};
use crs::disguise::{Candidate, Near, Reading, declared_disguises};
use crs::written::{Declared, Order};
use crs::{Crs, Datum, DatumOperation, OperationUsed, TransformError, in_jurisdiction, transform_to_lonlat};
use geo_types::{Coord, LineString, MultiPolygon, Polygon, coord};

/// Coordinates on earth, and how they came there.
struct Placed {
    lonlat: Vec<Coord<f64>>,
    crs: Crs,
    operation: OperationUsed,
    evidence: String,
}

/// Puts what a reader found on the earth.
pub(crate) fn place(raw: Raw, incoming: &Incoming<'_>) -> Result<Upload, UploadError> {
    let pairs: Vec<Pair> = raw
        .polygons
        .iter()
        .flat_map(|polygon| polygon.rings.iter().flatten().copied())
        .collect();
    let placed = placed(&raw, &pairs, incoming)?;
    let outside = placed.lonlat.iter().filter(|c| !in_jurisdiction(c.x, c.y)).count();
    let mut notes = raw.notes;
    if outside > 0 {
        notes.push(Note::PartlyOutside { vertices: outside });
    }
    let crs_declared = match (incoming.crs, &raw.claim) {
        (Some(crs), _) => Some(crs.to_string()),
        (None, Claim::Said(words)) => Some(words.clone()),
        (None, _) => None,
    };
    let mut lonlat = placed.lonlat.into_iter();
    let land = raw.polygons.iter().map(|polygon| {
        let mut rings = polygon
            .rings
            .iter()
            .map(|ring| LineString(lonlat.by_ref().take(ring.len()).collect()));
        let exterior = rings.next().expect("a collected polygon has an exterior");
        Polygon::new(exterior, rings.collect())
    });
    Ok(Upload {
        land: MultiPolygon(land.collect()),
        format: raw.format,
        crs_declared,
        crs_used: placed.crs,
        operation: placed.operation,
        evidence: vec![placed.evidence],
        notes,
        left_out: raw.left_out,
    })
}

fn placed(raw: &Raw, pairs: &[Pair], incoming: &Incoming<'_>) -> Result<Placed, UploadError> {
    if let Some(reading) = incoming.reading {
        return by_reading(raw, pairs, incoming, reading, |label| {
            format!("Quien envía eligió leer las coordenadas como {label}.")
        });
    }
    let declared = incoming.crs.map(|crs| (crs, "Quien envía".to_owned())).or_else(|| {
        let Claim::Said(words) = &raw.claim else { return None };
        raw.declared.crs.map(|crs| (crs, format!("El archivo («{words}»)")))
    });
    if let Some((crs, who)) = declared {
        return by_declaration(raw, pairs, incoming, crs, &who);
    }
    if raw.claim == Claim::Standard {
        let lonlat = Reading::from_id("lon-lat").expect("a reading of this crate's own table");
        let at_home = |&&(x, y): &&Pair| Crs::WGS84.admits(x, y) && in_jurisdiction(x, y);
        let inside = pairs.iter().filter(at_home).count();
        let fits = inside > 0 && pairs.iter().all(|&(x, y)| Crs::WGS84.admits(x, y));
        // where most vertices are degrees in the country, the others are mistakes and not another system: they are named
        if fits || inside > pairs.len() / 2 {
            let evidence = format!("El formato {} lleva longitud y latitud WGS 84.", raw.format.label_es());
            return by_reading(raw, pairs, incoming, lonlat, |_| evidence.clone());
        }
    }
    by_disguise(raw, pairs, incoming)
}

/// The declared system holds, in the order that a heading says; where it puts the land outside of Peru, its other order is
/// tried, and else it is refused, or asked for when another system fits.
fn by_declaration(
    raw: &Raw,
    pairs: &[Pair],
    incoming: &Incoming<'_>,
    crs: Crs,
    who: &str,
) -> Result<Placed, UploadError> {
    let swapped = raw.declared.order == Some(Order::NorthFirst);
    let xy = |&(a, b): &Pair| {
        if swapped {
            coord! { x: b, y: a }
        } else {
            coord! { x: a, y: b }
        }
    };
    let mut lonlat: Vec<Coord<f64>> = pairs.iter().map(xy).collect();
    let wrong = match transform_to_lonlat(crs, operation_for(crs, incoming), &mut lonlat) {
        Ok(operation) if lonlat.iter().any(|c| in_jurisdiction(c.x, c.y)) => {
            let evidence = format!("{who} declara {} ({crs}).", crs.name());
            return Ok(Placed {
                lonlat,
                crs,
                operation,
                evidence,
            });
        }
        Ok(_) => UploadError::Outside {
            crs,
            lon: lonlat[0].x,
            lat: lonlat[0].y,
        },
        Err(error) => out_of_range(raw, crs, error),
    };
    if let [only] = &candidates(pairs, &Declared::of(crs), incoming.near)[..] {
        return by_reading(raw, pairs, incoming, only.reading, |label| {
            format!(
                "{who} declara {} ({crs}); los números solo caen en el Perú si se leen como {label}.",
                crs.name()
            )
        });
    }
    let fits = candidates(pairs, &Declared::default(), incoming.near);
    Err(if fits.is_empty() { wrong } else { ask(fits, false) })
}

fn by_disguise(raw: &Raw, pairs: &[Pair], incoming: &Incoming<'_>) -> Result<Placed, UploadError> {
    // column names and the standard of a format are weaker than what puts the land in the country
    let loose = Declared {
        order: None,
        unit: None,
        ..raw.declared
    };
    let attempts = [(raw.declared, incoming.near), (loose, incoming.near)];
    for (declared, near) in attempts {
        let fits = candidates(pairs, &declared, near);
        if let [only] = &fits[..] {
            let near = only
                .distance_km
                .map_or_else(String::new, |km| format!(", a {km:.0} km del lugar indicado"));
            let said = if let Claim::Said(words) = &raw.claim {
                format!("El archivo dice «{words}». ")
            } else {
                String::new()
            };
            return by_reading(raw, pairs, incoming, only.reading, |label| {
                format!(
                    "{said}Las coordenadas se leyeron como {label}: es la única lectura que las pone en el Perú{near}."
                )
            });
        }
        if !fits.is_empty() {
            return Err(ask(fits, false));
        }
    }
    let anywhere = incoming.near.map(|near| Near {
        radius_km: f64::INFINITY,
        ..near
    });
    let far = candidates(pairs, &loose, anywhere);
    Err(if far.is_empty() {
        UploadError::Nowhere { given: pairs[0] }
    } else {
        ask(far, true)
    })
}

fn by_reading(
    raw: &Raw,
    pairs: &[Pair],
    incoming: &Incoming<'_>,
    reading: Reading,
    evidence: impl Fn(&str) -> String,
) -> Result<Placed, UploadError> {
    let crs = reading.crs();
    let Some(mut lonlat) = reading.coords(pairs) else {
        return Err(UploadError::Nowhere { given: pairs[0] });
    };
    let operation = transform_to_lonlat(crs, operation_for(crs, incoming), &mut lonlat);
    let operation = operation.map_err(|error| out_of_range(raw, crs, error))?;
    if !lonlat.iter().any(|c| in_jurisdiction(c.x, c.y)) {
        return Err(UploadError::Outside {
            crs,
            lon: lonlat[0].x,
            lat: lonlat[0].y,
        });
    }
    Ok(Placed {
        lonlat,
        crs,
        operation,
        evidence: evidence(&reading.label_es()),
    })
}

/// The named operation, where the datum has a choice.
fn operation_for(crs: Crs, incoming: &Incoming<'_>) -> Option<DatumOperation> {
    incoming.operation.filter(|_| crs.datum() == Datum::Psad56)
}

fn candidates(pairs: &[Pair], declared: &Declared, near: Option<Near>) -> Vec<Candidate> {
    declared_disguises(pairs, declared, near)
}

const fn ask(candidates: Vec<Candidate>, far: bool) -> UploadError {
    UploadError::NeedsCrs { candidates, far }
}

/// The error with the feature and vertex that the sender knows.
fn out_of_range(raw: &Raw, crs: Crs, reason: TransformError) -> UploadError {
    let mut left = reason.vertex().unwrap_or(0);
    let (mut feature, mut before) = (1, 0);
    for polygon in &raw.polygons {
        if polygon.feature != feature {
            (feature, before) = (polygon.feature, 0);
        }
        let vertices: usize = polygon.rings.iter().map(Vec::len).sum();
        if left < vertices {
            let given = polygon.rings.iter().flatten().nth(left).copied().unwrap_or_default();
            return UploadError::OutOfRange {
                feature,
                vertex: before + left + 1,
                given,
                crs,
                reason,
            };
        }
        left -= vertices;
        before += vertices;
    }
    UploadError::OutOfRange {
        feature,
        vertex: 1,
        given: (0.0, 0.0),
        crs,
        reason,
    }
}
