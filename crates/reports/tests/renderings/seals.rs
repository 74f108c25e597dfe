//! Seals: what is signed, what a forgery shows, and that a seal leaves the id alone.

use crate::sample::{USUAL, issued, sample};
use reports::{Document, Examined, Holds, NodeKey, Sealing, document, examine, sealed};

fn key() -> NodeKey {
    NodeKey::from_seed(&[7; 32])
}

fn signed_text() -> String {
    let (key, editions) = (key(), [("a-1".to_owned(), [1; 32]), ("b-1".to_owned(), [2; 32])]);
    let sealing = Sealing {
        editions: &editions,
        key: Some(&key),
        verify_url: Some("https://ejemplo.pe/verify/"),
        bundle_sha256: None,
    };
    sealed(&sample(USUAL), &issued("2026-06-02T10:00:00Z"), &sealing)
        .unwrap()
        .json
}

fn examined(text: &str) -> Examined {
    examine(text, &[key().public()]).unwrap()
}

#[test]
fn a_seal_leaves_the_id_alone_and_names_where_to_verify() {
    let report = sample(USUAL);
    let plain: Document<'_, _> = document(&report, &issued("2026-06-02T10:00:00Z")).unwrap();
    let found = examined(&signed_text());
    assert_eq!(found.id, plain.id);
    let seal = found.seal.unwrap();
    assert_eq!(
        seal.verify_url,
        Some(format!("https://ejemplo.pe/verify/{}", plain.code))
    );
    assert_eq!((found.bytes.holds, found.signature.holds), (Holds::Yes, Holds::Yes));
}

#[test]
fn without_a_key_the_seal_says_that_nobody_signed() {
    let report = sample(USUAL);
    let sealing = Sealing::default();
    let text = sealed(&report, &issued("2026-06-02T10:00:00Z"), &sealing).unwrap().json;
    let found = examined(&text);
    assert_eq!(
        (found.bytes.holds, found.signature.holds),
        (Holds::Yes, Holds::NotChecked)
    );
    assert!(
        found.signature.why.contains("no lleva firma"),
        "{}",
        found.signature.why
    );
}

#[test]
fn every_forgery_is_told_from_the_true_one() {
    let text = signed_text();
    let seal = examined(&text).seal.unwrap();
    let swapped = |from: &str, to: &str| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "«{from}» is in the document");
        examined(&changed)
    };
    let other = NodeKey::from_seed(&[8; 32]).public();
    // the content, the id, the code, the form
    assert_eq!(swapped("\"standing\":\"", "\"standing\":\"x").bytes.holds, Holds::No);
    assert_eq!(swapped("{", "{ ").bytes.holds, Holds::No);
    let code = examined(&text).code.to_string();
    assert_eq!(swapped(&code, "K7F3-22QM-9X5C").bytes.holds, Holds::No);
    // a field given twice reads as the last one and shows the first
    assert_eq!(swapped("{", "{\"standing\":\"complete\",").bytes.holds, Holds::No);
    // the root, the signature, the key
    let root = &seal.editions_root;
    let other_root = format!("{}{}", if root.starts_with('0') { "1" } else { "0" }, &root[1..]);
    let forged = swapped(root, &other_root);
    assert_eq!((forged.bytes.holds, forged.signature.holds), (Holds::Yes, Holds::No));
    let signature = seal.ed25519.unwrap();
    let flipped = format!(
        "{}{}",
        if signature.starts_with('0') { "1" } else { "0" },
        &signature[1..]
    );
    assert_eq!(swapped(&signature, &flipped).signature.holds, Holds::No);
    assert_eq!(
        swapped(&format!("\"ed25519\":\"{signature}\","), "").signature.holds,
        Holds::No
    );
    let unknown = swapped(&seal.key_id.unwrap(), &other.id());
    assert_eq!(unknown.signature.holds, Holds::NotChecked);
    // what is no report at all
    assert!(examine("[]", &[]).is_err());
    assert!(
        examine("{\"schema\":\"tupu/report/9\"}", &[])
            .unwrap_err()
            .sentence_es()
            .contains("tupu/report/9")
    );
}

#[test]
fn somebody_elses_signature_of_the_same_document_is_forged() {
    let mut thief = signed_text();
    let seal = examined(&thief).seal.unwrap();
    let editions = [("a-1".to_owned(), [1; 32]), ("b-1".to_owned(), [2; 32])];
    let other = NodeKey::from_seed(&[8; 32]);
    let sealing = Sealing {
        editions: &editions,
        key: Some(&other),
        ..Sealing::default()
    };
    let by_other = sealed(&sample(USUAL), &issued("2026-06-02T10:00:00Z"), &sealing)
        .unwrap()
        .seal
        .unwrap();
    thief = thief.replace(&seal.ed25519.unwrap(), &by_other.ed25519.unwrap());
    assert_eq!(examined(&thief).signature.holds, Holds::No);
}
