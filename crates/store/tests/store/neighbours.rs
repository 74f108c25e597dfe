//! Other programs and other processes on the same file.

use crate::sample::{counts, feature, noon, publish, rights, today};
use std::{
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};
use store::{EditionFilter, Store, StoreError};

/// What `ogrinfo` answers; `None`, aloud, where it is not installed.
fn ogrinfo(arguments: &[&str]) -> Option<String> {
    let Ok(output) = Command::new("ogrinfo").args(["-ro"]).args(arguments).output() else {
        eprintln!("SKIPPED: ogrinfo (package gdal-bin) is not installed, GDAL's view of the store is not tested");
        return None;
    };
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success() && err.trim().is_empty(), "{out}\n{err}");
    Some(out.into_owned())
}

#[test]
fn gdal_lists_and_reads_the_tables_and_the_editions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let store = Store::create(&path).unwrap();
    publish(
        &store,
        rights(),
        vec![feature("a", "Lago", 1), feature("b", "Cerro", 2)],
        noon(0),
    );
    let second = publish(
        &store,
        rights(),
        vec![feature("b", "Cerro", 2), feature("c", "Ñusta", 250)],
        noon(1),
    );
    let file = path.to_str().unwrap();

    let Some(list) = ogrinfo(&[file]) else { return };
    for line in [
        ": concessions\n",
        ": concessions-ingemmet-cajamarca-1\n",
        ": concessions-ingemmet-cajamarca-2\n",
        ": tupu_editions (None)",
    ] {
        assert!(list.contains(line), "{line} in\n{list}");
    }
    assert!(!list.contains("tupu_meta"), "{list}");
    let edition = ogrinfo(&["-al", file, &second.id]).unwrap();
    for line in [
        "Feature Count: 2",
        "FID Column = fid",
        "Geometry Column = geom",
        "WGS 84",
        "MULTIPOLYGON",
        "Ñusta",
        "key (String) = c",
    ] {
        assert!(edition.contains(line), "{line} in\n{edition}");
    }
    assert!(!edition.contains("Lago"), "{edition}");
    let table = ogrinfo(&["-so", file, "concessions"]).unwrap();
    assert!(table.contains("Feature Count: 3"), "{table}");
    let near = ogrinfo(&["-so", "-spat", "-78.95", "-7.6", "-78.8", "-7.3", file, &second.id]).unwrap();
    assert!(near.contains("Feature Count: 1"), "a box selects\n{near}");
    let tree = ogrinfo(&["-sql", "SELECT HasSpatialIndex('concessions', 'geom')", file]).unwrap();
    assert!(tree.contains("HasSpatialIndex (Integer) = 1"), "{tree}");
    assert!(store.check().unwrap().is_sound());
}

#[test]
fn publishers_at_the_same_time_queue_and_all_arrive() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    let publishers: Vec<_> = (0..8)
        .map(|n| {
            let path = path.clone();
            thread::spawn(move || {
                let store = Store::open_or_create(path).unwrap();
                publish(
                    &store,
                    rights(),
                    (0..50).map(|m| feature(&format!("{n}-{m}"), "A", m)).collect(),
                    noon(0),
                )
                .id
            })
        })
        .collect();
    let mut ids: Vec<String> = publishers
        .into_iter()
        .map(|publisher| publisher.join().unwrap())
        .collect();
    ids.sort();
    assert_eq!(
        ids,
        (1..=8)
            .map(|n| format!("concessions-ingemmet-cajamarca-{n}"))
            .collect::<Vec<_>>()
    );
    let store = Store::open_read(&path).unwrap();
    assert_eq!(today(&store).counts().features, 50);
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    let times: Vec<_> = store
        .editions(EditionFilter::default())
        .unwrap()
        .iter()
        .map(|meta| meta.published_at)
        .collect();
    assert!(times.is_sorted_by(|one, other| one < other), "{times:?}");
}

#[test]
fn who_waits_too_long_is_told_so_and_nothing_is_published() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg"))
        .unwrap()
        .with_patience(Duration::from_millis(500));
    let holder = rusqlite::Connection::open(store.path()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let hear = Arc::clone(&told);
    let draft = store
        .begin(rights())
        .unwrap()
        .tell_waiting(move |waited| hear.lock().unwrap().push(waited));
    let error = draft.commit(counts(0), serde_json::Value::Null, noon(0)).unwrap_err();
    assert!(
        matches!(error, StoreError::Busy { waited, .. } if waited >= Duration::from_millis(500)),
        "{error:?}"
    );
    assert!(error.sentence_es().contains("Otro proceso está publicando") && !error.sentence_es().contains("locked"));
    assert!(!told.lock().unwrap().is_empty(), "somebody said that it waits");
    assert!(matches!(store.withdraw("x", noon(0)), Err(StoreError::Busy { .. })));
    holder.execute_batch("ROLLBACK").unwrap();
    assert!(store.editions(EditionFilter::default()).unwrap().is_empty());
    publish(&store, rights(), vec![], noon(0));
}

#[test]
fn a_long_draft_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("a.gpkg")).unwrap();
    let mut slow = store.begin(rights()).unwrap();
    slow.push(feature("slow", "A", 1)).unwrap();
    let quick = publish(&store, rights(), vec![feature("quick", "B", 2)], noon(0));
    slow.push(feature("slow-2", "A", 3)).unwrap();
    let slow = slow.commit(counts(2), serde_json::Value::Null, noon(0)).unwrap();
    assert_eq!(
        (quick.id.as_str(), slow.id.as_str()),
        ("concessions-ingemmet-cajamarca-1", "concessions-ingemmet-cajamarca-2")
    );
    assert!(store.check().unwrap().is_sound());
}
