//! One feature against the subject: relation, class, areas, rule.

use crate::explain::{fill, hectares, percent};
use crate::norms::{basis, norms};
use crate::rulebook::{LayerRule, Rule};
use crate::{CheckOptions, Class, Finding, Fixed, OverlapOut, Relation, Rulebook, StatusOut, Subject, precedence};
use concessions::MiningRight;
use territory::{EditionMeta, Feature, LayerKind, Overlap, SliverRule, UtmHectares, overlap, relate_to_land};

/// A finding with what totals need of it.
pub(crate) struct Judged<'a> {
    pub finding: Finding,
    pub feature: &'a Feature,
    pub overlap: Overlap,
}

/// Judges a feature; none when it does not meet the subject.
pub(crate) fn judge<'a>(
    subject: &Subject,
    layer: &LayerRule,
    (meta, feature): (&'a EditionMeta, &'a Feature),
    book: &Rulebook,
    options: CheckOptions,
) -> Option<Judged<'a>> {
    let zone = subject.footprint.zone();
    let Some(land) = &feature.land else {
        let relation = relate_to_land(subject.footprint.shape(), &feature.lonlat, zone)?;
        let relation = if relation.wholly {
            Relation::Covers
        } else {
            Relation::Overlaps
        };
        let finding = describe(subject, layer, (meta, feature), book, relation, Class::Firme, None);
        return Some(Judged {
            finding,
            feature,
            overlap: Overlap::default(),
        });
    };
    let shape = land.shape_in(zone, &feature.lonlat);
    let shared = overlap(subject.footprint.shape(), shape);
    if !shared.touches {
        return None;
    }
    let limit = if options.keep_slivers {
        SliverRule::KEEP_ALL
    } else {
        book.slivers.rule(cross_datum(subject, feature))
    };
    let firm = if options.keep_slivers {
        true
    } else {
        shared.area.0 > 0.0 && !limit.is_sliver(&shared)
    };
    let whole = UtmHectares::from_square_metres(shape.square_metres());
    let relation = relation(subject.footprint.utm_hectares(), whole, &shared, firm);
    let class = if firm { Class::Firme } else { Class::Roce };
    let finding = describe(
        subject,
        layer,
        (meta, feature),
        book,
        relation,
        class,
        Some((shared, whole)),
    );
    Some(Judged {
        finding,
        feature,
        overlap: shared,
    })
}

fn cross_datum(subject: &Subject, feature: &Feature) -> bool {
    let grid = feature.attributes.text("grid_datum");
    subject.grid_datum.is_some() && grid.is_some() && subject.grid_datum.as_deref() != grid
}

/// Areas equal to a millionth are the same land drawn twice.
fn relation(subject: UtmHectares, feature: UtmHectares, shared: &Overlap, firm: bool) -> Relation {
    let all_of = |whole: UtmHectares| shared.area.share_of(whole).0 >= crate::state::WHOLE;
    if shared.area.0 <= 0.0 {
        Relation::Touches
    } else if all_of(feature) {
        Relation::Covers
    } else if all_of(subject) {
        Relation::Within
    } else if firm {
        Relation::Overlaps
    } else {
        Relation::Touches
    }
}

fn describe(
    subject: &Subject,
    layer: &LayerRule,
    (meta, feature): (&EditionMeta, &Feature),
    book: &Rulebook,
    relation: Relation,
    class: Class,
    shared: Option<(Overlap, UtmHectares)>,
) -> Finding {
    let right = (layer.id == LayerKind::Concessions).then(|| MiningRight::of(feature));
    let dated_at = precedence::dated_at(layer.id, feature);
    let status = status(feature, right);
    let area = shared.map_or(UtmHectares(0.0), |(overlap, _)| overlap.area);
    let share = area.share_of(subject.footprint.utm_hectares());
    let rule = rule_for(
        book,
        layer.id,
        status.group.as_deref(),
        feature.attributes.text("category"),
    );
    let step = rule.step(share.0);
    let words = status
        .label
        .as_deref()
        .or(status.group.as_deref())
        .unwrap_or("sin estado en la fuente");
    let land = subject.name.as_ref().map_or_else(
        || "la tierra consultada".to_owned(),
        |name| format!("la tierra de {name}"),
    );
    let explain = fill(
        rule.sentence(relation, class),
        &[
            ("name", feature.name()),
            ("feature", &feature.key),
            ("status", words),
            ("ha", &hectares(area.0)),
            ("percent", &percent(share.0)),
            ("land", &land),
        ],
    );
    let norms = norms(book, rule);
    let authority = rule.authority.as_ref().and_then(|id| book.authorities.get(id));
    Finding {
        layer: layer.id,
        edition: meta.id.clone(),
        feature: feature.key.clone(),
        source_row: feature.source_row,
        name: feature.name().to_owned(),
        holder: right.and_then(MiningRight::holder).map(ToOwned::to_owned),
        status,
        filed_at: right.and_then(MiningRight::filed_at),
        dated_at,
        relation,
        class,
        overlap: shared.map(|(overlap, _)| overlap_out(&overlap)),
        share_of_subject: shared.map(|_| Fixed(share.0)),
        share_of_feature: shared.map(|(overlap, whole)| Fixed(overlap.area.share_of(whole).0)),
        feature_utm_ha: shared.map(|(_, whole)| Fixed(whole.0)),
        feature_declared_ha: feature.attributes.number("declared_ha").map(Fixed),
        distance_m: None,
        precedence: precedence::of(subject.dated_at, dated_at),
        rule: rule.id.clone(),
        severity: step.severity,
        severity_reason: step.reason.clone(),
        norm_basis: basis(&norms, &step.reason),
        norms,
        authority: authority.map(|authority| authority.name.clone()),
        ask: authority.and_then(|authority| authority.ask.clone()),
        explain,
    }
}

fn overlap_out(overlap: &Overlap) -> OverlapOut {
    OverlapOut {
        utm_ha: Fixed(overlap.area.0),
        geodesic_ha: Fixed(overlap.ground.0),
        band90: None,
        parts: overlap.parts,
        mean_width_m: Fixed(overlap.mean_width().0),
    }
}

fn status(feature: &Feature, right: Option<MiningRight<'_>>) -> StatusOut {
    let own = |text: Option<&str>| text.map(ToOwned::to_owned);
    match right {
        Some(right) => {
            let (code, label) = right.state();
            StatusOut {
                code: own(code),
                label: own(label),
                group: Some(right.group().id().to_owned()),
            }
        }
        None => StatusOut {
            code: None,
            label: own(feature.attributes.text("status")),
            group: None,
        },
    }
}

fn rule_for<'b>(book: &'b Rulebook, layer: LayerKind, group: Option<&str>, category: Option<&str>) -> &'b Rule {
    let rule = book.rules.iter().find(|rule| rule.fits(layer, group, category));
    rule.expect("the lint refuses rulebooks that leave a finding without a rule")
}
