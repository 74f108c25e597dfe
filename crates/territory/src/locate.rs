//! Puts land given in degrees into its home zone: projects, rounds, repairs.

use crate::feature::Land;
use crate::footprint::{FootprintError, check_finite, to_lonlat};
use crate::shape::project;
use crate::{Repair, repair};
use crs::UtmZone;
use geo::CoordsIter;
use geo_types::{Coord, LineString, MultiPolygon};

/// Land in its home zone, with what was mended.
#[derive(Debug)]
pub struct Located {
    /// The land on the grid of its home zone.
    pub land: Land,
    /// The same in lon/lat WGS 84 degrees: as given where no repair changed the land, else from the repaired rings.
    pub lonlat: MultiPolygon<f64>,
    /// What was done.
    pub repairs: Vec<Repair>,
}

/// Projects lon/lat WGS 84 polygons (degrees) to the zone that holds most of them, or to `zone`, and repairs them.
///
/// # Errors
/// When a vertex is not finite or outside of the zones, or no land is left.
pub fn locate(lonlat: &MultiPolygon<f64>, zone: Option<UtmZone>) -> Result<Located, FootprintError> {
    check_finite(lonlat)?;
    let zone = match zone {
        Some(zone) => zone,
        None => home_zone(lonlat)?,
    };
    let repaired = repair(&project(lonlat.clone(), zone)?);
    if repaired.shape.is_empty() {
        return Err(FootprintError::Empty);
    }
    let lonlat = if repaired.changed_land() || !repaired.repairs.is_empty() {
        to_lonlat(&repaired.shape, zone)?
    } else {
        lonlat.clone()
    };
    Ok(Located {
        land: Land::new(zone, repaired.shape),
        lonlat,
        repairs: repaired.repairs,
    })
}

/// The zone that holds most of the land (by its area in degrees, which near a meridian is as good as any).
///
/// # Errors
/// When there is no vertex, or one lies outside of 84° W to 66° W.
pub fn home_zone(lonlat: &MultiPolygon<f64>) -> Result<UtmZone, FootprintError> {
    let zone_of = |lon: f64| UtmZone::of_longitude(lon).ok_or(FootprintError::OutsideZones(lon));
    let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
    for coord in lonlat.coords_iter() {
        (west, east) = (west.min(coord.x), east.max(coord.x));
    }
    if west > east {
        return Err(FootprintError::Empty);
    }
    let (first, last) = (zone_of(west)?, zone_of(east)?);
    if first == last {
        return Ok(first);
    }
    let held = |zone: UtmZone| {
        let (from, to) = (zone.central_meridian() - 3.0, zone.central_meridian() + 3.0);
        let strip = |line: &LineString<f64>| strip_area(line, from, to).abs();
        lonlat
            .iter()
            .map(|polygon| strip(polygon.exterior()) - polygon.interiors().iter().map(strip).sum::<f64>())
            .sum::<f64>()
    };
    let by_area = UtmZone::ALL.iter().copied().map(|zone| (zone, held(zone)));
    let best = by_area.fold(
        (first, f64::NEG_INFINITY),
        |best, next| if next.1 > best.1 { next } else { best },
    );
    Ok(best.0)
}

/// Signed area of the part of a ring between two meridians: each edge is clamped to the strip.
fn strip_area(line: &LineString<f64>, from: f64, to: f64) -> f64 {
    let points = &line.0;
    let edges = points.iter().zip(points.iter().cycle().skip(1)).take(points.len());
    edges.map(|(p, q)| edge_area(*p, *q, from, to)).sum()
}

/// ∫ (clamp(x) − from) dy along an edge.
fn edge_area(p: Coord<f64>, q: Coord<f64>, from: f64, to: f64) -> f64 {
    let (dx, dy) = (q.x - p.x, q.y - p.y);
    let crossing = |x: f64| {
        if dx == 0.0 {
            0.0
        } else {
            ((x - p.x) / dx).clamp(0.0, 1.0)
        }
    };
    let (mut a, mut b) = (crossing(from), crossing(to));
    if a > b {
        (a, b) = (b, a);
    }
    let width = |t: f64| (p.x + t * dx).clamp(from, to) - from;
    [(0.0, a), (a, b), (b, 1.0)]
        .iter()
        .map(|&(s, t)| (t - s) * dy * 0.5 * (width(s) + width(t)))
        .sum()
}
