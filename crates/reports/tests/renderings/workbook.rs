//! CSV, workbook and GeoPackage lose nothing of the report, and nothing in them runs.

use crate::sample::{Sample, USUAL, issued, sample, with_shapes};
use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use geo_types::{Geometry, MultiPolygon};
use reports::{Lang, document, findings_tables, report_csv, report_xlsx};
use serde_json::Value as Json;
use std::io::Cursor;
use territory::{GeoTable, Value};

const AT: &str = "2026-06-02T12:00:00Z";

fn leaves(value: &Json, out: &mut Vec<String>) {
    match value {
        Json::Object(fields) => fields
            .iter()
            .filter(|(key, _)| *key != "norms")
            .for_each(|(_, field)| leaves(field, out)),
        Json::Array(items) => items.iter().for_each(|item| leaves(item, out)),
        Json::String(text) => out.push(text.clone()),
        Json::Null => {}
        other => out.push(other.to_string()),
    }
}

#[test]
fn no_value_of_a_finding_is_lost_in_the_csv() {
    let mut report = sample(USUAL);
    report.findings[0].overlap.as_mut().unwrap().band90 = Some([conflicts::Fixed(390.5), conflicts::Fixed(409.5)]);
    report.findings[1].distance_m = Some(conflicts::Fixed(12.3));
    report.findings[2].precedence = Some(conflicts::Precedence::Later);
    let text = report_csv(&report).unwrap();
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .collect();
    for (finding, row) in report.findings.iter().chain(&report.roces).zip(&rows) {
        let mut wanted = Vec::new();
        leaves(&serde_json::to_value(finding).unwrap(), &mut wanted);
        assert!(wanted.len() > 12, "{wanted:?}");
        for value in wanted {
            assert!(row.iter().any(|cell| cell == value), "«{value}» is not in {row:?}");
        }
        for norm in &finding.norms {
            assert!(row.iter().any(|cell| cell.split(' ').any(|id| id == norm.id)));
        }
    }
}

#[test]
fn words_that_look_like_formulas_are_guarded_and_numbers_are_not() {
    let mut report = sample(USUAL);
    report.findings[0].name = "=HYPERLINK(\"http://x\")".to_owned();
    report.findings[0].holder = Some("@SUM(A1)".to_owned());
    let text = report_csv(&report).unwrap();
    assert!(
        text.contains("\"'=HYPERLINK(") && text.contains(",'@SUM(A1),"),
        "{text}"
    );
    assert!(!text.contains(",'0") && !text.contains(",'1"));
}

fn sheets(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    open_workbook_from_rs(Cursor::new(bytes)).unwrap()
}

/// The rows below the header, which is the row that holds `heading`.
fn body(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, heading: &str) -> (Vec<Data>, Vec<Vec<Data>>) {
    let range = book.worksheet_range(sheet).unwrap();
    let rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
    let is_heading = |cell: &Data| matches!(cell, Data::String(text) if text == heading);
    let at = rows.iter().position(|row| row.iter().any(is_heading)).unwrap();
    (rows[at].clone(), rows[at + 1..].to_vec())
}

#[test]
fn the_workbook_holds_every_finding_with_its_exact_hectares() {
    let mut report = sample(USUAL);
    report.findings[0].name = "=1+1".to_owned();
    let document = document(&report, &issued(AT)).unwrap();
    let mut book = sheets(report_xlsx(&document, Lang::Es).unwrap());
    for (sheet, list) in [("Hallazgos", &report.findings), ("Roces y dudosos", &report.roces)] {
        let (head, rows) = body(&mut book, sheet, "Hectáreas planas UTM");
        assert_eq!(rows.len(), list.len(), "{sheet}");
        let column = |name: &str| {
            head.iter()
                .position(|cell| *cell == Data::String(name.to_owned()))
                .unwrap()
        };
        for (row, finding) in rows.iter().zip(list) {
            assert_eq!(row[column("Nombre")], Data::String(finding.name.clone()));
            match (&finding.overlap, &row[column("Hectáreas planas UTM")]) {
                (Some(overlap), Data::Float(ha)) => assert_eq!(format!("{ha:.4}"), overlap.utm_ha.to_string()),
                (None, Data::Empty) => {}
                other => panic!("{other:?}"),
            }
            assert_eq!(
                matches!(row[column("Presentado el")], Data::DateTime(_)),
                finding.filed_at.is_some()
            );
        }
    }
    let formulas = book.worksheet_formula("Hallazgos").unwrap();
    assert!(formulas.used_cells().next().is_none());
    let (_, norms) = body(&mut book, "Normas", "Instrumento");
    let wanted: usize = report
        .findings
        .iter()
        .chain(&report.roces)
        .map(|finding| finding.norms.len())
        .sum();
    assert_eq!(norms.len(), wanted);
    let (_, totals) = body(&mut book, "Totales", "Unión (ha UTM)");
    assert_eq!(totals.len(), report.totals.len());
    let (_, layers) = body(&mut book, "Capas", "Consulta");
    assert_eq!(layers.len(), report.layers.len());
    let (_, limits) = body(&mut book, "Límites", "Lo que no se sabe");
    assert_eq!(limits.len(), report.limits.len());
}

#[test]
fn every_sheet_says_that_data_are_made_up_and_the_report_open() {
    let report = sample(Sample { failed: true, ..USUAL });
    let document = document(&report, &issued(AT)).unwrap();
    let mut book = sheets(report_xlsx(&document, Lang::Es).unwrap());
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).unwrap();
        let top: String = range.rows().take(3).flatten().map(ToString::to_string).collect();
        assert!(top.contains("Informe incompleto"), "{sheet}: {top}");
    }
}

#[test]
fn the_same_document_gives_the_same_workbook() {
    let report = sample(USUAL);
    let document = document(&report, &issued(AT)).unwrap();
    assert!(report_xlsx(&document, Lang::Es).unwrap() == report_xlsx(&document, Lang::Es).unwrap());
}

fn utm_hectares(land: &MultiPolygon<f64>, zone: crs::UtmZone) -> f64 {
    territory::Shape::from_lonlat(&land.clone().into(), zone)
        .unwrap()
        .square_metres()
        / 1e4
}

#[test]
fn the_written_pieces_have_the_areas_of_the_document() {
    let (report, shapes) = with_shapes(USUAL);
    let document = document(&report, &issued(AT)).unwrap();
    let tables = findings_tables(&document, &shapes, Lang::Es);
    let table = |name: &str| -> &GeoTable { tables.iter().find(|table| table.name == name).unwrap() };
    let mut counted = 0;
    for name in ["findings", "roces"] {
        let column = table(name)
            .columns
            .iter()
            .position(|(column, _)| column == "utm_ha")
            .unwrap();
        for row in &table(name).rows {
            let Some(Geometry::MultiPolygon(piece)) = &row.geometry else {
                continue;
            };
            let Value::Real(stated) = row.values[column] else {
                panic!("{row:?}")
            };
            let found = utm_hectares(piece, shapes.zone);
            assert!(
                (found - stated).abs() < 0.001 + stated * 1e-6,
                "{found} against {stated}"
            );
            counted += 1;
        }
    }
    let with_land = report
        .findings
        .iter()
        .chain(&report.roces)
        .filter(|finding| finding.overlap.is_some())
        .count();
    assert_eq!(counted, with_land);
    assert_eq!(table("features").rows.len(), report.findings.len() + report.roces.len());
    assert_eq!(table("lines_points").rows.len(), 1, "the spring");
    assert_eq!(table("layers").rows.len(), report.layers.len());
    for table in &tables {
        assert!(
            table.rows.iter().all(|row| row.values.len() == table.columns.len()),
            "{}",
            table.name
        );
    }
}

#[test]
fn gdal_reads_the_package_where_it_is_installed() {
    let (report, shapes) = with_shapes(USUAL);
    let document = document(&report, &issued(AT)).unwrap();
    let bytes = store::package(&findings_tables(&document, &shapes, Lang::Es), document.issued.at).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("informe.gpkg");
    std::fs::write(&path, bytes).unwrap();
    let Ok(said) = std::process::Command::new("ogrinfo")
        .arg("-so")
        .arg("-al")
        .arg(&path)
        .output()
    else {
        eprintln!("SKIPPED: no ogrinfo on this machine");
        return;
    };
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    assert!(
        said.status.success() && !text.contains("Warning") && !text.contains("ERROR"),
        "{text}"
    );
    for name in [
        "subject",
        "findings",
        "roces",
        "lines_points",
        "features",
        "layers",
        "report",
    ] {
        assert!(text.contains(&format!("Layer name: {name}")), "{name}: {text}");
    }
}
