//! A scene as PNG, with the letters drawn from the fonts that the program carries.

use crate::{Anchor, Item, Line, MapError, Paint, Pen, Scene, Words};
use tiny_skia::{Color, FillRule, LineCap, LineJoin, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform};

/// More pixels than this are refused: an A3 sheet at 600 dots an inch.
const MOST_PIXELS: f64 = 72_000_000.0;
const MM_OF_AN_INCH: f64 = 25.4;

impl Scene {
    /// The drawing at `dpi` dots an inch, on white.
    ///
    /// # Errors
    /// When the picture would have no pixel, or more than 72 million.
    pub fn png(&self, dpi: f64) -> Result<Vec<u8>, MapError> {
        let pixmap = self.pixmap(dpi)?;
        pixmap.encode_png().map_err(|error| MapError::Png(error.to_string()))
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive and at most 72 million"
    )]
    pub(crate) fn pixmap(&self, dpi: f64) -> Result<Pixmap, MapError> {
        let scale = dpi / MM_OF_AN_INCH;
        let (width, height) = ((self.width_mm * scale).round(), (self.height_mm * scale).round());
        let fine = width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS;
        let pixmap = fine.then(|| Pixmap::new(width as u32, height as u32)).flatten();
        let mut pixmap = pixmap.ok_or(MapError::PictureSize { width, height })?;
        pixmap.fill(Color::WHITE);
        self.draw(&mut pixmap, scale);
        Ok(pixmap)
    }

    /// Draws it on what is there, with so many pixels a millimetre.
    pub(crate) fn draw(&self, pixmap: &mut Pixmap, scale: f64) {
        let canvas = &mut Canvas {
            pixmap,
            transform: Transform::from_scale(single(scale), single(scale)),
        };
        for item in self.groups.iter().flat_map(|group| &group.items) {
            canvas.item(item);
        }
    }
}

struct Canvas<'a> {
    pixmap: &'a mut Pixmap,
    transform: Transform,
}

impl Canvas<'_> {
    fn item(&mut self, item: &Item) {
        match item {
            Item::Path { lines, fill, pen } => self.path(path_of(lines), fill.as_ref(), pen.as_ref()),
            Item::Disc {
                centre,
                radius,
                fill,
                pen,
            } => {
                let path = PathBuilder::from_circle(single(centre.x), single(centre.y), single(*radius));
                self.path(path, fill.as_ref(), pen.as_ref());
            }
            Item::Words(words) => self.words(words),
        }
    }

    fn path(&mut self, path: Option<Path>, fill: Option<&Paint>, pen: Option<&Pen>) {
        let Some(path) = path else { return };
        if let Some(fill) = fill {
            let paint = paint_of(*fill);
            self.pixmap
                .fill_path(&path, &paint, FillRule::EvenOdd, self.transform, None);
        }
        if let Some(pen) = pen {
            let paint = paint_of(Paint {
                colour: pen.colour,
                opacity: pen.opacity,
            });
            self.pixmap
                .stroke_path(&path, &paint, &stroke_of(pen), self.transform, None);
        }
    }

    fn words(&mut self, words: &Words) {
        let Some(path) = letters(words) else { return };
        if let Some(halo) = words.halo {
            let pen = Pen::plain(halo.colour, halo.width_mm * 2.0);
            let paint = paint_of(Paint::plain(halo.colour));
            self.pixmap
                .stroke_path(&path, &paint, &stroke_of(&pen), self.transform, None);
        }
        let paint = paint_of(Paint::plain(words.colour));
        self.pixmap
            .fill_path(&path, &paint, FillRule::Winding, self.transform, None);
    }
}

fn paint_of(paint: Paint) -> tiny_skia::Paint<'static> {
    let mut out = tiny_skia::Paint::default();
    let alpha = single(paint.opacity.clamp(0.0, 1.0) * 255.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=255"
    )]
    out.set_color_rgba8(paint.colour.red, paint.colour.green, paint.colour.blue, alpha as u8);
    out.anti_alias = true;
    out
}

fn stroke_of(pen: &Pen) -> Stroke {
    Stroke {
        width: single(pen.width_mm),
        line_cap: if pen.round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: StrokeDash::new(pen.dash.iter().map(|length| single(*length)).collect(), 0.0),
        ..Stroke::default()
    }
}

fn path_of(lines: &[Line]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for line in lines {
        for (at, point) in line.points.iter().enumerate() {
            if at == 0 {
                path.move_to(single(point.x), single(point.y));
            } else {
                path.line_to(single(point.x), single(point.y));
            }
        }
        if line.closed {
            path.close();
        }
    }
    path.finish()
}

/// The outlines of a text, placed.
fn letters(words: &Words) -> Option<Path> {
    let font = words.face.font();
    let scale = words.size_mm / f64::from(font.units_per_em());
    let before = match words.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => words.width() / 2.0,
        Anchor::End => words.width(),
    };
    let mut pen = Outline {
        path: PathBuilder::new(),
        x: 0.0,
    };
    for letter in words.text.chars() {
        let Some(glyph) = font.glyph_index(letter).or_else(|| font.glyph_index('n')) else {
            continue;
        };
        font.outline_glyph(glyph, &mut pen);
        pen.x += f32::from(font.glyph_hor_advance(glyph).unwrap_or(0));
    }
    let place = Transform::from_scale(single(scale), single(-scale))
        .post_translate(single(-before), 0.0)
        .post_rotate(single(words.turn))
        .post_translate(single(words.at.x), single(words.at.y));
    pen.path.finish()?.transform(place)
}

struct Outline {
    path: PathBuilder,
    x: f32,
}

impl ttf_parser::OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.x + x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.x + x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.path.quad_to(self.x + x1, y1, self.x + x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.path.cubic_to(self.x + x1, y1, self.x + x2, y2, self.x + x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a hundredth of a millimetre is enough on paper"
)]
fn single(value: f64) -> f32 {
    value as f32
}
