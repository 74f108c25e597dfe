//! What a reader collects before anybody knows where on earth it is.

use crate::{At, Format, Kind, LeftOut, Limits, Note, TooMuch, UploadError};
use crs::written::Declared;

/// A vertex as given: first and second number.
pub(crate) type Pair = (f64, f64);

/// A polygon of a feature: exterior first, each ring closed.
pub(crate) struct RawPolygon {
    /// Feature, 1 for the first.
    pub(crate) feature: usize,
    pub(crate) rings: Vec<Vec<Pair>>,
}

/// Why coordinates are taken to be in a system.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Claim {
    /// The file or text says so, in these words.
    Said(String),
    /// The format has lon/lat WGS 84 by its standard.
    Standard,
    /// Nothing is said.
    Nothing,
}

/// What a reader found.
pub(crate) struct Raw {
    pub(crate) format: Format,
    pub(crate) polygons: Vec<RawPolygon>,
    pub(crate) declared: Declared,
    pub(crate) claim: Claim,
    pub(crate) notes: Vec<Note>,
    pub(crate) left_out: Vec<LeftOut>,
}

/// Collects polygons within the limits.
pub(crate) struct Collector<'a> {
    pub(crate) raw: Raw,
    pub(crate) limits: &'a Limits,
    features: usize,
    with_land: Vec<usize>,
    vertices: usize,
    heights: usize,
    /// The feature of the last polygon, and the vertices that it has so far.
    reached: (usize, usize),
}

impl<'a> Collector<'a> {
    pub(crate) fn new(format: Format, claim: Claim, limits: &'a Limits) -> Self {
        let (declared, notes, left_out) = (Declared::default(), Vec::new(), Vec::new());
        let raw = Raw {
            format,
            polygons: Vec::new(),
            declared,
            claim,
            notes,
            left_out,
        };
        Self {
            raw,
            limits,
            features: 0,
            with_land: Vec::new(),
            vertices: 0,
            heights: 0,
            reached: (0, 0),
        }
    }

    /// Counts a feature; its number is the answer.
    pub(crate) fn feature(&mut self) -> Result<usize, UploadError> {
        self.features += 1;
        if self.features > self.limits.features {
            return Err(UploadError::too_much(
                TooMuch::Features,
                self.features,
                self.limits.features,
            ));
        }
        Ok(self.features)
    }

    /// The feature that is being read.
    pub(crate) const fn current(&self) -> usize {
        self.features
    }

    pub(crate) fn leave_out(&mut self, kind: Kind) {
        self.raw.left_out.push(LeftOut {
            feature: self.features,
            kind,
        });
    }

    pub(crate) fn heights(&mut self, vertices: usize) {
        self.heights += vertices;
    }

    /// Counts vertices before they are kept.
    pub(crate) fn count_vertices(&mut self, more: usize) -> Result<(), UploadError> {
        self.vertices += more;
        if self.vertices > self.limits.vertices {
            return Err(UploadError::too_much(
                TooMuch::Vertices,
                self.vertices,
                self.limits.vertices,
            ));
        }
        Ok(())
    }

    /// Takes a polygon of the current feature; its vertices were counted. Rings are closed, short ones dropped.
    pub(crate) fn polygon(&mut self, rings: Vec<Vec<Pair>>) -> Result<(), UploadError> {
        let feature = self.features.max(1);
        let mut vertex = if self.reached.0 == feature { self.reached.1 } else { 0 };
        for &(x, y) in rings.iter().flatten() {
            vertex += 1;
            if !x.is_finite() || !y.is_finite() {
                return Err(UploadError::NonFinite { feature, vertex });
            }
            if x == 0.0 && y == 0.0 {
                return Err(UploadError::AtOrigin { feature, vertex });
            }
        }
        self.reached = (feature, vertex);
        let (mut kept, mut open, mut dropped) = (Vec::with_capacity(rings.len()), 0, 0);
        for (position, mut ring) in rings.into_iter().enumerate() {
            let closed = ring.len() > 1 && ring.first() == ring.last();
            if ring.len() - usize::from(closed) < 3 {
                dropped += 1;
                if position == 0 {
                    // without its exterior a polygon is nothing
                    break;
                }
                continue;
            }
            if !closed {
                open += 1;
                ring.push(ring[0]);
            }
            kept.push(ring);
        }
        if dropped > 0 {
            self.raw.notes.push(Note::RingsDropped {
                feature,
                rings: dropped,
            });
        }
        if kept.is_empty() {
            self.leave_out(Kind::Empty);
            return Ok(());
        }
        if open > 0 {
            self.raw.notes.push(Note::RingsClosed {
                part: self.raw.polygons.len(),
                rings: open,
            });
        }
        if self.with_land.last() != Some(&feature) {
            self.with_land.push(feature);
        }
        self.raw.polygons.push(RawPolygon { feature, rings: kept });
        Ok(())
    }

    /// The collection, when there is land in it.
    pub(crate) fn finish(mut self) -> Result<Raw, UploadError> {
        if self.raw.polygons.is_empty() {
            return Err(UploadError::NoLand {
                found: counted(&self.raw.left_out),
            });
        }
        if self.with_land.len() > 1 {
            self.raw.notes.push(Note::Features {
                count: self.with_land.len(),
            });
        }
        if self.heights > 0 {
            self.raw.notes.push(Note::HeightsDropped { vertices: self.heights });
        }
        Ok(self.raw)
    }

    /// A malformed place in this format.
    pub(crate) fn malformed(&self, at: At, seen: impl Into<String>) -> UploadError {
        UploadError::Malformed {
            format: self.raw.format,
            at,
            seen: seen.into(),
        }
    }
}

fn counted(left_out: &[LeftOut]) -> Vec<(Kind, usize)> {
    let mut kinds: Vec<Kind> = left_out.iter().map(|left| left.kind).collect();
    kinds.sort_unstable();
    kinds
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len()))
        .collect()
}
