//! The same content has the same bytes and the same id; other content has another.

use crate::sample::{Sample, USUAL, issued, matrix, sample};
use reports::document;
use sha2::{Digest, Sha256};

#[test]
fn the_same_input_gives_the_same_bytes() {
    let at = issued("2026-06-02T10:00:00Z");
    let (one, other) = (sample(USUAL), sample(USUAL));
    assert_eq!(document(&one, &at).unwrap().json, document(&other, &at).unwrap().json);
}

#[test]
fn who_issues_it_and_when_does_not_change_the_id() {
    let report = sample(USUAL);
    let (one, other) = (issued("2026-06-02T10:00:00Z"), issued("2027-01-01T00:00:00.5Z"));
    let (one, other) = (document(&report, &one).unwrap(), document(&report, &other).unwrap());
    assert_eq!(one.id, other.id);
    assert_ne!(one.json, other.json);
    assert!(
        other.json.contains(r#""issued_at":"2027-01-01T00:00:00Z""#),
        "cut to the second"
    );
}

#[test]
fn one_changed_area_changes_the_id() {
    let at = issued("2026-06-02T10:00:00Z");
    let (report, wider) = (sample(USUAL), sample(Sample { width: 1.001, ..USUAL }));
    assert_ne!(document(&report, &at).unwrap().id, document(&wider, &at).unwrap().id);
}

#[test]
fn the_id_is_the_hash_of_the_document_without_its_outer_fields() {
    let report = sample(USUAL);
    let sealed = document(&report, &issued("2026-06-02T10:00:00Z")).unwrap();
    let mut read: serde_json::Value = serde_json::from_str(&sealed.json).unwrap();
    let fields = read.as_object_mut().unwrap();
    assert_eq!(fields["id"], sealed.id);
    for field in ["id", "code", "issued_at", "program", "seal"] {
        fields.remove(field);
    }
    // as anybody can compute it from the document
    let hash = Sha256::digest(reports::canonical_json(&read).unwrap());
    assert_eq!(sealed.id, format!("{hash:x}"));
}

#[test]
fn a_matrix_is_sealed_as_a_report_is() {
    let matrix = matrix();
    let sealed = document(&matrix, &issued("2026-06-02T10:00:00Z")).unwrap();
    assert_eq!(sealed.id.len(), 64);
    assert!(
        sealed.json.starts_with(r#"{"against":"concessions""#),
        "{}",
        &sealed.json[..40]
    );
}
