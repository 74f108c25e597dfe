//! The root of every edition, what proves a search of it, and stores from before there were roots.

use crate::sample::{feature, noon, publish, rights, today};
use rusqlite::Connection;
use std::path::Path;
use store::{Edition, EvidenceError, FORMAT_VERSION, Store};
use territory::{Branch, EditionEvidence, LayerKind};

fn store_with(folder: &Path, count: u32) -> Store {
    let store = Store::create(folder.join("a.gpkg")).unwrap();
    let features = (0..count).map(|n| feature(&format!("k{n:03}"), "A", n));
    publish(&store, rights(), features.collect(), noon(0));
    store
}

const SEARCHED: [f64; 4] = [-79.30, -7.49, -79.20, -7.47];

fn evidence(store: &Store) -> EditionEvidence {
    store.evidence("concessions-ingemmet-cajamarca-1", SEARCHED).unwrap()
}

#[test]
fn evidence_gives_back_exactly_the_features_that_a_search_finds() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 400);
    let snapshot = today(&store);
    let whole = snapshot.collection(LayerKind::Concessions).next().unwrap();
    let text = serde_json::to_string(&evidence(&store)).unwrap();
    let part = Edition::of_evidence(serde_json::from_str(&text).unwrap(), SEARCHED).unwrap();
    assert_eq!(part.root, whole.root);
    let keys = |edition: &Edition| -> Vec<String> {
        let found = edition.touching(SEARCHED, 0.0);
        found.iter().map(|feature| feature.key.clone()).collect()
    };
    assert!(!keys(&part).is_empty());
    assert_eq!(keys(&part), keys(whole));
    assert_eq!(part.features.len(), keys(&part).len());
}

/// Spoils evidence.
type Change = fn(&mut EditionEvidence);

#[test]
fn every_change_of_the_evidence_is_noticed_and_names_the_feature() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 400);
    let sound = evidence(&store);
    let named = sound.features[1].key.clone();
    let of_feature: [Change; 6] = [
        |e| e.features[1].attributes = e.features[1].attributes.replace("100.0", "101.0"),
        |e| e.features[1].source_fields.push(' '),
        |e| *e.features[1].geom.last_mut().unwrap() ^= 1,
        |e| *e.features[1].land.as_mut().unwrap().last_mut().unwrap() ^= 1,
        |e| e.features[1].home_zone = Some(18),
        |e| e.features[1].source_geom = None,
    ];
    for change in of_feature {
        let mut changed = sound.clone();
        change(&mut changed);
        assert_ne!(changed, sound);
        let error = Edition::of_evidence(changed, SEARCHED).unwrap_err();
        assert!(
            matches!(&error, EvidenceError::Feature { key, .. } if *key == named),
            "{error}"
        );
        assert!(error.sentence_es().contains(&named));
    }
    let others: [Change; 4] = [
        |e| drop(e.features.remove(0)),
        |e| e.root.replace_range(..4, "beef"),
        |e| e.proof.count += 1,
        |e| match &mut e.proof.tree {
            Branch::Open(children) => drop(children.pop()),
            _ => unreachable!("the root is open"),
        },
    ];
    for change in others {
        let mut changed = sound.clone();
        change(&mut changed);
        let error = Edition::of_evidence(changed, SEARCHED).unwrap_err();
        assert!(
            error.sentence_es().contains("concessions-ingemmet-cajamarca-1"),
            "{error}"
        );
    }
    let twice = EditionEvidence {
        features: vec![sound.features[0].clone(), sound.features[0].clone()],
        ..sound
    };
    assert!(Edition::of_evidence(twice, SEARCHED).is_err());
}

#[test]
fn a_wider_search_than_the_proof_is_for_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 400);
    let [west, south, east, north] = SEARCHED;
    let wider = [west, south, east + 0.3, north];
    let error = Edition::of_evidence(evidence(&store), wider).unwrap_err();
    assert!(
        matches!(error, EvidenceError::Proof { .. } | EvidenceError::Missing { .. }),
        "{error}"
    );
}

/// What the first format had: no column of roots.
fn make_old(path: &Path) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "ALTER TABLE tupu_editions DROP COLUMN root; UPDATE tupu_meta SET value = 1 WHERE name = 'format_version'",
        )
        .unwrap();
}

#[test]
fn a_store_of_the_first_format_is_read_and_gets_its_roots_when_opened_for_writing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 50);
    let path = store.path().to_path_buf();
    let root = today(&store).editions[0].root;
    assert!(root.is_some());
    drop(store);
    make_old(&path);

    let reader = Store::open_read(&path).unwrap();
    assert_eq!(today(&reader).editions[0].root, root, "made from the rows");
    assert!(reader.check().unwrap().is_sound());
    drop(reader);

    let store = Store::open(&path).unwrap();
    let version: i64 = Connection::open(&path)
        .unwrap()
        .query_row("SELECT value FROM tupu_meta WHERE name = 'format_version'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(version, FORMAT_VERSION);
    assert_eq!(today(&store).editions[0].root, root);
    publish(&store, rights(), vec![feature("new", "B", 7)], noon(1));
    assert_ne!(today(&store).editions[0].root, root);
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn a_root_that_is_not_the_one_of_the_rows_is_found_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 50);
    let connection = Connection::open(store.path()).unwrap();
    connection
        .execute("UPDATE tupu_editions SET root = ?1", ["ab".repeat(32)])
        .unwrap();
    let report = store.check().unwrap();
    let problem = report.editions[0].problem.clone().unwrap();
    assert!(problem.contains("raíz"), "{problem}");
}
