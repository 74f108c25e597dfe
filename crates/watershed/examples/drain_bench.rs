//! Times the way from heights to basins and accumulation on a made landscape.
//!
//! `drain_bench SIDE THREADS [FILE]` makes SIDE × SIDE cells (the same for ever), drains them on so many threads, and prints one line of JSON.
//! With FILE it also writes the heights, little-endian 32-bit millimetres, so that others can be given the same, and what was found: directions as
//! FILE.d8 and sums as FILE.acc.

mod ground;

use ground::{height, mix};
use rayon::prelude::*;
use std::io::Write;
use std::time::Instant;
use watershed::{Elevation, Grid, Placement, accumulate, find_drainage};

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
