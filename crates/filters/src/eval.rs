//! Asking a bound filter of a feature, in the three-valued logic of SQL.

use crate::{
    Record, Scalar,
    node::{Node, Term, When},
    ops::{Arithmetic, Comparison, Lists, Spatial},
    record::has_all,
    temporal::{self, EVER, NEVER, Span},
};
use std::borrow::Cow;
use std::cmp::Ordering;

impl Node {
    /// True, false, or none where a value that it needs is null.
    pub(crate) fn ask<R: Record + ?Sized>(&self, record: &R) -> Option<bool> {
        match self {
            Self::Constant(answer) => *answer,
            Self::All(nodes) => join(nodes, record, false),
            Self::Any(nodes) => join(nodes, record, true),
            Self::Not(node) => node.ask(record).map(|answer| !answer),
            Self::Value(term) => match term.value(record)? {
                Scalar::Boolean(value) => Some(value),
                _ => None,
            },
            Self::Compare(comparison, one, other) => {
                let order = one.value(record)?.order(&other.value(record)?)?;
                Some(compared(*comparison, order))
            }
            Self::Like(term, pattern) => Some(pattern.fits(term.value(record)?.text()?)),
            Self::Between(value, least, most) => {
                between(&value.value(record)?, least.value(record), most.value(record))
            }
            Self::InTexts(term, texts) => {
                let value = term.value(record)?;
                let sought = value.text()?;
                Some(texts.binary_search_by(|text| text.as_str().cmp(sought)).is_ok())
            }
            Self::In(term, list) => among(&term.value(record)?, list, record),
            Self::NoValue(term) => Some(term.value(record).is_none()),
            Self::NoAnswer(node) => Some(node.ask(record).is_none()),
            Self::NoSpan(when) => Some(when.span(record).is_none()),
            Self::NoGeometry => Some(record.geometry().is_none()),
            Self::Spatial(relation, literal) => {
                let geometry = record.geometry()?;
                Some(literal.relates(*relation, geometry, record.bbox()))
            }
            Self::Itself(relation) => {
                let empty = crate::parts::dimension(record.geometry()?).is_none();
                Some(itself(*relation, empty))
            }
            Self::Temporal(relation, one, other) => {
                Some(temporal::holds(*relation, one.span(record)?, other.span(record)?))
            }
            Self::Lists(relation, one, other) => lists(*relation, &one.value(record)?, &other.value(record)?),
        }
    }
}

/// `decisive` where any node says so, none where any says nothing, else the opposite.
fn join<R: Record + ?Sized>(nodes: &[Node], record: &R, decisive: bool) -> Option<bool> {
    let mut known = true;
    for node in nodes {
        match node.ask(record) {
            Some(answer) if answer == decisive => return Some(decisive),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(!decisive)
}

pub(crate) fn compared(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Unequal => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::Greater => order.is_gt(),
        Comparison::AtMost => order.is_le(),
        Comparison::AtLeast => order.is_ge(),
    }
}

/// `least <= value AND value <= most`
fn between(value: &Scalar<'_>, least: Option<Scalar<'_>>, most: Option<Scalar<'_>>) -> Option<bool> {
    let above = least.and_then(|least| value.order(&least)).map(Ordering::is_ge);
    let below = most.and_then(|most| value.order(&most)).map(Ordering::is_le);
    match (above, below) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn among<R: Record + ?Sized>(value: &Scalar<'_>, list: &[Term], record: &R) -> Option<bool> {
    let mut known = true;
    for term in list {
        match term.value(record).and_then(|item| value.order(&item)) {
            Some(Ordering::Equal) => return Some(true),
            Some(_) => {}
            None => known = false,
        }
    }
    known.then_some(false)
}

/// A geometry related to itself.
fn itself(relation: Spatial, empty: bool) -> bool {
    match relation {
        Spatial::Equals => true,
        Spatial::Intersects | Spatial::Within | Spatial::Contains => !empty,
        Spatial::Disjoint => empty,
        Spatial::Touches | Spatial::Overlaps | Spatial::Crosses => false,
    }
}

fn lists(relation: Lists, one: &Scalar<'_>, other: &Scalar<'_>) -> Option<bool> {
    let (Scalar::Array(one), Scalar::Array(other)) = (one, other) else {
        return None;
    };
    Some(match relation {
        Lists::Equals => has_all(one, other) && has_all(other, one),
        Lists::Contains => has_all(one, other),
        Lists::ContainedBy => has_all(other, one),
        Lists::Overlaps => one.iter().any(|item| other.iter().any(|found| found.same(item))),
    })
}

impl Term {
    /// The value; none where it is null.
    pub(crate) fn value<'r, R: Record + ?Sized>(&'r self, record: &'r R) -> Option<Scalar<'r>> {
        match self {
            Self::Literal(Scalar::Text(text)) => Some(Scalar::Text(Cow::Borrowed(text))),
            Self::Literal(literal) => Some(literal.clone()),
            Self::Slot(slot) => record.value(*slot),
            Self::Condition(node) => node.ask(record).map(Scalar::Boolean),
            Self::Fold(fold, term) => {
                let value = term.value(record)?;
                Some(Scalar::Text(Cow::Owned(fold.of(value.text()?))))
            }
            Self::Arithmetic(operation, operands) => {
                let [one, other] = &**operands;
                calculated(*operation, &one.value(record)?, &other.value(record)?)
            }
            Self::OfScalar(function, term) => function.of_scalar(&term.value(record)?),
            Self::OfFeature(function) => function.of_feature(record),
            Self::List(terms) => {
                let items: Option<Vec<Scalar<'r>>> = terms.iter().map(|term| term.value(record)).collect();
                items.map(Scalar::Array)
            }
        }
    }
}

/// Whole numbers stay whole where the result is whole and no larger than 64 bits hold, but a quotient never is. None for divisions by
/// zero and for what is no finite number.
pub(crate) fn calculated(operation: Arithmetic, one: &Scalar<'_>, other: &Scalar<'_>) -> Option<Scalar<'static>> {
    if let (Scalar::Integer(one), Scalar::Integer(other)) = (one, other) {
        let whole = match operation {
            Arithmetic::Add => one.checked_add(*other),
            Arithmetic::Subtract => one.checked_sub(*other),
            Arithmetic::Multiply => one.checked_mul(*other),
            Arithmetic::Remainder => one.checked_rem(*other),
            Arithmetic::Whole => one.checked_div(*other),
            Arithmetic::Power => u32::try_from(*other).ok().and_then(|power| one.checked_pow(power)),
            Arithmetic::Divide => None,
        };
        if let Some(whole) = whole {
            return Some(Scalar::Integer(whole));
        }
    }
    let (one, other) = (one.number()?, other.number()?);
    let number = match operation {
        Arithmetic::Add => one + other,
        Arithmetic::Subtract => one - other,
        Arithmetic::Multiply => one * other,
        Arithmetic::Divide => one / other,
        Arithmetic::Remainder => one % other,
        Arithmetic::Whole => (one / other).trunc(),
        Arithmetic::Power => libm::pow(one, other),
    };
    number.is_finite().then_some(Scalar::Number(number))
}

impl When {
    /// The time; none where an end is null or it would end before it begins.
    fn span<R: Record + ?Sized>(&self, record: &R) -> Option<Span> {
        let end_of = |end: &Option<Term>, open: i128| match end {
            Some(term) => temporal::place(&term.value(record)?),
            None => Some(open),
        };
        match self {
            Self::Span(span) => Some(*span),
            Self::Instant(term) => {
                let place = temporal::place(&term.value(record)?)?;
                Some(Span {
                    begin: place,
                    end: place,
                })
            }
            Self::Between(begin, end) => {
                let (begin, end) = (end_of(begin, EVER)?, end_of(end, NEVER)?);
                (begin <= end).then_some(Span { begin, end })
            }
        }
    }
}
