//! The columns of a finding.

use super::{Item, Kind};
use crate::csv_text::code;
use conflicts::{Finding, NormOut, Report};

/// The columns of a finding, by their stable names: the fields of the canonical document, flat.
pub(crate) const FIELDS: [(&str, Kind); 36] = [
    ("record", Kind::Text),
    ("letter", Kind::Text),
    ("layer", Kind::Text),
    ("state", Kind::Text),
    ("edition", Kind::Text),
    ("feature", Kind::Text),
    ("source_row", Kind::Whole),
    ("name", Kind::Text),
    ("holder", Kind::Text),
    ("status_code", Kind::Text),
    ("status_label", Kind::Text),
    ("group", Kind::Text),
    ("filed_at", Kind::Day),
    ("dated_at", Kind::Day),
    ("precedence", Kind::Text),
    ("relation", Kind::Text),
    ("class", Kind::Text),
    ("utm_ha", Kind::Decimal(4)),
    ("band90_low_ha", Kind::Decimal(4)),
    ("band90_high_ha", Kind::Decimal(4)),
    ("geodesic_ha", Kind::Decimal(4)),
    ("parts", Kind::Whole),
    ("mean_width_m", Kind::Decimal(2)),
    ("share_of_subject", Kind::Decimal(6)),
    ("share_of_feature", Kind::Decimal(6)),
    ("feature_utm_ha", Kind::Decimal(4)),
    ("feature_declared_ha", Kind::Decimal(4)),
    ("distance_m", Kind::Decimal(1)),
    ("rule", Kind::Text),
    ("severity", Kind::Text),
    ("severity_reason", Kind::Text),
    ("norm_basis", Kind::Text),
    ("norms", Kind::Text),
    ("authority", Kind::Text),
    ("ask", Kind::Text),
    ("explain", Kind::Text),
];

/// The columns of a norm behind a finding.
pub(crate) const NORMS: [(&str, Kind); 10] = [
    ("record", Kind::Text),
    ("layer", Kind::Text),
    ("feature", Kind::Text),
    ("norm", Kind::Text),
    ("instrument", Kind::Text),
    ("title", Kind::Text),
    ("article", Kind::Text),
    ("date", Kind::Day),
    ("url", Kind::Text),
    ("seen", Kind::Text),
];

/// Findings with their letters, then roces, with the word for each: the order of every table.
pub(crate) fn letters_of(report: &Report) -> impl Iterator<Item = (&'static str, &Finding, Option<String>)> {
    let found = report.findings.iter().zip(crate::letters(report));
    found
        .map(|(finding, letter)| ("finding", finding, letter))
        .chain(report.roces.iter().map(|finding| ("roce", finding, None)))
}

/// The values of a finding, one for each of [`FIELDS`]. `state` is that of its layer and edition.
pub(crate) fn finding_row(record: &str, finding: &Finding, letter: Option<&String>, report: &Report) -> Vec<Item> {
    let mut row = vec![Item::text(record), Item::maybe(letter)];
    row.extend(who(finding, report));
    row.extend(how(finding));
    row.extend(why(finding));
    row
}

/// Which feature, of whom, since when.
fn who(finding: &Finding, report: &Report) -> Vec<Item> {
    let of_edition = |layer: &&conflicts::LayerOut| {
        let edition = layer.edition.as_ref().map(|edition| edition.edition.as_str());
        layer.id == finding.layer && edition == Some(finding.edition.as_str())
    };
    let layer = report.layers.iter().find(of_edition);
    vec![
        Item::text(finding.layer.id()),
        Item::maybe(layer.map(|layer| Item::Text(code(&layer.state)))),
        Item::text(&finding.edition),
        Item::text(&finding.feature),
        i64::try_from(finding.source_row).map_or(Item::Nothing, Item::Whole),
        Item::text(&finding.name),
        Item::maybe(finding.holder.as_ref()),
        Item::maybe(finding.status.code.as_ref()),
        Item::maybe(finding.status.label.as_ref()),
        Item::maybe(finding.status.group.as_ref()),
        Item::maybe(finding.filed_at),
        Item::maybe(finding.dated_at),
        Item::maybe(finding.precedence.map(|precedence| Item::Text(code(&precedence)))),
    ]
}

/// How it lies, and how much is shared.
fn how(finding: &Finding) -> Vec<Item> {
    let overlap = finding.overlap.as_ref();
    let band = overlap.and_then(|overlap| overlap.band90);
    vec![
        Item::Text(code(&finding.relation)),
        Item::Text(code(&finding.class)),
        Item::maybe(overlap.map(|overlap| overlap.utm_ha)),
        Item::maybe(band.map(|band| band[0])),
        Item::maybe(band.map(|band| band[1])),
        Item::maybe(overlap.map(|overlap| overlap.geodesic_ha)),
        Item::maybe(overlap.map(|overlap| overlap.parts)),
        Item::maybe(overlap.map(|overlap| overlap.mean_width_m)),
        Item::maybe(finding.share_of_subject),
        Item::maybe(finding.share_of_feature),
        Item::maybe(finding.feature_utm_ha),
        Item::maybe(finding.feature_declared_ha),
        Item::maybe(finding.distance_m),
    ]
}

/// By which rule it asks for how much attention.
fn why(finding: &Finding) -> Vec<Item> {
    let norms: Vec<&str> = finding.norms.iter().map(|norm| norm.id.as_str()).collect();
    vec![
        Item::text(&finding.rule),
        Item::Text(code(&finding.severity)),
        Item::text(&finding.severity_reason),
        Item::Text(code(&finding.norm_basis)),
        Item::Text(norms.join(" ")),
        Item::maybe(finding.authority.as_ref()),
        Item::maybe(finding.ask.as_ref()),
        Item::text(&finding.explain),
    ]
}

/// The values of a norm, one for each of [`NORMS`].
pub(super) fn norm_row(record: &str, finding: &Finding, norm: &NormOut) -> Vec<Item> {
    vec![
        Item::text(record),
        Item::text(finding.layer.id()),
        Item::text(&finding.feature),
        Item::text(&norm.id),
        Item::text(&norm.instrument),
        Item::maybe(norm.title.as_ref()),
        Item::maybe(norm.article.as_ref()),
        Item::Day(norm.date),
        Item::maybe(norm.url.as_ref()),
        Item::Text(code(&norm.seen)),
    ]
}
