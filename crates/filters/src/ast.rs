//! The expression that CQL2 text and CQL2 JSON both stand for.

use crate::ops::Op;
use geo_types::Geometry;
use jiff::{Timestamp, civil::Date};

/// An expression as it was written: names are not resolved, types are not checked.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Words.
    Text(String),
    /// A whole number that was written without point or exponent.
    Integer(i64),
    /// Another number, finite.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// The value of a property, by name.
    Property(String),
    /// The time from one end to the other, both belonging to it.
    Interval(Box<[End; 2]>),
    /// A geometry in the coordinates of the filter (longitude and latitude unless the caller says otherwise); heights are dropped.
    Geometry(Box<Geometry<f64>>),
    /// West, south, east, north. West above east: across the antimeridian.
    Bbox([f64; 4]),
    /// A list; in comparisons of lists it counts as a set.
    Array(Vec<Expr>),
    /// An operation with as many operands as it takes.
    Call(Op, Vec<Expr>),
}

/// An end of an interval.
#[derive(Clone, Debug, PartialEq)]
pub enum End {
    /// `..`
    Open,
    /// An instant: a literal, a property or a function.
    At(Expr),
}

impl Expr {
    /// Calls `visit` with every name of a property, in the order of writing, repeated ones too.
    pub(crate) fn each_property<'e>(&'e self, visit: &mut impl FnMut(&'e str)) {
        match self {
            Self::Property(name) => visit(name),
            Self::Interval(ends) => ends.iter().for_each(|end| {
                if let End::At(expr) = end {
                    expr.each_property(visit);
                }
            }),
            Self::Array(items) | Self::Call(_, items) => items.iter().for_each(|item| item.each_property(visit)),
            _ => {}
        }
    }

    /// Calls `change` with every literal geometry.
    pub(crate) fn each_geometry<E>(
        &mut self,
        change: &mut impl FnMut(&mut Geometry<f64>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Geometry(geometry) => change(geometry),
            Self::Bbox(bounds) => {
                let mut area = crate::area::of_box(*bounds);
                change(&mut area)?;
                *self = Self::Geometry(Box::new(area));
                Ok(())
            }
            Self::Array(items) | Self::Call(_, items) => {
                items.iter_mut().try_for_each(|item| item.each_geometry(change))
            }
            _ => Ok(()),
        }
    }
}
