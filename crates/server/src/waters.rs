//! The drainage models of a snapshot with what lies on them: made beside it, shared where nothing changed.

use crate::{
    problem::{Kind, Problem},
    shared::without_folders,
};
use conflicts::{WaterAnswer, WaterState};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use store::{Snapshot, Store, WaterLimits, WaterModels};

/// The models of a snapshot, once somebody made them ready.
pub(crate) struct House {
    tag: Vec<String>,
    made: OnceLock<WaterModels>,
    /// What was made of the snapshot before, until this one is ready.
    before: Mutex<Option<Arc<House>>>,
}

impl House {
    /// That of a snapshot; the one before where it is as good.
    pub(crate) fn of(snapshot: &Snapshot, before: Option<&Arc<Self>>) -> Arc<Self> {
        let tag = snapshot.water_tag();
        if let Some(before) = before.filter(|before| before.tag == tag) {
            return Arc::clone(before);
        }
        let made = OnceLock::new();
        if tag.is_empty() {
            made.get_or_init(WaterModels::default);
        }
        Arc::new(Self {
            tag,
            made,
            // of a house that never became ready there is nothing to share
            before: Mutex::new(before.filter(|before| before.made.get().is_some()).cloned()),
        })
    }

    /// Makes the models ready, unless they are; how many there are.
    pub(crate) fn make_ready(&self, store: &Store, snapshot: &Snapshot, limits: WaterLimits) -> usize {
        let before = self.before.lock().unwrap_or_else(PoisonError::into_inner).take();
        let made = self.made.get_or_init(|| {
            let before = before.as_deref().and_then(|before| before.made.get());
            told(snapshot.water_models(store, before, limits), store)
        });
        made.models.len()
    }

    /// Whether questions can be answered.
    pub(crate) fn is_ready(&self) -> bool {
        self.made.get().is_some()
    }

    /// Asks the models: for the snapshot of another time those made for this question alone, with all that is the same shared.
    ///
    /// # Errors
    /// `not-ready` while the models are made ready.
    pub(crate) fn ask<T>(
        &self,
        (store, snapshot): (&Store, &Snapshot),
        limits: WaterLimits,
        ask: impl FnOnce(&WaterModels) -> T,
    ) -> Result<T, Problem> {
        if self.tag == snapshot.water_tag() {
            return self.made.get().map(ask).ok_or_else(|| Problem {
                retry_after_s: Some(5),
                ..Kind::NotReady.because(
                    "El servidor está preparando los modelos de drenaje de su almacén. Vuelva en unos segundos.",
                )
            });
        }
        Ok(ask(&told(snapshot.water_models(store, self.made.get(), limits), store)))
    }
}

/// Sentences for readers name no folder of ours.
fn told(mut made: WaterModels, store: &Store) -> WaterModels {
    for sentence in &mut made.refused {
        *sentence = without_folders(sentence, store.path());
        tracing::warn!("{sentence}");
    }
    made
}

/// Where no model is at hand, the reason in place of «none is published».
pub(crate) fn explain(made: &WaterModels, answer: &mut WaterAnswer) {
    if answer.state == WaterState::NoModel && !made.refused.is_empty() {
        answer.explanation = Some(format!("No se puede determinar. {}", made.refused.join(" ")));
    }
}
