//! From a judged report to the answer: sealed, kept, and rendered or packed.

use crate::{
    clock,
    current::Current,
    judging::Ask,
    negotiate::Format,
    problem::{Kind, Problem},
    rendering::{Answered, Wish, render},
    sealing::{Keep, keep, sealed_document},
    shared::{Shared, without_folders},
};
use conflicts::{Report, Subject};
use reports::{Issued, Packed, Packing, Question, Sealing, packed};
use store::{GatherError, Snapshot};

/// A report and what it was made of.
#[derive(Clone, Copy)]
pub(crate) struct Judged<'a> {
    /// The store and the rules.
    pub current: &'a Current,
    /// The editions.
    pub snapshot: &'a Snapshot,
    /// The land.
    pub subject: &'a Subject,
    /// What was judged.
    pub report: &'a Report,
}

/// Seals, keeps and renders a report.
///
/// # Errors
/// Those of [`keep`] and [`render`]; for a bundle `time-limit` where a layer was not judged in time, `internal`.
pub(crate) fn issue(
    shared: &Shared,
    judged: Judged<'_>,
    (ask, why): (&Ask, Keep),
    wish: &Wish,
) -> Result<Answered, Problem> {
    let Judged {
        current,
        snapshot,
        subject,
        report,
    } = judged;
    if wish.format == Format::Bundle {
        let packed = bundle(shared, judged, ask)?;
        keep(shared, snapshot, &packed.document, why)?;
        let Packed { document, zip } = packed;
        return Ok(Answered::of(Format::Bundle, &document, zip));
    }
    let document = sealed_document(shared, snapshot, report)?;
    keep(shared, snapshot, &document, why)?;
    render((current, snapshot), subject, &document, wish)
}

fn bundle<'a>(shared: &Shared, judged: Judged<'a>, ask: &Ask) -> Result<Packed<'a>, Problem> {
    let Judged {
        current,
        snapshot,
        subject,
        report,
    } = judged;
    let book = current.shelf.in_force(snapshot.options.as_of.valid);
    let editions = snapshot
        .gathered(&current.store, (report, subject), book)
        .map_err(|error| not_gathered(&error, current))?;
    let question = Question {
        unread: snapshot.unread_list(),
        ..Question::of(subject, report.as_of.valid, report.as_of.known, ask.options)
    };
    let packing = Packing {
        question: &question,
        book,
        editions: &editions,
    };
    let sealing = Sealing {
        editions: &snapshot.roots_of(report),
        key: shared.seals.key.as_ref(),
        verify_url: shared.seals.verify_url.as_deref(),
        bundle_sha256: None,
    };
    let issued = Issued::now_of(clock::now(), "tupu", env!("CARGO_PKG_VERSION"));
    packed(report, &issued, &packing, &sealing).map_err(|error| Problem::internal(&error))
}

fn not_gathered(error: &GatherError, current: &Current) -> Problem {
    let sentence = || without_folders(&error.sentence_es(), current.store.path());
    match error {
        GatherError::OutOfTime { .. } => Kind::TimeLimit.because(sentence()),
        GatherError::NoLand => Kind::InvalidGeometry.because(sentence()),
        GatherError::Changed { .. } | GatherError::Store(_) => Problem::internal(error),
    }
}
