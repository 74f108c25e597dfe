//! The sieve: pieces of land below the minimum unit go to their largest neighbour.

use crate::engine::{NO_DATA, OUTSIDE};
use crate::runs::{MOST_CELLS, Runs, touching};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a sieve did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sieved {
    /// Pieces that went to their largest neighbour.
    pub merged: u64,
    /// Cells of these pieces.
    pub cells: u64,
    /// Pieces that stayed though they are too small: no neighbour is large enough.
    pub left: u64,
}

/// Why codes make no grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{cells} cells in rows of {columns}")]
pub struct ShapeError {
    /// Cells given.
    pub cells: usize,
    /// Columns given.
    pub columns: usize,
}

impl ShapeError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        format!(
            "{} celdas no forman filas de {} columnas, o pasan de {MOST_CELLS}; divida el territorio o use celdas más grandes.",
            self.cells, self.columns
        )
    }
}

pub(crate) fn check_shape(codes: &[u8], columns: usize) -> Result<(), ShapeError> {
    let cells = codes.len();
    if columns == 0 || cells == 0 || !cells.is_multiple_of(columns) || cells > MOST_CELLS {
        return Err(ShapeError { cells, columns });
    }
    Ok(())
}

/// *Sin dato* and what lies outside are no land: they are not changed and take nothing.
fn is_land(code: u8) -> bool {
    code != NO_DATA && code != OUTSIDE
}

/// Gives pieces of fewer than `minimum` cells, joined along edges, the code of their largest neighbour, if that one has `minimum` cells.
///
/// Once, by the sizes before it; of neighbours of one size the one that a walk over the cells, row by row, meets first, looking north
/// before west. These are the rules of `gdal_sieve.py -4` (GDAL 3.6).
///
/// # Errors
/// Cells that form no rows, or more than 2³¹ − 1.
pub fn sieve(codes: &mut [u8], columns: usize, minimum: u32) -> Result<Sieved, ShapeError> {
    check_shape(codes, columns)?;
    if minimum < 2 {
        return Ok(Sieved::default());
    }
    let runs = Runs::new(codes, columns);
    let sizes = runs.sizes();
    let best: Vec<AtomicU64> = sizes.iter().map(|_| AtomicU64::new(0)).collect();
    let rows = codes.len() / columns;
    (0..rows).into_par_iter().for_each(|row| {
        meet_neighbours(
            &Meeting {
                codes,
                runs: &runs,
                sizes: &sizes,
                best: &best,
                columns,
                minimum,
            },
            row,
        );
    });
    let takers = takers(codes, &runs, (&sizes, &best), (columns, minimum));
    let mut sieved = Sieved::default();
    for (run, size) in sizes.iter().enumerate().filter(|(_, size)| (1..minimum).contains(size)) {
        let code = codes[runs.starts[run] as usize];
        if takers[run] != code {
            sieved.merged += 1;
            sieved.cells += u64::from(*size);
        } else if is_land(code) {
            sieved.left += 1;
        }
    }
    codes.par_chunks_mut(columns).enumerate().for_each(|(row, codes)| {
        let (first, last) = runs.row(row);
        for run in first..last {
            let root = runs.roots[run] as usize;
            if sizes[root] < minimum {
                let start = runs.starts[run] as usize - row * columns;
                codes[start..start + runs.length(run) as usize].fill(takers[root]);
            }
        }
    });
    Ok(sieved)
}

struct Meeting<'a> {
    codes: &'a [u8],
    runs: &'a Runs,
    sizes: &'a [u32],
    /// For each component the size of the largest neighbour, then how early it was met: which of two cells met, and where.
    best: &'a [AtomicU64],
    columns: usize,
    minimum: u32,
}

impl Meeting<'_> {
    /// Two runs meet at a cell: at its north edge, or at its west edge.
    fn meet(&self, [a, b]: [usize; 2], cell: usize, west: u32) {
        let [a, b] = [a, b].map(|run| self.runs.roots[run] as usize);
        let codes = [a, b].map(|root| self.codes[self.runs.starts[root] as usize]);
        if a == b || !codes.into_iter().all(is_land) {
            return;
        }
        let place = u32::try_from(cell).expect("fewer cells than MOST_CELLS") * 2 + west;
        for (small, large) in [(a, b), (b, a)] {
            if self.sizes[small] < self.minimum {
                let met = u64::from(self.sizes[large]) << 32 | u64::from(u32::MAX - place);
                self.best[small].fetch_max(met, Ordering::Relaxed);
            }
        }
    }
}

fn meet_neighbours(meeting: &Meeting<'_>, row: usize) {
    let runs = meeting.runs;
    let (first, last) = runs.row(row);
    for run in first + 1..last {
        meeting.meet([run, run - 1], runs.starts[run] as usize, 1);
    }
    if row > 0 {
        let rows = [runs.row(row - 1), (first, last)];
        touching(&runs.starts, meeting.columns, rows, |above, below| {
            let cell = (runs.starts[above] as usize + meeting.columns).max(runs.starts[below] as usize);
            meeting.meet([above, below], cell, 0);
        });
    }
}

/// The code that each component takes; its own, if no neighbour is large enough.
fn takers(
    codes: &[u8],
    runs: &Runs,
    (sizes, best): (&[u32], &[AtomicU64]),
    (columns, minimum): (usize, u32),
) -> Vec<u8> {
    let taker = |run: usize| {
        let own = codes[runs.starts[run] as usize];
        let best = best[run].load(Ordering::Relaxed);
        let late = u32::try_from(best & u64::from(u32::MAX)).expect("half of the bits");
        let (size, place) = (best >> 32, u32::MAX - late);
        if sizes[run] >= minimum || size < u64::from(minimum) {
            return own;
        }
        let cell = (place / 2) as usize;
        let other = if place % 2 == 1 { cell - 1 } else { cell - columns };
        // neighbours differ, so the code that is not its own is the neighbour's
        if codes[cell] == own { codes[other] } else { codes[cell] }
    };
    (0..sizes.len()).into_par_iter().map(taker).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The rules word by word: pieces by flooding, neighbours by a walk over the cells, north before west.
    fn plain(codes: &[u8], columns: usize, minimum: usize) -> Vec<u8> {
        let mut piece = vec![usize::MAX; codes.len()];
        let mut sizes = Vec::new();
        for seed in 0..codes.len() {
            if piece[seed] != usize::MAX {
                continue;
            }
            let (mut open, mut size) = (vec![seed], 0);
            piece[seed] = sizes.len();
            while let Some(cell) = open.pop() {
                size += 1;
                let (row, column) = (cell / columns, cell % columns);
                let around = [
                    (row > 0).then(|| cell - columns),
                    (column > 0).then(|| cell - 1),
                    (column + 1 < columns).then_some(cell + 1),
                    (cell + columns < codes.len()).then_some(cell + columns),
                ];
                for next in around.into_iter().flatten() {
                    if codes[next] == codes[cell] && piece[next] == usize::MAX {
                        piece[next] = sizes.len();
                        open.push(next);
                    }
                }
            }
            sizes.push(size);
        }
        let mut best: Vec<Option<usize>> = vec![None; sizes.len()];
        for cell in 0..codes.len() {
            let north = (cell >= columns).then(|| cell - columns);
            let west = (cell % columns > 0).then(|| cell - 1);
            for other in north.into_iter().chain(west) {
                if piece[other] == piece[cell] || !is_land(codes[other]) || !is_land(codes[cell]) {
                    continue;
                }
                for (a, b) in [(cell, other), (other, cell)] {
                    let held = best[piece[a]].map_or(0, |held| sizes[piece[held]]);
                    if sizes[piece[b]] > held {
                        best[piece[a]] = Some(b);
                    }
                }
            }
        }
        let taken = |cell: usize| match best[piece[cell]] {
            Some(other) if sizes[piece[cell]] < minimum && sizes[piece[other]] >= minimum => codes[other],
            _ => codes[cell],
        };
        (0..codes.len()).map(taken).collect()
    }

    proptest! {
        #[test]
        fn a_sieve_follows_the_rules_word_by_word(
            columns in 1_usize..40, minimum in 0_u32..12,
            cells in proptest::collection::vec(prop_oneof![8 => 1_u8..4, 1 => Just(NO_DATA), 1 => Just(OUTSIDE)], 1..6000),
        ) {
            let mut codes = cells[..cells.len() / columns * columns].to_vec();
            prop_assume!(!codes.is_empty());
            let wanted = plain(&codes, columns, minimum as usize);
            let before = codes.clone();
            let sieved = sieve(&mut codes, columns, minimum).unwrap();
            prop_assert_eq!(&codes, &wanted);
            let changed = before.iter().zip(&codes).filter(|(a, b)| a != b).count();
            prop_assert_eq!(sieved.cells, changed as u64);
        }
    }

    #[test]
    fn cells_that_form_no_rows_are_refused() {
        assert_eq!(sieve(&mut [1, 2, 3], 2, 4), Err(ShapeError { cells: 3, columns: 2 }));
        assert!(sieve(&mut [], 0, 4).unwrap_err().sentence_es().contains("divida"));
    }
}
