//! Times the way from eight criteria to outlined zones on a made territory.
//!
//! `zone_bench SIDE THREADS [FOLDER]` makes SIDE × SIDE cells (the same for ever), and prints one line of JSON with the seconds and the
//! seconds of processor time of each step. With FOLDER it also writes the classes before and after the sieve, one byte for each cell, and a
//! line for each polygon, so that other programs can be given the same and their results compared.

use rayon::prelude::*;
use std::fmt::Write as _;
use std::time::Instant;
use zoning::{Engine, Grids, draws, pieces, read_model, sieve};

const CRITERIA: usize = 8;

/// The output function of `SplitMix64` (Steele, Lea & Flood 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// 0 to 1 for a point of a lattice.
fn lattice(seed: usize, x: usize, y: usize) -> f32 {
    let word = (x as u64) << 34 ^ (y as u64) << 8 ^ seed as u64;
    f32::from(u16::try_from(mix(word) >> 48).expect("16 bits")) / 65_535.0
}

/// A row of a smooth surface with a wave of 2^octave cells, added to what stands there.
fn add_wave(row: &mut [f32], (seed, octave, height): (usize, usize, f32), y: usize) {
    let step = 1 << octave;
    let smooth = |place: usize| {
        let t = (place % step) as f32 / step as f32;
        t * t * (3.0 - 2.0 * t)
    };
    let down = smooth(y);
    let at = |column: usize| {
        let (above, below) = (lattice(seed, column, y / step), lattice(seed, column, y / step + 1));
        above + (below - above) * down
    };
    let (mut left, mut right) = (at(0), at(1));
    for (x, value) in row.iter_mut().enumerate() {
        if x > 0 && x % step == 0 {
            (left, right) = (right, at(x / step + 1));
        }
        *value += height * (left + (right - left) * smooth(x));
    }
}

fn made(side: usize, criterion: usize) -> Vec<f32> {
    let mut cells = vec![0.0; side * side];
    cells.par_chunks_mut(side).enumerate().for_each(|(y, row)| {
        for (octave, height) in [(7, 60.0), (5, 30.0), (2, 10.0)] {
            add_wave(row, (criterion * 16 + octave, octave, height), y);
        }
    });
    cells
}

fn model_text() -> String {
    let mut text = "name = \"medida\"\ntitle = \"Medida\"\nepsg = 32718\ncell = 30.0\nscale = 100000\nminimum_unit_ha = 4.0\nsmoothing = \"none\"\n\
                    agreed = { by = \"nadie\", on = \"2026-01-01\" }\n"
        .to_owned();
    for criterion in 0..CRITERIA {
        let _ = write!(
            text,
            "[criteria.c{criterion}]\nsource = \"c{criterion}\"\nto_grid = \"nearest\"\nunit = \"-\"\n\
             value = {{ function = \"linear\", points = [10, 90], slope = \"rising\" }}\n"
        );
    }
    let members: Vec<String> = (0..CRITERIA).map(|criterion| format!("\"c{criterion}\"")).collect();
    let weights: Vec<String> = [20, 18, 15, 13, 12, 9, 7, 6]
        .iter()
        .enumerate()
        .map(|(at, weight)| format!("c{at} = {weight}"))
        .collect();
    let _ = write!(
        text,
        "[submodels.valor]\ntitle = \"Valor\"\nmembers = [{}]\ncombine = \"linear\"\nweights = {{ method = \"direct\", {} }}\n\
         classes = [\"1\", \"2\", \"3\", \"4\", \"5\"]\nbreaks = [0.42, 0.48, 0.53, 0.59]\n",
        members.join(", "),
        weights.join(", ")
    );
    for class in 1..=5 {
        let _ = write!(
            text,
            "[zones.Z{class}]\ntitle = \"Z{class}\"\ncategory = \"a\"\n[[rules]]\nname = \"r{class}\"\nwhen = {{ valor = \"{class}\" }}\nzone = \"Z{class}\"\n"
        );
    }
    text
}

/// Seconds of processor time that the process has used, where the system tells.
fn processor_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|word| word.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

fn timed<T>(name: &str, times: &mut String, run: impl FnOnce() -> T) -> T {
    let (began, spent) = (Instant::now(), processor_seconds());
    let result = run();
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), processor_seconds() - spent);
    let _ = write!(times, "\"{name}_s\": {seconds:.3}, \"{name}_cpu_s\": {cpu:.2}, ");
    result
}

#[expect(clippy::print_stdout, reason = "a program that prints its measurements")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [side, threads, folder @ ..] = arguments.as_slice() else {
        return Err("zone_bench SIDE THREADS [FOLDER]".into());
    };
    let (side, threads): (usize, usize) = (side.parse()?, threads.parse()?);
    let grids: Vec<Vec<f32>> = (0..CRITERIA).map(|criterion| made(side, criterion)).collect();
    let values: Vec<&[f32]> = grids.iter().map(Vec::as_slice).collect();
    let given = Grids {
        values: &values,
        within: None,
    };
    let model = read_model("medida.toml", &model_text()).map_err(|faults| faults[0].clone())?;
    let engine = Engine::new(&model);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let mut times = String::new();
    let mut codes = vec![7; side * side];
    let rating = timed("rate", &mut times, || {
        pool.install(|| engine.rate(0, &given, (&mut codes, None)))
    })?;
    timed("decide", &mut times, || {
        pool.install(|| engine.decide(&given, &mut codes))
    })?;
    let before = if folder.is_empty() { Vec::new() } else { codes.clone() };
    let sieved = timed("sieve", &mut times, || {
        pool.install(|| sieve(&mut codes, side, model.minimum_cells()))
    })?;
    let found = timed("outline", &mut times, || pool.install(|| pieces(&codes, side)))?;
    let drawn = draws(&model, 100, 40.0, 1);
    let mut keeps = vec![0; side * side];
    timed("draws", &mut times, || {
        pool.install(|| engine.sensitivity(&drawn, &given, &mut keeps))
    })?;
    if let Some(folder) = folder.first() {
        std::fs::write(format!("{folder}/before.raw"), &before)?;
        std::fs::write(format!("{folder}/after.raw"), &codes)?;
        let mut lines = String::new();
        for piece in &found {
            let holes: Vec<usize> = piece.holes.iter().map(Vec::len).collect();
            let _ = writeln!(lines, "{} {} {} {}", piece.code, piece.cells, piece.first, holes.len());
        }
        std::fs::write(format!("{folder}/pieces.txt"), lines)?;
    }
    let rings = |found: &zoning::Piece| found.outer.len() + found.holes.iter().map(Vec::len).sum::<usize>();
    println!(
        "{{\"tool\": \"tupu\", \"cells\": {}, \"threads\": {threads}, {times}\"by_class\": {:?}, \"minimum\": {}, \"merged\": {}, \"left\": {}, \"pieces\": {}, \"corners\": {}}}",
        side * side,
        rating.by_class,
        model.minimum_cells(),
        sieved.merged,
        sieved.left,
        found.len(),
        found.iter().map(rings).sum::<usize>(),
    );
    Ok(())
}
