//! What in an elevation model does not look like ground: heights, needles, wells, steps at zero.

use crate::elevation::Elevation;
use crate::frame::Rows;
use crate::{Grid, NODATA};
use rayon::prelude::*;

/// What counts as odd, in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OddLimits {
    /// No ground is lower.
    pub lowest: i32,
    /// No ground is higher.
    pub highest: i32,
    /// By so much a cell stands out above or below all of its neighbours, or ends at 0 beside higher ground.
    pub step: i32,
}

/// Cells of a kind, and the first of those that are most so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Odd {
    /// How many.
    pub cells: u64,
    /// The most that one is so, in millimetres: what it stands out by.
    pub most: u32,
    /// Its number.
    pub cell: Option<u32>,
}

impl Odd {
    fn add(&mut self, by: i32, cell: u32) {
        let by = by.unsigned_abs();
        self.cells += 1;
        if self.cell.is_none() || by > self.most {
            (self.most, self.cell) = (by, Some(cell));
        }
    }

    /// `later` has greater numbers of cells.
    fn and(self, later: Self) -> Self {
        let keeps = later.cell.is_none() || (self.cell.is_some() && self.most >= later.most);
        let (most, cell) = if keeps {
            (self.most, self.cell)
        } else {
            (later.most, later.cell)
        };
        Self {
            cells: self.cells + later.cells,
            most,
            cell,
        }
    }
}

/// What was found in a model as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Inspection {
    /// Cells with a height.
    pub known: u64,
    /// The lowest height in millimetres and the first cell that has it.
    pub lowest: Option<(i32, u32)>,
    /// The highest height in millimetres and the first cell that has it.
    pub highest: Option<(i32, u32)>,
    /// Lower than any ground, by how much.
    pub too_low: Odd,
    /// Higher than any ground, by how much.
    pub too_high: Odd,
    /// Above all eight neighbours.
    pub needles: Odd,
    /// Below all eight neighbours.
    pub wells: Odd,
    /// Exactly 0 beside higher ground: what was not measured, written as a height?
    pub zeros: Odd,
    /// The sum of metres of fall for each metre between neighbours of a row, and how many pairs there are.
    steepness: (f64, u64),
}

/// A height in millimetres and the cell that has it.
type Height = (i32, u32);

impl Inspection {
    /// Metres of fall for each metre eastward or westward, on the mean; `None` where no two neighbours are known.
    pub fn mean_steepness(&self) -> Option<f64> {
        let (sum, pairs) = self.steepness;
        (pairs > 0).then(|| sum / pairs as f64)
    }

    /// `later` is of rows that follow.
    pub(crate) fn and(self, later: Self) -> Self {
        let lower = |a: (i32, u32), b: (i32, u32)| if b.0 < a.0 { b } else { a };
        let higher = |a: (i32, u32), b: (i32, u32)| if b.0 > a.0 { b } else { a };
        let both = |a: Option<Height>, b: Option<Height>, choose: fn(Height, Height) -> Height| {
            a.zip(b).map_or(a.or(b), |(a, b)| Some(choose(a, b)))
        };
        Self {
            known: self.known + later.known,
            lowest: both(self.lowest, later.lowest, lower),
            highest: both(self.highest, later.highest, higher),
            too_low: self.too_low.and(later.too_low),
            too_high: self.too_high.and(later.too_high),
            needles: self.needles.and(later.needles),
            wells: self.wells.and(later.wells),
            zeros: self.zeros.and(later.zeros),
            steepness: (
                self.steepness.0 + later.steepness.0,
                self.steepness.1 + later.steepness.1,
            ),
        }
    }
}

/// Rows that are looked at together, always the same ones: sums of floats depend on it.
pub(crate) const BAND: usize = 64;

/// Looks at all heights of a model.
///
/// ```
/// use watershed::{Elevation, Grid, OddLimits, Placement, inspect};
/// let place = Placement { west: 500_000.0, north: 8_500_000.0, width: 30.0, height: 30.0 };
/// let grid = Grid::new(3, 3, place, crs::Crs::from_epsg(32_718)?)?;
/// let heights = vec![9_000, 9_000, 9_000, 9_000, -900_000, 9_000, 9_000, 9_000, 9_000];
/// let limits = OddLimits { lowest: -500_000, highest: 6_900_000, step: 100_000 };
/// let found = inspect(&Elevation::new(grid, heights)?, limits);
/// assert_eq!((found.wells.cells, found.wells.most, found.wells.cell), (1, 909_000, Some(4)));
/// assert_eq!((found.too_low.cells, found.too_low.most), (1, 400_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn inspect(elevation: &Elevation, limits: OddLimits) -> Inspection {
    let rows = Rows {
        cells: &elevation.millimetres,
        first: 0,
        columns: elevation.grid.columns(),
    };
    let bands = inspect_bands(&elevation.grid, rows, 0..elevation.grid.rows(), limits);
    bands.into_iter().fold(Inspection::default(), Inspection::and)
}

/// Looks at bands of rows from a multiple of [`BAND`] on; `heights` holds them and their neighbours.
pub(crate) fn inspect_bands(
    grid: &Grid,
    heights: Rows<i32>,
    rows: std::ops::Range<usize>,
    limits: OddLimits,
) -> Vec<Inspection> {
    let firsts: Vec<usize> = rows.clone().step_by(BAND).collect();
    let of_band = |first: &usize| {
        let band = *first..(first + BAND).min(rows.end);
        let of_row = |row: usize| {
            let around = [row.checked_sub(1), Some(row), Some(row + 1)].map(|row| heights.get(row?));
            Row {
                grid,
                number: row,
                around,
                limits,
            }
            .inspect()
        };
        band.map(of_row).fold(Inspection::default(), Inspection::and)
    };
    firsts.par_iter().map(of_band).collect()
}

/// A row and those beside it.
struct Row<'a> {
    grid: &'a Grid,
    number: usize,
    around: [Option<&'a [i32]>; 3],
    limits: OddLimits,
}

impl Row<'_> {
    fn inspect(&self) -> Inspection {
        let mut found = Inspection::default();
        let own = self.around[1].unwrap_or_default();
        let [east, _] = self.grid.spacing(self.number);
        let (mut fall, mut pairs) = (0_u64, 0);
        for (column, height) in own.iter().enumerate().filter(|(_, height)| **height != NODATA) {
            let cell = u32::try_from(self.number * own.len() + column).expect("a grid has fewer cells");
            self.look(&mut found, (column, *height), cell);
            if let Some(next) = own.get(column + 1).filter(|next| **next != NODATA) {
                fall += u64::from(height.abs_diff(*next));
                pairs += 1;
            }
        }
        found.steepness = (fall as f64 / 1000.0 / east, pairs);
        found
    }

    fn look(&self, found: &mut Inspection, (column, height): (usize, i32), cell: u32) {
        let limits = self.limits;
        found.known += 1;
        if found.lowest.is_none_or(|(lowest, _)| height < lowest) {
            found.lowest = Some((height, cell));
        }
        if found.highest.is_none_or(|(highest, _)| height > highest) {
            found.highest = Some((height, cell));
        }
        if height < limits.lowest {
            found.too_low.add(limits.lowest - height, cell);
        }
        if height > limits.highest {
            found.too_high.add(height - limits.highest, cell);
        }
        let Some((low, high, all)) = self.neighbours(column) else {
            return;
        };
        if all && height.saturating_sub(high) > limits.step {
            found.needles.add(height - high, cell);
        }
        if all && low.saturating_sub(height) > limits.step {
            found.wells.add(low - height, cell);
        }
        if height == 0 && high > limits.step {
            found.zeros.add(high, cell);
        }
    }

    /// The lowest and the highest known neighbour, and whether all eight are known.
    fn neighbours(&self, column: usize) -> Option<(i32, i32, bool)> {
        let (mut low, mut high, mut count) = (i32::MAX, i32::MIN, 0);
        for (at, row) in self.around.iter().enumerate() {
            let Some(row) = row else { continue };
            for beside in column.saturating_sub(1)..(column + 2).min(row.len()) {
                if (at == 1 && beside == column) || row[beside] == NODATA {
                    continue;
                }
                (low, high, count) = (low.min(row[beside]), high.max(row[beside]), count + 1);
            }
        }
        (count > 0).then_some((low, high, count == 8))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Placement;

    const LIMITS: OddLimits = OddLimits {
        lowest: -500_000,
        highest: 6_900_000,
        step: 100_000,
    };

    fn found(columns: usize, heights: Vec<i32>) -> Inspection {
        let place = Placement {
            west: 0.0,
            north: 9e6,
            width: 10.0,
            height: 10.0,
        };
        let grid = Grid::new(
            columns,
            heights.len() / columns,
            place,
            crs::Crs::from_epsg(32_718).unwrap(),
        )
        .unwrap();
        inspect(&Elevation::new(grid, heights).unwrap(), LIMITS)
    }

    #[test]
    fn needles_and_wells_stand_out_from_all_eight_neighbours() {
        let mut heights = vec![4_000_000; 7 * 200];
        (heights[7 * 3 + 3], heights[7 * 150 + 2]) = (4_150_000, 4_300_000);
        (heights[7 * 10 + 4], heights[7 * 20 + 4]) = (2_000_000, 2_000_000);
        // at the edge, beside the unknown, or no more than the limit: nothing is said
        (heights[0], heights[7 * 30 + 3], heights[7 * 30 + 4]) = (9, 9, NODATA);
        heights[7 * 40 + 3] = 4_100_000;
        let found = found(7, heights);
        assert_eq!(
            (found.needles.cells, found.needles.most, found.needles.cell),
            (2, 300_000, Some(7 * 150 + 2))
        );
        assert_eq!(
            (found.wells.cells, found.wells.most, found.wells.cell),
            (2, 2_000_000, Some(7 * 10 + 4))
        );
        assert_eq!(
            (found.known, found.lowest, found.highest),
            (1399, Some((9, 0)), Some((4_300_000, 1052)))
        );
        assert_eq!(
            (found.too_low.cells, found.too_high.cells, found.zeros.cells),
            (0, 0, 0)
        );
    }

    #[test]
    fn heights_of_no_ground_and_zeros_beside_a_mountain_are_counted() {
        let mut heights = vec![300_000; 30];
        (heights[7], heights[8], heights[20]) = (0, 0, -32_768_000);
        heights[28] = 7_000_000;
        let found = found(5, heights);
        assert_eq!(
            (found.zeros.cells, found.zeros.most, found.zeros.cell),
            (2, 300_000, Some(7))
        );
        assert_eq!(
            (found.too_low.cells, found.too_low.most, found.too_low.cell),
            (1, 32_268_000, Some(20))
        );
        assert_eq!((found.too_high.cells, found.too_high.cell), (1, Some(28)));
        let coast = super::tests::found(4, vec![0, 0, 9_000, 90_000, 0, 0, 5_000, 80_000]);
        assert_eq!(coast.zeros.cells, 0, "a coast begins at 0");
    }

    #[test]
    fn steepness_is_the_mean_fall_between_neighbours_of_a_row() {
        let found = found(3, vec![0, 5_000, NODATA, 20_000, 10_000, 10_000]);
        // 0.5, 1 and 0 for each metre
        assert_eq!(found.mean_steepness(), Some(0.5));
        assert_eq!(super::tests::found(1, vec![1, 2]).mean_steepness(), None);
    }
}
