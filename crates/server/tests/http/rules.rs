//! Rulebooks in a folder: refused at the start, read again while the server runs, kept when the new ones are faulty.

use crate::stage::{Stage, shelf, shipped_rules, until};
use conflicts::Rulebook;
use server::{Config, RulesError, ServeError, Settings, serve};
use std::{fs, path::Path};
use tempfile::TempDir;

const CHECK: &str = "/collections/communities/items/c-1/check";

/// A copy of the shipped versions that may be edited.
fn copied() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for version in ["2026-1", "2026-2", "anterior"] {
        fs::create_dir(folder.path().join(version)).unwrap();
        for name in Rulebook::FILES {
            let file = Path::new(version).join(name);
            fs::copy(shipped_rules().join(&file), folder.path().join(&file)).unwrap();
        }
    }
    folder
}

fn edit(folder: &TempDir, file: &str, from: &str, to: &str) {
    let path = folder.path().join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "the test looks for «{from}» in {file}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn the_rules_are_those_in_force_on_the_day_asked_for() {
    let stage = Stage::usual();
    let book = |query: &str| stage.get(&format!("{CHECK}{query}")).json()["rulebook"]["id"].clone();
    assert_eq!(book("?valid-at=2026-05-01"), "2026-1");
    assert_eq!(book("?valid-at=2026-11-21"), "2026-2");
    let ready = stage.get("/ready").json();
    assert_eq!(ready["rules"], "current");
    assert_eq!(
        ready["rulebooks"],
        serde_json::json!(["antes-de-2026", "2026-1", "2026-2"])
    );
    assert_eq!(ready["rulebook"], book(""));
}

#[test]
fn a_faulty_folder_is_refused_at_the_start_with_file_key_and_value() {
    let folder = copied();
    edit(
        &folder,
        "2026-2/rules.toml",
        "authority = \"ana\"",
        "authority = \"anna\"",
    );
    let settings = |rules: &Path| Settings {
        config: Config {
            addr: "127.0.0.1:0".parse().unwrap(),
            rules: Some(rules.to_owned()),
            ..Config::default()
        },
        shelf: shelf(),
        store: folder.path().join("none.gpkg"),
    };
    let error = serve(settings(folder.path()), |_| panic!("it must not start")).unwrap_err();
    let sentence = error.sentence_es();
    let told = "2026-2/rules.toml, cuerpo-de-agua, authority = «anna»: la autoridad no está en norms.toml.";
    assert!(sentence.contains(told), "{sentence}");
    let nowhere = folder.path().join("no-está");
    let error = serve(settings(&nowhere), |_| panic!("it must not start")).unwrap_err();
    assert!(
        matches!(error, ServeError::Rules(RulesError::NoFolder { .. })),
        "{error}"
    );
    let empty = tempfile::tempdir().unwrap();
    let error = serve(settings(empty.path()), |_| panic!("it must not start")).unwrap_err();
    assert!(
        error.sentence_es().contains("ningún libro de reglas"),
        "{}",
        error.sentence_es()
    );
}

#[test]
fn a_running_server_takes_new_rules_and_keeps_the_old_when_they_are_faulty() {
    let folder = copied();
    let rules = folder.path().to_owned();
    let stage = Stage::set(|config| config.rules = Some(rules));
    let severity =
        || stage.get(&format!("{CHECK}?valid-at=2026-12-01")).json()["findings"][0]["severity_reason"].clone();
    let tag = || stage.get(CHECK).header("etag").unwrap().to_owned();
    let (before, first_tag) = (severity(), tag());

    edit(&folder, "2026-2/rules.toml", "at_least = 0.0", "at_least = 0.03");
    until("the fault", || stage.get("/ready").json()["rules"] == "kept");
    let ready = stage.get("/ready").json();
    let fault = ready["rules_fault"].as_str().unwrap();
    assert!(
        fault.contains("2026-2/rules.toml, concesion-titulada, steps = «0.03»"),
        "{fault}"
    );
    assert!(
        !fault.contains(&*folder.path().to_string_lossy()),
        "readers need not know our folders: {fault}"
    );
    assert_eq!(
        (severity(), tag()),
        (before.clone(), first_tag.clone()),
        "the old rules stay"
    );

    edit(&folder, "2026-2/rules.toml", "at_least = 0.03", "at_least = 0.0");
    edit(
        &folder,
        "2026-2/rules.toml",
        "convención: entre 10 % y 50 % de la tierra",
        "convención: de la décima parte a la mitad",
    );
    until("the new rules", || severity() != before);
    assert_eq!(severity(), "convención: de la décima parte a la mitad");
    assert_eq!(stage.get("/ready").json()["rules"], "current");
    assert_ne!(tag(), first_tag, "what was cached under other rules is stale");

    fs::remove_dir_all(folder.path().join("2026-1")).unwrap();
    until("the gap between versions", || {
        stage.get("/ready").json()["rules"] == "kept"
    });
    assert_eq!(severity(), "convención: de la décima parte a la mitad");
}
