//! Directions of flow as one byte: the codes of ESRI, 0 for an outlet, 255 where there is no data.

/// The flow leaves the grid here, or ends.
pub const OUTLET: u8 = 0;
/// Nobody measured this cell.
pub const NO_DIRECTION: u8 = 255;

/// The eight codes in the order in which ties are broken: E, SE, S, SW, W, NW, N, NE.
pub const CODES: [u8; 8] = [1, 2, 4, 8, 16, 32, 64, 128];

/// Columns and rows from a cell to the neighbour of each code, in the same order; rows grow southward.
pub const STEPS: [(isize, isize); 8] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// The code that leads back.
pub const fn opposite(code: u8) -> u8 {
    code.rotate_left(4)
}

/// The cell that `code` leads to from `cell` in rows of `columns`; the cell itself for an outlet and without data.
///
/// The caller knows that the neighbour exists, as it does for every direction of a [`Drainage`](crate::Drainage).
#[inline]
pub fn downstream(cell: usize, code: u8, columns: usize) -> usize {
    if code == OUTLET || code == NO_DIRECTION {
        return cell;
    }
    let (across, down) = STEPS[code.trailing_zeros() as usize];
    cell.wrapping_add_signed(across)
        .wrapping_add_signed(down * columns.cast_signed())
}
