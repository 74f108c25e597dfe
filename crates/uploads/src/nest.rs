//! Which ring is a hole of which: Shapefiles say it by direction only.

use crate::raw::Pair;

/// Exteriors with their holes. Clockwise rings are exteriors; a hole goes to the smallest exterior that holds its first vertex,
/// and a hole that lies in none is an exterior of its own.
pub(crate) fn polygons(rings: Vec<Vec<Pair>>) -> Vec<Vec<Vec<Pair>>> {
    let areas: Vec<f64> = rings.iter().map(|ring| signed_area(ring)).collect();
    let boxes: Vec<[f64; 4]> = rings.iter().map(|ring| bounds(ring)).collect();
    // where nothing runs clockwise, the writer did not keep to the rule: the first ring gives the direction
    let clockwise = areas.iter().any(|area| *area < 0.0);
    let is_exterior = |at: usize| {
        if clockwise {
            areas[at] <= 0.0
        } else {
            at == 0 || areas.len() == 1
        }
    };
    let mut owner: Vec<Option<usize>> = vec![None; rings.len()];
    for hole in (0..rings.len()).filter(|&at| !is_exterior(at)) {
        let Some(&start) = rings[hole].first() else { continue };
        let holders =
            (0..rings.len()).filter(|&at| is_exterior(at) && in_box(boxes[at], start) && inside(&rings[at], start));
        owner[hole] = holders.min_by(|&a, &b| areas[a].abs().total_cmp(&areas[b].abs()));
    }
    let mut place = vec![0; rings.len()];
    let mut polygons: Vec<Vec<Vec<Pair>>> = Vec::new();
    let mut holes = Vec::new();
    for (at, ring) in rings.into_iter().enumerate() {
        if let Some(owner) = owner[at] {
            holes.push((owner, ring));
        } else {
            place[at] = polygons.len();
            polygons.push(vec![ring]);
        }
    }
    for (owner, ring) in holes {
        polygons[place[owner]].push(ring);
    }
    polygons
}

fn signed_area(ring: &[Pair]) -> f64 {
    let Some(&(x0, y0)) = ring.first() else { return 0.0 };
    ring.windows(2)
        .map(|edge| (edge[0].0 - x0) * (edge[1].1 - y0) - (edge[1].0 - x0) * (edge[0].1 - y0))
        .sum::<f64>()
        / 2.0
}

fn bounds(ring: &[Pair]) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    ring.iter()
        .fold(start, |b, &(x, y)| [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)])
}

fn in_box([west, south, east, north]: [f64; 4], (x, y): Pair) -> bool {
    (west..=east).contains(&x) && (south..=north).contains(&y)
}

fn inside(ring: &[Pair], (x, y): Pair) -> bool {
    let crossings = ring.windows(2).filter(|edge| {
        let ((x1, y1), (x2, y2)) = (edge[0], edge[1]);
        (y1 > y) != (y2 > y) && x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    });
    crossings.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64, clockwise: bool) -> Vec<Pair> {
        let mut ring = vec![(x, y), (x, y + side), (x + side, y + side), (x + side, y), (x, y)];
        if !clockwise {
            ring.reverse();
        }
        ring
    }

    #[test]
    fn holes_find_their_exterior_in_any_order() {
        let rings = vec![
            square(1.0, 1.0, 1.0, false),
            square(0.0, 0.0, 10.0, true),
            square(20.0, 0.0, 10.0, true),
            square(21.0, 1.0, 1.0, false),
            square(5.0, 5.0, 1.0, false),
        ];
        let polygons = polygons(rings);
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [3, 2]);
    }

    #[test]
    fn rings_that_all_run_the_wrong_way_are_still_land() {
        let polygons = polygons(vec![
            square(0.0, 0.0, 10.0, false),
            square(20.0, 0.0, 10.0, false),
            square(1.0, 1.0, 2.0, false),
        ]);
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
    }
}
