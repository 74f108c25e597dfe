//! Edges that are looked for by place, and where a point lies to the area that they bound.

use geo::Intersects;
use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo_types::{Coord, Line};
use rstar::{AABB, RTree, RTreeObject};

/// Below this, looking at each edge is faster than a tree.
const FEW: usize = 24;

/// Where a point lies to an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Inside,
    Border,
    Outside,
}

/// West, south, east, north.
pub(crate) type Bounds = [f64; 4];

/// Whether two boxes have a point in common.
pub(crate) fn meet(one: &Bounds, other: &Bounds) -> bool {
    one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}

/// Whether the first box has all of the second.
pub(crate) fn covers(one: &Bounds, other: &Bounds) -> bool {
    one[0] <= other[0] && one[1] <= other[1] && one[2] >= other[2] && one[3] >= other[3]
}

/// The box of an edge.
pub(crate) fn of_edge(line: &Line<f64>) -> Bounds {
    [
        line.start.x.min(line.end.x),
        line.start.y.min(line.end.y),
        line.start.x.max(line.end.x),
        line.start.y.max(line.end.y),
    ]
}

#[derive(Clone, Copy, Debug)]
struct Edge {
    line: Line<f64>,
    number: usize,
}

impl RTreeObject for Edge {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(
            [self.line.start.x, self.line.start.y],
            [self.line.end.x, self.line.end.y],
        )
    }
}

/// Edges of lines or rings, in the order in which they were given.
#[derive(Clone, Debug)]
pub(crate) struct Edges {
    few: Vec<Edge>,
    /// Of more than a few; those are then in no list.
    tree: Option<RTree<Edge>>,
}

impl Edges {
    pub(crate) fn new(lines: impl Iterator<Item = Line<f64>>) -> Self {
        let mut few: Vec<Edge> = lines.enumerate().map(|(number, line)| Edge { line, number }).collect();
        let tree = (few.len() > FEW).then(|| RTree::bulk_load(std::mem::take(&mut few)));
        Self { few, tree }
    }

    /// The edges whose boxes meet a box, with their numbers, in no order that a result may depend on.
    pub(crate) fn near(&self, bounds: &Bounds) -> impl Iterator<Item = (usize, &Line<f64>)> {
        let bounds = *bounds;
        let found = self.tree.iter().flat_map(move |tree| {
            tree.locate_in_envelope_intersecting(&AABB::from_corners([bounds[0], bounds[1]], [bounds[2], bounds[3]]))
        });
        let few = self.few.iter().filter(move |edge| meet(&of_edge(&edge.line), &bounds));
        few.chain(found).map(|edge| (edge.number, &edge.line))
    }

    /// Whether any edge has a point in common with a box, exactly.
    pub(crate) fn enter(&self, bounds: &Bounds) -> bool {
        self.near(bounds).any(|(_, edge)| !passes_by(edge, bounds))
    }

    /// Whether any edge and a line go from one side of the other to its other side.
    pub(crate) fn cross(&self, line: &Line<f64>) -> bool {
        self.near(&of_edge(line)).any(|(_, edge)| cross(edge, line))
    }

    /// Whether any edge has a point in common with a line.
    pub(crate) fn meets(&self, line: &Line<f64>) -> bool {
        self.near(&of_edge(line)).any(|(_, edge)| edge.intersects(line))
    }

    /// Whether a point lies on an edge.
    pub(crate) fn has(&self, point: Coord<f64>) -> bool {
        let bounds = [point.x, point.y, point.x, point.y];
        self.near(&bounds).any(|(_, edge)| on_edge(edge, point))
    }

    /// Where a point lies to the area that the edges bound (even–odd), exactly. `east` is beyond all edges.
    pub(crate) fn position(&self, point: Coord<f64>, east: f64) -> Position {
        let ray = [point.x, point.y, east.max(point.x), point.y];
        let mut inside = false;
        for (_, edge) in self.near(&ray) {
            if on_edge(edge, point) {
                return Position::Border;
            }
            let (upward, starts_above) = (edge.end.y > edge.start.y, edge.start.y > point.y);
            let crosses = starts_above != (edge.end.y > point.y);
            let turn = RobustKernel::orient2d(edge.start, edge.end, point);
            let to_the_right = if upward {
                turn == Orientation::CounterClockwise
            } else {
                turn == Orientation::Clockwise
            };
            inside ^= crosses && to_the_right;
        }
        if inside { Position::Inside } else { Position::Outside }
    }
}

/// On which side of an edge, seen along it, a point lies.
pub(crate) fn turn(edge: &Line<f64>, point: Coord<f64>) -> Orientation {
    RobustKernel::orient2d(edge.start, edge.end, point)
}

/// Whether all corners of a box lie on one side of the line through an edge.
fn passes_by(edge: &Line<f64>, bounds: &Bounds) -> bool {
    plainly_passes_by(edge, bounds).unwrap_or_else(|| passes_by_exactly(edge, bounds))
}

/// The same, from the corners that lie farthest on each side; none where rounding might decide.
///
/// `dx (y − y₀) − dy (x − x₀)` tells the side of a corner. Its four roundings in a row change it by less than `ROUNDING` times the sizes of
/// its two products, unless they are so small that they have fewer digits.
fn plainly_passes_by(edge: &Line<f64>, [west, south, east, north]: &Bounds) -> Option<bool> {
    const ROUNDING: f64 = 4.0 * f64::EPSILON;
    let (dx, dy) = (edge.end.x - edge.start.x, edge.end.y - edge.start.y);
    let rises = (dx * (south - edge.start.y), dx * (north - edge.start.y));
    let runs = (dy * (west - edge.start.x), dy * (east - edge.start.x));
    let largest = |(one, other): (f64, f64)| one.abs().max(other.abs());
    let margin = ROUNDING * (largest(rises) + largest(runs)) + f64::MIN_POSITIVE;
    let least = rises.0.min(rises.1) - runs.0.max(runs.1);
    let most = rises.0.max(rises.1) - runs.0.min(runs.1);
    if least > margin || most < -margin {
        return Some(true);
    }
    (least < -margin && most > margin).then_some(false)
}

fn passes_by_exactly(edge: &Line<f64>, [west, south, east, north]: &Bounds) -> bool {
    let first = turn(edge, Coord { x: *west, y: *south });
    let others = [(*east, *south), (*east, *north), (*west, *north)];
    first != Orientation::Collinear && others.into_iter().all(|(x, y)| turn(edge, Coord { x, y }) == first)
}

/// Whether each goes from one side of the other to its other side, so that they meet in one point inside both.
pub(crate) fn cross(one: &Line<f64>, other: &Line<f64>) -> bool {
    let parted = |line: &Line<f64>, other: &Line<f64>| {
        let sides = (turn(line, other.start), turn(line, other.end));
        matches!(
            sides,
            (Orientation::Clockwise, Orientation::CounterClockwise)
                | (Orientation::CounterClockwise, Orientation::Clockwise)
        )
    };
    parted(one, other) && parted(other, one)
}

/// Whether a point lies on an edge, exactly.
pub(crate) fn on_edge(edge: &Line<f64>, point: Coord<f64>) -> bool {
    let bounds = [point.x, point.y, point.x, point.y];
    covers(&of_edge(edge), &bounds) && RobustKernel::orient2d(edge.start, edge.end, point) == Orientation::Collinear
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Places that are few, so that corners lie on edges, and places a hair beside them.
    fn place() -> impl Strategy<Value = f64> {
        let hair = prop_oneof![Just(0.0), Just(1e-15), Just(-1e-15), Just(1e-9), -1.0..1.0];
        (-4_i32..4, hair).prop_map(|(whole, hair)| f64::from(whole) * 0.3 + hair)
    }

    proptest! {
        #[test]
        fn what_is_told_of_a_box_without_exact_turns_is_what_these_tell(places in prop::array::uniform8(place())) {
            let [x, y, to_x, to_y, west, south, wide, high] = places;
            let edge = Line::new(Coord { x, y }, Coord { x: to_x, y: to_y });
            let bounds = [west, south, west + wide.abs(), south + high.abs()];
            if let Some(answer) = plainly_passes_by(&edge, &bounds) {
                prop_assert_eq!(answer, passes_by_exactly(&edge, &bounds));
            }
        }
    }

    #[test]
    fn a_box_far_from_an_edge_and_one_that_it_cuts_are_told_plainly() {
        let edge = Line::new(Coord { x: -79.0, y: -14.0 }, Coord { x: -72.0, y: -13.0 });
        assert_eq!(plainly_passes_by(&edge, &[-78.0, -10.0, -77.9, -9.9]), Some(true));
        assert_eq!(plainly_passes_by(&edge, &[-76.0, -14.0, -75.0, -13.0]), Some(false));
        assert_eq!(plainly_passes_by(&edge, &[-79.1, -14.0, -79.0, -13.9]), None);
    }
}
