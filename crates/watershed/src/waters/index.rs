//! Features numbered by the streams of a model: what lies upstream of a reach is one slice.

use super::above::{Cut, Way};
use super::below::in_millimetres;
use super::held::whole_millimetres;
use super::laid::Piece;
use super::{Above, Below, Laid, Lying, Met, Standings, Waters};
use crate::FlowError;
use crate::upstream::Amounts;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;

/// Features of one sort (rights, communities, springs) on the units of a model, in the order of their reaches.
///
/// Hectares are *unions*: a cell that several features cover counts once for each class, and once in all. They are never sums over features.
#[derive(Clone, Debug)]
pub struct WaterIndex {
    standings: Vec<Standings>,
    /// For each label the first of its entries; one more at the end. Label 0 is where no stream is met.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// First cell and how many follow it, itself included.
    runs: Vec<[u32; 2]>,
    classes: usize,
    /// Square millimetres of the units by class, and of all classes after them.
    ground: Amounts,
}

/// A feature in one unit.
#[derive(Clone, Debug)]
struct Entry {
    feature: u32,
    cells: u32,
    ground: u64,
    /// The least millimetres from one of its cells to the lower end of the reach.
    way: u32,
    /// Of its highest cell on the stream, the millimetres to the lower end; [`NONE`] where the stream runs past it.
    top: u32,
    runs: Range<u32>,
}

const NONE: u32 = u32::MAX;

/// Square millimetres of ground, by class and in all, each cell once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroundBy {
    /// For each class.
    pub classes: Vec<u64>,
    /// Of what any feature covers.
    pub all: u64,
}

/// What a unit tells.
struct OfUnit {
    entries: Vec<(Entry, Vec<[u32; 2]>)>,
    sums: Vec<u64>,
}

impl WaterIndex {
    /// Features, numbered in the order given, of so many classes.
    ///
    /// # Errors
    /// A class that is not there: they are counted from 0, and at most 64.
    ///
    /// # Panics
    /// When a feature names a cell that is not there.
    pub fn new(waters: &Waters, classes: usize, laid: &[Laid]) -> Result<Self, FlowError> {
        let classes = classes.min(64);
        if let Some(class) = laid.iter().map(|laid| laid.class).find(|class| *class >= classes) {
            return Err(FlowError::NoSuchClass { class, classes });
        }
        let standings: Vec<Standings> = laid.par_iter().map(|laid| laid.standings(waters)).collect();
        let mut pieces: Vec<Piece> = laid
            .par_iter()
            .zip(0..super::held::as_cell(laid.len()))
            .flat_map_iter(|(laid, feature)| laid.pieces(waters, feature))
            .collect();
        pieces.par_sort_by_key(|piece| (piece.label, piece.feature));
        let units: Vec<&[Piece]> = pieces.chunk_by(|a, b| a.label == b.label).collect();
        let class = |feature: u32| standings[feature as usize].class;
        let told: Vec<OfUnit> = units
            .par_iter()
            .map(|unit| of_unit(waters, unit, (classes, &class)))
            .collect();
        let mut index = Self {
            starts: vec![0; waters.network().reaches.len() + 2],
            entries: Vec::with_capacity(pieces.len()),
            runs: Vec::new(),
            classes,
            ground: amounts(waters, classes, units.iter().map(|unit| unit[0].label).zip(&told))?,
            standings,
        };
        for (unit, told) in units.iter().zip(told) {
            index.starts[unit[0].label as usize + 1] = super::held::as_cell(told.entries.len());
            for (mut entry, runs) in told.entries {
                let from = super::held::as_cell(index.runs.len());
                index.runs.extend(runs);
                entry.runs = from..super::held::as_cell(index.runs.len());
                index.entries.push(entry);
            }
        }
        for at in 1..index.starts.len() {
            index.starts[at] += index.starts[at - 1];
        }
        Ok(index)
    }

    /// What the model knows of each feature.
    pub fn standings(&self) -> &[Standings] {
        &self.standings
    }

    /// How many entries lie on a reach and upstream of it: one slice.
    pub fn entries_upstream(&self, waters: &Waters, reach: u32) -> usize {
        self.of_reaches(&waters.flow().ranks_upstream(reach)).len()
    }

    fn of_reaches(&self, reaches: &Range<u32>) -> &[Entry] {
        self.between(reaches.start + 1, reaches.end + 1)
    }

    fn between(&self, label: u32, end: u32) -> &[Entry] {
        &self.entries[self.starts[label as usize] as usize..self.starts[end as usize] as usize]
    }

    fn runs(&self, entry: &Entry) -> &[[u32; 2]] {
        &self.runs[entry.runs.start as usize..entry.runs.end as usize]
    }

    /// The features that lie upstream, by their numbers.
    pub fn above(&self, waters: &Waters, above: &Above) -> Vec<Lying> {
        let mut tally = Tally::new(self.standings.len());
        for source in above.sources() {
            for reach in source.reaches.clone() {
                let entries = self.between(reach + 1, reach + 2);
                let way = if entries.is_empty() {
                    0
                } else {
                    source.way(waters, reach)
                };
                for entry in entries {
                    tally.add(
                        entry.feature,
                        (entry.cells, entry.ground),
                        (way + u64::from(entry.way), source.by),
                    );
                }
            }
        }
        for cut in &above.cuts {
            for entry in self.between(cut.label, cut.label + 1) {
                let Some((cells, ground, way)) = self.inside(waters, entry, cut) else {
                    continue;
                };
                // the cells of a unit that drains whole are counted already
                let counted = if cut.whole { (0, 0) } else { (cells, ground) };
                tally.add(entry.feature, counted, way);
            }
        }
        tally.found()
    }

    /// Cells, ground and shortest way of what an entry has in a cut.
    fn inside(&self, waters: &Waters, entry: &Entry, cut: &Cut) -> Option<(u32, u64, (u64, Option<u32>))> {
        let mut told: Option<(u32, u64, (u64, Option<u32>))> = None;
        for run in self.runs(entry) {
            for Way { cell, millimetres, by } in within(&cut.cells, *run, |way| way.cell) {
                let (cells, ground, way) = told.get_or_insert((0, 0, (u64::MAX, None)));
                *cells += 1;
                *ground += waters.cell_ground(*cell);
                *way = (*way).min((*millimetres, *by));
            }
        }
        told
    }

    /// The ground upstream that features cover, by class and in all.
    pub fn ground_above(&self, waters: &Waters, above: &Above) -> GroundBy {
        let whole = |class: usize| -> u64 {
            let sources = above.sources().iter();
            sources.map(|source| self.ground.of_ranks(&source.reaches, class)).sum()
        };
        let mut sums: Vec<u64> = (0..=self.classes).map(whole).collect();
        // the last is that of all classes
        for cut in above.cuts.iter().filter(|cut| !cut.whole) {
            let mut masks: BTreeMap<u32, u64> = BTreeMap::new();
            for entry in self.between(cut.label, cut.label + 1) {
                let class = self.standings[entry.feature as usize].class;
                let runs = self.runs(entry).iter();
                for way in runs.flat_map(|run| within(&cut.cells, *run, |way| way.cell)) {
                    *masks.entry(way.cell).or_default() |= 1 << class;
                }
            }
            add_masks(waters, &mut sums, &masks);
        }
        let all = sums.pop().unwrap_or(0);
        GroundBy { classes: sums, all }
    }

    /// The features that water passes on its way down, by their numbers.
    pub fn below(&self, waters: &Waters, below: &Below) -> Vec<Met> {
        let mut tally = Tally::new(self.standings.len());
        for reach in below.heads.keys() {
            for entry in self
                .between(reach + 1, reach + 2)
                .iter()
                .filter(|entry| entry.top != NONE)
            {
                if let Some(way) = below.to_stream(waters, *reach, entry.top) {
                    tally.add(entry.feature, (0, 0), way);
                }
            }
        }
        for (label, cells) in &below.passed {
            for entry in self.between(*label, *label + 1) {
                let runs = self.runs(entry).iter();
                let passed = runs.flat_map(|run| within(cells, *run, |(cell, _)| *cell));
                if let Some((_, way)) = passed.min_by_key(|(_, way)| *way) {
                    tally.add(entry.feature, (0, 0), *way);
                }
            }
        }
        let met = |lying: Lying| Met {
            feature: lying.feature,
            way: in_millimetres(lying.way),
            by: lying.by,
        };
        tally.found().into_iter().map(met).collect()
    }
}

/// The part of a sorted list whose cells lie in a run.
fn within<T>(sorted: &[T], [first, count]: [u32; 2], cell: impl Fn(&T) -> u32) -> &[T] {
    let from = sorted.partition_point(|item| cell(item) < first);
    let length = sorted[from..].partition_point(|item| cell(item) - first < count);
    &sorted[from..from + length]
}

fn add_masks(waters: &Waters, sums: &mut [u64], masks: &BTreeMap<u32, u64>) {
    let classes = sums.len() - 1;
    for (cell, mask) in masks {
        let ground = waters.cell_ground(*cell);
        sums[classes] += ground;
        for class in (0..classes).filter(|class| mask >> class & 1 == 1) {
            sums[class] += ground;
        }
    }
}

/// What the pieces of one unit tell.
fn of_unit(waters: &Waters, pieces: &[Piece], (classes, class): (usize, &(dyn Fn(u32) -> usize + Sync))) -> OfUnit {
    let reach = pieces[0].label.checked_sub(1);
    let cells = reach.map(|reach| waters.unit(reach)).unwrap_or_default();
    let mut stream: Vec<u32> = Vec::new();
    if let Some(reach) = reach {
        let reach = &waters.network().reaches[reach as usize];
        stream.extend(reach.cells(waters.drained()).map(super::held::as_cell));
        stream.sort_unstable();
    }
    let mut masks: BTreeMap<u32, u64> = BTreeMap::new();
    let mut entries = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut entry = Entry {
            feature: piece.feature,
            cells: 0,
            ground: 0,
            way: NONE,
            top: NONE,
            runs: 0..0,
        };
        let mut highest = None;
        for run in &piece.runs {
            for cell in run[0]..run[0] + run[1] {
                entry.cells += 1;
                entry.ground += waters.cell_ground(cell);
                *masks.entry(cell).or_default() |= 1 << class(piece.feature);
            }
            for (cell, way) in within(&cells, *run, |(cell, _)| *cell) {
                entry.way = entry.way.min(whole_millimetres(*way));
                if stream.binary_search(cell).is_ok() {
                    highest = highest.max(Some(whole_millimetres(*way)));
                }
            }
        }
        entry.top = highest.unwrap_or(NONE);
        entries.push((entry, piece.runs.clone()));
    }
    let mut sums = vec![0; classes + 1];
    add_masks(waters, &mut sums, &masks);
    OfUnit { entries, sums }
}

/// The sums of units by class and, last, of all.
fn amounts<'a>(
    waters: &Waters,
    classes: usize,
    units: impl Iterator<Item = (u32, &'a OfUnit)>,
) -> Result<Amounts, FlowError> {
    let with_reach = units.filter_map(|(label, told)| Some((label.checked_sub(1)?, told)));
    let given: Vec<(u32, usize, u64)> = with_reach
        .flat_map(|(reach, told)| {
            told.sums
                .iter()
                .enumerate()
                .map(move |(class, sum)| (reach, class, *sum))
        })
        .filter(|(.., sum)| *sum > 0)
        .collect();
    Amounts::new(waters.flow(), classes + 1, &given)
}

/// Sums by feature, told in the order of their numbers.
struct Tally {
    /// 0 where it was not met, else its place plus one.
    places: Vec<u32>,
    met: Vec<Lying>,
}

impl Tally {
    fn new(features: usize) -> Self {
        Self {
            places: vec![0; features],
            met: Vec::new(),
        }
    }

    fn add(&mut self, feature: u32, (cells, ground): (u32, u64), (way, by): (u64, Option<u32>)) {
        let place = &mut self.places[feature as usize];
        if *place == 0 {
            self.met.push(Lying {
                feature,
                cells,
                ground,
                way,
                by,
            });
            *place = super::held::as_cell(self.met.len());
            return;
        }
        let known = &mut self.met[*place as usize - 1];
        known.cells += cells;
        known.ground += ground;
        if (way, by) < (known.way, known.by) {
            (known.way, known.by) = (way, by);
        }
    }

    fn found(mut self) -> Vec<Lying> {
        self.met.sort_unstable_by_key(|lying| lying.feature);
        self.met
    }
}
