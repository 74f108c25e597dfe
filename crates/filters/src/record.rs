//! What a filter asks of a feature.

use geo_types::Geometry;
use jiff::{Timestamp, civil::Date};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A value of a property.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// A list; none of its elements is null.
    Array(Vec<Scalar<'a>>),
}

/// A feature, by the slots of the [`crate::Queryables`] that the filter was bound to.
pub trait Record {
    /// The value of a slot, of the type that was declared for it; none where there is none. Another type compares as if
    /// there were none.
    fn value(&self, slot: usize) -> Option<Scalar<'_>>;

    /// The geometry in longitude and latitude, degrees; none where there is none.
    fn geometry(&self) -> Option<&Geometry<f64>>;

    /// West, south, east, north of the geometry; none where it has no vertex.
    fn bbox(&self) -> Option<[f64; 4]>;
}

impl Scalar<'_> {
    /// The order of two values of one type; none for others, and for numbers that are none. Texts by code points.
    pub(crate) fn order(&self, other: &Scalar<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Text(one), Scalar::Text(other)) => Some(one.as_bytes().cmp(other.as_bytes())),
            (Self::Integer(one), Scalar::Integer(other)) => Some(one.cmp(other)),
            (Self::Number(one), Scalar::Number(other)) => one.partial_cmp(other),
            (Self::Integer(one), Scalar::Number(other)) => whole_and_number(*one, *other),
            (Self::Number(one), Scalar::Integer(other)) => whole_and_number(*other, *one).map(Ordering::reverse),
            (Self::Boolean(one), Scalar::Boolean(other)) => Some(one.cmp(other)),
            (Self::Date(one), Scalar::Date(other)) => Some(one.cmp(other)),
            (Self::Timestamp(one), Scalar::Timestamp(other)) => Some(one.cmp(other)),
            _ => None,
        }
    }

    /// Whether two elements of lists are the same; lists in lists are compared as sets.
    pub(crate) fn same(&self, other: &Scalar<'_>) -> bool {
        match (self, other) {
            (Self::Array(one), Scalar::Array(other)) => has_all(one, other) && has_all(other, one),
            _ => self.order(other) == Some(Ordering::Equal),
        }
    }

    /// The number, where it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Whether the first list has all elements of the second.
pub(crate) fn has_all(one: &[Scalar<'_>], other: &[Scalar<'_>]) -> bool {
    other.iter().all(|sought| one.iter().any(|found| found.same(sought)))
}

/// The order of a whole number and another one, without rounding either.
fn whole_and_number(whole: i64, number: f64) -> Option<Ordering> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0; // 2⁶³: no i64 reaches it
    if number.is_nan() {
        return None;
    }
    if number >= BEYOND {
        return Some(Ordering::Less);
    }
    if number < -BEYOND {
        return Some(Ordering::Greater);
    }
    let floor = number.floor();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a whole number from -2⁶³ up to below 2⁶³ is an i64"
    )]
    let below = floor as i64;
    Some(whole.cmp(&below).then(if floor < number {
        Ordering::Less
    } else {
        Ordering::Equal
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_whole_numbers_are_not_rounded_to_compare() {
        let (whole, number) = (
            Scalar::Integer(9_007_199_254_740_993),
            Scalar::Number(9_007_199_254_740_992.0),
        );
        assert_eq!(whole.order(&number), Some(Ordering::Greater));
        assert_eq!(number.order(&whole), Some(Ordering::Less));
        assert_eq!(Scalar::Integer(2).order(&Scalar::Number(2.5)), Some(Ordering::Less));
        assert_eq!(Scalar::Integer(-3).order(&Scalar::Number(-2.5)), Some(Ordering::Less));
        assert_eq!(
            Scalar::Integer(i64::MAX).order(&Scalar::Number(1e19)),
            Some(Ordering::Less)
        );
    }
}
