//! How deep shapes lie on one another inside a subject: the area under one or more of them, two or more, and so on.
//!
//! A piece of a border that lies in m other shapes is border of what m + 1 or more cover; the subject's own border, where m cover
//! it, is border of what 1, 2, … m cover. One walk along all borders measures every depth (see [`crate::union_within`]).

use crate::UnionArea;
use crate::arrangement::{Depth, Event, Walker, on_land, walk};
use crate::measure::{Sums, winding};
use crate::shape::{GRID_PER_METRE, GridPoint, Run, Shape, length};

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
    let numbered: Vec<(&Shape, usize)> = objects.iter().copied().zip(0..).collect();
    let (walked, near) = on_land(subject, &numbered);
    if near.is_empty() {
        return Stacks::default();
    }
    let mut levels = Levels {
        depth: Depth::default(),
        from: 0.0,
        origin: [subject.bounds.0[0], subject.bounds.0[1]],
        sums: vec![Sums::default(); near.len()],
        pieces: vec![Vec::new(); near.len()],
    };
    walk(&walked, &mut levels);
    let at_least = levels.sums.iter().map(|sums| UnionArea::of(sums, subject));
    let at_least: Vec<UnionArea> = at_least.take_while(|area| area.area.0 > NO_LAND).collect();
    let deepest = levels.deepest(at_least.len(), &walked, &near);
    Stacks { at_least, deepest }
}

/// A tenth of a square metre: below it a depth is the rounding of borders drawn twice.
const NO_LAND: f64 = 1e-5;

struct Levels {
    depth: Depth,
    /// Where the piece at hand begins on its edge.
    from: f64,
    origin: GridPoint,
    /// By depth: one or more first.
    sums: Vec<Sums>,
    /// The pieces of border of each depth: length and middle, a centimetre inside.
    pieces: Vec<Vec<(f64, GridPoint)>>,
}

impl Walker for Levels {
    fn begin(&mut self, walked: &[&Shape], position: usize, neighbours: &[u32], run: Run) {
        self.depth = Depth::at(walked, position, neighbours, run);
    }

    fn edge(&mut self, _position: usize, _ends: (GridPoint, GridPoint)) {
        self.from = 0.0;
    }

    fn crossing(&mut self, position: usize, ends: (GridPoint, GridPoint), event: &Event) {
        self.piece(position, ends, event.along);
        self.from = event.along;
        self.depth.apply(event);
    }

    fn edge_ends(&mut self, position: usize, ends: (GridPoint, GridPoint)) {
        self.piece(position, ends, 1.0);
    }
}

impl Levels {
    /// Adds a piece of the edge to the depths whose border it is.
    fn piece(&mut self, position: usize, ends: (GridPoint, GridPoint), to: f64) {
        let (depth, from) = (self.depth, self.from);
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
