//! Hatches as plain lines cut at the area: every viewer, printer and page maker draws them alike.

use crate::symbology::{Hatch, HatchKind};
use crate::{Fill, Item, Pen};
use geo_types::Coord;

/// A dot is a short dash with round ends.
const DOT: f64 = 0.01;

/// The hatch of a fill in an area, as lines.
pub fn lines_of(rings: &[Vec<Coord<f64>>], fill: &Fill) -> Option<Item> {
    let Fill { turn, origin, .. } = *fill;
    let moved = |ring: &Vec<Coord<f64>>| -> Vec<Coord<f64>> { ring.iter().map(|point| *point - origin).collect() };
    let from_zero: Vec<Vec<Coord<f64>>> = rings.iter().map(moved).collect();
    let mut item = hatched(&from_zero, &fill.hatch, turn)?;
    if let Item::Path { lines, .. } = &mut item {
        let points = lines.iter_mut().flat_map(|line| &mut line.points);
        points.for_each(|point| *point = *point + origin);
    }
    Some(item)
}

/// How far the hatch of an area is shifted, in millimetres.
pub fn shift_of(hatch: &Hatch, turn: usize) -> f64 {
    const SHIFT: f64 = 0.381_966;
    (turn as f64 * SHIFT).fract() * hatch.spacing
}

/// The hatch of an area. `turn` shifts it by a part of its spacing, so that two areas with the same hatch show that they overlap.
fn hatched(rings: &[Vec<Coord<f64>>], hatch: &Hatch, turn: usize) -> Option<Item> {
    let shift = shift_of(hatch, turn);
    let mut lines = match hatch.kind {
        HatchKind::Lines => rows(rings, hatch.angle, hatch.spacing, shift),
        HatchKind::Cross => {
            let mut lines = rows(rings, hatch.angle, hatch.spacing, shift);
            lines.extend(rows(rings, hatch.angle + 90.0, hatch.spacing, shift));
            lines
        }
        HatchKind::Dots => dots(rings, hatch, shift),
    };
    lines.retain(|line| line.len() > 1);
    let pen = Pen {
        round: hatch.kind == HatchKind::Dots,
        ..Pen::plain(hatch.colour, hatch.width)
    };
    (!lines.is_empty()).then(|| Item::lines(lines, pen))
}

fn rows(rings: &[Vec<Coord<f64>>], angle: f64, spacing: f64, shift: f64) -> Vec<Vec<Coord<f64>>> {
    let back = |x: f64, y: f64| turned(Coord { x, y }, angle);
    spans(rings, angle, spacing, shift)
        .into_iter()
        .flat_map(|(_, y, spans)| {
            spans
                .into_iter()
                .map(move |[from, to]| vec![back(from, y), back(to, y)])
        })
        .collect()
}

fn dots(rings: &[Vec<Coord<f64>>], hatch: &Hatch, shift: f64) -> Vec<Vec<Coord<f64>>> {
    let back = |x: f64, y: f64| turned(Coord { x, y }, hatch.angle);
    let mut dots = Vec::new();
    for (row, y, spans) in spans(rings, hatch.angle, hatch.spacing, shift) {
        let stagger = if row % 2 == 0 { 0.0 } else { hatch.spacing / 2.0 };
        for [from, to] in spans {
            let mut x = ((from - stagger) / hatch.spacing).ceil() * hatch.spacing + stagger;
            while x < to {
                dots.push(vec![back(x, y), back(x + DOT, y)]);
                x += hatch.spacing;
            }
        }
    }
    dots
}

/// Row number, height and inner stretches of each hatch line, in coordinates turned so that the lines are level.
fn spans(rings: &[Vec<Coord<f64>>], angle: f64, spacing: f64, shift: f64) -> Vec<(i64, f64, Vec<[f64; 2]>)> {
    let level: Vec<Vec<Coord<f64>>> = rings
        .iter()
        .map(|ring| ring.iter().map(|point| turned(*point, -angle)).collect())
        .collect();
    let Some(bounds) = crate::flat::bounds(level.iter().flatten()) else {
        return Vec::new();
    };
    let first = row_of(bounds.y - shift, spacing);
    let count = row_of(bounds.bottom() - shift, spacing) - first + 1;
    let mut rows: Vec<Vec<f64>> = vec![Vec::new(); usize::try_from(count).unwrap_or(0)];
    for ring in &level {
        for (start, end) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            cross(
                &mut rows,
                (*start, *end),
                |row| (first + row) as f64 * spacing + shift,
                |y| row_of(y - shift, spacing) - first,
            );
        }
    }
    let mut out = Vec::new();
    for (row, mut crossings) in (first..).zip(rows) {
        crossings.sort_by(f64::total_cmp);
        let spans: Vec<[f64; 2]> = crossings.chunks_exact(2).map(|pair| [pair[0], pair[1]]).collect();
        if !spans.is_empty() {
            out.push((row, row as f64 * spacing + shift, spans));
        }
    }
    out
}

/// Notes where an edge crosses each row between its ends.
fn cross(
    rows: &mut [Vec<f64>],
    (start, end): (Coord<f64>, Coord<f64>),
    height: impl Fn(i64) -> f64,
    row_at: impl Fn(f64) -> i64,
) {
    let (low, high) = (start.y.min(end.y), start.y.max(end.y));
    // one more on each side: a row may lie on an end
    for row in row_at(low).saturating_sub(1).max(0)..=row_at(high) + 1 {
        let y = height(row);
        let crosses = (start.y <= y) != (end.y <= y);
        if let (true, Some(crossings)) = (crosses, usize::try_from(row).ok().and_then(|row| rows.get_mut(row))) {
            crossings.push(start.x + (end.x - start.x) * (y - start.y) / (end.y - start.y));
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "millimetres of paper over tenths of them"
)]
fn row_of(y: f64, spacing: f64) -> i64 {
    (y / spacing).floor() as i64
}

/// Turned about the origin, counter-clockwise as seen on paper, where y runs down.
fn turned(point: Coord<f64>, degrees: f64) -> Coord<f64> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    Coord {
        x: point.x * cos + point.y * sin,
        y: point.y * cos - point.x * sin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Colour, Rect};

    fn hatch(kind: HatchKind) -> Hatch {
        Hatch {
            kind,
            angle: 45.0,
            spacing: 1.0,
            width: 0.2,
            colour: Colour::INK,
        }
    }

    fn drawn(kind: HatchKind, turn: usize) -> Vec<Vec<Coord<f64>>> {
        let area = Rect::new(0.0, 0.0, 20.0, 10.0).corners();
        let hole = Rect::new(5.0, 2.0, 4.0, 4.0).corners();
        match hatched(&[area, hole], &hatch(kind), turn) {
            Some(Item::Path { lines, .. }) => lines.into_iter().map(|line| line.points).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn hatch_lines_stay_inside_and_out_of_holes_and_cover_the_area_evenly() {
        let lines = drawn(HatchKind::Lines, 0);
        let middle = |line: &Vec<Coord<f64>>| Coord {
            x: f64::midpoint(line[0].x, line[1].x),
            y: f64::midpoint(line[0].y, line[1].y),
        };
        let (area, hole) = (
            Rect::new(0.0, 0.0, 20.0, 10.0).grown(1e-6),
            Rect::new(5.0, 2.0, 4.0, 4.0).grown(-1e-6),
        );
        assert!(
            lines
                .iter()
                .all(|line| area.has(middle(line)) && !hole.has(middle(line)))
        );
        let length: f64 = lines
            .iter()
            .map(|line| (line[0].x - line[1].x).hypot(line[0].y - line[1].y))
            .sum();
        // one line a millimetre: as many millimetres of line as square millimetres of area
        assert!((length - (200.0 - 16.0)).abs() < 6.0, "{length}");
        assert!(
            lines
                .iter()
                .all(|line| ((line[1].x - line[0].x) + (line[1].y - line[0].y)).abs() < 1e-6),
            "45° up to the right"
        );
    }

    #[test]
    fn the_same_hatch_over_itself_does_not_coincide() {
        let (one, other) = (drawn(HatchKind::Lines, 0), drawn(HatchKind::Lines, 1));
        assert!(one.iter().all(|line| !other.contains(line)));
        assert!(drawn(HatchKind::Dots, 0).len() > 150 && drawn(HatchKind::Cross, 0).len() > 30);
    }
}
