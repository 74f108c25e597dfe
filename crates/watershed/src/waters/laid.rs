//! Features as they lie on the cells of a model, before they are numbered by its streams.

use super::Waters;

/// A feature on the grid: of land the cells that it covers, of a spring or an intake the one of its [`Mouth`](super::Mouth).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Laid {
    /// Its class, say the group of states of a right: hectares are told for each.
    pub class: usize,
    /// Its cells, ascending, as of [`covered_cells`](crate::covered_cells).
    pub cells: Vec<u32>,
    /// Whether a part of it lies off the grid.
    pub beyond: bool,
}

/// What the model knows of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standings {
    /// Its class.
    pub class: usize,
    /// Cells that it covers.
    pub covered: u32,
    /// Of them, those that nobody measured: nothing is known of their water.
    pub unknown: u32,
    /// Of them, those from which water leaves the model before it meets a stream.
    pub astray: u32,
    /// Whether a part of it lies off the grid: nothing is known of that.
    pub beyond: bool,
}

/// The cells of a feature in one unit.
pub(super) struct Piece {
    pub label: u32,
    pub feature: u32,
    /// First cell and how many follow it, itself included.
    pub runs: Vec<[u32; 2]>,
}

impl Laid {
    /// How it stands on the model.
    ///
    /// # Panics
    /// When a cell is not there.
    pub fn standings(&self, waters: &Waters) -> Standings {
        let count =
            |test: &dyn Fn(u32) -> bool| super::held::as_cell(self.cells.iter().filter(|cell| test(**cell)).count());
        Standings {
            class: self.class,
            covered: count(&|_| true),
            unknown: count(&|cell| !waters.known(cell)),
            astray: count(&|cell| waters.known(cell) && waters.label(cell) == 0),
            beyond: self.beyond,
        }
    }

    /// The measured cells by units.
    pub(super) fn pieces(&self, waters: &Waters, feature: u32) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (label, run) in runs(&by_unit(waters, &self.cells)) {
            match pieces.last_mut() {
                Some(piece) if piece.label == label => piece.runs.push(run),
                _ => pieces.push(Piece {
                    label,
                    feature,
                    runs: vec![run],
                }),
            }
        }
        pieces
    }
}

/// Measured cells with the label of their unit before them, by units.
pub(super) fn by_unit(waters: &Waters, cells: &[u32]) -> Vec<(u32, u32)> {
    let known = cells.iter().copied().filter(|cell| waters.known(*cell));
    let mut labelled: Vec<(u32, u32)> = known.map(|cell| (waters.label(cell), cell)).collect();
    labelled.sort_unstable();
    labelled.dedup();
    labelled
}

/// Runs of cells that follow one another in one unit.
fn runs(labelled: &[(u32, u32)]) -> impl Iterator<Item = (u32, [u32; 2])> + '_ {
    let follow = |a: &(u32, u32), b: &(u32, u32)| a.0 == b.0 && a.1 + 1 == b.1;
    let runs = labelled.chunk_by(follow);
    runs.map(|run| (run[0].0, [run[0].1, super::held::as_cell(run.len())]))
}
