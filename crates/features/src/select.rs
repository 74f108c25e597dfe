//! Which features answer a question.

use crate::order::sort;
use crate::{Area, At, Collection, SortKey};
use filters::Bound;
use std::ops::Range;

/// What is asked of a collection; nothing asked is everything.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Those that meet the box.
    pub area: Option<Area>,
    /// Those of which all these filters are true.
    pub filters: Vec<Bound>,
    /// In this order; without one, by edition and key.
    pub order: Vec<SortKey>,
}

/// The places that answer, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// All features of the collection, which are so many: nothing was looked at.
    Whole(usize),
    /// These.
    Places(Vec<At>),
}

impl Query {
    /// Whether everything answers in the collection's own order.
    fn is_open(&self) -> bool {
        self.area.is_none() && self.filters.is_empty() && self.order.is_empty()
    }

    /// The boxes in which to look, the fewest that a part of the question gives; none where features anywhere may answer.
    fn boxes(&self) -> Option<Vec<[f64; 4]>> {
        let size = |boxes: &Vec<[f64; 4]>| boxes.iter().map(|[w, s, e, n]| (e - w) * (n - s)).sum::<f64>();
        let area = self.area.as_ref().map(|area| area.boxes.clone());
        let filters = self.filters.iter().filter_map(Bound::bounds);
        area.into_iter()
            .chain(filters)
            .min_by(|one, other| size(one).total_cmp(&size(other)))
    }
}

impl Collection {
    /// Finds what answers, whole: how many there are is exact. None where `in_time` says so before the end.
    pub fn select(&self, query: &Query, in_time: &dyn Fn() -> bool) -> Option<Selection> {
        if query.is_open() {
            return Some(Selection::Whole(self.count()));
        }
        let places: Vec<At> = match query.boxes() {
            Some(boxes) => self.near(&boxes),
            None => self.every().collect(),
        };
        self.select_among(&places, query, in_time)
    }

    /// Finds what answers among some places, in their order where the question has none.
    pub fn select_among(&self, places: &[At], query: &Query, in_time: &dyn Fn() -> bool) -> Option<Selection> {
        // a filter with a large geometry may cost a tenth of a millisecond a feature
        const BETWEEN_LOOKS: usize = 256;
        let answers = |at: &At| {
            let area = query.area.as_ref().is_none_or(|area| area.meets(&self.row(*at)));
            area && query.filters.iter().all(|filter| filter.accepts(&self.record(*at)))
        };
        let mut found = Vec::new();
        for some in places.chunks(BETWEEN_LOOKS) {
            if !in_time() {
                return None;
            }
            found.extend(some.iter().copied().filter(|at| answers(at)));
        }
        let mut places = found;
        if !query.order.is_empty() {
            sort(&mut places, &query.order, self);
        }
        Some(Selection::Places(places))
    }
}

impl Selection {
    /// How many answer.
    pub fn count(&self) -> usize {
        match self {
            Self::Whole(count) => *count,
            Self::Places(places) => places.len(),
        }
    }

    /// Those with the numbers of a range, as far as there are so many.
    pub fn cut(&self, range: Range<usize>, collection: &Collection) -> Vec<At> {
        let end = range.end.min(self.count());
        let start = range.start.min(end);
        match self {
            Self::Whole(_) => (start..end).filter_map(|number| collection.nth(number)).collect(),
            Self::Places(places) => places[start..end].to_vec(),
        }
    }

    /// About how many bytes it keeps.
    pub fn bytes(&self) -> usize {
        match self {
            Self::Whole(_) => 0,
            Self::Places(places) => places.len() * size_of::<At>(),
        }
    }
}
