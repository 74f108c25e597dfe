//! The operations of CQL2 (OGC 21-065r2, clauses 6 and 7) and their names.

/// An operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// All of two or more conditions.
    And,
    /// Any of two or more conditions.
    Or,
    /// Not so.
    Not,
    /// `= <> < > <= >=`
    Compare(Comparison),
    /// A text against a pattern: `%` any characters, `_` one, `\` takes the next one as it is.
    Like,
    /// Value, least, most.
    Between,
    /// A value and an array.
    In,
    /// Whether there is no value.
    IsNull,
    /// A text without its case.
    CaseI,
    /// A text without its accents.
    AccentI,
    /// Two geometries.
    Spatial(Spatial),
    /// Two instants or intervals.
    Temporal(Temporal),
    /// Two lists, as sets.
    Lists(Lists),
    /// Two numbers.
    Arithmetic(Arithmetic),
    /// A function by name.
    Function(String),
}

/// A comparison of two values of one type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    Unequal,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

/// A relation of two geometries (OGC 06-103r4, 6.1.15).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spatial {
    /// They have a point in common.
    Intersects,
    /// They are the same points.
    Equals,
    /// They have no point in common.
    Disjoint,
    /// They meet, but not their interiors.
    Touches,
    /// The first lies in the second.
    Within,
    /// Same dimension, and each has a part of its own beside the common one.
    Overlaps,
    /// The interiors meet in less than the larger dimension, or a part only lies in the other.
    Crosses,
    /// The second lies in the first.
    Contains,
}

/// A relation of two instants or intervals (W3C/OGC Time Ontology in OWL, after J. F. Allen 1983).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Temporal {
    /// The first begins after the second has ended.
    After,
    /// The first ends before the second begins.
    Before,
    /// The second lies strictly between the ends of the first.
    Contains,
    /// One is over before the other begins.
    Disjoint,
    /// The first lies strictly between the ends of the second.
    During,
    /// Same ends.
    Equals,
    /// Same end, and the first begins before.
    FinishedBy,
    /// Same end, and the first begins after.
    Finishes,
    /// They have an instant in common.
    Intersects,
    /// The first ends when the second begins.
    Meets,
    /// The first begins when the second ends.
    MetBy,
    /// The first begins within the second and ends after it.
    OverlappedBy,
    /// The first begins before the second and ends within it.
    Overlaps,
    /// Same beginning, and the first ends after.
    StartedBy,
    /// Same beginning, and the first ends before.
    Starts,
}

/// A relation of two lists as sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lists {
    /// The same elements.
    Equals,
    /// The first has all of the second.
    Contains,
    /// The second has all of the first.
    ContainedBy,
    /// An element in common.
    Overlaps,
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// What is left by a division, with the sign of the first number.
    Remainder,
    /// Division without its fraction.
    Whole,
    /// `^`
    Power,
}

/// Names of CQL2 JSON; CQL2 text takes them in any case.
const NAMES: [(Op, &str); 49] = [
    (Op::And, "and"),
    (Op::Or, "or"),
    (Op::Not, "not"),
    (Op::Compare(Comparison::Equal), "="),
    (Op::Compare(Comparison::Unequal), "<>"),
    (Op::Compare(Comparison::Less), "<"),
    (Op::Compare(Comparison::Greater), ">"),
    (Op::Compare(Comparison::AtMost), "<="),
    (Op::Compare(Comparison::AtLeast), ">="),
    (Op::Like, "like"),
    (Op::Between, "between"),
    (Op::In, "in"),
    (Op::IsNull, "isNull"),
    (Op::CaseI, "casei"),
    (Op::AccentI, "accenti"),
    (Op::Spatial(Spatial::Intersects), "s_intersects"),
    (Op::Spatial(Spatial::Equals), "s_equals"),
    (Op::Spatial(Spatial::Disjoint), "s_disjoint"),
    (Op::Spatial(Spatial::Touches), "s_touches"),
    (Op::Spatial(Spatial::Within), "s_within"),
    (Op::Spatial(Spatial::Overlaps), "s_overlaps"),
    (Op::Spatial(Spatial::Crosses), "s_crosses"),
    (Op::Spatial(Spatial::Contains), "s_contains"),
    (Op::Temporal(Temporal::After), "t_after"),
    (Op::Temporal(Temporal::Before), "t_before"),
    (Op::Temporal(Temporal::Contains), "t_contains"),
    (Op::Temporal(Temporal::Disjoint), "t_disjoint"),
    (Op::Temporal(Temporal::During), "t_during"),
    (Op::Temporal(Temporal::Equals), "t_equals"),
    (Op::Temporal(Temporal::FinishedBy), "t_finishedBy"),
    (Op::Temporal(Temporal::Finishes), "t_finishes"),
    (Op::Temporal(Temporal::Intersects), "t_intersects"),
    (Op::Temporal(Temporal::Meets), "t_meets"),
    (Op::Temporal(Temporal::MetBy), "t_metBy"),
    (Op::Temporal(Temporal::OverlappedBy), "t_overlappedBy"),
    (Op::Temporal(Temporal::Overlaps), "t_overlaps"),
    (Op::Temporal(Temporal::StartedBy), "t_startedBy"),
    (Op::Temporal(Temporal::Starts), "t_starts"),
    (Op::Lists(Lists::Equals), "a_equals"),
    (Op::Lists(Lists::Contains), "a_contains"),
    (Op::Lists(Lists::ContainedBy), "a_containedBy"),
    (Op::Lists(Lists::Overlaps), "a_overlaps"),
    (Op::Arithmetic(Arithmetic::Add), "+"),
    (Op::Arithmetic(Arithmetic::Subtract), "-"),
    (Op::Arithmetic(Arithmetic::Multiply), "*"),
    (Op::Arithmetic(Arithmetic::Divide), "/"),
    (Op::Arithmetic(Arithmetic::Remainder), "%"),
    (Op::Arithmetic(Arithmetic::Whole), "div"),
    (Op::Arithmetic(Arithmetic::Power), "^"),
];

/// Words that are no bare names of properties in text.
const RESERVED: [&str; 11] = [
    "and", "or", "not", "like", "between", "in", "is", "null", "div", "true", "false",
];

/// Words that begin a literal when a parenthesis follows.
const LITERALS: [&str; 11] = [
    "date",
    "timestamp",
    "interval",
    "bbox",
    "point",
    "linestring",
    "polygon",
    "multipoint",
    "multilinestring",
    "multipolygon",
    "geometrycollection",
];

impl Op {
    /// The name in CQL2 JSON.
    pub fn name(&self) -> &str {
        match self {
            Self::Function(name) => name,
            op => NAMES.iter().find(|(other, _)| other == op).map_or("", |(_, name)| name),
        }
    }

    /// The operation of that name, in any case; none for functions.
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        NAMES
            .iter()
            .find(|(_, other)| other.eq_ignore_ascii_case(name))
            .map(|(op, _)| op.clone())
    }

    /// The least and the largest number of operands.
    pub(crate) fn arity(&self) -> (usize, usize) {
        match self {
            Self::And | Self::Or => (2, usize::MAX),
            Self::Not | Self::IsNull | Self::CaseI | Self::AccentI => (1, 1),
            Self::Between => (3, 3),
            Self::Function(_) => (0, usize::MAX),
            _ => (2, 2),
        }
    }

    /// Whether text writes it as `NAME(…)`.
    pub(crate) fn is_call(&self) -> bool {
        matches!(
            self,
            Self::CaseI | Self::AccentI | Self::Spatial(_) | Self::Temporal(_) | Self::Lists(_) | Self::Function(_)
        )
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|other| other.eq_ignore_ascii_case(word))
}

/// Whether a word joins expressions or is a value, and so is no bare name.
pub(crate) fn is_reserved(word: &str) -> bool {
    is_one_of(&RESERVED, word)
}

/// Whether a word has a meaning in the language.
pub(crate) fn is_keyword(word: &str) -> bool {
    is_reserved(word) || is_one_of(&LITERALS, word) || Op::of_name(word).is_some()
}

/// Whether a character may begin a bare name.
pub(crate) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

/// Whether a character may go on a bare name.
pub(crate) fn continues_name(c: char) -> bool {
    begins_name(c) || c == '.' || c.is_ascii_digit() || matches!(c, '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

/// Whether a name needs no quotes in text.
pub(crate) fn is_bare(name: &str) -> bool {
    name.starts_with(begins_name) && name.chars().all(continues_name) && !is_keyword(name)
}
