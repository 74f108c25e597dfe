//! Pictures within a drawing: the colours of a raster, laid into a rectangle of paper.

use crate::raster::{Canvas, opaque};
use crate::{Colour, packed};

/// A raster of opaque colours, row after row from the top left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    columns: usize,
    colours: Vec<Colour>,
}

impl Pixels {
    /// So many columns of colours; a last row that is not whole is left out.
    pub fn new(columns: usize, mut colours: Vec<Colour>) -> Self {
        colours.truncate(colours.len() / columns.max(1) * columns);
        Self { columns, colours }
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.colours.len() / self.columns.max(1)
    }

    /// The colours.
    pub fn colours(&self) -> &[Colour] {
        &self.colours
    }

    /// A colour; that of the nearest edge beyond them.
    pub(crate) fn at(&self, column: usize, row: usize) -> Colour {
        let (column, row) = (column.min(self.columns - 1), row.min(self.rows() - 1));
        self.colours[row * self.columns + column]
    }

    /// Bytes of a PNG with a pixel for each colour.
    pub(crate) fn png(&self) -> Vec<u8> {
        let mut canvas = Canvas::new(self.columns, self.rows(), None);
        for (pixel, colour) in canvas.pixels.iter_mut().zip(&self.colours) {
            *pixel = opaque(*colour);
        }
        packed::png(&canvas, true)
    }

    /// The PNG as an address that holds it (RFC 2397).
    pub(crate) fn address(&self) -> String {
        let mut out = "data:image/png;base64,".to_owned();
        write_base64(&self.png(), &mut out);
        out
    }
}

/// RFC 4648, section 4.
fn write_base64(bytes: &[u8], out: &mut String) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let whole = three.iter().fold(0_u32, |whole, byte| whole << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let six = whole >> (18 - 6 * at) & 63;
            out.push(if at > three.len() {
                '='
            } else {
                char::from(LETTERS[six as usize])
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_as_the_standard_writes_them() {
        for (bytes, wanted) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            let mut out = String::new();
            write_base64(bytes.as_bytes(), &mut out);
            assert_eq!(out, wanted);
        }
    }

    #[test]
    fn a_row_that_is_not_whole_is_left_out_and_the_file_shows_the_colours() {
        let colours: Vec<Colour> = (0..7).map(|at| Colour::new(at * 30, 200, 10)).collect();
        let pixels = Pixels::new(3, colours.clone());
        assert_eq!((pixels.columns(), pixels.rows()), (3, 2));
        let read = tiny_skia::Pixmap::decode_png(&pixels.png()).unwrap();
        let seen: Vec<Colour> = read
            .pixels()
            .iter()
            .map(|pixel| Colour::new(pixel.red(), pixel.green(), pixel.blue()))
            .collect();
        assert_eq!(seen, colours[..6]);
    }
}
