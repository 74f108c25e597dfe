//! The area that many shapes cover together inside a subject, measured along their boundaries.
//!
//! The border of the union is what of each border lies in no other shape. Each edge is cut where other boundaries cross it, and
//! the pieces covered by nobody else are kept. Shapes are shifted against one another symbolically, the later ones further, so
//! that rights drawn on the same cells count once (see [`crate::overlap`]).

use crate::measure::{Crossing, Sums, find_crossings, winding};
use crate::shape::{Box2, Run, Shape};
use crate::{GeodesicHectares, UtmHectares, geodesic::GroundScale};

/// What a union of overlaps covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UnionArea {
    /// Planar area.
    pub area: UtmHectares,
    /// Area on the ground.
    pub ground: GeodesicHectares,
}

/// A crossing on an edge: where along it, with which shape (0 is the subject), and whether it goes in or out.
#[derive(Clone, Copy)]
struct Event {
    edge: u32,
    along: f64,
    with_subject: bool,
    enters: i8,
}

/// Measures the union of `objects` inside `subject`, all in one zone. The order of the objects does not change the area (beyond
/// the last bits of the sums: keep it fixed).
pub fn union_within(subject: &Shape, objects: &[&Shape]) -> UnionArea {
    let near: Vec<&Shape> = objects
        .iter()
        .copied()
        .filter(|object| object.bounds.meets(&subject.bounds))
        .collect();
    if near.is_empty() || subject.is_empty() {
        return UnionArea::default();
    }
    let walked: Vec<&Shape> = std::iter::once(subject).chain(near).collect();
    let events = all_events(&walked);
    let origin = [subject.bounds.0[0], subject.bounds.0[1]];
    let mut sums = Sums::default();
    for (position, events) in events.iter().enumerate() {
        add_border(&walked, position, events, origin, &mut sums);
    }
    let area = sums.area.max(0.0);
    UnionArea {
        area: UtmHectares::from_square_metres(area),
        ground: GroundScale::at(&subject.bounds).hectares(area, sums.second_moment),
    }
}

/// Crossings of every pair of boundaries, by shape, sorted along each.
fn all_events(walked: &[&Shape]) -> Vec<Vec<Event>> {
    let mut events: Vec<Vec<Event>> = vec![Vec::new(); walked.len()];
    let mut crossings: Vec<Crossing> = Vec::new();
    for first in 0..walked.len() {
        for second in first + 1..walked.len() {
            let Some(common) = walked[first].bounds.common(&walked[second].bounds) else {
                continue;
            };
            find_crossings(walked[first], walked[second], &common, true, &mut crossings);
            for c in &crossings {
                events[first].push(Event {
                    edge: c.edge,
                    along: c.along,
                    with_subject: false,
                    enters: c.enters,
                });
                let back = Event {
                    edge: c.other_edge,
                    along: c.other_along,
                    with_subject: first == 0,
                    enters: -c.enters,
                };
                events[second].push(back);
            }
        }
    }
    for list in &mut events {
        list.sort_by(|a, b| a.edge.cmp(&b.edge).then(a.along.total_cmp(&b.along)));
    }
    events
}

/// How deep a place lies: how often the subject winds round it, and how many other shapes cover it.
#[derive(Clone, Copy, Default)]
struct Depth {
    subject: i32,
    others: i32,
}

impl Depth {
    fn at(walked: &[&Shape], position: usize, run: Run) -> Self {
        let point = walked[position].points[run.first as usize];
        let mut depth = Self { subject: 1, others: 0 };
        for (other, shape) in walked.iter().enumerate() {
            if other == position {
                continue;
            }
            let turns = winding(shape, point, if position > other { 1.0 } else { -1.0 });
            if other == 0 {
                depth.subject = turns;
            } else {
                depth.others += turns;
            }
        }
        depth
    }

    fn apply(&mut self, event: &Event) {
        if event.with_subject {
            self.subject += i32::from(event.enters);
        } else {
            self.others += i32::from(event.enters);
        }
    }

    /// Whether a piece of the border of the shape at `position` is a piece of the border of the union inside the subject.
    fn is_border(self, position: usize) -> bool {
        if position == 0 {
            self.others > 0
        } else {
            self.subject > 0 && self.others == 0
        }
    }
}

fn add_border(walked: &[&Shape], position: usize, events: &[Event], origin: [f64; 2], sums: &mut Sums) {
    let shape = walked[position];
    let frame: &Box2 = &walked[0].bounds;
    let mut next = 0;
    let mut depth = Depth::default();
    let mut previous = usize::MAX;
    shape.runs_where(
        |bounds| bounds.meets(frame),
        |place| {
            let run = shape.runs[place];
            if run.opens_ring || previous.wrapping_add(1) != place {
                depth = Depth::at(walked, position, run);
            }
            previous = place;
            while next < events.len() && events[next].edge < run.first {
                next += 1;
            }
            for edge in run.first..run.end {
                let ends = shape.edge(edge);
                if depth.is_border(position) {
                    sums.add(ends, 0.0, 1.0, origin);
                }
                while next < events.len() && events[next].edge == edge {
                    let before = depth.is_border(position);
                    depth.apply(&events[next]);
                    let change = i32::from(depth.is_border(position)) - i32::from(before);
                    if change != 0 {
                        sums.add(ends, events[next].along, f64::from(change), origin);
                    }
                    next += 1;
                }
            }
        },
    );
}
