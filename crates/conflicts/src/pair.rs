//! One feature against the subject: relation, class, areas, rule.

use crate::deviation::{self, reach};
use crate::explain::{fill, hectares, metres, percent};
use crate::norms::{basis, norms};
use crate::rulebook::{LayerRule, Rule};
use crate::{CheckOptions, Class, Finding, Fixed, OverlapOut, Relation, Rulebook, StatusOut, Subject, precedence};
use concessions::MiningRight;
use territory::{
    Band, EditionMeta, Feature, LayerKind, Metres, Overlap, Shape, SliverRule, UtmHectares, band, gap, gap_to, overlap,
    relate_to_land,
};

/// A finding with what totals need of it.
pub(crate) struct Judged<'a> {
    pub finding: Finding,
    pub edition: &'a EditionMeta,
    pub feature: &'a Feature,
    pub overlap: Overlap,
    pub band: Option<Band>,
}

impl Judged<'_> {
    /// Whether it enters the totals: what lies near shares nothing.
    pub(crate) fn counts(&self) -> bool {
        self.finding.class.counts() && self.finding.relation != Relation::Near
    }
}

/// How the subject lies to a feature, before anything is said of it.
#[derive(Clone, Copy)]
struct Stand {
    relation: Relation,
    class: Class,
    /// Where both are land that meets, or may meet: what they share, its band, and the feature's own area.
    shared: Option<(Overlap, Option<Band>, UtmHectares)>,
    distance: Option<Metres>,
}

impl Stand {
    fn near(distance: Metres) -> Self {
        Self {
            relation: Relation::Near,
            class: Class::Firme,
            shared: None,
            distance: Some(distance),
        }
    }
}

/// Judges a feature; none when it neither meets the subject nor lies near.
pub(crate) fn judge<'a>(
    subject: &Subject,
    layer: &LayerRule,
    (edition, feature): (&'a EditionMeta, &'a Feature),
    book: &Rulebook,
    options: CheckOptions,
) -> Option<Judged<'a>> {
    let stand = match &feature.land {
        Some(land) => {
            let shape = land.shape_in(subject.footprint.zone(), &feature.lonlat);
            let pair = Pair {
                subject,
                shape,
                deviation: deviation::of_pair(subject, edition, book),
                limit: book.slivers.rule(cross_datum(subject, feature)),
            };
            let shared = overlap(subject.footprint.shape(), shape);
            if shared.touches {
                pair.meeting(shared, options)
            } else {
                pair.apart(layer.near_m, reach(subject, edition, book))?
            }
        }
        None => point_or_line(subject, layer, feature)?,
    };
    let shared = stand.shared;
    Some(Judged {
        finding: describe(subject, layer, (edition, feature), book, stand),
        edition,
        feature,
        overlap: shared.map_or_else(Overlap::default, |(overlap, ..)| overlap),
        band: shared.and_then(|(_, band, _)| band),
    })
}

/// A point or line has no area: it lies on the land, or near.
fn point_or_line(subject: &Subject, layer: &LayerRule, feature: &Feature) -> Option<Stand> {
    let (zone, land) = (subject.footprint.zone(), subject.footprint.shape());
    let Some(lies) = relate_to_land(land, &feature.lonlat, zone) else {
        let gap = gap_to(land, &feature.lonlat, zone, Metres(layer.near_m?))?;
        return Some(Stand::near(gap.length));
    };
    let relation = if lies.wholly {
        Relation::Covers
    } else {
        Relation::Overlaps
    };
    Some(Stand {
        relation,
        class: Class::Firme,
        shared: None,
        distance: None,
    })
}

/// The subject and the land of a feature in the judging zone.
struct Pair<'p> {
    subject: &'p Subject,
    shape: &'p Shape,
    deviation: Option<Metres>,
    limit: SliverRule,
}

impl Pair<'_> {
    fn whole(&self) -> UtmHectares {
        UtmHectares::from_square_metres(self.shape.square_metres())
    }

    fn band(&self, shared: &Overlap, steepest: [f64; 2]) -> Option<Band> {
        let land = self.subject.footprint.shape();
        self.deviation
            .map(|deviation| band(land, self.shape, shared, deviation, steepest))
    }

    /// Both share a point at least.
    fn meeting(&self, shared: Overlap, options: CheckOptions) -> Stand {
        let band = self.band(&shared, [0.0; 2]);
        let kept = if options.keep_slivers {
            SliverRule::KEEP_ALL
        } else {
            self.limit
        };
        let class = class(&shared, band, kept, self.limit.min_area);
        let own = self.subject.footprint.utm_hectares();
        Stand {
            relation: relation(own, self.whole(), &shared, class.counts()),
            class,
            shared: Some((shared, band, self.whole())),
            distance: None,
        }
    }

    /// Both share nothing: in doubt where the high end of the band is above the limit, else near, else nothing.
    fn apart(&self, near_m: Option<f64>, reach: Metres) -> Option<Stand> {
        let found = gap(self.subject.footprint.shape(), self.shape, reach)?;
        let shared = Overlap::default();
        let band = self.band(&shared, found.towards.map(|part| -part));
        if band.is_some_and(|band| band.high > self.limit.min_area) {
            return Some(Stand {
                relation: Relation::Near,
                class: Class::Dudoso,
                shared: Some((shared, band, self.whole())),
                distance: Some(found.length),
            });
        }
        let near = near_m.is_some_and(|metres| found.length.0 <= metres);
        near.then(|| Stand::near(found.length))
    }
}

/// How sure an overlap is: `kept` decides what counts, `least` from which area on the rest is in doubt.
fn class(shared: &Overlap, band: Option<Band>, kept: SliverRule, least: UtmHectares) -> Class {
    if shared.area.0 > 0.0 && !kept.is_sliver(shared) {
        // the low end with the border that the overlap has now
        let low = |band: Band| Overlap {
            area: band.low,
            ..*shared
        };
        let holds = |low: Overlap| low.area.0 > 0.0 && !kept.is_sliver(&low);
        if band.is_none_or(|band| holds(low(band))) {
            Class::Firme
        } else {
            Class::Probable
        }
    } else if band.is_some_and(|band| band.high > least) {
        Class::Dudoso
    } else {
        Class::Roce
    }
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
    stand: Stand,
) -> Finding {
    let Stand {
        relation,
        class,
        shared,
        distance,
    } = stand;
    let right = (layer.id == LayerKind::Concessions).then(|| MiningRight::of(feature));
    let dated_at = precedence::dated_at(layer.id, feature);
    let status = status(feature, right);
    let area = shared.map_or(UtmHectares(0.0), |(overlap, ..)| overlap.area);
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
            ("distance", &distance.map_or_else(String::new, metres)),
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
        overlap: shared.map(|(overlap, band, _)| overlap_out(&overlap, band)),
        share_of_subject: shared.map(|_| Fixed(share.0)),
        share_of_feature: shared.map(|(overlap, _, whole)| Fixed(overlap.area.share_of(whole).0)),
        feature_utm_ha: shared.map(|(.., whole)| Fixed(whole.0)),
        feature_declared_ha: feature.attributes.number("declared_ha").map(Fixed),
        distance_m: distance.map(|metres| Fixed(metres.0)),
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

fn overlap_out(overlap: &Overlap, band: Option<Band>) -> OverlapOut {
    OverlapOut {
        utm_ha: Fixed(overlap.area.0),
        geodesic_ha: Fixed(overlap.ground.0),
        band90: band.map(|band| [Fixed(band.low.0), Fixed(band.high.0)]),
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
