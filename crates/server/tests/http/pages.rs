//! The pages and documents that are read.

use crate::{
    client::{browse, get, send},
    stage::Stage,
};

#[test]
fn every_address_answers_programs_with_json_and_people_with_pages() {
    let stage = Stage::usual();
    for path in [
        "/",
        "/collections",
        "/collections/communities",
        "/collections/communities/items",
        "/collections/communities/items/c-1",
        "/editions",
        "/checks",
        "/problems",
        "/problems/crs-needed",
    ] {
        let program = stage.get(path);
        assert_eq!(program.status, 200, "{path}: {}", program.text());
        assert!(program.header("content-type").unwrap().contains("json"), "{path}");
        program.json();
        let person = browse(stage.addr, path);
        assert_eq!(person.status, 200, "{path}: {}", person.text());
        assert!(
            person.header("content-type").unwrap().starts_with("text/html"),
            "{path}"
        );
        let page = person.text();
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"es\">"), "{path}");
        assert!(page.contains("<h1>") && page.contains("id=\"main\""), "{path}");
        assert!(!page.contains("<script"), "{path}");
        let f = stage.get(&format!("{path}?f=html"));
        assert_eq!(f.text(), page, "{path}: f=html is the same page");
    }
}

#[test]
fn health_and_readiness_say_what_is_served() {
    let stage = Stage::usual();
    assert_eq!(stage.get("/health").json()["status"], "ok");
    let ready = stage.get("/ready").json();
    assert_eq!((&ready["editions"], &ready["features"]), (&5.into(), &8.into()));
}

#[test]
fn a_collection_states_its_editions_extent_and_kept_count() {
    let stage = Stage::usual();
    let document = stage.get("/collections/communities").json();
    assert_eq!(
        (&document["count"], &document["title"]),
        (&4.into(), &"Comunidades campesinas y nativas".into())
    );
    let editions = document["editions"].as_array().unwrap();
    assert_eq!(editions.len(), 2);
    assert_eq!(editions[0]["coverage"]["kind"], "national");
    assert_eq!(editions[0]["sha256"].as_str().unwrap().len(), 64);
    let bbox: Vec<f64> = serde_json::from_value(document["extent"]["spatial"]["bbox"][0].clone()).unwrap();
    assert!(
        (bbox[0] - -79.0).abs() < 1e-9 && (bbox[2] - -78.69).abs() < 1e-9,
        "{bbox:?}"
    );
    let ids: Vec<_> = stage.get("/collections").json()["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| collection["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, ["concessions", "communities", "districts", "springs"]);
}

#[test]
fn what_is_not_public_is_nowhere() {
    let stage = Stage::usual();
    assert_eq!(stage.get("/collections/hazards").status, 404);
    for path in ["/collections", "/editions", "/collections/communities/items/c-1/check"] {
        let text = stage.get(path).text();
        assert!(!text.contains("reservado") && !text.contains("Reservado"), "{path}");
    }
    let office = Stage::set(|config| config.visibility = territory::Visibility::Office);
    assert_eq!(office.get("/collections/hazards").status, 200);
}

#[test]
fn a_feature_is_geojson_with_our_attributes_and_a_link_to_its_check() {
    let stage = Stage::usual();
    let reply = stage.get("/collections/communities/items/c-1");
    assert_eq!(reply.header("content-type"), Some("application/geo+json"));
    let feature = reply.json();
    assert_eq!((&feature["type"], &feature["id"]), (&"Feature".into(), &"c-1".into()));
    assert_eq!(feature["geometry"]["type"], "MultiPolygon");
    assert_eq!(feature["properties"]["name"], "El Tingo");
    let page = browse(stage.addr, "/collections/communities/items/c-1").text();
    assert!(
        page.contains("href=\"/collections/communities/items/c-1/check\""),
        "{page}"
    );
    assert!(page.contains("Datos sintéticos"));
}

#[test]
fn keys_with_slashes_spaces_and_percents_are_found() {
    let stage = Stage::usual();
    let page = browse(stage.addr, "/collections/communities/items?q=rio+grande").text();
    assert!(page.contains("/collections/communities/items/c%2F3%20%25"), "{page}");
    let feature = stage.get("/collections/communities/items/c%2F3%20%25");
    assert_eq!((feature.status, &feature.json()["id"]), (200, &"c/3 %".into()));
    assert_eq!(
        stage.get("/collections/communities/items/c%2F3%20%25/check").status,
        200
    );
}

#[test]
fn a_search_by_name_ignores_case_and_accents_and_states_its_limit() {
    let stage = Stage::usual();
    let found = stage.get("/collections/communities/items?q=NANANIQUE").json();
    assert_eq!(found["numberReturned"], 1);
    assert_eq!(found["features"][0]["id"], "c-2");
    let first = stage.get("/collections/communities/items?limit=2").json();
    assert_eq!(
        (&first["numberReturned"], &first["numberMatched"]),
        (&2.into(), &4.into())
    );
}

#[test]
fn head_is_get_without_a_body() {
    let stage = Stage::usual();
    for path in [
        "/",
        "/collections/communities",
        "/collections/communities/items/c-1/check",
    ] {
        let head = send(stage.addr, "HEAD", path, &[], b"");
        assert_eq!((head.status, head.body.len()), (200, 0), "{path}");
        assert_eq!(
            head.header("content-type"),
            get(stage.addr, path).header("content-type")
        );
    }
}

#[test]
fn a_reader_who_has_the_answer_is_told_that_nothing_changed() {
    let stage = Stage::usual();
    for path in [
        "/collections",
        "/collections/communities/items/c-1",
        "/collections/communities/items/c-1/check",
        "/editions",
    ] {
        let tag = stage.get(path).header("etag").unwrap().to_owned();
        let again = send(stage.addr, "GET", path, &[("If-None-Match", &tag)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let html = send(
            stage.addr,
            "GET",
            path,
            &[("If-None-Match", &tag), ("Accept", "text/html")],
            b"",
        );
        assert_eq!(html.status, 200, "{path}: the page is another document");
    }
}

#[test]
fn answers_are_compressed_for_who_can_read_it() {
    let stage = Stage::usual();
    for encoding in ["gzip", "br"] {
        let reply = send(stage.addr, "GET", "/collections", &[("Accept-Encoding", encoding)], b"");
        assert_eq!(reply.header("content-encoding"), Some(encoding));
    }
    assert_eq!(stage.get("/collections").header("content-encoding"), None);
}

#[test]
fn every_answer_has_the_headers_that_protect_readers() {
    let stage = Stage::usual();
    for path in [
        "/",
        "/collections",
        "/nothing-here",
        "/collections/communities/items/c-1/check",
    ] {
        let reply = stage.get(path);
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert!(
            reply
                .header("content-security-policy")
                .unwrap()
                .contains("default-src 'self'"),
            "{path}"
        );
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), Some("*"), "{path}");
        assert!(reply.header("x-request-id").is_some(), "{path}");
    }
    let posted = crate::client::post(stage.addr, "/checks", "text/plain", "");
    assert_eq!(posted.header("access-control-allow-origin"), None);
}

/// The pages of the server that `tests/browser` opens, beside those of reports.
#[test]
fn the_pages_of_the_server_that_a_browser_checks_are_written() {
    let stage = Stage::usual();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, path) in [
        ("home", "/"),
        ("collections", "/collections"),
        ("collection", "/collections/communities"),
        ("items", "/collections/communities/items"),
        ("item", "/collections/communities/items/c-1"),
        ("check", "/collections/communities/items/c-1/check"),
        ("form", "/checks"),
        ("editions", "/editions"),
        ("verify", "/verify"),
        ("problems", "/problems"),
        ("problem", "/problems/crs-needed"),
    ] {
        let page = browse(stage.addr, path).text();
        assert!(page.starts_with("<!DOCTYPE html>"), "{path}: {page}");
        std::fs::write(folder.join(format!("server-{name}.html")), page).unwrap();
    }
    // the page of a kept report, whose code the report tells
    let report = stage.get("/collections/communities/items/c-1/check").json();
    let code = report["code"].as_str().unwrap().to_owned();
    let verified = browse(stage.addr, &format!("/verify/{code}"));
    assert_eq!(verified.status, 200, "{}", verified.text());
    std::fs::write(folder.join("server-verified.html"), verified.text()).unwrap();
}
