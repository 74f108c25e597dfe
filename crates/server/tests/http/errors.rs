//! Refusals: named, with the nearest names, and as pages for people.

use crate::{
    client::{browse, send},
    stage::Stage,
};
use serde_json::{Value, json};
use store::Store;

fn ids(problem: &Value) -> Vec<&str> {
    problem["candidates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|candidate| candidate["id"].as_str().unwrap())
        .collect()
}

#[test]
fn an_unknown_layer_offers_the_nearest() {
    let stage = Stage::usual();
    for path in [
        "/collections/comunities",
        "/collections/comunities/items",
        "/collections/comunities/items/c-1/check",
    ] {
        let problem = stage.get(path).problem(404, "unknown-layer");
        assert_eq!(ids(&problem)[0], "communities", "{path}");
        assert!(problem["detail"].as_str().unwrap().contains("«comunities»"));
    }
    let empty = stage.get("/collections/rivers").problem(404, "unknown-layer");
    assert!(
        empty["detail"].as_str().unwrap().contains("Ríos"),
        "a layer of ours without an edition is named: {empty}"
    );
}

#[test]
fn an_unknown_feature_offers_the_nearest_keys_and_names() {
    let stage = Stage::usual();
    let problem = stage
        .get("/collections/concessions/items/01-X")
        .problem(404, "unknown-feature");
    assert!(
        ids(&problem).contains(&"01-T") || ids(&problem).contains(&"02-X"),
        "{problem}"
    );
    let named = stage
        .get("/collections/communities/items/El%20Tingo/check")
        .problem(404, "unknown-feature");
    assert_eq!(ids(&named)[0], "c-1", "{named}");
}

#[test]
fn an_unknown_name_offers_the_nearest_names() {
    let stage = Stage::usual();
    let problem = stage
        .get("/collections/communities/items?q=El%20Tinjo")
        .problem(404, "unknown-name");
    assert_eq!(ids(&problem), ["c-1"]);
    assert_eq!(problem["candidates"][0]["href"], "/collections/communities/items/c-1");
    let page = browse(stage.addr, "/collections/communities/items?q=El%20Tinjo");
    assert_eq!(page.status, 404);
    assert!(
        page.text()
            .contains("<a href=\"/collections/communities/items/c-1\">El Tingo</a>"),
        "{}",
        page.text()
    );
}

#[test]
fn a_key_in_two_series_lists_the_editions_and_one_can_be_chosen() {
    let stage = Stage::usual();
    for path in [
        "/collections/communities/items/c-2",
        "/collections/communities/items/c-2/check",
    ] {
        let problem = stage.get(path).problem(409, "ambiguous-feature");
        assert_eq!(
            ids(&problem),
            ["communities-prueba-cajamarca-1", "communities-prueba-cusco-1"]
        );
        let chosen = stage.get(&format!("{path}?edition=communities-prueba-cusco-1"));
        assert_eq!(chosen.status, 200, "{}", chosen.text());
    }
}

#[test]
fn an_unknown_parameter_is_named_on_every_route() {
    let stage = Stage::usual();
    for path in [
        "/",
        "/health",
        "/ready",
        "/collections",
        "/collections/communities",
        "/collections/communities/items",
        "/collections/communities/items/c-1",
        "/collections/communities/items/c-1/check",
        "/editions",
        "/checks",
        "/problems",
        "/problems/busy",
    ] {
        let problem = stage.get(&format!("{path}?zona=17")).problem(400, "unknown-parameter");
        assert_eq!(problem["parameter"], "zona", "{path}");
        let has_forms = !["/health", "/ready"].contains(&path);
        assert_eq!(
            problem["known"].as_array().unwrap().contains(&json!("f")),
            has_forms,
            "{path}"
        );
    }
}

#[test]
fn values_that_do_not_fit_are_named_with_what_is_expected() {
    let stage = Stage::usual();
    let check = "/collections/communities/items/c-1/check";
    for (path, parameter) in [
        (format!("{check}?zone=20"), "zone"),
        (format!("{check}?slivers=drop"), "slivers"),
        (format!("{check}?valid-at=2026-02-30"), "valid-at"),
        (format!("{check}?valid-at=1999-01-01"), "valid-at"),
        (format!("{check}?known-at=ayer"), "known-at"),
        (format!("{check}?zone=17&zone=18"), "zone"),
        ("/collections/communities/items?limit=0".to_owned(), "limit"),
        ("/collections/communities/items?limit=10001".to_owned(), "limit"),
    ] {
        // a date at which the layer was not there yet is refused as such
        let reply = stage.get(&path);
        if reply.status == 404 {
            reply.problem(404, "unknown-layer");
            continue;
        }
        assert_eq!(
            reply.problem(400, "invalid-parameter")["parameter"],
            parameter,
            "{path}"
        );
    }
}

#[test]
fn formats_that_are_not_offered_are_refused_with_the_list() {
    let stage = Stage::usual();
    let check = "/collections/communities/items/c-1/check";
    let problem = stage.get(&format!("{check}?f=docx")).problem(406, "not-acceptable");
    let available = problem["available"].as_array().unwrap();
    assert!(
        available.starts_with(&[json!("json"), json!("html"), json!("pdf")]),
        "{problem}"
    );
    let problem =
        send(stage.addr, "GET", "/collections", &[("Accept", "image/png")], b"").problem(406, "not-acceptable");
    assert_eq!(problem["available"], json!(["json", "html"]));
}

#[test]
fn what_the_router_refuses_is_a_problem_too() {
    let stage = Stage::usual();
    stage.get("/nothing/here").problem(404, "not-found");
    stage.get("/problems/none").problem(404, "not-found");
    let reply = send(stage.addr, "DELETE", "/collections", &[], b"");
    reply.problem(405, "method-not-allowed");
    assert_eq!(reply.header("allow"), Some("GET, HEAD"));
    let reply = send(stage.addr, "PUT", "/checks", &[], b"x");
    assert_eq!(reply.header("allow"), Some("GET, HEAD, POST"));
    let page = browse(stage.addr, "/nothing/here");
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<html lang=\"es\">") && page.text().contains("href=\"/\""));
    assert_eq!(
        stage.get("/collections/").status,
        200,
        "a slash at the end does no harm"
    );
}

#[test]
fn a_point_is_no_land_to_check() {
    let stage = Stage::usual();
    stage
        .get("/collections/springs/items/p-1/check")
        .problem(422, "no-land");
    assert!(
        !browse(stage.addr, "/collections/springs/items/p-1")
            .text()
            .contains("/check\"")
    );
}

#[test]
fn every_type_of_problem_has_its_page() {
    let stage = Stage::usual();
    let list = stage.get("/problems").json();
    for problem in list["problems"].as_array().unwrap() {
        let place = problem["about"].as_str().unwrap();
        let named_by_us = problem["type"] == place;
        assert!(
            named_by_us
                || problem["type"]
                    .as_str()
                    .unwrap()
                    .starts_with("http://www.opengis.net/def/exceptions/")
        );
        assert_eq!(stage.get(place).json()["status"], problem["status"], "{place}");
        assert!(
            browse(stage.addr, place)
                .text()
                .contains(problem["title"].as_str().unwrap()),
            "{place}"
        );
    }
}

#[test]
fn without_a_store_the_server_lives_is_not_ready_and_says_the_mend() {
    let stage = Stage::with(|_| {}, |_| {});
    assert_eq!(stage.get("/health").status, 200);
    for path in [
        "/ready",
        "/collections",
        "/collections/communities/items/c-1/check",
        "/editions",
    ] {
        let reply = stage.get(path);
        let problem = reply.problem(503, "not-ready");
        let detail = problem["detail"].as_str().unwrap();
        assert!(
            detail.contains("tupu.gpkg") && detail.contains("tupu import"),
            "{detail}"
        );
        assert!(
            !detail.contains(stage.path.parent().unwrap().to_str().unwrap()),
            "folders stay ours: {detail}"
        );
        assert!(reply.header("retry-after").is_some());
    }
    assert_eq!(browse(stage.addr, "/").status, 200, "the first page tells it");
    assert!(browse(stage.addr, "/").text().contains("tupu import"));
    // once it is there it is served
    Store::create(&stage.path).unwrap();
    crate::stage::until("the new store", || stage.get("/ready").status == 200);
}

#[test]
fn a_foreign_or_damaged_store_is_not_ready_and_not_touched() {
    for (bytes, word) in [
        (&b"PK\x03\x04 something"[..], "ZIP"),
        (b"", "vac"),
        (b"SQLite format 3\0cut", "corta"),
    ] {
        let stage = Stage::with(|_| {}, |path| std::fs::write(path, bytes).unwrap());
        let problem = stage.get("/ready").problem(503, "not-ready");
        assert!(problem["detail"].as_str().unwrap().contains(word), "{problem}");
        assert_eq!(std::fs::read(&stage.path).unwrap(), bytes);
    }
}
