//! What a workbook holds besides the findings, as rows of plain values.

use super::{Item, Kind};
use crate::csv_text::code;
use crate::{Document, Texts};
use conflicts::{LayerOut, Report, SubjectOut};

/// A term and what it is.
pub(crate) const FACTS: [(&str, Kind); 2] = [("term", Kind::Text), ("value", Kind::Text)];

/// Totals by layer and group.
pub(crate) const TOTALS: [(&str, Kind); 9] = [
    ("layer", Kind::Text),
    ("group", Kind::Text),
    ("count", Kind::Whole),
    ("union_ha", Kind::Decimal(4)),
    ("band90_low_ha", Kind::Decimal(4)),
    ("band90_high_ha", Kind::Decimal(4)),
    ("union_geodesic_ha", Kind::Decimal(4)),
    ("sum_ha", Kind::Decimal(4)),
    ("share_of_subject", Kind::Decimal(6)),
];

/// Land under rights by the year of their filing.
pub(crate) const SERIES: [(&str, Kind); 6] = [
    ("layer", Kind::Text),
    ("group", Kind::Text),
    ("year", Kind::Whole),
    ("count", Kind::Whole),
    ("union_ha", Kind::Decimal(4)),
    ("union_geodesic_ha", Kind::Decimal(4)),
];

/// Layers and their editions.
pub(crate) const LAYERS: [(&str, Kind); 16] = [
    ("layer", Kind::Text),
    ("layer_title", Kind::Text),
    ("state", Kind::Text),
    ("covered_share", Kind::Decimal(6)),
    ("reason", Kind::Text),
    ("edition", Kind::Text),
    ("publisher", Kind::Text),
    ("territory", Kind::Text),
    ("licence", Kind::Text),
    ("valid_from", Kind::Day),
    ("published_at", Kind::Text),
    ("scale_denominator", Kind::Whole),
    ("sigma_m", Kind::Decimal(1)),
    ("operation", Kind::Text),
    ("operation_accuracy_m", Kind::Decimal(1)),
    ("edition_sha256", Kind::Text),
];

/// Changes since an earlier time.
pub(crate) const CHANGES: [(&str, Kind); 8] = [
    ("change", Kind::Text),
    ("layer", Kind::Text),
    ("feature", Kind::Text),
    ("name", Kind::Text),
    ("before", Kind::Text),
    ("after", Kind::Text),
    ("from", Kind::Day),
    ("to", Kind::Day),
];

/// What is not known.
pub(crate) const LIMITS: [(&str, Kind); 3] = [("limit", Kind::Text), ("layer", Kind::Text), ("limit_text", Kind::Text)];

/// Totals, in the report's order.
pub(super) fn totals(report: &Report) -> Vec<Vec<Item>> {
    let rows = report.totals.iter().map(|total| {
        vec![
            Item::text(total.layer.id()),
            Item::text(&total.group),
            Item::whole(total.count),
            total.union_ha.into(),
            Item::maybe(total.band90.map(|band| band[0])),
            Item::maybe(total.band90.map(|band| band[1])),
            total.union_geodesic_ha.into(),
            total.sum_ha.into(),
            total.share_of_subject.into(),
        ]
    });
    rows.collect()
}

/// The series, in the report's order.
pub(super) fn series(report: &Report) -> Vec<Vec<Item>> {
    let rows = report.series.iter().map(|step| {
        vec![
            Item::text(step.layer.id()),
            Item::text(&step.group),
            Item::maybe(step.year.map(|year| Item::Whole(year.into()))),
            Item::whole(step.count),
            step.union_ha.into(),
            step.union_geodesic_ha.into(),
        ]
    });
    rows.collect()
}

/// A row for each layer and edition.
pub(super) fn layers(report: &Report) -> Vec<Vec<Item>> {
    report.layers.iter().map(layer).collect()
}

fn layer(layer: &LayerOut) -> Vec<Item> {
    let edition = layer.edition.as_ref();
    let text = |of: fn(&conflicts::EditionOut) -> &String| Item::maybe(edition.map(of));
    vec![
        Item::text(layer.id.id()),
        Item::text(&layer.title),
        Item::Text(code(&layer.state)),
        Item::maybe(layer.covered_share),
        Item::maybe(layer.reason.as_ref()),
        text(|edition| &edition.edition),
        text(|edition| &edition.publisher),
        text(|edition| &edition.territory),
        text(|edition| &edition.licence),
        Item::maybe(edition.map(|edition| edition.valid_from)),
        Item::maybe(edition.map(|edition| Item::Text(edition.published_at.to_string()))),
        Item::maybe(edition.and_then(|edition| edition.scale_denominator)),
        Item::maybe(edition.and_then(|edition| edition.sigma_m)),
        text(|edition| &edition.operation),
        Item::maybe(edition.map(|edition| edition.operation_accuracy_m)),
        text(|edition| &edition.sha256),
    ]
}

/// A row for each change; none where nobody asked.
pub(super) fn changes(report: &Report) -> Option<Vec<Vec<Item>>> {
    let changes = report.changes.as_ref()?;
    let rows = changes.events.iter().map(|event| {
        vec![
            Item::Text(code(&event.kind)),
            Item::text(event.layer.id()),
            Item::text(&event.feature),
            Item::text(&event.name),
            Item::maybe(event.before.as_ref()),
            Item::maybe(event.after.as_ref()),
            Item::Day(changes.from.valid),
            Item::Day(changes.to.valid),
        ]
    });
    Some(rows.collect())
}

/// A row for each limit.
pub(super) fn limits(report: &Report) -> Vec<Vec<Item>> {
    let rows = report.limits.iter().map(|limit| {
        let layer = limit.layer.map(|layer| Item::text(layer.id()));
        vec![Item::text(&limit.kind), Item::maybe(layer), Item::text(&limit.text)]
    });
    rows.collect()
}

/// What must be said before everything else: made-up data, a report that is not whole.
pub(crate) fn notices(report: &Report, texts: &Texts) -> Vec<String> {
    let made_up = |layer: &LayerOut| layer.edition.as_ref().is_some_and(|edition| edition.synthetic);
    let synthetic = report.layers.iter().any(made_up).then(|| texts.say("synthetic"));
    let open = (report.standing != "complete").then(|| texts.say("standing-incomplete-notice"));
    synthetic.into_iter().chain(open).collect()
}

/// The facts of the first sheet: notices, then the document, then the land.
pub(super) fn facts(document: &Document<'_, Report>, texts: &Texts) -> Vec<Vec<Item>> {
    let report = document.content;
    let mut rows: Vec<(&str, Item)> = Vec::new();
    rows.extend(
        notices(report, texts)
            .into_iter()
            .map(|notice| ("fact-notice", Item::Text(notice))),
    );
    rows.extend([
        ("fact-code", Item::Text(document.code.to_string())),
        ("fact-id", Item::text(&document.id)),
        (
            "fact-standing",
            Item::Text(texts.say(&format!("standing-{}", report.standing))),
        ),
        ("fact-valid", Item::Day(report.as_of.valid)),
        (
            "fact-known",
            Item::maybe(report.as_of.known.map(|known| Item::Text(known.to_string()))),
        ),
        ("fact-rulebook", Item::text(&report.rulebook.id)),
        ("fact-rulebook-from", Item::Day(report.rulebook.in_force_from)),
        ("fact-rulebook-until", Item::maybe(report.rulebook.in_force_until)),
        ("fact-rulebook-sha256", Item::text(&report.rulebook.sha256)),
        ("fact-method", report.method.into()),
        ("fact-schema", Item::text(report.schema)),
        (
            "fact-program",
            Item::Text(format!("{} {}", document.issued.program, document.issued.version)),
        ),
        ("fact-issued", Item::Text(document.issued.at.to_string())),
    ]);
    rows.extend(land(&report.subject));
    rows.into_iter()
        .map(|(term, value)| vec![Item::Text(texts.say(term)), value])
        .collect()
}

/// The land asked about.
fn land(subject: &SubjectOut) -> Vec<(&'static str, Item)> {
    let mut rows: Vec<(&str, Item)> = vec![
        ("fact-name", Item::maybe(subject.name.as_ref())),
        (
            "fact-layer",
            Item::maybe(subject.layer.map(|layer| Item::text(layer.id()))),
        ),
        ("fact-feature", Item::maybe(subject.id.as_ref())),
        ("fact-zone", u32::from(subject.area.utm_zone).into()),
        ("fact-utm-ha", subject.area.utm_ha.into()),
        ("fact-geodesic-ha", subject.area.geodesic_ha.into()),
        ("fact-declared-ha", Item::maybe(subject.area.declared_ha)),
        ("fact-dated", Item::maybe(subject.dated_at)),
        ("fact-longitude", subject.centroid[0].into()),
        ("fact-latitude", subject.centroid[1].into()),
        ("fact-west", subject.bbox[0].into()),
        ("fact-south", subject.bbox[1].into()),
        ("fact-east", subject.bbox[2].into()),
        ("fact-north", subject.bbox[3].into()),
        ("fact-crs-declared", Item::maybe(subject.source.crs_declared.as_ref())),
        ("fact-crs-used", Item::text(&subject.source.crs_used)),
        ("fact-subject-sha256", Item::text(&subject.sha256)),
    ];
    if let Some(admin) = &subject.admin {
        rows.extend([
            ("fact-department", Item::maybe(admin.department.as_ref())),
            ("fact-province", Item::maybe(admin.province.as_ref())),
            ("fact-district", Item::maybe(admin.district.as_ref())),
            ("fact-ubigeo", Item::maybe(admin.ubigeo.as_ref())),
        ]);
    }
    rows.extend(
        subject
            .source
            .evidence
            .iter()
            .map(|why| ("fact-evidence", Item::text(why))),
    );
    rows.extend(subject.watersheds.iter().map(|unit| {
        let said = format!("{} {} ({})", unit.code, unit.name, unit.share_of_subject);
        ("fact-watershed", Item::Text(said))
    }));
    rows.extend(subject.repairs.iter().map(|repair| {
        let (before, after) = (repair.area_before_ha, repair.area_after_ha);
        let said = format!("{} × {}: {before} → {after} ha", code(&repair.kind), repair.count);
        ("fact-repair", Item::Text(said))
    }));
    rows
}
