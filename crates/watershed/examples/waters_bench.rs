//! Times the making of a model that can be asked, and questions about what lies above and below.
//!
//! `waters_bench SIDE FEATURES QUESTIONS` drains SIDE × SIDE cells of 30 m (the same for ever), lays so many squares of 1 km on them, and asks
//! at so many cells of streams. One line of JSON: seconds to make, nanoseconds for the slice alone, microseconds for whole answers (median,
//! 99th of a hundred, greatest), and the same for the cells of streams through which most drains.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use watershed::{
    Above, Below, Canals, Elevation, Grid, Laid, NODATA, Placement, WaterIndex, Waters, covered_cells, find_drainage,
    millimetres,
};

/// Valleys of two sizes on ground that falls to the south-east, with decimetres of noise.
fn height(cell: usize, side: usize) -> i32 {
    let (x, y) = ((cell % side) as f64, (cell / side) as f64);
    let valleys =
        libm::fabs(libm::sin(x / 97.0 + y / 311.0)) * 90.0 + libm::fabs(libm::sin(y / 41.0 - x / 173.0)) * 30.0;
    let mixed = (cell as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    millimetres(4_000.0 + valleys - x * 0.4 - y * 0.3 + (mixed % 500) as f64 / 1_000.0).min(NODATA - 1)
}

/// A square of a kilometre, one of four classes.
fn square(grid: &Grid, number: usize) -> Laid {
    let cells = grid.cells() as u64;
    let corner = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) % cells;
    let [x, y] = grid.centre(usize::try_from(corner).unwrap_or(0));
    let land = geo_types::Rect::new((x, y - 1_000.0), (x + 1_000.0, y)).to_polygon();
    let (cells, beyond) = covered_cells(grid, &geo_types::Geometry::Polygon(land));
    Laid {
        class: number % 4,
        cells,
        beyond,
    }
}

/// Microseconds of each question: median, 99th of a hundred, greatest.
fn spread(mut each: Vec<f64>) -> String {
    each.sort_by(f64::total_cmp);
    let at = |part: usize| {
        each.get(each.len() * part / 100)
            .or(each.last())
            .copied()
            .unwrap_or(0.0)
    };
    format!("[{:.1},{:.1},{:.1}]", at(50), at(99), at(100))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter_map(|word| word.parse::<usize>().ok());
    let (side, features) = (arguments.next().unwrap_or(4_000), arguments.next().unwrap_or(10_000));
    let questions = arguments.next().unwrap_or(2_000);
    let place = Placement {
        west: 200_000.0,
        north: 8_500_000.0,
        width: 30.0,
        height: 30.0,
    };
    let grid = Grid::new(side, side, place, crs::Crs::from_epsg(32_718)?)?;
    let heights = (0..side * side).map(|cell| height(cell, side)).collect();
    let drained = find_drainage(Elevation::new(grid, heights)?);
    let begun = Instant::now();
    let waters = Waters::new(drained, 278, None);
    let made = begun.elapsed().as_secs_f64();
    let laid: Vec<Laid> = (0..features).map(|number| square(waters.grid(), number)).collect();
    let begun = Instant::now();
    let index = WaterIndex::new(&waters, 4, &laid)?;
    let indexed = begun.elapsed().as_secs_f64();
    let reaches = waters.network().reaches.len() as u64;
    let begun = Instant::now();
    let asked = 1_000_000_u64;
    let pick = |at: u64| u32::try_from(at.wrapping_mul(0x9e37_79b9_7f4a_7c15) % reaches).unwrap_or(0);
    let slices = (0..asked).fold(0, |sum, at| {
        sum + black_box(index.entries_upstream(&waters, pick(black_box(at))))
    });
    let slice = begun.elapsed().as_nanos() as f64 / asked as f64;
    let canals = Canals::default();
    let ask = |reach: u32| {
        let cell = waters.network().reaches[reach as usize].first;
        let begun = Instant::now();
        let above = Above::of(&waters, &canals, &[cell]);
        black_box((index.above(&waters, &above), index.ground_above(&waters, &above)));
        let spent = begun.elapsed().as_secs_f64() * 1e6;
        let begun = Instant::now();
        black_box(index.below(&waters, &Below::of(&waters, &canals, &[cell])));
        (spent, begun.elapsed().as_secs_f64() * 1e6)
    };
    let (ups, downs): (Vec<f64>, Vec<f64>) = (0..questions as u64).map(|at| ask(pick(at))).unzip();
    let mut great: Vec<u32> = (0..u32::try_from(reaches)?).collect();
    great.sort_by_key(|reach| std::cmp::Reverse(waters.network().reaches[*reach as usize].drained_cells));
    let largest = great
        .first()
        .map_or(0, |reach| waters.network().reaches[*reach as usize].drained_cells);
    let (ups_great, _): (Vec<f64>, Vec<f64>) = great.iter().take(200).map(|reach| ask(*reach)).unzip();
    writeln!(
        std::io::stdout(),
        "{{\"side\":{side},\"features\":{features},\"reaches\":{reaches},\"make_s\":{made:.2},\"index_s\":{indexed:.2},\"slice_ns\":{slice:.1},\
         \"slice_sum\":{slices},\"above_us\":{},\"below_us\":{},\"largest_cells\":{largest},\"above_of_200_largest_us\":{}}}",
        spread(ups),
        spread(downs),
        spread(ups_great)
    )?;
    Ok(())
}
