//! Labels on the lattice tidied until they are patches that a cartographer would draw: no specks, no frayed edges.

use crate::lattice::TERRITORY;
use std::collections::BTreeMap;

/// A label for each cell of the territory's lattice; 0 is outside.
pub type Labels = Vec<u16>;

/// Outside of everything.
pub const OUTSIDE: u16 = 0;

/// The label most frequent in the 5 × 5 cells round each, `rounds` times; the outside neither grows nor shrinks.
pub fn round_off(labels: &mut Labels, rounds: usize) {
    round_off_within(labels, rounds, |_| false);
}

/// The same, but no label spreads from cells where `side` is true to cells where it is not, or back.
pub fn round_off_within(labels: &mut Labels, rounds: usize, side: impl Fn(usize) -> bool) {
    for _ in 0..rounds {
        let before = labels.clone();
        for cell in (0..before.len()).filter(|&cell| before[cell] != OUTSIDE) {
            labels[cell] = most_frequent(&before, cell, &side);
        }
    }
}

fn most_frequent(labels: &Labels, cell: usize, side: &impl Fn(usize) -> bool) -> u16 {
    let (column, row) = (cell % TERRITORY.width, cell / TERRITORY.width);
    let mut counts: Vec<(u16, u32)> = Vec::with_capacity(6);
    for y in row.saturating_sub(2)..=(row + 2).min(TERRITORY.height - 1) {
        for x in column.saturating_sub(2)..=(column + 2).min(TERRITORY.width - 1) {
            let other = TERRITORY.index(x, y);
            if side(other) != side(cell) {
                continue;
            }
            let label = labels[other];
            match counts.iter_mut().find(|(known, _)| *known == label) {
                Some((_, count)) => *count += 1,
                None => counts.push((label, 1)),
            }
        }
    }
    let own = labels[cell];
    let best = counts
        .into_iter()
        .filter(|(label, _)| *label != OUTSIDE)
        .max_by_key(|&(label, count)| (count, label == own, label));
    best.map_or(own, |(label, _)| label)
}

/// Takes from a label the tongues narrower than about twice `reach` cells and leaves `instead` there.
pub fn open(labels: &mut Labels, label: u16, reach: f64, instead: u16) {
    let inwards = distance_to(|cell| labels[cell] != label, reach + 1.0);
    let core = distance_to(|cell| inwards[cell] > reach, reach + 0.5);
    for cell in 0..labels.len() {
        if labels[cell] == label && core[cell].is_infinite() {
            labels[cell] = instead;
        }
    }
}

/// Leaves the `count` largest patches of a label and `instead` where the others were.
pub fn keep_largest(labels: &mut Labels, label: u16, count: usize, instead: u16) {
    let (_, mut patches) = components(labels);
    patches.retain(|cells| labels[cells[0]] == label);
    patches.sort_by_key(|cells| std::cmp::Reverse((cells.len(), cells[0])));
    for &cell in patches.iter().skip(count).flatten() {
        labels[cell] = instead;
    }
}

/// Numbers the patches of equal label that hang together by their sides; returns the patch of each cell and its cells.
pub fn components(labels: &Labels) -> (Vec<usize>, Vec<Vec<usize>>) {
    let mut patch_of = vec![usize::MAX; labels.len()];
    let mut patches = Vec::new();
    for start in 0..labels.len() {
        if patch_of[start] != usize::MAX {
            continue;
        }
        let mut cells = vec![start];
        patch_of[start] = patches.len();
        let mut next = 0;
        while next < cells.len() {
            for other in TERRITORY.beside(cells[next]) {
                if patch_of[other] == usize::MAX && labels[other] == labels[start] {
                    patch_of[other] = patches.len();
                    cells.push(other);
                }
            }
            next += 1;
        }
        patches.push(cells);
    }
    (patch_of, patches)
}

/// Gives every patch of fewer than `least` cells to the neighbour with whom it shares most border, smallest first.
///
/// Labels in `kept` stay however small; the outside takes nothing and gives nothing.
pub fn sieve(labels: &mut Labels, least: usize, kept: &[u16]) {
    for _ in 0..24 {
        let (_, mut patches) = components(labels);
        patches.retain(|cells| cells.len() < least && labels[cells[0]] != OUTSIDE && !kept.contains(&labels[cells[0]]));
        patches.sort_by_key(|cells| (cells.len(), cells[0]));
        let mut changed = false;
        for cells in patches {
            changed |= give_away(labels, &cells);
        }
        if !changed {
            return;
        }
    }
}

fn give_away(labels: &mut Labels, cells: &[usize]) -> bool {
    let own = labels[cells[0]];
    let mut borders: BTreeMap<u16, usize> = BTreeMap::new();
    for &cell in cells {
        for other in TERRITORY
            .beside(cell)
            .filter(|&other| labels[other] != own && labels[other] != OUTSIDE)
        {
            *borders.entry(labels[other]).or_default() += 1;
        }
    }
    let Some((&taker, _)) = borders.iter().max_by_key(|(label, border)| (**border, **label)) else {
        return false;
    };
    for &cell in cells {
        labels[cell] = taker;
    }
    true
}

/// Removes places where a label touches itself across a corner only: rings there would touch themselves.
pub fn untouch_corners(labels: &mut Labels) {
    for _ in 0..20 {
        let mut changed = false;
        for row in 0..TERRITORY.height - 1 {
            for column in 0..TERRITORY.width - 1 {
                let [a, b, c, d] =
                    [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| TERRITORY.index(column + dx, row + dy));
                changed |= join(labels, [a, d], [b, c]) || join(labels, [b, c], [a, d]);
            }
        }
        if !changed {
            return;
        }
    }
}

/// Where the two of `pair` are alike and neither of `others` is, makes one of the others alike too.
fn join(labels: &mut Labels, pair: [usize; 2], others: [usize; 2]) -> bool {
    let label = labels[pair[0]];
    if labels[pair[1]] != label || others.iter().any(|&other| labels[other] == label) {
        return false;
    }
    let inner = others
        .into_iter()
        .find(|&other| label == OUTSIDE || labels[other] != OUTSIDE);
    if let Some(other) = inner {
        labels[other] = label;
    }
    inner.is_some()
}

/// Each patch of a label that hangs together gets a number of its own, from 1, in the order of its first cell.
pub fn separate(labels: &Labels) -> (Labels, Vec<u16>) {
    let (_, patches) = components(labels);
    let mut out = vec![OUTSIDE; labels.len()];
    let mut names = Vec::new();
    for cells in patches.iter().filter(|cells| labels[cells[0]] != OUTSIDE) {
        names.push(labels[cells[0]]);
        let number = u16::try_from(names.len()).expect("there are fewer than 65 536 patches");
        for &cell in cells {
            out[cell] = number;
        }
    }
    (out, names)
}

/// Steps over sides and corners from each cell to the nearest of a set, in cells; cells beyond `limit` stay at infinity.
pub fn distance_to(inside: impl Fn(usize) -> bool, limit: f64) -> Vec<f64> {
    use std::{cmp::Reverse, collections::BinaryHeap};
    let mut distance = vec![f64::INFINITY; TERRITORY.cells()];
    let mut heap = BinaryHeap::new();
    for cell in (0..TERRITORY.cells()).filter(|&cell| inside(cell)) {
        distance[cell] = 0.0;
        heap.push(Reverse((0_u64, cell)));
    }
    while let Some(Reverse((bits, cell))) = heap.pop() {
        let here = f64::from_bits(bits);
        if here > distance[cell] {
            continue;
        }
        for (direction, other) in TERRITORY.neighbours(cell) {
            let there = here + crate::lattice::Lattice::stride(direction);
            if there < distance[other] && there <= limit {
                distance[other] = there;
                heap.push(Reverse((there.to_bits(), other)));
            }
        }
    }
    distance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speck_goes_to_its_neighbour_and_a_kept_label_stays() {
        let mut labels = vec![1; TERRITORY.cells()];
        labels[5000] = 2;
        labels[9000] = 3;
        sieve(&mut labels, 10, &[3]);
        assert_eq!((labels[5000], labels[9000]), (1, 3));
    }

    #[test]
    fn no_label_touches_itself_across_a_corner() {
        let mut labels = vec![1; TERRITORY.cells()];
        for cell in [TERRITORY.index(10, 10), TERRITORY.index(11, 11)] {
            labels[cell] = 2;
        }
        untouch_corners(&mut labels);
        let pair = [TERRITORY.index(11, 10), TERRITORY.index(10, 11)];
        assert!(pair.iter().any(|&cell| labels[cell] == 2));
    }
}
