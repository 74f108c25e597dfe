//! One sheet for each mining right: every figure that the report has of it. What its rule stands on, whom to ask and the sentence
//! that tells it stand once for all its findings in the reasons, to which the sheet leads.

use super::annex;
use crate::number;
use crate::teller::Teller;
use crate::view::{Block, Cell, Fact, Said, Section};
use conflicts::Finding;
use territory::LayerKind;

/// The sheets; none where no right was found.
pub(crate) fn sheets(tell: &Teller<'_>) -> Option<Section> {
    let mut blocks = Vec::new();
    let rights = tell
        .findings()
        .filter(|(finding, _)| finding.layer == LayerKind::Concessions);
    for (finding, letter) in rights {
        let letter = letter.unwrap_or_default();
        blocks.push(Block::Sheet {
            id: format!("right-{letter}"),
            text: Said::plain(format!("{letter} · {} ({})", finding.name, finding.feature)),
            facts: sheet(tell, finding),
        });
    }
    (!blocks.is_empty()).then(|| annex(tell, "sheets", "sheets-heading", blocks))
}

/// A cell as the fact of a term: its small line after it.
fn fact(term: Said, cell: Cell) -> Fact {
    let mut said = cell.text;
    if let Some(small) = cell.small {
        said.text = format!("{} ({})", said.text, small.text);
    }
    Fact {
        exact: cell.exact,
        ..Fact::of(term, said)
    }
}

fn sheet(tell: &Teller<'_>, finding: &Finding) -> Vec<Fact> {
    let mut facts = vec![
        fact(tell.say("col-holder"), Cell::of(tell.stated(finding.holder.as_deref()))),
        fact(tell.say("col-state"), tell.status(finding)),
        Fact::of(tell.say("col-since"), since(tell, finding)),
    ];
    facts.extend(dates(tell, finding));
    facts.push(Fact::of(tell.say("col-relation"), relation(tell, finding)));
    facts.extend(areas(tell, finding));
    let source = Said::plain(format!("{} · {}", finding.edition, finding.source_row));
    facts.push(Fact::of(tell.say("source-row"), source));
    let severity = tell.coded("severity", &finding.severity).text;
    let severity = Said::plain(format!("{severity} ({})", finding.rule));
    facts.push(Fact {
        link: Some(format!("#rule-{}", finding.rule)),
        ..Fact::of(tell.say("col-rule"), severity)
    });
    facts
}

pub(crate) fn since(tell: &Teller<'_>, finding: &Finding) -> Said {
    finding
        .filed_at
        .map_or_else(|| tell.say("not-stated"), |day| tell.day(day))
}

/// The day that it stands on where that is another, and which of the two is older.
fn dates(tell: &Teller<'_>, finding: &Finding) -> Vec<Fact> {
    let other = finding.dated_at.filter(|day| finding.filed_at != Some(*day));
    let dated = other.map(|day| Fact::of(tell.say("dated"), tell.day(day)));
    let order = finding.precedence.map(|precedence| {
        let said = tell.coded("precedence", &precedence);
        Fact::of(tell.say("col-precedence"), said)
    });
    dated.into_iter().chain(order).collect()
}

/// How the land lies to it and how sure that is.
pub(crate) fn relation(tell: &Teller<'_>, finding: &Finding) -> Said {
    let class = tell.coded("class", &finding.class).text;
    let relation = tell.coded("relation", &finding.relation);
    let mut said = format!("{} · {class}", relation.text);
    if let Some(metres) = finding.distance_m {
        let metres = number::fixed(metres.0, 1);
        said = format!("{said} · {}", tell.fill("distance", &[("m", metres.into())]).text);
    }
    Said {
        text: said,
        lang: relation.lang,
    }
}

/// Every area and share of a finding, by name.
fn areas(tell: &Teller<'_>, finding: &Finding) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(overlap) = &finding.overlap {
        let width = number::fixed(overlap.mean_width_m.0, 1);
        facts.push(fact(
            tell.say("col-overlap"),
            tell.banded(overlap.utm_ha, overlap.band90),
        ));
        facts.push(fact(tell.say("overlap-geodesic"), tell.hectares(overlap.geodesic_ha)));
        if let Some(share) = finding.share_of_subject {
            facts.push(fact(tell.say("col-share"), tell.percent(share, overlap.band90)));
        }
        let parts = number::count(overlap.parts as usize);
        let shape = tell.fill(
            "shape",
            &[
                ("count", overlap.parts.into()),
                ("parts", parts.into()),
                ("m", width.into()),
            ],
        );
        facts.push(Fact::of(tell.say("col-shape"), shape));
    }
    if let Some(share) = finding.share_of_feature {
        facts.push(fact(tell.say("share-of-feature"), tell.percent(share, None)));
    }
    if let Some(ha) = finding.feature_utm_ha {
        facts.push(fact(tell.say("feature-ha"), tell.hectares(ha)));
    }
    let declared = finding.feature_declared_ha.map(|ha| tell.hectares(ha));
    let declared = declared.unwrap_or_else(|| Cell::of(tell.say("not-stated")));
    facts.push(fact(tell.say("feature-declared-ha"), declared));
    facts
}
