//! How far what shares nothing with a land lies from it: straight metres in the plane of the judging zone.

use crate::cross::edges_meet;
use crate::measure::winding;
use crate::relate::line_lengths;
use crate::shape::{Box2, GRID_PER_METRE, GridPoint};
use crate::{Metres, Shape};
use crs::UtmZone;
use geo::CoordsIter;
use geo_types::{Coord, Geometry};

/// The shortest way from a land to something else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// Its length; 0 where they share a point.
    pub length: Metres,
    /// East and north of its direction from the land, of length 1; zero where the gap is.
    pub towards: [f64; 2],
}

/// The gap between two lands of one zone; none where it is wider than `reach`.
///
/// ```
/// # use territory::{Metres, Shape, gap};
/// # use geo_types::{MultiPolygon, Rect, coord};
/// # let square = |x: f64| Shape::from_metres(&MultiPolygon(vec![Rect::new(coord! {x: x, y: 9e6}, coord! {x: x + 1000.0, y: 9e6 + 1000.0}).to_polygon()]));
/// let (land, other) = (square(500_000.0), square(501_030.0));
/// let found = gap(&land, &other, Metres(100.0)).unwrap();
/// assert_eq!((found.length, found.towards), (Metres(30.0), [1.0, 0.0]));
/// assert_eq!(gap(&land, &other, Metres(29.0)), None);
/// ```
pub fn gap(land: &Shape, other: &Shape, reach: Metres) -> Option<Gap> {
    let mut search = Search::within(reach);
    let (west, east) = (wider(&land.bounds, search.limit()), &other.bounds);
    if !west.meets(east) {
        return None;
    }
    let starts_in = |shape: &Shape, around: &Shape| {
        let mut starts = shape.rings.iter().map(|ring| shape.points[ring.first as usize]);
        starts.any(|start| winding(around, start, 1.0) != 0)
    };
    if starts_in(other, land) || starts_in(land, other) {
        return Some(Gap::NONE);
    }
    for ring in &other.rings {
        for (p, q) in other.edges(*ring) {
            search.edge(land, p, q);
        }
    }
    search.found()
}

/// The gap between a land in `zone` and points or lines in lon/lat WGS 84 degrees; none where it is wider than `reach`, or
/// the geometry is neither, or the projection refuses a coordinate.
pub fn gap_to(land: &Shape, lonlat: &Geometry<f64>, zone: UtmZone, reach: Metres) -> Option<Gap> {
    let mut coords: Vec<Coord<f64>> = lonlat.coords_iter().collect();
    crs::lonlat_to_utm(&mut coords, zone).ok()?;
    let points: Vec<GridPoint> = coords
        .iter()
        .map(|c| [(c.x * GRID_PER_METRE).round(), (c.y * GRID_PER_METRE).round()])
        .collect();
    let lengths = match lonlat {
        Geometry::Point(_) | Geometry::MultiPoint(_) => vec![1; points.len()],
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => line_lengths(lonlat),
        _ => return None,
    };
    let mut search = Search::within(reach);
    let mut start = 0;
    for length in lengths {
        let line = &points[start..start + length];
        start += length;
        let Some(&first) = line.first() else { continue };
        if winding(land, first, 1.0) != 0 {
            return Some(Gap::NONE);
        }
        if line.len() == 1 {
            search.edge(land, first, first);
        }
        for ends in line.windows(2) {
            search.edge(land, ends[0], ends[1]);
        }
    }
    search.found()
}

impl Gap {
    /// They share a point.
    const NONE: Self = Self {
        length: Metres(0.0),
        towards: [0.0; 2],
    };
}

/// The shortest way found so far, in grid units: its square, and where it leads.
struct Search {
    square: f64,
    way: Option<[f64; 2]>,
}

impl Search {
    fn within(Metres(reach): Metres) -> Self {
        let grid = reach.max(0.0) * GRID_PER_METRE;
        Self {
            square: grid * grid,
            way: None,
        }
    }

    fn limit(&self) -> f64 {
        self.square.sqrt()
    }

    /// Looks from every edge of the land that is near to the edge p→q of the other.
    fn edge(&mut self, land: &Shape, p: GridPoint, q: GridPoint) {
        let other = Box2::of_edge(p, q);
        let reach = wider(&other, self.limit());
        land.runs_where(
            |bounds| bounds.meets(&reach),
            |run| {
                let run = land.runs[run];
                for edge in run.first..run.end {
                    let (r, s) = land.edge(edge);
                    if edges_meet((p, q), (r, s)) {
                        self.take([0.0; 2]);
                        continue;
                    }
                    self.take(way(p, (r, s)).map(|part| -part));
                    self.take(way(q, (r, s)).map(|part| -part));
                    self.take(way(r, (p, q)));
                    self.take(way(s, (p, q)));
                }
            },
        );
    }

    fn take(&mut self, way: [f64; 2]) {
        let square = way[0] * way[0] + way[1] * way[1];
        if square < self.square || (self.way.is_none() && square <= self.square) {
            (self.square, self.way) = (square, Some(way));
        }
    }

    fn found(&self) -> Option<Gap> {
        let way = self.way?;
        let length = self.square.sqrt();
        if length <= 0.0 {
            return Some(Gap::NONE);
        }
        Some(Gap {
            length: Metres(length / GRID_PER_METRE),
            towards: way.map(|part| part / length),
        })
    }
}

/// From a point to the nearest place of an edge.
fn way(point: GridPoint, (p, q): (GridPoint, GridPoint)) -> [f64; 2] {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    let square = dx * dx + dy * dy;
    let (x, y) = (p[0] - point[0], p[1] - point[1]);
    let along = if square > 0.0 {
        (-(x * dx + y * dy) / square).clamp(0.0, 1.0)
    } else {
        0.0
    };
    [x + along * dx, y + along * dy]
}

/// A box with a margin all round, in grid units.
pub(crate) fn wider(Box2([west, south, east, north]): &Box2, margin: f64) -> Box2 {
    Box2([west - margin, south - margin, east + margin, north + margin])
}
