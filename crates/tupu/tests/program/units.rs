//! Official units by command: the Coata from its file to its sheets, and a layer with faults.

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn shared(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TUPU_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = folder.join("data").join(file);
    if path.is_file() {
        return Some(path);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        path.display()
    );
    eprintln!("SKIPPED: no shared data at {}", path.display());
    None
}

/// Exit code, answer and complaint.
fn tupu(args: &[&str]) -> (i32, String, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_tupu")).args(args).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (ran.status.code().unwrap(), text(&ran.stdout), text(&ran.stderr))
}

fn pairs(units: &Value, list: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for unit in units.as_array().unwrap() {
        let code = unit["code"].as_str().unwrap();
        let others = unit[list].as_array().unwrap().iter();
        found.extend(others.map(|other| (code.to_owned(), other.as_str().unwrap().to_owned())));
    }
    found
}

#[test]
fn the_coata_goes_from_its_file_into_a_store_and_flows_as_the_golden_list_says() {
    let (Some(layer), Some(golden)) = (
        shared("real/hydrography/coata_unidades_hidrograficas_n5.geojson"),
        shared("golden/coata_upstream.csv"),
    ) else {
        return;
    };
    let (layer, folder) = (layer.to_str().unwrap(), tempfile::tempdir().unwrap());
    let store = folder.path().join("puno.gpkg");
    let store = store.to_str().unwrap();
    let golden = std::fs::read_to_string(golden).unwrap();
    let golden: BTreeSet<(String, String)> = golden
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once(',').unwrap())
        .map(|(unit, upper)| (unit.to_owned(), upper.to_owned()))
        .collect();
    let import = [
        "import",
        layer,
        "--profile",
        "ana-units",
        "--valid-from",
        "2020-01-01",
        "--store",
        store,
    ];
    let (code, told, complaint) = tupu(&import);
    assert_eq!(code, 0, "{complaint}");
    assert!(told.contains("Unidades hidrográficas con código propio: 9"), "{told}");
    for source in [vec![layer], vec!["--store", store]] {
        let args = [vec!["watershed", "units"], source, vec!["--json"]].concat();
        let (code, told, complaint) = tupu(&args);
        assert_eq!(code, 0, "{complaint}");
        let read: Value = serde_json::from_str(&told).unwrap();
        let one = &read["layers"][0];
        assert_eq!(pairs(&one["units"], "upstream"), golden);
        assert_eq!(
            (one["faults"].clone(), &one["import"]["land"]["total"]),
            (serde_json::json!([]), &0.into())
        );
    }
    let (code, told, _) = tupu(&["watershed", "units", "--store", store]);
    assert_eq!(code, 0);
    assert!(
        told.contains("01769 Alto Coata · 41984.") && told.contains("· → 01767"),
        "{told}"
    );
    let (code, told, _) = tupu(&["watershed", "units", "--store", store, "--code", "01765"]);
    assert_eq!(code, 0);
    for words in [
        "Unidad hidrográfica 01765 — Medio Coata",
        "ha planas (UTM 19S)",
        "ha geodésicas, declarada",
        "Está aguas arriba: 01766 Cerrillos, 01767",
        "Corre hacia: 01763",
        "Derechos mineros: no consta la capa",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let (code, told, _) = tupu(&["watershed", "units", "--store", store, "--code", "01765", "--json"]);
    let sheet: Value = serde_json::from_str(&told).unwrap();
    assert_eq!((code, &sheet["schema"]), (0, &"tupu/hydrographic-unit/1".into()));
    let (code, told, complaint) = tupu(&[
        "watershed",
        "units",
        "--store",
        store,
        "--code",
        "01765",
        "--along",
        "upstream",
        "--json",
    ]);
    assert_eq!(code, 0, "{complaint}");
    let ways: Value = serde_json::from_str(&told).unwrap();
    let upper: Vec<&str> = ways["units"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|unit| unit["code"].as_str())
        .collect();
    assert_eq!(upper, ["01766", "01767", "01768", "01769"]);
    // km² in UTM 19 S as the layer prints them: 868.15 + 210.51 + 328.91 + 419.84
    let joined: f64 = ways["within"]["area"]["utm_ha"].as_str().unwrap().parse().unwrap();
    assert!((joined - 182_741.0).abs() < 5.0, "{joined}");
    let (code, told, _) = tupu(&["watershed", "headwaters", "--store", store, "--region", "0176"]);
    assert_eq!(code, 0);
    assert!(
        told.contains("no son cabeceras oficiales") && told.contains("1. 01769 Alto Coata"),
        "{told}"
    );
    let (code, _, complaint) = tupu(&["watershed", "headwaters", "--store", store, "--region", "4"]);
    assert_eq!(code, 3, "{complaint}");
    let (code, _, complaint) = tupu(&["watershed", "units", "--store", store, "--code", "1765"]);
    assert_eq!(code, 3);
    assert!(complaint.contains("ceros a la izquierda"), "{complaint}");
    let (code, _, complaint) = tupu(&["watershed", "units", "--store", store, "--code", "0176"]);
    assert_eq!(code, 3);
    assert!(complaint.contains("01761, 01762"), "{complaint}");
}

#[test]
fn a_layer_with_faults_is_read_and_each_is_told_with_its_row_and_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unidades.geojson");
    let square = |west: f64| {
        let (east, south, north) = (west + 0.01, -15.5, -15.49);
        format!("[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]")
    };
    let row = |fields: &str, west: f64| {
        let land = square(west);
        format!(
            r#"{{"type":"Feature","properties":{{{fields}}},"geometry":{{"type":"Polygon","coordinates":{land}}}}}"#
        )
    };
    let rows = [
        row(r#""CODIGO":"01761","NIVEL":"5""#, -70.5),
        row(r#""CODIGO":"1762","NIVEL":"5""#, -70.4),
        row(r#""CODIGO":"01763","NIVEL":"5""#, -70.3),
    ];
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, rows.join(","));
    std::fs::write(&path, text).unwrap();
    let (code, told, complaint) = tupu(&["watershed", "units", path.to_str().unwrap()]);
    assert_eq!(code, 0, "{complaint}");
    for words in [
        "2 unidades hidrográficas",
        "CODIGO: La fila 2 tiene el código «1762», y su nivel pide «01762»",
        "desemboca en 01761, y sus polígonos distan más de 5 m",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let (code, _, complaint) = tupu(&["watershed", "units", "no-esta.geojson"]);
    assert_eq!(code, 3, "{complaint}");
}
