//! The box of a question: exact in the system in which it was written.

use crate::{Row, WireCrs};
use crs::{Crs, TransformError, transform_from_lonlat, transform_to_lonlat};
use geo::{Coord, Geometry, Intersects, Polygon, Rect};

/// Points on each side of a box by which its place in degrees is found.
const SIDE_POINTS: u32 = 32;
/// Part of its size, and degrees, by which that place is grown: sides that are straight in one system bulge in the other.
const GROWN: f64 = 0.01;

/// A box, for the geometries that meet it; touching counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Boxes in degrees, one of which the box of a feature has to meet: two where the antimeridian is crossed.
    pub boxes: Vec<[f64; 4]>,
    /// Where degrees do not decide: the system and the box in it.
    exact: Option<(Crs, Rect<f64>)>,
}

/// Why a box is none.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AreaError {
    /// Neither four numbers nor six.
    #[error("a box has four numbers, or six with heights")]
    Numbers,
    /// A number is not finite.
    #[error("a number of the box is not finite")]
    NotFinite,
    /// South lies above north, or below the poles.
    #[error("the south of the box lies north of its north")]
    UpsideDown,
    /// West lies beyond east in a system in which that has no meaning.
    #[error("the west of the box lies east of its east")]
    InsideOut,
    /// It cannot be brought to degrees.
    #[error("the box is not on the map of its system: {0}")]
    OffTheMap(#[from] TransformError),
}

impl AreaError {
    /// What is expected instead, in Spanish.
    pub fn expected_es(&self) -> &'static str {
        match self {
            Self::Numbers => "cuatro números separados por comas (oeste, sur, este, norte), o seis con alturas",
            Self::NotFinite => "números finitos",
            Self::UpsideDown => {
                "un sur que no esté al norte del norte, en el orden de ejes de su sistema, y latitudes de -90 a 90"
            }
            Self::InsideOut => "un oeste que no esté al este del este, en el orden de ejes de su sistema",
            Self::OffTheMap(_) => "coordenadas que quepan en su sistema (bbox-crs)",
        }
    }
}

impl Area {
    /// The box of four numbers, or six with heights, which are not looked at; in the axis order of the system.
    ///
    /// # Errors
    /// See [`AreaError`].
    pub fn new(numbers: &[f64], crs: WireCrs) -> Result<Self, AreaError> {
        let [first, second, third, fourth] = match numbers {
            [a, b, c, d] | [a, b, _, c, d, _] => [*a, *b, *c, *d],
            _ => return Err(AreaError::Numbers),
        };
        if numbers.iter().any(|number| !number.is_finite()) {
            return Err(AreaError::NotFinite);
        }
        let bounds = if crs.is_swapped() {
            [second, first, fourth, third]
        } else {
            [first, second, third, fourth]
        };
        if bounds[1] > bounds[3] {
            return Err(AreaError::UpsideDown);
        }
        if crs.crs() == Crs::WGS84 {
            Self::in_degrees(bounds)
        } else {
            Self::in_metres(bounds, crs.crs())
        }
    }

    fn in_degrees([west, south, east, north]: [f64; 4]) -> Result<Self, AreaError> {
        if south < -90.0 || north > 90.0 {
            return Err(AreaError::UpsideDown);
        }
        let boxes = if west <= east {
            vec![[west, south, east, north]]
        } else {
            vec![[west, south, 180.0, north], [-180.0, south, east, north]]
        };
        Ok(Self { boxes, exact: None })
    }

    fn in_metres([west, south, east, north]: [f64; 4], crs: Crs) -> Result<Self, AreaError> {
        if west > east {
            return Err(AreaError::InsideOut);
        }
        let at = |least: f64, most: f64, step: u32| least + (most - least) * f64::from(step) / f64::from(SIDE_POINTS);
        let mut border: Vec<Coord<f64>> = (0..=SIDE_POINTS)
            .flat_map(|step| {
                let (x, y) = (at(west, east, step), at(south, north, step));
                [
                    Coord { x, y: south },
                    Coord { x, y: north },
                    Coord { x: west, y },
                    Coord { x: east, y },
                ]
            })
            .collect();
        transform_to_lonlat(crs, None, &mut border)?;
        let around = |axis: fn(&Coord<f64>) -> f64| {
            let values = border.iter().map(axis);
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| {
                (least.min(value), most.max(value))
            })
        };
        let ((west_deg, east_deg), (south_deg, north_deg)) = (around(|point| point.x), around(|point| point.y));
        let more = 1e-6 + GROWN * (east_deg - west_deg).max(north_deg - south_deg);
        Ok(Self {
            boxes: vec![[west_deg - more, south_deg - more, east_deg + more, north_deg + more]],
            exact: Some((crs, Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north }))),
        })
    }

    /// Whether the geometry of a feature, or its border, meets the box.
    pub fn meets(&self, row: &Row<'_>) -> bool {
        let Some(bounds) = row.bbox else { return false };
        match self.exact {
            None => self.boxes.iter().any(|wanted| {
                let inside = bounds[0] >= wanted[0]
                    && bounds[1] >= wanted[1]
                    && bounds[2] <= wanted[2]
                    && bounds[3] <= wanted[3];
                inside || (apart(&bounds, wanted).is_none() && rect(*wanted).intersects(&row.feature.lonlat))
            }),
            // what has no place in the system does not lie in a box of it
            Some((crs, wanted)) => moved(&row.feature.lonlat, crs).is_some_and(|geometry| wanted.intersects(&geometry)),
        }
    }
}

fn apart(one: &[f64; 4], other: &[f64; 4]) -> Option<()> {
    (one[0] > other[2] || other[0] > one[2] || one[1] > other[3] || other[1] > one[3]).then_some(())
}

fn rect([west, south, east, north]: [f64; 4]) -> Rect<f64> {
    Rect::new(Coord { x: west, y: south }, Coord { x: east, y: north })
}

/// A geometry of degrees in another system; none where it has no place there.
pub(crate) fn moved(lonlat: &Geometry<f64>, crs: Crs) -> Option<Geometry<f64>> {
    let mut geometry = lonlat.clone();
    move_points(&mut geometry, &mut |points| {
        transform_from_lonlat(crs, None, points).map(drop)
    })
    .ok()?;
    Some(geometry)
}

/// Moves the points of a geometry, as many at a time as stand together.
///
/// # Errors
/// Those of `step`; the geometry is then partly moved and of no use.
pub fn move_points<E>(
    geometry: &mut Geometry<f64>,
    step: &mut impl FnMut(&mut [Coord<f64>]) -> Result<(), E>,
) -> Result<(), E> {
    match geometry {
        Geometry::Point(point) => step(std::slice::from_mut(&mut point.0)),
        Geometry::MultiPoint(points) => points
            .iter_mut()
            .try_for_each(|point| step(std::slice::from_mut(&mut point.0))),
        Geometry::LineString(line) => step(&mut line.0),
        Geometry::MultiLineString(lines) => lines.iter_mut().try_for_each(|line| step(&mut line.0)),
        Geometry::Polygon(land) => move_rings(land, step),
        Geometry::MultiPolygon(lands) => lands.iter_mut().try_for_each(|land| move_rings(land, step)),
        Geometry::GeometryCollection(parts) => parts.iter_mut().try_for_each(|part| move_points(part, step)),
        Geometry::Line(line) => {
            step(std::slice::from_mut(&mut line.start))?;
            step(std::slice::from_mut(&mut line.end))
        }
        // neither keeps its shape in another system
        Geometry::Rect(rect) => {
            *geometry = Geometry::Polygon(rect.to_polygon());
            move_points(geometry, step)
        }
        Geometry::Triangle(triangle) => {
            *geometry = Geometry::Polygon(triangle.to_polygon());
            move_points(geometry, step)
        }
    }
}

fn move_rings<E>(land: &mut Polygon<f64>, step: &mut impl FnMut(&mut [Coord<f64>]) -> Result<(), E>) -> Result<(), E> {
    land.try_exterior_mut(|ring| step(&mut ring.0))?;
    land.try_interiors_mut(|rings| rings.iter_mut().try_for_each(|ring| step(&mut ring.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_over_the_antimeridian_is_two() {
        let area = Area::new(&[170.0, -20.0, -170.0, 0.0], WireCrs::CRS84).unwrap();
        assert_eq!(area.boxes, [[170.0, -20.0, 180.0, 0.0], [-180.0, -20.0, -170.0, 0.0]]);
    }

    #[test]
    fn a_box_of_epsg_4326_is_written_latitude_first() {
        let swapped = WireCrs::parse("http://www.opengis.net/def/crs/EPSG/0/4326").unwrap();
        let area = Area::new(&[-8.0, -79.0, -7.0, -78.0], swapped).unwrap();
        assert_eq!(area.boxes, [[-79.0, -8.0, -78.0, -7.0]]);
    }

    #[test]
    fn what_is_no_box_is_refused() {
        let refused = |numbers: &[f64]| Area::new(numbers, WireCrs::CRS84).unwrap_err();
        assert_eq!(refused(&[1.0, 2.0, 3.0]), AreaError::Numbers);
        assert_eq!(refused(&[0.0, 1.0, 2.0, f64::NAN]), AreaError::NotFinite);
        assert_eq!(refused(&[0.0, 1.0, 2.0, 0.0]), AreaError::UpsideDown);
        assert_eq!(refused(&[0.0, -91.0, 2.0, 0.0]), AreaError::UpsideDown);
        let utm = WireCrs::parse("http://www.opengis.net/def/crs/EPSG/0/32718").unwrap();
        assert_eq!(
            Area::new(&[5e5, 9e6, 4e5, 9.1e6], utm).unwrap_err(),
            AreaError::InsideOut
        );
    }
}
