//! Questions about water, as a person asks them: a real elevation model through the whole chain, and the demonstration territory.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::Value;
use std::path::Path;
use tests::cli::{Ran, shared_data, tupu};

/// EPSG:32718 624632, 8348276 by pyproj 3.4.1 (PROJ 9.1.1).
const ANGASCANCHA: &str = "-73.8411187,-14.9373720";

fn ask(way: &str, store: &Path, rest: &[&str]) -> Ran {
    let fixed = [
        "watershed".as_ref(),
        way.as_ref(),
        "--store".as_ref(),
        store.as_os_str(),
    ];
    tupu(
        fixed
            .into_iter()
            .chain(rest.iter().map(|word| std::ffi::OsStr::new(*word))),
    )
}

fn number(value: &Value) -> f64 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn a_real_model_is_published_checked_and_asked_from_its_store() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("a.gpkg");
    let dem = data.join("real/dem/asterDem18S.tif");
    let publish = || {
        tupu([
            "watershed".as_ref(),
            "publish".as_ref(),
            dem.as_os_str(),
            "--store".as_ref(),
            store.as_os_str(),
            "--breach".as_ref(),
            "--territory".as_ref(),
            "Angascancha".as_ref(),
            "--valid-from".as_ref(),
            "2011-10-17".as_ref(),
            "--json".as_ref(),
        ])
    };
    let edition = publish().good().json();
    assert_eq!(edition["edition"], "drainage-sin-declarar-angascancha-1");
    let answer = ask("upstream", &store, &["--point", ANGASCANCHA, "--json"])
        .good()
        .json();
    assert_eq!(answer["state"], "answered");
    let hectares = number(&answer["catchment"]["area_ha"]);
    // one part in fifty, as for the land in common with the shapefile
    assert!((hectares / 28_806.68 - 1.0).abs() < 0.02, "{hectares}");
    assert!(
        answer["layers"]
            .as_array()
            .unwrap()
            .iter()
            .all(|layer| layer["editions"].as_array().unwrap().is_empty())
    );
    let words = ask("upstream", &store, &["--point", ANGASCANCHA]).good().out;
    assert!(
        words.contains("No consta") && words.contains("subterránea") && words.contains("modelada"),
        "{words}"
    );
    assert_eq!(
        publish().good().json()["sha256"],
        edition["sha256"],
        "the same once more"
    );
    let checked = tupu([
        "store".as_ref(),
        "check".as_ref(),
        "--store".as_ref(),
        store.as_os_str(),
    ]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    for (place, words) in [
        ("-60,-10", "fuera del modelo"),
        ("-73.85,-14.80", "No se puede determinar"),
    ] {
        let refused = ask("upstream", &store, &["--point", place, "--snap", "1"]);
        assert!(
            refused.code == 3 && refused.err.contains(words),
            "{place}: {}",
            refused.err
        );
    }
    let refused = ask("downstream", &store, &["--feature", "springs/none"]);
    assert!(refused.code == 3 && refused.err.contains("springs"), "{}", refused.err);
    let nothing = ask(
        "upstream",
        &store,
        &["--point", ANGASCANCHA, "--valid-at", "2001-01-01"],
    );
    assert!(
        nothing.code == 3 && nothing.err.contains("publicado"),
        "{}",
        nothing.err
    );
}

#[test]
fn a_spring_of_the_demonstration_is_answered_and_the_reverse_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let (out, store) = (folder.path().join("demo"), folder.path().join("demo.gpkg"));
    let _ = tupu(["demo".as_ref(), "--out".as_ref(), out.as_os_str()]).good();
    let manifest: toml::Table = std::fs::read_to_string(out.join("manifest.toml"))
        .unwrap()
        .parse()
        .unwrap();
    for layer in manifest["layer"].as_array().unwrap() {
        let kind = layer["kind"].as_str().unwrap();
        if !["concessions", "communities", "springs", "protected-areas"].contains(&kind) {
            continue;
        }
        let (file, profile) = (
            out.join(layer["file"].as_str().unwrap()),
            out.join(layer["profile"].as_str().unwrap()),
        );
        let _ = tupu([
            "import".as_ref(),
            file.as_os_str(),
            "--profile".as_ref(),
            profile.as_os_str(),
            "--store".as_ref(),
            store.as_os_str(),
        ])
        .good();
    }
    let dem = out.join(manifest["dem"].as_str().unwrap());
    let _ = tupu([
        "watershed".as_ref(),
        "publish".as_ref(),
        dem.as_os_str(),
        "--store".as_ref(),
        store.as_os_str(),
        "--threshold".as_ref(),
        "5ha".as_ref(),
        "--valid-from".as_ref(),
        "2016-01-01".as_ref(),
        "--synthetic".as_ref(),
    ])
    .good();
    let intake = ask("upstream", &store, &["--feature", "springs/CAP-001", "--json"])
        .good()
        .json();
    assert_eq!(intake["state"], "answered", "{intake}");
    let rights = intake["layers"][0]["features"].as_array().unwrap();
    assert!(!rights.is_empty(), "{intake}");
    for right in rights {
        let named = format!("concessions/{}", right["id"].as_str().unwrap());
        let below = ask("downstream", &store, &["--feature", &named, "--json"])
            .good()
            .json();
        let springs = below["layers"][2]["features"].as_array().unwrap();
        let told = springs.iter().find(|spring| spring["id"] == "CAP-001");
        assert_eq!(
            told.map(|spring| &spring["path_km"]),
            Some(&right["path_km"]),
            "{named}"
        );
    }
}
