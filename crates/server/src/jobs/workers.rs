//! The threads that jobs run on, beside those that answer readers.

use super::table::Taken;
use crate::{problem::Problem, rendering::Answered, shared::Shared};
use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::{self, JoinHandle},
    time::Instant,
};

/// The running threads; they end with this, and the jobs with them.
pub(crate) struct Workers {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Begins to take jobs.
    ///
    /// # Errors
    /// When the system refuses threads.
    pub(crate) fn begin(shared: &Arc<Shared>) -> io::Result<Self> {
        let mut workers = Self {
            shared: Arc::clone(shared),
            threads: Vec::new(),
        };
        for _ in 0..shared.config.jobs.at_once {
            let shared = Arc::clone(shared);
            let thread = thread::Builder::new()
                .name("job".to_owned())
                .spawn(move || work(&shared))?;
            workers.threads.push(thread);
        }
        Ok(workers)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.jobs.end();
        for thread in self.threads.drain(..) {
            thread.join().ok();
        }
    }
}

fn work(shared: &Shared) {
    while let Some(Taken { id, work, course }) = shared.jobs.next() {
        let began = Instant::now();
        let run = || work(shared, &*shared.current()?, &course);
        let broken = |_| Err(Problem::internal(&"a job broke"));
        let outcome: Result<Answered, Problem> = catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(broken);
        let ms = began.elapsed().as_millis();
        let what = outcome
            .as_ref()
            .map_or_else(|problem| problem.kind.slug(), |_| "successful");
        tracing::info!(ms, what, "job");
        shared.jobs.finish(id, outcome);
    }
}
