//! Why an upload gave no land.

use crate::{Format, Kind};
use crs::disguise::Candidate;
use crs::written::{Contradiction, Unread};
use crs::{Crs, TransformError, UnsupportedCrs};

/// A place in what was handed in; lines, columns and rows count from 1, bytes from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum At {
    /// The whole.
    #[default]
    Whole,
    /// A line and a column.
    Line {
        /// Line, 1 for the first.
        line: usize,
        /// Column, 1 for the first; 0 where it is not known.
        column: usize,
    },
    /// A byte.
    Byte(u64),
    /// A feature, and a vertex of it where there is one.
    Feature {
        /// Feature, 1 for the first.
        feature: usize,
        /// Vertex, 1 for the first.
        vertex: Option<usize>,
    },
    /// An entry of an archive.
    Entry(String),
}

/// What there was too much of.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum TooMuch {
    /// Bytes of the upload.
    Bytes,
    /// Bytes of an archive once unpacked.
    UnpackedBytes,
    /// Unpacked bytes for each packed one.
    Ratio,
    /// Entries of an archive.
    Entries,
    /// Elements, brackets or collections within one another.
    Nesting,
    /// Vertices.
    Vertices,
    /// Rings of one shape.
    Rings,
    /// Features.
    Features,
}

/// Why an upload gave no land. Features and vertices count from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum UploadError {
    /// Nothing, or white space.
    #[error("the upload is empty")]
    Empty,
    /// Not the format that its name or type says, or none that is read.
    #[error("expected {expected}, saw {seen}")]
    NotThisFormat {
        /// The format that was declared, or all that are read.
        expected: String,
        /// What the bytes are.
        seen: String,
    },
    /// The right format, badly written.
    #[error("malformed {format} at {at:?}: {seen}")]
    Malformed {
        /// The format.
        format: Format,
        /// Where.
        at: At,
        /// What was seen there, in Spanish.
        seen: String,
    },
    /// It ends too early.
    #[error("{format} is cut off at {at:?}")]
    Truncated {
        /// The format.
        format: Format,
        /// Where it ends.
        at: At,
    },
    /// A coordinate is not a finite number.
    #[error("vertex {vertex} of feature {feature} is not finite")]
    NonFinite {
        /// Feature.
        feature: usize,
        /// Vertex of the feature.
        vertex: usize,
    },
    /// A coordinate is (0, 0): the mark of a missing one.
    #[error("vertex {vertex} of feature {feature} is (0, 0)")]
    AtOrigin {
        /// Feature.
        feature: usize,
        /// Vertex of the feature.
        vertex: usize,
    },
    /// A coordinate that the system cannot mean.
    #[error("vertex {vertex} of feature {feature}: {reason}")]
    OutOfRange {
        /// Feature.
        feature: usize,
        /// Vertex of the feature.
        vertex: usize,
        /// x and y as given.
        given: (f64, f64),
        /// The system.
        crs: Crs,
        /// What the system said.
        reason: TransformError,
    },
    /// A coordinate as text that could not be read.
    #[error("{at:?}: {reason}")]
    BadCoordinate {
        /// Where.
        at: At,
        /// The text.
        text: String,
        /// Why.
        reason: Unread,
    },
    /// Declarations in the file contradict each other.
    #[error(transparent)]
    Contradiction(#[from] Contradiction),
    /// There is no land in it.
    #[error("no land: found {found:?}")]
    NoLand {
        /// What there was instead, with how many.
        found: Vec<(Kind, usize)>,
    },
    /// Fewer than three vertices.
    #[error("{vertices} vertices make no land")]
    TooFewVertices {
        /// How many there are.
        vertices: usize,
    },
    /// The coordinates fit several systems: the sender must say which.
    #[error("{} readings are possible", candidates.len())]
    NeedsCrs {
        /// The readings with their places.
        candidates: Vec<Candidate>,
        /// Whether none of them is near the place that was stated.
        far: bool,
    },
    /// The coordinates lie in no place of Peru, however they are read.
    #[error("({}, {}) lies nowhere in Peru", given.0, given.1)]
    Nowhere {
        /// The first coordinate as given.
        given: (f64, f64),
    },
    /// The land lies outside of Peru.
    #[error("in {crs} the land is at ({lon}, {lat}), outside of Peru")]
    Outside {
        /// The system that was declared.
        crs: Crs,
        /// Longitude of the first vertex.
        lon: f64,
        /// Latitude of the first vertex.
        lat: f64,
    },
    /// A coordinate system that is not supported.
    #[error(transparent)]
    UnsupportedCrs(#[from] UnsupportedCrs),
    /// A limit.
    #[error("{what:?}: {figure}, the limit is {limit}")]
    TooMuch {
        /// Of what.
        what: TooMuch,
        /// How much there is, or at least.
        figure: u64,
        /// How much there may be.
        limit: u64,
    },
    /// An archive within an archive.
    #[error("archive {entry:?} within the archive")]
    ArchiveInArchive {
        /// Its name.
        entry: String,
    },
    /// An entry that a password protects.
    #[error("entry {entry:?} is encrypted")]
    Encrypted {
        /// Its name.
        entry: String,
    },
    /// Several layers, of which one must be chosen.
    #[error("several layers: {names:?}")]
    SeveralLayers {
        /// Their names.
        names: Vec<String>,
    },
    /// A document type declaration, through which entities come in.
    #[error("document type declaration at byte {byte}")]
    Doctype {
        /// Where.
        byte: u64,
    },
}

impl UploadError {
    pub(crate) fn too_much(what: TooMuch, figure: usize, limit: usize) -> Self {
        Self::TooMuch {
            what,
            figure: figure as u64,
            limit: limit as u64,
        }
    }

    /// A stable name of the variant.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotThisFormat { .. } => "not-this-format",
            Self::Malformed { .. } => "malformed",
            Self::Truncated { .. } => "truncated",
            Self::NonFinite { .. } => "non-finite",
            Self::AtOrigin { .. } => "at-origin",
            Self::OutOfRange { .. } => "out-of-range",
            Self::BadCoordinate { .. } => "bad-coordinate",
            Self::Contradiction(_) => "contradiction",
            Self::NoLand { .. } => "no-land",
            Self::TooFewVertices { .. } => "too-few-vertices",
            Self::NeedsCrs { .. } => "needs-crs",
            Self::Nowhere { .. } => "nowhere",
            Self::Outside { .. } => "outside",
            Self::UnsupportedCrs(_) => "unsupported-crs",
            Self::TooMuch { .. } => "too-much",
            Self::ArchiveInArchive { .. } => "archive-in-archive",
            Self::Encrypted { .. } => "encrypted",
            Self::SeveralLayers { .. } => "several-layers",
            Self::Doctype { .. } => "doctype",
        }
    }
}
