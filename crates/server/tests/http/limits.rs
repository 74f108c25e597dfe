//! Limits: each says its figure and itself.

use crate::{
    client::{finish, open, post},
    stage::{Stage, until},
};
use std::{
    io::Write,
    thread,
    time::{Duration, Instant},
};

const SQUARE: &str = "-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";

#[test]
fn a_body_beyond_the_limit_is_refused_with_figure_and_limit() {
    let stage = Stage::set(|config| config.uploads.bytes = 1000);
    let body = vec![b' '; 3000];
    for media in ["text/plain", "application/geo+json"] {
        let problem = post(stage.addr, "/checks", media, &body).problem(413, "too-large");
        assert_eq!((&problem["figure"], &problem["limit"]), (&3000.into(), &1000.into()));
    }
    let (media, form) = crate::client::multipart(&[("file", Some("a.csv"), &body)]);
    post(stage.addr, "/checks", &media, form).problem(413, "too-large");
    let stated = open(stage.addr, "POST", "/checks", &[("Content-Length", "100000000000")]);
    finish(stated).problem(413, "too-large");
}

#[test]
fn a_chunked_body_without_a_stated_length_is_held_to_the_limit_too() {
    let stage = Stage::set(|config| config.uploads.bytes = 1000);
    let mut stream = open(
        stage.addr,
        "POST",
        "/checks",
        &[("Transfer-Encoding", "chunked"), ("Content-Type", "text/plain")],
    );
    for _ in 0..3 {
        stream.write_all(b"200\r\n").unwrap();
        stream.write_all(&[b'1'; 0x200]).unwrap();
        stream.write_all(b"\r\n").unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
    finish(stream).problem(413, "too-large");
}

#[test]
fn more_vertices_or_hectares_than_allowed_are_refused_with_figure_and_limit() {
    let stage = Stage::set(|config| (config.uploads.vertices, config.uploads.area_ha) = (50, 1000.0));
    let line = |n: i32| format!("{},{}", -79.0 + f64::from(n) * 1e-4, -7.0 + f64::from(n * n) * 1e-6);
    let many: Vec<String> = (0..60).map(line).collect();
    let problem = post(stage.addr, "/checks", "text/plain", many.join("\n")).problem(422, "over-limit");
    assert_eq!(problem["limit"], 50, "{problem}");
    let wide = "-79,-7; -78.9,-7; -78.9,-6.9; -79,-6.9";
    let problem = post(stage.addr, "/checks", "text/plain", wide).problem(422, "over-limit");
    assert_eq!(problem["limit"], 1000);
    assert!(problem["figure"].as_u64().unwrap() > 10_000, "{problem}");
}

#[test]
fn work_beyond_the_estimate_allowed_is_refused_before_it_begins() {
    let stage = Stage::set(|config| config.check.cost = 5);
    let problem = stage
        .get("/collections/communities/items/c-1/check")
        .problem(422, "over-limit");
    assert_eq!(problem["limit"], 5);
    assert!(problem["figure"].as_u64().unwrap() > 5);
}

#[test]
fn a_body_that_comes_too_slowly_is_given_up() {
    let stage = Stage::set(|config| config.body_s = 1);
    let began = Instant::now();
    let mut stream = open(
        stage.addr,
        "POST",
        "/checks",
        &[("Content-Length", "1000"), ("Content-Type", "text/plain")],
    );
    stream.write_all(SQUARE.as_bytes()).unwrap();
    stream.peek(&mut [0]).unwrap();
    assert!(began.elapsed() < Duration::from_secs(4));
    let problem = finish(stream).problem(408, "slow-body");
    assert_eq!(problem["limit_s"], 1);
}

#[test]
fn a_check_without_time_left_is_given_up() {
    let stage = Stage::set(|config| config.check.seconds = 0);
    stage
        .get("/collections/communities/items/c-1/check")
        .problem(504, "time-limit");
}

#[test]
fn many_readers_at_once_all_get_their_answer() {
    let stage = Stage::set(|config| config.workers = 2);
    let addr = stage.addr;
    let readers: Vec<_> = (0..8)
        .map(|_| {
            thread::spawn(move || {
                (0..20).all(|_| crate::client::get(addr, "/collections/communities/items/c-1/check").status == 200)
            })
        })
        .collect();
    assert!(readers.into_iter().all(|reader| reader.join().unwrap()));
    until("quiet", || stage.get("/ready").status == 200);
}

#[test]
fn uploads_beyond_those_received_at_once_are_asked_to_come_back() {
    let stage = Stage::set(|config| config.uploads.at_once = 1);
    let mut slow = open(
        stage.addr,
        "POST",
        "/checks",
        &[("Content-Length", "100"), ("Content-Type", "text/plain")],
    );
    slow.write_all(b"-79,").unwrap();
    assert_eq!(stage.get("/health").status, 200);
    let refused = post(stage.addr, "/checks", "text/plain", SQUARE);
    assert_eq!(refused.problem(503, "busy")["limit"], 1);
    assert_eq!(refused.header("retry-after"), Some("2"));
    drop(slow);
    until("room again", || {
        post(stage.addr, "/checks", "text/plain", SQUARE).status == 200
    });
}
