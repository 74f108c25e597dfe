//! The outlines of letters as straight edges, in units of their fonts; each letter is flattened once.

use crate::Face;
use geo_types::Coord;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Rings of a letter; `y` runs up.
pub type Rings = Arc<Vec<Vec<Coord<f64>>>>;

/// Stretches of a curve of a letter: letters on maps are some 10 pixels high, on sheets some 60.
const PIECES: u32 = 5;

static KNOWN: LazyLock<Mutex<HashMap<(Face, u16), Rings>>> = LazyLock::new(Mutex::default);

/// The outline of a glyph.
pub fn rings(face: Face, glyph: ttf_parser::GlyphId) -> Rings {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let made = known.entry((face, glyph.0)).or_insert_with(|| {
        let mut pen = Pen::default();
        face.font().outline_glyph(glyph, &mut pen);
        Arc::new(pen.0)
    });
    Arc::clone(made)
}

#[derive(Default)]
struct Pen(Vec<Vec<Coord<f64>>>);

impl Pen {
    fn to(&mut self, point: Coord<f64>) {
        if let Some(ring) = self.0.last_mut() {
            ring.push(point);
        }
    }

    fn here(&self) -> Coord<f64> {
        self.0.last().and_then(|ring| ring.last()).copied().unwrap_or_default()
    }
}

fn at(x: f32, y: f32) -> Coord<f64> {
    Coord {
        x: f64::from(x),
        y: f64::from(y),
    }
}

impl ttf_parser::OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(vec![at(x, y)]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(at(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (start, by, end) = (self.here(), at(x1, y1), at(x, y));
        for step in 1..=PIECES {
            let t = f64::from(step) / f64::from(PIECES);
            let back = 1.0 - t;
            self.to(start * (back * back) + by * (2.0 * t * back) + end * (t * t));
        }
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let (start, one, two, end) = (self.here(), at(x1, y1), at(x2, y2), at(x, y));
        for step in 1..=PIECES * 2 {
            let t = f64::from(step) / f64::from(PIECES * 2);
            let back = 1.0 - t;
            let inner = one * (3.0 * t * back * back) + two * (3.0 * t * t * back);
            self.to(start * (back * back * back) + inner + end * (t * t * t));
        }
    }

    fn close(&mut self) {}
}
