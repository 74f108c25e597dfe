//! Expression + queryables → a filter whose names are slots and whose types are checked: conditions.

use crate::{
    Expr, FilterError, Queryables, Scalar,
    like::Pattern,
    node::{Fold, Node, Term},
    ops::{Comparison, Op},
    words::{Kind, shortened},
};

pub(crate) type Bind<T> = Result<T, FilterError>;

/// Binds to some queryables.
#[derive(Clone, Copy)]
pub(crate) struct Binder<'q> {
    pub(crate) queryables: &'q Queryables,
}

/// An expression as text, for an error.
pub(crate) fn near(expr: &Expr) -> String {
    shortened(&crate::write_text::write(expr), 60)
}

/// The records of no feature, for conditions that need none.
struct Nothing;

impl crate::Record for Nothing {
    fn value(&self, _: usize) -> Option<Scalar<'_>> {
        None
    }

    fn geometry(&self) -> Option<&geo_types::Geometry<f64>> {
        None
    }

    fn bbox(&self) -> Option<[f64; 4]> {
        None
    }
}

/// A term without slots becomes its value; one whose value is null stays.
pub(crate) fn settled(term: Term) -> Term {
    let settles = match &term {
        Term::Fold(_, inner) | Term::OfScalar(_, inner) => matches!(**inner, Term::Literal(_)),
        Term::Arithmetic(_, operands) => operands.iter().all(|operand| matches!(operand, Term::Literal(_))),
        _ => false,
    };
    let value = settles.then(|| term.value(&Nothing).map(owned)).flatten();
    value.map_or(term, Term::Literal)
}

fn owned(value: Scalar<'_>) -> Scalar<'static> {
    match value {
        Scalar::Text(text) => Scalar::Text(text.into_owned().into()),
        Scalar::Integer(value) => Scalar::Integer(value),
        Scalar::Number(value) => Scalar::Number(value),
        Scalar::Boolean(value) => Scalar::Boolean(value),
        Scalar::Date(value) => Scalar::Date(value),
        Scalar::Timestamp(value) => Scalar::Timestamp(value),
        Scalar::Array(items) => Scalar::Array(items.into_iter().map(owned).collect()),
    }
}

impl Binder<'_> {
    /// A condition.
    pub(crate) fn condition(self, expr: &Expr) -> Bind<Node> {
        let Expr::Call(op, args) = expr else {
            let (term, kind) = self.scalar(expr, Kind::Boolean)?;
            return match (kind, term) {
                (Kind::Boolean, Term::Literal(Scalar::Boolean(value))) => Ok(Node::Constant(Some(value))),
                (Kind::Boolean, term) => Ok(Node::Value(term)),
                (found, _) => Err(wrong_type(Kind::Boolean, found, expr)),
            };
        };
        match (op, &args[..]) {
            (Op::And, args) => self.conditions(args).map(Node::All),
            (Op::Or, args) => self.conditions(args).map(Node::Any),
            (Op::Not, [arg]) => Ok(Node::Not(Box::new(self.condition(arg)?))),
            (Op::Compare(comparison), [one, other]) => self.compare(*comparison, [one, other], expr),
            (Op::Like, [text, pattern]) => self.like(text, pattern, expr),
            (Op::Between, [value, least, most]) => self.between([value, least, most], expr),
            (Op::In, [value, Expr::Array(list)]) => self.among(value, list, expr),
            (Op::IsNull, [arg]) => self.null(arg),
            (Op::Spatial(relation), [one, other]) => self.spatial(*relation, one, other),
            (Op::Temporal(relation), [one, other]) => self.temporal(*relation, [one, other], expr),
            (Op::Lists(relation), [one, other]) => Ok(Node::Lists(*relation, self.list(one)?, self.list(other)?)),
            _ => Err(wrong_type(Kind::Boolean, self.kind(expr)?, expr)),
        }
    }

    /// Conditions, the cheap ones first: the answer is the same in any order.
    fn conditions(self, args: &[Expr]) -> Bind<Vec<Node>> {
        let mut nodes: Vec<Node> = args.iter().map(|arg| self.condition(arg)).collect::<Bind<_>>()?;
        nodes.sort_by_key(Node::cost);
        Ok(nodes)
    }

    /// Operands of one scalar type.
    fn alike<const N: usize>(self, exprs: [&Expr; N], whole: &Expr) -> Bind<([Term; N], Kind)> {
        let mut kinds = Vec::with_capacity(N);
        let mut terms = Vec::with_capacity(N);
        for expr in exprs {
            let (term, kind) = self.scalar(expr, Kind::Scalar)?;
            kinds.push(kind);
            terms.push(term);
        }
        if let Some(other) = kinds.iter().find(|kind| **kind != kinds[0]) {
            return Err(FilterError::Incomparable {
                left: kinds[0],
                right: *other,
                near: near(whole),
            });
        }
        let terms = terms
            .try_into()
            .map_err(|_| wrong_type(Kind::Scalar, kinds[0], whole))?;
        Ok((terms, kinds[0]))
    }

    fn compare(self, comparison: Comparison, operands: [&Expr; 2], whole: &Expr) -> Bind<Node> {
        let ([one, other], kind) = self.alike(operands, whole)?;
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::Unequal);
        if kind == Kind::Boolean && ordered {
            return Err(FilterError::NoOrder {
                kind,
                near: near(whole),
            });
        }
        Ok(Node::Compare(comparison, one, other))
    }

    fn like(self, text: &Expr, pattern: &Expr, whole: &Expr) -> Bind<Node> {
        let (term, kind) = self.scalar(text, Kind::Text)?;
        if kind != Kind::Text {
            return Err(wrong_type(Kind::Text, kind, text));
        }
        let Some(pattern) = written(pattern) else {
            return Err(FilterError::PatternNotLiteral { near: near(whole) });
        };
        Ok(Node::Like(term, Pattern::new(&pattern)))
    }

    fn between(self, operands: [&Expr; 3], whole: &Expr) -> Bind<Node> {
        let ([value, least, most], kind) = self.alike(operands, whole)?;
        if kind == Kind::Boolean {
            return Err(FilterError::NoOrder {
                kind,
                near: near(whole),
            });
        }
        Ok(Node::Between(value, least, most))
    }

    fn among(self, value: &Expr, list: &[Expr], whole: &Expr) -> Bind<Node> {
        let mut items = Vec::with_capacity(list.len());
        let (term, _) = self.scalar(value, Kind::Scalar)?;
        for item in list {
            let ([_, item], _) = self.alike([value, item], whole)?;
            items.push(item);
        }
        let texts = items.iter().map(|item| match item {
            Term::Literal(Scalar::Text(text)) => Some(text.to_string()),
            _ => None,
        });
        let Some(mut texts) = texts.collect::<Option<Vec<String>>>() else {
            return Ok(Node::In(term, items));
        };
        texts.sort();
        texts.dedup();
        Ok(Node::InTexts(term, texts))
    }

    fn null(self, arg: &Expr) -> Bind<Node> {
        Ok(match self.kind(arg)? {
            Kind::Geometry => match arg {
                Expr::Property(_) => Node::NoGeometry,
                _ => Node::Constant(Some(false)),
            },
            Kind::Interval => Node::NoSpan(self.when(arg)?.0),
            Kind::Boolean if matches!(arg, Expr::Call(..)) => Node::NoAnswer(Box::new(self.condition(arg)?)),
            Kind::Array => Node::NoValue(self.list(arg)?),
            _ => Node::NoValue(self.scalar(arg, Kind::Scalar)?.0),
        })
    }
}

pub(crate) fn wrong_type(wanted: Kind, found: Kind, expr: &Expr) -> FilterError {
    FilterError::WrongType {
        wanted,
        found,
        near: near(expr),
    }
}

/// A pattern that is written out, perhaps folded.
fn written(pattern: &Expr) -> Option<String> {
    match pattern {
        Expr::Text(text) => Some(text.clone()),
        Expr::Call(Op::CaseI, args) => Some(Fold::Case.of(&written(args.first()?)?)),
        Expr::Call(Op::AccentI, args) => Some(Fold::Accents.of(&written(args.first()?)?)),
        _ => None,
    }
}
