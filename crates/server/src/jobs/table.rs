//! The jobs: those that wait, those that run, and those that ended, up to so many and so many bytes.

use crate::{
    clock,
    config::JobLimits,
    current::Current,
    judging::Course,
    pool::busy,
    problem::{Kind, Problem},
    rendering::Answered,
    shared::Shared,
};
use jiff::{SignedDuration, Timestamp};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};
use territory::hex;

/// What a job takes beside its result.
const OVERHEAD: usize = 1024;
/// Bytes of an id: nobody finds one by trying.
const ID_BYTES: usize = 16;
/// Between two looks for jobs whose time is over, where nobody asks.
const LOOK: Duration = Duration::from_secs(30);

/// What a job does once its turn comes, with the data of that moment.
pub(crate) type Work = Box<dyn FnOnce(&Shared, &Current, &Course) -> Result<Answered, Problem> + Send>;

/// All jobs.
pub(crate) struct Jobs {
    limits: JobLimits,
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    jobs: HashMap<String, Job>,
    waiting: VecDeque<String>,
    /// Those that ended, the first one first.
    ended: VecDeque<String>,
    running: usize,
    bytes: usize,
    ending: bool,
}

struct Job {
    process: &'static str,
    created: Timestamp,
    started: Option<Timestamp>,
    phase: Phase,
}

enum Phase {
    Waiting(Work),
    Running(Arc<Course>),
    Ended {
        at: Timestamp,
        until: Instant,
        outcome: Result<Answered, Problem>,
    },
}

/// How a job stands.
#[derive(Clone, Debug)]
pub(crate) struct Status {
    /// Its id: who knows it may see it, read its result and dismiss it.
    pub id: String,
    /// Which process.
    pub process: &'static str,
    /// `accepted`, `running`, `successful`, `failed`, `dismissed`.
    pub word: &'static str,
    /// Why it failed.
    pub message: Option<String>,
    /// Of a hundred, how far it has come, where that is known.
    pub progress: Option<u64>,
    /// When it was accepted.
    pub created: Timestamp,
    /// When its turn came.
    pub started: Option<Timestamp>,
    /// When it ended.
    pub finished: Option<Timestamp>,
    /// Until when its result is kept.
    pub expires: Option<Timestamp>,
}

/// What came of a job.
pub(crate) enum Ended {
    /// Nothing yet.
    NotYet(Status),
    /// Its result, or why there is none.
    With(Result<Answered, Problem>),
}

/// How many jobs stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub accepted: usize,
    pub running: usize,
    pub successful: usize,
    pub failed: usize,
    /// Bytes of results that are kept, with what the jobs themselves take.
    pub bytes: usize,
}

/// A job whose turn came.
pub(super) struct Taken {
    pub id: String,
    pub work: Work,
    pub course: Arc<Course>,
}

impl Jobs {
    /// None yet.
    pub(crate) fn new(limits: JobLimits) -> Self {
        Self {
            limits,
            state: Mutex::default(),
            bell: Condvar::new(),
        }
    }

    /// Refuses where the queue is full.
    ///
    /// # Errors
    /// `busy`.
    pub(crate) fn room(&self) -> Result<(), Problem> {
        self.room_in(&self.lock())
    }

    /// Takes work into the queue.
    ///
    /// # Errors
    /// `busy` where it is full; `internal` where the system has no random numbers.
    pub(crate) fn submit(&self, process: &'static str, work: Work) -> Result<Status, Problem> {
        let mut bytes = [0; ID_BYTES];
        getrandom::fill(&mut bytes).map_err(|error| Problem::internal(&error))?;
        let id = hex(&bytes);
        let job = Job {
            process,
            created: clock::now(),
            started: None,
            phase: Phase::Waiting(work),
        };
        let mut state = self.lock();
        self.room_in(&state)?;
        let status = self.status_of(&id, &job);
        state.jobs.insert(id.clone(), job);
        state.waiting.push_back(id);
        drop(state);
        self.bell.notify_one();
        Ok(status)
    }

    /// How a job stands; none where there is no such job, or no more.
    pub(crate) fn status(&self, id: &str) -> Option<Status> {
        let state = self.lock();
        state.jobs.get(id).map(|job| self.status_of(id, job))
    }

    /// What came of a job.
    pub(crate) fn ended(&self, id: &str) -> Option<Ended> {
        let state = self.lock();
        let job = state.jobs.get(id)?;
        Some(match &job.phase {
            Phase::Ended { outcome, .. } => Ended::With(outcome.clone()),
            _ => Ended::NotYet(self.status_of(id, job)),
        })
    }

    /// Forgets a job: one that waits never runs, one that runs stops soon, one that ended loses its result.
    pub(crate) fn dismiss(&self, id: &str) -> Option<Status> {
        let mut state = self.lock();
        let job = state.jobs.remove(id)?;
        let status = Status {
            word: "dismissed",
            message: None,
            progress: None,
            expires: None,
            ..self.status_of(id, &job)
        };
        match job.phase {
            Phase::Waiting(_) => state.waiting.retain(|other| other != id),
            Phase::Running(course) => course.give_up(),
            Phase::Ended { outcome, .. } => {
                state.ended.retain(|other| other != id);
                state.bytes -= size(&outcome);
            }
        }
        Some(status)
    }

    /// How many stand how.
    pub(crate) fn counts(&self) -> Counts {
        let state = self.lock();
        let mut counts = Counts {
            accepted: state.waiting.len(),
            running: state.running,
            bytes: state.bytes,
            ..Counts::default()
        };
        for job in state.jobs.values() {
            match job.phase {
                Phase::Ended { outcome: Ok(_), .. } => counts.successful += 1,
                Phase::Ended { outcome: Err(_), .. } => counts.failed += 1,
                Phase::Waiting(_) | Phase::Running(_) => {}
            }
        }
        counts
    }

    /// The next job, once there is one; none at the end of the server.
    pub(super) fn next(&self) -> Option<Taken> {
        let mut state = self.lock();
        loop {
            if state.ending {
                return None;
            }
            if let Some(taken) = self.take(&mut state) {
                return Some(taken);
            }
            let woken = self.bell.wait_timeout(state, LOOK);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
            forget_old(&mut state);
        }
    }

    fn take(&self, state: &mut State) -> Option<Taken> {
        let id = state.waiting.pop_front()?;
        let job = state.jobs.get_mut(&id)?;
        let stop = Instant::now() + Duration::from_secs(self.limits.seconds);
        let course = Arc::new(Course::until(stop));
        let running = Phase::Running(Arc::clone(&course));
        let Phase::Waiting(work) = std::mem::replace(&mut job.phase, running) else {
            return None;
        };
        job.started = Some(clock::now());
        state.running += 1;
        Some(Taken { id, work, course })
    }

    /// Keeps what came of a job, unless it was dismissed; the oldest results go where there is no room.
    pub(super) fn finish(&self, id: String, outcome: Result<Answered, Problem>) {
        let outcome = outcome.and_then(|answered| self.fitting(answered));
        let mut state = self.lock();
        state.running -= 1;
        let size = size(&outcome);
        let Some(job) = state.jobs.get_mut(&id) else { return };
        job.phase = Phase::Ended {
            at: clock::now(),
            until: Instant::now() + Duration::from_secs(self.limits.kept_s),
            outcome,
        };
        state.ended.push_back(id);
        state.bytes += size;
        while state.bytes > self.limits.bytes && state.ended.len() > 1 {
            forget_first(&mut state);
        }
    }

    /// No job runs from now on; those that run are given up.
    pub(super) fn end(&self) {
        let mut state = self.lock();
        state.ending = true;
        for job in state.jobs.values() {
            if let Phase::Running(course) = &job.phase {
                course.give_up();
            }
        }
        drop(state);
        self.bell.notify_all();
    }

    fn fitting(&self, answered: Answered) -> Result<Answered, Problem> {
        let (figure, limit) = (answered.bytes.len() + OVERHEAD, self.limits.bytes);
        if figure <= limit {
            return Ok(answered);
        }
        Err(Kind::OverLimit
            .because(format!(
                "El resultado tiene {figure} octetos y este servidor guarda {limit}. Pida otro formato o una tierra menor, o espere \
                 el resultado (sin «Prefer: respond-async»)."
            ))
            .with("figure", figure)
            .with("limit", limit))
    }

    fn room_in(&self, state: &State) -> Result<(), Problem> {
        if state.waiting.len() >= self.limits.queue {
            return Err(busy("Ya esperan su turno", self.limits.queue));
        }
        Ok(())
    }

    fn status_of(&self, id: &str, job: &Job) -> Status {
        let (word, progress, finished, message) = match &job.phase {
            Phase::Waiting(_) => ("accepted", Some(0), None, None),
            // the rest is for rendering
            Phase::Running(course) => ("running", Some(course.hundredths() * 9 / 10), None, None),
            Phase::Ended { at, outcome: Ok(_), .. } => ("successful", Some(100), Some(*at), None),
            Phase::Ended {
                at,
                outcome: Err(problem),
                ..
            } => ("failed", None, Some(*at), Some(problem.detail.clone())),
        };
        let kept = SignedDuration::from_secs(i64::try_from(self.limits.kept_s).unwrap_or(i64::MAX));
        Status {
            id: id.to_owned(),
            process: job.process,
            word,
            message,
            progress,
            created: job.created,
            started: job.started,
            finished,
            expires: finished.and_then(|at| at.checked_add(kept).ok()),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        forget_old(&mut state);
        state
    }
}

/// Forgets the jobs whose time is over; they ended in the order of the list.
fn forget_old(state: &mut State) {
    let now = Instant::now();
    let is_over = |state: &State| {
        let first = state.ended.front().and_then(|id| state.jobs.get(id));
        first.is_some_and(|job| matches!(job.phase, Phase::Ended { until, .. } if until <= now))
    };
    while is_over(state) {
        forget_first(state);
    }
}

fn forget_first(state: &mut State) {
    let Some(id) = state.ended.pop_front() else { return };
    if let Some(Job {
        phase: Phase::Ended { outcome, .. },
        ..
    }) = state.jobs.remove(&id)
    {
        state.bytes -= size(&outcome);
    }
}

fn size(outcome: &Result<Answered, Problem>) -> usize {
    OVERHEAD + outcome.as_ref().map_or(0, |answered| answered.bytes.len())
}

#[cfg(test)]
mod tests;
