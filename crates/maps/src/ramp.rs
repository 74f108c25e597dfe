//! The colours of relief in the legend: a bar of steps with a number at the lower end of each.

use crate::Colour;
use crate::{Anchor, Face, Item, Paint, Pen, Ramp, Rect, Words};
use geo_types::Coord;

/// Letters of the title and of the numbers.
const SIZE: (f64, f64) = (2.5, 2.0);
/// Heights of the title, the bar, its numbers, and the row of what was not measured.
const ROWS: [f64; 4] = [3.9, 3.2, 3.4, 5.0];

/// The bar at the top of a place, and how high it is.
pub fn ramp_items(ramp: &Ramp, place: Rect, by: f64) -> (Vec<Item>, f64) {
    let [title, bar, numbers, missing] = ROWS.map(|high| high * by);
    let at = |x: f64, y: f64| Coord {
        x: place.x + x,
        y: place.y + y,
    };
    let size = SIZE.0 * by * (place.width / Face::CondensedSemibold.width(&ramp.title, SIZE.0 * by)).min(1.0);
    let mut items = vec![Item::Words(Words::plain(
        at(0.0, 2.4 * by),
        &ramp.title,
        Face::CondensedSemibold,
        size,
    ))];
    let box_of = |x: f64, y: f64, wide: f64, colour: Colour| {
        let corners = Rect::new(place.x + x, place.y + y, wide, bar).corners();
        Item::areas(
            [corners],
            Some(Paint::plain(colour)),
            Some(Pen::plain(Colour::INK, 0.12)),
        )
    };
    let wide = place.width.min(54.0 * by) / ramp.steps.len().max(1) as f64;
    for (step, (colour, number)) in ramp.steps.iter().enumerate() {
        let x = step as f64 * wide;
        items.push(box_of(x, title, wide, *colour));
        let words = Words::plain(at(x, title + bar + 2.3 * by), number, Face::Condensed, SIZE.1 * by);
        let (words, start) = if step == 0 {
            (words, Anchor::Start)
        } else {
            (words, Anchor::Middle)
        };
        items.push(Item::Words(words.anchored(start)));
    }
    let mut high = title + bar + numbers + 1.0 * by;
    if let Some((colour, meaning)) = &ramp.missing {
        items.push(box_of(0.0, high, 8.0 * by, *colour));
        let words = Words::plain(at(10.0 * by, high + 2.4 * by), meaning, Face::Condensed, SIZE.0 * by);
        items.push(Item::Words(words));
        high += missing;
    }
    (items, high)
}
