//! From a request's parameters and a subject to the report: limits first, then the judgement.

use crate::{
    current::Current,
    params::{Params, Time},
    problem::{Kind, Problem},
    shared::{Shared, without_folders},
};
use conflicts::water::{Within, within};
use conflicts::{CheckOptions, Report, Stop, Subject, SubjectError, Surroundings, check};
use crs::UtmZone;
use jiff::{Timestamp, civil::Date};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Instant,
};
use store::{Snapshot, SnapshotOptions, StoreError};
use territory::{AsOf, FootprintError};

/// How long a judgement may go on, and how far it has come.
#[derive(Debug)]
pub(crate) struct Course {
    stop: Instant,
    given_up: AtomicBool,
    steps: AtomicU64,
    expected: AtomicU64,
}

impl Course {
    /// What is not judged by then is «not consulted».
    pub(crate) fn until(stop: Instant) -> Self {
        Self {
            stop,
            given_up: AtomicBool::new(false),
            steps: AtomicU64::new(0),
            expected: AtomicU64::new(0),
        }
    }

    /// Nobody waits for it any more.
    pub(crate) fn give_up(&self) {
        self.given_up.store(true, Ordering::Release);
    }

    /// Whether nobody waits for it any more.
    pub(crate) fn is_given_up(&self) -> bool {
        self.given_up.load(Ordering::Acquire)
    }

    /// Of a hundred, the part of the features near the land that were looked at.
    pub(crate) fn hundredths(&self) -> u64 {
        let (steps, expected) = (
            self.steps.load(Ordering::Relaxed),
            self.expected.load(Ordering::Relaxed),
        );
        steps
            .saturating_mul(100)
            .checked_div(expected)
            .map_or(0, |part| part.min(100))
    }

    /// Whether to stop; asked before each feature and after each layer.
    fn is_over(&self) -> bool {
        self.steps.fetch_add(1, Ordering::Relaxed);
        self.is_given_up() || Instant::now() >= self.stop
    }
}

/// What a reader may choose about a check.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ask {
    /// The judging zone, where not the home zone.
    pub zone: Option<UtmZone>,
    /// Choices of the judgement.
    pub options: CheckOptions,
    valid: Option<Date>,
    known: Option<Timestamp>,
    since: Option<Time>,
}

impl Ask {
    /// Reads the choices.
    ///
    /// # Errors
    /// `invalid-parameter`.
    pub(crate) fn of(params: &Params) -> Result<Self, Problem> {
        Ok(Self {
            zone: params.zone()?,
            options: CheckOptions {
                keep_slivers: params.keep_slivers()?,
            },
            valid: params.valid_at()?,
            known: params.known_at()?,
            since: params.time("since")?,
        })
    }

    /// The snapshot with which to compare, where somebody asks what changed since a time before the report's.
    fn before(&self, current: &Current, as_of: AsOf) -> Result<Option<Snapshot>, Problem> {
        let Some(since) = self.since else {
            return Ok(None);
        };
        let options = SnapshotOptions {
            ceiling: current.snapshot.options.ceiling,
            as_of: since.earlier("since", as_of, "la del informe")?,
        };
        let before = Snapshot::load(&current.store, options);
        before.map(Some).map_err(|error| unread(current, error))
    }

    /// Whether the present is asked for.
    pub(crate) fn is_present(&self) -> bool {
        self.valid.is_none() && self.known.is_none()
    }

    /// The snapshot of the times asked for.
    ///
    /// # Errors
    /// `internal` where a past edition cannot be read; `not-ready` where the store is gone.
    pub(crate) fn snapshot(&self, current: &Current) -> Result<Arc<Snapshot>, Problem> {
        let snapshot = current.as_of(self.valid, self.known);
        snapshot.map_err(|error| unread(current, error))
    }
}

/// The refusal where a past edition cannot be read.
pub(crate) fn unread(current: &Current, error: StoreError) -> Problem {
    match error {
        StoreError::Missing { .. } | StoreError::Corrupt { .. } => {
            Kind::NotReady.because(without_folders(&error.sentence_es(), current.store.path()))
        }
        other => Problem::internal(&other),
    }
}

/// Judges a subject by the rules in force on the day asked for, after an estimate of the work; layers that are not judged when it
/// is time to stop are not consulted.
///
/// # Errors
/// `over-limit`, with the figure and the limit; those of [`Ask::snapshot`] for the time to compare with.
pub(crate) fn judge(
    shared: &Shared,
    (current, snapshot): (&Current, &Snapshot),
    (subject, course): (&Subject, &Course),
    ask: &Ask,
) -> Result<Report, Problem> {
    let as_of = snapshot.options.as_of;
    let book = current.shelf.in_force(as_of.valid);
    let is_over = || course.is_over();
    let mut around = snapshot.surroundings(subject, book);
    within_cost(shared, subject, &around)?;
    course.expected.store(steps(&around), Ordering::Relaxed);
    around.stop = Some(Stop(&is_over));
    let before = ask.before(current, as_of)?;
    let mut report = check(subject, &around, book, as_of, ask.options);
    report.changes = before.map(|before| snapshot.changes_since(&before, subject, book));
    Ok(report)
}

/// What lies within a basin, by the rules in force on the day asked for, after an estimate of the work.
///
/// # Errors
/// `over-limit`, with the figure and the limit.
pub(crate) fn within_of(
    shared: &Shared,
    (current, snapshot): (&Current, &Snapshot),
    (subject, course): (&Subject, &Course),
) -> Result<Within, Problem> {
    let as_of = snapshot.options.as_of;
    let book = current.shelf.in_force(as_of.valid);
    let is_over = || course.is_over();
    let mut around = snapshot.surroundings(subject, book);
    within_cost(shared, subject, &around)?;
    around.stop = Some(Stop(&is_over));
    Ok(within(subject, &around, book, as_of))
}

/// Refuses work beyond the limit.
///
/// # Errors
/// `over-limit`, with the figure and the limit.
pub(crate) fn within_cost(shared: &Shared, subject: &Subject, around: &Surroundings<'_>) -> Result<(), Problem> {
    let (cost, limit) = (cost(subject, around), shared.config.check.cost);
    if cost > limit {
        return Err(over_limit(
            "unidades de trabajo (vértices por elementos cercanos)",
            cost,
            limit,
        ));
    }
    Ok(())
}

/// How often a judgement asks whether to stop.
fn steps(around: &Surroundings<'_>) -> u64 {
    let editions = around.layers.iter().flat_map(|layer| &layer.editions);
    let features: usize = editions.map(|edition| edition.features.len()).sum();
    (features + around.layers.len()) as u64
}

/// Vertices of the subject for each feature near it, and the vertices of those.
fn cost(subject: &Subject, around: &Surroundings<'_>) -> u64 {
    let own = subject.footprint.shape().point_count() as u64;
    let near = around
        .layers
        .iter()
        .flat_map(|layer| &layer.editions)
        .flat_map(|edition| &edition.features);
    near.map(|feature| {
        let theirs = feature.land.as_ref().map_or(1, |land| land.shape.point_count());
        own + theirs as u64
    })
    .sum()
}

/// The refusal of a figure.
pub(crate) fn over_limit(of: &str, figure: u64, limit: u64) -> Problem {
    Kind::OverLimit
        .because(format!(
            "Hay {figure} {of} y el límite de este servidor es {limit}. Consulte una tierra menor o por partes, o use el \
             programa en su equipo."
        ))
        .with("figure", figure)
        .with("limit", limit)
}

/// Why something is no subject, for readers.
pub(crate) fn no_subject(error: &SubjectError) -> Problem {
    let kind = match error {
        SubjectError::NoLand { .. } => Kind::NoLand,
        SubjectError::Footprint(FootprintError::OutsideZones(_)) => Kind::OutsidePeru,
        SubjectError::Footprint(_) => Kind::InvalidGeometry,
    };
    let problem = kind.because(error.sentence_es());
    match error {
        SubjectError::Footprint(FootprintError::NotFinite { part, vertex }) => {
            problem.with("feature", part + 1).with("vertex", vertex + 1)
        }
        _ => problem,
    }
}
