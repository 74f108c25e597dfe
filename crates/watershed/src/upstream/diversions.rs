//! Canals and diversions: edges beside the flow, by which water reaches a node from several parts of the network.

use super::flow::{Flow, FlowError, as_u32};
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

/// Water taken from the lower end of one node and brought to the lower end of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diversion {
    /// The node that it is taken from.
    pub from: u32,
    /// The node that it is brought to.
    pub to: u32,
    /// Its length in millimetres.
    pub length: u32,
}

/// The diversions of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diversions {
    edges: Vec<Diversion>,
    /// Rank of the node it is brought to, and the edge; ascending.
    arrivals: Vec<(u32, u32)>,
    /// The node it is taken from, and the edge; ascending.
    departures: Vec<(u32, u32)>,
}

/// A piece of the network that drains to a node: all that lies upstream of `root`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its lowest node.
    pub root: u32,
    /// Its ranks.
    pub ranks: Range<u32>,
    /// Millimetres from the lower end of `root` to that of the node asked for, by the shortest way.
    pub way: u64,
    /// The diversion by which it arrives, a place in the list given; none for what the flow brings itself.
    pub by: Option<u32>,
}

/// All that drains to a node, by the flow and by diversions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// By their ways; the first is what the flow brings itself. Parts may lie within one another.
    pub parts: Vec<Part>,
    /// The ranks of all parts, ascending and apart.
    pub ranges: Vec<Range<u32>>,
}

impl Diversions {
    /// The diversions of a flow.
    ///
    /// # Errors
    /// A node that is not there.
    pub fn new(flow: &Flow, edges: Vec<Diversion>) -> Result<Self, FlowError> {
        let nodes = flow.len();
        let ends = edges.iter().flat_map(|edge| [edge.from, edge.to]);
        if let Some(node) = ends.into_iter().find(|node| *node as usize >= nodes) {
            return Err(FlowError::NoSuchNode { node, nodes });
        }
        if u32::try_from(edges.len()).is_err() {
            return Err(FlowError::TooMany { nodes: edges.len() });
        }
        let sorted = |key: &dyn Fn(&Diversion) -> u32| {
            let mut keys: Vec<(u32, u32)> = edges.iter().map(key).zip(0..).collect();
            keys.sort_unstable();
            keys
        };
        Ok(Self {
            arrivals: sorted(&|edge| flow.rank(edge.to)),
            departures: sorted(&|edge| edge.from),
            edges,
        })
    }

    /// The diversions, as they were given.
    pub fn edges(&self) -> &[Diversion] {
        &self.edges
    }

    /// All that drains to a node. Loops end: no part is walked twice.
    pub fn upstream(&self, flow: &Flow, node: u32) -> Reached {
        let mut parts: Vec<Part> = Vec::new();
        let mut settled = BTreeSet::new();
        let mut open = BinaryHeap::from([Reverse((0_u64, None, node))]);
        while let Some(Reverse((way, by, root))) = open.pop() {
            if !settled.insert(root) {
                continue;
            }
            let ranks = flow.ranks_upstream(root);
            for (to, edge) in between(&self.arrivals, &ranks) {
                let Diversion { from, length, .. } = self.edges[*edge as usize];
                let along = flow.to_outlet(flow.node(*to)) - flow.to_outlet(root);
                open.push(Reverse((way + along + u64::from(length), Some(*edge), from)));
            }
            parts.push(Part { root, ranks, way, by });
        }
        let ranges = apart(parts.iter().map(|part| part.ranks.clone()).collect());
        Reached { parts, ranges }
    }

    /// All nodes that water of a node reaches, itself first, with the millimetres between their lower ends by the shortest way, nearest first.
    pub fn downstream(&self, flow: &Flow, node: u32) -> Vec<(u32, u64)> {
        let mut reached = Vec::new();
        let mut settled = BTreeSet::new();
        let mut open = BinaryHeap::from([Reverse((0_u64, node))]);
        while let Some(Reverse((way, at))) = open.pop() {
            if !settled.insert(at) {
                continue;
            }
            reached.push((at, way));
            if let Some(next) = flow.next(at) {
                open.push(Reverse((way + u64::from(flow.length(next)), next)));
            }
            for (_, edge) in between(&self.departures, &(at..at + 1)) {
                let Diversion { to, length, .. } = self.edges[*edge as usize];
                open.push(Reverse((way + u64::from(length), to)));
            }
        }
        reached
    }
}

/// The entries whose keys lie in a range.
fn between<'a>(sorted: &'a [(u32, u32)], keys: &Range<u32>) -> &'a [(u32, u32)] {
    let from = sorted.partition_point(|(key, _)| *key < keys.start);
    let end = from + sorted[from..].partition_point(|(key, _)| *key < keys.end);
    &sorted[from..end]
}

/// Ranges of which any two are apart or one within the other, without those within.
fn apart(mut ranges: Vec<Range<u32>>) -> Vec<Range<u32>> {
    ranges.sort_unstable_by_key(|range| (range.start, Reverse(range.end)));
    let mut end = 0;
    ranges.retain(|range| {
        let fresh = range.start >= end;
        end = end.max(range.end);
        fresh
    });
    ranges
}

impl Reached {
    /// How many nodes drain to the node, itself included.
    pub fn count(&self) -> usize {
        self.ranges.iter().map(ExactSizeIterator::len).sum()
    }

    /// The nodes, each once, by their ranks.
    pub fn nodes<'a>(&'a self, flow: &'a Flow) -> impl Iterator<Item = u32> + 'a {
        self.ranges.iter().cloned().flatten().map(|rank| flow.node(rank))
    }

    /// Whether a node drains to the node.
    pub fn holds(&self, flow: &Flow, node: u32) -> bool {
        let rank = flow.rank(node);
        let after = self.ranges.partition_point(|range| range.start <= rank);
        after > 0 && self.ranges[after - 1].contains(&rank)
    }

    /// Millimetres from the lower end of a node by the shortest way, and the part that it belongs to; none where it does not drain here.
    pub fn path(&self, flow: &Flow, node: u32) -> Option<(u64, &Part)> {
        let rank = flow.rank(node);
        let parts = self.parts.iter().filter(|part| part.ranks.contains(&rank));
        parts
            .map(|part| (part.way + flow.to_outlet(node) - flow.to_outlet(part.root), part))
            .min_by_key(|(way, part)| (*way, part.by.map_or(0, |by| by + 1), as_u32(part.root as usize)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two valleys: 3 → 2 → 1 → 0 and 6 → 5 → 4, each node 10 mm long.
    fn valleys() -> Flow {
        Flow::new(&[None, Some(0), Some(1), Some(2), None, Some(4), Some(5)], &[10; 7]).unwrap()
    }

    #[test]
    fn a_canal_brings_what_lies_above_its_intake() {
        let flow = valleys();
        let canal = Diversion {
            from: 5,
            to: 2,
            length: 100,
        };
        let canals = Diversions::new(&flow, vec![canal]).unwrap();
        let reached = canals.upstream(&flow, 1);
        assert_eq!(reached.nodes(&flow).collect::<Vec<_>>(), [1, 2, 3, 5, 6]);
        assert!(!reached.holds(&flow, 4) && !reached.holds(&flow, 0) && reached.holds(&flow, 6));
        assert_eq!(
            reached.path(&flow, 6).map(|(way, part)| (way, part.by)),
            Some((10 + 100 + 10, Some(0)))
        );
        assert_eq!(canals.upstream(&flow, 3).count(), 1, "the canal arrives below it");
        assert_eq!(
            canals.downstream(&flow, 6),
            [(6, 0), (5, 10), (4, 20), (2, 110), (1, 120), (0, 130)]
        );
    }

    #[test]
    fn canals_that_make_a_loop_end_and_count_nothing_twice() {
        let flow = valleys();
        let edge = |from, to, length| Diversion { from, to, length };
        let canals = Diversions::new(&flow, vec![edge(5, 2, 7), edge(1, 6, 7), edge(0, 3, 1), edge(6, 2, 1)]).unwrap();
        let reached = canals.upstream(&flow, 2);
        assert_eq!(reached.count(), 6);
        assert_eq!(reached.nodes(&flow).collect::<Vec<_>>(), [0, 1, 2, 3, 5, 6]);
        assert_eq!(reached.path(&flow, 6).map(|(way, _)| way), Some(1));
    }
}
