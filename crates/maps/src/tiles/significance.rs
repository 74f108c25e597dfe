//! From which zoom each vertex is drawn: borders are cut where neighbours meet, and each piece is thinned once, in one direction,
//! so that whoever shares it draws the same vertices.

use super::lines::{Lines, Run};
use std::cmp::Ordering;

/// The zoom from which every vertex is drawn.
pub const WHOLE_ZOOM: u8 = 14;
/// How far a thinned border may lie from the true one, in units of the tile.
pub const TOLERANCE: f64 = 2.0;

/// Nobody follows, or nobody goes before: the end of a line.
const NOBODY: u64 = u64::MAX;

/// Sets the level of every point; `unit` is how many units of the deepest zoom one of the grid is.
///
/// Takes 16 bytes for each point beside what is there, while it runs.
pub(crate) fn set_levels(lines: &mut Lines, runs: &[Run], unit: f64) {
    let mut fixed = junctions(lines, runs);
    let thinning = Thinning::of(unit);
    let mut levels = vec![0; lines.points.len()];
    for (position, run) in runs.iter().enumerate() {
        let range = lines.range(position);
        let points = &lines.points[range.clone()];
        let fixed = &mut fixed[range.clone()];
        if *run != Run::Points && points.len() > 2 {
            thinning.run(run.is_ring(), points, fixed, &mut levels[range]);
        }
    }
    lines.levels = levels;
}

/// The points at which borders are cut: ends of lines, and points whose neighbours along one line are not those along another.
fn junctions(lines: &Lines, runs: &[Run]) -> Vec<bool> {
    let mut fixed = vec![false; lines.points.len()];
    let mut places: Vec<(u64, u32)> = Vec::with_capacity(lines.points.len());
    for (position, run) in runs.iter().enumerate().filter(|(_, run)| **run != Run::Points) {
        let range = lines.range(position);
        if !run.is_ring() && !range.is_empty() {
            fixed[range.start] = true;
            fixed[range.end - 1] = true;
        }
        let first = lines.starts[position];
        places.extend(
            (first..)
                .zip(&lines.points[range])
                .map(|(at, point)| (code(*point), at)),
        );
    }
    places.sort_unstable();
    let beside = |at: u32| neighbours(lines, runs, at);
    for same in places
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|same| same.len() > 1)
    {
        let expected = beside(same[0].1);
        if same[1..].iter().any(|(_, at)| beside(*at) != expected) {
            for (_, at) in same {
                fixed[*at as usize] = true;
            }
        }
    }
    fixed
}

/// A point as one number; the order is by easting, then by northing.
fn code([x, y]: [u32; 2]) -> u64 {
    u64::from(x) << 32 | u64::from(y)
}

/// The points before and after one, the lesser first.
fn neighbours(lines: &Lines, runs: &[Run], at: u32) -> [u64; 2] {
    let run = lines.starts.partition_point(|start| *start <= at) - 1;
    let (first, last) = (lines.starts[run], lines.starts[run + 1] - 1);
    let ring = runs[run].is_ring();
    let point = |at: u32| code(lines.points[at as usize]);
    let before = match at {
        _ if at > first => point(at - 1),
        _ if ring => point(last),
        _ => NOBODY,
    };
    let after = match at {
        _ if at < last => point(at + 1),
        _ if ring => point(first),
        _ => NOBODY,
    };
    [before.min(after), before.max(after)]
}

/// The squares of the tolerances of each zoom, in units of the grid.
struct Thinning {
    squares: [f64; WHOLE_ZOOM as usize],
}

impl Thinning {
    fn of(unit: f64) -> Self {
        let square = |zoom: usize| {
            let coarseness = usize::from(super::grid::MAX_ZOOM) - zoom;
            let tolerance = TOLERANCE * (1_u64 << coarseness) as f64 / unit;
            tolerance * tolerance
        };
        Self {
            squares: std::array::from_fn(square),
        }
    }

    /// The first zoom at which a vertex so far (squared) from the thinned line is drawn.
    fn level(&self, square: f64) -> u8 {
        (0..WHOLE_ZOOM)
            .find(|zoom| square > self.squares[usize::from(*zoom)])
            .unwrap_or(WHOLE_ZOOM)
    }

    fn run(&self, ring: bool, points: &[[u32; 2]], fixed: &mut [bool], levels: &mut [u8]) {
        if ring {
            fix_two(points, fixed);
        }
        let cuts: Vec<usize> = (0..points.len()).filter(|at| fixed[*at]).collect();
        let ends = cuts.iter().copied().skip(1);
        let closing = ring.then(|| cuts[0] + points.len());
        for (start, end) in cuts.iter().copied().zip(ends.chain(closing)) {
            self.arc(points, start, end, levels);
        }
    }

    /// Levels of the points between two cuts; `end` may go once round the ring.
    fn arc(&self, points: &[[u32; 2]], start: usize, end: usize, levels: &mut [u8]) {
        if end - start < 2 {
            return;
        }
        let mut places: Vec<usize> = (start..=end).map(|at| at % points.len()).collect();
        if points[places[places.len() - 1]] < points[places[0]] {
            places.reverse();
        }
        let mut open = vec![(0, places.len() - 1, 0)];
        while let Some((low, high, least)) = open.pop() {
            let Some((far, square)) = farthest(points, &places[low..=high]) else {
                continue;
            };
            let level = self.level(square).max(least);
            if level == WHOLE_ZOOM {
                // what lies nearer is drawn no earlier
                for place in &places[low + 1..high] {
                    levels[*place] = WHOLE_ZOOM;
                }
                continue;
            }
            levels[places[low + far]] = level;
            open.push((low, low + far, level));
            open.push((low + far, high, level));
        }
    }
}

/// A ring with fewer than two cuts gets them where every ring of the same points has them: at its first point in the order of eastings,
/// and at the point farthest from the first cut.
fn fix_two(points: &[[u32; 2]], fixed: &mut [bool]) {
    let cuts = fixed.iter().filter(|fixed| **fixed).count();
    if cuts > 1 {
        return;
    }
    let least = || (0..points.len()).min_by_key(|at| points[*at]);
    let Some(first) = fixed.iter().position(|fixed| *fixed).or_else(least) else {
        return;
    };
    let away = |at: usize| square_between(points[first], points[at]);
    let order = |one: &usize, other: &usize| {
        let nearer = away(*one).partial_cmp(&away(*other)).unwrap_or(Ordering::Equal);
        nearer.then_with(|| points[*other].cmp(&points[*one]))
    };
    fixed[first] = true;
    if let Some(farthest) = (0..points.len()).max_by(order) {
        fixed[farthest] = true;
    }
}

fn square_between(p: [u32; 2], q: [u32; 2]) -> f64 {
    let (dx, dy) = (f64::from(q[0]) - f64::from(p[0]), f64::from(q[1]) - f64::from(p[1]));
    dx * dx + dy * dy
}

/// Of the points between the first and the last, the one farthest from the segment that joins those, and its distance squared.
fn farthest(points: &[[u32; 2]], places: &[usize]) -> Option<(usize, f64)> {
    let (first, last) = (points[places[0]], points[places[places.len() - 1]]);
    let (dx, dy) = (
        f64::from(last[0]) - f64::from(first[0]),
        f64::from(last[1]) - f64::from(first[1]),
    );
    let length = dx * dx + dy * dy;
    let mut best: Option<(usize, f64)> = None;
    for (at, place) in places.iter().enumerate().take(places.len() - 1).skip(1) {
        let [x, y] = points[*place];
        let (px, py) = (f64::from(x) - f64::from(first[0]), f64::from(y) - f64::from(first[1]));
        let along = if length > 0.0 {
            ((px * dx + py * dy) / length).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let (ox, oy) = (px - along * dx, py - along * dy);
        let square = ox * ox + oy * oy;
        if best.is_none_or(|(_, most)| square > most) {
            best = Some((at, square));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(runs: &[&[[u32; 2]]]) -> Lines {
        let mut lines = Lines::default();
        for run in runs {
            lines.points.extend_from_slice(run);
            lines.close();
        }
        lines
    }

    #[test]
    fn the_border_of_two_neighbours_is_drawn_with_the_same_vertices_by_both() {
        // a wavy border from (1000000, 0) to (1000000, 4000000) between a western and an eastern square
        let wave = |at: u32| [1_000_000 + (at * 7_919) % 40_000, at * 10_000];
        let border: Vec<[u32; 2]> = (0..=400).map(wave).collect();
        let mut west = vec![[0, 4_000_000], [0, 0]];
        west.extend(&border);
        let mut east = vec![[2_000_000, 0], [2_000_000, 4_000_000]];
        east.extend(border.iter().rev());
        let mut both = lines(&[&west, &east]);
        set_levels(&mut both, &[Run::Exterior, Run::Exterior], 1.0);
        let level_of = |run: usize, point: [u32; 2]| {
            let at = both.range(run).find(|at| both.points[*at] == point).unwrap();
            both.levels[at]
        };
        let levels: Vec<u8> = border.iter().map(|point| level_of(0, *point)).collect();
        let others: Vec<u8> = border.iter().map(|point| level_of(1, *point)).collect();
        assert_eq!(levels, others);
        assert_eq!((levels[0], levels[400]), (0, 0), "where the neighbours part, both stay");
        assert!(levels.iter().filter(|level| **level > 8).count() > 100, "{levels:?}");
    }

    #[test]
    fn an_island_and_the_hole_that_it_fills_are_thinned_alike_from_wherever_they_begin() {
        let round = |at: u32| {
            let angle = f64::from(at) / 60.0 * std::f64::consts::TAU;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "small and positive"
            )]
            let [x, y] = [angle.cos(), angle.sin()].map(|value| (500_000.0 + 300_000.0 * value) as u32);
            [x, y]
        };
        let island: Vec<[u32; 2]> = (0..60).map(round).collect();
        let mut hole: Vec<[u32; 2]> = (17..77).map(|at| round(at % 60)).collect();
        hole.reverse();
        let mut both = lines(&[&island, &hole]);
        set_levels(&mut both, &[Run::Exterior, Run::Hole], 1.0);
        let mut one: Vec<([u32; 2], u8)> = both.range(0).map(|at| (both.points[at], both.levels[at])).collect();
        let mut other: Vec<([u32; 2], u8)> = both.range(1).map(|at| (both.points[at], both.levels[at])).collect();
        one.sort_unstable();
        other.sort_unstable();
        assert_eq!(one, other);
    }

    #[test]
    fn a_straight_line_keeps_its_ends_until_everything_is_drawn() {
        let straight: Vec<[u32; 2]> = (0..10).map(|at| [at * 100_000, 5]).collect();
        let mut line = lines(&[&straight]);
        set_levels(&mut line, &[Run::Line], 1.0);
        assert_eq!(line.levels, [0, 14, 14, 14, 14, 14, 14, 14, 14, 0]);
    }

    #[test]
    fn a_confluence_is_kept_by_the_river_and_by_the_stream() {
        let river: Vec<[u32; 2]> = (0..10).map(|at| [at * 100_000, 5]).collect();
        let stream = [[300_000, 900_000], [310_000, 400_000], [300_000, 5]];
        let mut both = lines(&[&river, &stream]);
        set_levels(&mut both, &[Run::Line, Run::Line], 1.0);
        assert_eq!((both.levels[3], both.levels[12]), (0, 0));
    }
}
