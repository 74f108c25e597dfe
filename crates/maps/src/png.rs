//! A scene as PNG, with the letters drawn from the fonts that the program carries.

use crate::raster::Canvas;
use crate::{Colour, MapError, Scene, packed};

/// More pixels than this are refused: an A3 sheet at 600 dots an inch.
const MOST_PIXELS: f64 = 72_000_000.0;
const MM_OF_AN_INCH: f64 = 25.4;

impl Scene {
    /// The drawing at `dpi` dots an inch, on white.
    ///
    /// # Errors
    /// When the picture would have no pixel, or more than 72 million.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and at most 72 million"
    )]
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, MapError> {
        let scale = dpi / MM_OF_AN_INCH;
        let (width, height) = ((self.width_mm * scale).round(), (self.height_mm * scale).round());
        if !(width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS) {
            return Err(MapError::PictureSize { width, height });
        }
        let mut canvas = Canvas::new(width as usize, height as usize, Some(Colour::WHITE));
        self.draw(&mut canvas, scale);
        Ok(packed::png(&canvas, true))
    }

    /// The drawing as PNG, `pixels` wide and high, on a colour or transparent. Palettes where 256 colours do, for they are smaller.
    ///
    /// # Errors
    /// As [`Scene::png`].
    pub fn picture(&self, (width, height): (u32, u32), background: Option<Colour>) -> Result<Vec<u8>, MapError> {
        let (wide, high) = (f64::from(width), f64::from(height));
        if width == 0 || height == 0 || wide * high > MOST_PIXELS {
            return Err(MapError::PictureSize {
                width: wide,
                height: high,
            });
        }
        let mut canvas = Canvas::new(width as usize, height as usize, background);
        self.draw(&mut canvas, wide / self.width_mm);
        Ok(packed::png(&canvas, background.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Group, Item, Paint, Rect};
    use proptest::prelude::*;
    use tiny_skia::Pixmap;

    fn scene(colours: u8) -> Scene {
        let items = (0..colours).map(|at| {
            let colour = Colour::new(at, 255 - at, 77);
            let square = Rect::new(f64::from(at % 16), f64::from(at / 16), 1.0, 1.0);
            Item::areas([square.corners()], Some(Paint { colour, opacity: 0.5 }), None)
        });
        Scene {
            width_mm: 16.0,
            height_mm: 16.0,
            groups: vec![Group {
                name: "x",
                items: items.collect(),
            }],
            ..Scene::default()
        }
    }

    #[test]
    fn every_kind_of_picture_shows_the_same_colours() {
        for (colours, side) in [(3_u8, 16_u32), (250, 160), (250, 157)] {
            for background in [None, Some(Colour::WHITE)] {
                let scene = scene(colours);
                let mut canvas = Canvas::new(side as usize, side as usize, background);
                scene.draw(&mut canvas, f64::from(side) / 16.0);
                let read = Pixmap::decode_png(&scene.picture((side, side), background).unwrap()).unwrap();
                for (wanted, read) in canvas.pixels.iter().zip(read.pixels()) {
                    let read = [read.red(), read.green(), read.blue(), read.alpha()];
                    let far = wanted
                        .to_le_bytes()
                        .iter()
                        .zip(read)
                        .map(|(one, other)| one.abs_diff(other))
                        .max();
                    assert!(far.unwrap() <= 2, "premultiplied parts are rounded: {far:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_transparent() {
        let read = Pixmap::decode_png(&scene(0).picture((4, 4), None).unwrap()).unwrap();
        assert!(read.data().iter().all(|part| *part == 0));
    }

    proptest! {
        #[test]
        fn another_reader_finds_the_pixels_again(
            width in 1_usize..70,
            seeds in prop::collection::vec((any::<u32>(), 1_usize..300), 1..400),
            few in any::<bool>(),
        ) {
            let mut canvas = Canvas::new(width, 60, Some(Colour::WHITE));
            let all = seeds.iter().flat_map(|(pixel, count)| std::iter::repeat_n(if few { pixel % 7 * 9 } else { *pixel }, *count));
            for (pixel, seed) in canvas.pixels.iter_mut().zip(all) {
                *pixel = 255 << 24 | seed;
            }
            let file = packed::png(&canvas, true);
            let mut reader = ::png::Decoder::new(std::io::Cursor::new(&file));
            reader.set_transformations(::png::Transformations::EXPAND);
            let mut reader = reader.read_info().unwrap();
            let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut bytes).unwrap();
            let wanted: Vec<u8> = canvas.pixels.iter().flat_map(|pixel| pixel.to_le_bytes().into_iter().take(3)).collect();
            prop_assert_eq!(bytes, wanted);
        }
    }
}
