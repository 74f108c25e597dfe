//! Publishing editions and reading them back.

use crate::sample::{self, counts, draft, feature, keys, noon, publish, rights, rows_in_file, today};
use store::{EditionFilter, Snapshot, Store, StoreError};
use territory::{LayerKind, NewFeature};

fn three() -> Vec<NewFeature> {
    vec![
        feature("010000101", "Lago Azul", 1),
        feature("010000201", "Cerro Negro", 2),
        feature("03001", "Ñusta", 3),
    ]
}

#[test]
fn what_was_published_is_read_back_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let meta = publish(&store, rights(), three(), noon(0));

    assert_eq!(meta.id, "concessions-ingemmet-cajamarca-1");
    assert_eq!(store.editions(EditionFilter::default()).unwrap(), vec![meta.clone()]);
    let snapshot = today(&Store::open_read(store.path()).unwrap());
    let edition = snapshot.edition(&meta.id).unwrap();
    assert_eq!(edition.meta, meta);
    for (read, NewFeature { feature: written, .. }) in edition.features.iter().zip(three()) {
        assert_eq!(read.key, written.key);
        assert_eq!(read.source_row, written.source_row);
        assert_eq!(read.attributes, written.attributes);
        assert_eq!(read.source_fields, written.source_fields);
        assert_eq!(read.lonlat, written.lonlat);
        let (read, written) = (read.land.as_ref().unwrap(), written.land.as_ref().unwrap());
        assert_eq!((read.home, &read.shape), (written.home, &written.shape));
    }
    assert_eq!(snapshot.counts().features, 3);
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn rows_that_did_not_change_are_shared_by_consecutive_editions() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let first = publish(&store, rights(), three(), noon(0));
    let mut again = three();
    for feature in &mut again {
        feature.feature.source_row += 500;
    }
    let same = publish(&store, rights(), again, noon(1));
    assert_eq!(rows_in_file(&store, "concessions"), 3);
    assert_eq!(first.sha256, same.sha256);

    let changed = vec![
        feature("010000101", "Lago Azul", 1),
        feature("010000201", "Cerro Blanco", 2),
        feature("9", "Nuevo", 4),
    ];
    publish(&store, rights(), changed, noon(2));
    assert_eq!(
        rows_in_file(&store, "concessions"),
        5,
        "one changed, one new, one gone, one kept"
    );

    let at = |day| Snapshot::load(&store, sample::as_of("2026-12-31", noon(day))).unwrap();
    assert_eq!(
        keys(&at(0), LayerKind::Concessions),
        ["010000101", "010000201", "03001"]
    );
    assert_eq!(
        keys(&at(1), LayerKind::Concessions),
        ["010000101", "010000201", "03001"]
    );
    assert_eq!(keys(&at(2), LayerKind::Concessions), ["010000101", "010000201", "9"]);
    assert_eq!(
        at(1).find(LayerKind::Concessions, "010000201")[0].feature.name(),
        "Cerro Negro"
    );
    assert_eq!(
        at(2).find(LayerKind::Concessions, "010000201")[0].feature.name(),
        "Cerro Blanco"
    );
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    assert_eq!(report.editions.len(), 3);
}

#[test]
fn a_feature_that_goes_and_comes_back_is_in_the_right_editions() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    publish(&store, rights(), vec![feature("a", "A", 1)], noon(0));
    publish(&store, rights(), vec![], noon(1));
    publish(&store, rights(), vec![feature("a", "A", 1)], noon(2));
    let found: Vec<usize> = (0..3)
        .map(|day| {
            Snapshot::load(&store, sample::as_of("2026-12-31", noon(day)))
                .unwrap()
                .counts()
                .features
        })
        .collect();
    assert_eq!(found, [1, 0, 1]);
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn the_content_hash_does_not_depend_on_the_order_of_the_rows() {
    let folder = tempfile::tempdir().unwrap();
    let hash = |name: &str, features: Vec<NewFeature>| {
        let store = Store::create(folder.path().join(name)).unwrap();
        publish(&store, rights(), features, noon(0)).sha256
    };
    let ordered = hash("a.gpkg", three());
    let reversed = hash("b.gpkg", three().into_iter().rev().collect());
    let other = hash("c.gpkg", vec![feature("010000101", "Lago Azul", 1)]);
    assert_eq!(ordered, reversed);
    assert_ne!(ordered, other);
    assert_eq!(ordered.len(), 64);
}

#[test]
fn series_of_different_publishers_and_territories_stand_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let cusco = publish(
        &store,
        draft(LayerKind::Zoning, "GORE Cusco", "Cusco"),
        vec![feature("1", "Uno", 1)],
        noon(0),
    );
    publish(
        &store,
        draft(LayerKind::Zoning, "GORE Apurímac", "Apurímac"),
        vec![feature("1", "Otro", 2)],
        noon(1),
    );
    publish(
        &store,
        draft(LayerKind::Zoning, "GORE APURIMAC", "Apurimac"),
        vec![feature("1", "Tercero", 3)],
        noon(2),
    );
    let snapshot = today(&store);
    let ids: Vec<&str> = snapshot
        .collection(LayerKind::Zoning)
        .map(|edition| edition.meta.id.as_str())
        .collect();
    assert_eq!(ids, ["zoning-gore-apurimac-apurimac-2", "zoning-gore-cusco-cusco-1"]);
    assert_eq!(snapshot.find(LayerKind::Zoning, "1").len(), 2);
    assert_eq!(snapshot.edition(&cusco.id).unwrap().features[0].name(), "Uno");
}

#[test]
fn series_whose_names_run_together_alike_get_different_ids() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let one = publish(&store, draft(LayerKind::Rivers, "ANA", "Sur Norte"), vec![], noon(0));
    let other = publish(&store, draft(LayerKind::Rivers, "ANA Sur", "Norte"), vec![], noon(1));
    assert_eq!(one.id, "rivers-ana-sur-norte-1");
    assert_eq!(other.id, "rivers-ana-sur-norte-s1-1");
}

#[test]
fn a_key_that_comes_twice_is_refused_with_both_rows() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let mut draft = store.begin(rights()).unwrap();
    draft.push(feature("a", "A", 6)).unwrap();
    let error = draft.push(feature("a", "B", 8)).unwrap_err();
    assert!(
        matches!(&error, StoreError::DuplicateKey { key, first_row: 7, second_row: 9 } if key == "a"),
        "{error:?}"
    );
    assert!(error.sentence_es().contains("fila 7 y otra vez en la fila 9"));
    draft.push(feature("b", "B", 8)).unwrap();
    assert_eq!(
        draft
            .commit(counts(2), serde_json::Value::Null, noon(0))
            .unwrap()
            .counts
            .kept,
        2
    );
}

#[test]
fn features_that_cannot_be_kept_are_refused_with_their_row() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let mut draft = store.begin(rights()).unwrap();
    assert!(matches!(
        draft.push(feature(" ", "A", 4)),
        Err(StoreError::UnfitFeature { row: 5, .. })
    ));
    let mut infinite = feature("a", "A", 4);
    infinite.feature.lonlat = geo_types::Point::new(f64::NAN, 1.0).into();
    assert!(matches!(
        draft.push(infinite),
        Err(StoreError::UnfitFeature { row: 5, .. })
    ));
    let disagreement = draft.commit(counts(3), serde_json::Value::Null, noon(0)).unwrap_err();
    assert!(matches!(
        disagreement,
        StoreError::CountsDisagree { stated: 3, pushed: 0 }
    ));
    assert!(store.editions(EditionFilter::default()).unwrap().is_empty());
}

#[test]
fn a_draft_that_is_dropped_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let mut draft = store.begin(rights()).unwrap();
    draft.push(feature("a", "A", 1)).unwrap();
    drop(draft);
    assert_eq!(store.generation().unwrap(), 0);
    assert_eq!(today(&store).counts().editions, 0);
}

#[test]
fn publication_times_grow_strictly_and_a_clock_far_behind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let first = publish(&store, rights(), vec![], noon(1));
    let second = publish(&store, rights(), vec![], noon(1));
    assert!(second.published_at > first.published_at);
    let error = store
        .begin(rights())
        .unwrap()
        .commit(counts(0), serde_json::Value::Null, noon(0))
        .unwrap_err();
    assert!(matches!(error, StoreError::ClockWentBack { .. }), "{error:?}");
    assert_eq!(store.editions(EditionFilter::default()).unwrap().len(), 2);
}

#[test]
fn a_store_opened_for_reading_publishes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    drop(Store::create(&path).unwrap());
    let store = Store::open_read(&path).unwrap();
    assert!(matches!(store.begin(rights()), Err(StoreError::ReadOnly { .. })));
    assert!(matches!(store.withdraw("x", noon(0)), Err(StoreError::ReadOnly { .. })));
}

#[test]
fn another_connection_sees_the_generation_grow() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let reader = Store::open_read(store.path()).unwrap();
    let before = reader.generation().unwrap();
    let meta = publish(&store, rights(), three(), noon(0));
    assert_eq!(reader.generation().unwrap(), before + 1);
    store.withdraw(&meta.id, noon(1)).unwrap();
    assert_eq!(reader.generation().unwrap(), before + 2);
}
