//! The numbering of networks against walks along their links.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use watershed::{Amounts, Diversion, Diversions, Flow, Items, Network, Place, accumulate, find_drainage};

#[derive(Debug)]
struct Forest {
    next: Vec<Option<u32>>,
    lengths: Vec<u32>,
    edges: Vec<Diversion>,
}

/// Random forests whose nodes are in no order, with edges beside the flow that may lead anywhere, also round.
fn forests() -> impl Strategy<Value = Forest> {
    (1..40_usize).prop_flat_map(|count| {
        let node = 0..count as u32;
        let links = proptest::collection::vec((any::<u32>(), 0..8_u32, 0..50_u32), count);
        let edges = proptest::collection::vec((node.clone(), node, 0..50_u32), 0..7);
        let names = Just((0..count as u32).collect::<Vec<_>>()).prop_shuffle();
        (links, edges, names).prop_map(|(links, edges, names)| {
            let mut forest = Forest {
                next: vec![None; links.len()],
                lengths: links.iter().map(|(_, _, length)| *length).collect(),
                edges: edges
                    .into_iter()
                    .map(|(from, to, length)| Diversion { from, to, length })
                    .collect(),
            };
            for (at, (pick, root, _)) in links.iter().enumerate().skip(1) {
                let below = names[*pick as usize % at];
                forest.next[names[at] as usize] = (*root > 0).then_some(below);
            }
            forest
        })
    })
}

impl Forest {
    fn flow(&self) -> Flow {
        Flow::new(&self.next, &self.lengths).expect("a forest has no cycle")
    }

    /// Millimetres from the lower end of a node to those of all that its water reaches by the flow alone.
    fn below(&self, node: u32) -> BTreeMap<u32, u64> {
        let (mut at, mut way) = (node, 0);
        let mut found = BTreeMap::from([(node, 0)]);
        while let Some(next) = self.next[at as usize] {
            way += u64::from(self.lengths[next as usize]);
            found.insert(next, way);
            at = next;
        }
        found
    }

    /// The same with diversions, by walking until nothing becomes shorter.
    fn below_by_all(&self, node: u32) -> BTreeMap<u32, u64> {
        let mut found = BTreeMap::from([(node, 0_u64)]);
        let mut open = vec![node];
        while let Some(at) = open.pop() {
            let way = found[&at];
            let next = self.next[at as usize].map(|next| (next, self.lengths[next as usize]));
            let edges = self.edges.iter().filter(|edge| edge.from == at);
            for (to, length) in next.into_iter().chain(edges.map(|edge| (edge.to, edge.length))) {
                let longer = way + u64::from(length);
                if found.get(&to).is_none_or(|known| longer < *known) {
                    found.insert(to, longer);
                    open.push(to);
                }
            }
        }
        found
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slices_and_ways_are_what_a_walk_finds(forest in forests()) {
        let flow = forest.flow();
        let nodes = 0..forest.next.len() as u32;
        for upper in nodes.clone() {
            let below = forest.below(upper);
            prop_assert_eq!(flow.downstream(upper).collect::<BTreeSet<_>>(), below.keys().copied().collect());
            prop_assert_eq!(flow.next(upper), forest.next[upper as usize]);
            prop_assert_eq!(flow.node(flow.rank(upper)), upper);
            for lower in nodes.clone() {
                prop_assert_eq!(flow.is_upstream(upper, lower), below.contains_key(&lower));
                prop_assert_eq!(flow.upstream(lower).contains(&upper), below.contains_key(&lower));
                let place = |node| Place { node, above: 0 };
                prop_assert_eq!(flow.path(place(upper), place(lower)), below.get(&lower).copied());
            }
        }
        for branch in nodes {
            prop_assert_eq!(flow.upstream(branch)[0], branch);
        }
    }

    #[test]
    fn diversions_add_what_a_walk_finds_and_loops_end(forest in forests()) {
        let flow = forest.flow();
        let canals = Diversions::new(&flow, forest.edges.clone()).expect("the ends are there");
        let nodes = 0..forest.next.len() as u32;
        let below: Vec<BTreeMap<u32, u64>> = nodes.clone().map(|node| forest.below_by_all(node)).collect();
        for lower in nodes.clone() {
            let reached = canals.upstream(&flow, lower);
            let all: Vec<u32> = reached.nodes(&flow).collect();
            let once: BTreeSet<u32> = all.iter().copied().collect();
            prop_assert_eq!(all.len(), once.len(), "each once");
            prop_assert_eq!(reached.count(), once.len());
            for upper in nodes.clone() {
                let way = below[upper as usize].get(&lower).copied();
                prop_assert_eq!(once.contains(&upper), way.is_some());
                prop_assert_eq!(reached.holds(&flow, upper), way.is_some());
                prop_assert_eq!(reached.path(&flow, upper).map(|(way, _)| way), way, "{} to {}", upper, lower);
            }
            let down: BTreeMap<u32, u64> = canals.downstream(&flow, lower).into_iter().collect();
            prop_assert_eq!(&down, &below[lower as usize]);
        }
    }

    #[test]
    fn sums_and_items_upstream_are_what_is_counted_one_by_one(
        forest in forests(), given in proptest::collection::vec((any::<u32>(), 0..3_usize, 0..1_000_u64), 0..60),
    ) {
        let flow = forest.flow();
        let canals = Diversions::new(&flow, forest.edges.clone()).expect("the ends are there");
        let count = forest.next.len() as u32;
        let given: Vec<(u32, usize, u64)> = given.into_iter().map(|(node, class, amount)| (node % count, class, amount)).collect();
        let amounts = Amounts::new(&flow, 3, &given).expect("small amounts");
        let items = Items::new(&flow, given.iter().map(|(node, _, amount)| (*node, *amount)).collect()).expect("nodes are there");
        for lower in 0..count {
            let reached = canals.upstream(&flow, lower);
            let sorted = |found: Vec<u64>| { let mut found = found; found.sort_unstable(); found };
            let here = |test: &dyn Fn(u32) -> bool| -> Vec<u64> {
                given.iter().filter(|(node, ..)| test(*node)).map(|(.., amount)| *amount).collect()
            };
            let by_flow = sorted(here(&|node| flow.is_upstream(node, lower)));
            let by_all = sorted(here(&|node| reached.holds(&flow, node)));
            prop_assert_eq!(sorted(items.upstream(&flow, lower).to_vec()), by_flow);
            prop_assert_eq!(sorted(items.reached(&reached).copied().collect()), by_all.clone());
            let once: Vec<u64> = by_all.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
            prop_assert_eq!(items.distinct(&reached), once);
            for class in 0..3 {
                let of_class = |test: &dyn Fn(u32) -> bool| -> u64 {
                    given.iter().filter(|(node, of, _)| *of == class && test(*node)).map(|(.., amount)| *amount).sum()
                };
                prop_assert_eq!(amounts.upstream(&flow, lower, class), of_class(&|node| flow.is_upstream(node, lower)));
                prop_assert_eq!(amounts.reached(&reached, class), of_class(&|node| reached.holds(&flow, node)));
            }
        }
    }
}

#[test]
fn reaches_of_a_network_keep_their_numbers() {
    let columns = 60;
    let heights: Vec<i32> = (0..60 * 50)
        .map(|cell: i32| (cell % 60) * 37 % 101 + (cell / 60) * (cell % 7) * 11 % 97)
        .collect();
    let drained = find_drainage(crate::plain::elevation(columns, &heights));
    let sums = accumulate(&drained.directions, columns, |_| 1_u32);
    let network = Network::find(&drained, &sums, 6);
    assert!(network.reaches.len() > 50);
    let flow = Flow::of_network(&network);
    for (at, reach) in (0..).zip(&network.reaches) {
        assert_eq!(flow.rank(at), at);
        assert_eq!(flow.ranks_upstream(at), at..at + reach.size);
        assert!((f64::from(flow.length(at)) / 1000.0 - reach.length).abs() <= 0.000_5);
    }
}
