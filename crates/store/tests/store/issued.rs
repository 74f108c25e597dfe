//! What a report was made of, found again: its editions, its land, its evidence.

use crate::sample::{draft, feature, noon, publish, rights, today};
use conflicts::{CheckOptions, Report, Rulebook, Stop, Subject, check};
use std::{collections::BTreeMap, path::Path};
use store::{GatherError, Snapshot, Store};
use territory::{DraftEdition, LayerKind, Visibility, editions_root, hex};

fn book() -> Rulebook {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../config/rules/2026-1");
    let read = |name: &str| (name.to_owned(), std::fs::read_to_string(folder.join(name)).unwrap());
    let files: BTreeMap<String, String> = Rulebook::FILES.into_iter().map(read).collect();
    Rulebook::parse(&files).unwrap()
}

fn store_with(folder: &Path, rights_count: u32) -> Store {
    let store = Store::create(folder.join(format!("{rights_count}.gpkg"))).unwrap();
    let community = draft(LayerKind::Communities, "SICCAM", "Cajamarca");
    publish(&store, community, vec![feature("c-1", "El Tingo", 3)], noon(0));
    let all = (0..rights_count).map(|n| feature(&format!("r-{n}"), "Derecho", n));
    publish(&store, rights(), all.collect(), noon(1));
    store
}

fn asked(snapshot: &Snapshot) -> (Subject, Report) {
    let found = snapshot.find(LayerKind::Communities, "c-1");
    let subject = Subject::feature(LayerKind::Communities, &found[0].edition.meta, found[0].feature, None).unwrap();
    let book = book();
    let around = snapshot.surroundings(&subject, &book);
    let as_of = snapshot.options.as_of;
    let report = check(&subject, &around, &book, as_of, CheckOptions::default());
    (subject, report)
}

fn root_of(snapshot: &Snapshot, report: &Report) -> String {
    hex(&editions_root(&snapshot.roots_of(report)))
}

#[test]
fn the_land_and_the_features_of_a_report_are_found_again_where_the_editions_are_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 6);
    let snapshot = today(&store);
    let (subject, report) = asked(&snapshot);
    assert!(!report.findings.is_empty(), "the land lies under a right");
    assert!(snapshot.holds_editions_of(&report, &root_of(&snapshot, &report)));
    let land = snapshot.land_of(&report).unwrap();
    assert_eq!(land.sha256(), subject.sha256());
    let shapes = snapshot.shapes_of_issued((&land, &report), (&[], None), true).unwrap();
    let book = book();
    let first = snapshot.shapes_of(
        (&subject, &snapshot.surroundings(&subject, &book)),
        &report,
        (&[], None),
        true,
    );
    assert_eq!(format!("{shapes:?}"), format!("{first:?}"));
}

#[test]
fn editions_with_the_same_names_and_other_features_are_not_taken_for_those_of_a_report() {
    let folder = tempfile::tempdir().unwrap();
    let snapshot = today(&store_with(folder.path(), 6));
    let (_, report) = asked(&snapshot);
    let root = root_of(&snapshot, &report);
    let other = today(&store_with(folder.path(), 2));
    assert!(!other.holds_editions_of(&report, &root));
    assert!(
        !snapshot.holds_editions_of(&report, &"0".repeat(64)),
        "another root in the seal"
    );
    let land = other.land_of(&report).unwrap();
    let shapes = other.shapes_of_issued((&land, &report), (&[], None), false);
    assert!(shapes.is_none(), "a right of the report is not there");
    let mut elsewhere = report.clone();
    elsewhere.subject.sha256 = "0".repeat(64);
    assert!(
        snapshot.land_of(&elsewhere).is_none(),
        "another land under the same key"
    );
    elsewhere.subject.id = None;
    assert!(snapshot.land_of(&elsewhere).is_none(), "land that somebody gave");
}

#[test]
fn a_report_that_ran_out_of_time_has_no_evidence_and_a_whole_one_has_that_of_every_edition() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 6);
    let snapshot = today(&store);
    let (subject, report) = asked(&snapshot);
    let book = book();
    let gathered = snapshot.gathered(&store, (&report, &subject), &book).unwrap();
    let ids: Vec<&String> = gathered.keys().collect();
    assert_eq!(
        ids,
        ["communities-siccam-cajamarca-1", "concessions-ingemmet-cajamarca-1"]
    );
    let over = || true;
    let mut around = snapshot.surroundings(&subject, &book);
    around.stop = Some(Stop(&over));
    let late = check(
        &subject,
        &around,
        &book,
        snapshot.options.as_of,
        CheckOptions::default(),
    );
    let told = snapshot.gathered(&store, (&late, &subject), &book).unwrap_err();
    assert!(matches!(told, GatherError::OutOfTime { .. }), "{told}");
    assert!(told.sentence_es().contains("no se puede volver a hacer"), "{told}");
    let other = today(&store_with(folder.path(), 2));
    let told = snapshot.gathered(&store_with(folder.path(), 4), (&report, &subject), &book);
    assert!(matches!(told, Err(GatherError::Changed { .. })), "{told:?}");
    assert_eq!(other.unread_list(), []);
}

#[test]
fn a_report_on_land_of_an_office_edition_is_for_the_office_whatever_layers_it_used() {
    let folder = tempfile::tempdir().unwrap();
    let store = store_with(folder.path(), 2);
    let office = DraftEdition {
        visibility: Visibility::Office,
        ..draft(LayerKind::Communities, "Oficina", "Reservado")
    };
    publish(&store, office, vec![feature("reservada", "Reservada", 3)], noon(2));
    let options = store::SnapshotOptions {
        ceiling: Visibility::Office,
        ..crate::sample::as_of("2026-12-31", noon(365))
    };
    let snapshot = Snapshot::load(&store, options).unwrap();
    let (_, mut report) = asked(&snapshot);
    report.subject.id = Some("reservada".to_owned());
    report.layers.retain(|layer| layer.id != LayerKind::Communities);
    assert_eq!(snapshot.visibility_of(&report), Visibility::Office);
    report.subject.id = Some("c-1".to_owned());
    assert_eq!(snapshot.visibility_of(&report), Visibility::Public);
}
