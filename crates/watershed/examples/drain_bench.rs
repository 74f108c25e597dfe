//! Times the way from heights to basins and accumulation on a made landscape.
//!
//! `drain_bench SIDE THREADS [FILE]` makes SIDE × SIDE cells (the same for ever), drains them on so many threads, and prints one line of JSON.
//! With FILE it also writes the heights, little-endian 32-bit millimetres, so that others can be given the same, and what was found: directions as
//! FILE.d8 and sums as FILE.acc.

use rayon::prelude::*;
use std::io::Write;
use std::time::Instant;
use watershed::{Elevation, Grid, Placement, accumulate, find_drainage};

/// The output function of `SplitMix64` (Steele, Lea & Flood 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// A number of 0 to 65 535 for a point of a lattice.
fn lattice(x: i64, y: i64, octave: i64) -> i64 {
    let word = (x.cast_unsigned() << 40) ^ (y.cast_unsigned() << 16) ^ octave.cast_unsigned();
    i64::try_from(mix(word) >> 48).expect("16 bits")
}

/// Value noise with a smooth step, 0 to 65 535, in whole numbers.
fn noise(x: i64, y: i64, octave: i64) -> i64 {
    let cell = 1 << octave;
    let (column, row) = (x >> octave, y >> octave);
    let smooth = |offset: i64| {
        let t = (offset << 12) / cell;
        (t * t * (3 * 4096 - 2 * t)) >> 24
    };
    let (u, v) = (smooth(x & (cell - 1)), smooth(y & (cell - 1)));
    let along = |row| (lattice(column, row, octave) * (4096 - u) + lattice(column + 1, row, octave) * u) >> 12;
    (along(row) * (4096 - v) + along(row + 1) * v) >> 12
}

/// Millimetres: valleys of all sizes on ground that falls eastward, with decimetres of noise.
fn height(x: i64, y: i64) -> i32 {
    let mut total = 0;
    for octave in 3..12 {
        let valley = (noise(x, y, octave) - 32_768).abs();
        // 12 m at 8 cells, four fifths more for each doubling
        total += (valley * 12_000 * 9_i64.pow(octave_steps(octave)) / 5_i64.pow(octave_steps(octave))) >> 15;
    }
    let fine = lattice(x, y, 60) * 2_000 / 65_536;
    i32::try_from(total + fine + 4_000_000 - x * 150 - y * 50).expect("some kilometres")
}

fn octave_steps(octave: i64) -> u32 {
    u32::try_from(octave - 3).expect("octaves begin at 3")
}

/// Seconds of processor time that the process has used, where the system tells.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|word| word.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// The greatest memory that the process has held, in bytes, where the system tells.
fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim()
        .strip_suffix("kB")?
        .trim()
        .parse::<u64>()
        .ok()
        .map(|kilobytes| kilobytes * 1024)
}

fn write(file: &str, words: impl Iterator<Item = u32>) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
    for word in words {
        out.write_all(&word.to_le_bytes())?;
    }
    out.flush()
}

#[expect(clippy::print_stdout, reason = "a program that prints its measurements")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, threads, file @ ..] = arguments.as_slice() else {
        return Err("drain_bench SIDE THREADS [FILE]".into());
    };
    let (side, threads): (usize, usize) = (side.parse()?, threads.parse()?);
    let place = Placement {
        west: 500_000.0,
        north: 8_500_000.0,
        width: 30.0,
        height: 30.0,
    };
    let grid = Grid::new(side, side, place, crs::Crs::from_epsg(32_718)?)?;
    let mut heights = vec![0; side * side];
    heights.par_chunks_mut(side).enumerate().for_each(|(y, row)| {
        for (x, value) in row.iter_mut().enumerate() {
            *value = height(x.cast_signed() as i64, y.cast_signed() as i64);
        }
    });
    if let Some(file) = file.first() {
        write(file, heights.iter().map(|height| height.cast_unsigned()))?;
    }
    let before: i64 = heights.iter().map(|height| i64::from(*height)).sum();
    let elevation = Elevation::new(grid, heights)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let (began, spent) = (Instant::now(), processor_seconds());
    let drained = pool.install(|| find_drainage(elevation));
    let (filled, drainage) = (began.elapsed().as_secs_f64(), processor_seconds() - spent);
    let sums = pool.install(|| accumulate(&drained.directions, side, |_| 1_u32));
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), processor_seconds() - spent);
    if let Some(file) = file.first() {
        std::fs::write(format!("{file}.d8"), &drained.directions)?;
        write(&format!("{file}.acc"), sums.iter().copied())?;
    }
    let volume = drained
        .filled
        .millimetres()
        .iter()
        .map(|height| i64::from(*height))
        .sum::<i64>()
        - before;
    let digest = sums.iter().fold(0_u64, |hash, sum| mix(hash ^ u64::from(*sum)));
    let bytes = peak_bytes().map_or(0.0, |bytes| bytes as f64) / (side * side) as f64;
    println!(
        "{{\"tool\": \"tupu\", \"cells\": {}, \"threads\": {threads}, \"drainage_s\": {filled:.3}, \"accumulation_s\": {:.3}, \
         \"total_s\": {seconds:.3}, \"drainage_cpu_s\": {drainage:.2}, \"cpu_s\": {cpu:.2}, \"bytes_per_cell\": {bytes:.1}, \"fill_mm\": {volume}, \"largest\": {}, \"basins\": {}, \
         \"sums\": \"{digest:016x}\"}}",
        side * side,
        seconds - filled,
        sums.iter().max().copied().unwrap_or(0),
        drained.outlets.len(),
    );
    Ok(())
}
