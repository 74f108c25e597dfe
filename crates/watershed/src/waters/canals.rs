//! Canals and diversions between places of streams.

use super::Mouth;

/// Water taken from a place of a stream and brought to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canal {
    /// Where it is taken.
    pub from: Mouth,
    /// Where it arrives.
    pub to: Mouth,
    /// Its length in millimetres.
    pub length: u32,
}

/// The canals of a model; none is an answer too. Numbered in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canals {
    given: Vec<Canal>,
    /// Reach and number, ascending.
    arrivals: Vec<(u32, u32)>,
    departures: Vec<(u32, u32)>,
}

impl Canals {
    /// Canals between mouths of one model.
    ///
    /// # Panics
    /// When there are more than can be numbered with 32 bits.
    pub fn new(given: Vec<Canal>) -> Self {
        let sorted = |reach: &dyn Fn(&Canal) -> u32| {
            let numbered = given.iter().map(reach).zip(0..);
            let mut found: Vec<(u32, u32)> = numbered.collect();
            found.sort_unstable();
            found
        };
        let (arrivals, departures) = (sorted(&|canal| canal.to.reach), sorted(&|canal| canal.from.reach));
        Self {
            given,
            arrivals,
            departures,
        }
    }

    /// The canals, as they were given.
    pub fn given(&self) -> &[Canal] {
        &self.given
    }

    pub(super) fn canal(&self, number: u32) -> Canal {
        self.given[number as usize]
    }

    /// Numbers of the canals that arrive on some reaches.
    pub(super) fn arriving(&self, reaches: std::ops::Range<u32>) -> impl Iterator<Item = u32> + '_ {
        between(&self.arrivals, reaches)
    }

    /// Numbers of the canals that leave a reach.
    pub(super) fn leaving(&self, reach: u32) -> impl Iterator<Item = u32> + '_ {
        between(&self.departures, reach..reach + 1)
    }
}

fn between(sorted: &[(u32, u32)], reaches: std::ops::Range<u32>) -> impl Iterator<Item = u32> + '_ {
    let from = sorted.partition_point(|(reach, _)| *reach < reaches.start);
    let end = sorted.partition_point(|(reach, _)| *reach < reaches.end.max(reaches.start));
    sorted[from..end].iter().map(|(_, number)| *number)
}
