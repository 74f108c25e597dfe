//! Checks of known features and of what is handed in.

use crate::{
    client::{browse, multipart, post},
    stage::Stage,
};
use serde_json::Value;

const CHECK: &str = "/collections/communities/items/c-1/check";
/// The square of community c-1.
const SQUARE: &str = "-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";

fn geojson(ring: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#)
}

fn hectares(report: &Value, feature: &str) -> f64 {
    let findings = report["findings"].as_array().unwrap();
    let found = findings
        .iter()
        .find(|finding| finding["feature"] == feature)
        .unwrap_or_else(|| panic!("{report}"));
    found["overlap"]["utm_ha"].as_str().unwrap().parse().unwrap()
}

#[test]
fn a_check_lists_the_rights_inside_with_their_totals() {
    let stage = Stage::usual();
    let reply = stage.get(CHECK);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    assert_eq!(
        (&report["schema"], &report["standing"]),
        (&"tupu/report/1".into(), &"complete".into())
    );
    assert_eq!(
        (&report["subject"]["layer"], &report["subject"]["id"]),
        (&"communities".into(), &"c-1".into())
    );
    // a hundredth of a degree squared at 7° S is some 122 ha, of which the second right has a quarter inside
    assert!((hectares(&report, "01-T") - 122.0).abs() < 1.0);
    assert!((hectares(&report, "02-X") - 30.5).abs() < 0.5);
    assert!(
        report["totals"]
            .as_array()
            .unwrap()
            .iter()
            .any(|total| total["group"] == "titulado" && total["count"] == 1)
    );
    assert_eq!(report["subject"]["admin"]["district"], "Cajamarca");
}

#[test]
fn a_check_comes_as_a_page_and_as_a_table_too() {
    let stage = Stage::usual();
    let page = browse(stage.addr, CHECK);
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("01-T") && page.text().contains("lang=\"es\""),
        "{}",
        page.text()
    );
    let table = stage.get(&format!("{CHECK}?f=csv"));
    assert!(table.header("content-type").unwrap().starts_with("text/csv"));
    assert!(table.text().contains("01-T"), "{}", table.text());
}

#[test]
fn the_same_check_twice_is_the_same_document() {
    let stage = Stage::usual();
    let without_moment = |mut report: Value| {
        report.as_object_mut().unwrap().remove("issued_at");
        report
    };
    let (one, other) = (stage.get(CHECK).json(), stage.get(CHECK).json());
    assert!(one["id"].is_string());
    assert_eq!(without_moment(one), without_moment(other));
}

#[test]
fn the_zone_and_the_slivers_that_were_asked_for_are_stated() {
    let stage = Stage::usual();
    let report = stage.get(&format!("{CHECK}?zone=18&slivers=keep")).json();
    assert_eq!(report["subject"]["area"]["utm_zone"], 18);
    let kinds: Vec<_> = report["limits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|limit| limit["kind"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"zone-override") && kinds.contains(&"slivers-kept"),
        "{kinds:?}"
    );
}

#[test]
fn coordinates_and_files_of_the_same_land_give_the_same_findings() {
    let stage = Stage::usual();
    let polygon = geojson("[[-79,-7],[-78.98,-7],[-78.98,-6.98],[-79,-6.98],[-79,-7]]");
    let kml = "<?xml version=\"1.0\"?><kml xmlns=\"http://www.opengis.net/kml/2.2\"><Placemark><Polygon><outerBoundaryIs><LinearRing>\
               <coordinates>-79,-7 -78.98,-7 -78.98,-6.98 -79,-6.98 -79,-7</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>";
    let known = stage.get(CHECK).json();
    for (media, body) in [
        ("text/plain", SQUARE),
        ("application/geo+json", polygon.as_str()),
        ("application/json", polygon.as_str()),
        ("application/vnd.google-earth.kml+xml", kml),
        ("text/csv", "lon,lat\n-79,-7\n-78.98,-7\n-78.98,-6.98\n-79,-6.98\n"),
    ] {
        let reply = post(stage.addr, "/checks?name=Mi+tierra", media, body);
        assert_eq!(reply.status, 200, "{media}: {}", reply.text());
        let report = reply.json();
        assert!(
            (hectares(&report, "01-T") - hectares(&known, "01-T")).abs() < 0.001,
            "{media}"
        );
        assert_eq!(
            (&report["subject"]["kind"], &report["subject"]["name"]),
            (&"geometry".into(), &"Mi tierra".into())
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"));
    }
}

#[test]
fn a_form_with_a_file_is_read_with_its_fields() {
    let stage = Stage::usual();
    let file = geojson("[[-79,-7],[-78.98,-7],[-78.98,-6.98],[-79,-6.98],[-79,-7]]");
    let (media, body) = multipart(&[
        ("file", Some("tierra.geojson"), file.as_bytes()),
        ("coords", None, b""),
        ("name", None, "Ñuñoa".as_bytes()),
        ("zone", None, b"18"),
        ("crs", None, b""),
        ("f", None, b"json"),
    ]);
    let reply = post(stage.addr, "/checks", &media, body);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    assert_eq!(
        (&report["subject"]["name"], &report["subject"]["area"]["utm_zone"]),
        (&"Ñuñoa".into(), &18.into())
    );
}

#[test]
fn a_form_with_coordinates_is_read_as_text_in_both_encodings() {
    let stage = Stage::usual();
    let urlencoded = "coords=-79%2C-7%3B+-78.98%2C-7%3B+-78.98%2C-6.98%3B+-79%2C-6.98&name=&slivers=keep";
    let reply = post(stage.addr, "/checks", "application/x-www-form-urlencoded", urlencoded);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let (media, body) = multipart(&[("file", Some(""), b""), ("coords", None, SQUARE.as_bytes())]);
    let other = post(stage.addr, "/checks", &media, body);
    assert_eq!(other.status, 200, "{}", other.text());
    assert!((hectares(&reply.json(), "01-T") - hectares(&other.json(), "01-T")).abs() < 1e-9);
}

#[test]
fn the_times_that_are_asked_for_choose_the_editions() {
    let stage = Stage::usual();
    let before = stage.get(&format!("{CHECK}?known-at=2026-02-02"));
    assert_eq!(before.status, 200, "{}", before.text());
    let report = before.json();
    assert_eq!(
        report["findings"].as_array().unwrap().len(),
        0,
        "the rights were not published yet"
    );
    let layers = report["layers"].as_array().unwrap();
    assert!(
        layers
            .iter()
            .any(|layer| layer["id"] == "concessions" && layer["state"] == "no-data"),
        "{report}"
    );
    let missing = stage.get(&format!("{CHECK}?known-at=2026-01-01"));
    missing.problem(404, "unknown-layer");
}
