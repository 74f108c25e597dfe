//! Times the catchment of a cell, by its size, on a made landscape.
//!
//! `catchment_bench SIDE EACH` drains SIDE × SIDE cells of 30 m (the same for ever) and, for each size, asks for the catchments of so many
//! cells spread over those that drain about so much. One line of JSON: cells of the catchment on the mean, and microseconds of each.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use watershed::{Elevation, Grid, NODATA, Placement, accumulate, catchment_of, find_drainage, millimetres};

/// Valleys of two sizes on ground that falls to the south-east, with decimetres of noise.
fn height(cell: usize, side: usize) -> i32 {
    let (x, y) = ((cell % side) as f64, (cell / side) as f64);
    let valleys =
        libm::fabs(libm::sin(x / 97.0 + y / 311.0)) * 90.0 + libm::fabs(libm::sin(y / 41.0 - x / 173.0)) * 30.0;
    let mixed = (cell as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    millimetres(4_000.0 + valleys - x * 0.4 - y * 0.3 + (mixed % 500) as f64 / 1_000.0).min(NODATA - 1)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let (side, each) = (arguments.next().unwrap_or(2_000), arguments.next().unwrap_or(20));
    let place = Placement {
        west: 500_000.0,
        north: 8_500_000.0,
        width: 30.0,
        height: 30.0,
    };
    let grid = Grid::new(side, side, place, crs::Crs::from_epsg(32_718)?)?;
    let drained = find_drainage(Elevation::new(
        grid,
        (0..side * side).map(|cell| height(cell, side)).collect(),
    )?);
    let sums = accumulate(&drained.directions, side, |_| 1_u32);
    let mut shown = Vec::new();
    for size in [100_u32, 1_000, 10_000, 100_000, 300_000, 1_000_000] {
        let about = (0..)
            .zip(&sums)
            .filter(|(_, sum)| (size * 9 / 10..size * 11 / 10).contains(*sum));
        let cells: Vec<u32> = about.map(|(cell, _)| cell).collect();
        let picked: Vec<u32> = cells
            .iter()
            .step_by((cells.len() / each).max(1))
            .take(each)
            .copied()
            .collect();
        let begun = Instant::now();
        let total: usize = picked
            .iter()
            .map(|cell| catchment_of(black_box(&drained), *cell, 1_000).map_or(0, |found| found.cells.len()))
            .sum();
        let spent = begun.elapsed().as_secs_f64() * 1e6;
        if let Some(mean) = total.checked_div(picked.len()) {
            shown.push(format!(
                "{{\"cells\":{mean},\"asked\":{},\"us\":{:.1}}}",
                picked.len(),
                spent / picked.len() as f64
            ));
        }
    }
    writeln!(
        std::io::stdout(),
        "{{\"side\":{side},\"catchments\":[{}]}}",
        shown.join(",")
    )?;
    Ok(())
}
