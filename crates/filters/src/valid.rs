//! Whether the areas of a literal are areas: rings that cross nothing, holes in their outer rings, areas beside each other.

use crate::{
    edges::{Edges, Position, cross, meet, turn},
    parts::{self, Part},
};
use geo::kernels::Orientation;
use geo_types::{Coord, Geometry, Line, LineString, Polygon};

/// A place where the areas of a geometry are not valid (OGC 06-103r4, 6.1.11 and 6.1.14); none where they are. Areas of a collection
/// may overlap: each of its members is looked at by itself.
pub(crate) fn fault(geometry: &Geometry<f64>) -> Option<Coord<f64>> {
    match geometry {
        Geometry::Polygon(area) => fault_of(std::slice::from_ref(area)),
        Geometry::MultiPolygon(areas) => fault_of(&areas.0),
        Geometry::LineString(line) => point_like(line),
        Geometry::MultiLineString(lines) => lines.iter().find_map(point_like),
        Geometry::GeometryCollection(members) => members.iter().find_map(fault),
        _ => None,
    }
}

/// Pairs of edges whose boxes may meet: an outline of 10 000 vertices has some tens of thousands.
pub(crate) const PAIRS: usize = 500_000;

/// Whether so many edges lie over one another that to check them, or to relate features to them, would take long.
pub(crate) fn is_crowded(geometry: &Geometry<f64>) -> bool {
    let mut lines = Vec::new();
    parts::any(geometry, &mut |part| {
        lines.extend(part.edges());
        false
    });
    let edges = Edges::new(lines.iter().copied());
    let mut left = PAIRS;
    lines.iter().any(|line| {
        let near = edges.near(&crate::edges::of_edge(line)).take(left + 1).count();
        let over = near > left;
        left = left.saturating_sub(near);
        over
    })
}

/// The place of a line all of whose vertices are one.
fn point_like(line: &LineString<f64>) -> Option<Coord<f64>> {
    let first = line.0.first().copied()?;
    line.0.iter().all(|vertex| *vertex == first).then_some(first)
}

fn fault_of(areas: &[Polygon<f64>]) -> Option<Coord<f64>> {
    edge_fault(areas).or_else(|| place_fault(areas))
}

/// An edge, with its ring and its place in the ring.
struct Run {
    line: Line<f64>,
    ring: usize,
    at: usize,
    last: usize,
}

/// Edges without length are left out: a vertex that is written twice harms nothing.
fn runs(areas: &[Polygon<f64>]) -> Vec<Run> {
    let rings = areas.iter().flat_map(|area| Part::Area(area).lines());
    let mut runs = Vec::new();
    for (ring, line) in rings.enumerate() {
        let edges: Vec<Line<f64>> = line.lines().filter(|edge| edge.start != edge.end).collect();
        let last = edges.len().saturating_sub(1);
        runs.extend(
            edges
                .into_iter()
                .enumerate()
                .map(|(at, line)| Run { line, ring, at, last }),
        );
    }
    runs
}

fn edge_fault(areas: &[Polygon<f64>]) -> Option<Coord<f64>> {
    let runs = runs(areas);
    let edges = Edges::new(runs.iter().map(|run| run.line));
    for run in &runs {
        if run.last < 2 {
            return Some(run.line.start);
        }
        let bounds = crate::edges::of_edge(&run.line);
        let clash = edges.near(&bounds).any(|(other, _)| clashes(run, &runs[other]));
        if clash {
            return Some(run.line.start);
        }
    }
    // a ring all of whose vertices are one has no edge to be found by
    let mut rings = areas.iter().flat_map(|area| Part::Area(area).lines());
    rings.find_map(point_like)
}

/// Whether two edges have more in common than their rings allow.
fn clashes(one: &Run, other: &Run) -> bool {
    use geo::Intersects;
    if one.ring != other.ring {
        return cross(&one.line, &other.line) || run_along(&one.line, &other.line);
    }
    let next = |one: &Run, other: &Run| other.at == one.at + 1 || (one.at == one.last && other.at == 0);
    if one.at == other.at {
        false
    } else if next(one, other) {
        folds_back(&one.line, &other.line)
    } else if next(other, one) {
        folds_back(&other.line, &one.line)
    } else {
        one.line.intersects(&other.line)
    }
}

/// Whether they have a stretch in common.
fn run_along(one: &Line<f64>, other: &Line<f64>) -> bool {
    let flat = turn(one, other.start) == Orientation::Collinear && turn(one, other.end) == Orientation::Collinear;
    let (bounds, others) = (crate::edges::of_edge(one), crate::edges::of_edge(other));
    let wide = bounds[0].max(others[0]) < bounds[2].min(others[2]);
    let high = bounds[1].max(others[1]) < bounds[3].min(others[3]);
    flat && meet(&bounds, &others) && (wide || high)
}

/// Whether the second, which begins where the first ends, goes back on it.
fn folds_back(one: &Line<f64>, other: &Line<f64>) -> bool {
    turn(one, other.end) == Orientation::Collinear && run_along(one, other)
}

/// Holes outside of their area, areas in one another. Their borders do not cross, so one vertex off the other's border decides.
fn place_fault(areas: &[Polygon<f64>]) -> Option<Coord<f64>> {
    let hole_outside = |area: &Polygon<f64>| {
        let outer = Polygon::new(area.exterior().clone(), Vec::new());
        let mut holes = area.interiors().iter();
        holes.find_map(|hole| off_border(&outer, hole, Position::Outside))
    };
    let boxes: Vec<_> = areas.iter().map(|area| Part::Area(area).bounds()).collect();
    let near =
        |one: usize, other: usize| matches!((&boxes[one], &boxes[other]), (Some(one), Some(other)) if meet(one, other));
    let pairs = (0..areas.len()).flat_map(|one| (0..areas.len()).map(move |other| (one, other)));
    areas.iter().find_map(hole_outside).or_else(|| {
        pairs
            .filter(|(one, other)| one != other && near(*one, *other))
            .find_map(|(one, other)| off_border(&areas[one], areas[other].exterior(), Position::Inside))
    })
}

/// The first vertex of a ring that is not on the border of an area, if it lies as asked.
fn off_border(area: &Polygon<f64>, ring: &LineString<f64>, asked: Position) -> Option<Coord<f64>> {
    let placed = ring.0.iter().map(|vertex| (*vertex, parts::position(area, *vertex)));
    let (vertex, position) = placed.into_iter().find(|(_, position)| *position != Position::Border)?;
    (position == asked).then_some(vertex)
}
