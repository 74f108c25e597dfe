//! A filter whose names are slots and whose types are checked.

use crate::{
    Scalar,
    functions::Function,
    like::Pattern,
    literal::Literal,
    ops::{Arithmetic, Comparison, Lists, Spatial, Temporal},
    temporal::Span,
};

/// A condition: true, false or null.
#[derive(Clone, Debug)]
pub(crate) enum Node {
    Constant(Option<bool>),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
    Value(Term),
    Compare(Comparison, Term, Term),
    Like(Term, Pattern),
    Between(Term, Term, Term),
    /// A text, and the texts that it may be, in order and each once.
    InTexts(Term, Vec<String>),
    In(Term, Vec<Term>),
    /// Whether a value is null.
    NoValue(Term),
    /// Whether a condition is null.
    NoAnswer(Box<Node>),
    /// Whether an interval has a null end.
    NoSpan(When),
    NoGeometry,
    Spatial(Spatial, Box<Literal>),
    /// The feature's geometry, related to itself.
    Itself(Spatial),
    Temporal(Temporal, When, When),
    Lists(Lists, Term, Term),
}

/// A scalar or a list.
#[derive(Clone, Debug)]
pub(crate) enum Term {
    Literal(Scalar<'static>),
    Slot(usize),
    Condition(Box<Node>),
    Fold(Fold, Box<Term>),
    Arithmetic(Arithmetic, Box<[Term; 2]>),
    OfScalar(Function, Box<Term>),
    OfFeature(Function),
    List(Vec<Term>),
}

/// What is dropped of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fold {
    Case,
    Accents,
}

impl Fold {
    pub(crate) fn of(self, text: &str) -> String {
        match self {
            Self::Case => crate::fold::caseless(text),
            Self::Accents => crate::fold::accentless(text),
        }
    }
}

/// An instant or an interval; an end that is missing is open.
#[derive(Clone, Debug)]
pub(crate) enum When {
    Span(Span),
    Instant(Term),
    Between(Option<Term>, Option<Term>),
}

impl Node {
    /// How dear it is to ask, roughly: cheap ones are asked first.
    pub(crate) fn cost(&self) -> u8 {
        match self {
            Self::Constant(_) | Self::NoGeometry => 0,
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().map(Self::cost).max().unwrap_or(0),
            Self::Not(node) | Self::NoAnswer(node) => node.cost(),
            Self::Spatial(Spatial::Intersects | Spatial::Disjoint, _) => 8,
            Self::Spatial(..) => 9,
            Self::Like(..) | Self::Lists(..) => 3,
            Self::Value(term) | Self::NoValue(term) => term.cost(),
            Self::Compare(_, one, other) => one.cost().max(other.cost()),
            _ => 2,
        }
    }
}

impl Term {
    fn cost(&self) -> u8 {
        match self {
            Self::Literal(_) | Self::Slot(_) => 1,
            Self::OfFeature(_) => 10,
            Self::Condition(node) => node.cost(),
            _ => 3,
        }
    }
}
