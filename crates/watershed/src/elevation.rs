//! Heights in whole millimetres, so that every comparison is exact.

use crate::{Grid, GridError};

/// The height of a cell that nobody measured: beyond any height that is.
pub const NODATA: i32 = 1 << 30;

/// The greatest height that can be held, either way.
const HIGHEST: i32 = 1 << 29;

/// A digital elevation model.
#[derive(Clone, Debug, PartialEq)]
pub struct Elevation {
    pub(crate) grid: Grid,
    pub(crate) millimetres: Vec<i32>,
}

impl Elevation {
    /// Heights of the cells of a grid in millimetres, row by row; [`NODATA`] where none is known.
    ///
    /// # Errors
    /// Another number of values than of cells; a height beyond 536 km.
    pub fn new(grid: Grid, millimetres: Vec<i32>) -> Result<Self, GridError> {
        if millimetres.len() != grid.cells() {
            return Err(GridError::Values {
                values: millimetres.len(),
                cells: grid.cells(),
            });
        }
        check(&millimetres, 0)?;
        Ok(Self { grid, millimetres })
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        &self.grid
    }

    /// The heights in millimetres, row by row.
    pub fn millimetres(&self) -> &[i32] {
        &self.millimetres
    }

    /// The height of a cell in millimetres; `None` where nobody measured it.
    pub fn height(&self, cell: usize) -> Option<i32> {
        Some(self.millimetres[cell]).filter(|height| *height != NODATA)
    }
}

/// Whether heights can be held; the first of them is that of the cell `first`.
pub(crate) fn check(millimetres: &[i32], first: usize) -> Result<(), GridError> {
    let beyond = |value: &i32| *value != NODATA && !(-HIGHEST..=HIGHEST).contains(value);
    match millimetres.iter().position(beyond) {
        Some(at) => Err(GridError::Height {
            cell: first + at,
            millimetres: millimetres[at],
        }),
        None => Ok(()),
    }
}

/// Metres as whole millimetres, halves away from zero; [`NODATA`] for what is no number.
///
/// ```
/// assert_eq!(watershed::millimetres(3_999.9995), 4_000_000);
/// assert_eq!(watershed::millimetres(f64::NAN), watershed::NODATA);
/// ```
pub fn millimetres(metres: f64) -> i32 {
    let scaled = libm::round(metres * 1000.0);
    if !scaled.is_finite() {
        return NODATA;
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and `Elevation::new` refuses what is too high"
    )]
    let whole = scaled as i32;
    if whole == NODATA { NODATA + 1 } else { whole }
}
