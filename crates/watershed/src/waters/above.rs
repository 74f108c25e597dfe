//! What drains to a place or to some land: whole branches as runs of numbers, and cells only of the units that are cut.

use super::held::whole_millimetres;
use super::laid::by_unit;
use super::{Canals, Waters};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::ops::Range;

/// What drains to some cells: to a mouth, to the land of a feature.
///
/// Whole units are runs of the numbers of their reaches; the units that the cells themselves lie in are cut there, cell by cell. Canals bring
/// what lies above their intakes, each once; loops end.
#[derive(Clone, Debug, PartialEq)]
pub struct Above {
    pub(super) sources: Vec<Source>,
    pub(super) cuts: Vec<Cut>,
    ground: u64,
}

/// Units that drain whole, by the numbers of their reaches, and how their water comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The reaches.
    pub reaches: Range<u32>,
    /// Millimetres to the place, less those from a reach's lower end to its outlet: add [`Flow::to_outlet`](crate::Flow::to_outlet).
    pub(super) key: i128,
    /// The canal by which the shortest way comes, in the order given; none for the flow itself.
    pub by: Option<u32>,
}

/// The cells of one unit that drain to the place before they leave it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    pub label: u32,
    /// Ascending by their cells.
    pub cells: Vec<Way>,
    /// Whether the whole unit drains to the place in the end.
    pub whole: bool,
}

/// A cell and its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub cell: u32,
    pub millimetres: u64,
    pub by: Option<u32>,
}

/// A feature that lies upstream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lying {
    /// Its number.
    pub feature: u32,
    /// Its cells that drain to the place.
    pub cells: u32,
    /// Their ground in square millimetres.
    pub ground: u64,
    /// Millimetres along the flow from the nearest of them.
    pub way: u64,
    /// The canal by which that way comes.
    pub by: Option<u32>,
}

struct Search<'a> {
    waters: &'a Waters,
    canals: &'a Canals,
    cuts: BTreeMap<u32, Vec<Way>>,
    branches: Vec<Source>,
    open: BinaryHeap<Reverse<(u64, u32)>>,
}

impl Above {
    /// What drains to some cells, by the flow and by canals. Cells that nobody measured are left out.
    ///
    /// Walks the cells of the units that the cells and the intakes lie in, no others.
    ///
    /// # Panics
    /// When a cell is not there, or the canals are those of another model.
    pub fn of(waters: &Waters, canals: &Canals, cells: &[u32]) -> Self {
        let mut search = Search {
            waters,
            canals,
            cuts: BTreeMap::new(),
            branches: Vec::new(),
            open: BinaryHeap::new(),
        };
        search.add(cells, 0, None);
        let mut used = BTreeSet::new();
        while let Some(Reverse((way, number))) = search.open.pop() {
            if used.insert(number) {
                search.add(&[canals.canal(number).from.cell], way, Some(number));
            }
        }
        search.finish()
    }

    /// Square millimetres of all that drains there, each cell once.
    pub fn ground(&self) -> u64 {
        self.ground
    }

    /// The units that drain there whole, ascending and apart; those that are cut are not among them.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// Whether a cell drains there, and by how many millimetres: the shortest way, and the canal by which it comes.
    pub fn way(&self, waters: &Waters, cell: u32) -> Option<(u64, Option<u32>)> {
        let label = waters.label(cell);
        let cut = self.cuts.iter().find(|cut| cut.label == label && waters.known(cell));
        let inside = cut.and_then(|cut| {
            let at = cut.cells.binary_search_by_key(&cell, |way| way.cell).ok()?;
            Some((cut.cells[at].millimetres, cut.cells[at].by))
        });
        let reach = label.checked_sub(1);
        let through = reach.and_then(|reach| {
            let source = self.source(reach)?;
            let (mut at, mut way) = (cell, 0);
            while let Some((next, pace)) = waters.step_down(at).filter(|_| waters.label(at) == label) {
                (at, way) = (next, way + pace);
            }
            Some((source.way(waters, reach) + u64::from(whole_millimetres(way)), source.by))
        });
        inside.into_iter().chain(through).min()
    }

    fn source(&self, reach: u32) -> Option<&Source> {
        let at = self.sources.partition_point(|source| source.reaches.end <= reach);
        self.sources.get(at).filter(|source| source.reaches.contains(&reach))
    }
}

impl Source {
    /// Millimetres from the lower end of one of its reaches.
    ///
    /// # Panics
    /// When the reach is none of its.
    pub fn way(&self, waters: &Waters, reach: u32) -> u64 {
        assert!(self.reaches.contains(&reach), "the reach is one of the source's");
        let way = i128::from(waters.flow().to_outlet(reach)) + self.key;
        u64::try_from(way.max(0)).expect("ways fit 64 bits")
    }
}

impl Search<'_> {
    /// What drains to cells whose own way is `base`.
    fn add(&mut self, cells: &[u32], base: u64, by: Option<u32>) {
        let labelled = by_unit(self.waters, cells);
        for group in labelled.chunk_by(|a, b| a.0 == b.0) {
            let cells: Vec<u32> = group.iter().map(|(_, cell)| *cell).collect();
            self.cut(group[0].0, &cells, (base, by));
            if let Some(reach) = group[0].0.checked_sub(1) {
                self.branch(reach, &cells, (base, by));
            }
        }
    }

    /// The cells of a unit above some of its cells.
    fn cut(&mut self, label: u32, cells: &[u32], (base, by): (u64, Option<u32>)) {
        let mut above = Vec::new();
        for cell in cells {
            let met = |other: u32| cells.binary_search(&other).is_ok();
            self.waters.climb(*cell, met, |cell, way| {
                above.push(Way {
                    cell,
                    millimetres: base + u64::from(whole_millimetres(way)),
                    by,
                });
            });
        }
        above.sort_unstable();
        if let Some(reach) = label.checked_sub(1) {
            for number in self.canals.arriving(reach..reach + 1) {
                let canal = self.canals.canal(number);
                if let Ok(at) = above.binary_search_by_key(&canal.to.cell, |way| way.cell) {
                    let way = above[at].millimetres + u64::from(canal.length);
                    self.open.push(Reverse((way, number)));
                }
            }
        }
        self.cuts.entry(label).or_default().append(&mut above);
    }

    /// The branches of a reach, when its stream runs through one of the cells: the first that their water meets is what they reach.
    fn branch(&mut self, reach: u32, cells: &[u32], (base, by): (u64, Option<u32>)) {
        let (waters, flow) = (self.waters, self.waters.flow());
        let reaches = reach + 1..reach + waters.network().reaches[reach as usize].size;
        let mut stream = waters.network().reaches[reach as usize].cells(waters.drained());
        let top = stream.find(|cell| cells.binary_search(&super::held::as_cell(*cell)).is_ok());
        let Some(top) = top.filter(|_| !reaches.is_empty()) else {
            return;
        };
        let mouth = waters.mouth(super::held::as_cell(top)).expect("it lies on the stream");
        let key = i128::from(base) - i128::from(flow.to_outlet(reach)) - i128::from(mouth.below);
        let source = Source { reaches, key, by };
        for number in self.canals.arriving(source.reaches.clone()) {
            let canal = self.canals.canal(number);
            let way = source.way(waters, canal.to.reach) + u64::from(canal.to.below) + u64::from(canal.length);
            self.open.push(Reverse((way, number)));
        }
        self.branches.push(source);
    }

    fn finish(self) -> Above {
        let waters = self.waters;
        let sources = apart(self.branches);
        let holds = |reach: u32| sources.iter().any(|source| source.reaches.contains(&reach));
        let mut ground: u64 = sources.iter().map(|source| waters.ground_of(&source.reaches)).sum();
        let mut cuts = Vec::with_capacity(self.cuts.len());
        for (label, mut cells) in self.cuts {
            cells.sort_unstable();
            cells.dedup_by_key(|way| way.cell);
            let whole = label.checked_sub(1).is_some_and(holds);
            if !whole {
                ground += cells.iter().map(|way| waters.cell_ground(way.cell)).sum::<u64>();
            }
            cuts.push(Cut { label, cells, whole });
        }
        Above { sources, cuts, ground }
    }
}

/// Runs that lie within one another, as runs that are apart, each with its shortest way.
fn apart(mut branches: Vec<Source>) -> Vec<Source> {
    branches.sort_unstable_by_key(|source| (source.reaches.start, Reverse(source.reaches.end), source.key, source.by));
    let (mut out, mut open): (Vec<Source>, Vec<Source>) = (Vec::new(), Vec::new());
    let mut at = 0;
    let tell = |out: &mut Vec<Source>, of: &Source, reaches: Range<u32>| {
        if !reaches.is_empty() {
            out.push(Source { reaches, ..of.clone() });
        }
    };
    for mut next in branches {
        let start = next.reaches.start;
        while let Some(top) = open.pop_if(|top| top.reaches.end <= start) {
            tell(&mut out, &top, at..top.reaches.end);
            at = at.max(top.reaches.end);
        }
        if let Some(outer) = open.last() {
            tell(&mut out, outer, at..start);
            if (outer.key, outer.by) < (next.key, next.by) {
                (next.key, next.by) = (outer.key, outer.by);
            }
        }
        at = start;
        open.push(next);
    }
    while let Some(top) = open.pop() {
        tell(&mut out, &top, at..top.reaches.end);
        at = at.max(top.reaches.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_within_one_another_become_runs_apart_with_the_shortest_way() {
        let source = |reaches: Range<u32>, key| Source { reaches, key, by: None };
        let found = apart(vec![
            source(5..7, -9),
            source(1..10, -2),
            source(12..13, 0),
            source(2..4, 5),
        ]);
        let told: Vec<(Range<u32>, i128)> = found.into_iter().map(|source| (source.reaches, source.key)).collect();
        assert_eq!(
            told,
            [(1..2, -2), (2..4, -2), (4..5, -2), (5..7, -9), (7..10, -2), (12..13, 0)]
        );
    }
}
