//! The area that many shapes cover together inside a subject, measured along their boundaries.
//!
//! The border of the union is what of each border lies in no other shape. Each edge is cut where other boundaries cross it, and
//! the pieces covered by nobody else are kept. Shapes are shifted against one another symbolically, the later ones further, so
//! that rights drawn on the same cells count once (see [`crate::overlap`]).

use crate::arrangement::{Depth, Event, Walker, on_land, walk};
use crate::measure::Sums;
use crate::shape::{GRID_PER_METRE, GridPoint, Run, Shape};
use crate::{GeodesicHectares, UtmHectares, geodesic::GroundScale};

/// What a union of overlaps covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UnionArea {
    /// Planar area.
    pub area: UtmHectares,
    /// Area on the ground.
    pub ground: GeodesicHectares,
}

/// A union, and how it grows when the objects of each edition are shifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnionDrift {
    /// What the objects cover together.
    pub union: UnionArea,
    /// By edition: ∮ n ds in metres over the border of the union that its objects draw inside the subject
    /// (see [`crate::Overlap::drift`]).
    pub drift: Vec<[f64; 2]>,
}

/// Measures the union of `objects` inside `subject`, all in one zone. The order of the objects does not change the area (beyond
/// the last bits of the sums: keep it fixed).
pub fn union_within(subject: &Shape, objects: &[&Shape]) -> UnionArea {
    let objects: Vec<(&Shape, usize)> = objects.iter().map(|object| (*object, 0)).collect();
    union_drift(subject, &objects).union
}

/// [`union_within`], with the drift of each edition; an object comes with the number of its edition, 0 for the first.
pub fn union_drift(subject: &Shape, objects: &[(&Shape, usize)]) -> UnionDrift {
    let editions = objects.iter().map(|(_, edition)| edition + 1).max().unwrap_or(0);
    let mut drift = vec![[0.0; 2]; editions];
    let (walked, editions) = on_land(subject, objects);
    if walked.len() == 1 {
        return UnionDrift {
            union: UnionArea::default(),
            drift,
        };
    }
    let mut border = UnionBorder {
        depth: Depth::default(),
        sums: Sums::default(),
        origin: [subject.bounds.0[0], subject.bounds.0[1]],
        editions: &editions,
        drift: &mut drift,
    };
    walk(&walked, &mut border);
    let union = UnionArea::of(&border.sums, subject);
    UnionDrift { union, drift }
}

impl UnionArea {
    /// The area that sums along a border inside the subject give.
    pub(crate) fn of(sums: &Sums, subject: &Shape) -> Self {
        let area = sums.area.max(0.0);
        Self {
            area: UtmHectares::from_square_metres(area),
            ground: GroundScale::at(&subject.bounds).hectares(area, sums.second_moment),
        }
    }
}

/// The border of a union inside the subject, added up.
struct UnionBorder<'a> {
    depth: Depth,
    sums: Sums,
    origin: GridPoint,
    /// Of each object, the subject left out.
    editions: &'a [usize],
    /// By edition, in metres.
    drift: &'a mut [[f64; 2]],
}

impl UnionBorder<'_> {
    /// Whether a piece of the border of the shape at `position` is a piece of the border of the union inside the subject.
    fn is_border(&self, position: usize) -> bool {
        if position == 0 {
            self.depth.others > 0
        } else {
            self.depth.subject > 0 && self.depth.others == 0
        }
    }
}

impl Walker for UnionBorder<'_> {
    fn begin(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], run: Run) {
        self.depth = Depth::at(walked, position, neighbours, run);
    }

    fn edge(&mut self, position: usize, ends: (GridPoint, GridPoint)) {
        if self.is_border(position) {
            self.sums.add(ends, 0.0, 1.0, self.origin);
        }
    }

    fn crossing(&mut self, position: usize, ends: (GridPoint, GridPoint), event: &Event) {
        let before = self.is_border(position);
        self.depth.apply(event);
        let change = i32::from(self.is_border(position)) - i32::from(before);
        if change != 0 {
            self.sums.add(ends, event.along, f64::from(change), self.origin);
        }
    }

    fn border_ends(&mut self, position: usize) {
        let normal = std::mem::take(&mut self.sums.normal);
        if position > 0 {
            let total = &mut self.drift[self.editions[position - 1]];
            for (total, grid) in total.iter_mut().zip(normal) {
                *total += grid / GRID_PER_METRE;
            }
        }
    }
}
