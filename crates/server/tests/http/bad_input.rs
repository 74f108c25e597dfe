//! Bad input, row by row, over HTTP.

use crate::{
    client::{Reply, multipart, post},
    stage::Stage,
};
use serde_json::Value;

const RING: &str = "[-79,-7],[-78.98,-7],[-78.98,-6.98],[-79,-6.98],[-79,-7]";

fn polygon(ring: &str) -> String {
    format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#)
}

fn json(stage: &Stage, body: impl AsRef<[u8]>) -> Reply {
    post(stage.addr, "/checks", "application/geo+json", body)
}

fn detail(problem: &Value) -> String {
    problem["detail"].as_str().unwrap().to_owned()
}

#[test]
fn an_empty_upload_is_refused_whatever_its_type() {
    let stage = Stage::usual();
    for media in [
        "application/geo+json",
        "text/plain",
        "application/zip",
        "text/csv",
        "application/vnd.google-earth.kml+xml",
    ] {
        let problem = post(stage.addr, "/checks", media, "").problem(400, "unreadable-upload");
        assert!(detail(&problem).contains("vacío"), "{media}: {problem}");
    }
}

#[test]
fn a_file_that_is_not_what_it_says_names_what_was_seen() {
    let stage = Stage::usual();
    let problem = post(stage.addr, "/checks", "application/zip", "%PDF-1.4 text").problem(400, "unreadable-upload");
    assert!(detail(&problem).contains("PDF"), "{problem}");
    let (media, body) = multipart(&[("file", Some("lindero.kml"), b"\x89PNG\r\n\x1a\n....")]);
    post(stage.addr, "/checks", &media, body).problem(400, "unreadable-upload");
    post(stage.addr, "/checks", "image/png", b"\x89PNG").problem(415, "unsupported-media-type");
}

#[test]
fn a_file_cut_off_names_the_place() {
    let stage = Stage::usual();
    let whole = polygon(RING);
    let problem = json(&stage, &whole[..whole.len() - 20]).problem(400, "unreadable-upload");
    assert!(
        detail(&problem).contains("línea") || detail(&problem).contains("byte"),
        "{problem}"
    );
    let zip = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0\x10\0\0\0\x05\0\0\0a.shp....";
    post(stage.addr, "/checks", "application/zip", zip).problem(400, "unreadable-upload");
}

#[test]
fn numbers_that_are_none_are_named_with_feature_and_vertex() {
    let stage = Stage::usual();
    let infinite = "lon,lat\n-79,-7\n-78.98,inf\n-78.98,-6.98\n";
    let problem = post(stage.addr, "/checks", "text/csv", infinite).json();
    assert!(problem["status"] == 422 || problem["status"] == 400, "{problem}");
    let huge = json(&stage, polygon("[-79,-7],[-78.98,1e999],[-78.98,-6.98],[-79,-7]")).json();
    assert!(huge["status"] == 422 || huge["status"] == 400, "{huge}");
    let origin = json(&stage, polygon("[-79,-7],[0,0],[-78.98,-6.98],[-79,-7]")).problem(422, "invalid-geometry");
    assert_eq!(
        (&origin["feature"], &origin["vertex"]),
        (&1.into(), &2.into()),
        "{origin}"
    );
}

#[test]
fn a_bow_tie_is_repaired_and_stated_with_areas() {
    let stage = Stage::usual();
    let reply = json(
        &stage,
        polygon("[-79,-7],[-78.98,-6.98],[-78.98,-7],[-79,-6.98],[-79,-7]"),
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    let repairs = report["subject"]["repairs"].as_array().unwrap();
    let crossing = repairs
        .iter()
        .find(|repair| repair["kind"] == "split-crossing")
        .unwrap_or_else(|| panic!("{report}"));
    assert!(crossing["area_after_ha"].as_str().unwrap().parse::<f64>().unwrap() > 200.0);
    assert!(
        report["limits"]
            .as_array()
            .unwrap()
            .iter()
            .any(|limit| limit["kind"] == "repaired"),
        "{report}"
    );
}

#[test]
fn unclosed_repeated_and_turned_rings_are_mended_and_stated() {
    let stage = Stage::usual();
    let reply = json(
        &stage,
        polygon("[-79,-7],[-79,-6.98],[-79,-6.98],[-78.98,-6.98],[-78.98,-7]"),
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    let report = reply.json();
    let kinds: Vec<_> = report["subject"]["repairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["kind"].as_str().unwrap())
        .collect();
    for kind in ["closed-ring", "dropped-repeats", "turned-ring"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn overlapping_parts_count_once() {
    let stage = Stage::usual();
    let twice = format!(r#"{{"type":"MultiPolygon","coordinates":[[[{RING}]],[[{RING}]]]}}"#);
    let (once, twice) = (json(&stage, polygon(RING)).json(), json(&stage, twice).json());
    assert_eq!(once["subject"]["area"]["utm_ha"], twice["subject"]["area"]["utm_ha"]);
    assert!(!twice["subject"]["repairs"].as_array().unwrap().is_empty());
}

#[test]
fn lines_and_points_are_left_out_and_refused_when_nothing_remains() {
    let stage = Stage::usual();
    let point = r#"{"type":"Point","coordinates":[-79,-7]}"#;
    let problem = json(&stage, point).problem(422, "invalid-geometry");
    assert!(detail(&problem).contains("punto"), "{problem}");
    let mixed = format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{point}}},{{"type":"Feature","properties":{{}},"geometry":{}}}]}}"#,
        polygon(RING)
    );
    let reply = json(&stage, mixed);
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(
        reply.text().contains("punto"),
        "what was left out is stated: {}",
        reply.text()
    );
}

#[test]
fn heights_and_collections_are_accepted_and_stated() {
    let stage = Stage::usual();
    let heights = polygon("[-79,-7,3800],[-78.98,-7,3800],[-78.98,-6.98,3800],[-79,-6.98,3800],[-79,-7,3800]");
    let reply = json(
        &stage,
        format!(r#"{{"type":"GeometryCollection","geometries":[{heights}]}}"#),
    );
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.text().contains("altura"), "{}", reply.text());
}

#[test]
fn coordinates_that_fit_several_systems_are_asked_about_and_the_answer_is_used() {
    let stage = Stage::usual();
    let utm = "720000 9226000\n722000 9226000\n722000 9228000\n720000 9228000";
    let problem = post(stage.addr, "/checks", "text/plain", utm).problem(409, "crs-needed");
    let candidates = problem["candidates"].as_array().unwrap();
    assert!(candidates.len() > 1, "{problem}");
    for candidate in candidates {
        assert!(candidate["label"].is_string() && candidate["lon"].is_number() && candidate["lat"].is_number());
        let crs = candidate["crs"].as_str().unwrap();
        let reply = post(stage.addr, &format!("/checks?crs={crs}"), "text/plain", utm);
        assert_eq!(reply.status, 200, "{crs}: {}", reply.text());
        assert_eq!(reply.json()["subject"]["source"]["crs_used"], candidate["epsg"]);
    }
    let declared = post(stage.addr, "/checks?crs=EPSG:32717", "text/plain", utm);
    assert_eq!(declared.json()["subject"]["source"]["crs_declared"], "EPSG:32717");
    let unknown = post(stage.addr, "/checks?crs=EPSG:9999", "text/plain", utm).problem(400, "invalid-parameter");
    assert_eq!(unknown["parameter"], "crs");
    let page = crate::client::send(
        stage.addr,
        "POST",
        "/checks",
        &[("Accept", "text/html"), ("Content-Type", "text/plain")],
        utm.as_bytes(),
    );
    assert_eq!(page.status, 409);
    assert!(page.text().contains("<code>utm-17-wgs84</code>"), "{}", page.text());
}

#[test]
fn land_outside_of_peru_is_refused() {
    let stage = Stage::usual();
    let madrid = polygon("[-3.7,40.4],[-3.6,40.4],[-3.6,40.5],[-3.7,40.4]");
    json(&stage, madrid).problem(422, "outside-peru");
}

#[test]
fn forms_without_land_with_two_lands_or_with_unknown_fields_are_refused() {
    let stage = Stage::usual();
    let file = polygon(RING);
    for (parts, status, slug) in [
        (vec![("name", None, &b"x"[..])], 400, "invalid-form"),
        (
            vec![("file", Some("a.json"), file.as_bytes()), ("coords", None, b"1 2")],
            400,
            "invalid-form",
        ),
        (
            vec![("file", Some("a.json"), file.as_bytes()), ("zona", None, b"17")],
            400,
            "unknown-parameter",
        ),
        (
            vec![("file", Some("a.json"), file.as_bytes()), ("zone", None, b"21")],
            400,
            "invalid-parameter",
        ),
    ] {
        let (media, body) = multipart(&parts);
        post(stage.addr, "/checks", &media, body).problem(status, slug);
    }
    let (media, body) = multipart(&[("file", Some("a.json"), file.as_bytes())]);
    post(stage.addr, "/checks", &media, &body[..body.len() - 30]).problem(400, "invalid-form");
    post(stage.addr, "/checks", "multipart/form-data", b"x").problem(400, "invalid-form");
    post(stage.addr, "/checks?zona=1", "text/plain", "x").problem(400, "unknown-parameter");
}

const KML: &str = r#"<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>-79,-7 -78.98,-7 -78.98,-6.98 -79,-6.98 -79,-7</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"#;

fn kmz() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("doc.kml", zip::write::SimpleFileOptions::default())
        .unwrap();
    std::io::Write::write_all(&mut archive, KML.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_and_one_cut_anywhere_is_refused() {
    let stage = Stage::usual();
    let whole = kmz();
    let media = "application/vnd.google-earth.kmz";
    let reply = post(stage.addr, "/checks", media, &whole);
    assert_eq!(reply.status, 200, "{}", reply.text());
    for end in (1..whole.len()).step_by(whole.len() / 20) {
        let problem = post(stage.addr, "/checks", media, &whole[..end]).problem(400, "unreadable-upload");
        assert!(!detail(&problem).is_empty(), "cut at {end}");
    }
}

#[test]
fn nothing_that_is_cut_off_breaks_the_server() {
    let stage = Stage::usual();
    let gpx = r#"<gpx version="1.1"><trk><trkseg><trkpt lat="-7" lon="-79"/><trkpt lat="-7" lon="-78.98"/><trkpt lat="-6.98" lon="-78.98"/><trkpt lat="-7" lon="-79"/></trkseg></trk></gpx>"#;
    let json = polygon(RING);
    for (media, whole) in [
        ("application/geo+json", json.as_str()),
        ("application/vnd.google-earth.kml+xml", KML),
        ("application/gpx+xml", gpx),
        ("text/csv", "lon,lat\n-79,-7\n-78.98,-7\n-78.98,-6.98\n"),
        (
            "text/plain",
            "17 M 720000 9226000\n17 M 722000 9226000\n17 M 722000 9228000",
        ),
    ] {
        assert!(post(stage.addr, "/checks", media, whole).status != 400, "{media}");
        for end in (0..whole.len()).step_by(7) {
            let reply = post(stage.addr, "/checks", media, &whole.as_bytes()[..end]);
            assert!(reply.status < 500, "{media} cut at {end}: {}", reply.text());
        }
    }
}
