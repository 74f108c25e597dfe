//! Sealed documents: signed, kept, found by their code, and told from forged ones.

use crate::{
    client::{browse, get, multipart, post, send},
    stage::{Stage, draft, publish, shelf, square},
};
use reports::NodeKey;
use serde_json::Value;
use server::Config;
use std::{net::SocketAddr, path::Path};
use store::{DraftEdition, Store};
use territory::{LayerKind, Visibility};

const CHECK: &str = "/collections/communities/items/c-1/check";
/// The square of community c-1.
const SQUARE: &str = "-79,-7; -78.98,-7; -78.98,-6.98; -79,-6.98";

fn node_key() -> NodeKey {
    NodeKey::from_seed(&[7; 32])
}

/// A node that signs. Its key is read before it listens, and may be gone then.
fn signing() -> Stage {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("node.key");
    std::fs::write(&path, node_key().to_file()).unwrap();
    Stage::set(|config| {
        config.seal.key_file = Some(path);
        config.seal.verify_url = Some("https://ejemplo.pe/verify".into());
    })
}

fn code_of(report: &Value) -> &str {
    report["code"].as_str().unwrap()
}

fn given(addr: SocketAddr, more: &str) -> Value {
    let reply = post(addr, &format!("/checks?crs=EPSG:4326{more}"), "text/plain", SQUARE);
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json()
}

fn mistyped(code: &str) -> String {
    let other = if code.starts_with('0') { "1" } else { "0" };
    format!("{other}{}", &code[1..])
}

#[test]
fn what_goes_out_is_signed_and_its_first_issue_is_found_by_its_code() {
    let stage = signing();
    let first = stage.get(CHECK);
    let report = first.json();
    assert_eq!(report["seal"]["key_id"], node_key().public().id());
    let code = code_of(&report);
    assert_eq!(
        report["seal"]["verify_url"],
        format!("https://ejemplo.pe/verify/{code}")
    );
    let found = stage.get(&format!("/reports/{code}"));
    assert_eq!((found.status, found.body), (200, first.body.clone()));
    // later issues leave it alone, and people write codes as they like
    stage.get(CHECK);
    let found = stage.get(&format!("/reports/{}", code.to_lowercase().replace('-', "")));
    assert_eq!(found.body, first.body);
    let facts = stage.get(&format!("/verify/{code}")).json();
    let [document] = facts["documents"].as_array().unwrap().as_slice() else {
        panic!("{facts}");
    };
    for proof in ["bytes", "signature"] {
        assert_eq!(document[proof]["holds"], "yes", "{document:#}");
    }
    assert_eq!(document["id"], report["id"]);
    assert_eq!(document["subject"]["name"], "El Tingo");
    assert_eq!(
        document["counts"]["findings"],
        report["findings"].as_array().unwrap().len()
    );
    assert_eq!(
        document["editions"].as_array().unwrap().len(),
        report["layers"].as_array().unwrap().len()
    );
}

#[test]
fn people_read_the_sealed_facts_and_the_form() {
    let stage = signing();
    let report = stage.get(CHECK).json();
    let code = code_of(&report);
    let page = browse(stage.addr, &format!("/verify/{code}")).text();
    for told in [
        "El Tingo",
        code,
        "firmado por la clave",
        "concessions-prueba-peru-1",
        "completo",
    ] {
        assert!(page.contains(told), "«{told}» in {page}");
    }
    let form = browse(stage.addr, "/verify").text();
    assert!(
        form.contains("name=\"code\"") && form.contains("name=\"file\""),
        "{form}"
    );
    let sent = get(stage.addr, &format!("/verify?code={}", code.to_lowercase()));
    assert_eq!(
        (sent.status, sent.header("location")),
        (303, Some(format!("/verify/{code}").as_str()))
    );
    let keys = stage.get("/keys").json();
    assert_eq!(keys["keys"][0]["public"], node_key().public().to_string());
    let page = browse(stage.addr, "/keys").text();
    assert!(page.contains(&node_key().public().to_string()), "{page}");
}

#[test]
fn a_mistyped_code_and_an_unknown_one_are_told_apart() {
    let stage = signing();
    let report = stage.get(&format!("{CHECK}?zone=18")).json();
    let wrong = mistyped(code_of(&report));
    for path in ["reports", "verify"] {
        let told = stage.get(&format!("/{path}/{wrong}")).problem(400, "invalid-code");
        assert!(told["detail"].as_str().unwrap().contains("comprobación"), "{told}");
        let told = stage
            .get(&format!("/{path}/0000-0000-0000"))
            .problem(404, "unknown-report");
        assert!(told["detail"].as_str().unwrap().contains("no consta"), "{told}");
        stage.get(&format!("/{path}/K7F3")).problem(400, "invalid-code");
    }
    let page = browse(stage.addr, &format!("/verify/{wrong}"));
    assert!(
        page.status == 400 && page.text().contains("mal copiado"),
        "{}",
        page.text()
    );
}

#[test]
fn what_somebody_hands_in_is_kept_only_where_they_ask() {
    let stage = signing();
    let report = given(stage.addr, "&name=Mi+chacra");
    let code = code_of(&report).to_owned();
    stage.get(&format!("/reports/{code}")).problem(404, "unknown-report");
    let kept = given(stage.addr, "&name=Mi+chacra&keep=true");
    assert_eq!(kept["id"], report["id"]);
    assert_eq!(stage.get(&format!("/reports/{code}")).json(), kept);
    let (media, body) = multipart(&[
        ("coords", None, SQUARE.as_bytes()),
        ("crs", None, b"EPSG:4326"),
        ("keep", None, b"true"),
    ]);
    let reply = post(stage.addr, "/checks", &media, body);
    assert_eq!(stage.get(&format!("/reports/{}", code_of(&reply.json()))).status, 200);
    let told = post(stage.addr, "/checks?keep=si", "text/plain", SQUARE);
    told.problem(400, "invalid-parameter");
}

#[test]
fn a_document_handed_in_is_told_from_a_forged_one() {
    let stage = signing();
    let text = stage.get(CHECK).text();
    let verify = |text: &str| post(stage.addr, "/verify", "application/json", text).json();
    let said = verify(&text);
    assert_eq!(
        (
            &said["bytes"]["holds"],
            &said["signature"]["holds"],
            &said["registered"]
        ),
        (&"yes".into(), &"yes".into(), &true.into()),
        "{said:#}"
    );
    let said = verify(&text.replacen("El Tingo", "El Tinga", 1));
    assert_eq!(
        (&said["bytes"]["holds"], &said["registered"]),
        (&"no".into(), &false.into())
    );
    assert_eq!(said["signature"]["holds"], "no", "{said:#}");
    let root = said["seal"]["editions_root"].as_str().unwrap();
    let said = verify(&text.replacen(root, &"0".repeat(64), 1));
    assert_eq!(said["signature"]["holds"], "no", "{said:#}");
    let (media, body) = multipart(&[("file", Some("informe.json"), text.as_bytes())]);
    let page = send(
        stage.addr,
        "POST",
        "/verify",
        &[("Content-Type", &media), ("Accept", "text/html")],
        &body,
    );
    assert!(
        page.text().contains("octeto por octeto, el que este servidor emitió"),
        "{}",
        page.text()
    );
    for bad in ["[]", "{\"schema\":\"otro\"}", "PK\u{3}\u{4}"] {
        post(stage.addr, "/verify", "application/json", bad).problem(400, "unreadable-report");
    }
    post(stage.addr, "/verify", "application/json", "").problem(400, "invalid-form");
}

#[test]
fn without_a_key_documents_are_kept_and_say_that_nobody_signed() {
    let stage = Stage::usual();
    let report = stage.get(CHECK).json();
    assert!(report["seal"]["ed25519"].is_null() && report["seal"]["editions_root"].is_string());
    let facts = stage.get(&format!("/verify/{}", code_of(&report))).json();
    assert_eq!(facts["documents"][0]["signature"]["holds"], "not-checked");
    assert_eq!(stage.get("/keys").json()["keys"], Value::Array(Vec::new()));
}

fn with_office(path: &Path) {
    let store = Store::create(path).unwrap();
    let land = || vec![square("c-1", "El Tingo", (0.0, 0.0), 2.0)];
    publish(&store, draft(LayerKind::Communities, "Cajamarca"), land(), "2026-02-01");
    let office = DraftEdition {
        visibility: Visibility::Office,
        ..draft(LayerKind::ProtectedAreas, "Reservado")
    };
    publish(&store, office, land(), "2026-02-06");
}

#[test]
fn a_report_with_office_editions_is_not_found_by_those_who_may_not_see_them() {
    let stage = Stage::with(|config| config.visibility = Visibility::Office, with_office);
    let code = code_of(&stage.get(CHECK).json()).to_owned();
    assert_eq!(stage.get(&format!("/reports/{code}")).status, 200);
    let office = stage.get("/collections/protected-areas/items/c-1/check").json();
    stage
        .get(&format!("/reports/{}", code_of(&office)))
        .problem(404, "unknown-report");
    let config = Config {
        addr: "127.0.0.1:0".parse().unwrap(),
        workers: 1,
        ..Config::default()
    };
    let settings = server::Settings {
        config,
        shelf: shelf(),
        store: stage.path.clone(),
    };
    let (tell, told) = std::sync::mpsc::channel();
    let public = std::thread::spawn(move || server::serve(settings, |started| tell.send(started).unwrap()).unwrap());
    let started = told.recv().unwrap();
    get(started.addr, &format!("/reports/{code}")).problem(404, "unknown-report");
    started.stop.stop();
    public.join().unwrap();
}

#[test]
fn a_register_that_is_full_is_told_to_who_asks_for_it_and_stops_nobody_else() {
    let stage = Stage::set(|config| config.register.bytes = 1);
    assert_eq!(stage.get(CHECK).status, 200);
    let told = post(stage.addr, "/checks?crs=EPSG:4326&keep=true", "text/plain", SQUARE).problem(507, "not-kept");
    let detail = told["detail"].as_str().unwrap();
    assert!(
        detail.contains("tupu.gpkg.reports.sqlite") && !detail.contains(stage.path.parent().unwrap().to_str().unwrap()),
        "{detail}"
    );
    assert_eq!(
        post(stage.addr, "/checks?crs=EPSG:4326", "text/plain", SQUARE).status,
        200
    );
}

#[test]
fn the_schemas_are_served_as_published() {
    let stage = Stage::usual();
    for name in ["report-1.json", "matrix-1.json"] {
        let reply = stage.get(&format!("/schemas/{name}"));
        assert_eq!(reply.header("content-type"), Some("application/schema+json"));
        let published = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../docs/schema")
            .join(name);
        assert_eq!(reply.body, std::fs::read(published).unwrap());
    }
    stage.get("/schemas/other.json").problem(404, "not-found");
}
