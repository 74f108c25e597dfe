//! The rings and lines of a source, end to end in one list of points.

use super::boxes::{GridBox, around};

/// A run of points: a ring (open: the last point is not the first again), a line, or the points of a feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// The outer ring of a polygon; the holes that follow are its own.
    Exterior,
    /// A hole.
    Hole,
    /// A line.
    Line,
    /// Points by themselves.
    Points,
}

impl Run {
    /// Whether its end joins its beginning.
    pub(crate) fn is_ring(self) -> bool {
        matches!(self, Self::Exterior | Self::Hole)
    }
}

/// Runs of points; run `i` has the points from `starts[i]` to `starts[i + 1]`.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    pub points: Vec<[u32; 2]>,
    /// The first zoom at which each point is drawn.
    pub levels: Vec<u8>,
    pub starts: Vec<u32>,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            points: Vec::new(),
            levels: Vec::new(),
            starts: vec![0],
        }
    }
}

impl Lines {
    /// Ends a run at the points that are there.
    pub(crate) fn close(&mut self) {
        let end = u32::try_from(self.points.len()).expect("an edition holds fewer than 2^32 vertices");
        self.starts.push(end);
    }

    /// The positions of the points of a run.
    pub(crate) fn range(&self, run: usize) -> std::ops::Range<usize> {
        self.starts[run] as usize..self.starts[run + 1] as usize
    }

    /// The box of a run; a run without points has none.
    pub(crate) fn bounds(&self, run: usize) -> Option<GridBox> {
        around(&self.points[self.range(run)])
    }

    /// How many runs.
    pub(crate) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The points that are drawn up to a zoom.
    pub(crate) fn up_to(&self, zoom: u8) -> Self {
        let mut kept = Self::default();
        for run in 0..self.len() {
            let drawn = self.range(run).filter(|at| self.levels[*at] <= zoom);
            for at in drawn {
                kept.points.push(self.points[at]);
                kept.levels.push(self.levels[at]);
            }
            kept.close();
        }
        kept.points.shrink_to_fit();
        kept.levels.shrink_to_fit();
        kept
    }

    /// Bytes that it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.points.len() * (size_of::<[u32; 2]>() + 1) + self.starts.len() * size_of::<u32>()
    }
}
