//! Pixels, and shapes laid over them one after another.

use super::{
    ink::{Ink, Pixel, over, premultiplied},
    mask::{Mask, Rule},
    weave::{Cloth, Weave},
};
use crate::{Colour, Fill, Paint};
use std::cell::RefCell;

/// Pixels of a canvas whose memory is kept for the next one on its thread: some 10 MB a thread, at most.
const KEPT: usize = 1_200_000;

thread_local! {
    /// The canvas before: fresh memory costs more than many a picture.
    static BEFORE: RefCell<Option<(Vec<Pixel>, Mask)>> = const { RefCell::new(None) };
}

/// A picture while it is drawn.
pub(crate) struct Canvas {
    /// Pixels a side.
    pub width: usize,
    /// Row after row from the top left; premultiplied.
    pub pixels: Vec<Pixel>,
    /// What is drawn next.
    pub(super) mask: Mask,
    /// Paints that were used, as inks.
    inks: Vec<(Paint, Ink)>,
    /// Hatches that were used.
    cloths: Vec<Cloth>,
}

impl Canvas {
    /// One of a colour, or of nothing.
    pub(crate) fn new(width: usize, height: usize, background: Option<Colour>) -> Self {
        let ground = background.map_or(0, |colour| premultiplied(colour, 1.0));
        let (mut pixels, mask) = BEFORE.take().unwrap_or_default();
        pixels.clear();
        pixels.resize(width * height, ground);
        Self {
            width,
            pixels,
            mask: mask.sized(width, height),
            inks: Vec::new(),
            cloths: Vec::new(),
        }
    }

    /// Lays what is in the mask over the picture in one paint.
    pub(super) fn fill(&mut self, rule: Rule, paint: Paint) {
        let ink = self.ink(paint);
        let (width, pixels) = (self.width, &mut self.pixels);
        self.mask.sweep(rule, |y, columns, level| {
            let row = &mut pixels[y * width + columns.start..y * width + columns.end];
            let above = ink.at(level);
            if above >> 24 == 255 {
                row.fill(above);
            } else {
                for pixel in row {
                    *pixel = over(*pixel, above);
                }
            }
        });
    }

    /// Lays what is in the mask over the picture with its hatch, with so many pixels a millimetre.
    pub(super) fn weave(&mut self, fill: &Fill, scale: f64) {
        let known = self.cloths.iter().position(|cloth| cloth.is_of(fill, scale));
        let at = known.unwrap_or_else(|| {
            self.cloths.push(Cloth::of(fill, scale));
            self.cloths.len() - 1
        });
        let weave = Weave::of(fill, scale, &self.cloths[at]);
        let (width, pixels) = (self.width, &mut self.pixels);
        self.mask.sweep(Rule::EvenOdd, |y, columns, level| {
            let row = &mut pixels[y * width + columns.start..y * width + columns.end];
            weave.lay((columns.start, y), row, level);
        });
    }

    /// The steps of a paint; layers have few paints, and many features of each.
    fn ink(&mut self, paint: Paint) -> Ink {
        if let Some((_, ink)) = self.inks.iter().find(|(known, _)| *known == paint) {
            return *ink;
        }
        let ink = Ink::of(paint);
        self.inks.push((paint, ink));
        ink
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        if self.pixels.capacity() <= KEPT {
            let kept = (std::mem::take(&mut self.pixels), std::mem::take(&mut self.mask));
            BEFORE.with(|before| before.replace(Some(kept)));
        }
    }
}
