//! The pieces of land that people divide by: the side of a stream between two confluences, up to the crest.

use crate::landscape::Landscape;
use crate::lattice::TERRITORY;
use std::collections::{BTreeMap, BTreeSet};

/// Cells that must drain through a stream for its two sides to be pieces of their own: 36 ha.
const PIECE_CELLS: u32 = 400;

/// The pieces, each a set of cells.
#[derive(Debug)]
pub struct Atoms {
    /// The piece of each cell.
    pub of_cell: Vec<usize>,
    /// Middle of each piece in kilometres from the middle of the sheet, and its cells.
    pub pieces: Vec<((f64, f64), usize)>,
    /// Pieces beside each.
    pub beside: Vec<BTreeSet<usize>>,
}

/// What a cell drains into first: a reach and its side, the lake, or the edge of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Receiver {
    Lake,
    Shore(usize),
    Edge(usize),
    Bank(usize, bool),
}

impl Atoms {
    /// Divides the land.
    pub fn divide(land: &Landscape) -> Self {
        let receivers = receivers(land);
        let numbers: BTreeMap<Receiver, usize> = receivers
            .iter()
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .enumerate()
            .map(|(n, r)| (r, n))
            .collect();
        let of_cell: Vec<usize> = receivers.iter().map(|receiver| numbers[receiver]).collect();
        let mut sums = vec![(0.0, 0.0, 0_usize); numbers.len()];
        let mut beside = vec![BTreeSet::new(); numbers.len()];
        for (cell, &piece) in of_cell.iter().enumerate() {
            let (x, y) = TERRITORY.plan(cell);
            let sum = &mut sums[piece];
            *sum = (sum.0 + x, sum.1 + y, sum.2 + 1);
            beside[piece].extend(
                TERRITORY
                    .beside(cell)
                    .map(|other| of_cell[other])
                    .filter(|&other| other != piece),
            );
        }
        let pieces = sums
            .into_iter()
            .map(|(x, y, n)| ((x / n as f64, y / n as f64), n))
            .collect();
        Self {
            of_cell,
            pieces,
            beside,
        }
    }

    /// Gives pieces that `may` be taken to claims: always to the one least full, the piece nearest to its seed.
    ///
    /// A claim is a seed in kilometres and the cells it wants; the result is the claim of each piece.
    pub fn claim(&self, claims: &[((f64, f64), usize)], may: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
        let mut owner: Vec<Option<usize>> = vec![None; self.pieces.len()];
        let mut held = vec![0_usize; claims.len()];
        let mut full = vec![false; claims.len()];
        for (number, &(seed, _)) in claims.iter().enumerate() {
            let free = (0..self.pieces.len()).filter(|&piece| may(piece) && owner[piece].is_none());
            match free.min_by(|&a, &b| self.apart(a, seed).total_cmp(&self.apart(b, seed))) {
                Some(piece) => {
                    owner[piece] = Some(number);
                    held[number] = self.pieces[piece].1;
                }
                None => full[number] = true,
            }
        }
        let filled = |held: &[usize], claim: usize| held[claim] as f64 / claims[claim].1 as f64;
        loop {
            let hungry = (0..claims.len()).filter(|&claim| !full[claim] && held[claim] < claims[claim].1);
            let Some(claim) = hungry.min_by(|&a, &b| filled(&held, a).total_cmp(&filled(&held, b))) else {
                return owner;
            };
            let reach = (0..self.pieces.len())
                .filter(|&piece| owner[piece] == Some(claim))
                .flat_map(|piece| &self.beside[piece]);
            let free = reach.copied().filter(|&piece| may(piece) && owner[piece].is_none());
            match free.min_by(|&a, &b| {
                self.apart(a, claims[claim].0)
                    .total_cmp(&self.apart(b, claims[claim].0))
            }) {
                Some(piece) => {
                    owner[piece] = Some(claim);
                    held[claim] += self.pieces[piece].1;
                }
                None => full[claim] = true,
            }
        }
    }

    fn apart(&self, piece: usize, seed: (f64, f64)) -> f64 {
        let (x, y) = self.pieces[piece].0;
        (x - seed.0) * (x - seed.0) + (y - seed.1) * (y - seed.1)
    }
}

fn receivers(land: &Landscape) -> Vec<Receiver> {
    let is_stream = |cell: usize| land.drainage.cells[cell] >= PIECE_CELLS && !land.lake[cell];
    let mut out = vec![Receiver::Lake; TERRITORY.cells()];
    for &cell in &land.drainage.order {
        let cell = cell as usize;
        if land.lake[cell] {
            continue;
        }
        out[cell] = match land.drainage.below(cell) {
            None => Receiver::Edge(cell / (TERRITORY.width * 60) * 100 + cell % TERRITORY.width / 60),
            Some(below) if land.lake[below] && !is_stream(cell) => Receiver::Shore(sector(below)),
            Some(below) if is_stream(cell) => {
                let branches = land
                    .drainage
                    .donors(&TERRITORY, below)
                    .into_iter()
                    .filter(|&donor| is_stream(donor))
                    .count();
                match out[below] {
                    Receiver::Bank(reach, _) if branches < 2 && is_stream(below) => Receiver::Bank(reach, false),
                    _ => Receiver::Bank(cell, false),
                }
            }
            Some(below) if is_stream(below) => match out[below] {
                Receiver::Bank(reach, _) => Receiver::Bank(reach, is_left(land, cell, below)),
                other => other,
            },
            Some(below) => out[below],
        };
    }
    out
}

/// Whether `cell` drains into the stream cell `below` from the left bank.
fn is_left(land: &Landscape, cell: usize, below: usize) -> bool {
    let Some(onward) = land.drainage.below(below) else {
        return false;
    };
    let ((cx, cy), (bx, by), (ox, oy)) = (TERRITORY.plan(cell), TERRITORY.plan(below), TERRITORY.plan(onward));
    (ox - bx) * (cy - by) - (oy - by) * (cx - bx) > 0.0
}

/// Ninths of the sheet, for the slopes that fall straight into the lake.
fn sector(cell: usize) -> usize {
    (cell / TERRITORY.width) * 8 / TERRITORY.height * 100 + (cell % TERRITORY.width) * 8 / TERRITORY.width
}
