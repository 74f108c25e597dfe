//! Files that are not a store, or not a whole one: told apart, and left as they are.

use crate::sample::{feature, noon, publish, rights};
use rusqlite::Connection;
use std::{
    fs,
    path::{Path, PathBuf},
};
use store::{FORMAT_VERSION, Store, StoreError};
use territory::LayerKind;

/// Opens in both ways; the file and its folder must be as before.
fn refused(path: &Path) -> StoreError {
    let folder = path.parent().unwrap();
    let state = || {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        (names, fs::read(path).ok())
    };
    let before = state();
    let error = Store::open(path).unwrap_err();
    let other = Store::open_read(path).unwrap_err();
    assert_eq!(std::mem::discriminant(&error), std::mem::discriminant(&other));
    assert_eq!(state(), before, "nothing is touched");
    assert!(error.sentence_es().contains(&path.display().to_string()), "{error:?}");
    error
}

/// A connection like a stranger's: without the functions that the R-tree's triggers need, and without those triggers.
fn stranger(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    for number in 1..=4 {
        connection
            .execute_batch(&format!("DROP TRIGGER rtree_concessions_geom_update{number}"))
            .unwrap();
    }
    connection
}

fn store_with_an_edition(folder: &Path) -> PathBuf {
    let path = folder.join("a.gpkg");
    let store = Store::create(&path).unwrap();
    publish(
        &store,
        rights(),
        (0..200).map(|n| feature(&format!("{n}"), "A", n)).collect(),
        noon(0),
    );
    drop(store);
    assert!(!folder.join("a.gpkg-wal").exists(), "a closed store is one file");
    path
}

#[test]
fn a_path_without_a_file_is_missing_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        refused(&folder.path().join("none.gpkg")),
        StoreError::Missing { .. }
    ));
}

#[test]
fn files_of_other_kinds_are_foreign_and_named() {
    let folder = tempfile::tempdir().unwrap();
    for (content, seen) in [
        (&b""[..], "vacío"),
        (b"PK\x03\x04zip", "ZIP"),
        (b"{\"type\":\"FeatureCollection\"}", "JSON"),
        (b"<kml/>", "XML"),
        (b"no store", "SQLite"),
    ] {
        let path = folder.path().join("a.gpkg");
        fs::write(&path, content).unwrap();
        let error = refused(&path);
        assert!(matches!(&error, StoreError::Foreign { .. }), "{error:?}");
        assert!(error.sentence_es().contains(seen), "{error}");
    }
    assert!(matches!(refused(folder.path()), StoreError::Foreign { .. }));
}

#[test]
fn other_databases_and_geopackages_are_foreign_and_nothing_appears_beside_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other #1?.gpkg");
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE a (b); INSERT INTO a VALUES (1)")
        .unwrap();
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    Connection::open(&path)
        .unwrap()
        .execute_batch("PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300")
        .unwrap();
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
    let busy = Connection::open(&path).unwrap();
    busy.execute_batch("PRAGMA wal_autocheckpoint = 0; INSERT INTO a VALUES (2)")
        .unwrap();
    assert!(folder.path().join("other #1?.gpkg-wal").metadata().unwrap().len() > 0);
    assert!(
        matches!(refused(&path), StoreError::Foreign { .. }),
        "also while another program has it open"
    );
    drop(busy);
    let trap = "CREATE VIEW tupu_meta AS SELECT 'format_version' AS name, 1 AS value";
    Connection::open(&path).unwrap().execute_batch(trap).unwrap();
    assert!(matches!(refused(&path), StoreError::Foreign { .. }));
}

#[test]
fn a_store_cut_short_is_corrupt() {
    let folder = tempfile::tempdir().unwrap();
    let path = store_with_an_edition(folder.path());
    let whole = fs::read(&path).unwrap();
    for length in [50, 99, 100, 8_192, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        let error = refused(&path);
        assert!(matches!(error, StoreError::Corrupt { .. }), "{length}: {error:?}");
    }
}

#[test]
fn a_store_overwritten_with_noise_is_corrupt_for_readers_and_for_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = store_with_an_edition(folder.path());
    let mut bytes = fs::read(&path).unwrap();
    let pages = bytes.len() / 8_192;
    for page in (2..pages).step_by(3) {
        bytes[page * 8_192..][..512].fill(0xA5);
    }
    fs::write(&path, &bytes).unwrap();
    let outcome = Store::open_read(&path).and_then(|store| Ok((store.check()?.is_sound(), store)));
    match outcome {
        Err(StoreError::Corrupt { .. }) => {}
        Ok((sound, _)) => assert!(!sound),
        Err(other) => unreachable!("{other:?}"),
    }
}

#[test]
fn a_row_that_was_changed_behind_our_back_is_named_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = store_with_an_edition(folder.path());
    let connection = stranger(&path);
    let guarded = connection
        .execute("UPDATE concessions SET attributes = '{}' WHERE fid = 7", [])
        .unwrap_err();
    assert!(guarded.to_string().contains("never changed"), "{guarded}");
    assert!(connection.execute("DELETE FROM concessions", []).is_err());
    assert!(connection.execute("DELETE FROM tupu_editions", []).is_err());
    connection
        .execute_batch(
            "DROP TRIGGER concessions_content_is_kept; UPDATE concessions SET attributes = '{}' WHERE fid = 7",
        )
        .unwrap();
    drop(connection);
    let report = Store::open_read(&path).unwrap().check().unwrap();
    assert!(!report.is_sound());
    assert_eq!(
        report.problems,
        ["concessions, fila 7: el contenido no es el que se publicó"]
    );
}

#[test]
fn an_edition_that_lost_rows_is_named_by_the_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = store_with_an_edition(folder.path());
    let connection = stranger(&path);
    connection
        .execute_batch("UPDATE concessions SET edition_to = 1 WHERE fid = 7")
        .unwrap();
    drop(connection);
    let store = Store::open_read(&path).unwrap();
    let report = store.check().unwrap();
    assert!(
        report.editions[0].problem.as_ref().unwrap().contains("199"),
        "{report:?}"
    );
    let options = crate::sample::as_of("2026-06-01", noon(1));
    let snapshot = store::Snapshot::load(&store, options).unwrap();
    assert!(snapshot.editions.is_empty(), "a damaged edition is not read in part");
    let reason = snapshot.failure_of(LayerKind::Concessions).unwrap();
    assert!(reason.contains("199") && reason.contains("200"), "{reason}");
    assert_eq!(snapshot.failure_of(LayerKind::Communities), None);
}

#[test]
fn a_store_of_a_newer_format_is_refused_with_both_versions() {
    let folder = tempfile::tempdir().unwrap();
    let path = store_with_an_edition(folder.path());
    Connection::open(&path)
        .unwrap()
        .execute_batch("UPDATE tupu_meta SET value = 7 WHERE name = 'format_version'")
        .unwrap();
    fs::remove_file(folder.path().join("a.gpkg-wal")).ok();
    fs::remove_file(folder.path().join("a.gpkg-shm")).ok();
    let error = refused(&path);
    assert!(
        matches!(
            error,
            StoreError::NewerVersion {
                found: 7,
                known: FORMAT_VERSION,
                ..
            }
        ),
        "{error:?}"
    );
}

#[test]
fn creating_takes_nobodys_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    fs::write(&path, "mine").unwrap();
    assert!(matches!(Store::create(&path), Err(StoreError::Exists { .. })));
    assert!(matches!(Store::open_or_create(&path), Err(StoreError::Foreign { .. })));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert!(matches!(
        Store::create(folder.path().join("no/folder/a.gpkg")),
        Err(StoreError::Io { .. })
    ));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 1, "no half-made file is left");
}
