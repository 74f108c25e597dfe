//! What the surface itself says: slope, and the height above the nearest stream.

use crate::frame::Rows;
use crate::{Drainage, Elevation, Grid, NODATA, Network, spread_upstream};
use rayon::prelude::*;

/// The slope of a cell whose neighbours are unknown: that of a level one.
pub const NO_SLOPE: f32 = -1.0;

/// Slopes of a row of cells, metres of fall for each metre, by Horn (1981) on the nine cells round each; a neighbour beyond the edge or
/// without data counts as high as the cell itself. [`NO_SLOPE`] without data.
pub fn slopes_of_row(elevation: &Elevation, row: usize, out: &mut [f32]) {
    let heights = Rows {
        cells: &elevation.millimetres,
        first: 0,
        columns: elevation.grid.columns(),
    };
    slopes_among(&elevation.grid, heights, row, out);
}

/// [`slopes_of_row`] where no more than its neighbours are at hand.
pub(crate) fn slopes_among(grid: &Grid, heights: Rows<i32>, row: usize, out: &mut [f32]) {
    let columns = grid.columns();
    let of = |row: Option<usize>| row.and_then(|row| heights.get(row));
    let (up, mid, down) = (of(row.checked_sub(1)), of(Some(row)), of(Some(row + 1)));
    let [east, south] = grid.spacing(row);
    for (column, slope) in out.iter_mut().enumerate().take(columns) {
        let own = mid.map_or(NODATA, |row| row[column]);
        if own == NODATA {
            *slope = NO_SLOPE;
            continue;
        }
        let at = |row: Option<&[i32]>, column: Option<usize>| {
            let height = row.zip(column).and_then(|(row, column)| row.get(column).copied());
            i64::from(height.filter(|height| *height != NODATA).unwrap_or(own))
        };
        let sides = [column.checked_sub(1), Some(column), Some(column + 1)];
        let [nw, n, ne] = sides.map(|column| at(up, column));
        let [w, _, e] = sides.map(|column| at(mid, column));
        let [sw, s, se] = sides.map(|column| at(down, column));
        let eastward = (ne + 2 * e + se - nw - 2 * w - sw) as f64 / (8000.0 * east);
        let southward = (sw + 2 * s + se - nw - 2 * n - ne) as f64 / (8000.0 * south);
        #[expect(clippy::cast_possible_truncation, reason = "seven digits of a slope are enough")]
        let steepness = libm::sqrt(eastward * eastward + southward * southward) as f32;
        *slope = steepness;
    }
}

/// Slopes of all cells, see [`slopes_of_row`].
pub fn slopes(elevation: &Elevation) -> Vec<f32> {
    let columns = elevation.grid.columns();
    let mut out = vec![NO_SLOPE; elevation.grid.cells()];
    out.par_chunks_mut(columns)
        .enumerate()
        .for_each(|(row, out)| slopes_of_row(elevation, row, out));
    out
}

/// Height above the nearest drainage in millimetres (HAND, Nobre et al. 2011, doi:10.1016/j.jhydrol.2011.03.051): of each cell above
/// the stream cell that it drains to, on the filled surface; [`NODATA`] without data and where no stream is met.
pub fn heights_above_streams(drained: &Drainage, network: &Network) -> Vec<i32> {
    // heights of streams as labels: all above zero and below what a label may be
    const LIFT: i32 = (1 << 29) + 1;
    let filled = drained.filled.millimetres();
    let mut labels = vec![0; filled.len()];
    for reach in &network.reaches {
        for cell in reach.cells(drained) {
            labels[cell] = (filled[cell] + LIFT).cast_unsigned();
        }
    }
    spread_upstream(&drained.directions, drained.grid().columns(), &mut labels);
    let above = |(label, height): (u32, &i32)| {
        if label == 0 {
            NODATA
        } else {
            height - (label.cast_signed() - LIFT)
        }
    };
    labels.into_par_iter().zip(filled).map(above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grid, Placement, accumulate, find_drainage};

    fn slope_of(height: impl Fn(i32, i32) -> i32) -> Elevation {
        let place = Placement {
            west: 0.0,
            north: 9e6,
            width: 10.0,
            height: 20.0,
        };
        let grid = Grid::new(9, 9, place, crs::Crs::from_epsg(32_718).unwrap()).unwrap();
        let heights = (0..81).map(|cell| height(cell % 9, cell / 9)).collect();
        Elevation::new(grid, heights).unwrap()
    }

    #[test]
    fn a_plane_has_its_slope_everywhere_within() {
        // falls 3 m for each cell of 10 m eastward and 8 m for each of 20 m southward: slopes 0.3 and 0.4
        let found = slopes(&slope_of(|x, y| -3000 * x - 8000 * y));
        for cell in (1..8).flat_map(|y| (1..8).map(move |x| y * 9 + x)) {
            assert!((found[cell] - 0.5).abs() < 1e-6, "{}", found[cell]);
        }
    }

    #[test]
    fn ground_stands_above_the_stream_that_it_drains_to() {
        // a valley along the fifth column that falls southward
        let elevation = slope_of(|x, y| (x - 4).abs() * 1000 - y * 100);
        let drained = find_drainage(elevation);
        let sums = accumulate(&drained.directions, 9, |_| 1_u32);
        let network = Network::find(&drained, &sums, 12);
        let above = heights_above_streams(&drained, &network);
        for (cell, above) in above.iter().enumerate() {
            let mut at = cell;
            while sums[at] < 12 {
                let next = crate::downstream(at, drained.directions[at], 9);
                if next == at {
                    break;
                }
                at = next;
            }
            let filled = drained.filled.millimetres();
            let expected = if sums[at] < 12 {
                NODATA
            } else {
                filled[cell] - filled[at]
            };
            assert_eq!(*above, expected, "cell {cell}");
        }
        assert!(above.iter().any(|above| (1000..NODATA).contains(above)), "{above:?}");
    }
}
