//! A made landscape, the same for ever.

/// The output function of `SplitMix64` (Steele, Lea & Flood 2014).
pub fn mix(x: u64) -> u64 {
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
pub fn height(x: i64, y: i64) -> i32 {
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
