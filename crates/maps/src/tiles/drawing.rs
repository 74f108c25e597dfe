//! One feature in one tile: its geometry as the commands of a vector tile.

use super::{
    boxes::{GridBox, meet, within},
    clip::{Place, Square},
    grid::InTile,
    lines::{Lines, Run},
    rings::{Rings, Unit},
    source::{Entry, TileSource},
};

/// What a geometry is, in the numbers of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dimension {
    Point = 1,
    Line = 2,
    Area = 3,
}

/// How a source is drawn in a tile, with room to work in.
pub(crate) struct Drawing<'a> {
    source: &'a TileSource,
    lines: &'a Lines,
    zoom: u8,
    in_tile: InTile,
    square: Square,
    reach: GridBox,
    path: Vec<Place>,
    spare: Vec<Place>,
    rings: Rings,
    commands: Vec<u32>,
    pen: Unit,
}

const MOVE: u32 = 1;
const LINE: u32 = 2;
const CLOSE: u32 = 7;

impl<'a> Drawing<'a> {
    /// `reach` is the square in offsets of the source.
    pub(crate) fn new(source: &'a TileSource, in_tile: InTile, zoom: u8, (square, reach): (Square, GridBox)) -> Self {
        Self {
            source,
            lines: source.lines(zoom),
            zoom,
            in_tile,
            square,
            reach,
            path: Vec::new(),
            spare: Vec::new(),
            rings: Rings::default(),
            commands: Vec::new(),
            pen: [0, 0],
        }
    }

    /// The commands of an entry; none where it does not come into the square.
    pub(crate) fn draw(&mut self, entry: &Entry) -> Option<(Dimension, &[u32])> {
        self.commands.clear();
        self.pen = [0, 0];
        let runs = entry.runs[0] as usize..entry.runs[1] as usize;
        let dimension = match self.source.runs[runs.start] {
            Run::Exterior | Run::Hole => Dimension::Area,
            Run::Line => Dimension::Line,
            Run::Points => Dimension::Point,
        };
        match dimension {
            Dimension::Area => self.areas(runs),
            Dimension::Line => self.strokes(runs),
            Dimension::Point => self.dots(runs.start),
        }
        (!self.commands.is_empty()).then_some((dimension, self.commands.as_slice()))
    }

    fn areas(&mut self, runs: std::ops::Range<usize>) {
        self.rings.clear();
        let mut seen: Option<Place> = None;
        let mut open = false;
        for run in runs {
            let exterior = self.source.runs[run] == Run::Exterior;
            if !exterior && !open {
                continue;
            }
            let whole = meet(&self.source.bounds[run], &self.reach) && self.trace_ring(run);
            let closed = whole && self.round_ring(exterior);
            if exterior {
                open = closed;
                if whole && !closed {
                    seen = seen.or_else(|| self.inner_place());
                }
            }
        }
        if self.rings.rings.is_empty() || !self.rings.mend() {
            // land that a hole takes whole leaves only edges of the square
            let square = self.square;
            let place = self.rings.middle_where(|place| square.surrounds(place));
            self.rings.clear();
            if let Some(place) = place.or(seen) {
                self.least_area(rounded(place));
            }
        }
        self.write_rings();
    }

    /// The ring in units of the tile, cut at the square, in `path`; whether anything is left.
    fn trace_ring(&mut self, run: usize) -> bool {
        self.trace(run);
        if !within(&self.source.bounds[run], &self.reach) {
            self.square.cut_ring(&mut self.path, &mut self.spare);
        }
        !self.path.is_empty()
    }

    fn trace(&mut self, run: usize) {
        let range = self.lines.range(run);
        let levels = &self.lines.levels[range.clone()];
        let drawn = self.lines.points[range].iter().zip(levels);
        self.path.clear();
        self.path.extend(
            drawn
                .filter(|(_, level)| **level <= self.zoom)
                .map(|(point, _)| self.in_tile.place(*point)),
        );
    }

    /// Rounds `path` to whole units as a ring; whether it has an area.
    fn round_ring(&mut self, exterior: bool) -> bool {
        let first = self.rings.points.len();
        for place in &self.path {
            let unit = rounded(*place);
            if self.rings.points[first..].last() != Some(&unit) {
                self.rings.points.push(unit);
            }
        }
        self.rings.close(first, exterior)
    }

    /// A place of `path` within the square, where there is one: a ring that only runs along the edge has none.
    fn inner_place(&self) -> Option<Place> {
        let next = self.path.iter().cycle().skip(1);
        let mut middles = self
            .path
            .iter()
            .zip(next)
            .map(|(p, q)| [p[0].midpoint(q[0]), p[1].midpoint(q[1])]);
        middles.find(|place| self.square.surrounds(*place))
    }

    /// The least area that is drawn: two units wide.
    fn least_area(&mut self, place: Unit) {
        let (least, most) = (rounded([self.square.least; 2])[0], rounded([self.square.most; 2])[0]);
        let [x, y] = place.map(|value| value.clamp(least + 1, most - 1));
        let first = self.rings.points.len();
        self.rings
            .points
            .extend([[x - 1, y - 1], [x + 1, y - 1], [x + 1, y + 1], [x - 1, y + 1]]);
        self.rings.close(first, true);
    }

    fn write_rings(&mut self) {
        let rings = std::mem::take(&mut self.rings);
        for ring in &rings.rings {
            self.write(rings.of(*ring));
            self.commands.push(command(CLOSE, 1));
        }
        self.rings = rings;
    }

    fn strokes(&mut self, runs: std::ops::Range<usize>) {
        let mut seen: Option<Unit> = None;
        let mut part: Vec<Unit> = Vec::new();
        for run in runs {
            if !meet(&self.source.bounds[run], &self.reach) {
                continue;
            }
            self.trace(run);
            if let [only] = self.path[..] {
                seen = seen.or(self.square.holds(only).then(|| rounded(only)));
            }
            let path = std::mem::take(&mut self.path);
            for pair in path.windows(2) {
                let Some((start, end)) = self.square.cut_segment(pair[0], pair[1]) else {
                    continue;
                };
                let (start, end) = (rounded(start), rounded(end));
                seen = seen.or(Some(start));
                if part.last() != Some(&start) {
                    self.write_line(&mut part);
                    part.push(start);
                }
                if end != start {
                    part.push(end);
                }
            }
            self.path = path;
            self.write_line(&mut part);
        }
        if let Some(place) = seen.filter(|_| self.commands.is_empty()) {
            self.write(&[place, [place[0] + 1, place[1]]]);
        }
    }

    fn write_line(&mut self, part: &mut Vec<Unit>) {
        if part.len() > 1 {
            self.write(part);
        }
        part.clear();
    }

    fn dots(&mut self, run: usize) {
        self.trace(run);
        let inside: Vec<Unit> = self
            .path
            .iter()
            .filter(|place| self.square.holds(**place))
            .map(|place| rounded(*place))
            .collect();
        if !inside.is_empty() {
            self.commands.push(command(MOVE, inside.len()));
            for unit in inside {
                self.step_to(unit);
            }
        }
    }

    /// A path: to its first point without a line, to the others with one.
    fn write(&mut self, points: &[Unit]) {
        self.commands.push(command(MOVE, 1));
        self.step_to(points[0]);
        self.commands.push(command(LINE, points.len() - 1));
        for point in &points[1..] {
            self.step_to(*point);
        }
    }

    fn step_to(&mut self, to: Unit) {
        for (to, from) in to.iter().zip(self.pen) {
            let step = to - from;
            self.commands.push((step << 1 ^ step >> 31).cast_unsigned());
        }
        self.pen = to;
    }
}

fn command(id: u32, count: usize) -> u32 {
    u32::try_from(count << 3).expect("a path in a tile has fewer than 2^29 points") | id
}

#[expect(clippy::cast_possible_truncation, reason = "places lie in a tile and its buffer")]
fn rounded(place: Place) -> Unit {
    place.map(|value| (value + 0.5).floor() as i32)
}
