//! Where geometry runs: so many jobs at once, so many waiting, none longer than the time allowed.

use crate::problem::{Kind, Problem};
use actix_web::{rt::time::timeout, web};
use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A bounded pool.
pub(crate) struct Pool {
    places: usize,
    permits: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    time: Duration,
}

impl Pool {
    /// `jobs` at once, `queue` waiting, each for `time` at most, its wait included.
    pub(crate) fn new(jobs: usize, queue: usize, time: Duration) -> Self {
        Self {
            places: jobs,
            permits: Arc::new(Semaphore::new(jobs)),
            waiting: AtomicUsize::new(0),
            queue,
            time,
        }
    }

    /// Runs a job off the threads that serve connections. The job is told when it should stop judging; what it has not judged by
    /// then is «not consulted».
    ///
    /// A job that passes its time goes on until it ends and holds its place so long; the reader is told at once.
    ///
    /// # Errors
    /// `busy`, `time-limit`, `internal` where the job broke, and its own.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(Instant) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let began = Instant::now();
        let permit = self.permit().await?;
        let left = self.time.saturating_sub(began.elapsed());
        if left.is_zero() {
            return Err(self.too_long());
        }
        // a fifth of the time is kept for rendering
        let stop = Instant::now() + left.mul_f64(0.8);
        let work = web::block(move || {
            let _permit = permit;
            job(stop)
        });
        match timeout(left, work).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(broken)) => Err(Problem::internal(&broken)),
            Err(_) => Err(self.too_long()),
        }
    }

    /// How full it is.
    pub(crate) fn load(&self) -> Load {
        Load {
            places: self.places,
            busy: self.places - self.permits.available_permits().min(self.places),
            waiting: self.waiting.load(Ordering::Relaxed),
        }
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Problem> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let place = Place::take(&self.waiting);
        if place.before >= self.queue {
            return Err(busy("Ya esperan", self.queue));
        }
        match timeout(self.time, Arc::clone(&self.permits).acquire_owned()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(closed)) => Err(Problem::internal(&closed)),
            Err(_) => Err(self.too_long()),
        }
    }

    fn too_long(&self) -> Problem {
        let seconds = self.time.as_secs();
        Kind::TimeLimit
            .because(format!(
                "La consulta no terminó en {seconds} s, que es el límite, y no se da un resultado a medias. Consulte una \
                 tierra menor o por partes, o use el programa en su equipo."
            ))
            .with("limit_s", seconds)
    }
}

/// How full a pool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Load {
    pub places: usize,
    pub busy: usize,
    pub waiting: usize,
}

/// The refusal of one more than there is room for.
pub(crate) fn busy(what: &str, limit: usize) -> Problem {
    Problem {
        retry_after_s: Some(2),
        ..Kind::Busy
            .because(format!(
                "{what} {limit} consultas, que es el límite. Vuelva a intentarlo en unos segundos."
            ))
            .with("limit", limit)
    }
}

/// A place in the queue, given up on every way out.
struct Place<'a> {
    waiting: &'a AtomicUsize,
    before: usize,
}

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Self {
        let before = waiting.fetch_add(1, Ordering::AcqRel);
        Self { waiting, before }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::future::join_all;
    use std::thread::sleep;

    fn sleeping(ms: u64) -> impl FnOnce(Instant) -> Result<u64, Problem> + Send {
        move |_| {
            sleep(Duration::from_millis(ms));
            Ok(ms)
        }
    }

    #[actix_web::test]
    async fn jobs_beyond_the_queue_are_asked_to_come_back() {
        let pool = Pool::new(1, 1, Duration::from_secs(5));
        let answers = join_all((0..3).map(|_| pool.run(sleeping(100)))).await;
        let busy: Vec<&Problem> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
        assert_eq!(busy.len(), 1);
        assert_eq!((busy[0].kind, busy[0].retry_after_s), (Kind::Busy, Some(2)));
        assert!(pool.run(sleeping(1)).await.is_ok(), "the queue empties");
    }

    #[actix_web::test]
    async fn a_job_that_takes_too_long_is_answered_in_time_and_keeps_its_place_until_it_ends() {
        let pool = Pool::new(1, 4, Duration::from_millis(100));
        let began = Instant::now();
        let answer = pool.run(sleeping(400)).await;
        assert_eq!(answer.unwrap_err().kind, Kind::TimeLimit);
        assert!(began.elapsed() < Duration::from_millis(350));
        assert_eq!(
            pool.run(sleeping(1)).await.unwrap_err().kind,
            Kind::TimeLimit,
            "its place is taken still"
        );
        sleep(Duration::from_millis(400));
        assert!(pool.run(sleeping(1)).await.is_ok());
    }

    #[actix_web::test]
    async fn a_job_that_breaks_is_an_internal_problem() {
        let pool = Pool::new(1, 1, Duration::from_secs(5));
        let answer: Result<(), Problem> = pool.run(|_| panic!("secret")).await;
        let problem = answer.unwrap_err();
        assert_eq!(problem.kind, Kind::Internal);
        assert!(!problem.detail.contains("secret"));
        assert!(pool.run(sleeping(1)).await.is_ok(), "the pool goes on");
    }
}
