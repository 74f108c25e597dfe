//! Cutting lines and areas at a rectangle, and leaving out points that nobody would see.

use crate::Rect;
use geo_types::Coord;

/// Points nearer than this to the line between their neighbours are left out.
pub const SEEN_MM: f64 = 0.04;

/// The part of a ring inside the rectangle; empty where there is none. Where several parts remain they are joined along the
/// rectangle's edges, which a fill does not show.
pub fn ring(points: &[Coord<f64>], rect: &Rect) -> Vec<Coord<f64>> {
    if points.iter().all(|point| rect.has(*point)) {
        return points.to_vec();
    }
    let mut left = points.to_vec();
    for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
        left = cut(&left, rect, side);
    }
    left
}

/// The parts of an open line inside the rectangle.
pub fn line(points: &[Coord<f64>], rect: &Rect) -> Vec<Vec<Coord<f64>>> {
    let mut parts: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((start, end)) = segment(pair[0], pair[1], rect) else {
            open = false;
            continue;
        };
        match parts.last_mut() {
            Some(part) if open && part.last() == Some(&start) => part.push(end),
            _ => parts.push(vec![start, end]),
        }
        open = end == pair[1];
    }
    parts
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// How far a point is on the inner side.
fn inside(point: Coord<f64>, rect: &Rect, side: Side) -> f64 {
    match side {
        Side::Left => point.x - rect.x,
        Side::Right => rect.right() - point.x,
        Side::Top => point.y - rect.y,
        Side::Bottom => rect.bottom() - point.y,
    }
}

fn cut(points: &[Coord<f64>], rect: &Rect, side: Side) -> Vec<Coord<f64>> {
    let mut out = Vec::with_capacity(points.len() + 4);
    let Some(mut before) = points.last().copied() else {
        return out;
    };
    for &point in points {
        let (depth_before, depth) = (inside(before, rect, side), inside(point, rect, side));
        if (depth_before < 0.0) != (depth < 0.0) {
            out.push(between(before, point, depth_before / (depth_before - depth)));
        }
        if depth >= 0.0 {
            out.push(point);
        }
        before = point;
    }
    out
}

fn between(start: Coord<f64>, end: Coord<f64>, part: f64) -> Coord<f64> {
    Coord {
        x: start.x + (end.x - start.x) * part,
        y: start.y + (end.y - start.y) * part,
    }
}

/// The part of a segment inside the rectangle, by Liang and Barsky.
fn segment(start: Coord<f64>, end: Coord<f64>, rect: &Rect) -> Option<(Coord<f64>, Coord<f64>)> {
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    for side in [Side::Left, Side::Right, Side::Top, Side::Bottom] {
        let (depth, depth_end) = (inside(start, rect, side), inside(end, rect, side));
        let change = depth_end - depth;
        if depth < 0.0 && depth_end < 0.0 {
            return None;
        }
        if depth < 0.0 {
            from = from.max(-depth / change);
        } else if depth_end < 0.0 {
            to = to.min(-depth / change);
        }
    }
    if from >= to {
        return None;
    }
    let first = if from <= 0.0 { start } else { between(start, end, from) };
    let last = if to >= 1.0 { end } else { between(start, end, to) };
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RECT: Rect = Rect::new(0.0, 0.0, 10.0, 10.0);

    fn area(points: &[Coord<f64>]) -> f64 {
        let sum: f64 = points
            .iter()
            .zip(points.iter().cycle().skip(1))
            .map(|(one, next)| one.x * next.y - next.x * one.y)
            .sum();
        sum.abs() / 2.0
    }

    fn at(x: f64, y: f64) -> Coord<f64> {
        Coord { x, y }
    }

    #[test]
    fn a_square_over_a_corner_keeps_its_quarter() {
        let square = [at(5.0, 5.0), at(15.0, 5.0), at(15.0, 15.0), at(5.0, 15.0)];
        assert!((area(&ring(&square, &RECT)) - 25.0).abs() < 1e-9);
        assert!(ring(&square.map(|point| at(point.x + 20.0, point.y)), &RECT).is_empty());
    }

    #[test]
    fn a_line_that_leaves_and_returns_is_two_lines() {
        let parts = line(&[at(1.0, 1.0), at(1.0, 12.0), at(5.0, 12.0), at(5.0, 2.0)], &RECT);
        assert_eq!(
            parts,
            [vec![at(1.0, 1.0), at(1.0, 10.0)], vec![at(5.0, 10.0), at(5.0, 2.0)]]
        );
    }

    proptest! {
        #[test]
        fn what_is_left_lies_inside(points in prop::collection::vec((-20.0..30.0, -20.0..30.0), 3..20)) {
            let points: Vec<Coord<f64>> = points.into_iter().map(|(x, y)| at(x, y)).collect();
            let roomy = RECT.grown(1e-6);
            prop_assert!(ring(&points, &RECT).iter().all(|point| roomy.has(*point)));
            prop_assert!(line(&points, &RECT).concat().iter().all(|point| roomy.has(*point)));
        }
    }
}
