//! How much the zones depend on the weights: one weight at a time, and all of them together by draws.

use crate::block::{Node, Scratch, Work, combine, evaluate};
use crate::curve::BLOCK;
use crate::engine::{Engine, Grids, NO_DATA, OUTSIDE, load, mark_outside};
use crate::grids_error::GridsError;
use crate::model::{Combine, Model};
use crate::random::Chance;
use rayon::prelude::*;

/// One weight changed: which, and by how much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// A place of [`Model::submodels`].
    pub submodel: usize,
    /// A place of its members.
    pub member: usize,
    /// What the weight is multiplied by; the others share the rest as before.
    pub factor: f64,
}

/// Every weight of a linear submodel less and more by a share (0.2: ±20 %), the others sharing the rest; a weight that cannot grow, being the
/// only one, is left out.
pub fn one_at_a_time(model: &Model, share: f64) -> Vec<(Change, Model)> {
    let mut changed = Vec::new();
    for (submodel, of) in model.submodels.iter().enumerate() {
        let Combine::Linear(weights) = &of.combine else {
            continue;
        };
        for (member, weight) in weights.iter().enumerate() {
            for factor in [1.0 - share, 1.0 + share] {
                let (new, rest) = (weight * factor, 1.0 - weight);
                if rest <= 0.0 || new > 1.0 {
                    continue;
                }
                let other = |(place, old): (usize, &f64)| if place == member { new } else { old * (1.0 - new) / rest };
                let mut model = model.clone();
                model.submodels[submodel].combine = Combine::Linear(weights.iter().enumerate().map(other).collect());
                let change = Change {
                    submodel,
                    member,
                    factor,
                };
                changed.push((change, model));
            }
        }
    }
    changed
}

/// Models with weights drawn round those of a model (Dirichlet, mean the model's weights), the same for a seed for ever.
///
/// A weight w has the variance w(1 − w) / (concentration + 1).
pub fn draws(model: &Model, count: usize, concentration: f64, seed: u64) -> Vec<Model> {
    let mut chance = Chance::new(seed);
    let mut draw = || {
        let mut model = model.clone();
        for submodel in &mut model.submodels {
            if let Combine::Linear(weights) = &mut submodel.combine {
                *weights = chance.dirichlet(weights, concentration);
            }
        }
        model
    };
    (0..count).map(|_| draw()).collect()
}

/// How often other weights give a cell another zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sensitivity {
    /// For each model, the cells whose zone is not that of the first weights.
    pub changed: Vec<u64>,
    /// Cells of the territory that have a zone.
    pub zoned: u64,
}

/// Cells of a task.
const TASK: usize = 32 * BLOCK;

impl Engine {
    /// Decides every cell by the weights of other models, reading the grids once, and writes for each cell in how many of them it keeps its
    /// zone; 65535 where it has none. At most 65534 models, all made from the model of this engine by other weights.
    ///
    /// # Errors
    /// Grids that do not fit.
    pub fn sensitivity(
        &self,
        models: &[Model],
        grids: &Grids<'_>,
        keeps: &mut [u16],
    ) -> Result<Sensitivity, GridsError> {
        self.fits(grids, keeps.len())?;
        let models = &models[..models.len().min(usize::from(u16::MAX) - 1)];
        let others: Vec<Vec<Node>> = models
            .iter()
            .map(|model| model.submodels.iter().map(Node::new).collect())
            .collect();
        let empty = || Sensitivity {
            changed: vec![0; others.len()],
            zoned: 0,
        };
        let tasks = keeps.par_chunks_mut(TASK).enumerate();
        let folded = tasks.fold(
            || (empty(), Scratch::new(self.curves.len(), self.nodes.len())),
            |(mut tally, mut scratch), (task, keeps)| {
                for (block, keeps) in keeps.chunks_mut(BLOCK).enumerate() {
                    self.draw_block(
                        (grids, task * TASK + block * BLOCK),
                        &others,
                        &mut scratch,
                        (keeps, &mut tally),
                    );
                }
                (tally, scratch)
            },
        );
        Ok(folded.map(|(tally, _)| tally).reduce(empty, |mut a, b| {
            a.changed.iter_mut().zip(&b.changed).for_each(|(a, b)| *a += b);
            a.zoned += b.zoned;
            a
        }))
    }

    fn draw_block(
        &self,
        (grids, from): (&Grids<'_>, usize),
        others: &[Vec<Node>],
        scratch: &mut Scratch,
        (keeps, tally): (&mut [u16], &mut Sensitivity),
    ) {
        let length = keeps.len();
        load(
            grids,
            from,
            length,
            &mut scratch.values,
            &mut vec![0; self.curves.len()],
        );
        let (curves, nodes) = (&self.curves, &self.nodes);
        evaluate(&Work { curves, nodes }, scratch);
        let classes = scratch.classes.clone();
        let mut zones = [NO_DATA; BLOCK];
        for (cell, zone) in zones[..length].iter_mut().enumerate() {
            *zone = self.decide_cell(scratch, cell).0;
        }
        let mut fixed = [NO_DATA; BLOCK];
        self.constrain(grids, from, &mut fixed[..length]);
        mark_outside(grids, from, &mut fixed[..length]);
        for (zone, fixed) in zones.iter_mut().zip(&fixed) {
            // what a constraint decides does not depend on weights
            let code = if *fixed == NO_DATA { *zone } else { *fixed };
            *zone = self.zones[usize::from(code)];
        }
        let mut kept = [0_u16; BLOCK];
        for (nodes, changed) in others.iter().zip(&mut tally.changed) {
            combine(nodes, scratch);
            let mut moved = [0_u8; BLOCK];
            for factor in &self.factors {
                let (old, new) = (&classes[*factor], &scratch.classes[*factor]);
                for ((moved, old), new) in moved.iter_mut().zip(old).zip(new) {
                    *moved |= u8::from(old != new);
                }
            }
            for (kept, moved) in kept.iter_mut().zip(&moved) {
                *kept += u16::from(*moved == 0);
            }
            for cell in (0..length).filter(|cell| moved[*cell] != 0) {
                let same =
                    fixed[cell] != NO_DATA || self.zones[usize::from(self.decide_cell(scratch, cell).0)] == zones[cell];
                kept[cell] += u16::from(same);
                *changed += u64::from(!same);
            }
        }
        for ((keeps, zone), kept) in keeps.iter_mut().zip(&zones).zip(&kept) {
            let zoned = *zone != NO_DATA && *zone != OUTSIDE;
            *keeps = if zoned { *kept } else { u16::MAX };
            tally.zoned += u64::from(zoned);
        }
    }
}

/// Cells that keep their zone in at least a share of the models are stable: 2; the others fragile: 1; without a zone: 0.
pub fn stable_or_fragile(keeps: &[u16], models: usize, share: f64) -> Vec<u8> {
    let enough = |kept: u16| f64::from(kept) >= share * models as f64;
    let code = |kept: &u16| {
        if *kept == u16::MAX {
            0
        } else {
            1 + u8::from(enough(*kept))
        }
    };
    keeps.par_iter().map(code).collect()
}
