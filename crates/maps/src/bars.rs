//! The bar of kilometres, the bar of walking minutes, the north arrow and the notes under them.

use crate::{Anchor, Colour, Face, Group, Item, Layout, Lines, Paint, Pen, Window, Words};
use geo_types::Coord;

const SIZE: f64 = 2.3;
const BAR: f64 = 1.1;
const ARROW: f64 = 8.0;
const NOTE: f64 = 2.0;

/// Metres of the longest bar with a round length (1, 2 or 5 and zeros) that takes `most_mm` at the most.
pub fn bar_length(metres_per_mm: f64, most_mm: f64) -> f64 {
    let most = metres_per_mm * most_mm;
    let mut best = 1.0;
    let mut unit = 1.0;
    while unit <= most {
        for times in [1.0, 2.0, 5.0] {
            if unit * times <= most {
                best = unit * times;
            }
        }
        unit *= 10.0;
    }
    best
}

/// Minutes of the longest walking bar with a usual length that takes `most_mm` at the most.
pub fn walk_bar_minutes(metres_per_mm: f64, metres_a_minute: f64, most_mm: f64) -> f64 {
    const USUAL: [f64; 16] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 90.0, 120.0, 180.0, 240.0, 360.0, 480.0, 720.0, 1440.0,
    ];
    let most = metres_per_mm * most_mm / metres_a_minute;
    USUAL.into_iter().rev().find(|minutes| *minutes <= most).unwrap_or(1.0)
}

/// Arrow, bars and notes.
pub fn bars(layout: &Layout, window: &Window, words: &Lines) -> Group {
    let (place, by) = (layout.scale, layout.letters);
    let mut items = arrow(
        Coord {
            x: place.x + ARROW * by / 2.0,
            y: place.y,
        },
        &words.north,
        by,
    );
    let x = place.x + (ARROW + 4.0) * by;
    let room = place.right() - x - 6.0 * by;
    let mut y = place.y + 3.2 * by;
    let metres = bar_length(window.metres_per_mm(), room);
    let (unit, each) = if metres >= 1000.0 {
        (&words.kilometres, 1000.0)
    } else {
        (&words.metres, 1.0)
    };
    items.extend(bar(
        Coord { x, y },
        metres / window.metres_per_mm(),
        (metres / each, unit),
        by,
    ));
    y += 4.6 * by;
    if let Some(walk) = &words.walk {
        y += 2.4 * by;
        items.push(Item::Words(Words::plain(
            Coord { x, y },
            &walk.title,
            Face::Regular,
            SIZE * by,
        )));
        y += 3.6 * by;
        let minutes = walk_bar_minutes(window.metres_per_mm(), walk.metres_a_minute, room);
        let length = minutes * walk.metres_a_minute / window.metres_per_mm();
        items.extend(bar(Coord { x, y }, length, (minutes, &walk.unit), by));
        y += 4.6 * by;
    }
    if let Some(ratio) = &words.ratio {
        items.push(Item::Words(Words::plain(
            Coord {
                x: if words.walk.is_some() { place.x } else { x },
                y: y + 1.5 * by,
            },
            ratio,
            Face::Semibold,
            3.2 * by,
        )));
        y += 4.0 * by;
    }
    for line in words
        .notes
        .iter()
        .flat_map(|note| Face::Condensed.wrap(note, NOTE * by, place.width))
    {
        y += 2.6 * by;
        let at = Coord { x: place.x, y };
        items.push(Item::Words(
            Words::plain(at, line, Face::Condensed, NOTE * by).coloured(Colour::GREY),
        ));
    }
    Group { name: "scale", items }
}

/// A bar in two halves with its numbers over it.
fn bar(at: Coord<f64>, length: f64, (value, unit): (f64, &str), by: f64) -> Vec<Item> {
    let half = length / 2.0;
    let rect = |x: f64, width: f64| crate::Rect::new(x, at.y, width, BAR * by).corners();
    let ink = Pen::plain(Colour::INK, 0.2);
    let mut items = vec![
        Item::areas([rect(at.x, half)], Some(Paint::plain(Colour::INK)), Some(ink.clone())),
        Item::areas([rect(at.x + half, half)], Some(Paint::plain(Colour::WHITE)), Some(ink)),
    ];
    let numbers = [
        (0.0, "0".to_owned()),
        (half, short(value / 2.0)),
        (length, format!("{}\u{a0}{unit}", short(value))),
    ];
    for (along, text) in numbers {
        let x = at.x + along;
        let words = Words::plain(Coord { x, y: at.y - 0.8 * by }, text, Face::Regular, SIZE * by);
        items.push(Item::Words(words.anchored(Anchor::Middle)));
    }
    items
}

/// A number without zeros at its end.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn arrow(top: Coord<f64>, letter: &str, by: f64) -> Vec<Item> {
    let at = |dx: f64, dy: f64| top + Coord { x: dx, y: dy } * by;
    let pen = Pen::plain(Colour::INK, 0.25);
    let left = vec![at(0.0, 3.4), at(-2.4, 11.5), at(0.0, 9.6)];
    let right = vec![at(0.0, 3.4), at(2.4, 11.5), at(0.0, 9.6)];
    vec![
        Item::areas([left], Some(Paint::plain(Colour::INK)), Some(pen.clone())),
        Item::areas([right], Some(Paint::plain(Colour::WHITE)), Some(pen)),
        Item::Words(Words::plain(at(0.0, 2.6), letter, Face::Semibold, 3.2 * by).anchored(Anchor::Middle)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_round_and_fit() {
        for (metres_per_mm, metres) in [(25.0, 500.0), (100.0, 2000.0), (43.0, 1000.0), (0.5, 10.0)] {
            assert!(
                (bar_length(metres_per_mm, 27.0) - metres).abs() < 1e-9,
                "{metres_per_mm}"
            );
        }
        assert!((walk_bar_minutes(50.0, 50.0, 27.0) - 20.0).abs() < 1e-9);
    }
}
