//! What differs between editions of a store, and the patch that leads from one to the other.

use crate::sample::{as_of, draft, feature, noon, publish, rights};
use store::{Store, StoreError, content_sha256};
use territory::{ChangeKind, EditionMeta, LayerKind, Metres, NewFeature, Patch, Value};

fn renamed(key: &str, place: u32, field: &str, value: Value) -> NewFeature {
    let mut changed = feature(key, key, place);
    changed.feature.attributes.set(field, value);
    changed
}

/// Four rights; then one gone, one new, one with another holder, one whose source says more, and one as it was.
fn twice(store: &Store) -> (EditionMeta, EditionMeta) {
    let first = publish(
        store,
        rights(),
        (0..4).map(|n| feature(&format!("R{n}"), &format!("R{n}"), n)).collect(),
        noon(0),
    );
    let mut minor = feature("R2", "R2", 2);
    minor.feature.source_fields.insert("LEYENDA".into(), 0.1.into());
    let second = vec![
        feature("R0", "R0", 0),
        renamed("R1", 1, "holder", Value::Text("Otra".into())),
        minor,
        feature("R9", "R9", 9),
    ];
    let second = publish(store, rights(), second, noon(1));
    (first, second)
}

#[test]
fn only_the_rows_that_differ_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let (first, second) = twice(&store);
    let apart = store.apart(&first.id, &second.id).unwrap();
    let keys = |features: &[territory::Feature]| features.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&apart.before), ["R1", "R2", "R3"]);
    assert_eq!(keys(&apart.after), ["R1", "R2", "R9"]);
    let changes = store.edition_changes(&first.id, &second.id, Metres(1.0)).unwrap();
    let events: Vec<_> = changes
        .events
        .iter()
        .map(|event| (event.kind, event.feature.as_str()))
        .collect();
    assert_eq!(
        events,
        [
            (ChangeKind::Holder, "R1"),
            (ChangeKind::Gone, "R3"),
            (ChangeKind::New, "R9")
        ]
    );
    assert_eq!(
        changes.compared[0].minor, 1,
        "the field of the source is no event, but it is counted"
    );
    assert_eq!((changes.counts["holder"], changes.counts["status"]), (1, 0));
}

#[test]
fn a_patch_leads_to_the_hash_of_the_other_edition_forth_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let (first, second) = twice(&store);
    for (from, to) in [(&first, &second), (&second, &first), (&first, &first)] {
        let rows = store.rows(&from.id).unwrap();
        assert_eq!(content_sha256(&rows), from.sha256);
        let patch = store.patch(&from.id, &to.id).unwrap();
        let through = Patch::from_json(&serde_json::from_str(&patch.to_json().to_string()).unwrap()).unwrap();
        assert_eq!(content_sha256(&through.apply(&rows).unwrap()), to.sha256);
    }
    assert!(store.patch(&first.id, &first.id).unwrap().is_empty());
}

#[test]
fn rows_that_come_back_after_an_edition_are_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let (first, second) = twice(&store);
    let third = publish(
        &store,
        rights(),
        (0..4).map(|n| feature(&format!("R{n}"), &format!("R{n}"), n)).collect(),
        noon(2),
    );
    assert_eq!(third.sha256, first.sha256);
    assert!(store.apart(&first.id, &third.id).unwrap().before.is_empty());
    assert_eq!(store.apart(&second.id, &third.id).unwrap().after.len(), 3);
    let other = publish(
        &store,
        draft(LayerKind::Concessions, "INGEMMET", "Cusco"),
        vec![feature("R0", "R0", 0)],
        noon(3),
    );
    let apart = store.apart(&other.id, &first.id).unwrap();
    assert!(apart.before.is_empty(), "the same row in another series is the same");
    assert_eq!(apart.after.len(), 3);
}

#[test]
fn editions_of_two_layers_and_unknown_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let (first, _) = twice(&store);
    let zones = publish(
        &store,
        draft(LayerKind::Zoning, "GORE", "Cajamarca"),
        vec![feature("Z", "Z", 0)],
        noon(3),
    );
    let refused = store.apart(&first.id, &zones.id).unwrap_err();
    assert!(matches!(&refused, StoreError::OtherKind { .. }) && refused.sentence_es().contains(&zones.id));
    let refused = store.patch("concessions-ingemmet-cajamarca-9", &first.id).unwrap_err();
    assert!(refused.sentence_es().contains(&first.id), "the nearest are offered");
}

#[test]
fn a_layer_is_compared_series_by_series_and_a_missing_edition_is_told_and_not_counted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let (first, second) = twice(&store);
    publish(
        &store,
        draft(LayerKind::Concessions, "INGEMMET", "Cusco"),
        vec![feature("C0", "C0", 0)],
        noon(3),
    );
    let at = |day| as_of("2026-06-01", noon(day));
    let changes = store
        .layer_changes(LayerKind::Concessions, (at(0), at(9)), Metres(1.0))
        .unwrap();
    assert_eq!(changes.compared.len(), 2);
    let [cajamarca, cusco] = &changes.compared[..] else {
        panic!()
    };
    assert_eq!(cajamarca.before.as_ref().unwrap().edition, first.id);
    assert_eq!(cajamarca.after.as_ref().unwrap().edition, second.id);
    assert!(cajamarca.compared && !cusco.compared && cusco.before.is_none());
    assert!(
        changes.events.iter().all(|event| event.feature != "C0"),
        "no edition before is not «new»"
    );
    let still = store
        .layer_changes(LayerKind::Concessions, (at(2), at(2)), Metres(1.0))
        .unwrap();
    assert!(
        still.events.is_empty() && still.compared[0].compared,
        "nothing changed, and that is said with its editions"
    );
}
