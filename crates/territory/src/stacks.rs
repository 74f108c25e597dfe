//! How deep shapes lie on one another inside a subject: the area under one or more of them, two or more, and so on.
//!
//! A piece of a border that lies in m other shapes is border of what m + 1 or more cover; the subject's own border, where m cover
//! it, is border of what 1, 2, … m cover. One walk along all borders measures every depth (see [`crate::union_within`]).

use crate::geodesic::GroundScale;
use crate::measure::{Sums, winding};
use crate::shape::{GRID_PER_METRE, GridPoint, Shape, length};
use crate::union::{Arrangement, Depth, Event, shares_land};
use crate::{UnionArea, UtmHectares};

/// Shapes that lie on one another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacks {
    /// What at least 1, 2, 3, … shapes cover.
    pub at_least: Vec<UnionArea>,
    /// A place under as many as anywhere; none where nothing covers the subject.
    pub deepest: Option<Deepest>,
}

/// A place under many shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct Deepest {
    /// Positions of the shapes over it, ascending.
    pub objects: Vec<usize>,
    /// Easting and northing in metres.
    pub at: [f64; 2],
}

/// Measures how deep `objects` lie on one another inside `subject`, all in one zone.
///
/// ```
/// # use territory::{Shape, stacks_within};
/// # use geo_types::{MultiPolygon, Rect, coord};
/// # let square = |x: f64| Shape::from_metres(&MultiPolygon(vec![Rect::new(coord! {x: x, y: 9e6}, coord! {x: x + 1000.0, y: 9e6 + 1000.0}).to_polygon()]));
/// let stacks = stacks_within(&square(500_000.0), &[&square(500_400.0), &square(500_700.0)]);
/// let hectares: Vec<f64> = stacks.at_least.iter().map(|area| area.area.0).collect();
/// assert!((hectares[0] - 60.0).abs() < 1e-9 && (hectares[1] - 30.0).abs() < 1e-9 && hectares.len() == 2);
/// assert_eq!(stacks.deepest.unwrap().objects, [0, 1]);
/// ```
pub fn stacks_within(subject: &Shape, objects: &[&Shape]) -> Stacks {
    let mut crossings = crate::crossings::Crossings::default();
    let near: Vec<usize> = (0..objects.len())
        .filter(|place| shares_land(subject, objects[*place], &mut crossings))
        .collect();
    if near.is_empty() {
        return Stacks::default();
    }
    let walked: Vec<&Shape> = std::iter::once(subject)
        .chain(near.iter().map(|place| objects[*place]))
        .collect();
    let mut levels = Levels {
        origin: [subject.bounds.0[0], subject.bounds.0[1]],
        sums: vec![Sums::default(); near.len()],
        pieces: vec![Vec::new(); near.len()],
    };
    let arrangement = Arrangement::of(&walked);
    let mut events = arrangement.events.as_slice();
    for position in 0..walked.len() {
        let (own, rest) = events.split_at(events.partition_point(|event| event.shape() <= position));
        events = rest;
        levels.walk(&walked, position, &arrangement.neighbours[position], own);
    }
    let ground = GroundScale::at(&subject.bounds);
    let at_least = levels.sums.iter().map(|sums| {
        let area = sums.area.max(0.0);
        UnionArea {
            area: UtmHectares::from_square_metres(area),
            ground: ground.hectares(area, sums.second_moment),
        }
    });
    let at_least: Vec<UnionArea> = at_least.take_while(|area| area.area.0 > NO_LAND).collect();
    let deepest = levels.deepest(at_least.len(), &walked, &near);
    Stacks { at_least, deepest }
}

/// A tenth of a square metre: below it a depth is the rounding of borders drawn twice.
const NO_LAND: f64 = 1e-5;

struct Levels {
    origin: GridPoint,
    /// By depth: one or more first.
    sums: Vec<Sums>,
    /// The pieces of border of each depth: length and middle, a centimetre inside.
    pieces: Vec<Vec<(f64, GridPoint)>>,
}

impl Levels {
    fn walk(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], events: &[Event]) {
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
                    let mut from = 0.0;
                    while next < events.len() && events[next].edge() == edge {
                        self.piece(position, depth, ends, (from, events[next].along));
                        from = events[next].along;
                        depth.apply(&events[next]);
                        next += 1;
                    }
                    self.piece(position, depth, ends, (from, 1.0));
                }
            },
        );
    }

    /// Adds a piece of the edge to the depths whose border it is.
    fn piece(&mut self, position: usize, depth: Depth, ends: (GridPoint, GridPoint), (from, to): (f64, f64)) {
        let others = usize::try_from(depth.others).unwrap_or(0);
        let levels = if position == 0 {
            0..others
        } else if depth.subject > 0 {
            others..others + 1
        } else {
            return;
        };
        for level in levels {
            let sums = &mut self.sums[level];
            sums.add(ends, from, 1.0, self.origin);
            sums.add(ends, to, -1.0, self.origin);
            let metres = (to - from) * length(ends.0, ends.1);
            self.pieces[level].push((metres, inside(ends, f64::midpoint(from, to))));
        }
    }

    /// A place under as many shapes as the deepest stack with land: at the longest piece of its border that has land beside it
    /// (pieces where borders are drawn twice have none).
    fn deepest(&mut self, depths: usize, walked: &[&Shape], near: &[usize]) -> Option<Deepest> {
        let covers = |place: usize, point: GridPoint| winding(walked[place], point, 1.0) > 0;
        for depth in (1..=depths).rev() {
            let pieces = &mut self.pieces[depth - 1];
            let place = |point: &GridPoint| (point[0].to_bits(), point[1].to_bits());
            pieces.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| place(one).cmp(&place(other))));
            for (_, point) in pieces.iter().filter(|(_, point)| covers(0, *point)) {
                let over = (1..walked.len()).filter(|place| covers(*place, *point));
                let objects: Vec<usize> = over.map(|place| near[place - 1]).collect();
                if objects.len() >= depth {
                    let at = [point[0] / GRID_PER_METRE, point[1] / GRID_PER_METRE];
                    return Some(Deepest { objects, at });
                }
            }
        }
        None
    }
}

/// The point of the edge at `along`, a centimetre to its left, where the land is.
fn inside((p, q): (GridPoint, GridPoint), along: f64) -> GridPoint {
    const ASIDE: f64 = 0.01 * GRID_PER_METRE;
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    let norm = (length(p, q) * GRID_PER_METRE).max(1.0);
    let place = |start: f64, step: f64, aside: f64| (start + along * step + aside * ASIDE / norm).round();
    [place(p[0], dx, -dy), place(p[1], dy, dx)]
}
