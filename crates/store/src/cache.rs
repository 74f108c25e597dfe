//! Editions that were read once, kept for the next snapshot that needs them.

use crate::Edition;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

const IDLE_BYTES: usize = 512 << 20;

/// Loaded editions by id. Those that some snapshot holds cost nothing to keep; of the idle ones, the longest unused go first
/// once they take more than the budget.
pub(crate) struct EditionCache {
    idle_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    uses: u64,
    editions: BTreeMap<String, (u64, Arc<Edition>)>,
}

impl Default for EditionCache {
    fn default() -> Self {
        Self::new(IDLE_BYTES)
    }
}

impl EditionCache {
    pub(crate) fn new(idle_bytes: usize) -> Self {
        Self {
            idle_bytes,
            kept: Mutex::default(),
        }
    }

    /// The edition of that id, if it was read already.
    pub(crate) fn find(&self, id: &str) -> Option<Arc<Edition>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let uses = kept.uses;
        let (used, edition) = kept.editions.get_mut(id)?;
        *used = uses;
        Some(Arc::clone(edition))
    }

    /// Keeps an edition.
    pub(crate) fn keep(&self, edition: &Arc<Edition>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.uses += 1;
        let uses = kept.uses;
        kept.editions
            .insert(edition.meta.id.clone(), (uses, Arc::clone(edition)));
        self.forget_the_idle(&mut kept);
    }

    fn forget_the_idle(&self, kept: &mut Kept) {
        let mut idle: Vec<(u64, usize, String)> = kept
            .editions
            .iter()
            .filter(|(_, (_, edition))| Arc::strong_count(edition) == 1)
            .map(|(id, (used, edition))| (*used, edition.bytes(), id.clone()))
            .collect();
        idle.sort_unstable();
        let mut bytes: usize = idle.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, freed, id) in idle {
            if bytes <= self.idle_bytes {
                break;
            }
            kept.editions.remove(&id);
            bytes -= freed;
        }
    }
}
