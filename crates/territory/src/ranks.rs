//! The area that shapes of the first rank cover inside a subject, of the first two, and so on, in one walk along all borders.
//!
//! A piece of the border of a shape is border of the unions from its own rank on, as long as no shape of a lower or equal rank
//! lies over it; a piece of the subject's border, of the unions from the lowest rank on that lies over it (see [`crate::union_within`]).

use crate::crossings::Crossings;
use crate::geodesic::GroundScale;
use crate::measure::{Sums, winding};
use crate::shape::{GridPoint, Run, Shape};
use crate::union::{Arrangement, Event, shares_land};
use crate::{UnionArea, UtmHectares};
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
    let mut crossings = Crossings::default();
    let near: Vec<(&Shape, usize)> = objects
        .iter()
        .copied()
        .filter(|(object, _)| shares_land(subject, object, &mut crossings))
        .collect();
    let walked: Vec<&Shape> = std::iter::once(subject)
        .chain(near.iter().map(|(shape, _)| *shape))
        .collect();
    let mut ranks = Ranks {
        of: std::iter::once(0).chain(near.iter().map(|(_, rank)| *rank)).collect(),
        sums: vec![Sums::default(); highest + 1],
        origin: [subject.bounds.0[0], subject.bounds.0[1]],
    };
    let arrangement = Arrangement::of(&walked);
    let mut events = arrangement.events.as_slice();
    for position in 0..walked.len() {
        let (own, rest) = events.split_at(events.partition_point(|event| event.shape() <= position));
        events = rest;
        ranks.walk(&walked, position, &arrangement.neighbours[position], own);
    }
    let ground = GroundScale::at(&subject.bounds);
    let area = |sums: &Sums| {
        let area = sums.area.max(0.0);
        UnionArea {
            area: UtmHectares::from_square_metres(area),
            ground: ground.hectares(area, sums.second_moment),
        }
    };
    ranks.sums.iter().map(area).collect()
}

struct Ranks {
    /// By position; the subject's counts for nothing.
    of: Vec<usize>,
    /// By rank: the border of the union up to it.
    sums: Vec<Sums>,
    origin: GridPoint,
}

impl Ranks {
    fn walk(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], events: &[Event]) {
        let shape = walked[position];
        let frame = &walked[0].bounds;
        let mut next = 0;
        let mut cover = self.nothing();
        let mut previous = usize::MAX;
        shape.runs_where(
            |bounds| bounds.meets(frame),
            |place| {
                let run = shape.runs[place];
                if run.opens_ring || previous.wrapping_add(1) != place {
                    cover = self.cover_at(walked, position, neighbours, run);
                }
                previous = place;
                while next < events.len() && events[next].edge() < run.first {
                    next += 1;
                }
                for edge in run.first..run.end {
                    let ends = shape.edge(edge);
                    self.add(self.bordering(position, &cover), ends, 0.0, 1.0);
                    while next < events.len() && events[next].edge() == edge {
                        let event = events[next];
                        let before = self.bordering(position, &cover);
                        self.apply(&mut cover, &event);
                        let after = self.bordering(position, &cover);
                        if before != after {
                            self.add(before, ends, event.along, -1.0);
                            self.add(after, ends, event.along, 1.0);
                        }
                        next += 1;
                    }
                }
            },
        );
    }

    fn nothing(&self) -> Cover {
        Cover {
            subject: 0,
            by_rank: vec![0; self.sums.len()],
        }
    }

    fn cover_at(&self, walked: &[&Shape], position: usize, neighbours: &[u32], run: Run) -> Cover {
        let point = walked[position].points[run.first as usize];
        let mut cover = self.nothing();
        cover.subject = i32::from(position == 0);
        for &other in neighbours {
            let other = other as usize;
            let turns = winding(walked[other], point, if position > other { 1.0 } else { -1.0 });
            if other == 0 {
                cover.subject = turns;
            } else {
                cover.by_rank[self.of[other]] += turns;
            }
        }
        cover
    }

    fn apply(&self, cover: &mut Cover, event: &Event) {
        if event.with == 0 {
            cover.subject += i32::from(event.enters);
        } else {
            cover.by_rank[self.of[event.with as usize]] += i32::from(event.enters);
        }
    }

    /// The ranks whose unions have a piece of the border of the shape at `position` for their own border.
    fn bordering(&self, position: usize, cover: &Cover) -> Range<usize> {
        let highest = self.sums.len();
        let lowest_over_it = cover.by_rank.iter().position(|turns| *turns > 0).unwrap_or(highest);
        if position == 0 {
            lowest_over_it..highest
        } else if cover.subject > 0 {
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
