//! Collections ready for questions: those of today, and some of other days.

use crate::current::Current;
use crate::problem::Problem;
use features::Collection;
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use store::Snapshot;
use territory::{AsOf, LayerKind};

/// Collections of other days that are kept: somebody pages through them.
const KEPT: usize = 6;

/// A collection of another day.
type Kept = ((LayerKind, AsOf), Arc<Collection>);

/// The collections of one state of the store, each made at the first question.
pub(crate) struct Collections {
    today: BTreeMap<LayerKind, OnceLock<Arc<Collection>>>,
    others: Mutex<VecDeque<Kept>>,
}

impl Collections {
    /// Of a snapshot; nothing is made yet.
    pub(crate) fn of(snapshot: &Snapshot) -> Self {
        Self {
            today: snapshot
                .kinds()
                .into_iter()
                .map(|kind| (kind, OnceLock::new()))
                .collect(),
            others: Mutex::default(),
        }
    }

    /// The collection of a kind, today or at another pair of times. None where it has no edition then.
    ///
    /// # Errors
    /// The store's, as an internal one.
    pub(crate) fn find(
        &self,
        current: &Current,
        kind: LayerKind,
        as_of: Option<AsOf>,
    ) -> Result<Option<Arc<Collection>>, Problem> {
        match as_of {
            Some(as_of) if !current.is_now(kind, as_of) => self.of_another_day(current, kind, as_of),
            _ => Ok(self
                .today
                .get(&kind)
                .map(|cell| Arc::clone(cell.get_or_init(|| Arc::new(Collection::of(&current.snapshot, kind)))))),
        }
    }

    fn of_another_day(
        &self,
        current: &Current,
        kind: LayerKind,
        as_of: AsOf,
    ) -> Result<Option<Arc<Collection>>, Problem> {
        let key = (kind, as_of);
        let kept = |others: &VecDeque<Kept>| {
            others
                .iter()
                .find(|(other, _)| *other == key)
                .map(|(_, collection)| Arc::clone(collection))
        };
        if let Some(found) = kept(&self.others.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(found));
        }
        let snapshot = current
            .as_of(Some(as_of.valid), Some(as_of.known))
            .map_err(|error| Problem::internal(&error))?;
        if snapshot.collection(kind).next().is_none() {
            return Ok(None);
        }
        let made = Arc::new(Collection::of(&snapshot, kind));
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        if others.len() >= KEPT {
            others.pop_front();
        }
        others.push_back((key, Arc::clone(&made)));
        Ok(Some(made))
    }
}
