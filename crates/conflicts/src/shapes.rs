//! The geometries behind a report, for maps and geographic files: what was judged, and what lies round it.

use crate::{Class, Finding, Report, Subject, Surroundings};
use crs::UtmZone;
use geo_types::{Geometry, MultiPolygon};
use std::collections::BTreeMap;
use territory::{Feature, Footprint, LayerKind, intersection};

/// The geometries of a report. Coordinates are lon/lat WGS 84 degrees.
#[derive(Clone, Debug)]
pub struct ReportShapes {
    /// The judging zone: maps are drawn in it.
    pub zone: UtmZone,
    /// The land asked about.
    pub subject: MultiPolygon<f64>,
    /// One for each of the report's findings, in their order.
    pub findings: Vec<ShapeOf>,
    /// One for each of its roces, in their order.
    pub roces: Vec<ShapeOf>,
    /// Other features of the neighbourhood, which the report does not judge.
    pub context: Vec<ShapeOf>,
}

/// A feature with its geometry.
#[derive(Clone, Debug)]
pub struct ShapeOf {
    /// Layer.
    pub layer: LayerKind,
    /// Key.
    pub feature: String,
    /// Name.
    pub name: String,
    /// State group of a mining right: `titulado`, …
    pub group: Option<String>,
    /// Class of the finding; none for context.
    pub class: Option<Class>,
    /// Field `category`, where it has one: order of a river, kind of a zone.
    pub category: Option<String>,
    /// The whole feature.
    pub lonlat: Geometry<f64>,
    /// What it shares with the subject, where both are land and somebody asked for it.
    pub shared: Option<MultiPolygon<f64>>,
}

/// Gathers the geometries of a report from what it was made of. `context` features that are findings already are left out;
/// `with_shared` builds the shared pieces too, which takes an overlay for each.
///
/// # Panics
/// When the report was made of other surroundings.
pub fn shapes(
    subject: &Subject,
    around: &Surroundings<'_>,
    report: &Report,
    context: &[(LayerKind, &Feature)],
    with_shared: bool,
) -> ReportShapes {
    let mut near: BTreeMap<(&str, &str, u64), &Feature> = BTreeMap::new();
    for edition in around.layers.iter().flat_map(|layer| &layer.editions) {
        for feature in &edition.features {
            near.insert((&edition.meta.id, &feature.key, feature.source_row), feature);
        }
    }
    let find = |finding: &Finding| {
        let place = (finding.edition.as_str(), finding.feature.as_str(), finding.source_row);
        near.get(&place).copied()
    };
    let found = shapes_from((subject, report), &find, context, with_shared);
    found.expect("a report is made of its surroundings")
}

/// The same from features that `find` gives for each finding and graze, as for a report that was issued earlier; none where it
/// does not give one of them.
pub fn shapes_from<'f>(
    (subject, report): (&Subject, &Report),
    find: &dyn Fn(&Finding) -> Option<&'f Feature>,
    context: &[(LayerKind, &Feature)],
    with_shared: bool,
) -> Option<ReportShapes> {
    let of_all = |list: &[Finding]| -> Option<Vec<ShapeOf>> {
        let each = list.iter().map(|finding| {
            let feature = find(finding)?;
            Some(of_finding(subject, finding, feature, with_shared))
        });
        each.collect()
    };
    let (findings, roces) = (of_all(&report.findings)?, of_all(&report.roces)?);
    let judged = |layer: LayerKind, feature: &Feature| {
        let same = |shape: &ShapeOf| shape.layer == layer && shape.feature == feature.key;
        findings.iter().chain(&roces).any(same)
    };
    let context = context
        .iter()
        .filter(|(layer, feature)| !judged(*layer, feature) && !is_subject(report, *layer, feature))
        .map(|(layer, feature)| plain(*layer, feature))
        .collect();
    Some(ReportShapes {
        zone: subject.footprint.zone(),
        subject: subject.lonlat.clone(),
        findings,
        roces,
        context,
    })
}

fn of_finding(subject: &Subject, finding: &Finding, feature: &Feature, with_shared: bool) -> ShapeOf {
    let zone = subject.footprint.zone();
    let land = feature
        .land
        .as_ref()
        .filter(|_| with_shared && finding.overlap.is_some());
    let shared = land.and_then(|land| {
        let common = intersection(subject.footprint.shape(), land.shape_in(zone, &feature.lonlat));
        Footprint::from_stored(zone, common).ok()?.lonlat().ok()
    });
    ShapeOf {
        group: finding.status.group.clone(),
        class: Some(finding.class),
        shared,
        ..plain(finding.layer, feature)
    }
}

fn is_subject(report: &Report, layer: LayerKind, feature: &Feature) -> bool {
    report.subject.layer == Some(layer) && report.subject.id.as_deref() == Some(&feature.key)
}

fn plain(layer: LayerKind, feature: &Feature) -> ShapeOf {
    let right = (layer == LayerKind::Concessions).then(|| concessions::MiningRight::of(feature));
    ShapeOf {
        layer,
        feature: feature.key.clone(),
        name: feature.name().to_owned(),
        group: right.map(|right| right.group().id().to_owned()),
        class: None,
        category: feature.attributes.text("category").map(ToOwned::to_owned),
        lonlat: feature.lonlat.clone(),
        shared: None,
    }
}
