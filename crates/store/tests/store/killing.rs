//! A publisher killed a hundred times at any moment, while a reader looks on: always old or new, and whole.

use crate::sample::{as_of, feature, noon, publish, rights};
use jiff::SignedDuration;
use std::{
    collections::BTreeMap,
    ffi::OsString,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};
use store::{EditionFilter, Snapshot, Store};

const STORE: &str = "TUPU_TEST_STORE_OF_THE_VICTIM";
const KILLS: u64 = 100;
const FEATURES: u32 = 120;

/// Publishes edition after edition until killed; every feature carries the number of its edition.
fn victim(path: &OsString) {
    let store = Store::open_or_create(path).unwrap();
    loop {
        let published = i64::try_from(store.editions(EditionFilter::default()).unwrap().len()).unwrap();
        let name = format!("edition {}", published + 1);
        let features = (0..FEATURES).map(|n| feature(&format!("{n:04}"), if n % 2 == 0 { &name } else { "same" }, n));
        publish(
            &store,
            rights(),
            features.collect(),
            noon(0) + SignedDuration::from_secs(published),
        );
    }
}

/// The newest edition must be whole: its number on every second feature. Gives the number of editions.
fn look(path: &Path) -> usize {
    let store = Store::open_read(path).unwrap();
    let editions = store.editions(EditionFilter::default()).unwrap();
    let snapshot = Snapshot::load(&store, as_of("2026-12-31", noon(365))).unwrap();
    assert!(
        snapshot.generation >= editions.len() as u64,
        "a snapshot is never older than the list read before it"
    );
    assert_eq!(snapshot.editions.len(), usize::from(snapshot.generation > 0));
    for edition in &snapshot.editions {
        let mut names: BTreeMap<&str, u32> = BTreeMap::new();
        for feature in edition.features.iter() {
            *names.entry(feature.name()).or_default() += 1;
        }
        let number = edition.meta.id.rsplit('-').next().unwrap();
        let expected = BTreeMap::from([
            (format!("edition {number}"), FEATURES / 2),
            ("same".into(), FEATURES / 2),
        ]);
        assert_eq!(
            names
                .into_iter()
                .map(|(name, n)| (name.to_owned(), n))
                .collect::<BTreeMap<_, _>>(),
            expected
        );
        assert_eq!(number, snapshot.generation.to_string());
    }
    editions.len()
}

#[test]
fn a_publisher_killed_a_hundred_times_leaves_the_old_edition_or_the_new_one() {
    if let Some(path) = std::env::var_os(STORE) {
        return victim(&path);
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    Store::create(&path).unwrap();
    let done = AtomicBool::new(false);
    let (looks, editions) = thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let (mut looks, mut last) = (0, 0);
            while !done.load(Ordering::Relaxed) {
                let editions = look(&path);
                assert!(editions >= last, "an edition that was there is there");
                (looks, last) = (looks + 1, editions);
                thread::sleep(Duration::from_millis(3));
            }
            looks
        });
        for kill in 0..KILLS {
            let mut publisher = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "killing::a_publisher_killed_a_hundred_times_leaves_the_old_edition_or_the_new_one",
                ])
                .env(STORE, &path)
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // From before its first edition to well after it, in an order without a pattern.
            thread::sleep(Duration::from_millis(40 + (kill * 97) % 211));
            publisher.kill().unwrap();
            let status = publisher.wait().unwrap();
            assert_eq!(status.code(), None, "it was killed: it never ends of itself");
            look(&path);
        }
        done.store(true, Ordering::Relaxed);
        (reader.join().unwrap(), look(&path))
    });
    println!("{KILLS} kills, {editions} editions, {looks} looks of the reader");
    assert!(
        editions > 20 && looks > 100,
        "{editions} editions and {looks} looks prove little"
    );
    let store = Store::open(&path).unwrap();
    let report = store.check().unwrap();
    assert!(report.is_sound(), "{report:?}");
    publish(&store, rights(), vec![], noon(2));
}
