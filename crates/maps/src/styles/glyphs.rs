//! Letters as signed distances (`MapLibre` glyphs), made of the fonts that the program carries.

use crate::Face;
use geo_types::Coord;

/// Pixels of the em, of the rim round each letter, and of the distance at which the field ends.
const EM: f64 = 24.0;
const RIM: i32 = 3;
const REACH: f64 = 8.0;
/// Value of the outline itself, of 256.
const EDGE: f64 = 192.0;

/// The letters of a range of 256 code points of a face, as the protocol buffer that `MapLibre` reads.
pub fn glyphs(face: Face, from: u32) -> Vec<u8> {
    let last = from.saturating_add(255);
    let mut stack = Vec::new();
    bytes_field(&mut stack, 1, face.stack().as_bytes());
    bytes_field(&mut stack, 2, format!("{from}-{last}").as_bytes());
    for code in from..=last {
        if let Some(glyph) = char::from_u32(code).and_then(|letter| glyph(face, letter)) {
            bytes_field(&mut stack, 3, &glyph);
        }
    }
    let mut out = Vec::new();
    bytes_field(&mut out, 1, &stack);
    out
}

#[expect(clippy::cast_possible_truncation, reason = "a letter has some dozens of pixels")]
fn glyph(face: Face, letter: char) -> Option<Vec<u8>> {
    let font = face.font();
    let id = font.glyph_index(letter)?;
    let scale = EM / f64::from(font.units_per_em());
    let mut outline = Outline {
        scale,
        ..Outline::default()
    };
    let bounds = font.outline_glyph(id, &mut outline);
    let advance = (f64::from(font.glyph_hor_advance(id).unwrap_or(0)) * scale).round() as i64;
    let mut out = Vec::new();
    number_field(&mut out, 1, u64::from(u32::from(letter)));
    let Some(bounds) = bounds.filter(|_| !outline.edges.is_empty()) else {
        for field in 3..=6 {
            number_field(&mut out, field, 0);
        }
        number_field(&mut out, 7, advance.unsigned_abs());
        return Some(out);
    };
    let pixel = |units: i16| f64::from(units) * scale;
    let (left, right) = (pixel(bounds.x_min).floor() as i32, pixel(bounds.x_max).ceil() as i32);
    let (low, top) = (pixel(bounds.y_min).floor() as i32, pixel(bounds.y_max).ceil() as i32);
    let mut field = Vec::new();
    for y in 0..top - low + 2 * RIM {
        for x in 0..right - left + 2 * RIM {
            let place = Coord {
                x: f64::from(left - RIM + x) + 0.5,
                y: f64::from(top + RIM - y) - 0.5,
            };
            field.push(outline.value(place));
        }
    }
    bytes_field(&mut out, 2, &field);
    number_field(&mut out, 3, u64::from((right - left).unsigned_abs()));
    number_field(&mut out, 4, u64::from((top - low).unsigned_abs()));
    signed_field(&mut out, 5, i64::from(left));
    // from the top of the em box, as the fonts of MapLibre count
    signed_field(&mut out, 6, i64::from(top) - EM as i64);
    number_field(&mut out, 7, advance.unsigned_abs());
    Some(out)
}

/// Straight edges of a letter, in pixels.
#[derive(Default)]
struct Outline {
    scale: f64,
    edges: Vec<(Coord<f64>, Coord<f64>)>,
    start: Coord<f64>,
    pen: Coord<f64>,
}

impl Outline {
    fn place(&self, x: f32, y: f32) -> Coord<f64> {
        Coord {
            x: f64::from(x) * self.scale,
            y: f64::from(y) * self.scale,
        }
    }

    fn to(&mut self, end: Coord<f64>) {
        self.edges.push((self.pen, end));
        self.pen = end;
    }

    /// 192 on the outline, more inside, less outside; a pixel is 32 steps.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=255"
    )]
    fn value(&self, at: Coord<f64>) -> u8 {
        let mut nearest = f64::INFINITY;
        let mut winding = 0;
        for (start, end) in &self.edges {
            let (along, from) = (*end - *start, at - *start);
            let length = along.x * along.x + along.y * along.y;
            let part = if length > 0.0 {
                ((from.x * along.x + from.y * along.y) / length).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let off = from - along * part;
            nearest = nearest.min(off.x * off.x + off.y * off.y);
            if (start.y <= at.y) != (end.y <= at.y) {
                let x = start.x + (end.x - start.x) * (at.y - start.y) / (end.y - start.y);
                if x > at.x {
                    winding += if end.y > start.y { 1 } else { -1 };
                }
            }
        }
        let distance = if winding == 0 { -nearest.sqrt() } else { nearest.sqrt() };
        (EDGE + distance * 256.0 / REACH).round().clamp(0.0, 255.0) as u8
    }
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.pen = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let end = self.place(x, y);
        self.to(end);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (start, by, end) = (self.pen, self.place(x1, y1), self.place(x, y));
        for step in 1..=6 {
            let t = f64::from(step) / 6.0;
            self.to(start * ((1.0 - t) * (1.0 - t)) + by * (2.0 * t * (1.0 - t)) + end * (t * t));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (start, one, two, end) = (self.pen, self.place(x1, y1), self.place(x2, y2), self.place(x, y));
        for step in 1..=8 {
            let t = f64::from(step) / 8.0;
            let back = 1.0 - t;
            self.to(start * (back * back * back)
                + one * (3.0 * t * back * back)
                + two * (3.0 * t * t * back)
                + end * (t * t * t));
        }
    }

    fn close(&mut self) {
        let start = self.start;
        self.to(start);
    }
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push((value & 0x7f) as u8);
}

fn bytes_field(out: &mut Vec<u8>, field: u64, bytes: &[u8]) {
    varint(out, field << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

fn number_field(out: &mut Vec<u8>, field: u64, value: u64) {
    varint(out, field << 3);
    varint(out, value);
}

fn signed_field(out: &mut Vec<u8>, field: u64, value: i64) {
    number_field(out, field, ((value << 1) ^ (value >> 63)).cast_unsigned());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_dense_within_and_empty_at_its_rim() {
        let glyph = glyph(Face::Semibold, 'I').unwrap();
        let at = glyph.iter().position(|byte| *byte == 2 << 3 | 2).unwrap();
        let field = &glyph[at + 3..];
        assert!(field.iter().take(400).any(|value| *value > 215), "the stem");
        assert!(field[0] < 96, "the corner of the rim lies 3 pixels off");
        assert!(glyphs(Face::Condensed, 0).len() > 20_000);
        let none = glyphs(Face::Condensed, 0x4e00);
        assert!(none.len() < 100, "letters that the font lacks are not there");
    }
}
