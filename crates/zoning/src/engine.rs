//! Grids of criteria → classes of a submodel, or zones by the decision table, in one pass over blocks of cells.

use crate::block::{Node, Scratch, Work, evaluate};
use crate::curve::{BLOCK, Cells, Curve};
use crate::grids_error::GridsError;
use crate::model::{Constraint, Model, Test};
use crate::table::Table;
use rayon::prelude::*;

/// The code of a cell for which something that decides was not measured (*sin dato*).
pub const NO_DATA: u8 = 0;

/// The code of a cell outside of the territory.
pub const OUTSIDE: u8 = 255;

/// Measurements of every cell, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Grids<'a> {
    /// One for each of [`Model::criteria`], in their order, all of one length; what is no finite number is *sin dato*.
    pub values: &'a [&'a [f32]],
    /// Which cells are of the territory, not 0; `None`: all.
    pub within: Option<&'a [u8]>,
}

/// Cells of a submodel's classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Cells of the territory.
    pub cells: u64,
    /// Cells of each class; the first is *sin dato*.
    pub by_class: Vec<u64>,
    /// Cells with a measurement, for each criterion.
    pub covered: Vec<u64>,
}

/// Cells of the outcomes of a decision table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// Cells of the territory.
    pub cells: u64,
    /// Cells of each outcome: *sin dato*, then constraints, then rules, in the order of the model.
    pub by_outcome: Vec<u64>,
    /// Cells of each ecological-economic unit that occurs: the classes of the factors, from 1, and how many cells.
    pub units: Vec<(Vec<u8>, u64)>,
    /// Cells with a measurement, for each criterion.
    pub covered: Vec<u64>,
}

/// Who decided a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Something that decides was not measured.
    NoData,
    /// Outside of the territory.
    Outside,
    /// A place of [`Model::constraints`].
    Constraint(usize),
    /// A place of [`Model::rules`].
    Rule(usize),
}

/// A model made ready for grids.
#[derive(Clone, Debug)]
pub struct Engine {
    pub(crate) names: Vec<String>,
    pub(crate) curves: Vec<Option<Curve>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) factors: Vec<usize>,
    pub(crate) table: Table,
    constraints: Vec<Constraint>,
    /// For each outcome the place of its zone plus one; 0 for *sin dato*, 255 for outside.
    pub(crate) zones: [u8; 256],
    rules: usize,
    classes: Vec<usize>,
}

/// Cells of a task: enough to be worth a thread's while, and a multiple of a block.
const TASK: usize = 128 * BLOCK;

impl Engine {
    /// Of a model.
    pub fn new(model: &Model) -> Self {
        let sizes = model
            .factors
            .iter()
            .map(|factor| model.submodels[*factor].classes.len());
        let mut zones = [NO_DATA; 256];
        zones[usize::from(OUTSIDE)] = OUTSIDE;
        let constrained = model.constraints.iter().map(|constraint| constraint.zone);
        let decided = constrained.chain(model.rules.iter().map(|rule| rule.zone));
        for (code, zone) in zones[1..].iter_mut().zip(decided) {
            *code = u8::try_from(zone + 1).unwrap_or(NO_DATA);
        }
        Self {
            names: model.criteria.iter().map(|criterion| criterion.name.clone()).collect(),
            curves: model
                .criteria
                .iter()
                .map(|criterion| criterion.value.as_ref().map(Curve::new))
                .collect(),
            nodes: model.submodels.iter().map(Node::new).collect(),
            factors: model.factors.clone(),
            table: Table::new(&sizes.collect::<Vec<usize>>(), &model.rules),
            constraints: model.constraints.clone(),
            zones,
            rules: model.rules.len(),
            classes: model.submodels.iter().map(|submodel| submodel.classes.len()).collect(),
        }
    }

    /// What a code of the grid of [`Self::decide`] says.
    pub fn outcome(&self, code: u8) -> Outcome {
        match (code, usize::from(code).checked_sub(1)) {
            (OUTSIDE, _) => Outcome::Outside,
            (_, None) => Outcome::NoData,
            (_, Some(place)) if place < self.constraints.len() => Outcome::Constraint(place),
            (_, Some(place)) => Outcome::Rule(place - self.constraints.len()),
        }
    }

    /// The zones of outcomes, in place: 1 and more are places of [`Model::zones`] plus one.
    pub fn zones_of(&self, outcomes: &mut [u8]) {
        outcomes.par_chunks_mut(TASK).for_each(|chunk| {
            for cell in chunk {
                *cell = self.zones[usize::from(*cell)];
            }
        });
    }

    /// Classes of a submodel, by its place, and its scores where they are wanted; NaN where there is none.
    ///
    /// # Errors
    /// Grids that do not fit.
    pub fn rate(
        &self,
        submodel: usize,
        grids: &Grids<'_>,
        (classes, scores): (&mut [u8], Option<&mut [f32]>),
    ) -> Result<Rating, GridsError> {
        self.fits(grids, classes.len())?;
        let nodes = &self.nodes[..=submodel];
        let tasks: Vec<Option<&mut [f32]>> = match scores {
            Some(scores) if scores.len() == classes.len() => scores.chunks_mut(TASK).map(Some).collect(),
            Some(scores) => {
                let (found, wanted) = (scores.len(), classes.len());
                return Err(GridsError::Cells {
                    name: "scores".to_owned(),
                    found,
                    wanted,
                });
            }
            None => (0..classes.len().div_ceil(TASK)).map(|_| None).collect(),
        };
        let empty = || Rating {
            cells: 0,
            by_class: vec![0; self.classes[submodel] + 1],
            covered: vec![0; self.curves.len()],
        };
        let tasks = classes.par_chunks_mut(TASK).zip(tasks).enumerate();
        let folded = tasks.fold(
            || (empty(), Scratch::new(self.curves.len(), self.nodes.len())),
            |(mut rating, mut scratch), (task, (classes, mut scores))| {
                for (block, out) in classes.chunks_mut(BLOCK).enumerate() {
                    let from = task * TASK + block * BLOCK;
                    load(grids, from, out.len(), &mut scratch.values, &mut rating.covered);
                    let curves = &self.curves;
                    evaluate(&Work { curves, nodes }, &mut scratch);
                    out.copy_from_slice(&scratch.classes[submodel][..out.len()]);
                    if let Some(scores) = &mut scores {
                        let place = block * BLOCK;
                        scores[place..place + out.len()].copy_from_slice(&scratch.scores[submodel][..out.len()]);
                    }
                    rating.cells += mark_outside(grids, from, out);
                    count(out, &mut rating.by_class);
                }
                (rating, scratch)
            },
        );
        let ratings = folded.map(|(rating, _)| rating);
        Ok(ratings.reduce(empty, |a, b| Rating {
            cells: a.cells + b.cells,
            by_class: sum(a.by_class, &b.by_class),
            covered: sum(a.covered, &b.covered),
        }))
    }

    /// Who decides each cell: [`NO_DATA`], [`OUTSIDE`], or a code that [`Self::outcome`] explains.
    ///
    /// # Errors
    /// Grids that do not fit.
    pub fn decide(&self, grids: &Grids<'_>, outcomes: &mut [u8]) -> Result<Decided, GridsError> {
        self.fits(grids, outcomes.len())?;
        let sizes = [
            1,
            1 + self.constraints.len() + self.rules,
            self.table.combinations(),
            self.curves.len(),
        ];
        let empty = || sizes.map(|size| vec![0_u64; size]);
        let folded = outcomes.par_chunks_mut(TASK).enumerate().fold(
            || (empty(), Scratch::new(self.curves.len(), self.nodes.len())),
            |(mut tally, mut scratch), (task, outcomes)| {
                for (block, out) in outcomes.chunks_mut(BLOCK).enumerate() {
                    let from = task * TASK + block * BLOCK;
                    load(grids, from, out.len(), &mut scratch.values, &mut tally[3]);
                    let (curves, nodes) = (&self.curves, &self.nodes);
                    evaluate(&Work { curves, nodes }, &mut scratch);
                    self.decide_block(&scratch, out, &mut tally[2]);
                    self.constrain(grids, from, out);
                    tally[0][0] += mark_outside(grids, from, out);
                    count(out, &mut tally[1]);
                }
                (tally, scratch)
            },
        );
        let tallies = folded.map(|(tally, _)| tally);
        let [cells, by_outcome, units, covered] = tallies.reduce(empty, |a, b| {
            let mut pairs = a.into_iter().zip(&b);
            std::array::from_fn(|_| pairs.next().map(|(a, b)| sum(a, b)).unwrap_or_default())
        });
        Ok(Decided {
            cells: cells[0],
            by_outcome,
            units: self.name_units(&units),
            covered,
        })
    }

    fn name_units(&self, units: &[u64]) -> Vec<(Vec<u8>, u64)> {
        let occurring = units.iter().enumerate().filter(|(_, cells)| **cells > 0);
        let classes = |code: usize| {
            let classes = self.table.classes(code).into_iter();
            classes
                .map(|class| u8::try_from(class + 1).unwrap_or(u8::MAX))
                .collect()
        };
        occurring.map(|(code, cells)| (classes(code), *cells)).collect()
    }

    /// The rule of every cell of a block, and a count of its units.
    fn decide_block(&self, scratch: &Scratch, out: &mut [u8], units: &mut [u64]) {
        for (cell, out) in out.iter_mut().enumerate() {
            let (outcome, unit) = self.decide_cell(scratch, cell);
            *out = outcome;
            if let Some(unit) = unit {
                units[unit] += 1;
            }
        }
    }

    /// The outcome by the table, and the ecological-economic unit, where all classes are known.
    #[inline]
    pub(crate) fn decide_cell(&self, scratch: &Scratch, cell: usize) -> (u8, Option<usize>) {
        let (mut code, mut known) = (0, true);
        for (place, factor) in self.factors.iter().enumerate() {
            let class = usize::from(scratch.classes[*factor][cell]);
            known &= class > 0;
            code += class.saturating_sub(1) * self.table.step(place);
        }
        match self.table.rule(code).filter(|_| known) {
            Some(rule) => (
                u8::try_from(self.constraints.len() + rule + 1).unwrap_or(NO_DATA),
                Some(code),
            ),
            None => (NO_DATA, None),
        }
    }

    /// The first constraint that is met decides.
    pub(crate) fn constrain(&self, grids: &Grids<'_>, from: usize, out: &mut [u8]) {
        for (place, constraint) in self.constraints.iter().enumerate().rev() {
            let code = u8::try_from(place + 1).unwrap_or(NO_DATA);
            let values = &grids.values[constraint.criterion][from..from + out.len()];
            for (out, value) in out.iter_mut().zip(values) {
                if constraint.test.is_met(f64::from(*value)) {
                    *out = code;
                }
            }
        }
    }

    pub(crate) fn fits(&self, grids: &Grids<'_>, wanted: usize) -> Result<(), GridsError> {
        let found = grids.values.len();
        if found != self.names.len() {
            let wanted = self.names.len();
            return Err(GridsError::Criteria { found, wanted });
        }
        let lengths = self
            .names
            .iter()
            .zip(grids.values)
            .map(|(name, values)| (name.as_str(), values.len()));
        let within = grids.within.map(|within| ("territorio", within.len()));
        match lengths.chain(within).find(|(_, found)| *found != wanted) {
            Some((name, found)) => Err(GridsError::Cells {
                name: name.to_owned(),
                found,
                wanted,
            }),
            None => Ok(()),
        }
    }
}

impl Test {
    /// Whether a measurement meets it; what is no number does not.
    #[expect(clippy::float_cmp, reason = "codes are whole numbers, exactly")]
    pub fn is_met(&self, value: f64) -> bool {
        match self {
            Self::AtLeast(least) => value >= *least && value.is_finite(),
            Self::AtMost(most) => value <= *most && value.is_finite(),
            Self::In(codes) => codes.iter().any(|code| f64::from(*code) == value),
        }
    }
}

/// The measurements of a block; NaN where there is none, outside of the territory, and past the end.
pub(crate) fn load(grids: &Grids<'_>, from: usize, length: usize, blocks: &mut [Cells], covered: &mut [u64]) {
    for ((block, values), covered) in blocks.iter_mut().zip(grids.values).zip(covered) {
        block[..length].copy_from_slice(&values[from..from + length]);
        block[length..].fill(f32::NAN);
        if let Some(within) = grids.within {
            for (value, within) in block.iter_mut().zip(&within[from..from + length]) {
                *value = if *within == 0 { f32::NAN } else { *value };
            }
        }
        let mut found = 0_u32;
        for value in block.iter_mut() {
            let finite = value.is_finite();
            *value = if finite { *value } else { f32::NAN };
            found += u32::from(finite);
        }
        *covered += u64::from(found);
    }
}

/// Writes what lies outside; gives the cells within.
pub(crate) fn mark_outside(grids: &Grids<'_>, from: usize, out: &mut [u8]) -> u64 {
    let Some(within) = grids.within else {
        return out.len() as u64;
    };
    let mut cells = 0;
    for (out, within) in out.iter_mut().zip(&within[from..]) {
        cells += u64::from(*within != 0);
        *out = if *within == 0 { OUTSIDE } else { *out };
    }
    cells
}

/// Adds the cells of each code.
fn count(codes: &[u8], tally: &mut [u64]) {
    if tally.len() <= 16 {
        for (code, tally) in (0_u8..).zip(tally) {
            let mut found = 0_u32;
            for one in codes {
                found += u32::from(*one == code);
            }
            *tally += u64::from(found);
        }
        return;
    }
    for code in codes {
        if let Some(tally) = tally.get_mut(usize::from(*code)) {
            *tally += 1;
        }
    }
}

fn sum(mut a: Vec<u64>, b: &[u64]) -> Vec<u64> {
    a.iter_mut().zip(b).for_each(|(a, b)| *a += b);
    a
}
