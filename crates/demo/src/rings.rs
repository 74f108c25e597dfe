//! Borders strung into rings, rings sorted into shells and holes.

use crate::mosaic::{Arc, Place};
use crate::patches::OUTSIDE;
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use std::collections::{BTreeMap, BTreeSet};

/// The land of each label: shells anticlockwise, holes clockwise, closed.
pub fn polygons(arcs: &[Arc]) -> BTreeMap<u16, MultiPolygon<f64>> {
    let labels: BTreeSet<u16> = arcs
        .iter()
        .flat_map(|arc| [arc.left, arc.right])
        .filter(|&label| label != OUTSIDE)
        .collect();
    labels
        .into_iter()
        .map(|label| (label, nested(rings(arcs, label))))
        .collect()
}

/// The rings with `label` on their left.
fn rings(arcs: &[Arc], label: u16) -> Vec<Vec<Place>> {
    let mut from: BTreeMap<usize, Vec<(usize, Vec<Place>)>> = BTreeMap::new();
    for arc in arcs {
        if arc.left == label {
            from.entry(arc.ends.0)
                .or_default()
                .push((arc.ends.1, arc.places.clone()));
        }
        if arc.right == label {
            from.entry(arc.ends.1)
                .or_default()
                .push((arc.ends.0, arc.places.iter().rev().copied().collect()));
        }
    }
    let mut rings = Vec::new();
    while let Some(start) = from
        .iter()
        .find(|(_, arcs)| !arcs.is_empty())
        .map(|(corner, _)| *corner)
    {
        let (mut here, mut ring) = (start, Vec::new());
        while let Some((end, places)) = from.get_mut(&here).and_then(Vec::pop) {
            ring.extend(places);
            here = end;
            if here == start {
                break;
            }
        }
        ring.dedup();
        rings.push(ring);
    }
    rings.retain(|ring| ring.len() > 3);
    rings
}

/// Twice the signed area: positive anticlockwise.
pub fn doubled_area(ring: &[Place]) -> f64 {
    let (e0, n0) = ring[0];
    ring.windows(2)
        .map(|pair| (pair[0].0 - e0) * (pair[1].1 - n0) - (pair[1].0 - e0) * (pair[0].1 - n0))
        .sum()
}

/// Whether a place lies inside a closed ring, by crossings to the east.
pub fn surrounds(ring: &[Place], (e, n): Place) -> bool {
    let crossings = ring.windows(2).filter(|pair| {
        let ((ae, an), (be, bn)) = (pair[0], pair[1]);
        (an > n) != (bn > n) && e < (be - ae) * (n - an) / (bn - an) + ae
    });
    crossings.count() % 2 == 1
}

fn nested(rings: Vec<Vec<Place>>) -> MultiPolygon<f64> {
    let (mut shells, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| doubled_area(ring) > 0.0);
    shells.sort_by(|a, b| doubled_area(b).total_cmp(&doubled_area(a)));
    let mut held: Vec<Vec<Vec<Place>>> = vec![Vec::new(); shells.len()];
    for hole in holes {
        let at = shells.iter().rposition(|shell| surrounds(shell, hole[0])).unwrap_or(0);
        if let Some(holes) = held.get_mut(at) {
            holes.push(hole);
        }
    }
    let built = shells.into_iter().zip(held);
    MultiPolygon(
        built
            .map(|(shell, holes)| Polygon::new(line(shell), holes.into_iter().map(line).collect()))
            .collect(),
    )
}

/// Places as a line of the geometry library.
pub fn line(places: Vec<Place>) -> LineString<f64> {
    places.into_iter().map(|(x, y)| Coord { x, y }).collect()
}
