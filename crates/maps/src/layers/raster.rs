//! A scene as a picture of so many pixels, on a colour or on nothing.

use crate::{Colour, MapError, Scene};
use tiny_skia::{Color, Pixmap};

impl Scene {
    /// The drawing as PNG, `pixels` wide and high, on a colour or transparent. Palettes where 256 colours do, for they are smaller.
    ///
    /// # Errors
    /// As [`Scene::png`].
    pub fn picture(&self, pixels: (u32, u32), background: Option<Colour>) -> Result<Vec<u8>, MapError> {
        let pixmap = self.pixels(pixels, background)?;
        encoded(&pixmap, background.is_some())
    }

    fn pixels(&self, (width, height): (u32, u32), background: Option<Colour>) -> Result<Pixmap, MapError> {
        let refused = MapError::PictureSize {
            width: f64::from(width),
            height: f64::from(height),
        };
        let mut pixmap = Pixmap::new(width, height).ok_or(refused)?;
        if let Some(Colour { red, green, blue }) = background {
            pixmap.fill(Color::from_rgba8(red, green, blue, 255));
        }
        self.draw(&mut pixmap, f64::from(width) / self.width_mm);
        Ok(pixmap)
    }
}

/// Up to 256 colours with their opacity, in the order in which they appear.
struct Palette {
    colours: Vec<[u8; 4]>,
    indices: Vec<u8>,
}

impl Palette {
    fn of(pixmap: &Pixmap) -> Option<Self> {
        const SLOTS: usize = 1024;
        let mut table: Vec<Option<([u8; 4], u8)>> = vec![None; SLOTS];
        let mut palette = Self {
            colours: Vec::new(),
            indices: Vec::with_capacity(pixmap.pixels().len()),
        };
        let mut last: Option<([u8; 4], u8)> = None;
        for pixel in pixmap.pixels() {
            let rgba = [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()];
            if let Some((_, index)) = last.filter(|(colour, _)| *colour == rgba) {
                palette.indices.push(index);
                continue;
            }
            let mut slot = (u32::from_le_bytes(rgba).wrapping_mul(0x9E37_79B1) >> 22) as usize;
            let index = loop {
                match table[slot] {
                    Some((colour, index)) if colour == rgba => break index,
                    Some(_) => slot = (slot + 1) % SLOTS,
                    None => {
                        let index = u8::try_from(palette.colours.len()).ok()?;
                        palette.colours.push(rgba);
                        table[slot] = Some((rgba, index));
                        break index;
                    }
                }
            };
            last = Some((rgba, index));
            palette.indices.push(index);
        }
        Some(palette)
    }
}

fn encoded(pixmap: &Pixmap, opaque: bool) -> Result<Vec<u8>, MapError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixmap.width(), pixmap.height());
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let data = if let Some(palette) = Palette::of(pixmap) {
        encoder.set_color(png::ColorType::Indexed);
        // neighbours in a palette are no neighbours in colour: filters would only hurt
        encoder.set_filter(png::Filter::NoFilter);
        let plain = |colour: &[u8; 4]| {
            let colour = tiny_skia::PremultipliedColorU8::from_rgba(colour[0], colour[1], colour[2], colour[3]);
            colour.map(|colour| colour.demultiply())
        };
        let plain: Vec<_> = palette.colours.iter().filter_map(plain).collect();
        let rgb: Vec<u8> = plain
            .iter()
            .flat_map(|colour| [colour.red(), colour.green(), colour.blue()])
            .collect();
        encoder.set_palette(rgb);
        if !opaque {
            encoder.set_trns(plain.iter().map(|colour| colour.alpha()).collect::<Vec<u8>>());
        }
        palette.indices
    } else if opaque {
        encoder.set_color(png::ColorType::Rgb);
        pixmap
            .pixels()
            .iter()
            .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
            .collect()
    } else {
        encoder.set_color(png::ColorType::Rgba);
        pixmap
            .pixels()
            .iter()
            .flat_map(|pixel| {
                let plain = pixel.demultiply();
                [plain.red(), plain.green(), plain.blue(), plain.alpha()]
            })
            .collect()
    };
    let failed = |error: png::EncodingError| MapError::Png(error.to_string());
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(&data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Group, Item, Paint, Rect};

    fn scene(colours: u8) -> Scene {
        let items = (0..colours).map(|at| {
            let colour = Colour::new(at, 255 - at, 77);
            let square = Rect::new(f64::from(at % 16), f64::from(at / 16), 1.0, 1.0);
            Item::areas([square.corners()], Some(Paint { colour, opacity: 0.5 }), None)
        });
        Scene {
            width_mm: 16.0,
            height_mm: 16.0,
            lang: String::new(),
            title: String::new(),
            desc: String::new(),
            groups: vec![Group {
                name: "x",
                items: items.collect(),
            }],
        }
    }

    #[test]
    fn every_kind_of_picture_shows_the_same_colours() {
        for (colours, side) in [(3_u8, 16_u32), (250, 160)] {
            for background in [None, Some(Colour::WHITE)] {
                let scene = scene(colours);
                let wanted = scene.pixels((side, side), background).unwrap();
                let read = Pixmap::decode_png(&scene.picture((side, side), background).unwrap()).unwrap();
                let far = wanted
                    .data()
                    .iter()
                    .zip(read.data())
                    .map(|(one, other)| one.abs_diff(*other))
                    .max();
                assert!(far.unwrap() <= 2, "premultiplied parts are rounded: {far:?}");
            }
        }
    }

    #[test]
    fn nothing_is_transparent() {
        let read = Pixmap::decode_png(&scene(0).picture((4, 4), None).unwrap()).unwrap();
        assert!(read.data().iter().all(|part| *part == 0));
    }
}
