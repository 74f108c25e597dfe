//! Times questions about what lies upstream on a made network.
//!
//! `upstream_bench NODES QUESTIONS` makes a network of so many nodes and as many things on it (the same for ever), asks so many questions of
//! each kind, and prints one line of JSON: nanoseconds for each question, and a sum that shows that they were answered.

use std::hint::black_box;
use std::io::Write;
use std::time::Instant;
use watershed::{Amounts, Diversion, Diversions, Flow, Items, Place};

/// The output function of `SplitMix64` (Steele, Lea & Flood 2014).
fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn below(seed: u64, end: u32) -> u32 {
    u32::try_from(mix(seed) % u64::from(end.max(1))).expect("below 32 bits")
}

/// Every node flows into one of the 64 before it, or now and then into none: long rivers with many branches.
fn network(nodes: u32) -> (Vec<Option<u32>>, Vec<u32>) {
    let next = |node: u32| {
        let outlet = node == 0 || mix(u64::from(node)).is_multiple_of(5_000);
        (!outlet).then(|| node - 1 - below(u64::from(node) << 1, node.min(64)))
    };
    let lengths = (0..nodes).map(|node| 100_000 + below(u64::from(node) << 2, 900_000));
    ((0..nodes).map(next).collect(), lengths.collect())
}

/// Nanoseconds for each question, and the sum of the answers.
fn time(questions: u64, ask: impl Fn(u64) -> u64) -> (f64, u64) {
    let begun = Instant::now();
    let sum = (0..questions).fold(0_u64, |sum, at| sum.wrapping_add(black_box(ask(black_box(at)))));
    (begun.elapsed().as_nanos() as f64 / questions as f64, sum)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter_map(|word| word.parse::<u32>().ok());
    let (nodes, questions) = (
        arguments.next().unwrap_or(1_000_000),
        arguments.next().unwrap_or(1_000_000),
    );
    let (next, lengths) = network(nodes);
    let begun = Instant::now();
    let flow = Flow::new(&next, &lengths).expect("no cycle");
    let built = begun.elapsed().as_secs_f64();
    let given: Vec<(u32, u32)> = (0..nodes)
        .map(|item| (below(u64::from(item) << 3, nodes), item))
        .collect();
    let classes: Vec<(u32, usize, u64)> = given
        .iter()
        .map(|(node, item)| (*node, (*item % 4) as usize, 1_000))
        .collect();
    let items = Items::new(&flow, given).expect("nodes are there");
    let amounts = Amounts::new(&flow, 4, &classes).expect("small amounts");
    let edge = |at: u32| Diversion {
        from: below(u64::from(at) << 4, nodes),
        to: below(u64::from(at) << 5, nodes),
        length: 5_000_000,
    };
    let canals = Diversions::new(&flow, (0..100).map(edge).collect()).expect("nodes are there");
    let pair = |at: u64| (below(at << 6, nodes), below(at << 7, nodes));
    let questions = u64::from(questions);
    let kinds = [
        (
            "is_upstream",
            time(questions, |at| u64::from(flow.is_upstream(pair(at).0, pair(at).1))),
        ),
        ("slice", time(questions, |at| flow.upstream(pair(at).0).len() as u64)),
        (
            "items",
            time(questions, |at| items.upstream(&flow, pair(at).0).len() as u64),
        ),
        (
            "sums_of_4",
            time(questions, |at| {
                (0..4).map(|class| amounts.upstream(&flow, pair(at).0, class)).sum()
            }),
        ),
        (
            "path",
            time(questions, |at| {
                let place = |node| Place { node, above: 0 };
                flow.path(place(pair(at).0), place(pair(at).1)).unwrap_or(0)
            }),
        ),
        (
            "by_100_canals",
            time(questions / 10 + 1, |at| {
                canals.upstream(&flow, pair(at).0).count() as u64
            }),
        ),
    ];
    let shown: Vec<String> = kinds
        .iter()
        .map(|(kind, (each, sum))| format!("\"{kind}_ns\":{each:.1},\"{kind}_sum\":{sum}"))
        .collect();
    let line = format!("{{\"nodes\":{nodes},\"build_s\":{built:.3},{}}}", shown.join(","));
    writeln!(std::io::stdout(), "{line}").expect("standard output is open");
}
