//! The area that many shapes cover together inside a subject, measured along their boundaries.
//!
//! The border of the union is what of each border lies in no other shape. Each edge is cut where other boundaries cross it, and
//! the pieces covered by nobody else are kept. Shapes are shifted against one another symbolically, the later ones further, so
//! that rights drawn on the same cells count once (see [`crate::overlap`]).

use crate::crossings::{Crossings, find_crossings};
use crate::measure::{Sums, winding};
use crate::shape::{Box2, GRID_PER_METRE, GridPoint, Run, Shape, index};
use crate::{GeodesicHectares, UtmHectares, geodesic::GroundScale};

/// What a union of overlaps covers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UnionArea {
    /// Planar area.
    pub area: UtmHectares,
    /// Area on the ground.
    pub ground: GeodesicHectares,
}

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
    pub(crate) fn edge(&self) -> u32 {
        (self.order >> 64) as u32
    }

    /// The shape, by its position.
    pub(crate) fn shape(&self) -> usize {
        (self.order >> 96) as usize
    }
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
    let arrangement = Arrangement::of(&walked);
    let origin = [subject.bounds.0[0], subject.bounds.0[1]];
    let mut sums = Sums::default();
    let mut events = arrangement.events.as_slice();
    for position in 0..walked.len() {
        let (own, rest) = events.split_at(events.partition_point(|event| event.shape() <= position));
        events = rest;
        sums.normal = [0.0; 2];
        let neighbours = &arrangement.neighbours[position];
        add_border(&walked, position, neighbours, own, origin, &mut sums);
        if position > 0 {
            let total = &mut drift[editions[position - 1]];
            for (total, grid) in total.iter_mut().zip(sums.normal) {
                *total += grid / GRID_PER_METRE;
            }
        }
    }
    UnionDrift {
        union: UnionArea::of(&sums, subject),
        drift,
    }
}

impl UnionArea {
    /// The area that sums along a border inside the subject give.
    fn of(sums: &Sums, subject: &Shape) -> Self {
        let area = sums.area.max(0.0);
        Self {
            area: UtmHectares::from_square_metres(area),
            ground: GroundScale::at(&subject.bounds).hectares(area, sums.second_moment),
        }
    }
}

/// The subject and after it the objects that share land with it; and what each of these came with.
fn on_land<'s>(subject: &'s Shape, objects: &[(&'s Shape, usize)]) -> (Vec<&'s Shape>, Vec<usize>) {
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
pub(crate) fn shares_land(subject: &Shape, object: &Shape, crossings: &mut Crossings) -> bool {
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
pub(crate) struct Arrangement {
    /// By shape, edge and place along it.
    pub events: Vec<Event>,
    /// For each shape those whose boxes meet its own inside the subject's.
    pub neighbours: Vec<Vec<u32>>,
}

impl Arrangement {
    pub(crate) fn of(walked: &[&Shape]) -> Self {
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

    /// Whether a piece of the border of the shape at `position` is a piece of the border of the union inside the subject.
    fn is_border(self, position: usize) -> bool {
        if position == 0 {
            self.others > 0
        } else {
            self.subject > 0 && self.others == 0
        }
    }
}

fn add_border(
    walked: &[&Shape],
    position: usize,
    neighbours: &[u32],
    events: &[Event],
    origin: GridPoint,
    sums: &mut Sums,
) {
    let shape = walked[position];
    let frame = &walked[0].bounds;
    let mut next = 0;
    let mut depth = Depth::default();
    let mut previous = usize::MAX;
    shape.runs_where(
        |bounds| bounds.meets(frame),
        |place| {
            let run = shape.runs[place];
            if run.opens_ring || previous.wrapping_add(1) != place {
                depth = Depth::at(walked, position, neighbours, run);
            }
            previous = place;
            while next < events.len() && events[next].edge() < run.first {
                next += 1;
            }
            for edge in run.first..run.end {
                let ends = shape.edge(edge);
                if depth.is_border(position) {
                    sums.add(ends, 0.0, 1.0, origin);
                }
                while next < events.len() && events[next].edge() == edge {
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
