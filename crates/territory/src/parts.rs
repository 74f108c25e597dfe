//! How many pieces an overlap has, told from its crossings alone (the tracing of Weiler & Atherton 1977, without the vertices).

use crate::crossings::Crossing;
use crate::measure::winding;
use crate::shape::{Ring, Shape, index};

/// Pieces of the intersection. Both lists hold the same crossings, sorted by the edge of the shape walked first in each.
pub(crate) fn count(subject: &Shape, object: &Shape, crossings: &[Crossing], flipped: &[Crossing]) -> u32 {
    let simple = subject.rings.len() == 1 && object.rings.len() == 1;
    if simple && crossings.len() <= 2 {
        return 1;
    }
    let has_holes = |shape: &Shape| shape.rings.iter().any(|ring| !ring.exterior);
    if has_holes(subject) && has_holes(object) {
        // holes that cross holes make cycles that are no pieces: let the overlay build them
        return u32::try_from(crate::overlay::intersection(subject, object).polygons()).unwrap_or(u32::MAX);
    }
    let subject_rings = crossed_rings(subject, crossings);
    let object_rings = crossed_rings(object, flipped);
    cycles(subject, object, crossings)
        + uncrossed_inside(subject, object, &subject_rings, -1.0)
        + uncrossed_inside(object, subject, &object_rings, 1.0)
}

fn ring_of(rings: &[Ring], edge: u32) -> usize {
    rings.partition_point(|ring| ring.first <= edge) - 1
}

fn crossed_rings(shape: &Shape, crossings: &[Crossing]) -> Vec<bool> {
    let mut crossed = vec![false; shape.rings.len()];
    for crossing in crossings {
        crossed[ring_of(&shape.rings, crossing.edge)] = true;
    }
    crossed
}

/// Exterior rings that cross nothing and lie inside: each is the border of a piece.
fn uncrossed_inside(shape: &Shape, other: &Shape, crossed: &[bool], shift: f64) -> u32 {
    let inside = |ring: &Ring| winding(other, shape.points[ring.first as usize], shift) != 0;
    let count = shape
        .rings
        .iter()
        .zip(crossed)
        .filter(|(ring, crossed)| ring.exterior && !**crossed && inside(ring))
        .count();
    index(count)
}

/// Closed walks that follow the subject from where it enters the object, the object from where the subject leaves.
fn cycles(subject: &Shape, object: &Shape, crossings: &[Crossing]) -> u32 {
    let along_subject = order(&subject.rings, crossings, |c| (c.edge, c.along, c.enters));
    let along_object = order(&object.rings, crossings, |c| (c.other_edge, c.other_along, -c.enters));
    let mut seen = vec![false; crossings.len()];
    let mut count = 0;
    for start in 0..crossings.len() {
        if seen[start] || crossings[start].enters < 0 {
            continue;
        }
        count += 1;
        let mut node = start;
        while !seen[node] {
            seen[node] = true;
            node = along_object[along_subject[node]];
        }
    }
    count
}

/// For each crossing the next one along its ring. Ties of the computed place are put in the order in which a boundary can be
/// entered and left.
fn order(rings: &[Ring], crossings: &[Crossing], place: impl Fn(&Crossing) -> (u32, f64, i8)) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..crossings.len()).collect();
    let key = |&node: &usize| {
        let (edge, along, _) = place(&crossings[node]);
        (edge, along)
    };
    sorted.sort_by(|a, b| {
        let ((edge, along), (other_edge, other_along)) = (key(a), key(b));
        edge.cmp(&other_edge).then(along.total_cmp(&other_along))
    });
    let mut next = vec![0; crossings.len()];
    let mut first = 0;
    while first < sorted.len() {
        let ring = ring_of(rings, key(&sorted[first]).0);
        let mut end = first;
        while end < sorted.len() && ring_of(rings, key(&sorted[end]).0) == ring {
            end += 1;
        }
        let nodes = &mut sorted[first..end];
        alternate(nodes, |node| place(&crossings[node]).2);
        for (position, &node) in nodes.iter().enumerate() {
            next[node] = nodes[(position + 1) % nodes.len()];
        }
        first = end;
    }
    next
}

/// Swaps neighbours until entering and leaving alternate; only ties of place can be out of order.
fn alternate(nodes: &mut [usize], sign: impl Fn(usize) -> i8) {
    for position in 1..nodes.len() {
        if sign(nodes[position]) == sign(nodes[position - 1])
            && let Some(other) = (position + 1..nodes.len()).find(|&other| sign(nodes[other]) != sign(nodes[position]))
        {
            nodes[position..=other].rotate_right(1);
        }
    }
}
