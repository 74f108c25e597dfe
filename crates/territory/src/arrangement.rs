//! A subject and many shapes over it: who meets whom, where, and the one walk along all of their borders that unions, ranks and
//! depths are measured by.

use crate::crossings::{Crossings, find_crossings};
use crate::measure::winding;
use crate::shape::{Box2, GridPoint, Run, Shape, index};

/// A crossing on an edge: of which shape, where along it, with whom (0 is the subject), and whether it goes in or out.
#[derive(Clone, Copy)]
pub(crate) struct Event {
    /// Shape, edge and place along it as one number, to sort by.
    order: u128,
    pub along: f64,
    /// Position of the other shape; 0 is the subject.
    pub with: u32,
    pub enters: i8,
}

impl Event {
    fn new(shape: usize, (edge, along): (u32, f64), with: usize, enters: i8) -> Self {
        // the bits of a float that is not negative sort as the float does; −0.0 becomes 0.0
        let along = along + 0.0;
        let order = u128::from(index(shape)) << 96 | u128::from(edge) << 64 | u128::from(along.to_bits());
        Self {
            order,
            along,
            with: index(with),
            enters,
        }
    }

    /// The edge, for events of one shape.
    #[expect(clippy::cast_possible_truncation, reason = "the edge is these 32 bits")]
    fn edge(&self) -> u32 {
        (self.order >> 64) as u32
    }

    /// The shape, by its position.
    fn shape(&self) -> usize {
        (self.order >> 96) as usize
    }
}

/// The subject and after it the objects that share land with it; and what each of these came with.
pub(crate) fn on_land<'s>(subject: &'s Shape, objects: &[(&'s Shape, usize)]) -> (Vec<&'s Shape>, Vec<usize>) {
    let mut crossings = Crossings::default();
    let (mut walked, mut with) = (vec![subject], Vec::new());
    for &(object, number) in objects {
        if shares_land(subject, object, &mut crossings) {
            walked.push(object);
            with.push(number);
        }
    }
    (walked, with)
}

/// Whether an object shares land with the subject: what only lies in its box would be compared with all the others for nothing.
fn shares_land(subject: &Shape, object: &Shape, crossings: &mut Crossings) -> bool {
    let Some(common) = subject.bounds.common(&object.bounds) else {
        return false;
    };
    find_crossings(subject, object, &common, crossings);
    let starts_in = |shape: &Shape, other: &Shape, shift: f64| {
        let exteriors = shape.rings.iter().filter(|ring| ring.exterior);
        exteriors
            .map(|ring| shape.points[ring.first as usize])
            .any(|start| winding(other, start, shift) != 0)
    };
    !crossings.list.is_empty() || starts_in(object, subject, 1.0) || starts_in(subject, object, -1.0)
}

/// Who meets whom inside the subject's box, and where. What happens outside of that box is nobody's concern.
struct Arrangement {
    /// By shape, edge and place along it.
    events: Vec<Event>,
    /// For each shape those whose boxes meet its own inside the subject's.
    neighbours: Vec<Vec<u32>>,
}

impl Arrangement {
    fn of(walked: &[&Shape]) -> Self {
        let frame = walked[0].bounds;
        let mut arrangement = Self {
            events: Vec::new(),
            neighbours: vec![Vec::new(); walked.len()],
        };
        let mut crossings = Crossings::default();
        // from west to east: a shape meets only those that begin before it ends
        let mut from_west: Vec<usize> = (0..walked.len()).collect();
        from_west.sort_by(|&a, &b| walked[a].bounds.0[0].total_cmp(&walked[b].bounds.0[0]));
        for (place, &one) in from_west.iter().enumerate() {
            let east = walked[one].bounds.0[2];
            for &other in from_west[place + 1..]
                .iter()
                .take_while(|&&other| walked[other].bounds.0[0] <= east)
            {
                let Some(common) = walked[one].bounds.common(&walked[other].bounds) else {
                    continue;
                };
                if common.meets(&frame) {
                    arrangement.add(walked, (one.min(other), one.max(other)), &common, &mut crossings);
                }
            }
        }
        arrangement.events.sort_unstable_by_key(|event| event.order);
        arrangement
    }

    fn add(&mut self, walked: &[&Shape], (first, second): (usize, usize), common: &Box2, crossings: &mut Crossings) {
        self.neighbours[first].push(index(second));
        self.neighbours[second].push(index(first));
        find_crossings(walked[first], walked[second], common, crossings);
        for c in &crossings.list {
            self.events.extend([
                Event::new(first, (c.edge, c.along), second, c.enters),
                Event::new(second, (c.other_edge, c.other_along), first, -c.enters),
            ]);
        }
    }
}

/// How deep a place lies: how often the subject winds round it, and how many other shapes cover it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Depth {
    pub subject: i32,
    pub others: i32,
}

impl Depth {
    pub(crate) fn at(walked: &[&Shape], position: usize, neighbours: &[u32], run: Run) -> Self {
        let point = walked[position].points[run.first as usize];
        let mut depth = Self {
            subject: i32::from(position == 0),
            others: 0,
        };
        for &other in neighbours {
            let other = other as usize;
            let turns = winding(walked[other], point, if position > other { 1.0 } else { -1.0 });
            if other == 0 {
                depth.subject = turns;
            } else {
                depth.others += turns;
            }
        }
        depth
    }

    pub(crate) fn apply(&mut self, event: &Event) {
        if event.with == 0 {
            self.subject += i32::from(event.enters);
        } else {
            self.others += i32::from(event.enters);
        }
    }
}

/// What is measured on a walk along borders. The subject has position 0; `ends` are those of an edge.
pub(crate) trait Walker {
    /// A connected piece of border begins with this run: nothing is known from before.
    fn begin(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], run: Run);
    /// An edge begins.
    fn edge(&mut self, position: usize, ends: (GridPoint, GridPoint));
    /// Another border is crossed on the edge.
    fn crossing(&mut self, position: usize, ends: (GridPoint, GridPoint), event: &Event);
    /// The edge ends.
    fn edge_ends(&mut self, _position: usize, _ends: (GridPoint, GridPoint)) {}
    /// The border of the shape ends.
    fn border_ends(&mut self, _position: usize) {}
}

/// Walks along the borders of all shapes inside the subject's box, in the order of their positions.
pub(crate) fn walk(walked: &[&Shape], walker: &mut impl Walker) {
    let arrangement = Arrangement::of(walked);
    let mut events = arrangement.events.as_slice();
    for position in 0..walked.len() {
        let (own, rest) = events.split_at(events.partition_point(|event| event.shape() <= position));
        events = rest;
        walk_border(walked, position, (&arrangement.neighbours[position], own), walker);
        walker.border_ends(position);
    }
}

fn walk_border(walked: &[&Shape], position: usize, (neighbours, events): (&[u32], &[Event]), walker: &mut impl Walker) {
    let shape = walked[position];
    let frame = &walked[0].bounds;
    let mut next = 0;
    let mut previous = usize::MAX;
    shape.runs_where(
        |bounds| bounds.meets(frame),
        |place| {
            let run = shape.runs[place];
            if run.opens_ring || previous.wrapping_add(1) != place {
                walker.begin(walked, position, neighbours, run);
            }
            previous = place;
            while next < events.len() && events[next].edge() < run.first {
                next += 1;
            }
            for edge in run.first..run.end {
                let ends = shape.edge(edge);
                walker.edge(position, ends);
                while next < events.len() && events[next].edge() == edge {
                    walker.crossing(position, ends, &events[next]);
                    next += 1;
                }
                walker.edge_ends(position, ends);
            }
        },
    );
}
