//! The report as tables with geometries: for QGIS and its like.

use super::{FIELDS, Item, finding_row, letters_of, sheets};
use crate::{Document, Lang, Texts};
use conflicts::{Report, ReportShapes, ShapeOf};
use geo_types::Geometry;
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};

/// The tables of a report, in the order in which they are written:
///
/// - `subject`: the land asked about, with its areas;
/// - `findings`, `roces`: a row for each that is land; the geometry is the piece that it shares with the subject, none where it shares nothing;
/// - `lines_points`: findings and roces that are lines or points, whole;
/// - `features`: every finding and roce with its whole geometry;
/// - `layers`: what became of each layer, so that missing data is never silent;
/// - `report`: id, code, standing, days, limits.
///
/// The columns are those of the CSV. Geometries are lon/lat WGS 84 degrees. Call [`conflicts::shapes`] with the shared pieces.
pub fn findings_tables(document: &Document<'_, Report>, shapes: &ReportShapes, lang: Lang) -> Vec<GeoTable> {
    let texts = Texts::of(lang);
    let report = document.content;
    let rows: Vec<Row<'_>> = letters_of(report)
        .zip(shapes.findings.iter().chain(&shapes.roces))
        .map(|((record, finding, letter), shape)| Row {
            record,
            shape,
            items: finding_row(record, finding, letter.as_ref(), report),
        })
        .collect();
    let land = |record: &'static str| {
        let chosen = rows
            .iter()
            .filter(move |row| row.record == record && is_land(row.shape));
        chosen.map(|row| {
            row.at(row
                .shape
                .shared
                .clone()
                .filter(|shared| !shared.0.is_empty())
                .map(Geometry::from))
        })
    };
    let whole = |row: &Row<'_>| row.at(Some(row.shape.lonlat.clone()));
    let of_findings = |name: &str, kind: GeometryKind, rows: Vec<GeoRow>| GeoTable {
        name: name.to_owned(),
        title: texts.say(&format!("table-{name}")),
        description: texts.say(&format!("table-{name}-words")),
        geometry: Some(kind),
        columns: columns(&FIELDS),
        rows,
    };
    let flat = rows.iter().filter(|row| !is_land(row.shape));
    vec![
        subject(texts, report, shapes),
        of_findings("findings", GeometryKind::Land, land("finding").collect()),
        of_findings("roces", GeometryKind::Land, land("roce").collect()),
        of_findings("lines_points", GeometryKind::Any, flat.map(whole).collect()),
        of_findings("features", GeometryKind::Any, rows.iter().map(whole).collect()),
        plain(texts, "layers", &sheets::LAYERS, &sheets::layers(report)),
        plain(texts, "report", &sheets::FACTS, &said(sheets::facts(document, texts))),
    ]
}

/// Facts of every kind in one column of words.
fn said(facts: Vec<Vec<Item>>) -> Vec<Vec<Item>> {
    let words = |fact: Vec<Item>| fact.iter().map(|item| Item::Text(item.written())).collect();
    facts.into_iter().map(words).collect()
}

struct Row<'a> {
    record: &'static str,
    shape: &'a ShapeOf,
    items: Vec<Item>,
}

impl Row<'_> {
    fn at(&self, geometry: Option<Geometry<f64>>) -> GeoRow {
        GeoRow {
            geometry,
            values: self.items.iter().map(Item::value).collect(),
        }
    }
}

fn is_land(shape: &ShapeOf) -> bool {
    matches!(shape.lonlat, Geometry::Polygon(_) | Geometry::MultiPolygon(_))
}

fn columns(fields: &[(&str, super::Kind)]) -> Vec<(String, ColumnKind)> {
    let named = fields.iter().map(|(name, kind)| ((*name).to_owned(), kind.of_column()));
    named.collect()
}

fn subject(texts: &Texts, report: &Report, shapes: &ReportShapes) -> GeoTable {
    let subject = &report.subject;
    let text = |value: Option<&String>| value.map_or(Value::Null, |value| Value::Text(value.clone()));
    GeoTable {
        name: "subject".to_owned(),
        title: texts.say("table-subject"),
        description: texts.say("table-subject-words"),
        geometry: Some(GeometryKind::Land),
        columns: [
            ("feature", ColumnKind::Text),
            ("name", ColumnKind::Text),
            ("utm_zone", ColumnKind::Integer),
            ("utm_ha", ColumnKind::Real),
            ("geodesic_ha", ColumnKind::Real),
            ("declared_ha", ColumnKind::Real),
            ("sha256", ColumnKind::Text),
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
        .to_vec(),
        rows: vec![GeoRow {
            geometry: Some(shapes.subject.clone().into()),
            values: vec![
                text(subject.id.as_ref()),
                text(subject.name.as_ref()),
                Value::Integer(subject.area.utm_zone.into()),
                Item::from(subject.area.utm_ha).value(),
                Item::from(subject.area.geodesic_ha).value(),
                Item::maybe(subject.area.declared_ha).value(),
                Value::Text(subject.sha256.clone()),
            ],
        }],
    }
}

fn plain(texts: &Texts, name: &str, fields: &[(&str, super::Kind)], rows: &[Vec<Item>]) -> GeoTable {
    let rows = rows.iter().map(|row| GeoRow {
        geometry: None,
        values: row.iter().map(Item::value).collect(),
    });
    GeoTable {
        name: name.to_owned(),
        title: texts.say(&format!("table-{name}")),
        description: texts.say(&format!("table-{name}-words")),
        geometry: None,
        columns: columns(fields),
        rows: rows.collect(),
    }
}
