//! Boxes of longitudes and latitudes.

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};

/// West, south, east, north of four numbers, or of six with heights, which are dropped; none where south is above north.
pub(crate) fn box_of(numbers: &[f64]) -> Option<[f64; 4]> {
    let bounds = match *numbers {
        [west, south, east, north] | [west, south, _, east, north, _] => [west, south, east, north],
        _ => return None,
    };
    (bounds[1] <= bounds[3] && bounds.iter().all(|number| number.is_finite())).then_some(bounds)
}

/// The boxes without one across the antimeridian: one, or one on each side.
pub(crate) fn halves([west, south, east, north]: [f64; 4]) -> Vec<[f64; 4]> {
    if west <= east {
        return vec![[west, south, east, north]];
    }
    vec![[west, south, 180.0, north], [-180.0, south, east, north]]
}

/// The geometry of a box: an area, or a line or point where it has no width or height.
pub(crate) fn of_box(bounds: [f64; 4]) -> Geometry<f64> {
    let mut parts: Vec<Geometry<f64>> = halves(bounds).into_iter().map(of_plain_box).collect();
    if parts.len() == 1 {
        return parts.remove(0);
    }
    let areas = parts.iter().map(|part| match part {
        Geometry::Polygon(polygon) => Some(polygon.clone()),
        _ => None,
    });
    match areas.collect::<Option<Vec<_>>>() {
        Some(polygons) => MultiPolygon(polygons).into(),
        None => Geometry::GeometryCollection(parts.into()),
    }
}

fn of_plain_box([west, south, east, north]: [f64; 4]) -> Geometry<f64> {
    let corner = |x, y| Coord { x, y };
    match (west < east, south < north) {
        (true, true) => {
            let ring = vec![
                corner(west, south),
                corner(east, south),
                corner(east, north),
                corner(west, north),
                corner(west, south),
            ];
            Polygon::new(LineString(ring), Vec::new()).into()
        }
        (false, false) => Point(corner(west, south)).into(),
        _ => LineString(vec![corner(west, south), corner(east, north)]).into(),
    }
}
