//! The CSV tables hold what the documents hold, and an empty cell is no zero.

use crate::sample::{USUAL, matrix, sample};
use reports::{matrix_csv, matrix_pairs_csv, report_csv};
use std::collections::BTreeMap;

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .collect::<Result<_, _>>()
        .unwrap()
}

#[test]
fn a_subject_has_its_counts_sums_and_unions() {
    let rows = rows(&matrix_csv(&matrix()).unwrap());
    let first = &rows[0];
    assert_eq!(
        (
            first["n_titulado"].as_str(),
            first["n_tramite"].as_str(),
            first["roces"].as_str()
        ),
        ("2", "1", "1")
    );
    let number = |column: &str| first[column].parse::<f64>().unwrap();
    // 1 × 4 km and 3 × 4 km that share 0.5 × 4 km: 1600 ha in sum, 1400 in union; the petition adds 400
    assert!((number("sum_titulado") - 1600.0).abs() < 0.1, "{first:?}");
    assert!((number("union_titulado") - 1400.0).abs() < 0.1, "{first:?}");
    assert!((number("union_vigente") - 1800.0).abs() < 0.1, "{first:?}");
    assert!((number("pct_vigente") - 10.0).abs() < 0.001, "{first:?}");
    assert!(first["utm_ha"].split_once('.').unwrap().1.len() == 4, "four decimals");
}

#[test]
fn a_layer_without_data_leaves_its_cells_empty() {
    let rows = rows(&matrix_csv(&matrix()).unwrap());
    assert_eq!(rows[1]["state"], "no-data");
    for column in [
        "n_titulado",
        "sum_titulado",
        "union_titulado",
        "union_vigente",
        "pct_vigente",
        "roces",
    ] {
        assert_eq!(rows[1][column], "", "{column}");
    }
}

#[test]
fn each_pair_has_its_row_and_roces_are_told_apart() {
    let rows = rows(&matrix_pairs_csv(&matrix()).unwrap());
    assert_eq!(rows.len(), 6);
    assert_eq!(rows.iter().filter(|row| row["class"] == "roce").count(), 1);
    assert_eq!(rows[5]["feature"], "080004499");
}

#[test]
fn a_report_lists_findings_then_roces_then_every_layer() {
    let report = sample(USUAL);
    let rows = rows(&report_csv(&report).unwrap());
    let records: Vec<&str> = rows.iter().map(|row| row["record"].as_str()).collect();
    let counted = [report.findings.len(), report.roces.len(), report.layers.len()];
    let expected: Vec<&str> = ["finding", "roce", "layer"]
        .into_iter()
        .zip(counted)
        .flat_map(|(record, n)| vec![record; n])
        .collect();
    assert_eq!(records, expected);
    assert!(
        rows.iter()
            .any(|row| row["state"] == "not-consulted" && row["explain"].contains("no se pudo leer"))
    );
    assert!(
        rows.iter()
            .filter(|row| row["record"] != "layer")
            .all(|row| !row["rule"].is_empty())
    );
}
