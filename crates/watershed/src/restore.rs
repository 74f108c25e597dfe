//! Drainage read back from where it was kept: checked before it is believed.

use crate::direction::{CODES, NO_DIRECTION, OUTLET, STEPS, downstream};
use crate::{Drainage, Elevation, Raised, spread_upstream};

/// Why heights and directions are no drainage.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RestoreError {
    /// One direction for each cell.
    #[error("{directions} directions for {cells} cells")]
    Count {
        /// Directions given.
        directions: usize,
        /// Cells of the grid.
        cells: usize,
    },
    /// A byte that is no direction, or one that leads off the grid or to a cell that nobody measured.
    #[error("cell {cell} has the direction {code}, which leads nowhere")]
    Direction {
        /// The cell.
        cell: usize,
        /// Its code.
        code: u8,
    },
    /// A height without a direction, or a direction without a height.
    #[error("cell {cell} has only one of a height and a direction")]
    Halved {
        /// The cell.
        cell: usize,
    },
    /// Water that returns to where it came from.
    #[error("the flow goes round through cell {cell}")]
    Cycle {
        /// A cell of it.
        cell: usize,
    },
}

impl RestoreError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        format!("Las direcciones del drenaje no son utilizables ({self}); derive otra vez el modelo.")
    }
}

impl Drainage {
    /// Drainage of filled heights and directions as [`find_drainage`](crate::find_drainage) gave them, with what it raised; outlets and
    /// basins are found again.
    ///
    /// # Errors
    /// Directions that are none, lead nowhere or go round.
    pub fn restore(filled: Elevation, directions: Vec<u8>, raised: Raised) -> Result<Self, RestoreError> {
        check(&filled, &directions)?;
        let codes = (0_u32..).zip(&directions);
        let outlets: Vec<u32> = codes
            .filter(|(_, code)| **code == OUTLET)
            .map(|(cell, _)| cell)
            .collect();
        let mut basins = vec![0; directions.len()];
        for (number, cell) in (1..).zip(&outlets) {
            basins[*cell as usize] = number;
        }
        spread_upstream(&directions, filled.grid().columns(), &mut basins);
        Ok(Self {
            filled,
            directions,
            basins,
            outlets,
            raised,
        })
    }
}

fn check(filled: &Elevation, directions: &[u8]) -> Result<(), RestoreError> {
    let cells = filled.grid().cells();
    if directions.len() != cells {
        return Err(RestoreError::Count {
            directions: directions.len(),
            cells,
        });
    }
    let mut inflows = vec![0_u8; cells];
    for (cell, code) in directions.iter().copied().enumerate() {
        if (code == NO_DIRECTION) != filled.height(cell).is_none() {
            return Err(RestoreError::Halved { cell });
        }
        if code != NO_DIRECTION && code != OUTLET {
            let next = leads_to(filled, directions, (cell, code));
            inflows[next.ok_or(RestoreError::Direction { cell, code })?] += 1;
        }
    }
    goes_round(filled.grid().columns(), directions, inflows).map_or(Ok(()), |cell| Err(RestoreError::Cycle { cell }))
}

/// The cell that a direction leads to, when there is one and it was measured.
fn leads_to(filled: &Elevation, directions: &[u8], (cell, code): (usize, u8)) -> Option<usize> {
    let (columns, rows) = (filled.grid().columns(), filled.grid().rows());
    let k = CODES.iter().position(|known| *known == code)?;
    let column = (cell % columns).checked_add_signed(STEPS[k].0);
    let row = (cell / columns).checked_add_signed(STEPS[k].1);
    let (column, row) = column.zip(row)?;
    let next = row * columns + column;
    (column < columns && row < rows && directions[next] != NO_DIRECTION).then_some(next)
}

/// A cell that stays when cells are taken away from the ridges down.
fn goes_round(columns: usize, directions: &[u8], mut inflows: Vec<u8>) -> Option<usize> {
    /// More than the eight neighbours: taken away.
    const TAKEN: u8 = 9;
    for ridge in 0..directions.len() {
        let mut at = ridge;
        while inflows[at] == 0 {
            inflows[at] = TAKEN;
            let next = downstream(at, directions[at], columns);
            if next == at {
                break;
            }
            inflows[next] -= 1;
            at = next;
        }
    }
    inflows.iter().position(|left| *left != TAKEN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grid, NODATA, Placement, find_drainage};

    fn model() -> Elevation {
        let place = Placement {
            west: 500_000.0,
            north: 8_500_000.0,
            width: 30.0,
            height: 30.0,
        };
        let grid = Grid::new(17, 11, place, crs::Crs::from_epsg(32_718).unwrap()).unwrap();
        let height = |cell: i32| if cell == 40 { NODATA } else { cell * 7919 % 613 };
        Elevation::new(grid, (0..17 * 11).map(height).collect()).unwrap()
    }

    #[test]
    fn what_was_kept_comes_back_whole() {
        let drained = find_drainage(model());
        let again = Drainage::restore(drained.filled.clone(), drained.directions.clone(), drained.raised);
        assert_eq!(again, Ok(drained));
    }

    #[test]
    fn directions_that_lead_nowhere_or_round_are_refused() {
        let drained = find_drainage(model());
        let with = |cell: usize, code: u8| {
            let mut directions = drained.directions.clone();
            directions[cell] = code;
            Drainage::restore(drained.filled.clone(), directions, drained.raised).err()
        };
        assert_eq!(with(0, 64), Some(RestoreError::Direction { cell: 0, code: 64 }));
        assert_eq!(with(5, 3), Some(RestoreError::Direction { cell: 5, code: 3 }));
        assert_eq!(
            with(41, 16),
            Some(RestoreError::Direction { cell: 41, code: 16 }),
            "nobody measured 40"
        );
        assert_eq!(with(40, 1), Some(RestoreError::Halved { cell: 40 }));
        let mut round = drained.directions.clone();
        (round[100], round[101]) = (1, 16);
        let found = Drainage::restore(drained.filled.clone(), round, drained.raised).err();
        assert_eq!(found, Some(RestoreError::Cycle { cell: 100 }));
        let few = Drainage::restore(drained.filled.clone(), vec![0; 3], drained.raised).err();
        assert!(few.is_some_and(|error| error.sentence_es().contains("3 directions for 187 cells")));
    }
}
