//! Overlays that build their result: intersection, difference, dissolve. For what is drawn or kept; what is only measured
//! goes through [`crate::overlap`] and [`crate::union_within`].

use crate::shape::{GridPoint, Ring, Shape, index};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

type Contours = Vec<Vec<IntPoint<i64>>>;

/// The land that both shapes cover; corners that the overlay adds are rounded to the grid.
pub fn intersection(first: &Shape, second: &Shape) -> Shape {
    combine(&[first], &[second], OverlayRule::Intersect)
}

/// The land of `first` that `second` does not cover.
pub fn difference(first: &Shape, second: &Shape) -> Shape {
    combine(&[first], &[second], OverlayRule::Difference)
}

/// The land that any of the shapes covers.
pub fn dissolve(shapes: &[&Shape]) -> Shape {
    combine(shapes, &[], OverlayRule::Subject)
}

fn combine(subjects: &[&Shape], clips: &[&Shape], rule: OverlayRule) -> Shape {
    let contours = |shapes: &[&Shape]| -> Contours { shapes.iter().flat_map(|shape| contours_of(shape)).collect() };
    run(&contours(subjects), &contours(clips), rule, FillRule::NonZero)
}

/// Runs the overlay on grid contours and gives valid OGC polygons.
pub(crate) fn run(subject: &Contours, clip: &Contours, rule: OverlayRule, fill: FillRule) -> Shape {
    let capacity = subject.iter().chain(clip).map(Vec::len).sum();
    let mut overlay = Overlay::<i64>::new_custom(capacity, IntOverlayOptions::ogc(), Solver::default());
    overlay.add_source(subject, ShapeType::Subject);
    overlay.add_source(clip, ShapeType::Clip);
    let mut points: Vec<GridPoint> = Vec::new();
    let mut rings: Vec<Ring> = Vec::new();
    for polygon in overlay.overlay(rule, fill) {
        for (position, contour) in polygon.iter().enumerate() {
            let first = points.len();
            points.extend(contour.iter().map(|point| [point.x as f64, point.y as f64]));
            points.push(points[first]);
            rings.push(Ring {
                first: index(first),
                last: index(points.len() - 1),
                exterior: position == 0,
            });
        }
    }
    Shape::from_rings(points, rings)
}

/// The rings as contours of whole grid numbers, without the closing point.
#[expect(
    clippy::cast_possible_truncation,
    reason = "grid coordinates are whole numbers below 2^53"
)]
pub(crate) fn contours_of(shape: &Shape) -> Contours {
    shape
        .rings
        .iter()
        .map(|ring| {
            shape.points[ring.first as usize..ring.last as usize]
                .iter()
                .map(|[x, y]| IntPoint::new(*x as i64, *y as i64))
                .collect()
        })
        .collect()
}

impl Shape {
    /// Number of polygons.
    pub fn polygons(&self) -> usize {
        self.rings.iter().filter(|ring| ring.exterior).count()
    }
}
