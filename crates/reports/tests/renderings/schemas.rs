//! The published JSON Schemas: documents follow them, and what is not in them is refused.

use crate::sample::{USUAL, issued, matrix, sample};
use reports::{NodeKey, Sealing, sealed};
use serde_json::{Value, json};

fn schema(name: &str) -> Value {
    let path = format!("{}/../../docs/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn faults(name: &str, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema(name)).unwrap();
    let told = validator.iter_errors(document);
    told.map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn documents() -> [(&'static str, Value); 2] {
    let (key, at) = (NodeKey::from_seed(&[7; 32]), issued("2026-06-02T10:00:00Z"));
    let sealing = Sealing {
        key: Some(&key),
        verify_url: Some("https://ejemplo.pe/verify"),
        ..Sealing::default()
    };
    let (report, matrix) = (sample(USUAL), matrix());
    let report = sealed(&report, &at, &sealing).unwrap().json;
    let matrix = sealed(&matrix, &at, &sealing).unwrap().json;
    [("report-1", report), ("matrix-1", matrix)].map(|(name, text)| (name, serde_json::from_str(&text).unwrap()))
}

#[test]
fn documents_follow_their_schema() {
    for (name, document) in documents() {
        assert_eq!(faults(name, &document), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_the_schema_does_not_have_is_refused() {
    for (name, document) in documents() {
        for (field, value) in [
            ("more", json!(1)),
            ("id", json!("short")),
            ("method", json!(0.5)),
            ("code", json!("K7F3")),
        ] {
            let mut changed = document.clone();
            changed[field] = value;
            assert!(!faults(name, &changed).is_empty(), "{name}: {field}");
        }
        let mut without = document;
        without.as_object_mut().unwrap().remove("rulebook");
        assert!(!faults(name, &without).is_empty(), "{name} without its rulebook");
    }
}

fn undescribed(at: &str, schema: &Value, found: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if property["description"].as_str().is_none_or(str::is_empty) {
            found.push(format!("{at}/{name}"));
        }
    }
    for (name, inner) in schema["$defs"].as_object().into_iter().flatten() {
        let open = inner["type"] == "object" && inner["additionalProperties"] != json!(false);
        if open || inner["description"].as_str().is_none_or(str::is_empty) {
            found.push(format!("{at}/{name}"));
        }
        undescribed(&format!("{at}/{name}"), inner, found);
    }
}

#[test]
fn every_field_is_described_and_no_object_is_open() {
    for name in ["report-1", "matrix-1"] {
        let mut found = Vec::new();
        undescribed(name, &schema(name), &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}
