//! Where a point stands on a grid, before anything is said of its water.

use crate::direction::STEPS;
use crate::{Drainage, Elevation, Grid, NO_DIRECTION};

/// A drained grid, and which of its cells are sea.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// Where water goes.
    pub drained: &'a Drainage,
    /// For each cell whether it is sea; none where nobody said, and then no cell reads as sea.
    pub sea: Option<&'a [bool]>,
}

/// Where a point stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// On land that was measured: its cell.
    OnCell(u32),
    /// Outside of the grid.
    OffGrid,
    /// In a cell that nobody measured.
    NoData,
    /// In the sea.
    InTheSea,
}

impl Ground<'_> {
    /// Where a point stands, in the grid's coordinates.
    pub fn stand(&self, point: [f64; 2]) -> Standing {
        let Some(cell) = self.drained.grid().cell_at(point) else {
            return Standing::OffGrid;
        };
        if self.sea.is_some_and(|sea| sea[cell]) {
            Standing::InTheSea
        } else if self.drained.directions[cell] == NO_DIRECTION {
            Standing::NoData
        } else {
            Standing::OnCell(as_cell(cell))
        }
    }
}

impl Standing {
    /// Why nothing can be said of its water, in Spanish, with the mend; none on measured land.
    pub fn sentence_es(&self) -> Option<&'static str> {
        match self {
            Self::OnCell(_) => None,
            Self::OffGrid => Some(
                "No se puede determinar: el punto está fuera del modelo de elevación; revise sus coordenadas o agregue el modelo de esa zona.",
            ),
            Self::NoData => Some(
                "No se puede determinar: el modelo de elevación no tiene dato en el punto; elija otro punto o complete el modelo.",
            ),
            Self::InTheSea => Some("No se puede determinar: el punto está en el mar; revise sus coordenadas."),
        }
    }
}

/// The sea of a model that gives it one height: cells of exactly that height from which the edge of the grid or a cell without data is
/// reached through such cells. Depressions below the sea that do not meet it are land.
pub fn level_sea(elevation: &Elevation, millimetres: i32) -> Vec<bool> {
    let (grid, heights) = (elevation.grid(), elevation.millimetres());
    let level = |cell: usize| heights[cell] == millimetres;
    let open = |cell: usize| {
        let around = neighbours(grid, cell);
        around
            .iter()
            .any(|other| other.is_none_or(|other| elevation.height(other).is_none()))
    };
    let mut stack: Vec<usize> = (0..grid.cells()).filter(|cell| level(*cell) && open(*cell)).collect();
    let mut sea = vec![false; grid.cells()];
    for cell in &stack {
        sea[*cell] = true;
    }
    while let Some(cell) = stack.pop() {
        for other in neighbours(grid, cell).into_iter().flatten() {
            if level(other) && !sea[other] {
                sea[other] = true;
                stack.push(other);
            }
        }
    }
    sea
}

/// The eight cells round a cell in the order of the codes; none beyond the grid.
pub(super) fn neighbours(grid: &Grid, cell: usize) -> [Option<usize>; 8] {
    let (columns, column) = (grid.columns(), cell % grid.columns());
    STEPS.map(|(across, down)| {
        column.checked_add_signed(across).filter(|column| *column < columns)?;
        let other = cell.checked_add_signed(across + down * columns.cast_signed())?;
        (other < grid.cells()).then_some(other)
    })
}

pub(super) fn as_cell(cell: usize) -> u32 {
    u32::try_from(cell).expect("cells are numbered with 32 bits")
}
