//! The relief as a `GeoTIFF`: one band of 32-bit floats, deflate with the floating-point predictor, EPSG:32718.
//!
//! Written by hand so that the bytes depend on nothing but this file and one compressor (TIFF 6.0; Adobe's technical
//! note 3 for the predictor; OGC 19-008r4 for the keys).

use crate::lattice::Lattice;

const ROWS_PER_STRIP: usize = 59;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const DOUBLE: u16 = 12;
const ASCII: u16 = 2;

/// One directory entry: tag, type, number of values, the values as bytes.
type Entry = (u16, u16, usize, Vec<u8>);

/// The bytes of the file. `description` must be ASCII.
pub fn geotiff(lattice: &Lattice, heights: &[f64], description: &str) -> Vec<u8> {
    let strips: Vec<Vec<u8>> = heights
        .chunks(lattice.width * ROWS_PER_STRIP)
        .map(|rows| strip(lattice.width, rows))
        .collect();
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let mut offsets = Vec::new();
    for strip in &strips {
        offsets.extend(word(file.len()));
        file.extend(strip);
    }
    let counts: Vec<u8> = strips.iter().flat_map(|strip| word(strip.len())).collect();
    let entries = entries(lattice, description, (offsets, counts, strips.len()));
    write_directory(&mut file, entries);
    file
}

fn entries(lattice: &Lattice, description: &str, (offsets, counts, strips): (Vec<u8>, Vec<u8>, usize)) -> Vec<Entry> {
    let doubles = |values: &[f64]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
    let citation = "WGS 84 / UTM zone 18S|";
    let keys: [u16; 20] = [
        1, 1, 0, 4, 1024, 0, 1, 1, 1025, 0, 1, 1, 1026, 34737, 22, 0, 3072, 0, 1, 32718,
    ];
    vec![
        (256, LONG, 1, word(lattice.width)),
        (257, LONG, 1, word(lattice.height)),
        (258, SHORT, 1, short(32)),
        (259, SHORT, 1, short(8)),
        (262, SHORT, 1, short(1)),
        (270, ASCII, description.len() + 1, text(description)),
        (273, LONG, strips, offsets),
        (277, SHORT, 1, short(1)),
        (278, LONG, 1, word(ROWS_PER_STRIP)),
        (279, LONG, strips, counts),
        (284, SHORT, 1, short(1)),
        (317, SHORT, 1, short(3)),
        (339, SHORT, 1, short(3)),
        (33550, DOUBLE, 3, doubles(&[lattice.cell, lattice.cell, 0.0])),
        (
            33922,
            DOUBLE,
            6,
            doubles(&[0.0, 0.0, 0.0, lattice.west, lattice.north, 0.0]),
        ),
        (
            34735,
            SHORT,
            keys.len(),
            keys.iter().flat_map(|key| key.to_le_bytes()).collect(),
        ),
        (34737, ASCII, citation.len() + 1, text(citation)),
    ]
}

fn write_directory(file: &mut Vec<u8>, entries: Vec<Entry>) {
    let mut directory = short(u16::try_from(entries.len()).expect("there are few entries"));
    for (tag, kind, count, mut value) in entries {
        if value.len() > 4 {
            align(file);
            let place = word(file.len());
            file.extend(value);
            value = place;
        }
        value.resize(4, 0);
        directory.extend([short(tag), short(kind), word(count), value].concat());
    }
    directory.extend([0; 4]);
    align(file);
    let start = word(file.len());
    file.extend(directory);
    file[4..8].copy_from_slice(&start);
}

/// Rows as floats, most significant bytes first and apart, differenced, then deflated.
fn strip(width: usize, rows: &[f64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 4);
    for row in rows.chunks(width) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "heights are multiples of 1/64 m below 2^18 m: exact"
        )]
        let values: Vec<[u8; 4]> = row.iter().map(|&height| (height as f32).to_be_bytes()).collect();
        let planes: Vec<u8> = (0..4)
            .flat_map(|byte| values.iter().map(move |value| value[byte]))
            .collect();
        bytes.extend(
            planes
                .iter()
                .enumerate()
                .map(|(i, &byte)| if i == 0 { byte } else { byte.wrapping_sub(planes[i - 1]) }),
        );
    }
    miniz_oxide::deflate::compress_to_vec_zlib(&bytes, 9)
}

fn align(file: &mut Vec<u8>) {
    if file.len() % 2 == 1 {
        file.push(0);
    }
}

fn word(value: usize) -> Vec<u8> {
    u32::try_from(value)
        .expect("the file is smaller than 4 GB")
        .to_le_bytes()
        .to_vec()
}

fn short(value: u16) -> Vec<u8> {
    value.to_le_bytes().to_vec()
}

fn text(words: &str) -> Vec<u8> {
    let mut bytes = words.as_bytes().to_vec();
    bytes.push(0);
    bytes
}
