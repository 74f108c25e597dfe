//! What changed between two editions, on the command line: made layers for the words, the real cadastre for exactness.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use store::{Store, content_sha256};
use territory::Patch;
use tests::cli::{Ran, cajamarca, shared_data, tupu};

const PROFILE: &str = "ingemmet-2009";

fn run(store: &Path, command: &str, arguments: &[&str]) -> Ran {
    let whole = [command, "--store", store.to_str().unwrap()];
    tupu(whole.iter().chain(arguments))
}

fn import(store: &Path, file: &Path, valid_from: &str) {
    let file = file.to_str().unwrap();
    let whole = [
        "import",
        file,
        "--profile",
        PROFILE,
        "--store",
        store.to_str().unwrap(),
        "--valid-from",
        valid_from,
    ];
    let _ = tupu(whole).good();
}

/// A right of the cadastre: a square of a hundredth of a degree.
fn right(code: &str, east: f64, holder: &str, state: (&str, &str)) -> Value {
    let (x, y) = (-78.6 + east / 100.0, -6.7);
    let ring = [[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y + 0.01], [x, y]];
    json!({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"CODIGOU": code, "CONCESION": format!("Derecho {code}"), "TIT_CONCES": holder, "ESTADO": state.0,
            "D_ESTADO": state.1, "NATURALEZA": "M", "FEC_DENU": "1998-05-04", "HECTAREA": 100.0}})
}

fn layer(features: &[Value]) -> String {
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

const TITLED: (&str, &str) = ("T", "D.M. Titulado D.L. 708");
const FILED: (&str, &str) = ("D", "D.M. en Trámite D.L. 708");

/// A store with two editions of four rights each.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let first = [
            right("A1", 0.0, "Uno", FILED),
            right("A2", 1.0, "Uno", TITLED),
            right("A3", 2.0, "Uno", TITLED),
            right("A4", 3.0, "Uno", TITLED),
        ];
        let second = [
            right("A1", 0.0, "Uno", TITLED),
            right("A2", 1.0, "Dos", TITLED),
            right("A3", 2.03, "Uno", TITLED),
            right("A5", 3.0, "Uno", FILED),
        ];
        for (name, features, day) in [("first", &first, "2026-01-01"), ("second", &second, "2026-05-01")] {
            let file = place.at(&format!("{name}.geojson"));
            std::fs::write(&file, layer(features)).unwrap();
            import(&place.store(), &file, day);
        }
        place
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn store(&self) -> PathBuf {
        self.at("a.gpkg")
    }
}

fn told(events: &Value) -> Vec<(String, String)> {
    let word = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();
    let events = events.as_array().unwrap().iter();
    events
        .map(|event| (word(event, "kind"), word(event, "feature")))
        .collect()
}

#[test]
fn the_changes_between_two_days_are_told_in_words_json_and_csv() {
    let place = Place::new();
    let asked = ["--layer", "concessions", "--from", "2026-02-01", "--to", "2026-06-01"];
    let spoken = run(&place.store(), "changes", &asked).good().out;
    for words in [
        "otro titular",
        "Dos",
        "otro estado",
        "otro lindero (hasta 33",
        "ya no está",
        "nuevo",
        "→",
    ] {
        assert!(spoken.contains(words), "«{words}» in {spoken}");
    }
    let document = run(&place.store(), "changes", &[&asked[..], &["--json"]].concat()).good();
    let expected = [
        ("status", "A1"),
        ("holder", "A2"),
        ("geometry", "A3"),
        ("gone", "A4"),
        ("new", "A5"),
    ];
    let expected = expected.map(|(kind, key)| (kind.to_owned(), key.to_owned()));
    assert_eq!(told(&document.json()["events"]), expected);
    assert_eq!(
        document.out,
        run(&place.store(), "changes", &[&asked[..], &["--json"]].concat()).out,
        "the same bytes"
    );
    let csv = run(&place.store(), "changes", &[&asked[..], &["--csv"]].concat())
        .good()
        .out;
    assert_eq!(csv.lines().count(), 7, "{csv}");
    let wide = run(
        &place.store(),
        "changes",
        &[&asked[..], &["--tolerance", "40", "--json"]].concat(),
    )
    .good()
    .json();
    assert_eq!(wide["counts"]["geometry"], 0);
    assert_eq!(
        wide["compared"][0]["minor"], 1,
        "a move within the tolerance is counted"
    );
}

#[test]
fn nothing_changed_and_not_compared_are_said_and_differ() {
    let place = Place::new();
    let same = run(
        &place.store(),
        "changes",
        &["--layer", "concessions", "--from", "2026-05-02"],
    )
    .good()
    .out;
    assert!(
        same.contains("Ningún cambio") && same.contains("la misma edición"),
        "{same}"
    );
    let early = run(
        &place.store(),
        "changes",
        &["--layer", "concessions", "--from", "2020-01-01"],
    )
    .good()
    .out;
    assert!(early.contains("NO SE COMPARÓ"), "{early}");
}

#[test]
fn times_and_editions_that_make_no_sense_are_refused_with_the_mend() {
    let place = Place::new();
    for (arguments, words) in [
        (vec!["--layer", "concessions", "--from", "ayer"], "--from: «ayer»"),
        (
            vec!["--layer", "concessions", "--from", "2026-06-01", "--to", "2026-01-01"],
            "inviértalos",
        ),
        (
            vec!["--layer", "zoning", "--from", "2026-01-01"],
            "ninguna edición de la capa zoning",
        ),
        (
            vec!["--layer", "concessions", "--from", "2026-01-01", "--tolerance=-1"],
            "--tolerance",
        ),
        (
            vec![
                "--from-edition",
                "concessions-ingemmet-cajamarca-1",
                "--to-edition",
                "concessions-ingemmet-cajamarca-7",
            ],
            "-2",
        ),
        (
            vec!["--layer", "concessions", "--from", "2020-01-01", "--patch", "/dev/null"],
            "parche",
        ),
    ] {
        let ran = run(&place.store(), "changes", &arguments);
        assert_eq!(ran.code, 3, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(words), "«{words}» in {}", ran.err);
    }
}

#[test]
fn a_check_says_what_changed_since_a_day_or_an_earlier_report() {
    let place = Place::new();
    let land = [
        "--coords",
        "-78.6,-6.7; -78.571,-6.7; -78.571,-6.69; -78.6,-6.69",
        "--crs",
        "EPSG:4326",
        "--json",
    ];
    let earlier = run(
        &place.store(),
        "check",
        &[&land[..], &["--valid-at", "2026-02-01"]].concat(),
    )
    .good();
    let report = place.at("earlier.json");
    std::fs::write(&report, &earlier.out).unwrap();
    assert!(earlier.json().get("changes").is_none());
    let expected = [("status", "A1"), ("holder", "A2"), ("geometry", "A3")];
    let expected = expected.map(|(kind, key)| (kind.to_owned(), key.to_owned()));
    let since = |what: &str| {
        run(
            &place.store(),
            "check",
            &[&land[..], &["--valid-at", "2026-06-01", "--since", what]].concat(),
        )
    };
    let by_day = since("2026-02-01").good().json();
    assert_eq!(told(&by_day["changes"]["events"]), expected);
    // as the earlier report knew it, the second edition had not been published: its time is that of the first
    let by_report = since(report.to_str().unwrap()).good().json();
    assert_eq!(told(&by_report["changes"]["events"]), expected);
    assert_eq!(by_report["changes"]["from"], earlier.json()["as_of"]);
    let spoken = [&land[..4], &["--valid-at", "2026-06-01", "--since", "2026-05-02"]].concat();
    let spoken = run(&place.store(), "check", &spoken).good().out;
    assert!(
        spoken.contains("Cambios del 2026-05-02 al 2026-06-01: ninguno en lo comparado"),
        "{spoken}"
    );
    for (what, words) in [
        ("2027-01-01", "inviértalos"),
        ("mañana", "--since"),
        (place.at("first.geojson").to_str().unwrap(), "tupu/report/1"),
    ] {
        let ran = since(what);
        assert!(ran.code == 3 && ran.err.contains(words), "{what}: {}", ran.err);
    }
}

#[test]
fn the_patch_of_the_real_cadastre_leads_to_the_edited_one_by_hash() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cajamarca.gpkg");
    cajamarca(&data, &path);
    let file = data.join("real/mining/cajamarca_catastro_minero_2009.geojson");
    let mut document: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let features = document["features"].as_array_mut().unwrap();
    let code = |feature: &Value| feature["properties"]["CODIGOU"].as_str().unwrap().to_owned();
    let (moved, nudged, sold, titled) = (
        code(&features[0]),
        code(&features[10]),
        code(&features[20]),
        code(&features[30]),
    );
    shift(&mut features[0]["geometry"]["coordinates"], 0.0003);
    shift(&mut features[10]["geometry"]["coordinates"], 0.000_000_9);
    features[20]["properties"]["TIT_CONCES"] = json!("COMPRADORA SINTÉTICA S.A.C.");
    features[30]["properties"]["D_ESTADO"] = json!("D.M. Extinguido");
    features[30]["properties"]["ESTADO"] = json!("X");
    let gone = code(&features.remove(40));
    let mut fresh = features[50].clone();
    fresh["properties"]["CODIGOU"] = json!("99SINTETICO");
    features.push(fresh);
    let edited = folder.path().join("edited.geojson");
    std::fs::write(&edited, document.to_string()).unwrap();
    import(&path, &edited, "2010-11-03");

    let (from, to) = ("concessions-ingemmet-cajamarca-1", "concessions-ingemmet-cajamarca-2");
    let patch = folder.path().join("patch.json");
    let asked = [
        "--from-edition",
        from,
        "--to-edition",
        to,
        "--json",
        "--patch",
        patch.to_str().unwrap(),
    ];
    let changes = run(&path, "changes", &asked).good().json();
    let mut expected = vec![
        ("geometry", moved),
        ("gone", gone),
        ("holder", sold),
        ("new", "99SINTETICO".into()),
        ("status", titled),
    ];
    expected.sort();
    let mut found = told(&changes["events"]);
    found.sort();
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(kind, key): (&str, String)| (kind.to_owned(), key))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(changes["compared"][0]["minor"], 1, "{nudged} moved by a decimetre");

    let store = Store::open_read(&path).unwrap();
    let document: Value = serde_json::from_slice(&std::fs::read(&patch).unwrap()).unwrap();
    let patch = Patch::from_json(&document["patches"][0]).unwrap();
    assert_eq!((patch.removed.len(), patch.put.len()), (1, 5));
    let rows = store.rows(from).unwrap();
    assert_eq!(content_sha256(&rows), store.edition(from).unwrap().sha256);
    let after = patch.apply(&rows).unwrap();
    assert_eq!(content_sha256(&after), store.edition(to).unwrap().sha256);
    assert_eq!(
        document["patches"][0]["to"]["sha256"],
        store.edition(to).unwrap().sha256
    );
}

fn shift(coordinates: &mut Value, east: f64) {
    let list = coordinates.as_array_mut().unwrap();
    if let Some(x) = list[0].as_f64() {
        list[0] = json!(x + east);
    } else {
        for inner in list {
            shift(inner, east);
        }
    }
}
