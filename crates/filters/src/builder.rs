//! Expressions as they are put together, counted against the limits.

use crate::{
    Expr, FilterError, Limits, Measure,
    ast::End,
    error::{Place, Wanted},
    ops::Op,
};

/// The deepest nesting that any limit allows: the readers, the printers and the evaluator call themselves once per level.
const DEEPEST: usize = 50;

/// An expression and how many levels it has.
#[derive(Debug)]
pub(crate) struct Deep {
    pub(crate) expr: Expr,
    height: usize,
}

/// Counts what is built.
#[derive(Debug)]
pub(crate) struct Builder<'l> {
    limits: &'l Limits,
    nodes: usize,
    vertices: usize,
    open: usize,
}

impl<'l> Builder<'l> {
    pub(crate) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            nodes: 0,
            vertices: 0,
            open: 0,
        }
    }

    fn deepest(&self) -> usize {
        self.limits.depth.min(DEEPEST)
    }

    fn count(&mut self, height: usize) -> Result<(), FilterError> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(FilterError::too_much(Measure::Nodes, self.limits.nodes));
        }
        if height > self.deepest() {
            return Err(FilterError::too_much(Measure::Depth, self.deepest()));
        }
        Ok(())
    }

    /// Goes one level into what is being read.
    pub(crate) fn enter(&mut self) -> Result<(), FilterError> {
        self.open += 1;
        if self.open > self.deepest() {
            return Err(FilterError::too_much(Measure::Depth, self.deepest()));
        }
        Ok(())
    }

    /// Comes back.
    pub(crate) fn leave(&mut self) {
        self.open -= 1;
    }

    /// Counts vertices of a literal geometry.
    pub(crate) fn vertex(&mut self) -> Result<(), FilterError> {
        self.vertices += 1;
        if self.vertices > self.limits.vertices {
            return Err(FilterError::too_much(Measure::Vertices, self.limits.vertices));
        }
        Ok(())
    }

    /// An expression without operands.
    pub(crate) fn leaf(&mut self, expr: Expr) -> Result<Deep, FilterError> {
        self.count(1)?;
        Ok(Deep { expr, height: 1 })
    }

    fn above(&mut self, items: &[Deep]) -> Result<usize, FilterError> {
        let height = 1 + items.iter().map(|item| item.height).max().unwrap_or(0);
        self.count(height)?;
        Ok(height)
    }

    /// An operation; `place` is where it stands.
    pub(crate) fn join(&mut self, op: Op, args: Vec<Deep>, place: impl FnOnce() -> Place) -> Result<Deep, FilterError> {
        let (least, most) = op.arity();
        if !(least..=most).contains(&args.len()) {
            return Err(FilterError::Syntax {
                place: place(),
                wanted: Wanted::Operands(op.name().to_owned(), least),
                found: args.len().to_string(),
            });
        }
        let pattern = match (&op, args.get(1)) {
            (Op::Like, Some(pattern)) => pattern_length(&pattern.expr),
            _ => 0,
        };
        if pattern > self.limits.pattern {
            return Err(FilterError::too_much(Measure::Pattern, self.limits.pattern));
        }
        let height = self.above(&args)?;
        let args = args.into_iter().map(|deep| deep.expr).collect();
        Ok(Deep {
            expr: Expr::Call(op, args),
            height,
        })
    }

    /// A list.
    pub(crate) fn array(&mut self, items: Vec<Deep>) -> Result<Deep, FilterError> {
        let height = self.above(&items)?;
        let items = items.into_iter().map(|deep| deep.expr).collect();
        Ok(Deep {
            expr: Expr::Array(items),
            height,
        })
    }

    /// An interval; an end that is missing is open.
    pub(crate) fn interval(&mut self, ends: [Option<Deep>; 2]) -> Result<Deep, FilterError> {
        let height = 1 + ends.iter().flatten().map(|end| end.height).max().unwrap_or(0);
        self.count(height)?;
        let ends = ends.map(|end| end.map_or(End::Open, |deep| End::At(deep.expr)));
        Ok(Deep {
            expr: Expr::Interval(Box::new(ends)),
            height,
        })
    }
}

fn pattern_length(expr: &Expr) -> usize {
    match expr {
        Expr::Text(text) => text.chars().count(),
        Expr::Call(Op::CaseI | Op::AccentI, args) => args.first().map_or(0, pattern_length),
        _ => 0,
    }
}
