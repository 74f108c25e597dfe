//! Geometries as WKT, for tables of text.

use crate::WireCrs;
use geo::{Geometry, MapCoords};
use geozero::ToWkt;

/// A geometry as WKT in the axis order of its system; metres to 0.1 mm.
pub(crate) fn wkt(geometry: &Geometry<f64>, crs: WireCrs) -> String {
    let degrees = crs.crs().is_geographic();
    let rounded = |value: f64| if degrees { value } else { (value * 1e4).round() / 1e4 };
    let written = geometry.map_coords(|point| {
        let (x, y) = (rounded(point.x), rounded(point.y));
        if crs.is_swapped() {
            geo::Coord { x: y, y: x }
        } else {
            geo::Coord { x, y }
        }
    });
    // the writer of texts fails for no geometry of ours
    written.to_wkt().unwrap_or_default()
}
