//! Writes the made landscape of any side, a few rows in memory at a time.
//!
//! `make_model SIDE FILE` writes SIDE × SIDE heights as little-endian 32-bit millimetres, and FILE.hdr, by which GDAL reads them.

mod ground;

use ground::{height, mix};
use rayon::prelude::*;
use std::io::Write;

/// Rows that are made at once.
const ROWS: usize = 64;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, file] = arguments.as_slice() else {
        return Err("make_model SIDE FILE".into());
    };
    let side: usize = side.parse()?;
    let mut out = std::fs::File::create(file)?;
    let mut digest = 0;
    for first in (0..side).step_by(ROWS) {
        let rows: Vec<usize> = (first..side.min(first + ROWS)).collect();
        let row = |y: &usize| -> Vec<u8> {
            let heights = (0..side).map(|x| height(x.cast_signed() as i64, y.cast_signed() as i64));
            heights.flat_map(i32::to_le_bytes).collect()
        };
        let rows: Vec<Vec<u8>> = rows.par_iter().map(row).collect();
        for row in rows {
            digest = mix(digest ^ row.iter().map(|byte| u64::from(*byte)).sum::<u64>());
            out.write_all(&row)?;
        }
    }
    out.flush()?;
    let header = format!(
        "ENVI\nsamples = {side}\nlines = {side}\nbands = 1\nheader offset = 0\ndata type = 3\ninterleave = bsq\nbyte order = 0\n\
         description = {{{digest:016x}}}\n"
    );
    std::fs::write(format!("{file}.hdr"), header)?;
    Ok(())
}
