//! The norms that a finding cites: those that somebody read, in force on the day asked for.

use crate::rulebook::{Rule, Seen};
use crate::{Finding, NormBasis, NormOut, Rulebook};
use jiff::civil::Date;

/// How the reason of a severity begins that stands on no norm.
pub(crate) const CONVENTION: &str = "convención";

/// Norms whose text or an excerpt was seen; the rest is not printed as a norm.
pub(crate) fn norms(book: &Rulebook, rule: &Rule) -> Vec<NormOut> {
    let seen = rule
        .norms
        .iter()
        .filter_map(|id| book.norms.get(id))
        .filter(|norm| norm.seen != Seen::SecondHand);
    seen.map(|norm| NormOut {
        id: norm.id.clone(),
        instrument: norm.instrument.clone(),
        title: norm.title.clone(),
        article: norm.article.clone(),
        date: norm.date,
        url: norm.url.clone(),
        seen: norm.seen,
    })
    .collect()
}

/// What a rule stands on: the best norm that it cites, else its own reason.
pub(crate) fn basis(norms: &[NormOut], reason: &str) -> NormBasis {
    if norms.iter().any(|norm| norm.seen == Seen::Text) {
        NormBasis::Norm
    } else if !norms.is_empty() {
        NormBasis::Excerpt
    } else if reason.trim_start().to_lowercase().starts_with(CONVENTION) {
        NormBasis::Convention
    } else {
        NormBasis::None
    }
}

/// Takes from the findings the norms that were not in force on the day: they are not cited.
pub(crate) fn keep_in_force(findings: &mut [Finding], book: &Rulebook, day: Date) {
    for finding in findings {
        let in_force = |norm: &NormOut| book.norms.get(&norm.id).is_some_and(|norm| norm.in_force(day));
        finding.norms.retain(in_force);
        finding.norm_basis = basis(&finding.norms, &finding.severity_reason);
    }
}
