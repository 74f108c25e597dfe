//! The items of a scene, one after another, on a canvas.

use super::{
    Canvas,
    mask::Rule,
    outline,
    stroke::{Nib, dashes, disc},
};
use crate::{Anchor, Fill, Item, Line, Paint, Pen, Scene, Words};
use geo_types::Coord;

impl Scene {
    /// Draws it on what is there, with so many pixels a millimetre.
    pub(crate) fn draw(&self, canvas: &mut Canvas, scale: f64) {
        for item in self.groups.iter().flat_map(|group| &group.items) {
            canvas.item(item, scale);
        }
    }
}

impl Canvas {
    fn item(&mut self, item: &Item, scale: f64) {
        match item {
            Item::Path { lines, fill, pen } => {
                if let Some(fill) = fill {
                    for line in lines {
                        self.mask.ring(line.points.iter().map(|point| *point * scale));
                    }
                    self.fill(Rule::EvenOdd, *fill);
                }
                if let Some(pen) = pen {
                    self.stroke(lines, pen, scale);
                }
            }
            Item::Area { rings, fill } => self.area(rings, fill, scale),
            Item::Disc {
                centre,
                radius,
                fill,
                pen,
            } => self.disc((*centre * scale, radius * scale), *fill, pen.as_ref(), scale),
            Item::Picture { frame, pixels } => self.picture(frame, pixels, scale),
            Item::Words(words) => self.words(words, scale),
        }
    }

    fn area(&mut self, rings: &[Vec<Coord<f64>>], fill: &Fill, scale: f64) {
        for ring in rings {
            self.mask.ring(ring.iter().map(|point| *point * scale));
        }
        self.weave(fill, scale);
    }

    fn stroke(&mut self, lines: &[Line], pen: &Pen, scale: f64) {
        let nib = Nib {
            half: pen.width_mm * scale / 2.0,
            round: pen.round,
        };
        let lengths: Vec<f64> = pen.dash.iter().map(|length| length * scale).collect();
        let mut points: Vec<Coord<f64>> = Vec::new();
        for line in lines {
            points.clear();
            points.extend(line.points.iter().map(|point| *point * scale));
            if lengths.is_empty() {
                nib.draw(&mut self.mask, &points, line.closed);
            } else {
                for dash in dashes(&points, line.closed, &lengths) {
                    nib.draw(&mut self.mask, &dash, false);
                }
            }
        }
        self.fill(Rule::Winding, colour_of(pen));
    }

    fn disc(&mut self, (centre, radius): (Coord<f64>, f64), fill: Option<Paint>, pen: Option<&Pen>, scale: f64) {
        if let Some(fill) = fill {
            disc(&mut self.mask, centre, radius);
            self.fill(Rule::Winding, fill);
        }
        if let Some(pen) = pen {
            // what lies between two circles
            let half = pen.width_mm * scale / 2.0;
            disc(&mut self.mask, centre, radius + half);
            disc(&mut self.mask, centre, (radius - half).max(0.0));
            self.fill(Rule::EvenOdd, colour_of(pen));
        }
    }

    fn words(&mut self, words: &Words, scale: f64) {
        let letters = letters(words, scale);
        if let Some(halo) = words.halo {
            let nib = Nib {
                half: halo.width_mm * scale,
                round: false,
            };
            for ring in &letters {
                nib.draw(&mut self.mask, ring, true);
            }
            self.fill(Rule::Winding, Paint::plain(halo.colour));
        }
        for ring in letters {
            self.mask.ring(ring);
        }
        self.fill(Rule::Winding, Paint::plain(words.colour));
    }
}

fn colour_of(pen: &Pen) -> Paint {
    Paint {
        colour: pen.colour,
        opacity: pen.opacity,
    }
}

/// The outlines of a text, placed, in pixels.
fn letters(words: &Words, scale: f64) -> Vec<Vec<Coord<f64>>> {
    let font = words.face.font();
    let unit = words.size_mm * scale / f64::from(font.units_per_em());
    let (sin, cos) = words.turn.to_radians().sin_cos();
    let mut x = match words.anchor {
        Anchor::Start => 0.0,
        Anchor::Middle => -words.width() * scale / 2.0,
        Anchor::End => -words.width() * scale,
    };
    let mut out = Vec::new();
    for letter in words.text.chars() {
        let Some(glyph) = font.glyph_index(letter).or_else(|| font.glyph_index('n')) else {
            continue;
        };
        for ring in outline::rings(words.face, glyph).iter() {
            let placed = ring.iter().map(|point| {
                let (along, down) = (x + point.x * unit, -point.y * unit);
                words.at * scale
                    + Coord {
                        x: along * cos - down * sin,
                        y: along * sin + down * cos,
                    }
            });
            out.push(placed.collect());
        }
        x += f64::from(font.glyph_hor_advance(glyph).unwrap_or(0)) * unit;
    }
    out
}
