//! How well the positions of a pair are known against one another, and how far round a subject that makes one look.

use crate::{Rulebook, Subject, SubjectKind};
use territory::{EditionMeta, Metres, NINE_IN_TEN};

/// The standard deviation of the subject's position on each axis: of its edition, or the rulebook's for land that somebody gave.
/// None where it is not known, or the rulebook knows no uncertainty.
pub(crate) fn of_subject(subject: &Subject, book: &Rulebook) -> Option<Metres> {
    let uncertainty = book.uncertainty.as_ref()?;
    match subject.kind {
        SubjectKind::Feature { .. } => subject.deviation,
        SubjectKind::Geometry => Some(Metres(uncertainty.given_sigma_m)),
    }
}

/// The deviation of an edition against the subject. Features of one edition shift together: 0.
pub(crate) fn of_pair(subject: &Subject, edition: &EditionMeta, book: &Rulebook) -> Option<Metres> {
    book.uncertainty.as_ref()?;
    if shift_together(subject, edition) {
        return Some(Metres(0.0));
    }
    let (Metres(own), Metres(other)) = (of_subject(subject, book)?, edition.deviation()?);
    Some(Metres((own * own + other * other).sqrt()))
}

/// Whether the subject is a feature of the edition.
pub(crate) fn shift_together(subject: &Subject, edition: &EditionMeta) -> bool {
    matches!(&subject.kind, SubjectKind::Feature { edition: own, .. } if *own == edition.id)
}

/// How far round the subject features of an edition may lie that a check has to see: up to the metres of its layer, and as far as
/// the positions leave open whether they reach the subject.
pub fn reach(subject: &Subject, edition: &EditionMeta, book: &Rulebook) -> Metres {
    let open = of_pair(subject, edition, book).map_or(0.0, |Metres(sigma)| NINE_IN_TEN * sigma);
    let near = book.layer(edition.kind).and_then(|layer| layer.near_m);
    Metres(open.max(near.unwrap_or(0.0)))
}
