//! The letters of features: each appears, in its land where there is room, else beside it with a line to it.

use crate::labels::Room;
use crate::place::Common;
use crate::{Anchor, Colour, Face, Item, Paint, Pen, Rect, Words};
use geo_types::Coord;

/// A letter that wants its place.
pub struct Letter {
    /// What it says.
    pub text: String,
    /// Places inside, the best first. Never empty.
    pub places: Vec<Coord<f64>>,
    /// Ring round it.
    pub colour: Colour,
}

const RIM: f64 = 0.45;
const APART: f64 = 0.5;

/// Size of letters: smaller where there are many.
pub fn size(count: usize) -> f64 {
    match count {
        0..=25 => 3.6,
        26..=60 => 2.9,
        _ => 2.2,
    }
}

/// The places of a letter: in what its area shares with the subject, else in its area, else where the area is nearest.
pub fn places(area: &[Vec<Coord<f64>>], subject: &[Vec<Coord<f64>>], bounds: Rect) -> Vec<Coord<f64>> {
    let found = Common::new(&[area, subject], bounds).deepest();
    if !found.is_empty() && !subject.is_empty() {
        return found;
    }
    let found = Common::new(&[area], bounds).deepest();
    if found.is_empty() { vec![bounds.centre()] } else { found }
}

/// Draws a letter and takes its room: the line to its land, where it stands beside it, and the letter in its ring.
pub fn letter(letter: &Letter, size: f64, room: &mut Room) -> [Vec<Item>; 2] {
    let wide = Face::Semibold.width(&letter.text, size);
    let radius = (size * 0.68).max(wide / 2.0 + size * 0.22);
    let box_at = |centre: Coord<f64>| Rect::about(centre, 2.0 * (radius + APART), 2.0 * (radius + APART));
    let inside = letter
        .places
        .iter()
        .copied()
        .find(|place| room.is_free(&box_at(*place)));
    let anchor = letter.places[0];
    let centre = inside.unwrap_or_else(|| beside(anchor, radius + APART, room));
    room.take(box_at(centre));
    let (mut leader, mut items) = (Vec::new(), Vec::new());
    if inside.is_none() {
        leader.push(Item::lines([vec![anchor, centre]], Pen::plain(Colour::INK, 0.3)));
        leader.push(Item::Disc {
            centre: anchor,
            radius: 0.55,
            fill: Some(Paint::plain(Colour::INK)),
            pen: None,
        });
    }
    items.push(Item::Disc {
        centre,
        radius,
        fill: Some(Paint::plain(Colour::WHITE)),
        pen: Some(Pen::plain(letter.colour, RIM)),
    });
    let at = Coord {
        x: centre.x,
        y: centre.y + size * 0.35,
    };
    items.push(Item::Words(
        Words::plain(at, &letter.text, Face::Semibold, size).anchored(Anchor::Middle),
    ));
    [leader, items]
}

/// The nearest free place round a point, ring by ring; the point itself when the frame is full.
fn beside(anchor: Coord<f64>, half: f64, room: &Room) -> Coord<f64> {
    const DIRECTIONS: u32 = 24;
    const RINGS: u32 = 160;
    for ring in 2..RINGS {
        let away = f64::from(ring) * half * 0.6;
        for direction in 0..DIRECTIONS {
            let turn = f64::from(direction) / f64::from(DIRECTIONS) * std::f64::consts::TAU;
            let centre = Coord {
                x: anchor.x + away * turn.cos(),
                y: anchor.y + away * turn.sin(),
            };
            if room.is_free(&Rect::about(centre, 2.0 * half, 2.0 * half)) {
                return centre;
            }
        }
    }
    anchor
}
