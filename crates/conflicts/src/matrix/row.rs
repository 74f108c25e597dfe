//! A row of the matrix: what a report says of one layer.

use super::{MatrixPair, MatrixRow, StackOut};
use crate::{Finding, Fixed, LayerState, Report, Subject, Surroundings};
use concessions::MiningRight;
use crs::utm_to_lonlat;
use geo_types::coord;
use territory::{Feature, LayerKind, Shape, stacks_within};

/// The row of a report against one layer. `edition` and `source_row` say where the subject comes from; `stack` is what
/// [`stack`] gave for it.
pub fn matrix_row(
    report: &Report,
    against: LayerKind,
    (edition, source_row): (&str, u64),
    stack: Option<StackOut>,
) -> MatrixRow {
    let layer = report.layers.iter().find(|layer| layer.id == against);
    let area = &report.subject.area;
    let of_layer = |finding: &&Finding| finding.layer == against;
    MatrixRow {
        edition: edition.to_owned(),
        source_row,
        feature: report.subject.id.clone().unwrap_or_default(),
        name: report.subject.name.clone().unwrap_or_default(),
        utm_zone: area.utm_zone,
        utm_ha: area.utm_ha,
        geodesic_ha: area.geodesic_ha,
        declared_ha: area.declared_ha,
        state: layer.map_or(LayerState::NoData, |layer| layer.state),
        totals: report
            .totals
            .iter()
            .filter(|total| total.layer == against)
            .cloned()
            .collect(),
        series: report
            .series
            .iter()
            .filter(|year| year.layer == against)
            .cloned()
            .collect(),
        stack,
        roces: report.roces.iter().filter(of_layer).count(),
        pairs: report
            .findings
            .iter()
            .chain(&report.roces)
            .filter(of_layer)
            .filter_map(pair)
            .collect(),
    }
}

fn pair(finding: &Finding) -> Option<MatrixPair> {
    let overlap = finding.overlap.as_ref()?;
    Some(MatrixPair {
        edition: finding.edition.clone(),
        feature: finding.feature.clone(),
        name: finding.name.clone(),
        group: finding.status.group.clone(),
        filed_at: finding.filed_at,
        precedence: finding.precedence,
        class: finding.class,
        utm_ha: overlap.utm_ha,
        geodesic_ha: overlap.geodesic_ha,
        band90: overlap.band90,
        feature_utm_ha: finding.feature_utm_ha?,
        mean_width_m: overlap.mean_width_m,
        rule: finding.rule.clone(),
        severity: finding.severity,
    })
}

/// Where live rights that enter the totals of a report lie on one another; `around` is what the report was made of. None where
/// nowhere two do, and for layers without groups.
pub fn stack(report: &Report, subject: &Subject, around: &Surroundings<'_>, against: LayerKind) -> Option<StackOut> {
    if against != LayerKind::Concessions {
        return None;
    }
    let zone = subject.footprint.zone();
    let counted = |edition: &str, feature: &Feature| {
        report.findings.iter().any(|finding| {
            finding.overlap.is_some()
                && finding.edition == edition
                && finding.source_row == feature.source_row
                && finding.feature == feature.key
        })
    };
    let layer = around.layers.iter().find(|layer| layer.kind == against)?;
    let mut rights: Vec<(&str, &Shape)> = layer
        .editions
        .iter()
        .flat_map(|edition| edition.features.iter().map(|feature| (&edition.meta.id, *feature)))
        .filter(|(_, feature)| MiningRight::of(feature).group().is_live())
        .filter(|(edition, feature)| counted(edition, feature))
        .filter_map(|(_, feature)| {
            let land = feature.land.as_ref()?;
            Some((feature.key.as_str(), land.shape_in(zone, &feature.lonlat)))
        })
        .collect();
    if rights.len() < 2 {
        return None;
    }
    rights.sort_by_key(|(key, _)| *key);
    let shapes: Vec<&Shape> = rights.iter().map(|(_, shape)| *shape).collect();
    let stacks = stacks_within(subject.footprint.shape(), &shapes);
    let deepest = stacks.deepest?;
    let [east, north] = deepest.at;
    let mut at = [coord! { x: east, y: north }];
    utm_to_lonlat(&mut at, zone).ok()?;
    let stacked = stacks.at_least.get(1)?;
    Some(StackOut {
        deepest: deepest.objects.len(),
        at: [Fixed(at[0].x), Fixed(at[0].y)],
        features: deepest
            .objects
            .iter()
            .map(|place| rights[*place].0.to_owned())
            .collect(),
        stacked_utm_ha: Fixed(stacked.area.0),
        stacked_geodesic_ha: Fixed(stacked.ground.0),
    })
}
