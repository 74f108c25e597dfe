//! Streams: reaches between confluences, numbered so that all that lies upstream of one follows it at once.

use crate::channels::{Streams, Whole};
use crate::{Channels, Drainage, Grid, spread_upstream};
use rayon::prelude::*;

/// A piece of stream from a source or a confluence down to the next confluence or outlet.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// Its upper end: a source, or the cell in which others meet.
    pub first: u32,
    /// Its lower end.
    pub last: u32,
    /// The reach that it flows into; `None` at an outlet.
    pub next: Option<u32>,
    /// How many reaches lie upstream, itself included: those of its number and the following ones.
    pub size: u32,
    /// Order by Strahler (1957).
    pub strahler: u8,
    /// Sources above, itself included if it is one (Shreve 1966).
    pub shreve: u32,
    /// Cells that drain through its lower end.
    pub drained_cells: u32,
    /// Along the cells' middles, to that of the cell that it flows into, in metres of the grid.
    pub length: f64,
    /// Filled heights of its upper end and of the cell that it flows into, in millimetres.
    pub heights: [i32; 2],
}

impl Reach {
    /// Metres of fall for each metre; nothing for a single cell at an outlet.
    pub fn slope(&self) -> Option<f64> {
        let fall = f64::from(self.heights[0] - self.heights[1]) / 1000.0;
        (self.length > 0.0).then(|| fall / self.length)
    }
}

/// The reaches of a grid in pre-order: outlets by their cells; above each reach first its main stem, which is the branch that drains
/// the most cells, then the other branches by what they drain.
///
/// So «B lies upstream of A» is `A ≤ B < A + size`, all that lies upstream of A is one slice, and a main stem is a run of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The reaches.
    pub reaches: Vec<Reach>,
    /// The cells from which a stream runs: at least this many drain through it.
    pub threshold: u32,
}

impl Network {
    /// The streams of a drained grid: cells through which at least `threshold` cells drain, by their `accumulation`.
    ///
    /// # Panics
    /// When `accumulation` is not that of the grid.
    pub fn find(drained: &Drainage, accumulation: &[u32], threshold: u32) -> Self {
        let streams = Whole {
            drained,
            sums: accumulation,
            threshold: threshold.max(1),
        };
        let cells = 0..u32::try_from(accumulation.len()).expect("a grid has fewer cells");
        let begins = |cell: &u32| streams.is_stream(*cell as usize) && streams.inflows(*cell as usize) != 1;
        let heads: Vec<u32> = cells.into_par_iter().filter(begins).collect();
        Self::trace(&streams, &heads, threshold.max(1))
    }

    /// The network of streams whose reaches begin in the cells `heads`, ascending.
    pub(crate) fn trace(streams: &impl Streams, heads: &[u32], threshold: u32) -> Self {
        let walked: Vec<(Reach, Option<u32>)> = heads.par_iter().map(|head| walk(streams, *head)).collect();
        let next: Vec<Option<u32>> = walked
            .iter()
            .map(|(_, below)| below.map(|cell| index(heads.binary_search(&cell).expect("a confluence begins a reach"))))
            .collect();
        let mut reaches: Vec<Reach> = walked.into_iter().map(|(reach, _)| reach).collect();
        number(&mut reaches, &next);
        let mut network = Self { reaches, threshold };
        network.rank();
        network
    }

    /// Strahler's and Shreve's orders: what lies upstream has greater numbers, so one walk backward settles all.
    fn rank(&mut self) {
        let mut seconds = vec![0_u8; self.reaches.len()];
        for at in (0..self.reaches.len()).rev() {
            let reach = &mut self.reaches[at];
            // until here `strahler` is the greatest order above, `seconds` the next greatest, as great in a tie
            let order = if reach.strahler == 0 {
                1
            } else {
                reach.strahler + u8::from(reach.strahler == seconds[at])
            };
            reach.strahler = order;
            reach.shreve = reach.shreve.max(1);
            let shreve = reach.shreve;
            if let Some(next) = reach.next {
                let below = &mut self.reaches[next as usize];
                below.shreve += shreve;
                let second = &mut seconds[next as usize];
                *second = (*second).max(order.min(below.strahler));
                below.strahler = below.strahler.max(order);
            }
        }
    }

    /// For each cell the number of the reach that it drains to plus one: unit catchments. 0 where no stream is met.
    pub fn catchments(&self, drained: &Drainage) -> Vec<u32> {
        let mut labels = vec![0; drained.directions.len()];
        for (number, reach) in (1..).zip(&self.reaches) {
            for cell in reach.cells(drained) {
                labels[cell] = number;
            }
        }
        spread_upstream(&drained.directions, drained.grid().columns(), &mut labels);
        labels
    }

    /// The cell of a reach whose middle is nearest to a place in the grid's coordinates; the lowest of those as near.
    ///
    /// # Panics
    /// When there is no such reach.
    pub fn nearest_cell(&self, drained: &Drainage, reach: u32, [x, y]: [f64; 2]) -> u32 {
        let reach = &self.reaches[reach as usize];
        let columns = drained.grid().columns();
        let far = |cell: usize| {
            let ([east, south], place) = (drained.grid().spacing(cell / columns), drained.grid().placement());
            let centre = drained.grid().centre(cell);
            libm::hypot(
                (centre[0] - x) / place.width * east,
                (centre[1] - y) / place.height * south,
            )
        };
        let nearer = |best: usize, cell: usize| if far(cell) <= far(best) { cell } else { best };
        index(reach.cells(drained).fold(reach.first as usize, nearer))
    }

    /// The reaches that flow into `reach`, its main stem first.
    pub fn branches(&self, reach: u32) -> impl Iterator<Item = u32> + '_ {
        let end = reach + self.reaches[reach as usize].size;
        let mut at = reach + 1;
        std::iter::from_fn(move || {
            let branch = (at < end).then_some(at)?;
            at += self.reaches[branch as usize].size;
            Some(branch)
        })
    }

    /// The main stem from `reach` up to its source: a run of numbers.
    pub fn main_stem(&self, reach: u32) -> std::ops::Range<u32> {
        let mut end = reach;
        while self.reaches[end as usize].size > 1 {
            end += 1;
        }
        reach..end + 1
    }
}

impl Reach {
    /// The places of its cells from the upper end to the lower one.
    pub(crate) fn places<'a, C: Channels>(&self, channels: &'a C) -> impl Iterator<Item = usize> + use<'a, C> {
        let last = channels.place(self.last);
        let mut at = Some(channels.place(self.first));
        std::iter::from_fn(move || {
            let place = at?;
            at = if place == last { None } else { channels.below(place) };
            Some(place)
        })
    }

    /// Its cells from the upper end to the lower one.
    pub fn cells<'a, C: Channels>(&self, channels: &'a C) -> impl Iterator<Item = usize> + use<'a, C> {
        self.places(channels).map(|place| channels.cell(place))
    }

    /// The middles of its cells and of the cell that it flows into, in the grid's coordinates.
    pub fn line(&self, channels: &impl Channels) -> Vec<[f64; 2]> {
        let grid = channels.grid();
        let beyond = channels.below(channels.place(self.last));
        self.places(channels)
            .chain(beyond)
            .map(|place| grid.centre(channels.cell(place)))
            .collect()
    }
}

/// The reach that begins in a cell, and the cell in which the next one begins.
fn walk(streams: &impl Streams, head: u32) -> (Reach, Option<u32>) {
    let (grid, first) = (streams.grid(), streams.place(head));
    let (mut place, mut length) = (first, 0.0);
    let (next, end) = loop {
        let Some(below) = streams.below(place) else {
            break (None, place);
        };
        length += between(grid, streams.cell(place), streams.cell(below));
        if streams.inflows(below) != 1 {
            break (Some(index(streams.cell(below))), below);
        }
        place = below;
    };
    let reach = Reach {
        first: head,
        last: index(streams.cell(place)),
        next: None,
        size: 0,
        strahler: 0,
        shreve: 0,
        drained_cells: streams.drained_cells(place),
        length,
        heights: [streams.height(first), streams.height(end)],
    };
    (reach, next)
}

/// Metres from a cell to a neighbour.
fn between(grid: &Grid, cell: usize, neighbour: usize) -> f64 {
    let columns = grid.columns();
    let code = if cell / columns == neighbour / columns {
        1
    } else if cell % columns == neighbour % columns {
        4
    } else {
        2
    };
    step(grid, cell, code)
}

/// Metres from a cell to the one that its direction leads to.
pub(crate) fn step(grid: &Grid, cell: usize, code: u8) -> f64 {
    let [east, south] = grid.spacing(cell / grid.columns());
    match code {
        1 | 16 => east,
        4 | 64 => south,
        _ => libm::sqrt(east * east + south * south),
    }
}

/// Puts reaches in pre-order; `next` are places in the order given.
fn number(reaches: &mut Vec<Reach>, next: &[Option<u32>]) {
    let rank = |at: &u32| {
        (
            std::cmp::Reverse(reaches[*at as usize].drained_cells),
            reaches[*at as usize].last,
        )
    };
    let (starts, above) = branches_by_reach(next);
    let mut open: Vec<u32> = (0..)
        .zip(next)
        .filter(|(_, next)| next.is_none())
        .map(|(at, _)| at)
        .collect();
    open.sort_unstable_by_key(|at| std::cmp::Reverse(reaches[*at as usize].last));
    let (mut order, mut numbers) = (Vec::with_capacity(reaches.len()), vec![0; reaches.len()]);
    while let Some(at) = open.pop() {
        numbers[at as usize] = index(order.len());
        order.push(at);
        let branches = starts[at as usize] as usize..starts[at as usize + 1] as usize;
        let mut branches = above[branches].to_vec();
        branches.sort_unstable_by_key(rank);
        open.extend(branches.into_iter().rev());
    }
    let mut sorted: Vec<Reach> = order
        .iter()
        .map(|at| Reach {
            next: next[*at as usize].map(|next| numbers[next as usize]),
            size: 1,
            ..reaches[*at as usize].clone()
        })
        .collect();
    for at in (0..sorted.len()).rev() {
        if let Some(next) = sorted[at].next {
            let size = sorted[at].size;
            sorted[next as usize].size += size;
        }
    }
    *reaches = sorted;
}

/// What flows into each reach, one after another, and where each begins among them.
fn branches_by_reach(next: &[Option<u32>]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0; next.len() + 1];
    for next in next.iter().flatten() {
        starts[*next as usize + 1] += 1;
    }
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    let mut free = starts.clone();
    let mut above = vec![0; next.iter().flatten().count()];
    for (at, next) in (0_u32..).zip(next) {
        if let Some(next) = next {
            let place = &mut free[*next as usize];
            above[*place as usize] = at;
            *place += 1;
        }
    }
    (starts, above)
}

fn index(value: usize) -> u32 {
    u32::try_from(value).expect("a grid has fewer cells")
}
