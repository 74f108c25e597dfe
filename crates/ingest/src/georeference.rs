//! Which CRS a source is in: said by the caller, the file or the profile, and never guessed.

use crate::clean::RowCrs;
use crate::format::Format;
use crate::place::Place;
use crate::{OpenError, Profile, wkb};
use crs::Crs;
use gdal::Dataset;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::LayerAccess;
use geo::CoordsIter;
use geo_types::Coord;

/// Rows whose first vertex is looked at before reading.
const LOOKED_AT: usize = 50;

/// Decides the CRS: `--crs`, else the profile's zone field, else the file's own statement, else the profile's.
pub(crate) fn of_layer(
    dataset: &Dataset,
    layer: usize,
    place: &Place,
    profile: &Profile,
    by_caller: Option<&str>,
    notes: &mut Vec<String>,
) -> Result<RowCrs, OpenError> {
    let starts = first_vertices(dataset, layer);
    let parse = |text: &str| Crs::parse(text).map_err(|_| OpenError::UnknownCrs(text.to_owned()));
    let stated = stated_by(dataset, layer, place.format);
    let by_profile = profile.crs.as_deref().map(parse).transpose()?;
    if let Some(text) = by_caller {
        let chosen = parse(text)?;
        match &stated {
            Some(Ok(said)) if *said != chosen => {
                notes.push(format!("el archivo declara {said}, pero se pidió {chosen} con --crs"));
            }
            Some(Err(said)) => notes.push(format!("el archivo declara «{said}», pero se pidió {chosen} con --crs")),
            _ => {}
        }
        return possible(chosen, &starts).map(RowCrs::One);
    }
    if let Some(rule) = &profile.zone {
        return Ok(RowCrs::ByZone(rule.datum));
    }
    let chosen = match (stated, by_profile) {
        (Some(Ok(said)), Some(expected)) if said != expected && !(implied(place.format) && said == Crs::WGS84) => {
            return Err(OpenError::CrsContradiction {
                stated: said.to_string(),
                expected: expected.to_string(),
            });
        }
        (Some(Ok(said)), None) => said,
        (_, Some(expected)) => expected,
        (Some(Err(said)), None) => return Err(OpenError::UnknownCrs(said)),
        (None, None) => {
            let candidates = starts.first().map(|start| candidates(*start)).unwrap_or_default();
            return Err(OpenError::NoCrs {
                path: place.shown.clone().into(),
                candidates,
            });
        }
    };
    possible(chosen, &starts).map(RowCrs::One)
}

/// Formats that are lon/lat WGS 84 unless somebody says otherwise.
fn implied(format: Format) -> bool {
    matches!(format, Format::GeoJson | Format::GeoJsonSeq)
}

/// What the source says of itself: a CRS that we know, or its name.
fn stated_by(dataset: &Dataset, layer: usize, format: Format) -> Option<Result<Crs, String>> {
    if format == Format::Kml {
        // the standard allows nothing else (OGC 07-147r2 §9.1.3.1)
        return Some(Ok(Crs::WGS84));
    }
    Some(known_crs(dataset.layer(layer).ok()?.spatial_ref()?))
}

/// A reference as a CRS that we know, or its name.
pub(crate) fn known_crs(mut reference: SpatialRef) -> Result<Crs, String> {
    let named = |reference: &SpatialRef| reference.authority().ok().and_then(|code| Crs::parse(&code).ok());
    if let Some(crs) = named(&reference) {
        return Ok(crs);
    }
    if reference.auto_identify_epsg().is_ok()
        && let Some(crs) = named(&reference)
    {
        return Ok(crs);
    }
    let name = reference
        .name()
        .or_else(|| reference.authority().ok())
        .unwrap_or_else(|| "sin nombre".to_owned());
    by_parameters(&reference, &name).ok_or(name)
}

/// Known by what it does where nobody gave it a code (old .prj files).
fn by_parameters(reference: &SpatialRef, name: &str) -> Option<Crs> {
    let parameters = reference.to_proj4().ok()?;
    let has = |word: &str| parameters.split_whitespace().any(|parameter| parameter == word);
    let name = name.to_ascii_uppercase().replace([' ', '_'], "");
    let wgs84 = has("+datum=WGS84") || (has("+ellps=WGS84") && name.contains("WGS"));
    let psad56 = has("+ellps=intl")
        && (name.contains("PSAD")
            || name.contains("PROVISIONALSOUTHAMERICAN")
            || name.contains("PROVISIONALS.AMERICAN"));
    if has("+proj=longlat") {
        return wgs84
            .then_some(Crs::WGS84)
            .or_else(|| psad56.then(|| Crs::from_epsg(4248).ok()).flatten());
    }
    if !has("+proj=utm") || !has("+south") {
        return None;
    }
    let zone = crs::UtmZone::ALL
        .into_iter()
        .find(|zone| has(&format!("+zone={}", zone.number())))?;
    wgs84
        .then_some(Crs::utm(zone))
        .or(psad56.then_some(Crs::psad56_utm(zone)))
}

/// Refuses a CRS in which no first vertex of any row can be.
fn possible(crs: Crs, starts: &[Coord<f64>]) -> Result<Crs, OpenError> {
    let finite = starts.iter().filter(|c| c.x.is_finite() && c.y.is_finite());
    match finite.clone().next() {
        Some(first) if finite.clone().all(|c| !crs.admits(c.x, c.y)) => Err(OpenError::ImpossibleCrs {
            crs: crs.to_string(),
            x: first.x,
            y: first.y,
            candidates: candidates(*first),
        }),
        _ => Ok(crs),
    }
}

fn first_vertices(dataset: &Dataset, layer: usize) -> Vec<Coord<f64>> {
    let Ok(mut layer) = dataset.layer(layer) else {
        return Vec::new();
    };
    let first = |feature: gdal::vector::Feature<'_>| {
        let bytes = feature
            .geometry_by_index(0)
            .ok()
            .filter(|g| !g.is_empty())?
            .iso_wkb()
            .ok()?;
        wkb::decode(&bytes).ok()?.geometry?.coords_iter().next()
    };
    layer.features().take(LOOKED_AT).filter_map(first).collect()
}

/// The systems in which a coordinate lies in Peru, each with its place.
fn candidates(at: Coord<f64>) -> Vec<String> {
    let mut found = Vec::new();
    for (coord, order) in [(at, ""), (Coord { x: at.y, y: at.x }, ", con los ejes cambiados")] {
        for crs in Crs::all() {
            let mut moved = [coord];
            let common = crs == Crs::WGS84
                || crs == Crs::WEB_MERCATOR
                || (crs.utm_zone().is_some() && crs.epsg() > 24_000 && !(31_977..=31_979).contains(&crs.epsg()));
            if common
                && crs.admits(coord.x, coord.y)
                && crs::transform_to_lonlat(crs, None, &mut moved).is_ok()
                && crs::in_jurisdiction(moved[0].x, moved[0].y)
            {
                found.push(format!(
                    "{crs} ({}){order}: longitud {:.4}°, latitud {:.4}°",
                    crs.name(),
                    moved[0].x,
                    moved[0].y
                ));
            }
        }
    }
    found
}
