//! The area that shapes of the first rank cover inside a subject, of the first two, and so on, in one walk along all borders.
//!
//! A piece of the border of a shape is border of the unions from its own rank on, as long as no shape of a lower or equal rank
//! lies over it; a piece of the subject's border, of the unions from the lowest rank on that lies over it (see [`crate::union_within`]).

use crate::UnionArea;
use crate::arrangement::{Event, Walker, on_land, walk};
use crate::measure::{Sums, winding};
use crate::shape::{GridPoint, Run, Shape};
use std::ops::Range;

/// Measures inside `subject` the union of the objects of rank 0, of ranks 0 and 1, … to the highest rank given; all in one
/// zone. Without objects there are no ranks.
///
/// ```
/// # use territory::{Shape, union_by_rank};
/// # use geo_types::{MultiPolygon, Rect, coord};
/// # let square = |x: f64| Shape::from_metres(&MultiPolygon(vec![Rect::new(coord! {x: x, y: 9e6}, coord! {x: x + 1000.0, y: 9e6 + 1000.0}).to_polygon()]));
/// let unions = union_by_rank(&square(500_000.0), &[(&square(500_400.0), 0), (&square(500_700.0), 1), (&square(499_800.0), 2)]);
/// let hectares: Vec<f64> = unions.iter().map(|union| union.area.0.round()).collect();
/// assert_eq!(hectares, [60.0, 60.0, 100.0]);
/// ```
pub fn union_by_rank(subject: &Shape, objects: &[(&Shape, usize)]) -> Vec<UnionArea> {
    let Some(highest) = objects.iter().map(|(_, rank)| *rank).max() else {
        return Vec::new();
    };
    let (walked, of) = on_land(subject, objects);
    let mut ranks = Ranks {
        of: std::iter::once(0).chain(of).collect(),
        cover: Cover {
            subject: 0,
            by_rank: vec![0; highest + 1],
        },
        sums: vec![Sums::default(); highest + 1],
        origin: [subject.bounds.0[0], subject.bounds.0[1]],
    };
    if walked.len() > 1 {
        walk(&walked, &mut ranks);
    }
    ranks.sums.iter().map(|sums| UnionArea::of(sums, subject)).collect()
}

struct Ranks {
    /// By position; the subject's counts for nothing.
    of: Vec<usize>,
    cover: Cover,
    /// By rank: the border of the union up to it.
    sums: Vec<Sums>,
    origin: GridPoint,
}

impl Walker for Ranks {
    fn begin(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], run: Run) {
        let point = walked[position].points[run.first as usize];
        self.cover.subject = i32::from(position == 0);
        self.cover.by_rank.fill(0);
        for &other in neighbours {
            let other = other as usize;
            let turns = winding(walked[other], point, if position > other { 1.0 } else { -1.0 });
            if other == 0 {
                self.cover.subject = turns;
            } else {
                self.cover.by_rank[self.of[other]] += turns;
            }
        }
    }

    fn edge(&mut self, position: usize, ends: (GridPoint, GridPoint)) {
        self.add(self.bordering(position), ends, 0.0, 1.0);
    }

    fn crossing(&mut self, position: usize, ends: (GridPoint, GridPoint), event: &Event) {
        let before = self.bordering(position);
        if event.with == 0 {
            self.cover.subject += i32::from(event.enters);
        } else {
            self.cover.by_rank[self.of[event.with as usize]] += i32::from(event.enters);
        }
        let after = self.bordering(position);
        if before != after {
            self.add(before, ends, event.along, -1.0);
            self.add(after, ends, event.along, 1.0);
        }
    }
}

impl Ranks {
    /// The ranks whose unions have a piece of the border of the shape at `position` for their own border.
    fn bordering(&self, position: usize) -> Range<usize> {
        let highest = self.sums.len();
        let lowest_over_it = self
            .cover
            .by_rank
            .iter()
            .position(|turns| *turns > 0)
            .unwrap_or(highest);
        if position == 0 {
            lowest_over_it..highest
        } else if self.cover.subject > 0 {
            let own = self.of[position];
            own..lowest_over_it.max(own)
        } else {
            0..0
        }
    }

    fn add(&mut self, ranks: Range<usize>, ends: (GridPoint, GridPoint), along: f64, weight: f64) {
        for sums in &mut self.sums[ranks] {
            sums.add(ends, along, weight, self.origin);
        }
    }
}

/// How often the subject winds round a place, and how many shapes of each rank cover it.
struct Cover {
    subject: i32,
    by_rank: Vec<i32>,
}
