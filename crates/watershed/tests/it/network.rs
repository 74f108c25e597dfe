//! Streams, units, codes and outlines against their definitions.

use crate::plain::{below, elevation, grid};
use proptest::prelude::*;
use std::collections::BTreeMap;
use watershed::{Corner, Division, Drainage, NODATA, Network, Outline, Prefix, Units};
use watershed::{accumulate, find_drainage, find_units, lies_upstream, outlines};

struct Case {
    drained: Drainage,
    sums: Vec<u32>,
    network: Network,
}

fn case(columns: usize, heights: &[i32], threshold: u32) -> Case {
    let drained = find_drainage(elevation(columns, heights));
    let sums = accumulate(&drained.directions, columns, |_| 1_u32);
    let network = Network::find(&drained, &sums, threshold);
    Case { drained, sums, network }
}

fn rasters() -> impl Strategy<Value = (usize, Vec<i32>, u32)> {
    (2..40_usize, 2..40_usize, 1..60_i32, 0..9_i32, 1..30_u32).prop_flat_map(
        |(columns, rows, relief, tilt, threshold)| {
            let cells = proptest::collection::vec((0..relief, 0..60_u32), columns * rows);
            cells.prop_map(move |cells| {
                let height = |(at, (height, hole)): (usize, (i32, u32))| {
                    let slope = tilt * i32::try_from(at % columns + at / columns).expect("small");
                    if hole == 0 { NODATA } else { height * 3 + slope * 4 }
                };
                (columns, cells.into_iter().enumerate().map(height).collect(), threshold)
            })
        },
    )
}

/// Order and sources by their definitions, from what flows into a reach.
fn ranks(network: &Network, at: u32) -> (u8, u32) {
    let above: Vec<(u8, u32)> = (0..)
        .zip(&network.reaches)
        .filter(|(_, reach)| reach.next == Some(at))
        .map(|(other, _)| ranks(network, other))
        .collect();
    let highest = above.iter().map(|(order, _)| *order).max().unwrap_or(0);
    let many = above.iter().filter(|(order, _)| *order == highest).count() > 1;
    let order = if above.is_empty() { 1 } else { highest + u8::from(many) };
    (order, above.iter().map(|(_, sources)| sources).sum::<u32>().max(1))
}

fn find(case: &Case, code: &str, division: Division) -> Units {
    let largest = (0..)
        .zip(&case.network.reaches)
        .max_by_key(|(_, reach)| reach.size)
        .map(|(at, _)| at);
    find_units(
        &case.drained,
        &case.network,
        largest.map(|outlet| Prefix { outlet, code }),
        division,
    )
}

/// The labels that outlines draw, by counting edges to the west of each cell.
fn painted(columns: usize, cells: usize, outlines: &[Outline]) -> Vec<u32> {
    let mut labels = vec![0; cells];
    for (label, outline) in (1..).zip(outlines) {
        let rings = outline
            .parts
            .iter()
            .flat_map(|(outer, holes)| std::iter::once(outer).chain(holes));
        let mut parity = vec![false; cells];
        for ring in rings {
            for (a, b) in ring
                .iter()
                .zip(ring.iter().cycle().skip(1))
                .filter(|(a, b)| a[0] == b[0])
            {
                for row in a[1].min(b[1]) as usize..a[1].max(b[1]) as usize {
                    for column in a[0] as usize..columns {
                        parity[row * columns + column] ^= true;
                    }
                }
            }
        }
        for cell in (0..cells).filter(|cell| parity[*cell]) {
            assert_eq!(labels[cell], 0, "outlines overlap");
            labels[cell] = label;
        }
    }
    labels
}

fn segments(outline: &Outline) -> Vec<(Corner, Corner)> {
    let rings = outline
        .parts
        .iter()
        .flat_map(|(outer, holes)| std::iter::once(outer).chain(holes));
    rings
        .flat_map(|ring| {
            ring.iter()
                .copied()
                .zip(ring.iter().copied().cycle().skip(1))
                .take(ring.len())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reaches_are_what_their_definitions_say((columns, heights, threshold) in rasters()) {
        let Case { drained, sums, network, .. } = case(columns, &heights, threshold);
        let below = below(&drained.directions, columns);
        let stream = |cell: usize| sums[cell] >= threshold && heights[cell] != NODATA;
        let mut seen = vec![0_u32; heights.len()];
        for (at, reach) in (0..).zip(&network.reaches) {
            let cells: Vec<usize> = reach.cells(&drained).collect();
            for cell in &cells {
                seen[*cell] += 1;
            }
            let end = below[*cells.last().expect("a reach has a cell")];
            prop_assert_eq!(end.map(|cell| cell as u32), reach.next.map(|next| network.reaches[next as usize].first));
            prop_assert_eq!((reach.strahler, reach.shreve), ranks(&network, at));
            prop_assert!(reach.heights[0] >= reach.heights[1]);
            let upstream = |mut other: u32| loop {
                if other == at { break true; }
                match network.reaches[other as usize].next { Some(next) => other = next, None => break false }
            };
            for other in 0..network.reaches.len() as u32 {
                prop_assert_eq!(upstream(other), (at..at + reach.size).contains(&other), "a slice is what lies upstream");
            }
            let mut branches: Vec<u32> = network.branches(at).collect();
            let drained_by = |branch: &u32| network.reaches[*branch as usize].drained_cells;
            prop_assert!(branches.is_sorted_by_key(|branch| std::cmp::Reverse(drained_by(branch))));
            branches.sort_unstable();
            let into: Vec<u32> = (0..).zip(&network.reaches).filter(|(_, r)| r.next == Some(at)).map(|(r, _)| r).collect();
            prop_assert_eq!(branches, into);
        }
        for (cell, times) in seen.iter().enumerate() {
            prop_assert_eq!(*times, u32::from(stream(cell)), "every stream cell is in one reach");
        }
        let catchments = network.catchments(&drained);
        let owner = |cell: usize| {
            let mut at = Some(cell);
            while let Some(here) = at {
                if stream(here) {
                    let holds = |reach: &&watershed::Reach| reach.cells(&drained).any(|cell| cell == here);
                    return network.reaches.iter().position(|reach| holds(&reach)).map_or(0, |at| at as u32 + 1);
                }
                at = below[here];
            }
            0
        };
        for cell in (0..heights.len()).step_by(7) {
            prop_assert_eq!(catchments[cell], owner(cell));
        }
    }

    #[test]
    fn units_share_out_the_land_and_their_codes_tell_what_lies_upstream((columns, heights, threshold) in rasters(), digits in 3..7_usize) {
        let case = case(columns, &heights, threshold);
        let Units { units, labels, .. } = find(&case, "01", Division { digits, whole_below: 0 });
        let catchments = case.network.catchments(&case.drained);
        for (label, unit) in (1..).zip(&units) {
            let cells = labels.iter().filter(|other| **other == label).count();
            prop_assert_eq!(cells, unit.piece.cells as usize);
            prop_assert!((unit.area - cells as f64 * 900.0).abs() < 1e-6);
            prop_assert!(unit.compactness() > 0.79, "nothing is more compact than one cell along its middles");
        }
        for (label, catchment) in labels.iter().zip(&catchments) {
            prop_assert_eq!(*label == 0, *catchment == 0);
        }
        let coded: Vec<usize> = (0..units.len()).filter(|at| units[*at].piece.code.starts_with("01")).collect();
        for a in coded.iter().copied().filter(|a| units[*a].piece.basin == units[coded[0]].piece.basin) {
            let mut passed = Vec::new();
            let mut at = units[a].next;
            while let Some(here) = at {
                passed.push(here);
                at = units[here].next;
            }
            for b in coded.iter().copied().filter(|b| units[*b].piece.basin == units[a].piece.basin) {
                let (code, other) = (&units[a].piece.code, &units[b].piece.code);
                prop_assert_eq!(passed.contains(&b), lies_upstream(code, other), "{} above {}", code, other);
            }
        }
    }

    #[test]
    fn outlines_cover_their_land_and_share_their_borders(
        columns in 1..14_usize, cells in proptest::collection::vec(0..4_u32, 1..150),
    ) {
        let rows = cells.len().div_ceil(columns);
        let mut labels = cells;
        labels.resize(rows * columns, 0);
        let found = outlines(&grid(columns, rows), &labels, 3);
        prop_assert_eq!(painted(columns, labels.len(), &found), labels.clone());
        let mut directed: BTreeMap<(Corner, Corner), usize> = BTreeMap::new();
        for (at, outline) in found.iter().enumerate() {
            for segment in segments(outline) {
                prop_assert_eq!(directed.insert(segment, at), None, "an edge borders one land on a side");
            }
            for (outer, holes) in &outline.parts {
                for ring in std::iter::once(outer).chain(holes) {
                    let mut corners = ring.clone();
                    corners.sort_unstable();
                    corners.dedup();
                    prop_assert_eq!(corners.len(), ring.len(), "a ring does not touch itself");
                }
            }
        }
        let label = |column: u32, row: u32| labels[row as usize * columns + column as usize];
        for (a, b) in directed.keys() {
            // the cell on the left, beyond the edge
            let (x, y) = (a[0].min(b[0]), a[1].min(b[1]));
            let beyond = match (b[0] > a[0], b[0] < a[0], b[1] > a[1]) {
                (true, ..) => y.checked_sub(1).map(|y| (x, y)),
                (_, true, _) => (y < rows as u32).then_some((x, y)),
                (_, _, true) => (x < columns as u32).then_some((x, y)),
                _ => x.checked_sub(1).map(|x| (x, y)),
            };
            let other = beyond.map_or(0, |(x, y)| label(x, y));
            let shared = directed.get(&(*b, *a)).map_or(0, |at| *at as u32 + 1);
            prop_assert_eq!(shared, other, "the neighbour has the same edge the other way round");
        }
    }
}

#[test]
fn a_hole_that_touches_another_in_a_corner_is_two_holes() {
    let labels = [1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1];
    let found = outlines(&grid(4, 4), &labels, 1);
    assert_eq!(found[0].parts.len(), 1);
    assert_eq!(found[0].parts[0].0, [[4, 0], [4, 4], [0, 4], [0, 0]]);
    assert_eq!(found[0].parts[0].1.len(), 2);
}

#[test]
fn a_slanting_border_is_not_counted_as_stairs() {
    let labels: Vec<u32> = (0..10_000_u32)
        .map(|cell| u32::from(cell % 100 <= cell / 100))
        .collect();
    let found = outlines(&grid(100, 100), &labels, 1);
    let expected = 30.0 * (200.0 + 100.0 * 2.0_f64.sqrt());
    assert!(
        (found[0].perimeter / expected - 1.0).abs() < 0.01,
        "{} {expected}",
        found[0].perimeter
    );
}

#[test]
fn facts_of_a_plain_valley_are_those_that_a_hand_reckons() {
    // a stream down the middle of 21 columns and 40 rows, 1 m of fall in each cell of 30 m, sides as steep
    let heights: Vec<i32> = (0..21 * 40)
        .map(|cell: i32| (cell % 21 - 10).abs() * 1000 - cell / 21 * 1000 + 100_000)
        .collect();
    let case = case(21, &heights, 100);
    let Units { units, .. } = find(
        &case,
        "0176",
        Division {
            digits: 8,
            whole_below: 0,
        },
    );
    let unit = &units[0];
    assert_eq!(
        (units.len(), unit.piece.code.as_str(), unit.next, unit.strahler),
        (1, "0176", None, 1)
    );
    assert!((unit.stream_length - unit.stem_length).abs() < 1e-9);
    let slope = f64::from(unit.stem_fall) / 1000.0 / unit.stem_length;
    assert!((slope - 1.0 / 30.0).abs() < 1e-9, "{slope}");
    let minutes = unit.concentration_minutes().expect("the stem falls");
    let by_hand = 0.01947 * unit.stem_length.powf(0.77) * (1.0_f64 / 30.0).powf(-0.385);
    assert!((minutes - by_hand).abs() < 1e-9);
    assert!((unit.drainage_density() - unit.stream_length / unit.area).abs() < 1e-12);
}

#[test]
fn a_place_on_a_reach_has_its_nearest_cell() {
    // a valley along the eleventh column
    let heights: Vec<i32> = (0..21 * 40)
        .map(|cell: i32| (cell % 21 - 10).abs() * 1000 - cell / 21 * 500 + 100_000)
        .collect();
    let Case { drained, network, .. } = case(21, &heights, 50);
    let [x, y] = drained.grid().centre(20 * 21 + 10);
    let holds = |reach: &watershed::Reach| reach.cells(&drained).any(|cell| cell == 20 * 21 + 10);
    let reach = network.reaches.iter().position(holds).expect("the stream runs there") as u32;
    assert_eq!(network.nearest_cell(&drained, reach, [x + 7.0, y - 14.0]), 20 * 21 + 10);
    assert_eq!(
        network.nearest_cell(&drained, reach, [x, y - 15.0]),
        21 * 21 + 10,
        "the lower of two"
    );
}
