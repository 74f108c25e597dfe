//! Runs of equal cells along rows, joined to components that touch along edges.

use rayon::prelude::*;

/// Rows of a strip, whatever the number of threads.
const STRIP: usize = 128;

/// The most cells whose runs can be numbered.
pub(crate) const MOST_CELLS: usize = (1 << 31) - 1;

/// The runs of a grid of codes, row by row.
pub(crate) struct Runs {
    /// The cell where each run begins; one more for the end.
    pub starts: Vec<u32>,
    /// The first run of each row; one more for the end.
    pub rows: Vec<u32>,
    /// For each run the first run of its component.
    pub roots: Vec<u32>,
}

/// Runs of some rows, numbered from 0.
#[derive(Default)]
struct Strip {
    starts: Vec<u32>,
    rows: Vec<u32>,
    parents: Vec<u32>,
}

fn small(value: usize) -> u32 {
    u32::try_from(value).expect("fewer cells than MOST_CELLS")
}

/// Calls with every place but the first at which a code differs from the one before it.
#[inline]
fn changes(codes: &[u8], mut each: impl FnMut(usize)) {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let mut at = 1;
    while at + 8 <= codes.len() {
        let word = |from: usize| u64::from_le_bytes(codes[from..from + 8].try_into().expect("eight codes"));
        let other = word(at) ^ word(at - 1);
        // the high bit of each byte that is not 0
        let mut marks = (((other & LOW) + LOW) | other) & !LOW;
        while marks != 0 {
            each(at + marks.trailing_zeros() as usize / 8);
            marks &= marks - 1;
        }
        at += 8;
    }
    for at in at..codes.len() {
        if codes[at] != codes[at - 1] {
            each(at);
        }
    }
}

fn find(parents: &mut [u32], mut run: u32) -> u32 {
    while parents[run as usize] != run {
        let above = parents[parents[run as usize] as usize];
        parents[run as usize] = above;
        run = above;
    }
    run
}

fn join(parents: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parents, a), find(parents, b));
    parents[a.max(b) as usize] = a.min(b);
}

/// Pairs of a run of the upper and one of the lower row that share an edge, in the order of their first shared column.
#[inline]
pub(crate) fn touching(
    starts: &[u32],
    columns: usize,
    [upper, lower]: [(usize, usize); 2],
    mut each: impl FnMut(usize, usize),
) {
    let (mut above, mut below) = (upper.0, lower.0);
    while above < upper.1 && below < lower.1 {
        each(above, below);
        let end = |run: usize, last: usize, edge: usize| if run + 1 < last { starts[run + 1] as usize } else { edge };
        let row = starts[lower.0] as usize;
        let (first, second) = (end(above, upper.1, row) + columns, end(below, lower.1, row + columns));
        if first <= second {
            above += 1;
        }
        if second <= first {
            below += 1;
        }
    }
}

fn strip(codes: &[u8], columns: usize, from: usize) -> Strip {
    let mut strip = Strip::default();
    for (row, codes) in codes.chunks_exact(columns).enumerate() {
        strip.rows.push(small(strip.starts.len()));
        let cell = small(from + row * columns);
        strip.starts.push(cell);
        changes(codes, |at| strip.starts.push(cell + small(at)));
    }
    strip.rows.push(small(strip.starts.len()));
    strip.parents = (0..small(strip.starts.len())).collect();
    let Strip { starts, rows, parents } = &mut strip;
    for row in 2..rows.len() {
        let [first, middle, last] = [rows[row - 2], rows[row - 1], rows[row]].map(|run| run as usize);
        touching(starts, columns, [(first, middle), (middle, last)], |above, below| {
            if codes[starts[above] as usize - from] == codes[starts[below] as usize - from] {
                join(parents, small(above), small(below));
            }
        });
    }
    strip
}

impl Runs {
    /// Of codes, row by row; `columns` divides their number, which is at most [`MOST_CELLS`].
    pub(crate) fn new(codes: &[u8], columns: usize) -> Self {
        let strips: Vec<Strip> = codes
            .par_chunks(STRIP * columns)
            .enumerate()
            .map(|(place, codes)| strip(codes, columns, place * STRIP * columns))
            .collect();
        let count = strips.iter().map(|strip| strip.starts.len()).sum();
        let mut starts = Vec::with_capacity(count + 1);
        let (mut rows, mut roots) = (Vec::new(), Vec::with_capacity(count));
        let mut seams = Vec::new();
        for strip in &strips {
            let shift = small(starts.len());
            starts.extend_from_slice(&strip.starts);
            seams.push(rows.len());
            rows.extend(strip.rows[..strip.rows.len() - 1].iter().map(|run| run + shift));
            roots.extend(strip.parents.iter().map(|run| run + shift));
        }
        rows.push(small(starts.len()));
        starts.push(small(codes.len()));
        for row in seams.into_iter().skip(1) {
            let [first, middle, last] = [rows[row - 1], rows[row], rows[row + 1]].map(|run| run as usize);
            touching(&starts, columns, [(first, middle), (middle, last)], |above, below| {
                if codes[starts[above] as usize] == codes[starts[below] as usize] {
                    join(&mut roots, small(above), small(below));
                }
            });
        }
        // a root comes before its runs
        for run in 0..roots.len() {
            roots[run] = roots[roots[run] as usize];
        }
        Self { starts, rows, roots }
    }

    /// Cells of a run.
    pub(crate) fn length(&self, run: usize) -> u32 {
        self.starts[run + 1] - self.starts[run]
    }

    /// Cells of each component, at its first run; 0 at others.
    pub(crate) fn sizes(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.roots.len()];
        for (run, root) in self.roots.iter().enumerate() {
            sizes[*root as usize] += self.length(run);
        }
        sizes
    }

    /// The first and the last run plus one of a row.
    pub(crate) fn row(&self, row: usize) -> (usize, usize) {
        (self.rows[row] as usize, self.rows[row + 1] as usize)
    }
}
