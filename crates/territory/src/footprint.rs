//! Land that may be judged: finite, closed, valid, not empty, in metres of a known zone.

use crate::{GeodesicHectares, Shape, UtmHectares, geodesic_hectares, shape::replace_coords};
use crs::{TransformError, UtmZone};
use geo::CoordsIter;
use geo_types::{Coord, MultiPolygon};

/// Valid land in one UTM zone of WGS 84.
#[derive(Clone, Debug, PartialEq)]
pub struct Footprint {
    zone: UtmZone,
    shape: Shape,
}

/// Why a geometry is no footprint.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FootprintError {
    /// A coordinate is not a number or infinite.
    #[error("vertex {vertex} of part {part} is not finite")]
    NotFinite {
        /// The polygon, 0 for the first.
        part: usize,
        /// The vertex among all of the polygon's rings, 0 for the first.
        vertex: usize,
    },
    /// Coordinates look like degrees or lie outside of what a UTM zone holds.
    #[error("({x}, {y}) is no easting and northing of a UTM zone in metres")]
    NotMetric {
        /// First coordinate of the offending vertex.
        x: f64,
        /// Second coordinate.
        y: f64,
    },
    /// Rings cross, overlap or nest wrongly; `repair` mends them.
    #[error("the rings are not valid: {0}")]
    Invalid(String),
    /// No land at all.
    #[error("there is no land in the geometry")]
    Empty,
    /// West of 84° W or east of 66° W.
    #[error("longitude {0} lies in no UTM zone of Peru (17, 18, 19 south)")]
    OutsideZones(f64),
    /// The projection refused a coordinate.
    #[error(transparent)]
    Transform(#[from] TransformError),
}

impl Footprint {
    /// Accepts polygons in metres of `zone`, as they are. Rings are closed by their type; a reader that had to close one says so.
    ///
    /// # Errors
    /// When a vertex is not finite or not metric, the rings are not valid, or nothing is left.
    pub fn new(zone: UtmZone, land: &MultiPolygon<f64>) -> Result<Self, FootprintError> {
        check_finite(land)?;
        if let Some(c) = land.coords_iter().find(|c| !is_metric(*c)) {
            return Err(FootprintError::NotMetric { x: c.x, y: c.y });
        }
        Self::from_shape(zone, Shape::from_metres(land))
    }

    /// Accepts a shape that is already on the grid.
    ///
    /// # Errors
    /// When it is empty or its rings are not valid.
    pub fn from_shape(zone: UtmZone, shape: Shape) -> Result<Self, FootprintError> {
        if shape.is_empty() {
            return Err(FootprintError::Empty);
        }
        if !shape.is_valid() {
            return Err(FootprintError::Invalid(
                "they cross, overlap or nest wrongly".to_owned(),
            ));
        }
        Ok(Self { zone, shape })
    }

    /// Accepts a shape of an edition: its rings were checked at the door, and a change of zone does not undo that beyond 0.1 mm.
    ///
    /// # Errors
    /// When it is empty.
    pub fn from_stored(zone: UtmZone, shape: Shape) -> Result<Self, FootprintError> {
        if shape.is_empty() {
            Err(FootprintError::Empty)
        } else {
            Ok(Self { zone, shape })
        }
    }

    /// The zone its coordinates are in.
    pub fn zone(&self) -> UtmZone {
        self.zone
    }

    /// Its rings.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Planar area in its zone.
    pub fn utm_hectares(&self) -> UtmHectares {
        UtmHectares::from_square_metres(self.shape.square_metres())
    }

    /// Its land in lon/lat WGS 84 degrees.
    ///
    /// # Errors
    /// When the projection refuses a coordinate.
    pub fn lonlat(&self) -> Result<MultiPolygon<f64>, TransformError> {
        to_lonlat(&self.shape, self.zone)
    }

    /// Area on the ellipsoid, edges being geodesics between the vertices (Karney).
    ///
    /// # Errors
    /// When the projection refuses a coordinate.
    pub fn geodesic_hectares(&self) -> Result<GeodesicHectares, TransformError> {
        Ok(geodesic_hectares(&self.lonlat()?))
    }
}

/// A shape of `zone` in lon/lat WGS 84 degrees.
pub(crate) fn to_lonlat(shape: &Shape, zone: UtmZone) -> Result<MultiPolygon<f64>, TransformError> {
    let mut land = shape.to_metres();
    let mut coords: Vec<Coord<f64>> = land.coords_iter().collect();
    crs::utm_to_lonlat(&mut coords, zone)?;
    replace_coords(&mut land, &coords);
    Ok(land)
}

pub(crate) fn check_finite(land: &MultiPolygon<f64>) -> Result<(), FootprintError> {
    for (part, polygon) in land.iter().enumerate() {
        if let Some(vertex) = polygon
            .coords_iter()
            .position(|c| !(c.x.is_finite() && c.y.is_finite()))
        {
            return Err(FootprintError::NotFinite { part, vertex });
        }
    }
    Ok(())
}

/// Eastings and northings that a southern zone and its neighbours over Peru can hold.
fn is_metric(coord: Coord<f64>) -> bool {
    let degrees = coord.x.abs() <= 360.0 && coord.y.abs() <= 90.0;
    !degrees && coord.x.abs() <= 3e6 && (0.0..=1.1e7).contains(&coord.y)
}
