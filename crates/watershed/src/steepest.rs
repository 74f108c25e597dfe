//! The steepest of eight neighbours, and which neighbours are lower: one row of a frame at a time.
//!
//! Cells are in a total order: by height, then by number. So a flat has one lowest cell, and every other cell of it flows.
//! Beyond the edge and without data is the ocean, lower than anything; flow enters it only where no neighbour is lower.

use crate::NODATA;
use crate::direction::{CODES, NO_DIRECTION, OUTLET};
use crate::frame::STRIDE;

/// A row of heights.
pub type Heights = [i32; STRIDE];
/// A row of bytes.
pub type Bytes = [u8; STRIDE];

/// For each direction, one over the distance in metres.
pub fn nearness([east, south]: [f64; 2]) -> [f32; 8] {
    let diagonal = libm::sqrt(east * east + south * south);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "slopes are compared in single precision, the same everywhere"
    )]
    [east, diagonal, south, diagonal, east, diagonal, south, diagonal].map(|distance| (1.0 / distance) as f32)
}

/// Directions, and the neighbours that are lower as a set of codes, for the middle one of three rows; first and last column
/// are left out. A cell without data gets [`NO_DIRECTION`] and every code.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "compiled once for each set of instructions, see `processor`"
)]
pub fn steepest_row(rows: [&Heights; 3], nearness: &[f32; 8], directions: &mut Bytes, lower: &mut Bytes) {
    let [up, mid, down] = rows;
    for i in 1..STRIDE - 1 {
        let own = mid[i];
        let around = [
            mid[i + 1],
            down[i + 1],
            down[i],
            down[i - 1],
            mid[i - 1],
            up[i - 1],
            up[i],
            up[i + 1],
        ];
        let (mut best, mut code, mut below) = (0.0_f32, i32::from(OUTLET), 0_i32);
        for k in (4..8).rev() {
            code = if around[k] == own { i32::from(CODES[k]) } else { code };
        }
        for k in 0..8 {
            let slope = own.wrapping_sub(around[k]) as f32 * nearness[k];
            let steeper = slope > best;
            best = if steeper { slope } else { best };
            code = if steeper { i32::from(CODES[k]) } else { code };
            let under = if k < 4 { around[k] < own } else { around[k] <= own };
            let ocean = i32::from(around[k] == NODATA);
            below |= (i32::from(under) | ocean) << k;
        }
        let known = own != NODATA;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "codes are 0 to 255"
        )]
        {
            directions[i] = if known { code } else { i32::from(NO_DIRECTION) } as u8;
            lower[i] = if known { below } else { 255 } as u8;
        }
    }
}

/// Sets of neighbours as sets of codes: the groups of the ring round a cell, in which neighbours touch one another.
const fn groups_of(set: u8) -> [u8; 4] {
    let mut groups = [0; 4];
    let (mut left, mut found) = (set, 0);
    while left != 0 {
        let mut group = left & left.wrapping_neg();
        loop {
            let cardinal = group & 0b0101_0101;
            let next =
                group.rotate_left(1) | group.rotate_right(1) | cardinal.rotate_left(2) | cardinal.rotate_right(2);
            let wider = group | next & left;
            if wider == group {
                break;
            }
            group = wider;
        }
        groups[found] = group;
        found += 1;
        left &= !group;
    }
    groups
}

/// The groups of each set of neighbours.
pub static GROUPS: [[u8; 4]; 256] = {
    let mut table = [[0; 4]; 256];
    let mut set = 0;
    while set < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 255")]
        let groups = groups_of(set as u8);
        table[set] = groups;
        set += 1;
    }
    table
};

/// Whether the lower neighbours of a cell lie in more than one group: only then may a pass lead over it.
pub static SADDLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut set = 0;
    while set < 256 {
        table[set] = GROUPS[set][1] != 0;
        set += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::direction::STEPS;

    #[test]
    fn groups_are_those_of_touching_neighbours() {
        for set in 0..=255_u8 {
            let groups = GROUPS[usize::from(set)];
            assert_eq!(groups.iter().fold(0, |all, group| all | group), set);
            let touch = |a: usize, b: usize| {
                let (p, q) = (STEPS[a], STEPS[b]);
                (p.0 - q.0).abs() <= 1 && (p.1 - q.1).abs() <= 1
            };
            let group = |k: usize| groups.iter().position(|group| group & CODES[k] != 0);
            for a in (0..8).filter(|k| set & CODES[*k] != 0) {
                for b in (0..8).filter(|k| set & CODES[*k] != 0 && touch(a, *k)) {
                    assert_eq!(group(a), group(b), "{set:08b}");
                }
            }
            let parts = groups.iter().filter(|group| **group != 0).count();
            let cardinals = (set & 0b0101_0101).count_ones();
            assert!(parts <= 4 && (cardinals < 3 || parts <= 2), "{set:08b} {groups:?}");
        }
    }

    #[test]
    fn a_tie_goes_to_the_first_direction_and_a_flat_to_an_earlier_cell() {
        let row = |values: [i32; 3]| {
            let mut row = [NODATA; STRIDE];
            row[..3].copy_from_slice(&values);
            row
        };
        let mut out = ([0; STRIDE], [0; STRIDE]);
        let mut of = |rows: [[i32; 3]; 3]| {
            let rows = rows.map(row);
            steepest_row(
                [&rows[0], &rows[1], &rows[2]],
                &nearness([10.0, 10.0]),
                &mut out.0,
                &mut out.1,
            );
            (out.0[1], out.1[1])
        };
        assert_eq!(of([[9, 9, 9], [4, 5, 4], [9, 4, 9]]), (1, 1 | 4 | 16));
        assert_eq!(of([[9, 9, 9], [9, 5, 5], [5, 5, 5]]), (0, 0));
        assert_eq!(of([[5, 5, 5], [9, 5, 5], [5, 5, 5]]), (32, 32 | 64 | 128));
        assert_eq!(of([[9, NODATA, 9], [9, 5, 9], [9, 9, 9]]), (0, 64));
        assert_eq!(of([[9, NODATA, 9], [9, NODATA, 9], [9, 9, 9]]), (NO_DIRECTION, 255));
    }
}
