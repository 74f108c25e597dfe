//! Areas on the ellipsoid: Karney's for whole polygons, and the ground scale of a UTM zone for overlaps.

use crate::GeodesicHectares;
use crate::shape::{Box2, GRID_PER_METRE};
use geo::GeodesicArea;
use geo::orient::{Direction, Orient};
use geo_types::MultiPolygon;

/// Area of lon/lat WGS 84 polygons (degrees) on the ellipsoid, edges being geodesics (Karney 2013, doi:10.1007/s00190-012-0578-z).
/// Winding may be any.
pub fn geodesic_hectares(lonlat: &MultiPolygon<f64>) -> GeodesicHectares {
    GeodesicHectares(lonlat.orient(Direction::Default).geodesic_area_unsigned() / 10_000.0)
}

/// How planar square metres near a place of a UTM zone become square metres of ground.
///
/// The transverse Mercator projection enlarges lengths by k = k₀·cosh u, with u = x/(k₀·r), x the distance from the central meridian and
/// r the Gaussian mean radius of curvature (Snyder 1987, USGS PP 1395, eq. 8-11 ff. to this order). Ground area is ∫∫ k⁻² dA with
/// k⁻² = k₀⁻² (1 − u² + ⅔u⁴ − …): the second moment of the overlap about the central meridian is all that is needed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroundScale {
    /// (k₀·r)² in square metres.
    squared_radius: f64,
}

const K0: f64 = 0.9996;

impl GroundScale {
    /// The scale in the middle of a box of grid points of the southern hemisphere.
    pub(crate) fn at(bounds: &Box2) -> Self {
        const SEMI_MAJOR: f64 = 6_378_137.0;
        const FLATTENING: f64 = 1.0 / 298.257_223_563;
        const E2: f64 = FLATTENING * (2.0 - FLATTENING);
        let Box2([_, south, _, north]) = bounds;
        let northing = (south + north) / (2.0 * GRID_PER_METRE);
        // rectifying latitude from the equator (false northing 10 000 km); its difference from the geographic one, at most
        // 0.15°, moves r² by under 2e-5
        let latitude = (northing - 1e7) / (K0 * 6_367_449.145_8);
        let sine = latitude.sin();
        let radius_squared =
            SEMI_MAJOR * SEMI_MAJOR * (1.0 - E2) / ((1.0 - E2 * sine * sine) * (1.0 - E2 * sine * sine));
        Self {
            squared_radius: K0 * K0 * radius_squared,
        }
    }

    /// Hectares of ground of a planar area (m²) with its second moment about the central meridian (m⁴).
    pub(crate) fn hectares(self, area: f64, second_moment: f64) -> GeodesicHectares {
        if area <= 0.0 {
            return GeodesicHectares(0.0);
        }
        let mean_u2 = (second_moment / area / self.squared_radius).max(0.0);
        // the fourth moment by the square of the second: the overlap is small against its distance from the meridian
        GeodesicHectares(area * (1.0 - mean_u2 + 2.0 / 3.0 * mean_u2 * mean_u2) / (K0 * K0) / 10_000.0)
    }
}
