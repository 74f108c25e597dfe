//! Where the water of some cells goes.

use super::{Canals, Waters};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// The ways of the water of some cells, by the flow and by canals, down to where it leaves the model.
///
/// In the units that the cells themselves lie in, and where canals arrive, it is told cell by cell; below them by reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Below {
    /// For each unit the cells that the water passes, ascending: micrometres, and the canal.
    pub(super) passed: BTreeMap<u32, Vec<(u32, Passing)>>,
    /// For each reach that it runs through from its upper end: micrometres to there.
    pub(super) heads: BTreeMap<u32, Passing>,
}

/// Micrometres, and the canal by which the shortest way comes.
pub(super) type Passing = (u64, Option<u32>);

/// A feature that the water passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Met {
    /// Its number.
    pub feature: u32,
    /// Millimetres along the flow down to the first of its cells.
    pub way: u64,
    /// The canal by which that way comes.
    pub by: Option<u32>,
}

/// What is still to be followed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    /// A reach from its upper end.
    Head(u32),
    /// A canal from its intake.
    Canal(u32),
}

struct Search<'a> {
    waters: &'a Waters,
    canals: &'a Canals,
    cells: BTreeMap<u32, Passing>,
    heads: BTreeMap<u32, Passing>,
    open: BinaryHeap<Reverse<(u64, Option<u32>, Next)>>,
}

impl Below {
    /// Where the water of some cells goes. Cells that nobody measured are left out.
    ///
    /// # Panics
    /// When a cell is not there, or the canals are those of another model.
    pub fn of(waters: &Waters, canals: &Canals, cells: &[u32]) -> Self {
        let known = cells.iter().copied().filter(|cell| waters.known(*cell));
        let mut search = Search {
            waters,
            canals,
            cells: known.clone().map(|cell| (cell, (0, None))).collect(),
            heads: BTreeMap::new(),
            open: BinaryHeap::new(),
        };
        for cell in known {
            search.walk(cell, (0, None));
        }
        let mut used = BTreeSet::new();
        while let Some(Reverse((way, by, next))) = search.open.pop() {
            match next {
                Next::Head(reach) => search.pass(reach, (way, by)),
                Next::Canal(number) => {
                    if used.insert(number) {
                        let cell = canals.canal(number).to.cell;
                        if search.improves(cell, (way, by)) {
                            search.walk(cell, (way, by));
                        }
                    }
                }
            }
        }
        search.finish()
    }

    /// Whether the water passes a cell, after how many millimetres at the least, and by which canal.
    pub fn way(&self, waters: &Waters, cell: u32) -> Option<(u64, Option<u32>)> {
        let label = waters.label(cell);
        let inside = self.passed.get(&label).and_then(|cells| {
            let at = cells.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
            Some(cells[at].1)
        });
        let head = label
            .checked_sub(1)
            .and_then(|reach| Some((reach, self.heads.get(&reach)?)));
        let through = head.and_then(|(reach, (way, by))| {
            let below = waters.mouth(cell)?.below;
            let length = waters.flow().length(reach);
            Some((way + u64::from(length.saturating_sub(below)) * 1000, *by))
        });
        let (way, by) = inside.into_iter().chain(through).min()?;
        Some((in_millimetres(way), by))
    }

    /// The reaches that the water runs through from their upper ends, with the millimetres to there, ascending.
    pub fn reaches(&self) -> impl Iterator<Item = (u32, u64)> + '_ {
        self.heads
            .iter()
            .map(|(reach, (way, _))| (*reach, in_millimetres(*way)))
    }
}

/// Micrometres as millimetres, halves up.
pub(super) fn in_millimetres(micrometres: u64) -> u64 {
    (micrometres + 500) / 1000
}

impl Search<'_> {
    fn improves(&mut self, cell: u32, way: Passing) -> bool {
        let better = self.cells.get(&cell).is_none_or(|known| way < *known);
        if better {
            self.cells.insert(cell, way);
        }
        better
    }

    /// Follows the water of a cell down to the end of its unit, as long as its way is the shortest.
    fn walk(&mut self, from: u32, (way, by): Passing) {
        let label = self.waters.label(from);
        let (mut cell, mut way) = (from, way);
        loop {
            self.intakes(cell, (way, by));
            let Some((next, pace)) = self.waters.step_down(cell) else {
                return;
            };
            (cell, way) = (next, way + pace);
            let below = self.waters.label(cell);
            if below != label {
                // it enters another reach by its upper end
                self.open.push(Reverse((way, by, Next::Head(below - 1))));
                return;
            }
            if !self.improves(cell, (way, by)) {
                return;
            }
        }
    }

    /// The canals that take water from a cell.
    fn intakes(&mut self, cell: u32, (way, _): Passing) {
        let Some(reach) = self.waters.reach_of(cell) else {
            return;
        };
        for number in self.canals.leaving(reach) {
            let canal = self.canals.canal(number);
            if canal.from.cell == cell {
                let after = way + u64::from(canal.length) * 1000;
                self.open.push(Reverse((after, Some(number), Next::Canal(number))));
            }
        }
    }

    /// A reach from its upper end on; ways come in ascending order, so the first is the shortest.
    fn pass(&mut self, reach: u32, (way, by): Passing) {
        if self.heads.contains_key(&reach) {
            return;
        }
        self.heads.insert(reach, (way, by));
        let length = self.waters.flow().length(reach);
        for number in self.canals.leaving(reach) {
            let canal = self.canals.canal(number);
            let along = length.saturating_sub(canal.from.below) + canal.length;
            let after = way + u64::from(along) * 1000;
            self.open.push(Reverse((after, Some(number), Next::Canal(number))));
        }
        if let Some(next) = self.waters.flow().next(reach) {
            self.open
                .push(Reverse((way + u64::from(length) * 1000, by, Next::Head(next))));
        }
    }

    fn finish(self) -> Below {
        let mut passed: BTreeMap<u32, Vec<(u32, Passing)>> = BTreeMap::new();
        for (cell, way) in self.cells {
            passed.entry(self.waters.label(cell)).or_default().push((cell, way));
        }
        Below {
            passed,
            heads: self.heads,
        }
    }
}

impl Below {
    /// The shortest way to a stretch of a reach whose highest place lies `top` millimetres above its lower end.
    pub(super) fn to_stream(&self, waters: &Waters, reach: u32, top: u32) -> Option<Passing> {
        let (way, by) = self.heads.get(&reach)?;
        let along = waters.flow().length(reach).saturating_sub(top);
        Some((way + u64::from(along) * 1000, *by))
    }
}
