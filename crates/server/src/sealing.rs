//! Documents as they go out: sealed, signed where the node has a key, and kept in the register.

use crate::{
    clock,
    problem::{Kind, Problem},
    shared::{Shared, without_folders},
};
use conflicts::Report;
use reports::{Document, Issued, Sealing, sealed};
use store::{Issue, RegisterError, Snapshot};
use territory::Visibility;

/// Why a document is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It is about a public feature.
    Usual,
    /// The reader asked for it.
    Asked,
}

/// The report as a document of this moment, with its seal.
///
/// # Errors
/// `internal`.
pub(crate) fn sealed_document<'a>(
    shared: &Shared,
    snapshot: &Snapshot,
    report: &'a Report,
) -> Result<Document<'a, Report>, Problem> {
    let issued = Issued::now_of(clock::now(), "tupu", env!("CARGO_PKG_VERSION"));
    let sealing = Sealing {
        editions: &snapshot.roots_of(report),
        key: shared.seals.key.as_ref(),
        verify_url: shared.seals.verify_url.as_deref(),
        bundle_sha256: None,
    };
    sealed(report, &issued, &sealing).map_err(|error| Problem::internal(&error))
}

/// Keeps a document in the register: always where somebody asked for it, else where its subject is a feature that everybody may
/// see. The first issue of an id stays. Without having been asked, a register that refuses is a line in the log.
///
/// # Errors
/// `not-kept`, `internal`, where it was asked for.
pub(crate) fn keep(
    shared: &Shared,
    snapshot: &Snapshot,
    document: &Document<'_, Report>,
    why: Keep,
) -> Result<(), Problem> {
    if why == Keep::Usual && !is_public(snapshot, document.content) {
        return Ok(());
    }
    let issue = Issue {
        id: document.id.clone(),
        code: document.code.to_string(),
        issued_at: document.issued.at,
        visibility: snapshot.visibility_of(document.content),
        json: document.json.clone(),
    };
    match (shared.register.keep(&issue), why) {
        (Ok(_), _) => Ok(()),
        (Err(error), Keep::Usual) => {
            tracing::warn!(code = issue.code, "not kept: {error}");
            Ok(())
        }
        (Err(error @ RegisterError::Full { .. }), Keep::Asked) => {
            Err(Kind::NotKept.because(without_folders(&error.sentence_es(), shared.register.path())))
        }
        (Err(error), Keep::Asked) => Err(Problem::internal(&error)),
    }
}

/// Whether the subject is a feature of editions that everybody may see.
fn is_public(snapshot: &Snapshot, report: &Report) -> bool {
    let (Some(layer), Some(key)) = (report.subject.layer, report.subject.id.as_deref()) else {
        return false;
    };
    let found = snapshot.find(layer, key);
    !found.is_empty()
        && found
            .iter()
            .all(|found| found.edition.meta.visibility == Visibility::Public)
}
