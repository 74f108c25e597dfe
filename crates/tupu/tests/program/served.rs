//! The program and its server together: what one makes the other finds and verifies.

use crate::ground::Place;
use reports::ReadBundle;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// A server on the store of a place; it ends with this.
struct Served {
    child: Child,
    addr: String,
}

impl Served {
    fn of(place: &Place) -> Self {
        Self::logging(place, &[], Stdio::null())
    }

    /// A server with further arguments, and a place for its log.
    fn logging(place: &Place, more: &[&str], log: Stdio) -> Self {
        std::fs::write(place.path("server.toml"), "[seal]\nkey_file = \"node.key\"\n").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_tupu"))
            .args([
                "serve",
                "--store",
                "s.gpkg",
                "--addr",
                "127.0.0.1:0",
                "--config",
                "server.toml",
            ])
            .args(more)
            .current_dir(place.folder.path())
            .env("RUST_LOG", "debug,server=trace,tupu=trace")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let addr = line.trim().rsplit('/').next().unwrap().to_owned();
        let served = Self { child, addr };
        while served.get("/ready").0 != 200 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        served
    }

    /// Status and body.
    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.send(&format!("GET {path} HTTP/1.0\r\n\r\n"))
    }

    fn post(&self, path: &str, body: &str) -> (u16, Vec<u8>) {
        let length = body.len();
        self.send(&format!(
            "POST {path} HTTP/1.0\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn send(&self, request: &str) -> (u16, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.addr).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, bytes[end + 4..].to_vec())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

const CHECK: &str = "/collections/communities/items/c-1/check?valid-at=2026-06-01";
const CORNERS: &str = "-79,-7; -78.97,-7; -78.97,-6.97; -79,-6.97";

#[test]
fn a_bundle_from_the_server_verifies_offline_and_one_that_was_tampered_with_is_told() {
    let place = Place::new();
    let served = Served::of(&place);
    let bundles = [
        served.get(&format!("{CHECK}&f=bundle")),
        served.post(
            "/checks?f=bundle&crs=EPSG:4326&valid-at=2026-06-01&name=Mi+chacra",
            CORNERS,
        ),
    ];
    drop(served);
    for (status, zip) in bundles {
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&zip));
        std::fs::write(place.path("b.zip"), &zip).unwrap();
        std::fs::rename(place.path("s.gpkg"), place.path("away.gpkg")).ok();
        let (code, said) = place.verify(&["b.zip"]);
        assert_eq!(code, 0, "{said:#}");
        for proof in ["bytes", "signature", "features", "completeness"] {
            assert_eq!(said[proof]["holds"], "yes", "{said:#}");
        }
        let read = ReadBundle::read(&zip).unwrap();
        let mut parts = vec!["question.json", "rulebook/norms.toml", "LEEME.txt"];
        parts.push("editions/concessions-prueba-peru-1.json");
        for part in parts {
            // one byte of one part, with the list of parts as it was
            let forged = tampered(&zip, part);
            std::fs::write(place.path("forged.zip"), forged).unwrap();
            let (code, said) = place.verify(&["forged.zip"]);
            assert_eq!(
                (code, &said["features"]["holds"]),
                (3, &Value::from("no")),
                "{part}: {said:#}"
            );
            let why = said["features"]["why"].as_str().unwrap();
            assert!(
                why.contains(
                    part.trim_start_matches("editions/")
                        .trim_start_matches("rulebook/")
                        .trim_end_matches(".json")
                ),
                "{part}: {why}"
            );
        }
        assert!(read.differing.is_none());
    }
}

/// The same ZIP with one letter of a part changed, and nothing else.
fn tampered(zip: &[u8], part: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let (name, mut bytes) = (file.name().to_owned(), Vec::new());
        file.read_to_end(&mut bytes).unwrap();
        if name == part {
            let at = bytes.iter().rposition(u8::is_ascii_digit).unwrap();
            bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn the_server_and_the_command_line_make_the_same_bundle_but_for_the_moment() {
    let place = Place::new();
    let served = Served::of(&place);
    let (_, zip) = served.get(&format!("{CHECK}&f=bundle"));
    let ours = ReadBundle::read(&std::fs::read(place.path("b.zip")).unwrap()).unwrap();
    let theirs = ReadBundle::read(&zip).unwrap();
    assert_eq!(ours.bundle, theirs.bundle);
    assert_eq!(ours.sha256, theirs.sha256);
    let id = |read: &ReadBundle| serde_json::from_str::<Value>(&read.report).unwrap()["id"].clone();
    assert_eq!(id(&ours), id(&theirs));
}

#[test]
fn a_matrix_and_a_report_kept_on_the_command_line_are_found_by_their_codes() {
    let place = Place::new();
    let check = [
        "check",
        "--store",
        "s.gpkg",
        "--valid-at",
        "2026-06-01",
        "--key",
        "node.key",
    ];
    let all = ["--all", "communities", "--json", "--out", "m.json"];
    let (code, told) = place.run(&[&check[..], &all].concat());
    assert!(
        code == 0 && !told.contains("registro"),
        "nothing is kept unasked: {told}"
    );
    let (code, told) = place.run(&[&check[..], &all, &["--keep"]].concat());
    assert!(code == 0 && told.contains("guardado en el registro"), "{told}");
    let (code, told) = place.run(&[&check[..], &["--file", "land.txt", "--crs", "EPSG:4326"]].concat());
    assert_eq!(code, 3, "{told}");
    std::fs::write(place.path("land.txt"), CORNERS.replace("; ", "\n")).unwrap();
    let land = [
        "--file",
        "land.txt",
        "--crs",
        "EPSG:4326",
        "--json",
        "--out",
        "l.json",
        "--keep",
    ];
    let (code, told) = place.run(&[&check[..], &land].concat());
    assert!(code == 0 && told.contains("guardado en el registro"), "{told}");
    let served = Served::of(&place);
    let codes = ["m.json", "l.json"].map(|name| {
        let text = std::fs::read_to_string(place.path(name)).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let code = document["code"].as_str().unwrap().to_owned();
        let (status, body) = served.get(&format!("/reports/{code}"));
        assert_eq!(
            (status, String::from_utf8(body).unwrap().as_str()),
            (200, text.trim_end())
        );
        code
    });
    let (status, facts) = served.get(&format!("/verify/{}", codes[0]));
    let facts: Value = serde_json::from_slice(&facts).unwrap();
    let matrix = &facts["documents"][0];
    assert_eq!((status, &matrix["schema"]), (200, &Value::from("tupu/matrix/1")));
    assert_eq!(matrix["counts"]["rows"], 1, "{matrix:#}");
    assert_eq!(matrix["matrix"]["against"], "concessions");
    assert_eq!(matrix["editions"].as_array().unwrap().len(), 2);
    for proof in ["bytes", "signature"] {
        assert_eq!(matrix[proof]["holds"], "yes", "{matrix:#}");
    }
    let (_, page) = served.get(&format!("/verify/{}?f=html", codes[0]));
    let page = String::from_utf8(page).unwrap();
    assert!(
        page.contains("Matriz") && !page.contains("tierra que alguien indicó"),
        "{page}"
    );
    for (f, begins) in [
        ("html", &b"<!DOCTYPE html>"[..]),
        ("pdf", b"%PDF"),
        ("xlsx", b"PK"),
        ("csv", b""),
    ] {
        let (status, body) = served.get(&format!("/reports/{}?f={f}", codes[0]));
        assert!(
            status == 200 && body.starts_with(begins),
            "{f}: {}",
            String::from_utf8_lossy(&body)
        );
    }
    let (status, told) = served.get(&format!("/reports/{}?f=gpkg", codes[0]));
    let told: Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(
        (status, &told["available"]),
        (406, &serde_json::json!(["csv", "json", "html", "pdf", "xlsx"]))
    );
}

#[test]
fn no_line_of_the_log_holds_what_was_asked_even_when_it_says_most() {
    const ASKED: [&str; 8] = [
        "/collections/communities/items?bbox=-79.1234,-7.5678,-78.4321,-6.8765",
        "/collections/communities/items?filter=name%20LIKE%20'secreto%25'",
        "/collections/communities/items/clave-secreta/check",
        "/collections/communities/items/c-1/check?valid-at=2026-06-01&f=pdf",
        "/wms?SERVICE=WMS&REQUEST=GetMap&LAYERS=secreta&BBOX=-79.1234,-7.5678,-78.4321,-6.8765",
        "/map?bbox=-79.1234,-7.5678,-78.4321,-6.8765&f=png&width=secreto",
        "/verify/clave-secreta",
        "/lugar-secreto?pregunta=secreta",
    ];
    for form in ["plain", "json"] {
        let place = Place::new();
        let log = std::fs::File::create(place.path("log.txt")).unwrap();
        let served = Served::logging(&place, &["--log", form], log.into());
        for path in ASKED {
            served.get(path);
        }
        served.post("/checks", "-79.1234,-7.5678; -78.4321,-7.5678; -78.4321,-6.8765");
        served.post(
            "/processes/check/execution",
            "{\"inputs\":{\"secreto\":[-79.1234,-7.5678]}}",
        );
        let lines = || std::fs::read_to_string(place.path("log.txt")).unwrap();
        // the last line is there within the time that lines wait for one another
        while lines().matches("/processes/{id}/execution").count() == 0 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        drop(served);
        let lines = lines();
        assert!(lines.matches("/collections/{layer}/items").count() >= 2, "{lines}");
        for asked in [
            "secret", "79.1234", "5678", "4321", "8765", "valid-at", "c-1", "BBOX", "bbox",
        ] {
            assert!(!lines.contains(asked), "«{asked}» in {lines}");
        }
    }
}
