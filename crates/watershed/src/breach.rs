//! Cutting through what only seems to dam a valley: bridges, noise, a gorge narrower than a cell.

use crate::catchments::find_catchments;
use crate::direction::STEPS;
use crate::{Elevation, NODATA};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How far and how deep may be cut for one depression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreachLimits {
    /// Millimetres that a cell may be lowered by.
    pub deepest: u32,
    /// Columns and rows that the way may lead from the bottom, at most 1000.
    pub farthest: u32,
}

/// What was cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breached {
    /// Depressions that have a way out now.
    pub depressions: u64,
    /// Depressions for which every way was too deep or too far.
    pub left: u64,
    /// Cells that were lowered.
    pub cells: u64,
    /// The most that one was lowered by, in millimetres, in all cuts together.
    pub deepest: u32,
}

/// Opens for each depression the way of least cost from its bottom to lower ground or to the edge, the cost being what all cells on it
/// are lowered by; the way then falls evenly. What would be too deep or too far is left, to be filled (least-cost breaching, Lindsay &
/// Dhun 2015, doi:10.1080/13658816.2014.975715). The highest bottoms come first; of equal ways the one whose cells come first.
pub fn breach(elevation: Elevation, limits: BreachLimits) -> (Elevation, Breached) {
    let mut bottoms: Vec<u32> = Vec::new();
    for tile in find_catchments(&elevation, crate::TILE).tiles {
        let closed = (0_usize..)
            .zip(&tile.pits)
            .filter(|(at, _)| !tile.outlets.iter().any(|outlet| usize::from(*outlet) == *at));
        bottoms.extend(closed.map(|(_, cell)| *cell));
    }
    bottoms.sort_unstable_by_key(|cell| (Reverse(elevation.millimetres[*cell as usize]), *cell));
    let mut search = Search::new(elevation, limits);
    let mut done = Breached::default();
    for bottom in bottoms {
        search.open(bottom as usize, &mut done);
    }
    (search.elevation, done)
}

/// A place in the window round a bottom: what it costs to come here, and from where.
#[derive(Clone, Copy)]
struct Step {
    turn: u32,
    settled: bool,
    from: u8,
    cost: u64,
}

struct Search {
    elevation: Elevation,
    deepest: u32,
    radius: isize,
    steps: Vec<Step>,
    turn: u32,
    open: BinaryHeap<Reverse<(u64, usize)>>,
}

impl Search {
    fn new(elevation: Elevation, limits: BreachLimits) -> Self {
        let farthest = limits.farthest.clamp(1, 1000);
        let side = 2 * farthest as usize + 1;
        let blank = Step {
            turn: 0,
            settled: false,
            from: 0,
            cost: 0,
        };
        Self {
            elevation,
            deepest: limits.deepest,
            radius: (farthest as usize).cast_signed(),
            steps: vec![blank; side * side],
            turn: 0,
            open: BinaryHeap::new(),
        }
    }

    /// The cells round one, with the place of the step that leads there; `None` beyond the edge.
    fn around(&self, cell: usize) -> [Option<usize>; 8] {
        let (columns, rows) = (self.elevation.grid.columns(), self.elevation.grid.rows());
        let (row, column) = (cell / columns, cell % columns);
        STEPS.map(|(across, down)| {
            let column = column.checked_add_signed(across).filter(|column| *column < columns)?;
            let row = row.checked_add_signed(down).filter(|row| *row < rows)?;
            Some(row * columns + column)
        })
    }

    fn touches_ocean(&self, cell: usize) -> bool {
        self.around(cell)
            .iter()
            .any(|other| other.is_none_or(|other| self.elevation.millimetres[other] == NODATA))
    }

    /// The place of a cell in the window of a bottom.
    fn place(&self, bottom: usize, cell: usize) -> Option<usize> {
        let columns = self.elevation.grid.columns();
        let (across, down) = (
            signed(cell % columns) - signed(bottom % columns),
            signed(cell / columns) - signed(bottom / columns),
        );
        let inside = across.abs() <= self.radius && down.abs() <= self.radius;
        let side = 2 * self.radius + 1;
        inside.then(|| ((down + self.radius) * side + across + self.radius).cast_unsigned())
    }

    fn open(&mut self, bottom: usize, done: &mut Breached) {
        let height = self.elevation.millimetres[bottom];
        let lower = |other: &Option<usize>| other.is_some_and(|other| self.elevation.millimetres[other] < height);
        if self.around(bottom).iter().any(lower) {
            // an earlier cut opened it
            return;
        }
        match self.find(bottom, height) {
            Some(end) => self.cut(bottom, end, done),
            None => done.left += 1,
        }
    }

    /// The cheapest end of a way: lower than the bottom, or at the edge.
    fn find(&mut self, bottom: usize, height: i32) -> Option<usize> {
        self.turn += 1;
        self.open.clear();
        let start = self.place(bottom, bottom)?;
        self.steps[start] = Step {
            turn: self.turn,
            settled: false,
            from: 8,
            cost: 0,
        };
        self.open.push(Reverse((0, bottom)));
        while let Some(Reverse((cost, cell))) = self.open.pop() {
            let place = self.place(bottom, cell)?;
            if std::mem::replace(&mut self.steps[place].settled, true) {
                continue;
            }
            if self.elevation.millimetres[cell] < height || (cell != bottom && self.touches_ocean(cell)) {
                return Some(cell);
            }
            for (from, other) in (0..).zip(self.around(cell)) {
                let Some((other, place)) = other.and_then(|other| Some((other, self.place(bottom, other)?))) else {
                    continue;
                };
                let above = self.elevation.millimetres[other];
                let cut = above.saturating_sub(height).max(0).unsigned_abs();
                if above == NODATA || cut > self.deepest {
                    continue;
                }
                let cost = cost + u64::from(cut);
                let step = &mut self.steps[place];
                if step.turn != self.turn || (!step.settled && cost < step.cost) {
                    *step = Step {
                        turn: self.turn,
                        settled: false,
                        from,
                        cost,
                    };
                    self.open.push(Reverse((cost, other)));
                }
            }
        }
        None
    }

    /// Lowers the way so that it falls evenly from the bottom to its end.
    fn cut(&mut self, bottom: usize, end: usize, done: &mut Breached) {
        let mut way = vec![end];
        let mut at = end;
        while let Some(step) = self
            .place(bottom, at)
            .map(|place| self.steps[place])
            .filter(|step| step.from < 8)
        {
            let (across, down) = STEPS[usize::from(step.from)];
            at = at.wrapping_add_signed(-across - down * signed(self.elevation.grid.columns()));
            way.push(at);
        }
        let top = self.elevation.millimetres[bottom];
        let last = self.elevation.millimetres[end].min(top);
        let steps = i64::try_from(way.len() - 1).unwrap_or(1).max(1);
        done.depressions += 1;
        for (left, cell) in (0_i64..).zip(way) {
            let fall = i64::from(top - last) * (steps - left) / steps;
            let target = top - i32::try_from(fall).unwrap_or(0);
            let now = &mut self.elevation.millimetres[cell];
            if *now > target {
                done.cells += 1;
                done.deepest = done.deepest.max(now.abs_diff(target));
                *now = target;
            }
        }
    }
}

fn signed(value: usize) -> isize {
    value.cast_signed()
}
