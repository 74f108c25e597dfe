//! Documents of the register in other forms than their JSON, and bundles.

use crate::{
    client::{Reply, browse, post, send},
    stage::{Stage, draft, publish, right, square},
};
use reports::ReadBundle;
use serde_json::{Value, json};
use std::path::Path;
use store::Store;
use territory::LayerKind;

const CHECK: &str = "/collections/communities/items/c-1/check";
const SQUARE: &str = "-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";

fn code_of(reply: &Reply) -> String {
    reply.json()["code"].as_str().unwrap().to_owned()
}

fn of_store(path: &Path) -> Store {
    Store::open_or_create(path).unwrap()
}

#[test]
fn a_kept_report_has_every_form_of_the_check_that_issued_it() {
    let stage = Stage::usual();
    let code = code_of(&stage.get(CHECK));
    for f in ["csv", "svg", "kml", "corners", "sms", "spoken"] {
        let (first, again) = (
            stage.get(&format!("{CHECK}?f={f}")),
            stage.get(&format!("/reports/{code}?f={f}")),
        );
        assert_eq!((first.status, again.status), (200, 200), "{f}: {}", again.text());
        assert_eq!(first.body, again.body, "{f}");
        assert_eq!(first.header("content-type"), again.header("content-type"));
    }
    for (f, begins) in [
        ("pdf", &b"%PDF"[..]),
        ("xlsx", b"PK"),
        ("gpkg", b"SQLite format 3"),
        ("png", b"\x89PNG"),
        ("gpx", b"<?xml"),
    ] {
        let again = stage.get(&format!("/reports/{code}?f={f}"));
        assert!(
            again.status == 200 && again.body.starts_with(begins),
            "{f}: {}",
            again.text()
        );
    }
    let page = browse(stage.addr, &format!("/reports/{code}")).text();
    for told in ["El Tingo", &code, "data-part=\"subject\"", "f=gpkg"] {
        assert!(page.contains(told), "«{told}» in {page}");
    }
    assert!(!page.contains("no lleva mapa") && !page.contains("f=bundle"), "{page}");
    let office = stage
        .get(&format!("/reports/{code}?f=html&lang=en&audience=office"))
        .text();
    assert!(office.contains("lang=\"en\"") && office != page);
    stage
        .get(&format!("/reports/{code}?f=pdf&lang=fr"))
        .problem(400, "invalid-parameter");
    stage
        .get(&format!("/reports/{code}?zone=18"))
        .problem(400, "unknown-parameter");
    let told = stage
        .get(&format!("/reports/{code}?f=bundle"))
        .problem(406, "not-acceptable");
    assert!(told["detail"].as_str().unwrap().contains("f=bundle"), "{told}");
}

#[test]
fn a_page_of_a_kept_report_is_fresh_until_the_layers_change() {
    let stage = Stage::usual();
    let path = format!("/reports/{}?f=html", code_of(&stage.get(CHECK)));
    let first = stage.get(&path);
    let tag = first.header("etag");
    let same = send(
        stage.addr,
        "GET",
        &path,
        &[("If-None-Match", tag.unwrap_or("none"))],
        b"",
    );
    let complete = stage.get(CHECK).json()["standing"] == "complete";
    assert_eq!(same.status, if complete { 304 } else { 200 });
}

#[test]
fn a_kept_report_keeps_its_findings_and_its_map_when_a_later_edition_comes() {
    let stage = Stage::usual();
    let first = stage.get(&format!("{CHECK}?valid-at=2026-06-01"));
    let code = code_of(&first);
    let map = stage.get(&format!("/reports/{code}?f=svg")).body;
    let ready = stage.get("/ready").json();
    publish(
        &of_store(&stage.path),
        draft(LayerKind::Concessions, "Perú"),
        vec![right("r-new", (0.5, 0.5), "titulado")],
        "2026-05-01",
    );
    crate::stage::until("the new edition", || {
        stage.get("/ready").json()["generation"] != ready["generation"]
    });
    let now = stage.get(&format!("{CHECK}?valid-at=2026-06-01"));
    assert_ne!(now.json()["id"], first.json()["id"], "judged now, it is another report");
    assert_eq!(stage.get(&format!("/reports/{code}")).body, first.body);
    let page = stage.get(&format!("/reports/{code}?f=html")).text();
    assert!(!page.contains("r-new"), "nothing is judged again");
    assert_eq!(
        stage.get(&format!("/reports/{code}?f=svg")).body,
        map,
        "the map of its own editions"
    );
}

#[test]
fn land_that_somebody_gave_is_not_kept_and_its_report_says_that_it_has_no_map() {
    let stage = Stage::usual();
    let sent = post(stage.addr, "/checks?crs=EPSG:4326&keep=true", "text/plain", SQUARE);
    let code = code_of(&sent);
    let page = browse(stage.addr, &format!("/reports/{code}")).text();
    assert!(page.contains("no lleva mapa ni lista de vértices"), "{page}");
    assert!(page.contains("El mapa no está en este ejemplar"), "{page}");
    assert!(
        !page.contains("f=gpkg") && page.contains("f=xlsx"),
        "only what there is is offered: {page}"
    );
    assert_eq!(stage.get(&format!("/reports/{code}?f=pdf")).status, 200);
    for f in ["gpkg", "svg", "gpx", "kml", "corners", "png"] {
        let told = stage
            .get(&format!("/reports/{code}?f={f}"))
            .problem(406, "not-acceptable");
        assert_eq!(
            told["available"],
            json!(["json", "html", "pdf", "csv", "xlsx", "sms", "spoken"])
        );
        assert!(told["detail"].as_str().unwrap().contains("no la tierra"), "{told}");
    }
}

#[test]
fn a_report_whose_editions_are_others_here_has_no_map_and_no_foreign_one() {
    let stage = Stage::usual();
    let first = stage.get(CHECK);
    let code = code_of(&first);
    let register = format!("{}.reports.sqlite", stage.path.display());
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.sqlite");
    let path = stage.path.clone();
    // the same register beside a store in which the same ids hold other land
    stage.stop.stop();
    let stage = {
        std::thread::sleep(std::time::Duration::from_millis(300));
        std::fs::copy(&register, &copy).unwrap();
        assert!(path.exists());
        let other = Stage::with(
            |_| {},
            |path| {
                let store = Store::create(path).unwrap();
                let land = vec![square("c-1", "El Tingo", (0.0, 0.0), 1.0)];
                publish(&store, draft(LayerKind::Communities, "Cajamarca"), land, "2026-02-01");
                let mut name = path.as_os_str().to_owned();
                name.push(".reports.sqlite");
                std::fs::copy(&copy, name).unwrap();
            },
        );
        drop(stage);
        other
    };
    assert_eq!(stage.get(&format!("/reports/{code}")).body, first.body);
    let page = browse(stage.addr, &format!("/reports/{code}")).text();
    assert!(page.contains("no lleva mapa ni lista de vértices"), "{page}");
    stage
        .get(&format!("/reports/{code}?f=svg"))
        .problem(406, "not-acceptable");
}

#[test]
fn a_bundle_is_a_whole_zip_whose_report_is_the_one_that_json_gives() {
    let stage = Stage::usual();
    let json = stage.get(&format!("{CHECK}?valid-at=2026-06-01"));
    let zip = stage.get(&format!("{CHECK}?valid-at=2026-06-01&f=bundle"));
    assert_eq!(
        (zip.status, zip.header("content-type")),
        (200, Some("application/zip")),
        "{}",
        zip.text()
    );
    let named = zip.header("content-disposition").unwrap();
    assert!(named.contains(&code_of(&json)) && named.contains(".zip"), "{named}");
    let read = ReadBundle::read(&zip.body).unwrap();
    assert_eq!(read.differing, None);
    let report: Value = serde_json::from_str(&read.report).unwrap();
    assert_eq!(report["id"], json.json()["id"]);
    assert_eq!(report["seal"]["bundle_sha256"], read.sha256);
    let accepted = send(stage.addr, "GET", CHECK, &[("Accept", "application/zip")], b"");
    assert!(accepted.body.starts_with(b"PK"), "{}", accepted.text());
    let sent = post(
        stage.addr,
        "/checks?f=bundle&crs=EPSG:4326&keep=true",
        "text/plain",
        SQUARE,
    );
    let read = ReadBundle::read(&sent.body).unwrap();
    let report: Value = serde_json::from_str(&read.report).unwrap();
    let kept = stage.get(&format!("/reports/{}", report["code"].as_str().unwrap()));
    assert_eq!(kept.text(), read.report, "what is kept is the document of the bundle");
    post(stage.addr, "/checks?f=zip&crs=EPSG:4326", "text/plain", SQUARE).problem(406, "not-acceptable");
}
