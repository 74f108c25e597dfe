//! The register: first issues, by code, for those who may see them.

use rusqlite::Connection;
use std::{fs, path::Path};
use store::{Issue, Register, RegisterError};
use territory::Visibility;

const ROOM: u64 = 100_000_000;

fn issue(id: &str, code: &str, day: &str) -> Issue {
    Issue {
        id: id.into(),
        code: code.into(),
        issued_at: format!("{day}T12:00:00Z").parse().unwrap(),
        visibility: Visibility::Public,
        json: format!("{{\"id\":\"{id}\",\"name\":\"Ñañañique\"}}"),
    }
}

fn at(folder: &Path) -> Register {
    Register::beside(&folder.join("s.gpkg"), ROOM)
}

#[test]
fn the_first_issue_of_an_id_stays_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let first = issue("aa", "K7F3-22QM-9X5C", "2026-01-01");
    let again = Issue {
        json: "{}".into(),
        ..issue("aa", "K7F3-22QM-9X5C", "2026-02-02")
    };
    let register = at(folder.path());
    assert!(register.keep(&first).unwrap());
    assert!(!register.keep(&again).unwrap());
    // by this one and by one that comes later
    for register in [register, at(folder.path())] {
        assert_eq!(
            register.of_code("K7F3-22QM-9X5C", Visibility::Public).unwrap(),
            std::slice::from_ref(&first)
        );
        assert_eq!(register.count().unwrap(), 1);
    }
}

#[test]
fn two_ids_of_one_code_are_both_kept_and_a_look_makes_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let register = at(folder.path());
    assert_eq!(register.of_code("K7F3-22QM-9X5C", Visibility::Private).unwrap(), []);
    assert!(!register.path().exists());
    let (late, early) = (
        issue("aa", "K7F3-22QM-9X5C", "2026-02-02"),
        issue("bb", "K7F3-22QM-9X5C", "2026-01-01"),
    );
    register.keep(&late).unwrap();
    register.keep(&early).unwrap();
    assert_eq!(
        register.of_code("K7F3-22QM-9X5C", Visibility::Public).unwrap(),
        [early, late]
    );
    assert_eq!(register.of_code("0000-0000-0000", Visibility::Public).unwrap(), []);
}

#[test]
fn who_may_not_see_a_document_does_not_find_it() {
    let folder = tempfile::tempdir().unwrap();
    let register = at(folder.path());
    let office = Issue {
        visibility: Visibility::Office,
        ..issue("aa", "K7F3-22QM-9X5C", "2026-01-01")
    };
    register.keep(&office).unwrap();
    assert_eq!(register.of_code(&office.code, Visibility::Public).unwrap(), []);
    for ceiling in [Visibility::Office, Visibility::Private] {
        assert_eq!(
            register.of_code(&office.code, ceiling).unwrap(),
            std::slice::from_ref(&office)
        );
    }
}

#[test]
fn a_register_that_may_not_grow_says_its_limit_and_keeps_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let first = issue("aa", "K7F3-22QM-9X5C", "2026-01-01");
    at(folder.path()).keep(&first).unwrap();
    let narrow = Register::beside(&folder.path().join("s.gpkg"), 1);
    let refused = narrow.keep(&issue("bb", "K7F3-22QM-9X5C", "2026-01-02")).unwrap_err();
    assert!(matches!(refused, RegisterError::Full { limit: 1, .. }), "{refused}");
    // what is there already needs no room
    assert!(!narrow.keep(&first).unwrap());
    assert_eq!(narrow.of_code(&first.code, Visibility::Public).unwrap(), [first]);
}

#[test]
fn what_is_no_register_of_ours_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let register = at(folder.path());
    let issue = issue("aa", "K7F3-22QM-9X5C", "2026-01-01");
    fs::write(register.path(), "{\"no\": \"register\"}".repeat(100)).unwrap();
    let before = fs::read(register.path()).unwrap();
    assert!(matches!(register.keep(&issue), Err(RegisterError::Foreign { .. })));
    assert_eq!(fs::read(register.path()).unwrap(), before);
    fs::remove_file(register.path()).unwrap();
    let other = Connection::open(register.path()).unwrap();
    other.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(other);
    assert!(matches!(register.keep(&issue), Err(RegisterError::Foreign { .. })));
    fs::remove_file(register.path()).unwrap();
    register.keep(&issue).unwrap();
    let newer = Connection::open(register.path()).unwrap();
    newer.execute_batch("PRAGMA user_version = 9").unwrap();
    drop(newer);
    let refused = at(folder.path()).keep(&issue).unwrap_err();
    assert!(
        refused.sentence_es().contains("versión 9") && refused.sentence_es().contains("hasta la 1"),
        "{refused}"
    );
}

#[test]
fn a_damaged_row_is_told_with_its_document() {
    let folder = tempfile::tempdir().unwrap();
    let register = at(folder.path());
    let issue = issue("aa", "K7F3-22QM-9X5C", "2026-01-01");
    register.keep(&issue).unwrap();
    let hand = Connection::open(register.path()).unwrap();
    hand.execute_batch("UPDATE reports SET json = x'00ff'").unwrap();
    drop(hand);
    let told = register.of_code(&issue.code, Visibility::Public).unwrap_err();
    assert!(told.sentence_es().contains("documento aa"), "{}", told.sentence_es());
}
