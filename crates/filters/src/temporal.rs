//! Relations of instants and intervals.

use crate::{Scalar, ops::Temporal};

/// The time between two instants, both belonging to it, on a line of whole numbers. An instant begins and ends at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) begin: i128,
    pub(crate) end: i128,
}

/// No beginning.
pub(crate) const EVER: i128 = i128::MIN;
/// No end.
pub(crate) const NEVER: i128 = i128::MAX;

/// The place of a day or an instant on its line: only their order counts. Days and instants are never compared: binding sees to it.
pub(crate) fn place(value: &Scalar<'_>) -> Option<i128> {
    match value {
        Scalar::Date(date) => {
            let (year, month, day) = (
                i128::from(date.year()),
                i128::from(date.month()),
                i128::from(date.day()),
            );
            Some(year * 10_000 + month * 100 + day)
        }
        Scalar::Timestamp(timestamp) => Some(timestamp.as_nanosecond()),
        _ => None,
    }
}

/// Whether the relation holds.
pub(crate) fn holds(relation: Temporal, one: Span, other: Span) -> bool {
    let (begins, ends) = (one.begin.cmp(&other.begin), one.end.cmp(&other.end));
    match relation {
        Temporal::After => one.begin > other.end,
        Temporal::Before => one.end < other.begin,
        Temporal::Disjoint => one.begin > other.end || one.end < other.begin,
        Temporal::Intersects => one.begin <= other.end && one.end >= other.begin,
        Temporal::Equals => begins.is_eq() && ends.is_eq(),
        Temporal::Contains => begins.is_lt() && ends.is_gt(),
        Temporal::During => begins.is_gt() && ends.is_lt(),
        Temporal::FinishedBy => begins.is_lt() && ends.is_eq(),
        Temporal::Finishes => begins.is_gt() && ends.is_eq(),
        Temporal::StartedBy => begins.is_eq() && ends.is_gt(),
        Temporal::Starts => begins.is_eq() && ends.is_lt(),
        Temporal::Meets => one.end == other.begin,
        Temporal::MetBy => one.begin == other.end,
        Temporal::Overlaps => begins.is_lt() && ends.is_lt() && one.end > other.begin,
        Temporal::OverlappedBy => begins.is_gt() && ends.is_gt() && one.begin < other.end,
    }
}

/// Whether the relation is one of intervals only.
pub(crate) fn of_intervals(relation: Temporal) -> bool {
    !matches!(
        relation,
        Temporal::After | Temporal::Before | Temporal::Disjoint | Temporal::Equals | Temporal::Intersects
    )
}
