//! Pictures as PNG: a palette where 256 colours do, and an own packer for what pictures of maps repeat.

mod huffman;
mod matches;
mod palette;

use crate::raster::Canvas;
use palette::{NO_FILTER, Palette, Plain};
use std::cell::RefCell;

/// What a pixel is in the file.
#[derive(Clone, Copy)]
enum Kind {
    Rgb = 2,
    Palette = 3,
    Rgba = 6,
}

thread_local! {
    /// The rows before: fresh memory costs more than many a picture.
    static BEFORE: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}
/// Bytes of rows whose memory is kept for the next picture on its thread.
const KEPT: usize = 5_000_000;

/// Bytes of a PNG, without filters: rows of maps repeat those above them, and differences would hide it.
pub(crate) fn png(canvas: &Canvas, opaque: bool) -> Vec<u8> {
    let mut rows = BEFORE.take();
    rows.clear();
    let palette = Palette::write(&canvas.pixels, canvas.width, &mut rows);
    let kind = match &palette {
        Some(_) => Kind::Palette,
        None if opaque => Kind::Rgb,
        None => Kind::Rgba,
    };
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, *b"IHDR", &head(canvas, kind));
    let unit = match &palette {
        Some(palette) => {
            chunk(&mut file, *b"PLTE", &palette.rgb());
            if !opaque {
                chunk(&mut file, *b"tRNS", &palette.opacities());
            }
            1
        }
        None => colours(canvas, opaque, &mut rows),
    };
    chunk(&mut file, *b"IDAT", &zlib(&rows, canvas.width * unit + 1, unit));
    chunk(&mut file, *b"IEND", &[]);
    if rows.capacity() <= KEPT {
        BEFORE.replace(rows);
    }
    file
}

fn head(canvas: &Canvas, kind: Kind) -> Vec<u8> {
    let side = |pixels: usize| u32::try_from(pixels).expect("pictures are limited").to_be_bytes();
    let height = canvas.pixels.len() / canvas.width.max(1);
    let (eight_bits, deflate, filters, whole) = (8, 0, 0, 0);
    let mut head = Vec::with_capacity(13);
    head.extend(side(canvas.width));
    head.extend(side(height));
    head.extend([eight_bits, kind as u8, deflate, filters, whole]);
    head
}

/// The rows with the colours of all pixels, each after the number of its filter; the bytes of a pixel.
fn colours(canvas: &Canvas, opaque: bool, out: &mut Vec<u8>) -> usize {
    out.clear();
    let mut known = Plain::default();
    for row in canvas.pixels.chunks_exact(canvas.width) {
        out.push(NO_FILTER);
        for pixel in row {
            if opaque {
                out.extend_from_slice(&pixel.to_le_bytes()[..3]);
            } else {
                out.extend_from_slice(&known.of(*pixel));
            }
        }
    }
    if opaque { 3 } else { 4 }
}

fn chunk(file: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    let length = u32::try_from(content.len()).expect("pictures are limited");
    file.extend(length.to_be_bytes());
    let start = file.len();
    file.extend(name);
    file.extend_from_slice(content);
    let sum = crc32fast::hash(&file[start..]);
    file.extend(sum.to_be_bytes());
}

/// A zlib stream (RFC 1950) of rows of so many bytes, whose pixels have `unit` bytes.
fn zlib(rows: &[u8], row: usize, unit: usize) -> Vec<u8> {
    const WINDOW_32K_FAST: [u8; 2] = [0x78, 0x01];
    let mut out = WINDOW_32K_FAST.to_vec();
    huffman::write(&matches::found(rows, row, unit), &mut out);
    out.extend(simd_adler32::adler32(&rows).to_be_bytes());
    out
}
