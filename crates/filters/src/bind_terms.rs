//! Binding of values: scalars, lists, times and geometries.

use crate::{
    Expr, FilterError, Measure, Scalar,
    ast::End,
    bind::{Bind, Binder, near, settled, wrong_type},
    functions::{self, FunctionInfo},
    literal::Literal,
    node::{Fold, Node, Term, When},
    ops::{Op, Spatial, Temporal},
    temporal::{self, EVER, NEVER, Span},
    valid,
    words::Kind,
};
use geo_types::Geometry;

/// A geometry operand.
enum Place {
    Own,
    Literal(Box<Geometry<f64>>),
}

impl Binder<'_> {
    /// The type of an expression, without a look at its operands.
    pub(crate) fn kind(self, expr: &Expr) -> Bind<Kind> {
        Ok(match expr {
            Expr::Text(_) | Expr::Call(Op::CaseI | Op::AccentI, _) => Kind::Text,
            Expr::Integer(_) | Expr::Number(_) | Expr::Call(Op::Arithmetic(_), _) => Kind::Number,
            Expr::Date(_) => Kind::Date,
            Expr::Timestamp(_) => Kind::Timestamp,
            Expr::Property(name) => self.queryables.find(name)?.1.kind(),
            Expr::Interval(_) => Kind::Interval,
            Expr::Geometry(_) | Expr::Bbox(_) => Kind::Geometry,
            Expr::Array(_) => Kind::Array,
            Expr::Call(Op::Function(name), _) => info(name)?.returns,
            Expr::Boolean(_) | Expr::Call(..) => Kind::Boolean,
        })
    }

    /// A scalar and its type; `wanted` is what an error says was wanted.
    pub(crate) fn scalar(self, expr: &Expr, wanted: Kind) -> Bind<(Term, Kind)> {
        let kind = self.kind(expr)?;
        let term = match expr {
            Expr::Text(text) => Term::Literal(Scalar::Text(text.clone().into())),
            Expr::Integer(number) => Term::Literal(Scalar::Integer(*number)),
            Expr::Number(number) => Term::Literal(Scalar::Number(*number)),
            Expr::Boolean(value) => Term::Literal(Scalar::Boolean(*value)),
            Expr::Date(date) => Term::Literal(Scalar::Date(*date)),
            Expr::Timestamp(instant) => Term::Literal(Scalar::Timestamp(*instant)),
            Expr::Property(name) if !matches!(kind, Kind::Geometry | Kind::Array) => {
                Term::Slot(self.queryables.find(name)?.0)
            }
            Expr::Call(op, args) => self.called(op, args, expr)?,
            _ => return Err(wrong_type(wanted, kind, expr)),
        };
        Ok((settled(term), kind))
    }

    /// A scalar of that type.
    fn scalar_of(self, expr: &Expr, wanted: Kind) -> Bind<Term> {
        let (term, kind) = self.scalar(expr, wanted)?;
        if kind == wanted {
            Ok(term)
        } else {
            Err(wrong_type(wanted, kind, expr))
        }
    }

    fn called(self, op: &Op, args: &[Expr], whole: &Expr) -> Bind<Term> {
        match (op, args) {
            (Op::CaseI, [arg]) => Ok(Term::Fold(Fold::Case, Box::new(self.scalar_of(arg, Kind::Text)?))),
            (Op::AccentI, [arg]) => Ok(Term::Fold(Fold::Accents, Box::new(self.scalar_of(arg, Kind::Text)?))),
            (Op::Arithmetic(operation), [one, other]) => {
                let operands = [self.scalar_of(one, Kind::Number)?, self.scalar_of(other, Kind::Number)?];
                Ok(Term::Arithmetic(*operation, Box::new(operands)))
            }
            (Op::Function(name), args) => self.function(info(name)?, args),
            _ => Ok(Term::Condition(Box::new(self.condition(whole)?))),
        }
    }

    /// All functions that there are take one argument.
    fn function(self, info: &FunctionInfo, args: &[Expr]) -> Bind<Term> {
        let ([wanted], [arg]) = (info.arguments, args) else {
            return Err(FilterError::WrongArguments {
                name: info.name.to_owned(),
                signature: info.signature(),
            });
        };
        match wanted {
            Kind::Geometry => match self.place(arg)? {
                Place::Own => Ok(Term::OfFeature(info.function)),
                Place::Literal(geometry) => match functions::geodesic_ha(&geometry) {
                    Some(number) => Ok(Term::Literal(Scalar::Number(number))),
                    None => Err(FilterError::WrongArguments {
                        name: info.name.to_owned(),
                        signature: info.signature(),
                    }),
                },
            },
            Kind::Instant => {
                let (term, kind) = self.scalar(arg, Kind::Instant)?;
                if !matches!(kind, Kind::Date | Kind::Timestamp) {
                    return Err(wrong_type(Kind::Instant, kind, arg));
                }
                Ok(Term::OfScalar(info.function, Box::new(term)))
            }
            wanted => Ok(Term::OfScalar(info.function, Box::new(self.scalar_of(arg, *wanted)?))),
        }
    }

    /// A list: its elements are scalars or lists.
    pub(crate) fn list(self, expr: &Expr) -> Bind<Term> {
        match (expr, self.kind(expr)?) {
            (Expr::Array(items), _) => {
                let terms: Bind<Vec<Term>> = items.iter().map(|item| self.element(item)).collect();
                Ok(Term::List(terms?))
            }
            (Expr::Property(name), Kind::Array) => Ok(Term::Slot(self.queryables.find(name)?.0)),
            (_, found) => Err(wrong_type(Kind::Array, found, expr)),
        }
    }

    fn element(self, expr: &Expr) -> Bind<Term> {
        if self.kind(expr)? == Kind::Array {
            self.list(expr)
        } else {
            self.scalar(expr, Kind::Scalar).map(|(term, _)| term)
        }
    }

    pub(crate) fn temporal(self, relation: Temporal, operands: [&Expr; 2], whole: &Expr) -> Bind<Node> {
        let [(one, first), (other, second)] = [self.when(operands[0])?, self.when(operands[1])?];
        if temporal::of_intervals(relation) {
            let instant = operands.into_iter().find(|expr| !matches!(expr, Expr::Interval(_)));
            if let Some(instant) = instant {
                return Err(FilterError::IntervalsOnly {
                    operation: Op::Temporal(relation).name().to_ascii_uppercase(),
                    near: near(instant),
                });
            }
        }
        match (first, second) {
            (Some(left), Some(right)) if left != right => Err(FilterError::Incomparable {
                left,
                right,
                near: near(whole),
            }),
            _ => Ok(Node::Temporal(relation, one, other)),
        }
    }

    /// A time, and whether its ends are days or instants; none where both are open.
    pub(crate) fn when(self, expr: &Expr) -> Bind<(When, Option<Kind>)> {
        let Expr::Interval(ends) = expr else {
            let (term, kind) = self.instant(expr)?;
            return Ok((When::Instant(term), Some(kind)));
        };
        let end = |end: &End| match end {
            End::Open => Ok(None),
            End::At(expr) => self.instant(expr).map(Some),
        };
        let (begin, end) = (end(&ends[0])?, end(&ends[1])?);
        let kinds = (
            begin.as_ref().map(|(_, kind)| *kind),
            end.as_ref().map(|(_, kind)| *kind),
        );
        if let (Some(left), Some(right)) = kinds
            && left != right
        {
            return Err(FilterError::Incomparable {
                left,
                right,
                near: near(expr),
            });
        }
        let (begin, end) = (begin.map(|(term, _)| term), end.map(|(term, _)| term));
        if let (Some(from), Some(to)) = (known(begin.as_ref(), EVER), known(end.as_ref(), NEVER)) {
            if from > to {
                return Err(FilterError::IntervalReversed { near: near(expr) });
            }
            return Ok((When::Span(Span { begin: from, end: to }), kinds.0.or(kinds.1)));
        }
        Ok((When::Between(begin, end), kinds.0.or(kinds.1)))
    }

    fn instant(self, expr: &Expr) -> Bind<(Term, Kind)> {
        let (term, kind) = self.scalar(expr, Kind::Instant)?;
        match kind {
            Kind::Date | Kind::Timestamp => Ok((term, kind)),
            found => Err(wrong_type(Kind::Instant, found, expr)),
        }
    }

    pub(crate) fn spatial(self, relation: Spatial, one: &Expr, other: &Expr) -> Bind<Node> {
        match (self.place(one)?, self.place(other)?) {
            (Place::Own, Place::Own) => Ok(Node::Itself(relation)),
            (Place::Own, Place::Literal(geometry)) => related(relation, &geometry, other),
            (Place::Literal(geometry), Place::Own) => related(mirrored(relation), &geometry, one),
            (Place::Literal(first), Place::Literal(second)) => {
                let literal = ready(relation, &second, other)?;
                let bounds =
                    Literal::new(&first).and_then(|first| first.boxes().iter().copied().reduce(crate::literal::joined));
                Ok(Node::Constant(Some(literal.relates(relation, &first, bounds))))
            }
        }
    }

    fn place(self, expr: &Expr) -> Bind<Place> {
        match expr {
            Expr::Property(name) => {
                let kind = self.queryables.find(name)?.1.kind();
                if kind == Kind::Geometry {
                    Ok(Place::Own)
                } else {
                    Err(wrong_type(Kind::Geometry, kind, expr))
                }
            }
            Expr::Geometry(geometry) => checked(geometry.as_ref().clone(), expr),
            Expr::Bbox(bounds) => checked(crate::area::of_box(*bounds), expr),
            _ => Err(wrong_type(Kind::Geometry, self.kind(expr)?, expr)),
        }
    }
}

fn info(name: &str) -> Bind<&'static FunctionInfo> {
    FunctionInfo::of_name(name).ok_or_else(|| FilterError::UnknownFunction {
        name: crate::words::shortened(name, 60),
    })
}

/// Where a literal end lies; none for a property.
fn known(end: Option<&Term>, open: i128) -> Option<i128> {
    match end {
        None => Some(open),
        Some(Term::Literal(value)) => temporal::place(value),
        Some(_) => None,
    }
}

fn mirrored(relation: Spatial) -> Spatial {
    match relation {
        Spatial::Within => Spatial::Contains,
        Spatial::Contains => Spatial::Within,
        symmetric => symmetric,
    }
}

/// A literal whose positions are longitudes and latitudes and whose areas are areas.
fn checked(geometry: Geometry<f64>, expr: &Expr) -> Bind<Place> {
    use geo::CoordsIter;
    if let Some(beyond) = geometry
        .coords_iter()
        .find(|c| !(c.x.abs() <= 180.0 && c.y.abs() <= 90.0))
    {
        return Err(FilterError::NotLonLat {
            x: beyond.x,
            y: beyond.y,
            near: near(expr),
        });
    }
    if valid::is_crowded(&geometry) {
        return Err(FilterError::too_much(Measure::Crowding, valid::PAIRS));
    }
    match valid::fault(&geometry) {
        Some(place) => Err(FilterError::InvalidGeometry {
            x: place.x,
            y: place.y,
            near: near(expr),
        }),
        None => Ok(Place::Literal(Box::new(geometry))),
    }
}

fn related(relation: Spatial, geometry: &Geometry<f64>, expr: &Expr) -> Bind<Node> {
    Ok(Node::Spatial(relation, Box::new(ready(relation, geometry, expr)?)))
}

fn ready(relation: Spatial, geometry: &Geometry<f64>, expr: &Expr) -> Bind<Literal> {
    let meeting = matches!(relation, Spatial::Intersects | Spatial::Disjoint);
    Literal::new(geometry)
        .filter(|literal| meeting || literal.is_plain())
        .ok_or_else(|| FilterError::Collection {
            operation: Op::Spatial(relation).name().to_ascii_uppercase(),
            near: near(expr),
        })
}
