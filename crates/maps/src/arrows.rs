//! Heads along lines: which way water runs.

use crate::flat::Flat;
use crate::symbology::{Arrow, Style};
use crate::{Item, Paint};
use geo_types::Coord;

/// Half the width of a head for a length of 1.
const HALF: f64 = 0.42;

/// The heads of the lines of a thing that has no areas.
pub fn arrows(flat: &Flat, style: &Style) -> Option<Item> {
    let (arrow, stroke) = style.arrow.as_ref().zip(style.stroke.as_ref())?;
    if !flat.rings.is_empty() {
        return None;
    }
    let heads: Vec<_> = flat.lines.iter().flat_map(|line| heads(line, arrow)).collect();
    let paint = Paint {
        colour: stroke.colour,
        opacity: stroke.opacity,
    };
    (!heads.is_empty()).then(|| Item::areas(heads, Some(paint), None))
}

fn heads(line: &[Coord<f64>], arrow: &Arrow) -> Vec<Vec<Coord<f64>>> {
    let (mut out, mut left) = (Vec::new(), arrow.every / 2.0);
    for ends in line.windows(2) {
        let along = ends[1] - ends[0];
        let length = along.x.hypot(along.y);
        while left < length {
            out.push(head(ends[0] + along * (left / length), along / length, arrow.size));
            left += arrow.every;
        }
        left -= length;
    }
    out
}

/// A head whose middle is at a point.
fn head(at: Coord<f64>, along: Coord<f64>, size: f64) -> Vec<Coord<f64>> {
    let across = Coord {
        x: along.y,
        y: -along.x,
    } * (size * HALF);
    let (tip, back) = (at + along * (size / 2.0), at - along * (size / 2.0));
    vec![tip, back + across, at - along * (size * 0.28), back - across]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_stand_at_even_steps_and_point_to_the_end_and_short_lines_have_none() {
        let at = |x: f64| Coord { x, y: 5.0 };
        let arrow = Arrow { size: 2.0, every: 10.0 };
        let found = heads(&[at(0.0), at(4.0), at(26.0)], &arrow);
        let tips: Vec<f64> = found.iter().map(|head| head[0].x).collect();
        assert_eq!(tips, [6.0, 16.0, 26.0]);
        assert!(found[0].iter().all(|corner| corner.x <= 6.0));
        assert!(heads(&[at(0.0), at(4.0)], &arrow).is_empty());
    }
}
