//! The way of water from a cell down to its outlet, and what a catchment consists of.

use super::Catchment;
use super::standing::as_cell;
use crate::direction::{NO_DIRECTION, OUTLET, downstream};
use crate::{Drainage, Grid};
use std::collections::BTreeMap;

/// A place on the way of water.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The cell.
    pub cell: u32,
    /// Metres along the flow from the first cell, between middles.
    pub way: f64,
    /// Filled height in millimetres: never rises along the way.
    pub height: i32,
}

/// The longitudinal profile from a cell down to its outlet, itself first; empty where nobody measured it.
///
/// # Panics
/// When the cell is not there.
pub fn profile(drained: &Drainage, cell: u32) -> Vec<Step> {
    let grid = drained.grid();
    let (mut at, mut way, mut steps) = (cell as usize, 0.0, Vec::new());
    while drained.directions[at] != NO_DIRECTION {
        steps.push(Step {
            cell: as_cell(at),
            way,
            height: drained.filled.millimetres()[at],
        });
        let code = drained.directions[at];
        if code == OUTLET {
            break;
        }
        way += crate::network::step(grid, at, code);
        at = downstream(at, code, grid.columns());
    }
    steps
}

/// The stretches of a profile that run over some cells (ascending, as of [`covered_cells`](crate::covered_cells)): metres at the first and
/// at the last cell of each.
pub fn stretches(profile: &[Step], cells: &[u32]) -> Vec<[f64; 2]> {
    let covered = |step: &Step| cells.binary_search(&step.cell).is_ok();
    let runs = profile.chunk_by(|a, b| covered(a) == covered(b));
    let over = runs.filter(|run| covered(&run[0]));
    over.map(|run| [run[0].way, run[run.len() - 1].way]).collect()
}

/// What a catchment consists of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portion {
    /// Cells of a class.
    pub cells: usize,
    /// Their ground in square metres.
    pub area: f64,
}

impl Catchment {
    /// The catchment by the classes of its cells (land use, zone, state; the class of what is not known is the caller's to name). Every
    /// cell has one class, so the cells of the parts add up to those of the whole.
    pub fn portions<C: Ord>(&self, grid: &Grid, class: impl Fn(u32) -> C) -> BTreeMap<C, Portion> {
        let mut portions = BTreeMap::new();
        for cell in &self.cells {
            let portion = portions.entry(class(*cell)).or_insert(Portion { cells: 0, area: 0.0 });
            portion.cells += 1;
            portion.area += grid.cell_area(*cell as usize / grid.columns());
        }
        portions
    }
}
