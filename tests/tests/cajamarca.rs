//! The whole way on real layers: import, check, and the same numbers as GEOS.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::Value;
use std::collections::HashMap;
use tests::cli::{cajamarca, shared_data, tupu};

type Row = HashMap<String, String>;

fn table(text: &[u8]) -> Vec<Row> {
    csv::Reader::from_reader(text)
        .into_deserialize()
        .map(Result::unwrap)
        .collect()
}

/// 0.01 ha or a ten-thousandth of the value.
fn near(found: &str, expected: &str) -> bool {
    let (found, expected): (f64, f64) = (found.parse().unwrap(), expected.parse().unwrap());
    (found - expected).abs() <= 0.01_f64.max(expected.abs() * 1e-4)
}

const GROUPS: [&str; 4] = ["titulado", "tramite", "extinguido", "otros"];

#[test]
fn all_communities_and_all_pairs_agree_with_geos() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("cajamarca.gpkg");
    cajamarca(&data, &store);
    let (matrix, pairs) = (folder.path().join("matrix.csv"), folder.path().join("pairs.csv"));
    let path = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let _ = tupu([
        "check",
        "--store",
        &path(&store),
        "--all",
        "communities",
        "--slivers",
        "keep",
        "--zone",
        "17",
        "--out",
        &path(&matrix),
        "--pairs",
        &path(&pairs),
    ])
    .good();

    let summary = table(&std::fs::read(data.join("golden/cajamarca_comunidad_summary.csv")).unwrap());
    let found = table(&std::fs::read(&matrix).unwrap());
    assert_eq!(found.len(), summary.len());
    for (found, expected) in found.iter().zip(&summary) {
        let name = &expected["name"];
        assert_eq!(&found["name"], name);
        assert_eq!(
            found["source_row"].parse::<usize>().unwrap(),
            expected["row"].parse::<usize>().unwrap() + 1
        );
        assert!(near(&found["utm_ha"], &expected["area_ha"]), "area of {name}");
        for group in GROUPS {
            let key = |what: &str| format!("{what}_{group}");
            assert_eq!(found[&key("n")], expected[&key("n")], "{name}: count of {group}");
            for what in ["sum", "union"] {
                let (found, expected) = (&found[&key(what)], &expected[&key(what)]);
                assert!(
                    near(found, expected),
                    "{name}: {what} of {group}: {found} against {expected}"
                );
            }
        }
        assert!(
            near(&found["union_vigente"], &expected["union_vigente"]),
            "{name}: live union"
        );
        assert!(
            near(&found["pct_vigente"], &expected["pct_vigente"]),
            "{name}: live share"
        );
    }

    let golden = table(&std::fs::read(data.join("golden/cajamarca_concession_x_comunidad.csv")).unwrap());
    let found: HashMap<(usize, String), Row> = table(&std::fs::read(&pairs).unwrap())
        .into_iter()
        .map(|row| ((row["source_row"].parse().unwrap(), row["feature"].clone()), row))
        .collect();
    assert_eq!(found.len(), golden.len());
    for expected in &golden {
        let row: usize = expected["area_row"].parse().unwrap();
        let pair = found
            .get(&(row + 1, expected["CODIGOU"].clone()))
            .unwrap_or_else(|| panic!("{expected:?} is missing"));
        assert!(
            near(&pair["utm_ha"], &expected["overlap_ha"]),
            "{expected:?} against {pair:?}"
        );
        assert!(
            near(&pair["feature_utm_ha"], &expected["conc_ha"]),
            "{expected:?} against {pair:?}"
        );
        assert_eq!(pair["group"], expected["grupo"]);
    }
}

#[test]
fn without_the_options_only_the_roces_and_the_zone_differ() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("cajamarca.gpkg");
    cajamarca(&data, &store);
    let store = store.to_str().unwrap();
    let matrix = |extra: &[&str]| -> Vec<Value> {
        let plain = ["check", "--store", store, "--all", "communities", "--json"];
        tupu(plain.iter().chain(extra)).good().json()["rows"]
            .as_array()
            .unwrap()
            .clone()
    };
    let kept = matrix(&["--slivers", "keep", "--zone", "17"]);
    let plain = matrix(&["--zone", "17"]);
    let own = matrix(&[]);
    let mut roces = 0;
    for (kept, plain) in kept.iter().zip(&plain) {
        assert_eq!(kept["roces"], 0);
        let all = kept["pairs"].as_array().unwrap().len();
        let apart = plain["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|pair| pair["class"] == "roce")
            .count();
        assert_eq!(
            all,
            plain["pairs"].as_array().unwrap().len(),
            "{}: nothing is lost",
            kept["name"]
        );
        assert_eq!(apart as u64, plain["roces"].as_u64().unwrap());
        let count = |row: &Value| -> u64 {
            GROUPS
                .iter()
                .map(|group| total(row, group)["count"].as_u64().unwrap())
                .sum()
        };
        assert_eq!(count(kept), count(plain) + apart as u64);
        let sum = |row: &Value| -> f64 { GROUPS.iter().map(|group| number(&total(row, group)["sum_ha"])).sum() };
        let grazed: f64 = plain["pairs"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|pair| pair["class"] == "roce")
            .map(|pair| number(&pair["utm_ha"]))
            .sum();
        assert!(
            (sum(kept) - sum(plain) - grazed).abs() < 0.01,
            "{}: the sums differ by the roces alone",
            kept["name"]
        );
        roces += apart;
    }
    assert!(roces >= 16, "sixteen pairs lie below 0.1 ha alone: {roces}");
    let elsewhere: Vec<&Value> = own.iter().filter(|row| row["utm_zone"] != 17).collect();
    assert!(!elsewhere.is_empty() && elsewhere.iter().all(|row| row["utm_zone"] == 18));
    for (plain, own) in plain.iter().zip(&own).filter(|(_, own)| own["utm_zone"] == 17) {
        assert_eq!(plain, own, "a community of zone 17 is judged there anyway");
    }
}

fn total<'a>(row: &'a Value, group: &str) -> &'a Value {
    row["totals"]
        .as_array()
        .unwrap()
        .iter()
        .find(|total| total["group"] == group)
        .unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_community_is_asked_by_name_and_two_of_one_name_are_listed() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("cajamarca.gpkg");
    cajamarca(&data, &store);
    let store = store.to_str().unwrap();
    let report = tupu(["check", "--store", store, "--name", "El Tingo", "--json"])
        .good()
        .json();
    assert_eq!(report["schema"], "tupu/report/1");
    assert_eq!(report["subject"]["name"], "El Tingo");
    assert_eq!(report["subject"]["area"]["utm_zone"], 17);
    assert!(report["id"].as_str().is_some_and(|id| id.len() == 64));
    assert!(
        report["seal"].is_object() && report.get("water").is_none(),
        "what does not exist yet is absent"
    );
    let again = tupu(["check", "--store", store, "--name", "el tingo", "--json"])
        .good()
        .json();
    assert_eq!(report["id"], again["id"], "the same question has the same id");
    let twins = tupu(["check", "--store", store, "--name", "San Juan de Yanac"]);
    assert_eq!(twins.code, 3);
    assert_eq!(twins.err.matches("--feature communities/").count(), 2, "{}", twins.err);
    let unknown = tupu(["check", "--store", store, "--name", "El Tinga"]);
    assert_eq!(unknown.code, 3);
    assert!(
        unknown.err.contains("El Tingo"),
        "the nearest names are offered: {}",
        unknown.err
    );
}

#[test]
fn every_real_layer_imports_with_a_shipped_profile() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("all.gpkg");
    let store = store.to_str().unwrap();
    let layers = [
        ("mining/cajamarca_catastro_minero_2009.geojson", "ingemmet-2009", 2785),
        (
            "communities/cajamarca_comunidades_campesinas.geojson",
            "communities",
            103,
        ),
        (
            "communities/cajamarca_comunidades_nativas.geojson",
            "native-communities",
            4,
        ),
        ("communities/cajamarca_predio_rural.geojson", "rural-parcels", 115),
        ("admin/cajamarca_distrito.geojson", "inei-districts", 127),
        ("admin/cajamarca_provincia.geojson", "inei-provinces", 13),
        ("admin/cajamarca_po_cajamarca.geojson", "inei-departments", 1),
        ("admin/peru_departamental_simple.geojson", "inei-departments-2007", 25),
        ("admin/peru_provincial_simple.geojson", "inei-provinces-2007", 197),
        ("admin/peru_distrital_simple.geojson", "inei-districts-2007", 1834),
        ("hydrography/coata_unidades_hidrograficas_n5.geojson", "ana-units", 9),
    ];
    for (file, profile, rows) in layers {
        let path = data.join("real").join(file);
        let ran = tupu([
            "import",
            path.to_str().unwrap(),
            "--profile",
            profile,
            "--store",
            store,
            "--json",
        ])
        .good();
        let quality = &ran.json()["quality"];
        let count = |field: &str| quality["counts"][field].as_u64().unwrap();
        assert_eq!(count("read"), rows, "{file}");
        let joined = quality["joined_rows"].as_u64().unwrap();
        assert_eq!(
            count("read"),
            count("kept") + count("rejected") + joined,
            "{file}: nothing is lost"
        );
        assert_eq!(
            count("rejected"),
            quality["rejected"]["total"].as_u64().unwrap(),
            "{file}: each rejected row is listed"
        );
    }
    let check = tupu(["store", "check", "--store", store, "--json"]).good().json();
    assert_eq!(check["sound"], true);
}
