//! The report as CSV: findings, then roces, then the state of every layer.

use crate::csv_text::{CsvError, cell, code, table};
use conflicts::{Finding, LayerOut, Report};

const COLUMNS: [&str; 26] = [
    "record",
    "layer",
    "state",
    "edition",
    "feature",
    "name",
    "holder",
    "status_code",
    "status_label",
    "group",
    "filed_at",
    "relation",
    "class",
    "utm_ha",
    "geodesic_ha",
    "parts",
    "mean_width_m",
    "share_of_subject",
    "share_of_feature",
    "feature_utm_ha",
    "feature_declared_ha",
    "rule",
    "severity",
    "norms",
    "authority",
    "explain",
];

/// Findings, then roces, in the report's order, then one row for each layer and edition with its state.
///
/// `record` is `finding`, `roce` or `layer`; `state` is that of the row's layer, so that a layer without data is never silent: its row
/// has `record` `layer`, no feature, and the reason in `explain`. The other columns are the fields of the canonical report; `norms` are
/// ids divided by spaces, empty where no norm is known.
///
/// # Errors
/// When a row cannot be written.
pub fn report_csv(report: &Report) -> Result<String, CsvError> {
    let found = report
        .findings
        .iter()
        .map(|finding| of_finding("finding", finding, report));
    let grazed = report.roces.iter().map(|finding| of_finding("roce", finding, report));
    let layers = report.layers.iter().map(of_layer);
    table(COLUMNS.map(ToOwned::to_owned), found.chain(grazed).chain(layers))
}

fn of_finding(record: &str, finding: &Finding, report: &Report) -> Vec<String> {
    let layer = report.layers.iter().find(|layer| layer.id == finding.layer);
    let overlap = finding.overlap.as_ref();
    let norms: Vec<&str> = finding.norms.iter().map(|norm| norm.id.as_str()).collect();
    vec![
        record.to_owned(),
        finding.layer.id().to_owned(),
        cell(layer.map(|layer| code(&layer.state))),
        finding.edition.clone(),
        finding.feature.clone(),
        finding.name.clone(),
        cell(finding.holder.as_ref()),
        cell(finding.status.code.as_ref()),
        cell(finding.status.label.as_ref()),
        cell(finding.status.group.as_ref()),
        cell(finding.filed_at),
        code(&finding.relation),
        code(&finding.class),
        cell(overlap.map(|overlap| overlap.utm_ha)),
        cell(overlap.map(|overlap| overlap.geodesic_ha)),
        cell(overlap.map(|overlap| overlap.parts)),
        cell(overlap.map(|overlap| overlap.mean_width_m)),
        cell(finding.share_of_subject),
        cell(finding.share_of_feature),
        cell(finding.feature_utm_ha),
        cell(finding.feature_declared_ha),
        finding.rule.clone(),
        code(&finding.severity),
        norms.join(" "),
        cell(finding.authority.as_ref()),
        finding.explain.clone(),
    ]
}

fn of_layer(layer: &LayerOut) -> Vec<String> {
    let mut row = vec![String::new(); COLUMNS.len()];
    "layer".clone_into(&mut row[0]);
    layer.id.id().clone_into(&mut row[1]);
    row[2] = code(&layer.state);
    row[3] = cell(layer.edition.as_ref().map(|edition| &edition.edition));
    row[5].clone_from(&layer.title);
    row[COLUMNS.len() - 1] = cell(layer.reason.as_ref());
    row
}
