//! The borders of outlined land as lines, each once: what two neighbours share is one line.

use crate::{Corner, Outline};
use std::collections::{BTreeMap, BTreeSet};

/// A border line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Border {
    /// Every corner of the grid that it passes, also where it does not turn; the first is not repeated at the end of a closed one.
    pub corners: Vec<Corner>,
    /// Whether it meets no other and comes back to where it began.
    pub closed: bool,
}

/// The borders of outlines that come from one walk of [`outlines`](crate::outlines()): lines between the corners in which three or more
/// meet or one ends, each once and with all corners of the grid along it. Always in the same order.
pub fn borders(outlines: &[Outline]) -> Vec<Border> {
    let mut around: BTreeMap<Corner, BTreeSet<Corner>> = BTreeMap::new();
    for ring in outlines.iter().flat_map(|outline| &outline.parts).flat_map(rings) {
        for (from, to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let mut at = *from;
            while at != *to {
                let next = toward(at, *to);
                around.entry(at).or_default().insert(next);
                around.entry(next).or_default().insert(at);
                at = next;
            }
        }
    }
    let mut walked: BTreeSet<[Corner; 2]> = BTreeSet::new();
    let mut found = Vec::new();
    let meets = |corner: &Corner| around[corner].len() != 2;
    // lines between meetings first; what is left are rings
    for only_meetings in [true, false] {
        for (start, nexts) in around.iter().filter(|(corner, _)| meets(corner) == only_meetings) {
            for next in nexts {
                if !walked.contains(&edge(*start, *next)) {
                    found.push(walk(&around, (*start, *next), &mut walked));
                }
            }
        }
    }
    found
}

fn rings((outer, holes): &(Vec<Corner>, Vec<Vec<Corner>>)) -> impl Iterator<Item = &Vec<Corner>> {
    std::iter::once(outer).chain(holes)
}

/// The next corner on the way along a row or a column.
fn toward([x, y]: Corner, [to_x, to_y]: Corner) -> Corner {
    let step = |from: u32, to: u32| match from.cmp(&to) {
        std::cmp::Ordering::Less => from + 1,
        std::cmp::Ordering::Equal => from,
        std::cmp::Ordering::Greater => from - 1,
    };
    [step(x, to_x), step(y, to_y)]
}

fn edge(one: Corner, other: Corner) -> [Corner; 2] {
    [one.min(other), one.max(other)]
}

/// From a corner on through the next one to where lines meet, or back.
fn walk(
    around: &BTreeMap<Corner, BTreeSet<Corner>>,
    (start, next): (Corner, Corner),
    walked: &mut BTreeSet<[Corner; 2]>,
) -> Border {
    let (mut corners, mut at) = (vec![start], next);
    walked.insert(edge(start, next));
    loop {
        let closed = at == start && around[&start].len() == 2;
        if !closed {
            corners.push(at);
        }
        if at == start {
            return Border { corners, closed };
        }
        let nexts = &around[&at];
        let on = nexts.iter().find(|next| !walked.contains(&edge(at, **next)));
        match on {
            Some(next) if nexts.len() == 2 => {
                walked.insert(edge(at, *next));
                at = *next;
            }
            _ => return Border { corners, closed: false },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Grid, Placement, outlines};
    use crs::Crs;
    use proptest::prelude::*;

    fn grid(columns: usize, rows: usize) -> Grid {
        let place = Placement {
            west: 0.0,
            north: 0.0,
            width: 1.0,
            height: 1.0,
        };
        Grid::new(columns, rows, place, Crs::from_epsg(32_718).unwrap()).unwrap()
    }

    #[test]
    fn two_neighbours_share_one_line_and_an_island_is_a_ring() {
        #[rustfmt::skip]
        let labels = [
            1, 1, 2, 2, 0, 0, 0,
            1, 1, 2, 2, 0, 3, 0,
            0, 0, 0, 0, 0, 0, 0,
        ];
        let found = borders(&outlines(&grid(7, 3), &labels, 3));
        let open: Vec<&Border> = found.iter().filter(|border| !border.closed).collect();
        assert_eq!(open.len(), 3, "{found:?}");
        let shared = vec![[2, 0], [2, 1], [2, 2]];
        assert_eq!(open.iter().filter(|border| border.corners == shared).count(), 1);
        assert_eq!(found.len() - open.len(), 1);
        assert_eq!(found.iter().find(|border| border.closed).unwrap().corners.len(), 4);
    }

    proptest! {
        #[test]
        fn every_edge_between_labels_is_drawn_once(labels in prop::collection::vec(0_u32..4, 48)) {
            let found = borders(&outlines(&grid(8, 6), &labels, 3));
            let mut drawn = Vec::new();
            for border in &found {
                let next = border.corners.iter().skip(1).chain(border.corners.first().filter(|_| border.closed));
                drawn.extend(border.corners.iter().zip(next).map(|(a, b)| edge(*a, *b)));
            }
            drawn.sort_unstable();
            let all = drawn.len();
            drawn.dedup();
            prop_assert_eq!(all, drawn.len());
            prop_assert_eq!(drawn, between(&labels));
        }
    }

    fn between(labels: &[u32]) -> Vec<[Corner; 2]> {
        // cells are counted from 1 here, so that there is one before the first
        let at = |x: u32, y: u32| -> u32 {
            let inside = (1..=8).contains(&x) && (1..=6).contains(&y);
            if inside {
                labels[((y - 1) * 8 + x - 1) as usize]
            } else {
                0
            }
        };
        let mut edges = Vec::new();
        for y in 0..=6 {
            for x in 0..=8 {
                if at(x + 1, y + 1) != at(x + 1, y) && x < 8 {
                    edges.push(edge([x, y], [x + 1, y]));
                }
                if at(x + 1, y + 1) != at(x, y + 1) && y < 6 {
                    edges.push(edge([x, y], [x, y + 1]));
                }
            }
        }
        edges.sort_unstable();
        edges
    }
}
