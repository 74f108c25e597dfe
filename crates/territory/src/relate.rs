//! Points and lines against land: whether they lie on it.

use crate::Shape;
use crate::cross::edges_meet;
use crate::measure::winding;
use crate::shape::{Box2, GRID_PER_METRE, GridPoint};
use crs::UtmZone;
use geo::CoordsIter;
use geo_types::{Coord, Geometry};

/// How a point or line lies to land that it meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lies {
    /// Every vertex lies on the land and no edge leaves it.
    pub wholly: bool,
}

/// Relates points or lines in lon/lat WGS 84 degrees to land in `zone`; none when they do not meet, or are no points or lines, or
/// the projection refuses a coordinate.
pub fn relate_to_land(land: &Shape, lonlat: &Geometry<f64>, zone: UtmZone) -> Option<Lies> {
    let mut coords: Vec<Coord<f64>> = lonlat.coords_iter().collect();
    crs::lonlat_to_utm(&mut coords, zone).ok()?;
    let points: Vec<GridPoint> = coords
        .iter()
        .map(|c| [(c.x * GRID_PER_METRE).round(), (c.y * GRID_PER_METRE).round()])
        .collect();
    let inside = |point: &GridPoint| winding(land, *point, 1.0) != 0;
    match lonlat {
        Geometry::Point(_) | Geometry::MultiPoint(_) => points.iter().any(inside).then(|| Lies {
            wholly: points.iter().all(inside),
        }),
        Geometry::Line(_) | Geometry::LineString(_) | Geometry::MultiLineString(_) => {
            let mut start = 0;
            let mut crosses = false;
            for length in line_lengths(lonlat) {
                crosses |= points[start..start + length]
                    .windows(2)
                    .any(|edge| meets_border(land, edge[0], edge[1]));
                start += length;
            }
            (crosses || points.iter().any(inside)).then_some(Lies { wholly: !crosses })
        }
        _ => None,
    }
}

/// The number of vertices of each line.
pub(crate) fn line_lengths(lonlat: &Geometry<f64>) -> Vec<usize> {
    match lonlat {
        Geometry::MultiLineString(lines) => lines.iter().map(|line| line.0.len()).collect(),
        other => vec![other.coords_count()],
    }
}

fn meets_border(land: &Shape, p: GridPoint, q: GridPoint) -> bool {
    let reach = Box2::of_edge(p, q);
    let mut meets = false;
    land.runs_where(
        |bounds| bounds.meets(&reach),
        |run| {
            let run = land.runs[run];
            meets |= (run.first..run.end).any(|edge| edges_meet((p, q), land.edge(edge)));
        },
    );
    meets
}
