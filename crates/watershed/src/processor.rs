//! The one kernel that is compiled for several sets of instructions; the processor's own set is chosen when it runs.
//!
//! All of them give the same bytes: whole numbers, and single products of floats that are never fused with a sum.

use crate::frame::{PLANE, Plane, STRIDE};
use crate::steepest::{Bytes, Heights, steepest_row};

/// Directions and lower neighbours of a row of a frame, for a row that is neither its first nor its last.
pub fn steepest(heights: &Plane<i32>, row: usize, nearness: &[f32; 8], [directions, lower]: [&mut Plane<u8>; 2]) {
    let whole = |row: usize| -> &Heights {
        heights[row * STRIDE..(row + 1) * STRIDE]
            .try_into()
            .expect("a row of a frame")
    };
    let rows = [whole(row - 1), whole(row), whole(row + 1)];
    run(rows, nearness, row_of(directions, row), row_of(lower, row));
}

fn row_of(plane: &mut [u8; PLANE], row: usize) -> &mut Bytes {
    (&mut plane[row * STRIDE..(row + 1) * STRIDE])
        .try_into()
        .expect("a row of a frame")
}

#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "calls code for instructions that the processor was just asked for"
)]
fn run(rows: [&Heights; 3], nearness: &[f32; 8], directions: &mut Bytes, lower: &mut Bytes) {
    #[target_feature(enable = "avx2")]
    fn wide(rows: [&Heights; 3], nearness: &[f32; 8], directions: &mut Bytes, lower: &mut Bytes) {
        steepest_row(rows, nearness, directions, lower);
    }
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that `wide` needs beyond the baseline.
        unsafe { wide(rows, nearness, directions, lower) }
    } else {
        steepest_row(rows, nearness, directions, lower);
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn run(rows: [&Heights; 3], nearness: &[f32; 8], directions: &mut Bytes, lower: &mut Bytes) {
    steepest_row(rows, nearness, directions, lower);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NODATA;
    use crate::frame::plane;
    use crate::steepest::nearness;

    #[test]
    fn every_set_of_instructions_gives_the_same_bytes() {
        let mut state = 1_u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            i32::try_from(state >> 40).unwrap()
        };
        let mut heights = plane(NODATA);
        for height in heights.iter_mut() {
            let value = next();
            *height = if value % 11 == 0 {
                NODATA
            } else {
                value % (1 + (1 << (value % 20)))
            };
        }
        let (mut directions, mut lower) = (plane(7), plane(7));
        for row in 1..STRIDE - 1 {
            let near = nearness([27.3, 30.7]);
            steepest(&heights, row, &near, [&mut directions, &mut lower]);
            let whole = |row: usize| -> &Heights { heights[row * STRIDE..(row + 1) * STRIDE].try_into().unwrap() };
            let (mut plain, mut below) = ([7; STRIDE], [7; STRIDE]);
            steepest_row(
                [whole(row - 1), whole(row), whole(row + 1)],
                &near,
                &mut plain,
                &mut below,
            );
            assert_eq!(directions[row * STRIDE..(row + 1) * STRIDE], plain);
            assert_eq!(lower[row * STRIDE..(row + 1) * STRIDE], below);
        }
    }
}
