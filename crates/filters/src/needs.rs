//! What a feature must have for a filter to be true of it: boxes and texts, for the caller's indexes.

use crate::{
    Scalar,
    edges::{Bounds, meet},
    node::{Node, Term},
    ops::{Comparison, Spatial},
};

/// So many boxes at most are told; beyond, one around all of them.
const BOXES: usize = 16;

impl Node {
    /// Boxes one of which a feature's box must meet for the answer to be `wanted`; none where any feature may do.
    pub(crate) fn boxes(&self, wanted: bool) -> Option<Vec<Bounds>> {
        let all = |nodes: &[Self]| {
            nodes
                .iter()
                .filter_map(|node| node.boxes(wanted))
                .min_by(|one, other| smaller(one, other))
        };
        let any = |nodes: &[Self]| {
            let each: Option<Vec<Vec<Bounds>>> = nodes.iter().map(|node| node.boxes(wanted)).collect();
            each.map(|boxes| few(boxes.concat()))
        };
        match (self, wanted) {
            (Self::Constant(answer), wanted) => (*answer != Some(wanted)).then(Vec::new),
            (Self::All(nodes), true) | (Self::Any(nodes), false) => all(nodes),
            (Self::Any(nodes), true) | (Self::All(nodes), false) => any(nodes),
            (Self::Not(node), wanted) => node.boxes(!wanted),
            (Self::Spatial(Spatial::Disjoint, literal), false) => Some(few(literal.boxes().to_vec())),
            (Self::Spatial(relation, literal), true) if *relation != Spatial::Disjoint => {
                Some(few(literal.boxes().to_vec()))
            }
            _ => None,
        }
    }

    /// The texts one of which a slot must have for the answer to be `wanted`; none where any may do.
    pub(crate) fn texts(&self, slot: usize, wanted: bool) -> Option<Vec<&str>> {
        match (self, wanted) {
            (Self::Constant(answer), wanted) => (*answer != Some(wanted)).then(Vec::new),
            (Self::All(nodes), true) | (Self::Any(nodes), false) => {
                let each = nodes.iter().filter_map(|node| node.texts(slot, wanted));
                each.min_by_key(Vec::len)
            }
            (Self::Any(nodes), true) | (Self::All(nodes), false) => {
                let each: Option<Vec<Vec<&str>>> = nodes.iter().map(|node| node.texts(slot, wanted)).collect();
                each.map(|texts| once(texts.concat()))
            }
            (Self::Not(node), wanted) => node.texts(slot, !wanted),
            (Self::Compare(comparison, one, other), wanted) if *comparison == equality(wanted) => match (one, other) {
                (Term::Slot(at), Term::Literal(Scalar::Text(text)))
                | (Term::Literal(Scalar::Text(text)), Term::Slot(at))
                    if *at == slot =>
                {
                    Some(vec![text])
                }
                _ => None,
            },
            (Self::InTexts(Term::Slot(at), texts), true) if *at == slot => {
                Some(texts.iter().map(String::as_str).collect())
            }
            _ => None,
        }
    }
}

fn equality(wanted: bool) -> Comparison {
    if wanted { Comparison::Equal } else { Comparison::Unequal }
}

fn once(mut texts: Vec<&str>) -> Vec<&str> {
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn few(boxes: Vec<Bounds>) -> Vec<Bounds> {
    if boxes.len() <= BOXES {
        return boxes;
    }
    boxes.into_iter().reduce(crate::literal::joined).into_iter().collect()
}

/// Fewer square degrees first; boxes that meet count twice, which is not wrong, only late.
fn smaller(one: &[Bounds], other: &[Bounds]) -> std::cmp::Ordering {
    let size = |boxes: &[Bounds]| {
        boxes.iter().fold(0.0, |sum, [west, south, east, north]| {
            sum + (east - west) * (north - south)
        })
    };
    size(one).total_cmp(&size(other))
}

/// Whether a feature's box meets one of the boxes; always where there is no need of any.
pub(crate) fn may_hold(boxes: Option<&[Bounds]>, bounds: Option<&Bounds>) -> bool {
    match (boxes, bounds) {
        (None, _) => true,
        (Some(boxes), Some(bounds)) => boxes.iter().any(|needed| meet(needed, bounds)),
        (Some(_), None) => false,
    }
}
