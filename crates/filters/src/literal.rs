//! A literal geometry, made ready to be related to many features.
//!
//! What the boxes and the edges near a feature decide is decided there, with exact predicates (`geo`'s robust orientation). Only where
//! borders meet, and more than «whether they meet» is asked, the whole DE-9IM matrix is made (`geo::Relate`).

use crate::{
    edges::{Bounds, Edges, Position, covers, meet},
    ops::Spatial,
    parts::{self, Dimension, Part},
};
use geo::Relate;
use geo_types::{Coord, Geometry, GeometryCollection, MultiLineString, MultiPoint, MultiPolygon, Point};

/// So many boxes at most stand for a literal.
const BOXES: usize = 8;

/// A literal whose pieces have one dimension and do not overlap, or a collection of such.
#[derive(Clone, Debug)]
pub(crate) struct Literal {
    shapes: Vec<Shape>,
    boxes: Vec<Bounds>,
}

#[derive(Clone, Debug)]
struct Shape {
    geometry: Geometry<f64>,
    dimension: Dimension,
    bounds: Bounds,
    edges: Edges,
    /// The first vertex of each line or ring; the points.
    starts: Vec<Coord<f64>>,
}

impl Literal {
    /// Makes a geometry ready; none where it has no vertex.
    pub(crate) fn new(geometry: &Geometry<f64>) -> Option<Self> {
        let pieces = match geometry {
            Geometry::GeometryCollection(collection) => collected(collection),
            other => vec![other.clone()],
        };
        let shapes: Vec<Shape> = pieces.into_iter().filter_map(Shape::new).collect();
        let mut boxes = Vec::new();
        parts::any(geometry, &mut |part| {
            boxes.extend(part.bounds());
            false
        });
        if boxes.len() > BOXES {
            boxes = vec![shapes.iter().map(|shape| shape.bounds).reduce(joined)?];
        }
        (!shapes.is_empty()).then_some(Self { shapes, boxes })
    }

    /// Boxes that hold all of it.
    pub(crate) fn boxes(&self) -> &[Bounds] {
        &self.boxes
    }

    /// Whether a relation other than meeting is defined.
    pub(crate) fn is_plain(&self) -> bool {
        self.shapes.len() == 1
    }

    /// Whether `feature relation literal` holds. A feature without vertices is disjoint from everything.
    pub(crate) fn relates(&self, relation: Spatial, feature: &Geometry<f64>, bounds: Option<Bounds>) -> bool {
        let Some(bounds) = bounds else {
            return relation == Spatial::Disjoint;
        };
        match (relation, &self.shapes[..]) {
            (Spatial::Intersects, shapes) => shapes.iter().any(|shape| shape.meets(feature, &bounds)),
            (Spatial::Disjoint, shapes) => !shapes.iter().any(|shape| shape.meets(feature, &bounds)),
            (_, [shape]) => shape.relates(relation, feature, &bounds),
            _ => false,
        }
    }
}

pub(crate) fn joined(one: Bounds, other: Bounds) -> Bounds {
    [
        one[0].min(other[0]),
        one[1].min(other[1]),
        one[2].max(other[2]),
        one[3].max(other[3]),
    ]
}

/// The pieces of a collection: one plain geometry where all are points, lines or areas that do not overlap, else one by one.
fn collected(collection: &GeometryCollection<f64>) -> Vec<Geometry<f64>> {
    let mut pieces = Vec::new();
    flatten(collection, &mut pieces);
    let (mut points, mut lines, mut areas) = (Vec::new(), Vec::new(), Vec::new());
    for piece in &pieces {
        parts::any(piece, &mut |part| {
            match part {
                Part::Point(point) => points.push(Point(point)),
                Part::Line(line) => lines.push(line.clone()),
                Part::Area(area) => areas.push(area.clone()),
            }
            false
        });
    }
    match (points.is_empty(), lines.is_empty(), areas.is_empty()) {
        (false, true, true) => vec![MultiPoint(points).into()],
        (true, false, true) => vec![MultiLineString(lines).into()],
        (true, true, false) => {
            let together = MultiPolygon(areas).into();
            if crate::valid::fault(&together).is_none() {
                vec![together]
            } else {
                pieces
            }
        }
        _ => pieces,
    }
}

fn flatten(collection: &GeometryCollection<f64>, pieces: &mut Vec<Geometry<f64>>) {
    for part in collection {
        match part {
            Geometry::GeometryCollection(inner) => flatten(inner, pieces),
            other => pieces.push(other.clone()),
        }
    }
}

impl Shape {
    fn new(geometry: Geometry<f64>) -> Option<Self> {
        let dimension = parts::dimension(&geometry)?;
        let (mut lines, mut starts) = (Vec::new(), Vec::new());
        let mut bounds: Option<Bounds> = None;
        parts::any(&geometry, &mut |part| {
            lines.extend(part.edges());
            starts.extend(part.starts());
            bounds = match (bounds, part.bounds()) {
                (Some(one), Some(other)) => Some(joined(one, other)),
                (one, other) => one.or(other),
            };
            false
        });
        Some(Self {
            dimension,
            bounds: bounds?,
            edges: Edges::new(lines.into_iter()),
            starts,
            geometry,
        })
    }

    fn position(&self, point: Coord<f64>) -> Position {
        let [west, south, east, north] = self.bounds;
        let beyond = point.x < west || point.x > east || point.y < south || point.y > north;
        if beyond {
            Position::Outside
        } else {
            self.edges.position(point, east)
        }
    }

    /// Where a whole box lies, if no edge and no point comes near it: inside the area or outside of everything.
    fn clear(&self, bounds: &Bounds) -> Option<Position> {
        if !meet(&self.bounds, bounds) {
            return Some(Position::Outside);
        }
        if self.dimension == 0 || self.edges.enter(bounds) {
            return None;
        }
        let corner = Coord {
            x: bounds[0],
            y: bounds[1],
        };
        Some(if self.dimension == 2 {
            self.position(corner)
        } else {
            Position::Outside
        })
    }

    /// Whether they have a point in common.
    fn meets(&self, feature: &Geometry<f64>, bounds: &Bounds) -> bool {
        match self.clear(bounds) {
            Some(position) => position != Position::Outside,
            None => parts::any(feature, &mut |part| self.meets_part(part)),
        }
    }

    fn meets_part(&self, part: Part<'_>) -> bool {
        match part {
            Part::Point(point) => match self.dimension {
                0 => self.starts.contains(&point),
                1 => self.edges.has(point),
                _ => self.position(point) != Position::Outside,
            },
            Part::Line(_) | Part::Area(_) => {
                self.touches_edges(part)
                    || (self.dimension == 2
                        && part
                            .starts()
                            .next()
                            .is_some_and(|start| self.position(start) != Position::Outside))
                    || self.lies_in(part)
            }
        }
    }

    /// Whether an edge of the part meets an edge of the literal, or a point of it.
    fn touches_edges(&self, part: Part<'_>) -> bool {
        let reach = self.bounds;
        let mut near = part.edges().filter(|edge| meet(&crate::edges::of_edge(edge), &reach));
        if self.dimension == 0 {
            return near.any(|edge| self.starts.iter().any(|point| crate::edges::on_edge(&edge, *point)));
        }
        near.any(|edge| self.edges.meets(&edge))
    }

    /// Whether an edge of the part goes through an edge of the literal. Where the literal is an area, the part then has points
    /// inside and outside of it.
    fn crosses_edges(&self, part: Part<'_>) -> bool {
        let reach = self.bounds;
        let mut near = part.edges().filter(|edge| meet(&crate::edges::of_edge(edge), &reach));
        near.any(|edge| self.edges.cross(&edge))
    }

    /// Whether a border of an area goes through a line or border of the other, so that the interiors meet and each has points
    /// outside of the other area. Collections, whose areas may cover one another's borders, are left to the matrix.
    fn crosses_areas(&self, feature: &Geometry<f64>) -> bool {
        let area = |geometry: &Geometry<f64>| matches!(geometry, Geometry::Polygon(_) | Geometry::MultiPolygon(_));
        let line =
            |geometry: &Geometry<f64>| matches!(geometry, Geometry::LineString(_) | Geometry::MultiLineString(_));
        let plain = match self.dimension {
            2 => area(feature) || line(feature),
            1 => area(feature),
            _ => false,
        };
        plain && parts::any(feature, &mut |part| self.crosses_edges(part))
    }

    /// Whether a piece of the literal lies in an area.
    fn lies_in(&self, part: Part<'_>) -> bool {
        match part {
            Part::Area(area) => self
                .starts
                .iter()
                .any(|start| parts::position(area, *start) != Position::Outside),
            _ => false,
        }
    }

    fn relates(&self, relation: Spatial, feature: &Geometry<f64>, bounds: &Bounds) -> bool {
        match self.clear(bounds) {
            Some(Position::Inside) => return relation == Spatial::Within,
            Some(_) => return false,
            None => {}
        }
        match relation {
            Spatial::Within => covers(&self.bounds, bounds) && self.has_within(feature),
            Spatial::Contains => covers(bounds, &self.bounds) && self.is_within(feature),
            Spatial::Equals => {
                let same_box = covers(bounds, &self.bounds) && covers(&self.bounds, bounds);
                same_box && !self.crosses_areas(feature) && feature.relate(&self.geometry).is_equal_topo()
            }
            Spatial::Touches | Spatial::Overlaps | Spatial::Crosses => self.partly(relation, feature, bounds),
            Spatial::Intersects => self.meets(feature, bounds),
            Spatial::Disjoint => !self.meets(feature, bounds),
        }
    }

    fn partly(&self, relation: Spatial, feature: &Geometry<f64>, bounds: &Bounds) -> bool {
        let dimension = parts::dimension(feature);
        let same = dimension == Some(self.dimension);
        let possible = match relation {
            Spatial::Overlaps => same,
            Spatial::Crosses => !same || self.dimension == 1,
            _ => !same || self.dimension > 0,
        };
        if !possible || !self.meets(feature, bounds) {
            return false;
        }
        if self.crosses_areas(feature) {
            return relation != Spatial::Touches;
        }
        let matrix = feature.relate(&self.geometry);
        match relation {
            Spatial::Overlaps => matrix.is_overlaps(),
            Spatial::Crosses => matrix.is_crosses(),
            _ => matrix.is_touches(),
        }
    }

    /// Whether the feature lies within the literal.
    fn has_within(&self, feature: &Geometry<f64>) -> bool {
        if self.dimension < 2 {
            return feature.relate(&self.geometry).is_within();
        }
        let outside = |part: Part<'_>| part.starts().any(|start| self.position(start) == Position::Outside);
        if parts::any(feature, &mut |part| outside(part)) {
            return false;
        }
        if parts::any(feature, &mut |part| self.crosses_edges(part)) {
            return false;
        }
        if parts::dimension(feature) == Some(0) {
            return parts::any(feature, &mut |part| {
                part.starts().any(|point| self.position(point) == Position::Inside)
            });
        }
        if parts::any(feature, &mut |part| part.dimension() == 0 || self.touches_edges(part)) {
            return feature.relate(&self.geometry).is_within();
        }
        !parts::any(feature, &mut |part| self.lies_in(part))
    }

    /// Whether the literal lies within the feature.
    fn is_within(&self, feature: &Geometry<f64>) -> bool {
        if !parts::all(feature, &mut |part| part.dimension() == 2) {
            return feature.relate(&self.geometry).is_contains();
        }
        let positions = self.starts.iter().map(|start| parts::position_in(feature, *start));
        let mut inside = false;
        for position in positions {
            match position {
                Position::Outside => return false,
                Position::Inside => inside = true,
                Position::Border => {}
            }
        }
        if self.dimension == 0 {
            return inside;
        }
        if self.crosses_areas(feature) {
            return false;
        }
        if parts::any(feature, &mut |part| self.touches_edges(part)) {
            return feature.relate(&self.geometry).is_contains();
        }
        let surrounded = |part: Part<'_>| part.starts().any(|start| self.position(start) != Position::Outside);
        self.dimension == 1 || !parts::any(feature, &mut |part| surrounded(part))
    }
}
