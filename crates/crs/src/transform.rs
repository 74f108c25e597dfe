//! Coordinates from one system to another, in place.

use crate::pipeline::{Direction, run};
use crate::system::Projection;
use crate::{Crs, Datum, DatumOperation, OperationUsed, TransformError, UtmZone};
use geo_types::Coord;

/// Degrees from its central meridian up to which a transverse projection is used; it holds to a micrometre there.
const REACH_OF_A_STRIP: f64 = 30.0;

/// Lon/lat WGS 84 in degrees becomes easting and northing in metres of WGS 84 / UTM south.
///
/// ```
/// use crs::{UtmZone, lonlat_to_utm};
/// let mut on_the_equator = [geo_types::coord! { x: -75.0, y: 0.0 }];
/// lonlat_to_utm(&mut on_the_equator, UtmZone::Z18).unwrap();
/// assert!(on_the_equator[0].x.round() == 500_000.0 && on_the_equator[0].y.round() == 10_000_000.0);
/// ```
///
/// # Errors
/// A vertex is not finite, not a position on earth, or farther than 30° from the central meridian. The slice then holds
/// no meaningful mixture: throw it away.
pub fn lonlat_to_utm(coords: &mut [Coord<f64>], zone: UtmZone) -> Result<(), TransformError> {
    transform_from_lonlat(Crs::utm(zone), None, coords).map(drop)
}

/// Easting and northing in metres of WGS 84 / UTM south become lon/lat WGS 84 in degrees.
///
/// # Errors
/// A vertex is not finite or out of [`Crs::range`]; the slice is then to be thrown away.
pub fn utm_to_lonlat(coords: &mut [Coord<f64>], zone: UtmZone) -> Result<(), TransformError> {
    transform_to_lonlat(Crs::utm(zone), None, coords).map(drop)
}

/// Coordinates of a system become lon/lat WGS 84 in degrees; says the operation used.
///
/// PSAD 56 goes by [`DatumOperation::Epsg1208`] unless another is named. Heights are taken as 0 and dropped.
///
/// # Errors
/// A vertex is not finite or out of [`Crs::range`], or an operation is named for a datum that is not PSAD 56. The slice is
/// then to be thrown away.
pub fn transform_to_lonlat(
    source: Crs,
    operation: Option<DatumOperation>,
    coords: &mut [Coord<f64>],
) -> Result<OperationUsed, TransformError> {
    let operation = operation_for(source, operation)?;
    within(source, source.range(), coords)?;
    move_all(source, operation, Direction::ToLonLat, coords)
}

/// Lon/lat WGS 84 in degrees becomes coordinates of a system; says the operation used.
///
/// # Errors
/// As [`transform_to_lonlat`], and where a vertex is farther than 30° from the central meridian of a transverse projection.
pub fn transform_from_lonlat(
    target: Crs,
    operation: Option<DatumOperation>,
    coords: &mut [Coord<f64>],
) -> Result<OperationUsed, TransformError> {
    let operation = operation_for(target, operation)?;
    within(Crs::WGS84, lonlat_range(target), coords)?;
    move_all(target, operation, Direction::FromLonLat, coords)
}

fn move_all(
    crs: Crs,
    operation: DatumOperation,
    direction: Direction,
    coords: &mut [Coord<f64>],
) -> Result<OperationUsed, TransformError> {
    let datum = crs.datum();
    let unchanged = crs.is_geographic() && datum != Datum::Psad56;
    if !unchanged {
        run(crs, operation, direction, coords).map_err(|(vertex, reason)| {
            let Coord { x, y } = coords[vertex];
            TransformError::Refused { vertex, x, y, reason }
        })?;
    }
    Ok(OperationUsed::between(datum, operation))
}

fn operation_for(crs: Crs, named: Option<DatumOperation>) -> Result<DatumOperation, TransformError> {
    match named {
        Some(operation) if crs.datum() != Datum::Psad56 => Err(TransformError::OperationNotForDatum { operation, crs }),
        named => Ok(named.unwrap_or_default()),
    }
}

fn lonlat_range(target: Crs) -> [[f64; 2]; 2] {
    let latitudes = [-90.0, 90.0];
    match target.system().projection {
        Projection::Geographic => [[-180.0, 180.0], latitudes],
        // beyond this the square of Web Mercator ends
        Projection::WebMercator => [[-180.0, 180.0], [-85.06, 85.06]],
        Projection::Utm(zone) => [around(zone.central_meridian()), latitudes],
        Projection::Strip(meridian, _) => [around(meridian), latitudes],
    }
}

fn around(meridian: f64) -> [f64; 2] {
    [meridian - REACH_OF_A_STRIP, meridian + REACH_OF_A_STRIP]
}

fn within(crs: Crs, [x_range, y_range]: [[f64; 2]; 2], coords: &[Coord<f64>]) -> Result<(), TransformError> {
    for (vertex, &Coord { x, y }) in coords.iter().enumerate() {
        if !x.is_finite() || !y.is_finite() {
            return Err(TransformError::NotFinite { vertex, x, y });
        }
        if x < x_range[0] || x > x_range[1] || y < y_range[0] || y > y_range[1] {
            return Err(TransformError::OutOfRange {
                vertex,
                x,
                y,
                crs,
                x_range,
                y_range,
            });
        }
    }
    Ok(())
}
