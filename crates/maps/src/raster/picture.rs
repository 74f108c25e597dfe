//! Rasters of colours on a canvas: between the middles of their colours, in whole numbers.

use super::{Canvas, ink::opaque};
use crate::{Colour, Pixels, Rect};

/// Parts of a column of a picture.
const PARTS: usize = 256;

impl Canvas {
    /// Lays a picture over the pixels whose middles its frame holds.
    pub(super) fn picture(&mut self, frame: &Rect, pixels: &Pixels, scale: f64) {
        let height = self.pixels.len() / self.width.max(1);
        let columns = places((frame.x, frame.width), scale, (self.width, pixels.columns()));
        for (y, (row, down)) in places((frame.y, frame.height), scale, (height, pixels.rows())) {
            for (x, (column, across)) in &columns {
                let colour = between(pixels, (*column, row), (*across, down));
                self.pixels[y * self.width + x] = opaque(colour);
            }
        }
    }
}

/// The pixels of a side that a picture covers, each with the place in the picture and the part of the way to the next.
fn places((start, length): (f64, f64), scale: f64, (side, count): (usize, usize)) -> Vec<(usize, (usize, usize))> {
    let (from, to) = (start * scale, (start + length) * scale);
    let inside = |at: &usize| (from..to).contains(&(*at as f64 + 0.5));
    let all = (0..side).filter(inside);
    let most = count.saturating_sub(1) * PARTS;
    all.map(|at| {
        let along = (at as f64 + 0.5 - from) / (to - from) * count as f64 - 0.5;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to the picture"
        )]
        let place = (along.max(0.0) * PARTS as f64) as usize;
        let place = place.min(most);
        (at, (place / PARTS, place % PARTS))
    })
    .collect()
}

fn between(pixels: &Pixels, (column, row): (usize, usize), (across, down): (usize, usize)) -> Colour {
    let corners = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| pixels.at(column + x, row + y));
    let weights = [
        (PARTS - across) * (PARTS - down),
        across * (PARTS - down),
        (PARTS - across) * down,
        across * down,
    ];
    let mixed = |part: fn(&Colour) -> u8| {
        let sum: usize = corners
            .iter()
            .zip(weights)
            .map(|(corner, weight)| usize::from(part(corner)) * weight)
            .sum();
        u8::try_from((sum + PARTS * PARTS / 2) / (PARTS * PARTS)).unwrap_or(255)
    };
    Colour::new(mixed(|of| of.red), mixed(|of| of.green), mixed(|of| of.blue))
}

#[cfg(test)]
mod tests {
    use crate::{Colour, Group, Item, Pixels, Rect, Scene};
    use std::sync::Arc;

    #[test]
    fn a_picture_fills_its_frame_and_nothing_else_and_runs_from_colour_to_colour() {
        let colours = vec![Colour::new(0, 0, 0), Colour::new(200, 100, 50)];
        let item = Item::Picture {
            frame: Rect::new(2.0, 2.0, 8.0, 4.0),
            pixels: Arc::new(Pixels::new(2, colours)),
        };
        let scene = Scene {
            width_mm: 12.0,
            height_mm: 8.0,
            groups: vec![Group {
                name: "x",
                items: vec![item],
            }],
            ..Scene::default()
        };
        let read = tiny_skia::Pixmap::decode_png(&scene.picture((12, 8), Some(Colour::WHITE)).unwrap()).unwrap();
        let red = |x: u32, y: u32| read.pixel(x, y).unwrap().red();
        assert_eq!((red(1, 4), red(10, 4), red(5, 1), red(5, 6)), (255, 255, 255, 255));
        assert_eq!((red(2, 2), red(9, 5)), (0, 200));
        let row: Vec<u8> = (2..10).map(|x| red(x, 3)).collect();
        assert!(row.is_sorted() && row[3] > 60 && row[4] < 140, "{row:?}");
        assert!(scene.svg().contains("<image x=\"2\" y=\"2\" width=\"8\" height=\"4\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,iVBOR"));
    }
}
