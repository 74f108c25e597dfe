//! Figures for those who watch over the server, and the ids of requests.

use crate::{
    client::{post, send},
    stage::{Stage, draft, publish, square, until},
};
use store::Store;
use territory::LayerKind;

/// The value of a line of the page.
fn value(text: &str, line: &str) -> f64 {
    let found = text.lines().find_map(|one| one.strip_prefix(line)?.strip_prefix(' '));
    let found = found.unwrap_or_else(|| panic!("{line} in {text}"));
    found.parse().unwrap()
}

/// The same, of a figure that counts.
fn count(text: &str, line: &str) -> u64 {
    value(text, line).to_string().parse().unwrap()
}

#[test]
fn requests_are_counted_by_their_route_and_nothing_that_was_asked_is_there() {
    let stage = Stage::usual();
    for _ in 0..3 {
        stage.get("/collections/communities/items/c-1/check?zone=18");
    }
    stage.get("/collections/communities/items/secret-key");
    stage.get("/nothing/here/secret-place");
    post(stage.addr, "/checks", "text/plain", "-79.123,-7.456");
    send(stage.addr, "SECRET", "/checks", &[], b"");
    let page = stage.get("/metrics");
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-type")
            .unwrap()
            .starts_with("text/plain; version=0.0.4")
    );
    let text = page.text();
    let checks = "method=\"GET\",route=\"/collections/{layer}/items/{id}/check\"";
    assert_eq!(
        count(&text, &format!("tupu_requests_total{{{checks},status=\"200\"}}")),
        3
    );
    assert_eq!(count(&text, &format!("tupu_request_seconds_count{{{checks}}}")), 3);
    assert_eq!(
        count(&text, &format!("tupu_request_seconds_bucket{{{checks},le=\"+Inf\"}}")),
        3
    );
    assert!(value(&text, &format!("tupu_request_seconds_sum{{{checks}}}")) > 0.0);
    let missing = "method=\"GET\",route=\"/collections/{layer}/items/{id}\",status=\"404\"";
    assert_eq!(count(&text, &format!("tupu_requests_total{{{missing}}}")), 1);
    for sent in ["secret", "SECRET", "79.123", "c-1", "zone"] {
        assert!(!text.contains(sent), "{sent} in {text}");
    }
}

#[test]
fn every_line_is_a_figure_of_a_family_that_is_explained() {
    let stage = Stage::usual();
    stage.get("/collections");
    let text = stage.get("/metrics").text();
    let mut family = String::new();
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            family = rest.split(' ').next().unwrap().to_owned();
        } else if !line.starts_with("# HELP ") {
            assert!(line.starts_with(&family) && !family.is_empty(), "{line}");
            let number = line.rsplit(' ').next().unwrap();
            assert!(number.parse::<f64>().is_ok(), "{line}");
        }
    }
    let families: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")).collect();
    let mut once = families.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), families.len(), "each family once");
}

#[test]
fn the_page_tells_of_the_data_and_of_what_waits() {
    let stage = Stage::usual();
    let before = stage.get("/metrics").text();
    assert_eq!(count(&before, "tupu_layer_editions{layer=\"communities\"}"), 2);
    assert_eq!(count(&before, "tupu_layer_features{layer=\"communities\"}"), 4);
    assert_eq!(count(&before, "tupu_ready"), 1);
    assert_eq!(count(&before, "tupu_pool_busy"), 0);
    assert_eq!(count(&before, "tupu_jobs{status=\"accepted\"}"), 0);
    assert!(value(&before, "process_resident_memory_bytes") > 1e6);
    assert!(!before.contains("hazards"), "a reserved layer");
    let generation = value(&before, "tupu_snapshot_generation");
    let store = Store::open(&stage.path).unwrap();
    let square = square("s-1", "Zona", (0.0, 0.0), 1.0);
    publish(&store, draft(LayerKind::Urban, "Perú"), vec![square], "2026-03-01");
    until("the publication", || {
        let text = stage.get("/metrics").text();
        value(&text, "tupu_snapshot_generation") > generation
            && text.contains("tupu_layer_features{layer=\"urban\"} 1")
            && value(&text, "tupu_snapshot_age_seconds") < 3.0
    });
}

#[test]
fn tiles_that_were_made_before_are_hits() {
    let stage = Stage::usual();
    let path = "/collections/communities/tiles/WebMercatorQuad/0/0/0";
    for _ in 0..3 {
        assert_eq!(stage.get(path).status, 200);
    }
    let text = stage.get("/metrics").text();
    assert_eq!(count(&text, "tupu_tile_cache_asked_total{result=\"hit\"}"), 2);
    assert_eq!(count(&text, "tupu_tile_cache_asked_total{result=\"miss\"}"), 1);
    assert!(value(&text, "tupu_tile_cache_bytes") > 0.0);
}

#[test]
fn metrics_can_be_closed_and_answer_without_data() {
    let closed = Stage::set(|config| config.metrics = false);
    closed.get("/metrics").problem(404, "not-found");
    let empty = Stage::with(|_| {}, |_| {});
    let text = empty.get("/metrics").text();
    assert_eq!(count(&text, "tupu_ready"), 0);
    assert!(!text.contains("tupu_snapshot_generation"));
}

#[test]
fn a_plain_request_id_is_taken_over_and_any_other_is_replaced() {
    let stage = Stage::usual();
    let asked = |id: &str| {
        let reply = send(stage.addr, "GET", "/health", &[("X-Request-Id", id)], b"");
        reply.header("x-request-id").unwrap().to_owned()
    };
    for id in ["a", "0af7651916cd43dd8448eb211c80319c", "3f1c.22_b-9"] {
        assert_eq!(asked(id), id);
    }
    let long = "x".repeat(65);
    for id in ["", "a b", "a\"b", "ñ", "id=79.1,-7.2", long.as_str()] {
        let made = asked(id);
        assert!(made != id && !made.is_empty(), "{id}");
    }
    let traced = send(
        stage.addr,
        "GET",
        "/health",
        &[("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")],
        b"",
    );
    assert_eq!((traced.status, traced.header("traceparent")), (200, None));
}
