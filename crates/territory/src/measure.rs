//! The overlap of two shapes, measured along their boundaries without building it.
//!
//! The area of S ∩ A is ∮ x dy over the part of S's boundary inside A and the part of A's boundary inside S. Along an edge the
//! inside is known from where it starts and where it crosses the other boundary, and each crossing adds or takes away the rest
//! of the edge: nothing needs sorting and nothing is built. Coordinates are whole numbers, so the side of a point is exact; ties
//! are broken as if A were shifted by (ε, ε²), the same everywhere (simulation of simplicity, Edelsbrunner & Mücke 1990), so
//! shared edges and corners count once. Areas do not depend on ε.

use crate::cross::side;
use crate::crossings::{Crossing, Crossings, find_crossings};
use crate::geodesic::GroundScale;
use crate::shape::{Box2, GRID_PER_METRE, GridPoint, Shape, index, length};
use crate::{GeodesicHectares, Metres, UtmHectares};
use std::cell::RefCell;

/// What two shapes of one zone share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Planar area.
    pub area: UtmHectares,
    /// Area on the ground, edges being straight in the zone.
    pub ground: GeodesicHectares,
    /// Length of its border.
    pub perimeter: Metres,
    /// Pieces that it consists of; pieces that meet in a point only may count as one or two.
    pub parts: u32,
    /// Whether the shapes share at least a point.
    pub touches: bool,
    /// ∮ n ds in metres over the object's border inside the subject, n pointing out of the object: the square metres that the
    /// area grows by for each metre that the object is shifted east and north, as long as the step is small.
    pub drift: [f64; 2],
    /// A corner of one border lies on the other: to one side the area may grow otherwise than to the other, and `drift` is that
    /// of one side only.
    pub tied: bool,
}

impl Overlap {
    /// Twice the area over the perimeter: the width of a long strip.
    pub fn mean_width(&self) -> Metres {
        if self.perimeter.0 > 0.0 {
            Metres(2.0 * self.area.0 * 10_000.0 / self.perimeter.0)
        } else {
            Metres(0.0)
        }
    }
}

/// A square millimetre: less is the rounding of sums, and the shapes only touch.
const NO_AREA: f64 = 1e-6;

/// Sums over the pieces of boundary that lie inside: ∮ x dy, ∮ x³/3 dy (x from the central meridian), length and ∮ n ds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sums {
    pub area: f64,
    pub second_moment: f64,
    pub length: f64,
    /// ∮ n ds, n to the right of the way walked: out of the land. Grid units, so that whole numbers add up exactly.
    pub normal: [f64; 2],
}

impl Sums {
    /// Adds the piece of edge p→q from `along` to its end, `weight` times. Metres; `origin` is any grid point nearby.
    #[inline]
    pub(crate) fn add(&mut self, (p, q): (GridPoint, GridPoint), along: f64, weight: f64, origin: GridPoint) {
        const METRE: f64 = 1.0 / GRID_PER_METRE;
        const FALSE_EASTING: f64 = 500_000.0;
        let rest = 1.0 - along;
        let x1 = (q[0] - origin[0]) * METRE;
        let x0 = x1 - rest * (q[0] - p[0]) * METRE;
        let rise = rest * (q[1] - p[1]) * METRE * weight;
        self.area += rise * (x0 + x1) * 0.5;
        let shift = origin[0] * METRE - FALSE_EASTING;
        let (u0, u1) = (x0 + shift, x1 + shift);
        // ∫ u³/3 over a straight piece, exactly
        self.second_moment += rise * (u0 + u1) * (u0 * u0 + u1 * u1) / 12.0;
        self.length += weight * rest * length(p, q);
        let part = weight * rest;
        self.normal[0] += part * (q[1] - p[1]);
        self.normal[1] -= part * (q[0] - p[0]);
    }
}

#[derive(Default)]
struct Scratch {
    found: Crossings,
    flipped: Vec<Crossing>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

/// Measures what `subject` and `object`, both in one zone, share.
///
/// ```
/// # use territory::{Shape, overlap};
/// # use geo_types::{MultiPolygon, Rect, coord};
/// # let square = |x: f64| Shape::from_metres(&MultiPolygon(vec![Rect::new(coord! {x: x, y: 9e6}, coord! {x: x + 1000.0, y: 9e6 + 1000.0}).to_polygon()]));
/// let shared = overlap(&square(500_000.0), &square(500_400.0));
/// assert!((shared.area.0 - 60.0).abs() < 1e-9);
/// assert!((shared.perimeter.0 - 3200.0).abs() < 1e-6);
/// assert_eq!(shared.parts, 1);
/// ```
pub fn overlap(subject: &Shape, object: &Shape) -> Overlap {
    SCRATCH.with_borrow_mut(|scratch| measure_with(subject, object, scratch, true))
}

/// The planar area that two shapes of one zone share: [`overlap`] without counting pieces.
pub fn shared_area(subject: &Shape, object: &Shape) -> UtmHectares {
    SCRATCH
        .with_borrow_mut(|scratch| measure_with(subject, object, scratch, false))
        .area
}

fn measure_with(subject: &Shape, object: &Shape, scratch: &mut Scratch, with_parts: bool) -> Overlap {
    let Some(common) = subject.bounds.common(&object.bounds) else {
        return Overlap::default();
    };
    let Scratch { found, flipped } = scratch;
    let meeting = find_crossings(subject, object, &common, found);
    let crossings = &mut found.list;
    flipped.clear();
    flipped.extend(crossings.iter().map(|c| Crossing {
        edge: c.other_edge,
        along: c.other_along,
        other_edge: c.edge,
        other_along: c.along,
        enters: -c.enters,
    }));
    crossings.sort_unstable_by_key(|c| c.edge);
    flipped.sort_unstable_by_key(|c| c.edge);
    let origin = [common.0[0], common.0[1]];
    let mut sums = Sums::default();
    let inside = add_boundary(subject, object, &common, -1.0, crossings, origin, &mut sums);
    sums.normal = [0.0; 2];
    let within = add_boundary(object, subject, &common, 1.0, flipped, origin, &mut sums);
    if sums.area < NO_AREA {
        return Overlap {
            touches: meeting.touches || inside || within,
            tied: meeting.tied,
            ..Overlap::default()
        };
    }
    let area = sums.area;
    let mut parts = 0;
    if !with_parts {
        // nobody asks
    } else if meeting.tied {
        // the symbolic shift may join pieces, or add some, by strips and corners without width: let the overlay build them
        parts = index(crate::overlay::intersection(subject, object).polygons());
    } else if inside || within || !crossings.is_empty() {
        parts = crate::parts::count(subject, object, crossings, flipped);
    }
    Overlap {
        area: UtmHectares::from_square_metres(area),
        ground: GroundScale::at(&common).hectares(area, sums.second_moment),
        perimeter: Metres((sums.length - 2.0 * meeting.channel).max(0.0)),
        parts,
        touches: meeting.touches || inside || within,
        drift: sums.normal.map(|grid| grid / GRID_PER_METRE),
        tied: meeting.tied,
    }
}

/// How often `shape` winds round a point that counts as shifted by `shift`·(ε, ε²) against it: 1 inside, 0 outside.
pub(crate) fn winding(shape: &Shape, point: GridPoint, shift: f64) -> i32 {
    if !shape.bounds.holds(point) {
        return 0;
    }
    let above = |y: f64| if shift > 0.0 { y > point[1] } else { y >= point[1] };
    let mut turns = 0;
    shape.runs_where(
        |Box2([_, south, east, north])| *south <= point[1] && point[1] <= *north && point[0] <= *east,
        |run| {
            let run = shape.runs[run];
            for edge in run.first..run.end {
                let (p, q) = shape.edge(edge);
                let (from, to) = (above(p[1]), above(q[1]));
                if from == to {
                    continue;
                }
                let left = side(p, q, point).left(p, q, shift);
                if to && left {
                    turns += 1;
                } else if from && !left {
                    turns -= 1;
                }
            }
        },
    );
    turns
}

/// Adds the parts of `walked`'s boundary that lie inside `other` to `sums`; `crossings` are sorted by edge. Returns whether a
/// start of a ring lies inside.
fn add_boundary(
    walked: &Shape,
    other: &Shape,
    common: &Box2,
    shift: f64,
    crossings: &[Crossing],
    origin: GridPoint,
    sums: &mut Sums,
) -> bool {
    let mut next = 0;
    let mut turns = 0;
    let mut previous = usize::MAX;
    let mut any_inside = false;
    walked.runs_where(
        |bounds| bounds.meets(common),
        |position| {
            let run = walked.runs[position];
            if run.opens_ring {
                let start = walked.points[run.first as usize];
                turns = if common.holds(start) {
                    winding(other, start, shift)
                } else {
                    0
                };
            } else if previous.wrapping_add(1) != position {
                // the run before lies outside the common box, so this one starts outside the other shape
                turns = 0;
            }
            any_inside |= turns != 0;
            previous = position;
            while next < crossings.len() && crossings[next].edge < run.first {
                next += 1;
            }
            for edge in run.first..run.end {
                let ends = walked.edge(edge);
                if turns != 0 {
                    sums.add(ends, 0.0, f64::from(turns), origin);
                }
                while next < crossings.len() && crossings[next].edge == edge {
                    let crossing = crossings[next];
                    sums.add(ends, crossing.along, f64::from(crossing.enters), origin);
                    turns += i32::from(crossing.enters);
                    next += 1;
                }
            }
        },
    );
    any_inside
}
