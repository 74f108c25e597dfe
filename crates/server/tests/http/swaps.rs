//! Publications by others while the server runs.

use crate::{
    client::{finish, open},
    stage::{Stage, draft, publish, right, until},
};
use std::io::Write;
use store::Store;
use territory::LayerKind;

const CHECK: &str = "/collections/communities/items/c-1/check";

fn publish_rights(stage: &Stage, keys: &[&str]) {
    // another connection, as another process would have
    let store = Store::open(&stage.path).unwrap();
    let features = keys.iter().map(|key| right(key, (0.0, 0.0), "titulado")).collect();
    publish(&store, draft(LayerKind::Concessions, "Perú"), features, "2026-03-01");
}

/// The rights among the findings.
fn rights(report: &serde_json::Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap().iter();
    let rights = findings.filter(|finding| finding["layer"] == "concessions");
    rights
        .map(|finding| finding["feature"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn a_publication_by_another_is_served_within_two_seconds_and_whole() {
    let stage = Stage::set(|config| config.poll_ms = 1000);
    let tag = stage.get(CHECK).header("etag").unwrap().to_owned();
    publish_rights(&stage, &["90-T", "91-T"]);
    until("the new edition", || {
        let seen = rights(&stage.get(CHECK).json());
        assert!(
            seen == ["01-T", "02-X"] || seen == ["90-T", "91-T"],
            "old or new, never a mixture: {seen:?}"
        );
        seen == ["90-T", "91-T"]
    });
    assert_ne!(stage.get(CHECK).header("etag").unwrap(), tag);
    let editions = stage.get("/editions").json();
    assert_eq!(
        editions["editions"][0]["id"], "concessions-prueba-peru-2",
        "newest first"
    );
    let before = stage.get(&format!("{CHECK}?known-at=2026-02-28")).json();
    assert_eq!(
        rights(&before),
        ["01-T", "02-X"],
        "what was known before can still be asked"
    );
}

#[test]
fn a_request_in_flight_ends_on_the_snapshot_that_it_began_with() {
    let stage = Stage::usual();
    let land = b"-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";
    let length = land.len().to_string();
    let headers = [("Content-Type", "text/plain"), ("Content-Length", length.as_str())];
    let mut slow = open(stage.addr, "POST", "/checks", &headers);
    slow.write_all(&land[..10]).unwrap();
    // served by one thread in turn: this answer comes after the slow request has begun
    assert_eq!(stage.get("/health").status, 200);
    publish_rights(&stage, &["90-T"]);
    until("the new edition", || rights(&stage.get(CHECK).json()) == ["90-T"]);
    slow.write_all(&land[10..]).unwrap();
    assert_eq!(rights(&finish(slow).json()), ["01-T", "02-X"]);
}

#[test]
fn a_withdrawal_is_served_within_two_seconds() {
    let stage = Stage::usual();
    let store = Store::open(&stage.path).unwrap();
    store
        .withdraw("concessions-prueba-peru-1", crate::stage::moment("2026-03-01"))
        .unwrap();
    until("the withdrawal", || stage.get("/collections/concessions").status == 404);
    assert_eq!(rights(&stage.get(CHECK).json()), Vec::<String>::new());
}

#[test]
fn a_store_that_breaks_while_the_server_runs_leaves_the_old_one_served() {
    let stage = Stage::usual();
    std::fs::rename(&stage.path, stage.path.with_extension("away")).unwrap();
    std::fs::write(&stage.path, b"PK\x03\x04 no store").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(stage.get("/ready").status, 200);
    assert_eq!(rights(&stage.get(CHECK).json()), ["01-T", "02-X"]);
    // another store in its place is taken
    let other = stage.path.with_extension("other");
    let store = Store::create(&other).unwrap();
    publish(
        &store,
        draft(LayerKind::Communities, "Cajamarca"),
        vec![crate::stage::square("c-1", "El Tingo", (0.0, 0.0), 2.0)],
        "2026-04-01",
    );
    drop(store);
    std::fs::rename(&other, &stage.path).unwrap();
    until("the other store", || {
        stage.get("/collections/concessions").status == 404
    });
}
