//! Names: placed by priority, never over another, left out where there is no room.

use crate::flat::Flat;
use crate::place::Common;
use crate::symbology::LabelStyle;
use crate::{Anchor, Halo, Item, Rect, Words};
use geo_types::Coord;

/// What is taken of the frame.
#[derive(Debug)]
pub struct Room {
    frame: Rect,
    taken: Vec<Rect>,
}

impl Room {
    /// A frame with nothing in it.
    pub fn new(frame: Rect) -> Self {
        Self {
            frame: frame.grown(-0.4),
            taken: Vec::new(),
        }
    }

    /// Whether a box lies in the frame and over nothing.
    pub fn is_free(&self, wanted: &Rect) -> bool {
        self.frame.holds(wanted) && !self.taken.iter().any(|taken| taken.meets(wanted))
    }

    /// Takes a box.
    pub fn take(&mut self, taken: Rect) {
        self.taken.push(taken);
    }
}

/// A name that wants its place.
pub struct Label<'a> {
    /// What it says.
    pub text: &'a str,
    /// How it is written.
    pub style: &'a LabelStyle,
    /// What it names.
    pub flat: &'a Flat,
    /// How far a point's symbol reaches.
    pub reach: f64,
}

const HALO: f64 = 0.4;
/// Height of a line over its size, and the part of it over the base line.
const LINE: f64 = 1.15;
const RISE: f64 = 0.78;
/// Part by which another font may be wider than ours.
const SLACK: f64 = 1.04;
const AREA_LINE_MM: f64 = 24.0;

impl Label<'_> {
    /// Draws the name where it finds room; none where it does not.
    pub fn draw(&self, room: &mut Room) -> Option<Vec<Item>> {
        if !self.flat.points.is_empty() {
            self.at_point(room)
        } else if !self.flat.rings.is_empty() {
            self.in_area(room)
        } else {
            self.along_line(room)
        }
    }

    fn words(&self, at: Coord<f64>, text: &str, anchor: Anchor) -> Words {
        Words {
            at,
            text: text.to_owned(),
            face: self.style.face,
            size_mm: self.style.size,
            colour: self.style.colour,
            halo: Some(Halo {
                colour: self.style.halo,
                width_mm: HALO,
            }),
            anchor,
            turn: 0.0,
        }
    }

    fn at_point(&self, room: &mut Room) -> Option<Vec<Item>> {
        let point = self.flat.points[0];
        let size = self.style.size;
        let wide = self.style.face.width(self.text, size) * SLACK;
        let off = self.reach + 0.6;
        let places = [
            (off, size * 0.33, Anchor::Start),
            (-off, size * 0.33, Anchor::End),
            (off * 0.7, -off * 0.7, Anchor::Start),
            (off * 0.7, off * 0.7 + size * RISE, Anchor::Start),
            (-off * 0.7, -off * 0.7, Anchor::End),
            (-off * 0.7, off * 0.7 + size * RISE, Anchor::End),
            (0.0, -off, Anchor::Middle),
            (0.0, off + size * RISE, Anchor::Middle),
        ];
        for (dx, dy, anchor) in places {
            let at = Coord {
                x: point.x + dx,
                y: point.y + dy,
            };
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Middle => at.x - wide / 2.0,
                Anchor::End => at.x - wide,
            };
            let taken = Rect::new(left, at.y - size * RISE, wide, size);
            if room.is_free(&taken) {
                room.take(taken);
                return Some(vec![Item::Words(self.words(at, self.text, anchor))]);
            }
        }
        None
    }

    fn in_area(&self, room: &mut Room) -> Option<Vec<Item>> {
        let size = self.style.size;
        let lines = self.style.face.wrap(self.text, size, AREA_LINE_MM);
        let wide = lines
            .iter()
            .map(|line| self.style.face.width(line, size))
            .fold(0.0, f64::max)
            * SLACK;
        let high = lines.len() as f64 * size * LINE;
        let common = Common::new(&[&self.flat.rings], self.flat.bounds()?);
        // an area that holds less than half a line is too small to be named
        let centre = common
            .deepest()
            .into_iter()
            .take_while(|place| common.depth(*place) > size * 0.5)
            .find(|place| room.is_free(&Rect::about(*place, wide, high)))?;
        room.take(Rect::about(centre, wide, high));
        let mut y = centre.y - high / 2.0;
        let draw = |line: &String| {
            y += size * LINE;
            let at = Coord {
                x: centre.x,
                y: y - size * (LINE - 0.9),
            };
            Item::Words(self.words(at, line, Anchor::Middle))
        };
        Some(lines.iter().map(draw).collect())
    }

    /// Over the straightest stretch that is long enough.
    fn along_line(&self, room: &mut Room) -> Option<Vec<Item>> {
        let size = self.style.size;
        let wide = self.style.face.width(self.text, size) * SLACK;
        let mut stretches: Vec<(f64, Coord<f64>, Coord<f64>)> =
            self.flat.lines.iter().flat_map(|line| stretches(line, wide)).collect();
        stretches.sort_by(|one, other| other.0.total_cmp(&one.0));
        for (straight, start, end) in stretches {
            if straight < 0.9 {
                return None;
            }
            let (start, end) = if end.x < start.x { (end, start) } else { (start, end) };
            let chord = end - start;
            let length = chord.x.hypot(chord.y);
            let along = chord / length;
            let over = Coord {
                x: along.y,
                y: -along.x,
            } * 0.7;
            let middle = (start + end) / 2.0 + over;
            let boxes = boxes_along(middle, along, wide, size);
            if boxes.iter().all(|taken| room.is_free(taken)) {
                room.taken.extend(boxes);
                let words = Words {
                    turn: along.y.atan2(along.x).to_degrees(),
                    ..self.words(middle, self.text, Anchor::Middle)
                };
                return Some(vec![Item::Words(words)]);
            }
        }
        None
    }
}

/// Small boxes that hold a turned line of words.
fn boxes_along(middle: Coord<f64>, along: Coord<f64>, wide: f64, size: f64) -> Vec<Rect> {
    let up = Coord {
        x: along.y,
        y: -along.x,
    } * (size * 0.35);
    let mut boxes = Vec::new();
    let mut at = -wide / 2.0 + size / 2.0;
    while at < wide / 2.0 {
        boxes.push(Rect::about(middle + up + along * at, size * LINE, size * LINE));
        at += size * 0.9;
    }
    boxes
}

/// Stretches of a line about as long as `wide`: how straight each is (chord over length), and its ends.
fn stretches(line: &[Coord<f64>], wide: f64) -> Vec<(f64, Coord<f64>, Coord<f64>)> {
    let mut out = Vec::new();
    for from in 0..line.len() {
        let mut length = 0.0;
        for to in from + 1..line.len() {
            let step = line[to] - line[to - 1];
            length += step.x.hypot(step.y);
            let chord = line[to] - line[from];
            let chord = chord.x.hypot(chord.y);
            if chord >= wide {
                out.push((chord / length, line[from], line[to]));
                break;
            }
        }
    }
    out
}
