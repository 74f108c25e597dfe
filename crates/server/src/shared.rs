//! What all requests share: the current snapshot behind one short lock, the rules, the limits and the pool of workers.

use crate::{
    config::Config,
    current::Current,
    jobs::Jobs,
    metrics::Metrics,
    pool::Pool,
    problem::{Kind, Problem},
    rules::Rules,
    seals::Seals,
};
use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};
use store::{Register, StoreError};
use tokio::sync::Semaphore;

/// Shared by all workers.
pub(crate) struct Shared {
    /// Settings.
    pub config: Config,
    /// Rules.
    pub rules: Rules,
    /// With what documents are signed.
    pub seals: Seals,
    /// Documents that were issued.
    pub register: Register,
    /// The store's file.
    pub path: PathBuf,
    /// Where geometry runs.
    pub pool: Arc<Pool>,
    /// What was counted since the start.
    pub metrics: Metrics,
    /// Work for which nobody waits.
    pub jobs: Jobs,
    /// Places for uploads: each holds a body in memory.
    pub uploads: Semaphore,
    state: RwLock<Result<Arc<Current>, String>>,
}

impl Shared {
    /// Nothing read yet.
    pub(crate) fn new(config: Config, rules: Rules, seals: Seals, path: PathBuf) -> Self {
        let seconds = Duration::from_secs(config.check.seconds);
        let pool = Arc::new(Pool::new(config.job_count(), config.check.queue, seconds));
        let register_bytes = config.register.bytes;
        let state = RwLock::new(Err(
            "El servidor está leyendo su almacén. Vuelva en unos segundos.".to_owned()
        ));
        Self {
            metrics: Metrics::new(),
            jobs: Jobs::new(config.jobs),
            uploads: Semaphore::new(config.uploads.at_once),
            config,
            rules,
            seals,
            register: Register::beside(&path, register_bytes),
            path,
            pool,
            state,
        }
    }

    /// What to answer from; a request takes it once and keeps it.
    ///
    /// # Errors
    /// `not-ready`, with the mend.
    pub(crate) fn current(&self) -> Result<Arc<Current>, Problem> {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        match &*state {
            Ok(current) => Ok(Arc::clone(current)),
            Err(sentence) => Err(Problem {
                retry_after_s: Some(5),
                ..Kind::NotReady.because(sentence.clone())
            }),
        }
    }

    /// Puts another one in its place, whole.
    pub(crate) fn swap(&self, current: Current) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *state, Ok(Arc::new(current)));
        drop(state);
        // the old one may be large: it goes when nobody waits for the lock
        drop(before);
    }

    /// Says why nothing was read; what was read before stays.
    pub(crate) fn fail(&self, error: &StoreError) {
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        if let Err(sentence) = &mut *state {
            *sentence = without_folders(&error.sentence_es(), &self.path);
        }
    }
}

/// The sentence with the file's name in place of its path: readers need not know our folders.
pub(crate) fn without_folders(sentence: &str, path: &Path) -> String {
    let name = path
        .file_name()
        .map_or_else(|| "el almacén".into(), |name| name.to_string_lossy());
    sentence.replace(&path.display().to_string(), &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_for_readers_name_the_file_and_not_its_folder() {
        let path = Path::new("/srv/secret/tupu.gpkg");
        let sentence = StoreError::Missing { path: path.into() }.sentence_es();
        let told = without_folders(&sentence, path);
        assert!(told.contains("tupu.gpkg") && !told.contains("/srv"), "{told}");
    }
}
