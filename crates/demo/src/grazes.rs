//! Overlaps of a few metres: two drawings of one line, or a cell of the grid that just touches a community.

use crate::grid_blocks::{Block, Grid};
use crate::lattice::TERRITORY;
use crate::mosaic::Place;
use crate::rings::line;
use geo::{Area, BooleanOps, BoundingRect, Euclidean, Intersects, Length, Validation};
use geo_types::{MultiPolygon, Polygon};
use std::collections::BTreeSet;

/// Mean widths in metres that count as a graze here.
const WIDTHS: std::ops::RangeInclusive<f64> = 1.5..=12.0;

/// Twice the area over the perimeter of what two lands share, in metres; none where they share nothing.
pub fn shared_width(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> Option<f64> {
    let (box_a, box_b) = (a.bounding_rect()?, b.bounding_rect()?);
    if !box_a.intersects(&box_b) {
        return None;
    }
    let shared = a.intersection(b);
    let perimeter: f64 = shared
        .iter()
        .flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors()))
        .map(|ring| Euclidean.length(ring))
        .sum();
    (perimeter > 0.0).then(|| 2.0 * shared.unsigned_area() / perimeter)
}

/// The cells of a grid that graze exactly one community, with that community, thinnest first.
pub fn blocks_that_graze(grid: Grid, lands: &[MultiPolygon<f64>]) -> Vec<(Block, usize)> {
    let south = TERRITORY.north - TERRITORY.cell * TERRITORY.height as f64;
    let east = TERRITORY.west + TERRITORY.cell * TERRITORY.width as f64;
    let (low, high) = (
        grid.block_at((TERRITORY.west, south)),
        grid.block_at((east, TERRITORY.north)),
    );
    let mut found = Vec::new();
    for block in (low.0 + 1..high.0 - 1).flat_map(|e| (low.1 + 1..high.1 - 1).map(move |n| (e, n))) {
        let land = grid.land(&BTreeSet::from([block]));
        for (community, other) in lands.iter().enumerate() {
            if let Some(width) = shared_width(&land, other).filter(|width| WIDTHS.contains(width)) {
                found.push((width, block, community));
            }
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found
        .into_iter()
        .map(|(_, block, community)| (block, community))
        .collect()
}

/// Land outside a community that follows its boundary for a while and runs `depth` metres into it.
pub fn along(lands: &[MultiPolygon<f64>], community: usize, depth: f64, reach: f64) -> MultiPolygon<f64> {
    let ring: Vec<Place> = lands[community].0[0]
        .exterior()
        .coords()
        .map(|place| (place.x, place.y))
        .collect();
    let mut best: Option<(f64, MultiPolygon<f64>)> = None;
    for start in (0..ring.len()).step_by(3) {
        for count in [14, 10, 7] {
            let Some(run) = ring.get(start..start + count) else {
                continue;
            };
            let Some(land) = strip(run, depth, reach) else { continue };
            let thin = shared_width(&land, &lands[community]).is_some_and(|width| (depth * 0.6..12.0).contains(&width));
            let alone = (0..lands.len())
                .filter(|&other| other != community)
                .all(|other| !lands[other].intersects(&land));
            let straight = straightness(run);
            if thin && alone && best.as_ref().is_none_or(|(found, _)| straight > *found) {
                best = Some((straight, land));
            }
        }
    }
    best.map_or(MultiPolygon(Vec::new()), |(_, land)| land)
}

/// Length of the chord over length of the run, weighed so that long runs win.
fn straightness(run: &[Place]) -> f64 {
    let length: f64 = run.windows(2).map(|pair| distance(pair[0], pair[1])).sum();
    let chord = distance(run[0], run[run.len() - 1]);
    chord / length * chord.min(700.0)
}

fn distance(a: Place, b: Place) -> f64 {
    libm::sqrt((b.0 - a.0) * (b.0 - a.0) + (b.1 - a.1) * (b.1 - a.1))
}

/// The run moved to its left by `depth`, closed by two corners to its right.
fn strip(run: &[Place], depth: f64, reach: f64) -> Option<MultiPolygon<f64>> {
    let (first, last) = (run[0], *run.last()?);
    let chord = distance(first, last);
    if chord < 300.0 {
        return None;
    }
    let right = ((last.1 - first.1) / chord, -(last.0 - first.0) / chord);
    let moved = |place: Place, by: f64| {
        (
            (100.0 * (place.0 + by * right.0)).round() / 100.0,
            (100.0 * (place.1 + by * right.1)).round() / 100.0,
        )
    };
    let mut ring: Vec<Place> = run.iter().rev().map(|&place| moved(place, -depth)).collect();
    ring.push(moved(first, reach));
    ring.push(moved(
        (0.55 * first.0 + 0.45 * last.0, 0.55 * first.1 + 0.45 * last.1),
        reach * 1.12,
    ));
    ring.push(moved(last, reach * 0.83));
    ring.push(ring[0]);
    let land = MultiPolygon(vec![Polygon::new(line(ring), Vec::new())]);
    (land.is_valid()
        && crate::rings::doubled_area(&land.0[0].exterior().coords().map(|c| (c.x, c.y)).collect::<Vec<_>>()) > 0.0)
        .then_some(land)
}
