//! Why a filter was refused.

use crate::words::{self, Kind};
use std::fmt;

/// Where in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A character of CQL2 text, counted from 1.
    Character(usize),
    /// Line and column of JSON that is none, both counted from 1.
    LineColumn(usize, usize),
    /// A member of CQL2 JSON, as a JSON pointer (RFC 6901).
    Pointer(String),
}

/// What was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A value, a name or an opening parenthesis.
    Operand,
    /// This sign or word.
    Sign(&'static str),
    /// An operator or the end of the filter.
    OperatorOrEnd,
    /// `LIKE`, `BETWEEN` or `IN` after `NOT`.
    NegatedTest,
    /// A quote that closes what it opens.
    Quote(char),
    /// A sign of the language.
    KnownSign,
    /// A finite number.
    Number,
    /// A day as `2024-05-31`.
    Date,
    /// An instant as `2024-05-31T10:20:30Z`.
    Timestamp,
    /// A day, an instant, `..`, a property or a function.
    IntervalEnd,
    /// A known member of CQL2 JSON.
    Member,
    /// An operation or the name of a function.
    Operation,
    /// An array.
    Array,
    /// A text.
    Text,
    /// A type of geometry of GeoJSON.
    GeometryType,
    /// Coordinates as the type of the geometry has them.
    Coordinates,
    /// Two positions at least.
    Line,
    /// Four positions at least, the last as the first.
    Ring,
    /// Four numbers, or six with heights: west, south, east, north, south not above north.
    Bbox,
    /// So many operands of that operation.
    Operands(String, usize),
    /// JSON.
    Json,
}

/// What was too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Bytes of the filter.
    Bytes,
    /// Levels of nesting.
    Depth,
    /// Literals, names and operations.
    Nodes,
    /// Vertices of literal geometries.
    Vertices,
    /// Characters of a pattern.
    Pattern,
    /// Pairs of edges of a literal geometry whose boxes meet.
    Crowding,
}

/// Why a filter was refused. `near` is the part of the filter at fault, as text, shortened.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FilterError {
    /// Not CQL2.
    #[error("{place}: expected {wanted}, found {found}")]
    Syntax {
        /// Where.
        place: Place,
        /// What was expected there.
        wanted: Wanted,
        /// What stands there, shortened; empty at the end.
        found: String,
    },
    /// Larger than the limits.
    #[error("the filter has too many {measure}: the limit is {limit}")]
    TooMuch {
        /// Of what.
        measure: Measure,
        /// The limit.
        limit: usize,
    },
    /// No property has that name.
    #[error("there is no property {name:?}; nearest: {nearest:?}")]
    UnknownProperty {
        /// The name that was written.
        name: String,
        /// Names that look like it, best first; at most three.
        nearest: Vec<String>,
    },
    /// No function has that name.
    #[error("there is no function {name:?}; there are: {}", crate::functions::names())]
    UnknownFunction {
        /// The name that was written.
        name: String,
    },
    /// A function was given other arguments than it takes.
    #[error("{name} takes {signature}")]
    WrongArguments {
        /// The function.
        name: String,
        /// Its arguments.
        signature: String,
    },
    /// An operand of another type than the operation takes.
    #[error("expected {wanted:?}, found {found:?} in {near:?}")]
    WrongType {
        /// What the operation takes.
        wanted: Kind,
        /// What stands there.
        found: Kind,
        /// The operand.
        near: String,
    },
    /// Two types that cannot be compared.
    #[error("{left:?} cannot be compared with {right:?} in {near:?}")]
    Incomparable {
        /// The type of the first.
        left: Kind,
        /// The type of the second.
        right: Kind,
        /// The comparison.
        near: String,
    },
    /// A type that knows only equal and unequal.
    #[error("{kind:?} has no order in {near:?}")]
    NoOrder {
        /// The type.
        kind: Kind,
        /// The comparison.
        near: String,
    },
    /// A pattern that is not written out.
    #[error("the pattern of LIKE is no text literal in {near:?}")]
    PatternNotLiteral {
        /// The test.
        near: String,
    },
    /// An interval with its end before its beginning.
    #[error("the interval ends before it begins: {near:?}")]
    IntervalReversed {
        /// The interval.
        near: String,
    },
    /// A relation of intervals, with an instant.
    #[error("{operation} relates intervals only: {near:?}")]
    IntervalsOnly {
        /// The relation.
        operation: String,
        /// The instant.
        near: String,
    },
    /// A coordinate that is no longitude or latitude.
    #[error("({x}, {y}) is no longitude and latitude in {near:?}")]
    NotLonLat {
        /// The first number of the position.
        x: f64,
        /// The second number of the position.
        y: f64,
        /// The geometry.
        near: String,
    },
    /// A polygon whose rings cross or touch themselves, cross each other, or lie where they must not; a line without length.
    #[error("the geometry is not valid near ({x}, {y}): {near:?}")]
    InvalidGeometry {
        /// Longitude of the place.
        x: f64,
        /// Latitude of the place.
        y: f64,
        /// The geometry.
        near: String,
    },
    /// A collection of several dimensions, with a relation that is not defined for it.
    #[error("{operation} is not defined for this collection of geometries: {near:?}")]
    Collection {
        /// The relation.
        operation: String,
        /// The geometry.
        near: String,
    },
}

impl FilterError {
    pub(crate) fn too_much(measure: Measure, limit: usize) -> Self {
        Self::TooMuch { measure, limit }
    }

    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        words::sentence_es(self)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Character(at) => write!(f, "character {at}"),
            Self::LineColumn(line, column) => write!(f, "line {line}, column {column}"),
            Self::Pointer(path) => write!(f, "member {path:?}"),
        }
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sign(sign) => write!(f, "{sign:?}"),
            Self::Quote(quote) => write!(f, "a closing {quote}"),
            Self::Operands(name, count) => write!(f, "{count} operands of {name:?}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Depth => "levels",
            Self::Nodes => "parts",
            Self::Vertices => "vertices",
            Self::Pattern => "characters in a pattern",
            Self::Crowding => "pairs of edges over one another",
        })
    }
}
