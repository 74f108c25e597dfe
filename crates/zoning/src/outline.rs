//! Zones as polygons: pieces of equal cells outlined along the edges of cells, neighbours sharing every corner of their common border.

use crate::engine::{NO_DATA, OUTSIDE};
use crate::runs::{Runs, touching};
use crate::sieve::{ShapeError, check_shape};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// A corner of the grid: column and row, the first edges being 0.
pub type Corner = [u32; 2];

/// A simple ring of corners, the first not repeated at the end.
pub type Ring = Vec<Corner>;

/// Cells of one code that are joined along edges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Their code.
    pub code: u8,
    /// How many they are.
    pub cells: u32,
    /// The first of them, row by row.
    pub first: u32,
    /// The ring round them, clockwise on the map.
    pub outer: Ring,
    /// Rings round what they enclose, the other way round. Rings meet one another in corners at most.
    pub holes: Vec<Ring>,
}

/// The pieces of a grid of codes in the order of their first cells; *sin dato* and what lies outside have none.
///
/// Areas and topology are those of `gdal_polygonize.py`; corners stand also where a third piece begins.
///
/// # Errors
/// Cells that form no rows, or more than 2³¹ − 1.
pub fn pieces(codes: &[u8], columns: usize) -> Result<Vec<Piece>, ShapeError> {
    check_shape(codes, columns)?;
    let runs = Runs::new(codes, columns);
    let sizes = runs.sizes();
    let tracer = Tracer::new(codes, columns, &runs);
    let is_land = |run: &usize| sizes[*run] > 0 && !matches!(codes[runs.starts[*run] as usize], NO_DATA | OUTSIDE);
    let roots: Vec<usize> = (0..sizes.len()).filter(is_land).collect();
    let outlined = roots.par_iter().map(|root| {
        let first = runs.starts[*root];
        Piece {
            code: codes[first as usize],
            cells: sizes[*root],
            first,
            outer: tracer.walk(first as usize),
            holes: Vec::new(),
        }
    });
    let mut pieces: Vec<Piece> = outlined.collect();
    let place_of = |cell| {
        let root = runs.roots[tracer.run_of(cell)] as usize;
        roots.binary_search(&root).ok()
    };
    for cell in tracer.open_edges() {
        // rings walked since have passed it by
        if !tracer.is_walked(cell)
            && let Some(place) = place_of(cell)
        {
            pieces[place].holes.push(tracer.walk(cell));
        }
    }
    Ok(pieces)
}

/// Codes with a border of [`OUTSIDE`] round them, so that every corner has four cells.
struct Tracer<'a> {
    runs: &'a Runs,
    codes: Vec<u8>,
    columns: usize,
    /// A bit for each padded cell: the walk along its north edge began there with a corner.
    walked: Vec<AtomicU64>,
}

impl<'a> Tracer<'a> {
    fn new(codes: &[u8], columns: usize, runs: &'a Runs) -> Self {
        let width = columns + 2;
        let rows = codes.len() / columns;
        let mut padded = vec![OUTSIDE; width * (rows + 2)];
        let inner = padded[width..].par_chunks_mut(width).zip(codes.par_chunks(columns));
        inner.for_each(|(padded, row)| padded[1..=columns].copy_from_slice(row));
        let walked = (0..padded.len().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Self {
            runs,
            codes: padded,
            columns,
            walked,
        }
    }

    /// The padded cell of a cell.
    fn padded(&self, cell: usize) -> usize {
        (cell / self.columns + 1) * (self.columns + 2) + cell % self.columns + 1
    }

    fn is_walked(&self, cell: usize) -> bool {
        let at = self.padded(cell);
        self.walked[at / 64].load(Ordering::Relaxed) >> (at % 64) & 1 == 1
    }

    /// The run in which a cell lies.
    fn run_of(&self, cell: usize) -> usize {
        let (first, last) = self.runs.row(cell / self.columns);
        let starts = &self.runs.starts[first..last];
        first + starts.partition_point(|start| *start as usize <= cell) - 1
    }

    fn root_of_padded(&self, at: usize) -> u32 {
        let width = self.columns + 2;
        let cell = (at / width - 1) * self.columns + at % width - 1;
        self.runs.roots[self.run_of(cell)]
    }

    /// The ring that leads east along the north edge of a cell, its piece on the right.
    fn walk(&self, cell: usize) -> Ring {
        let width = self.columns + 2;
        // of the four cells round a corner, from the north-western: those ahead, for each way (east, south, west, north)
        let right = [width + 1, width, 0, 1];
        let left = [1, width + 1, width, 0];
        let start = self.padded(cell) - width - 1;
        let own = self.codes[start + right[0]];
        let (mut at, mut way, mut ring) = (start, 0, Vec::new());
        self.mark(at + right[0]);
        let mut beside = self.codes[at + left[0]];
        loop {
            at = match way {
                0 => at + 1,
                1 => at + width,
                2 => at - 1,
                _ => at - width,
            };
            let ahead = [at + right[way], at + left[way]];
            let turned = match ahead.map(|cell| self.codes[cell] == own) {
                [true, false] => way,
                [true, true] => (way + 3) % 4,
                // two of its cells touch in this corner only: across, where they are of one piece, so that rings stay simple
                [false, touches] if touches && self.is_one_piece(at, ahead[1], way) => (way + 3) % 4,
                [false, _] => (way + 1) % 4,
            };
            let now_beside = self.codes[at + left[turned]];
            if turned != way || now_beside != beside {
                let corner = [at % width, at / width];
                ring.push(corner.map(|place| u32::try_from(place).expect("fewer cells than MOST_CELLS")));
                if turned == 0 {
                    self.mark(at + right[0]);
                }
            }
            (way, beside) = (turned, now_beside);
            if at == start && way == 0 {
                return ring;
            }
        }
    }

    /// Whether the piece behind to the right of a corner is that ahead to the left.
    fn is_one_piece(&self, at: usize, ahead: usize, way: usize) -> bool {
        let width = self.columns + 2;
        let behind = at + [width, 0, 1, width + 1][way];
        self.root_of_padded(behind) == self.root_of_padded(ahead)
    }

    fn mark(&self, at: usize) {
        self.walked[at / 64].fetch_or(1 << (at % 64), Ordering::Relaxed);
    }

    /// Cells of land with a corner at the beginning of their north edge that nobody has walked, row by row.
    fn open_edges(&self) -> Vec<usize> {
        let rows = self.runs.rows.len() - 1;
        let of_row = |row: usize| {
            let mut open = Vec::new();
            let both = [self.runs.row(row - 1), self.runs.row(row)];
            touching(&self.runs.starts, self.columns, both, |above, below| {
                let starts = [above, below].map(|run| self.runs.starts[run] as usize);
                let cell = (starts[0] + self.columns).max(starts[1]);
                let [north, code] = [cell - self.columns, cell].map(|cell| self.codes[self.padded(cell)]);
                if north != code && !matches!(code, NO_DATA | OUTSIDE) && !self.is_walked(cell) {
                    open.push(cell);
                }
            });
            open
        };
        (1..rows).into_par_iter().flat_map_iter(of_row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn twice_area(ring: &[Corner]) -> i64 {
        let next = ring.iter().cycle().skip(1);
        let cross = |(a, b): (&Corner, &Corner)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]);
        ring.iter().zip(next).map(cross).sum()
    }

    /// Whether a cell lies within a ring: how many of its edges lie west of it.
    fn holds(ring: &[Corner], [column, row]: Corner) -> bool {
        let next = ring.iter().cycle().skip(1);
        let west = |(a, b): &(&Corner, &Corner)| a[0] == b[0] && a[0] <= column && (a[1] <= row) != (b[1] <= row);
        ring.iter().zip(next).filter(west).count() % 2 == 1
    }

    fn check(codes: &[u8], columns: usize) {
        let found = pieces(codes, columns).unwrap();
        let mut drawn = vec![NO_DATA; codes.len()];
        for piece in &found {
            let rings = || piece.holes.iter().chain([&piece.outer]);
            for ring in rings() {
                let corners: BTreeSet<&Corner> = ring.iter().collect();
                assert_eq!(corners.len(), ring.len(), "a ring meets itself");
            }
            assert!(twice_area(&piece.outer) > 0 && piece.holes.iter().all(|hole| twice_area(hole) < 0));
            assert_eq!(
                rings().map(|ring| twice_area(ring)).sum::<i64>(),
                2 * i64::from(piece.cells)
            );
            for (cell, drawn) in drawn.iter_mut().enumerate() {
                let place = [cell % columns, cell / columns].map(|place| u32::try_from(place).unwrap());
                if rings().filter(|ring| holds(ring, place)).count() % 2 == 1 {
                    assert_eq!(*drawn, NO_DATA, "two pieces on one cell");
                    *drawn = piece.code;
                }
            }
        }
        let land: Vec<u8> = codes
            .iter()
            .map(|code| if *code == OUTSIDE { NO_DATA } else { *code })
            .collect();
        assert_eq!(drawn, land);
        let rings = || found.iter().flat_map(|piece| piece.holes.iter().chain([&piece.outer]));
        let corners: BTreeSet<Corner> = rings().flatten().copied().collect();
        for ring in rings() {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let along = usize::from(a[0] == b[0]);
                let (low, high) = (a[along].min(b[along]), a[along].max(b[along]));
                for place in low + 1..high {
                    let mut between = *a;
                    between[along] = place;
                    let straight = !corners.contains(&between) || crosses(codes, columns, between);
                    assert!(straight, "a corner of a neighbour at {between:?} is not shared");
                }
            }
        }
    }

    /// Whether the border runs straight through a corner with one code on each side of it: what ends there is elsewhere.
    fn crosses(codes: &[u8], columns: usize, [x, y]: Corner) -> bool {
        let code = |x: u32, y: u32| {
            let inside = x > 0 && y > 0 && x as usize <= columns && (y as usize - 1) * columns < codes.len();
            if inside {
                codes[(y as usize - 1) * columns + x as usize - 1]
            } else {
                OUTSIDE
            }
        };
        let [nw, ne, sw, se] = [code(x, y), code(x + 1, y), code(x, y + 1), code(x + 1, y + 1)];
        (nw == ne && sw == se) || (nw == sw && ne == se)
    }

    proptest! {
        #[test]
        fn pieces_draw_the_grid_again_with_shared_corners(
            columns in 1_usize..24,
            cells in proptest::collection::vec(prop_oneof![8 => 1_u8..4, 1 => Just(NO_DATA), 1 => Just(OUTSIDE)], 1..500),
        ) {
            let codes = &cells[..cells.len() / columns * columns];
            prop_assume!(!codes.is_empty());
            check(codes, columns);
        }
    }

    #[test]
    fn an_enclosed_diagonal_makes_simple_rings() {
        #[rustfmt::skip]
        let codes = [
            1, 1, 1, 1, 2,
            1, 2, 1, 1, 1,
            1, 1, 2, 1, 2,
            1, 1, 1, 2, 1,
        ];
        check(&codes, 5);
        let found = pieces(&codes, 5).unwrap();
        assert_eq!((found[0].cells, found[0].holes.len()), (14, 2));
    }

    #[test]
    fn the_number_of_threads_changes_nothing() {
        let codes: Vec<u8> = (0..90_000_u64)
            .map(|cell| u8::try_from((cell * cell / 97 % 7) / 2).unwrap())
            .collect();
        let run = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| pieces(&codes, 300)).unwrap()
        };
        assert_eq!(run(1), run(4));
    }
}
