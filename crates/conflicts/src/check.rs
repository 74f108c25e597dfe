//! The judgement: subject × surroundings × rulebook → the canonical report.

use crate::limits::Limits;
use crate::pair::{Judged, judge};
use crate::report::{RulebookOut, SubjectSource};
use crate::rulebook::{LayerRole, LayerRule};
use crate::{
    AdminUnit, AsOfOut, CheckOptions, Finding, Fixed, LayerAround, RepairOut, Report, Rulebook, SeriesOut, Subject,
    SubjectArea, SubjectKind, SubjectOut, Surroundings, TotalOut, WatershedOut, norms, series, totals,
};
use geo::{BoundingRect, Centroid};
use rayon::prelude::*;
use territory::{AsOf, Feature, GeodesicHectares, LayerKind, UtmHectares, geodesic_hectares, shared_area};

/// The version of the computing rules, raised only when a result may change.
pub const METHOD: u32 = 2;

/// Judges a subject.
pub fn check(
    subject: &Subject,
    around: &Surroundings<'_>,
    book: &Rulebook,
    as_of: AsOf,
    options: CheckOptions,
) -> Report {
    let mut limits = Limits::new(book);
    limits.about_rules(as_of.valid);
    limits.about_subject(subject, options);
    let around_of = |kind| around.layers.iter().find(|layer| layer.kind == kind);
    // on all threads, put together in the rulebook's order
    let (geodesic, outcomes) = rayon::join(
        || geodesic_hectares(&subject.lonlat),
        || -> Vec<Option<Outcome>> {
            let judge = |rule: &LayerRule| {
                let outcome = around_of(rule.id).map_or_else(Outcome::default, |layer| {
                    judge_layer((subject, around), rule, layer, book, options)
                });
                (!around.is_late()).then_some(outcome)
            };
            book.layers.par_iter().map(judge).collect()
        },
    );
    limits.about_bands(subject, around);
    let mut layers = Vec::new();
    let mut whole = Outcome::default();
    let mut incomplete = false;
    for (rule, outcome) in book.layers.iter().zip(outcomes) {
        let missing = LayerAround {
            kind: rule.id,
            editions: Vec::new(),
            failure: outcome.is_none().then(|| OUT_OF_TIME.to_owned()),
        };
        let layer = around_of(rule.id).filter(|_| outcome.is_some()).unwrap_or(&missing);
        limits.about_layer(subject, layer, &rule.title, &mut layers);
        incomplete |= layer.failure.is_some();
        whole.append(outcome.unwrap_or_default());
    }
    norms::keep_in_force(&mut whole.findings, book, as_of.valid);
    norms::keep_in_force(&mut whole.roces, book, as_of.valid);
    let used = around
        .layers
        .iter()
        .flat_map(|layer| &layer.editions)
        .map(|edition| edition.meta.published_at);
    Report {
        schema: "tupu/report/1",
        standing: if incomplete { "incomplete" } else { "complete" },
        method: METHOD,
        as_of: AsOfOut {
            valid: as_of.valid,
            known: used.max(),
        },
        rulebook: RulebookOut::of(book),
        subject: subject_out(subject, geodesic, whole.admin, whole.watersheds),
        layers,
        findings: whole.findings,
        roces: whole.roces,
        totals: whole.totals,
        series: whole.series,
        changes: None,
        limits: limits.close(),
    }
}

/// Why a layer was not consulted when the time was over.
const OUT_OF_TIME: &str = "se acabó el tiempo de la consulta antes de terminar con esta capa";

/// What one layer gives to the report.
#[derive(Default)]
struct Outcome {
    findings: Vec<Finding>,
    roces: Vec<Finding>,
    totals: Vec<TotalOut>,
    series: Vec<SeriesOut>,
    admin: Option<AdminUnit>,
    watersheds: Vec<WatershedOut>,
}

impl Outcome {
    fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.roces.extend(other.roces);
        self.totals.extend(other.totals);
        self.series.extend(other.series);
        self.admin = self.admin.take().or(other.admin);
        self.watersheds.extend(other.watersheds);
    }
}

fn judge_layer(
    (subject, around): (&Subject, &Surroundings<'_>),
    rule: &LayerRule,
    layer: &LayerAround<'_>,
    book: &Rulebook,
    options: CheckOptions,
) -> Outcome {
    let mut outcome = Outcome::default();
    if layer.failure.is_some() {
        return outcome;
    }
    if rule.role == LayerRole::Context {
        context(subject, layer, &mut outcome.admin, &mut outcome.watersheds);
        return outcome;
    }
    let mut candidates: Vec<_> = layer
        .editions
        .iter()
        .flat_map(|edition| edition.features.iter().map(|feature| (edition.meta, *feature)))
        .filter(|(meta, feature)| !is_itself(subject, &meta.id, feature))
        .collect();
    candidates.sort_by(|a, b| (&a.0.id, &a.1.key).cmp(&(&b.0.id, &b.1.key)));
    let mut judged = judge_all((subject, around), rule, &candidates, book, options);
    if around.is_late() {
        return Outcome::default();
    }
    let counted: Vec<&Judged<'_>> = judged.iter().filter(|item| item.counts()).collect();
    outcome.totals = totals::of_layer(subject, rule, &counted, book);
    outcome.series = series::of_layer(subject, rule, &counted);
    judged.sort_by(|a, b| {
        let by_area = b.overlap.area.0.total_cmp(&a.overlap.area.0);
        by_area.then_with(|| a.finding.feature.cmp(&b.finding.feature))
    });
    for Judged { finding, .. } in judged {
        let list = if finding.class.counts() {
            &mut outcome.findings
        } else {
            &mut outcome.roces
        };
        list.push(finding);
    }
    outcome
}

/// Judges the candidates in their order; many of them on all threads.
fn judge_all<'a>(
    (subject, around): (&Subject, &Surroundings<'_>),
    rule: &LayerRule,
    candidates: &[(&'a territory::EditionMeta, &'a Feature)],
    book: &Rulebook,
    options: CheckOptions,
) -> Vec<Judged<'a>> {
    const WORTH_SHARING: usize = 64;
    let one = |pair: &(&'a territory::EditionMeta, &'a Feature)| {
        let in_time = !around.is_late();
        in_time.then(|| judge(subject, rule, *pair, book, options)).flatten()
    };
    if candidates.len() < WORTH_SHARING {
        candidates.iter().filter_map(one).collect()
    } else {
        candidates.par_iter().filter_map(one).collect()
    }
}

fn is_itself(subject: &Subject, edition: &str, feature: &Feature) -> bool {
    matches!(&subject.kind, SubjectKind::Feature { edition: own, key, .. } if own == edition && *key == feature.key)
}

/// Where the subject is: the district that holds most of it, and its hydrographic units.
fn context(
    subject: &Subject,
    layer: &LayerAround<'_>,
    admin: &mut Option<AdminUnit>,
    watersheds: &mut Vec<WatershedOut>,
) {
    let zone = subject.footprint.zone();
    let mut shares: Vec<(f64, &Feature)> = layer
        .editions
        .iter()
        .flat_map(|edition| edition.features.iter())
        .filter_map(|feature| {
            let shape = feature.land.as_ref()?.shape_in(zone, &feature.lonlat);
            let share = shared_area(subject.footprint.shape(), shape).share_of(subject.footprint.utm_hectares());
            (share.0 > 0.0).then_some((share.0, *feature))
        })
        .collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.key.cmp(&b.1.key)));
    let text = |feature: &Feature, field: &str| feature.attributes.text(field).map(ToOwned::to_owned);
    match layer.kind {
        LayerKind::Districts => {
            *admin = shares.first().map(|(_, district)| AdminUnit {
                department: text(district, "department"),
                province: text(district, "province"),
                district: text(district, "district").or_else(|| text(district, "name")),
                ubigeo: text(district, "ubigeo").or_else(|| text(district, "code")),
            });
        }
        LayerKind::HydrographicUnits => {
            watersheds.extend(shares.iter().map(|(share, unit)| WatershedOut {
                code: text(unit, "code").unwrap_or_else(|| unit.key.clone()),
                name: unit.name().to_owned(),
                share_of_subject: Fixed(*share),
            }));
        }
        _ => {}
    }
}

fn subject_out(
    subject: &Subject,
    geodesic: GeodesicHectares,
    admin: Option<AdminUnit>,
    watersheds: Vec<WatershedOut>,
) -> SubjectOut {
    let (layer, id) = match &subject.kind {
        SubjectKind::Feature { layer, key, .. } => (Some(*layer), Some(key.clone())),
        SubjectKind::Geometry => (None, None),
    };
    let centroid = subject.lonlat.centroid().unwrap_or_default();
    let bbox = subject
        .lonlat
        .bounding_rect()
        .map_or([0.0; 4], |b| [b.min().x, b.min().y, b.max().x, b.max().y]);
    let repair = |repair: &territory::Repair| RepairOut {
        kind: repair.kind,
        count: repair.count,
        area_before_ha: Fixed(repair.area_before.0),
        area_after_ha: Fixed(repair.area_after.0),
    };
    let UtmHectares(utm_ha) = subject.footprint.utm_hectares();
    SubjectOut {
        kind: if layer.is_some() { "feature" } else { "geometry" },
        layer,
        id,
        name: subject.name.clone(),
        sha256: subject.sha256(),
        source: SubjectSource {
            crs_declared: subject.crs_declared.clone(),
            crs_used: subject.crs_used.clone(),
            evidence: subject.evidence.clone(),
        },
        repairs: subject.repairs.iter().map(repair).collect(),
        area: SubjectArea {
            utm_zone: subject.footprint.zone().number(),
            utm_ha: Fixed(utm_ha),
            geodesic_ha: Fixed(geodesic.0),
            declared_ha: subject.declared.map(|declared| Fixed(declared.0)),
        },
        centroid: [Fixed(centroid.x()), Fixed(centroid.y())],
        bbox: bbox.map(Fixed),
        admin,
        dated_at: subject.dated_at,
        watersheds,
    }
}
