//! Whole documents of the demonstration and of real communities: they follow the published schemas, and a browser opens their pages.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::Value;
use std::path::{Path, PathBuf};
use tests::cli::{cajamarca, shared_data, tupu};
use tests::text_of;

/// Small, without a right, with one, with rights of three states, and with more than two hundred.
const COMMUNITIES: [&str; 5] = [
    "c-aaa92cc0da5e",
    "c-235e1a4515fa",
    "c-c2899082ac46",
    "c-74f7c7f9bf37",
    "c-d5b3f0d4321c",
];

fn word(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// What the schema of a document says against it.
fn faults(document: &Value) -> Vec<String> {
    let name = document["schema"].as_str().unwrap();
    let file = match name {
        "tupu/report/1" => "report-1.json",
        "tupu/matrix/1" => "matrix-1.json",
        other => return vec![format!("no schema is published for {other}")],
    };
    let schema: Value = serde_json::from_str(&text_of(Path::new("docs/schema").join(file))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let told = validator.iter_errors(document);
    told.map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The document that a check answers with.
fn checked(store: &Path, asked: [&str; 2]) -> Value {
    let store = word(store);
    let ran = tupu(["check", "--store", &store, asked[0], asked[1], "--json"]);
    ran.good().json()
}

fn follows(document: &Value, what: &str) {
    assert_eq!(faults(document), Vec::<String>::new(), "{what}");
}

/// A store with every layer of the demonstration.
fn demonstration(folder: &Path) -> PathBuf {
    let (layers, store) = (folder.join("demo"), folder.join("demo.gpkg"));
    let _ = tupu(["demo", "--out", &word(&layers)]).good();
    let manifest: toml::Table = std::fs::read_to_string(layers.join("manifest.toml"))
        .unwrap()
        .parse()
        .unwrap();
    for layer in manifest["layer"].as_array().unwrap() {
        let part = |name: &str| word(&layers.join(layer[name].as_str().unwrap()));
        let (file, profile) = (part("file"), part("profile"));
        let arguments = [
            "import",
            file.as_str(),
            "--profile",
            profile.as_str(),
            "--store",
            &word(&store),
        ]
        .map(ToOwned::to_owned);
        let _ = tupu(arguments).good();
    }
    store
}

#[test]
fn documents_of_the_demonstration_follow_their_schemas_and_a_browser_opens_their_pages() {
    let folder = tempfile::tempdir().unwrap();
    let store = demonstration(folder.path());
    let report = checked(&store, ["--name", "Pukamarka Alta"]);
    follows(&report, "the report");
    assert!(report["findings"].as_array().unwrap().len() > 50);
    follows(&checked(&store, ["--all", "communities"]), "the matrix");
    // `tests/browser` opens every page of this folder
    let pages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&pages).unwrap();
    for (page, asked) in [
        (
            "demo-community",
            ["--name", "Pukamarka Alta", "--audience", "community"],
        ),
        ("demo-office", ["--name", "Pukamarka Alta", "--audience", "office"]),
        ("demo-matrix", ["--all", "communities", "--against", "concessions"]),
    ] {
        let page = pages.join(format!("{page}.html"));
        let (store, page) = (word(&store), word(&page));
        let mut arguments = vec!["check", "--store", &store, "--out", &page];
        arguments.extend(asked);
        let _ = tupu(arguments).good();
    }
}

#[test]
fn documents_of_real_communities_follow_their_schemas() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("cajamarca.gpkg");
    cajamarca(&data, &store);
    follows(&checked(&store, ["--all", "communities"]), "the matrix");
    for community in COMMUNITIES {
        let report = checked(&store, ["--feature", &format!("communities/{community}")]);
        follows(&report, community);
    }
}

#[test]
fn a_document_that_its_schema_does_not_know_is_told() {
    let unknown = serde_json::json!({ "schema": "tupu/other/1" });
    assert_eq!(faults(&unknown), ["no schema is published for tupu/other/1"]);
    let empty = serde_json::json!({ "schema": "tupu/report/1" });
    assert!(!faults(&empty).is_empty());
}
