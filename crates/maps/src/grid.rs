//! The lines of the UTM grid and the numbers at their ends.

use crate::error::grouped;
use crate::{Anchor, Colour, Face, Group, Item, Lines, Pen, Window, Words};
use geo_types::Coord;

const SIZE: f64 = 2.0;

/// Lines across the frame, and numbers above it and at its left, so much larger than on A4.
pub fn grid(window: &Window, words: &Lines, letters: f64) -> [Group; 2] {
    let (frame, step) = (window.frame, window.grid_step(letters));
    let mut lines = Vec::new();
    let mut numbers = Vec::new();
    let right = window.ground(Coord {
        x: frame.right(),
        y: frame.bottom(),
    });
    for easting in rounds(window.west, right.x, step) {
        let x = window.paper(Coord { x: easting, y: 0.0 }).x;
        lines.push(vec![Coord { x, y: frame.y }, Coord { x, y: frame.bottom() }]);
        let at = Coord { x, y: frame.y - 1.0 };
        numbers.push((at, 0.0, easting, &words.axes[0]));
    }
    for northing in rounds(right.y, window.north, step) {
        let y = window.paper(Coord { x: 0.0, y: northing }).y;
        lines.push(vec![Coord { x: frame.x, y }, Coord { x: frame.right(), y }]);
        let at = Coord { x: frame.x - 1.0, y };
        numbers.push((at, -90.0, northing, &words.axes[1]));
    }
    let pen = Pen {
        opacity: 0.35,
        ..Pen::plain(Colour::GREY, 0.12)
    };
    let said = numbers.into_iter().filter_map(|(at, turn, metres, axis)| {
        let words = Words {
            turn,
            anchor: Anchor::Middle,
            colour: Colour::GREY,
            ..Words::plain(
                at,
                format!("{}\u{a0}{axis}", metres_said(metres)),
                Face::Condensed,
                SIZE * letters,
            )
        };
        // a number at the very corner would stand over the other axis
        let half = words.width() / 2.0;
        let (place, from, to) = if turn < 0.0 {
            (at.y, frame.y, frame.bottom())
        } else {
            (at.x, frame.x, frame.right())
        };
        (place - half >= from && place + half <= to).then_some(Item::Words(words))
    });
    let numbers = said.collect();
    let drawn = if lines.is_empty() {
        Vec::new()
    } else {
        vec![Item::lines(lines, pen)]
    };
    [
        Group {
            name: "grid",
            items: drawn,
        },
        Group {
            name: "grid-numbers",
            items: numbers,
        },
    ]
}

/// The multiples of `step` between two numbers.
fn rounds(from: f64, to: f64, step: f64) -> Vec<f64> {
    let mut all = Vec::new();
    let mut value = (from / step).ceil() * step;
    while value <= to {
        all.push(value);
        value += step;
    }
    all
}

/// Metres with their thousands apart; west of its zone's false zero an easting is negative.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "eastings and northings of the zones are within 12 000 000 of zero"
)]
fn metres_said(metres: f64) -> String {
    let said = grouped(metres.abs().round() as u32);
    if metres <= -0.5 { format!("−{said}") } else { said }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_easting_west_of_zero_has_its_sign() {
        assert_eq!(metres_said(-200_000.0), "−200\u{a0}000");
        assert_eq!((metres_said(0.0), metres_said(-0.1)), ("0".to_owned(), "0".to_owned()));
        assert_eq!(metres_said(8_510_000.0), "8\u{a0}510\u{a0}000");
    }
}
