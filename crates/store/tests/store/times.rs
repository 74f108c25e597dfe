//! Which edition a reader sees: two axes of time, withdrawals, and who may see what.

use crate::sample::{as_of, draft, feature, keys, noon, publish, rights};
use std::sync::Arc;
use store::{DraftEdition, EditionFilter, Snapshot, SnapshotOptions, Store, StoreError};
use territory::{LayerKind, Visibility};

fn from(date: &str) -> DraftEdition {
    DraftEdition {
        valid_from: date.parse().unwrap(),
        ..rights()
    }
}

fn seen(store: &Store, valid: &str, day: i64) -> Vec<String> {
    keys(
        &Snapshot::load(store, as_of(valid, noon(day))).unwrap(),
        LayerKind::Concessions,
    )
}

#[test]
fn the_facts_of_a_day_are_read_as_they_were_known_at_a_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    publish(&store, from("2019-01-01"), vec![feature("of-2019", "A", 1)], noon(0));
    publish(&store, from("2026-01-01"), vec![feature("of-2026", "B", 2)], noon(1));
    publish(&store, from("2009-01-01"), vec![feature("of-2009", "C", 3)], noon(2));
    publish(
        &store,
        from("2019-01-01"),
        vec![feature("of-2019-corrected", "D", 4)],
        noon(3),
    );

    assert_eq!(
        seen(&store, "2026-06-01", 9),
        ["of-2026"],
        "what was published later about earlier years does not hide it"
    );
    assert_eq!(seen(&store, "2020-06-01", 9), ["of-2019-corrected"]);
    assert_eq!(
        seen(&store, "2020-06-01", 2),
        ["of-2019"],
        "the correction was not known yet"
    );
    assert_eq!(seen(&store, "2010-06-01", 9), ["of-2009"]);
    assert_eq!(seen(&store, "2010-06-01", 1), Vec::<String>::new());
    assert_eq!(seen(&store, "2008-06-01", 9), Vec::<String>::new());
    assert_eq!(
        seen(&store, "2026-06-01", -1),
        Vec::<String>::new(),
        "nothing was published yet"
    );
}

#[test]
fn an_edition_ceases_on_the_day_it_is_valid_until() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let edition = DraftEdition {
        valid_until: Some("2026-03-01".parse().unwrap()),
        ..from("2026-01-01")
    };
    publish(&store, edition, vec![feature("a", "A", 1)], noon(0));
    assert_eq!(seen(&store, "2026-02-28", 1), ["a"]);
    assert!(seen(&store, "2026-03-01", 1).is_empty());
}

#[test]
fn a_withdrawn_edition_is_seen_only_by_who_asks_as_known_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    publish(&store, rights(), vec![feature("old", "A", 1)], noon(0));
    let wrong = publish(&store, rights(), vec![feature("wrong", "B", 2)], noon(1));
    let before = Snapshot::load(&store, as_of("2026-06-01", noon(2))).unwrap();
    let withdrawn = store.withdraw(&wrong.id, noon(3)).unwrap();

    assert_eq!(withdrawn.withdrawn_at, Some(noon(3)));
    assert_eq!(seen(&store, "2026-06-01", 2), ["wrong"]);
    assert_eq!(
        seen(&store, "2026-06-01", 3),
        ["old"],
        "the one before it is in force again"
    );
    assert_eq!(store.editions(EditionFilter::default()).unwrap().len(), 2);
    let after = Snapshot::load(&store, as_of("2026-06-01", noon(2))).unwrap();
    assert_eq!(after.editions[0].meta, withdrawn, "the metadata are fresh");
    assert!(
        Arc::ptr_eq(&after.editions[0].features, &before.editions[0].features),
        "the features are shared"
    );
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn a_withdrawal_that_makes_no_sense_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let meta = publish(&store, rights(), vec![], noon(1));
    let early = store.withdraw(&meta.id, noon(0)).unwrap_err();
    assert!(matches!(early, StoreError::WithdrawnTooEarly { .. }), "{early:?}");
    let unknown = store.withdraw("concessions-ingemet-cajamarca-1", noon(2)).unwrap_err();
    assert!(
        matches!(&unknown, StoreError::UnknownEdition { nearest, .. } if *nearest == [meta.id.clone()]),
        "{unknown:?}"
    );
    assert!(unknown.sentence_es().contains("concessions-ingemmet-cajamarca-1"));
    store.withdraw(&meta.id, noon(2)).unwrap();
    let twice = store.withdraw(&meta.id, noon(3)).unwrap_err();
    assert!(matches!(twice, StoreError::AlreadyWithdrawn { .. }), "{twice:?}");
    assert_eq!(store.generation().unwrap(), 2);
}

#[test]
fn a_snapshot_holds_nothing_above_the_readers_standing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let with = |visibility| DraftEdition { visibility, ..rights() };
    publish(
        &store,
        with(Visibility::Public),
        vec![feature("public", "A", 1)],
        noon(0),
    );
    publish(
        &store,
        with(Visibility::Office),
        vec![feature("office", "B", 2)],
        noon(1),
    );
    let secret = DraftEdition {
        visibility: Visibility::Private,
        ..draft(LayerKind::Springs, "Comunidad", "Piuray")
    };
    publish(&store, secret, vec![feature("spring", "C", 3)], noon(2));

    let of = |ceiling| {
        let snapshot = Snapshot::load(
            &store,
            SnapshotOptions {
                ceiling,
                ..as_of("2026-06-01", noon(9))
            },
        )
        .unwrap();
        snapshot
            .editions
            .iter()
            .flat_map(|edition| edition.features.iter())
            .map(|f| f.key.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(Visibility::Public),
        ["public"],
        "the older public edition is in force for everybody"
    );
    assert_eq!(of(Visibility::Office), ["office"]);
    assert_eq!(of(Visibility::Private), ["office", "spring"]);
    let listed = store
        .editions(EditionFilter {
            ceiling: Some(Visibility::Office),
            kind: None,
        })
        .unwrap();
    assert_eq!(listed.len(), 2);
}

#[test]
fn snapshots_of_other_times_share_the_editions_that_were_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    publish(
        &store,
        draft(LayerKind::Zoning, "GORE", "Cusco"),
        vec![feature("z", "Z", 1)],
        noon(0),
    );
    publish(&store, rights(), vec![feature("a", "A", 1)], noon(1));
    let earlier = Snapshot::load(&store, as_of("2026-06-01", noon(0))).unwrap();
    let later = Snapshot::load(&store, as_of("2026-06-01", noon(1))).unwrap();
    let zoning = |snapshot: &Snapshot| Arc::clone(snapshot.collection(LayerKind::Zoning).next().unwrap());
    assert!(Arc::ptr_eq(&zoning(&earlier), &zoning(&later)));
}

#[test]
fn idle_editions_beyond_the_budget_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap().with_idle_budget(0);
    publish(&store, rights(), vec![feature("a", "A", 1)], noon(0));
    publish(&store, rights(), vec![feature("b", "B", 1)], noon(1));
    let old = Snapshot::load(&store, as_of("2026-06-01", noon(0))).unwrap();
    let watched = Arc::downgrade(&old.editions[0]);
    drop(old);
    Snapshot::load(&store, as_of("2026-06-01", noon(1))).unwrap();
    assert!(watched.upgrade().is_none());
    assert_eq!(
        seen(&store, "2026-06-01", 0),
        ["a"],
        "it is read again when it is asked for"
    );
}
