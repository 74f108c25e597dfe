//! A block of cells on its way from measurements to classes.
//!
//! Plain loops over arrays of fixed length, compiled for several sets of instructions; all give the same bytes, since sums run in the
//! order of the members and are never fused with products.

use crate::curve::{BLOCK, Cells, Curve};
use crate::model::{Combine, Member, Submodel};

/// A submodel made ready.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    members: Vec<Member>,
    combine: Ready,
    breaks: Vec<f32>,
}

#[derive(Clone, Debug)]
enum Ready {
    Linear(Vec<f32>),
    Ordered(Vec<f32>),
    Gamma(f32),
    And,
    Or,
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is what the engine computes in"
)]
fn singles(values: &[f64]) -> Vec<f32> {
    values.iter().map(|value| *value as f32).collect()
}

impl Node {
    pub(crate) fn new(submodel: &Submodel) -> Self {
        Self {
            members: submodel.members.clone(),
            combine: match &submodel.combine {
                Combine::Linear(weights) => Ready::Linear(singles(weights)),
                Combine::Ordered(weights) => Ready::Ordered(singles(weights)),
                Combine::Gamma(gamma) => Ready::Gamma(singles(&[*gamma])[0]),
                Combine::And => Ready::And,
                Combine::Or => Ready::Or,
            },
            breaks: singles(&submodel.breaks),
        }
    }
}

/// The arrays of a block; one for each thread.
pub(crate) struct Scratch {
    /// Values of the criteria.
    pub values: Vec<Cells>,
    /// Scores of the submodels.
    pub scores: Vec<Cells>,
    /// Classes of the submodels, from 1; 0 is *sin dato*.
    pub classes: Vec<[u8; BLOCK]>,
    sorted: Vec<Cells>,
}

impl Scratch {
    pub(crate) fn new(criteria: usize, submodels: usize) -> Self {
        Self {
            values: vec![[0.0; BLOCK]; criteria],
            scores: vec![[0.0; BLOCK]; submodels],
            classes: vec![[0; BLOCK]; submodels],
            sorted: Vec::new(),
        }
    }
}

/// What stands in a block of each criterion: `None` where the run does not need it.
pub(crate) struct Work<'a> {
    pub curves: &'a [Option<Curve>],
    pub nodes: &'a [Node],
}

/// Values of criteria, scores and classes, from the measurements that stand in `scratch.values`.
pub(crate) fn evaluate(work: &Work<'_>, scratch: &mut Scratch) {
    dispatch(
        #[inline(always)]
        || {
            for (curve, values) in work.curves.iter().zip(&mut scratch.values) {
                if let Some(curve) = curve {
                    curve.apply(values);
                }
            }
            combine_all(work.nodes, scratch);
        },
    );
}

/// Scores and classes, from values that stand in `scratch.values` already.
pub(crate) fn combine(nodes: &[Node], scratch: &mut Scratch) {
    dispatch(
        #[inline(always)]
        || combine_all(nodes, scratch),
    );
}

/// Runs on the widest instructions that the processor has.
#[cfg(target_arch = "x86_64")]
#[expect(
    unsafe_code,
    reason = "calls code for instructions that the processor was just asked for"
)]
fn dispatch(run: impl FnOnce()) {
    #[target_feature(enable = "avx2")]
    fn wide(run: impl FnOnce()) {
        run();
    }
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has AVX2, which is all that `wide` needs beyond the baseline.
        unsafe { wide(run) }
    } else {
        run();
    }
}

#[cfg(not(target_arch = "x86_64"))]
fn dispatch(run: impl FnOnce()) {
    run();
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn combine_all(nodes: &[Node], scratch: &mut Scratch) {
    for (at, node) in nodes.iter().enumerate() {
        let (done, rest) = scratch.scores.split_at_mut(at);
        let score = &mut rest[0];
        let values = &scratch.values;
        let member = |member: &Member| match *member {
            Member::Criterion(place) => &values[place],
            Member::Submodel(place) => &done[place],
        };
        match &node.combine {
            Ready::Linear(weights) => {
                *score = [0.0; BLOCK];
                for (one, weight) in node.members.iter().zip(weights) {
                    add(score, member(one), *weight);
                }
            }
            Ready::Ordered(weights) => {
                scratch.sorted.clear();
                scratch.sorted.extend(node.members.iter().map(|one| *member(one)));
                order(&mut scratch.sorted, weights, score);
            }
            Ready::Gamma(gamma) => {
                let (mut all, mut none) = ([1.0; BLOCK], [1.0; BLOCK]);
                for one in &node.members {
                    multiply(&mut all, &mut none, member(one));
                }
                for (cell, score) in score.iter_mut().enumerate() {
                    *score = libm::powf(1.0 - none[cell], *gamma) * libm::powf(all[cell], 1.0 - gamma);
                }
            }
            Ready::And | Ready::Or => {
                let least = matches!(node.combine, Ready::And);
                *score = *member(&node.members[0]);
                for one in &node.members[1..] {
                    extreme(score, member(one), least);
                }
            }
        }
        cut(score, &node.breaks, &mut scratch.classes[at]);
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn add(score: &mut Cells, values: &Cells, weight: f32) {
    for (score, value) in score.iter_mut().zip(values) {
        *score += weight * value;
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn multiply(all: &mut Cells, none: &mut Cells, values: &Cells) {
    for cell in 0..BLOCK {
        all[cell] *= values[cell];
        none[cell] *= 1.0 - values[cell];
    }
}

/// The lesser or the greater; NaN wins.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn extreme(score: &mut Cells, values: &Cells, least: bool) {
    for (score, value) in score.iter_mut().zip(values) {
        let better = if least { value < score } else { value > score };
        *score = if better || value.is_nan() { *value } else { *score };
    }
}

/// Sorts the members of every cell, the greatest first, by exchanging neighbours, and adds them by the weights of their places.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn order(members: &mut [Cells], weights: &[f32], score: &mut Cells) {
    let mut sum = [0.0; BLOCK];
    for member in members.iter() {
        add(&mut sum, member, 1.0);
    }
    for round in 0..members.len() {
        for pair in members[round % 2..].chunks_exact_mut(2) {
            let [first, second] = pair else { continue };
            for (a, b) in first.iter_mut().zip(second.iter_mut()) {
                let (greater, lesser) = if *b > *a { (*b, *a) } else { (*a, *b) };
                (*a, *b) = (greater, lesser);
            }
        }
    }
    *score = [0.0; BLOCK];
    for (member, weight) in members.iter().zip(weights) {
        add(score, member, *weight);
    }
    for (score, sum) in score.iter_mut().zip(&sum) {
        // a member without a value may have been given the weight 0
        *score = if sum.is_nan() { f32::NAN } else { *score };
    }
}

/// Classes of scores: 0 for what is no number, else one more for each break that is reached.
#[inline(always)]
#[expect(clippy::inline_always, reason = "is compiled for the instructions of its caller")]
fn cut(scores: &Cells, breaks: &[f32], classes: &mut [u8; BLOCK]) {
    let mut levels = [0_u32; BLOCK];
    for (level, score) in levels.iter_mut().zip(scores) {
        *level = u32::from(!score.is_nan());
    }
    for at in breaks {
        for (level, score) in levels.iter_mut().zip(scores) {
            *level += u32::from(score >= at);
        }
    }
    for (class, level) in classes.iter_mut().zip(&levels) {
        *class = (level & 0xff) as u8;
    }
}
