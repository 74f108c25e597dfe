//! Rings of small whole numbers, as screens have them, made into valid polygons.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

/// Valid OGC polygons of the land that rings wind round more than zero times: exteriors have a positive area by the shoelace formula,
/// holes a negative one, and a part that runs the wrong way is no land.
///
/// Rings are open (the last point is not the first again), and so is what comes back: polygons, each its exterior and then
/// its holes. Corners that crossings add are rounded to whole numbers. Points on a straight line are left out.
pub fn tidy_rings(rings: &[Vec<[i32; 2]>]) -> Vec<Vec<Vec<[i32; 2]>>> {
    let contours: Vec<Vec<IntPoint<i64>>> = rings
        .iter()
        .map(|ring| {
            ring.iter()
                .map(|[x, y]| IntPoint::new((*x).into(), (*y).into()))
                .collect()
        })
        .collect();
    let capacity = rings.iter().map(Vec::len).sum();
    let mut overlay = Overlay::<i64>::new_custom(capacity, IntOverlayOptions::ogc(), Solver::default());
    overlay.add_source(&contours, ShapeType::Subject);
    let polygons = overlay.overlay(OverlayRule::Subject, FillRule::Positive);
    let mut polygons: Vec<Vec<Vec<[i32; 2]>>> = polygons
        .iter()
        .map(|polygon| {
            polygon
                .iter()
                .map(|contour| contour.iter().map(small).collect())
                .collect()
        })
        .collect();
    give_holes_to_their_land(&mut polygons);
    polygons
}

/// Where rings touch at corners the overlay may give a hole to the land beside the one that has it.
fn give_holes_to_their_land(polygons: &mut [Vec<Vec<[i32; 2]>>]) {
    let mut astray: Vec<Vec<[i32; 2]>> = Vec::new();
    for polygon in &mut *polygons {
        let exterior = polygon[0].clone();
        let (own, others): (Vec<_>, Vec<_>) = polygon.drain(1..).partition(|hole| surrounds(&exterior, hole));
        polygon.extend(own);
        astray.extend(others);
    }
    for hole in astray {
        let around = polygons.iter_mut().filter(|polygon| surrounds(&polygon[0], &hole));
        if let Some(land) = around.min_by_key(|polygon| twice_area(&polygon[0])) {
            land.push(hole);
        }
    }
}

/// Whether a ring lies within another, which it may touch at corners only: the middle of an edge tells.
fn surrounds(ring: &[[i32; 2]], other: &[[i32; 2]]) -> bool {
    let (p, q) = (other[0], other[1]);
    // doubled, so that the middle is whole
    let [x, y] = [i64::from(p[0]) + i64::from(q[0]), i64::from(p[1]) + i64::from(q[1])];
    let doubled = |point: &[i32; 2]| point.map(|value| 2 * i64::from(value));
    let next = ring.iter().cycle().skip(1).map(doubled);
    let mut inside = false;
    for (a, b) in ring.iter().map(doubled).zip(next) {
        if (a[1] > y) != (b[1] > y) {
            let (low, high) = if a[1] < b[1] { (a, b) } else { (b, a) };
            inside ^= (high[0] - low[0]) * (y - low[1]) > (high[1] - low[1]) * (x - low[0]);
        }
    }
    inside
}

fn twice_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let product = |a: i32, b: i32| i64::from(a) * i64::from(b);
    ring.iter()
        .zip(next)
        .map(|(p, q)| product(p[0], q[1]) - product(q[0], p[1]))
        .sum()
}

fn small(point: &IntPoint<i64>) -> [i32; 2] {
    let small = |value: i64| i32::try_from(value).expect("an overlay stays within the box of what it is given");
    [small(point.x), small(point.y)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_that_crosses_itself_keeps_the_part_that_runs_the_right_way() {
        let bow = [[0, 0], [4, 4], [0, 4], [4, 0]];
        let tidy = tidy_rings(&[bow.iter().rev().copied().collect()]);
        let areas: Vec<i64> = tidy.iter().map(|polygon| twice_area(&polygon[0])).collect();
        assert_eq!(areas, [8], "one of two triangles of four squares each");
    }

    #[test]
    fn a_hole_that_sticks_out_of_its_land_adds_none() {
        let land = vec![[0, 0], [10, 0], [10, 10], [0, 10]];
        let hole = vec![[8, 2], [8, 6], [14, 6], [14, 2]];
        let tidy = tidy_rings(&[land, hole]);
        assert_eq!(tidy.len(), 1);
        assert_eq!(tidy[0].iter().map(|ring| twice_area(ring)).sum::<i64>(), 2 * (100 - 8));
    }

    #[test]
    fn a_spike_vanishes_and_nothing_remains_of_a_ring_without_area() {
        let spiked = [[0, 0], [4, 0], [9, 0], [4, 0], [4, 4]];
        assert_eq!(tidy_rings(&[spiked.to_vec()])[0][0].len(), 3);
        assert!(tidy_rings(&[vec![[0, 0], [4, 0], [9, 0]]]).is_empty());
    }
}
