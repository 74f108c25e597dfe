//! Geometries as points, lines and areas, one by one.

use crate::edges::{Bounds, Position, covers, of_edge, on_edge};
use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo_types::{Coord, Geometry, Line, LineString, Polygon};

/// A piece of a geometry.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part<'g> {
    Point(Coord<f64>),
    Line(&'g LineString<f64>),
    Area(&'g Polygon<f64>),
}

/// 0 for points, 1 for lines, 2 for areas.
pub(crate) type Dimension = u8;

impl<'g> Part<'g> {
    pub(crate) fn dimension(self) -> Dimension {
        match self {
            Self::Point(_) => 0,
            Self::Line(_) => 1,
            Self::Area(_) => 2,
        }
    }

    /// Its lines or rings; none of a point.
    pub(crate) fn lines(self) -> impl Iterator<Item = &'g LineString<f64>> {
        let (line, area) = match self {
            Self::Point(_) => (None, None),
            Self::Line(line) => (Some(line), None),
            Self::Area(area) => (None, Some(area)),
        };
        let rings = area
            .into_iter()
            .flat_map(|area| std::iter::once(area.exterior()).chain(area.interiors()));
        line.into_iter().chain(rings)
    }

    /// Its edges; none of a point.
    pub(crate) fn edges(self) -> impl Iterator<Item = Line<f64>> {
        self.lines().flat_map(LineString::lines)
    }

    /// The first vertex of each of its lines or rings; the point itself.
    pub(crate) fn starts(self) -> impl Iterator<Item = Coord<f64>> {
        let point = match self {
            Self::Point(point) => Some(point),
            _ => None,
        };
        point
            .into_iter()
            .chain(self.lines().filter_map(|line| line.0.first().copied()))
    }

    /// The box of its vertices; none where it has none.
    pub(crate) fn bounds(self) -> Option<Bounds> {
        let point = match self {
            Self::Point(point) => Some(point),
            _ => None,
        };
        bounds_of(
            point
                .into_iter()
                .chain(self.lines().flat_map(|line| line.0.iter().copied())),
        )
    }
}

/// The box of some vertices.
pub(crate) fn bounds_of(coords: impl Iterator<Item = Coord<f64>>) -> Option<Bounds> {
    coords.fold(None, |bounds: Option<Bounds>, c| {
        let [west, south, east, north] = bounds.unwrap_or([c.x, c.y, c.x, c.y]);
        Some([west.min(c.x), south.min(c.y), east.max(c.x), north.max(c.y)])
    })
}

/// Whether `test` is true of any piece. Pieces without vertices are passed over; a line of one vertex is a point.
pub(crate) fn any(geometry: &Geometry<f64>, test: &mut impl FnMut(Part<'_>) -> bool) -> bool {
    let mut line = |line: &LineString<f64>| match line.0[..] {
        [] => false,
        [point] => test(Part::Point(point)),
        _ => test(Part::Line(line)),
    };
    match geometry {
        Geometry::LineString(one) => line(one),
        Geometry::MultiLineString(lines) => lines.iter().any(line),
        Geometry::Line(one) => line(&LineString(vec![one.start, one.end])),
        Geometry::Point(point) => test(Part::Point(point.0)),
        Geometry::MultiPoint(points) => points.iter().any(|point| test(Part::Point(point.0))),
        Geometry::Polygon(area) => !area.exterior().0.is_empty() && test(Part::Area(area)),
        Geometry::MultiPolygon(areas) => areas
            .iter()
            .any(|area| !area.exterior().0.is_empty() && test(Part::Area(area))),
        Geometry::GeometryCollection(parts) => parts.iter().any(|part| any(part, test)),
        Geometry::Rect(rect) => test(Part::Area(&rect.to_polygon())),
        Geometry::Triangle(triangle) => test(Part::Area(&triangle.to_polygon())),
    }
}

/// Whether `test` is true of all pieces.
pub(crate) fn all(geometry: &Geometry<f64>, test: &mut impl FnMut(Part<'_>) -> bool) -> bool {
    !any(geometry, &mut |part| !test(part))
}

/// The largest dimension of the pieces; none where there are none.
pub(crate) fn dimension(geometry: &Geometry<f64>) -> Option<Dimension> {
    let mut largest = None;
    any(geometry, &mut |part| {
        largest = largest.max(Some(part.dimension()));
        false
    });
    largest
}

/// Where a point lies to an area, exactly, by looking at all its edges.
pub(crate) fn position(area: &Polygon<f64>, point: Coord<f64>) -> Position {
    let mut inside = false;
    for edge in Part::Area(area).edges() {
        let starts_above = edge.start.y > point.y;
        let crosses = starts_above != (edge.end.y > point.y);
        if !crosses && !covers(&of_edge(&edge), &[point.x, point.y, point.x, point.y]) {
            continue;
        }
        if on_edge(&edge, point) {
            return Position::Border;
        }
        let turn = RobustKernel::orient2d(edge.start, edge.end, point);
        let wanted = if starts_above {
            Orientation::Clockwise
        } else {
            Orientation::CounterClockwise
        };
        inside ^= crosses && turn == wanted;
    }
    if inside { Position::Inside } else { Position::Outside }
}

/// Where a point lies to the areas of a geometry whose areas do not overlap.
pub(crate) fn position_in(geometry: &Geometry<f64>, point: Coord<f64>) -> Position {
    let mut found = Position::Outside;
    any(geometry, &mut |part| {
        if let Part::Area(area) = part {
            match position(area, point) {
                Position::Inside => found = Position::Inside,
                Position::Border if found == Position::Outside => found = Position::Border,
                _ => {}
            }
        }
        found == Position::Inside
    });
    found
}
