//! The thread that looks at the store and the rules every second, and puts in place what changed.

use crate::{clock, current::Current, shared::Shared};
use jiff::civil::Date;
use std::{
    os::unix::fs::MetadataExt,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};
use store::StoreError;
use thread_priority::{ThreadPriority, set_current_thread_priority};

/// The running thread; it ends with this.
pub(crate) struct Watch {
    ending: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Begins to look, at once and then every so often.
    pub(crate) fn begin(shared: Arc<Shared>) -> std::io::Result<Self> {
        let ending = Arc::new((Mutex::new(false), Condvar::new()));
        let told = Arc::clone(&ending);
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || watch(&shared, &told))?;
        Ok(Self {
            ending,
            thread: Some(thread),
        })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        *self.ending.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.ending.1.notify_all();
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

/// What the last reading saw of the store.
#[derive(Clone, Copy, PartialEq)]
struct Seen {
    file: Option<(u64, u64)>,
    generation: u64,
    day: Date,
}

fn watch(shared: &Arc<Shared>, (ended, bell): &(Mutex<bool>, Condvar)) {
    let pause = Duration::from_millis(shared.config.poll_ms.max(10));
    let mut seen = None;
    let mut told = None;
    loop {
        if shared.rules.look() {
            obey(shared);
        }
        match look(shared, seen) {
            Ok(now) => (seen, told) = (Some(now), None),
            Err(error) => {
                shared.fail(&error);
                let words = error.to_string();
                if told.as_ref() != Some(&words) {
                    tracing::warn!("{words}; what was read before stays");
                    told = Some(words);
                }
            }
        }
        let guard = ended.lock().unwrap_or_else(PoisonError::into_inner);
        let (guard, _) = bell
            .wait_timeout_while(guard, pause, |ended| !*ended)
            .unwrap_or_else(PoisonError::into_inner);
        if *guard {
            return;
        }
    }
}

/// Puts the rules of now in place of those before.
fn obey(shared: &Shared) {
    let shelf = shared.rules.shelf();
    let ids: Vec<&str> = shelf.books().iter().map(|book| book.id.as_str()).collect();
    tracing::info!(rulebooks = ids.join(", "), "rules in place");
    if let Ok(current) = shared.current() {
        shared.swap(current.with_rules(shelf));
    }
}

/// Reads the store where it changed since `seen`: another publication, another file in its place, or another day.
fn look(shared: &Arc<Shared>, seen: Option<Seen>) -> Result<Seen, StoreError> {
    let file = shared.path.metadata().ok().map(|file| (file.dev(), file.ino()));
    let day = clock::today();
    let visible = (shared.config.visibility, day);
    let limits = shared.config.tiles;
    let began = Instant::now();
    let current = match (seen, shared.current()) {
        (Some(seen), Ok(current)) if seen.file == file => {
            let generation = current.store.generation()?;
            if (Seen { file, generation, day }) == seen {
                return Ok(seen);
            }
            Current::load(&current.store, visible, shared.rules.shelf(), (Some(&*current), limits))?
        }
        _ => Current::open(&shared.path, visible, shared.rules.shelf(), limits)?,
    };
    let generation = current.snapshot.generation;
    let counts = current.snapshot.counts();
    shared.swap(current);
    let ms = began.elapsed().as_millis();
    tracing::info!(
        generation,
        editions = counts.editions,
        features = counts.features,
        ms,
        "snapshot in place"
    );
    prepare_waters(shared, seen.is_none());
    if limits.prepare {
        prepare_tiles(shared);
    }
    Ok(Seen { file, generation, day })
}

/// Makes the drainage models in place ready while requests are answered; questions about water are told to come back until then. After a
/// start nobody has had an answer yet, and they do not stand back.
fn prepare_waters(shared: &Arc<Shared>, start: bool) {
    let Ok(current) = shared.current() else { return };
    if current.waters.is_ready() {
        return;
    }
    let limits = shared.config.water.limits();
    let prepare = move || {
        let began = Instant::now();
        let make = || current.waters.make_ready(&current.store, &current.snapshot, limits);
        let models = if start { make() } else { at_lowest_priority(make) };
        let ms = began.elapsed().as_millis();
        tracing::info!(models, ms, "drainage models ready for questions");
    };
    if let Err(error) = thread::Builder::new().name("waters".to_owned()).spawn(prepare) {
        tracing::warn!("drainage models cannot be made ready: {error}");
    }
}

/// Runs work on threads of its own, of which whoever asks goes before.
fn at_lowest_priority<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let lower = |_| {
        set_current_thread_priority(ThreadPriority::Min).ok();
    };
    match rayon::ThreadPoolBuilder::new().start_handler(lower).build() {
        Ok(pool) => pool.install(work),
        Err(error) => {
            tracing::debug!("work is done at the usual priority: {error}");
            work()
        }
    }
}

/// Makes the editions in place ready for tiles while requests are answered; ends when others come in their place.
fn prepare_tiles(shared: &Arc<Shared>) {
    let shared = Arc::clone(shared);
    let prepare = move || {
        // whoever asks goes before what may be asked
        if let Err(error) = set_current_thread_priority(ThreadPriority::Min) {
            tracing::debug!("tiles are prepared at the usual priority: {error:?}");
        }
        let Ok(current) = shared.current() else {
            return;
        };
        let began = Instant::now();
        let tiles = Arc::clone(&current.tiles);
        drop(current);
        let bytes = tiles.make_ready(|| shared.current().is_ok_and(|now| Arc::ptr_eq(&now.tiles, &tiles)));
        let ms = began.elapsed().as_millis();
        tracing::info!(bytes, ms, "editions ready for tiles");
    };
    if let Err(error) = thread::Builder::new().name("tiles".to_owned()).spawn(prepare) {
        tracing::warn!("editions are made ready for tiles when asked for: {error}");
    }
}
