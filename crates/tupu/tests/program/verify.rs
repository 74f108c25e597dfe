//! From a store to a signed report with its bundle, and back: what holds is said to hold, and the first input that was changed
//! is named.

use crate::ground::{Place, publish, publish_as, square};
use reports::ReadBundle;
use serde_json::Value;
use std::{path::Path, process::Command};
use store::Store;
use territory::{LayerKind, Visibility};

#[test]
fn a_sound_report_proves_bytes_features_and_completeness_from_its_bundle_and_from_its_store() {
    let place = Place::new();
    for more in [
        &["b.zip"][..],
        &["r.json", "--bundle", "b.zip"],
        &["r.json", "--store", "s.gpkg"],
    ] {
        let (code, said) = place.verify(more);
        assert_eq!(code, 0, "{said:#}");
        for proof in ["bytes", "signature", "features", "completeness"] {
            assert_eq!(said[proof]["holds"], "yes", "{more:?} {said:#}");
        }
    }
    let (code, said) = place.verify(&["r.json"]);
    assert_eq!((code, &said["features"]["holds"]), (0, &Value::from("not-checked")));
    let read = ReadBundle::read(&std::fs::read(place.path("b.zip")).unwrap()).unwrap();
    assert_eq!(
        read.report,
        std::fs::read_to_string(place.path("r.json")).unwrap().trim_end()
    );
}

#[test]
fn the_first_input_that_was_changed_is_named() {
    let place = Place::new();
    let rights = "editions/concessions-prueba-peru-1.json";
    let cases = [
        ("question.json", "2026-06-01", "2026-06-02", "as_of.valid"),
        (
            "question.json",
            "\"keep_slivers\":false",
            "\"keep_slivers\":true",
            "slivers-kept",
        ),
        ("question.json", "c-1", "c-2", "c-2"),
        ("rulebook/rules.toml", "\n", "\n# una palabra\n", "rules.toml"),
        ("rulebook/norms.toml", "\n", "\n# una palabra\n", "norms.toml"),
        (rights, "Tierra r-00", "Tierra r-99", "r-00"),
        (rights, "\"land\":\"01", "\"land\":\"02", "concessions-prueba-peru-1"),
        (rights, "\"count\":60", "\"count\":59", "concessions-prueba-peru-1"),
        (
            rights,
            "\"sigma_m\":50.0",
            "\"sigma_m\":51.0",
            "concessions-prueba-peru-1",
        ),
    ];
    for (part, from, to, named) in cases {
        let file = place.forged(part, from, to);
        let (code, said) = place.verify(&[&file]);
        assert_eq!(
            (code, &said["features"]["holds"]),
            (3, &Value::from("no")),
            "{from}: {said:#}"
        );
        let why = said["features"]["why"].as_str().unwrap();
        assert!(why.contains(named), "{from}: {why}");
    }
}

#[test]
fn a_changed_report_a_wrong_key_and_another_store_are_told() {
    let place = Place::new();
    let text = std::fs::read_to_string(place.path("r.json")).unwrap();
    std::fs::write(place.path("r2.json"), text.replacen("Tierra c-1", "Tierra c-9", 1)).unwrap();
    let (code, said) = place.verify(&["r2.json"]);
    assert_eq!((code, &said["bytes"]["holds"]), (3, &Value::from("no")), "{said:#}");
    let other = Store::create(place.path("other.gpkg")).unwrap();
    publish(&other, LayerKind::Communities, vec![square("c-1", 0.0, 0.0)]);
    publish(&other, LayerKind::Concessions, vec![square("r-00", 1.0, 1.0)]);
    let (code, said) = place.verify(&["r.json", "--store", "other.gpkg"]);
    assert_eq!(
        (code, &said["completeness"]["holds"]),
        (3, &Value::from("no")),
        "{said:#}"
    );
    let (code, text) = place.run(&["keys", "new", "--out", "node.key"]);
    assert_eq!(code, 3, "{text}");
    assert!(text.contains("no se ha tocado"), "{text}");
}

#[test]
fn a_store_without_the_editions_used_proves_nothing_and_one_with_office_editions_proves_all() {
    let place = Place::new();
    let other = Store::create(place.path("other.gpkg")).unwrap();
    publish(&other, LayerKind::Communities, vec![square("c-1", 0.0, 0.0)]);
    let (code, said) = place.verify(&["r.json", "--store", "other.gpkg"]);
    assert_eq!(code, 0, "{said:#}");
    for proof in ["features", "completeness"] {
        assert_eq!(said[proof]["holds"], "not-checked", "{said:#}");
        assert!(
            said[proof]["why"]
                .as_str()
                .unwrap()
                .contains("concessions-prueba-peru-1"),
            "{said:#}"
        );
    }
    let office = Store::create(place.path("office.gpkg")).unwrap();
    publish(&office, LayerKind::Communities, vec![square("c-1", 0.0, 0.0)]);
    publish_as(
        &office,
        LayerKind::Concessions,
        vec![square("r-00", 1.0, 1.0)],
        Visibility::Office,
    );
    drop(office);
    let made = place.run(&[
        "check",
        "--store",
        "office.gpkg",
        "--feature",
        "communities/c-1",
        "--visibility",
        "office",
        "--json",
        "--out",
        "o.json",
        "--key",
        "node.key",
    ]);
    assert_eq!(made.0, 0, "{}", made.1);
    let (code, said) = place.verify(&["o.json", "--store", "office.gpkg"]);
    assert_eq!((code, &said["features"]["holds"]), (0, &Value::from("yes")), "{said:#}");
}

#[test]
fn one_thread_and_two_give_the_same_bundle_but_for_the_moment() {
    let place = Place::new();
    let made = |threads: &str| {
        let ran = Command::new(Path::new(env!("CARGO_BIN_EXE_tupu")))
            .args([
                "check",
                "--store",
                "s.gpkg",
                "--feature",
                "communities/c-1",
                "--valid-at",
                "2026-06-01",
            ])
            .args(["--bundle", "t.zip"])
            .env("RAYON_NUM_THREADS", threads)
            .current_dir(place.folder.path())
            .status()
            .unwrap();
        assert!(ran.success());
        let read = ReadBundle::read(&std::fs::read(place.path("t.zip")).unwrap()).unwrap();
        let report: Value = serde_json::from_str(&read.report).unwrap();
        (read.sha256, report["id"].clone())
    };
    assert_eq!(made("1"), made("2"));
}
