//! The bundle that goes with a report on the command line.

use crate::exit::refuse;
use conflicts::{CheckOptions, Report, Rulebook, Subject};
use reports::{Document, Issued, NodeKey, Packing, Question, Sealing, packed};
use std::path::Path;
use store::{GatherError, Snapshot, Store};

/// What a bundle is made of, beside the report.
pub struct Made<'a> {
    pub store: &'a Store,
    pub snapshot: &'a Snapshot,
    pub subject: &'a Subject,
    pub options: CheckOptions,
    /// The rulebook.
    pub book: &'a Rulebook,
}

/// Writes the bundle and gives the sealed document, which carries the bundle's hash.
pub fn write<'a>(
    out: &Path,
    report: &'a Report,
    issued: &Issued,
    (made, key): (&Made<'_>, Option<&NodeKey>),
) -> anyhow::Result<Document<'a, Report>> {
    let gathered = made.snapshot.gathered(made.store, (report, made.subject), made.book);
    let editions = match gathered {
        Ok(editions) => editions,
        Err(GatherError::Store(error)) => return Err(error.into()),
        Err(other) => return refuse(other.sentence_es()),
    };
    let question = Question {
        unread: made.snapshot.unread_list(),
        ..Question::of(made.subject, report.as_of.valid, report.as_of.known, made.options)
    };
    let packing = Packing {
        question: &question,
        book: made.book,
        editions: &editions,
    };
    let sealing = Sealing {
        editions: &made.snapshot.roots_of(report),
        key,
        ..Sealing::default()
    };
    let packed = packed(report, issued, &packing, &sealing)?;
    if let Err(error) = std::fs::write(out, &packed.zip) {
        return refuse(format!("no se puede escribir {}: {error}", out.display()));
    }
    eprintln!("escrito {}", out.display());
    Ok(packed.document)
}
