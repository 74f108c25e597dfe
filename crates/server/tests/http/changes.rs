//! What changed: in a layer between two times, and in a check since one.

use crate::client::{browse, post};
use crate::stage::{Stage, draft, publish, right, square};
use store::{DraftEdition, Store};
use territory::{LayerKind, Value};

/// Rights of January and of May: one gone, one new, one with another state; the community has the same edition.
fn two_editions() -> Stage {
    Stage::with(
        |_| {},
        |path| {
            let store = Store::create(path).unwrap();
            let community = square("c-1", "El Tingo", (0.0, 0.0), 2.0);
            publish(
                &store,
                draft(LayerKind::Communities, "Cajamarca"),
                vec![community],
                "2026-02-01",
            );
            let first = vec![
                right("01-T", (0.0, 0.0), "tramite"),
                right("02-G", (1.5, 1.5), "titulado"),
                right("09-L", (50.0, 0.0), "titulado"),
            ];
            publish(&store, draft(LayerKind::Concessions, "Perú"), first, "2026-02-03");
            let mut far = right("09-L", (50.0, 0.0), "titulado");
            far.feature.attributes.set("holder", Value::Text("Otra Titular".into()));
            let second = vec![
                right("01-T", (0.0, 0.0), "titulado"),
                right("03-N", (1.0, 0.0), "tramite"),
                far,
            ];
            let may = DraftEdition {
                valid_from: "2026-05-01".parse().unwrap(),
                ..draft(LayerKind::Concessions, "Perú")
            };
            publish(&store, may, second, "2026-05-03");
        },
    )
}

fn told(events: &serde_json::Value) -> Vec<String> {
    let each = events.as_array().unwrap().iter();
    each.map(|event| {
        format!(
            "{} {}",
            event["kind"].as_str().unwrap(),
            event["feature"].as_str().unwrap()
        )
    })
    .collect()
}

#[test]
fn the_changes_of_a_layer_come_as_json_csv_and_page() {
    let stage = two_editions();
    let path = "/collections/concessions/changes?from=2026-03-01&to=2026-06-01";
    let reply = stage.get(path);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let document = reply.json();
    assert_eq!(document["schema"], "tupu/changes/1");
    assert_eq!(
        told(&document["events"]),
        ["status 01-T", "gone 02-G", "new 03-N", "holder 09-L"]
    );
    assert_eq!(document["counts"]["geometry"], 0);
    assert_eq!(
        document["compared"][0]["before"]["edition"],
        "concessions-prueba-peru-1"
    );
    assert_eq!(document["compared"][0]["after"]["edition"], "concessions-prueba-peru-2");
    assert_eq!(reply.body, stage.get(path).body, "the same bytes again");

    let csv = stage.get(&format!("{path}&f=csv"));
    assert!(csv.header("content-type").unwrap().starts_with("text/csv"));
    let lines: Vec<String> = csv.text().lines().map(ToOwned::to_owned).collect();
    assert_eq!(lines.len(), 6, "a header, a series, four events: {lines:?}");
    assert!(lines[5].contains("Otra Titular"));

    let page = browse(stage.addr, path).text();
    for words in [
        "Cambios: Derechos mineros",
        "otro titular",
        "Otra Titular",
        "ya no está",
        "f=csv",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn no_changes_is_said_with_the_editions_and_a_day_before_all_editions_is_not_compared() {
    let stage = two_editions();
    let same = stage
        .get("/collections/concessions/changes?from=2026-05-01&to=2026-06-01")
        .json();
    assert_eq!(same["events"], serde_json::json!([]));
    assert_eq!(same["compared"][0]["compared"], true);
    let early = stage
        .get("/collections/concessions/changes?from=2020-01-01&to=2026-06-01")
        .json();
    assert_eq!(early["events"], serde_json::json!([]));
    assert_eq!(early["compared"][0]["compared"], false);
    let page = browse(stage.addr, "/collections/concessions/changes?from=2020-01-01").text();
    assert!(page.contains("no se comparó") && page.contains("concessions-prueba-peru-2"));
    let none = stage.get("/collections/concessions/changes?from=2010-01-01&to=2011-01-01");
    assert!(
        none.problem(400, "invalid-parameter")["detail"]
            .as_str()
            .unwrap()
            .contains("2010-01-01")
    );
}

#[test]
fn times_that_are_missing_unknown_or_reversed_are_refused_by_name() {
    let stage = two_editions();
    let here = "/collections/concessions/changes";
    for (query, name) in [
        ("", "from"),
        ("?from=ayer", "from"),
        ("?from=2026-02-30", "from"),
        ("?from=2026-01-01&to=luego", "to"),
        ("?from=2026-06-01&to=2026-01-01", "from"),
        ("?from=2026-06-09T00:00:00Z&to=2026-06-08T18:00:00-05:00", "from"),
    ] {
        let problem = stage.get(&format!("{here}{query}")).problem(400, "invalid-parameter");
        assert_eq!(problem["parameter"], name, "{query}: {problem}");
    }
    let check = "/collections/communities/items/c-1/check";
    for query in [
        "?since=nunca",
        "?since=2999-01-01",
        "?since=2026-05-01&valid-at=2026-03-01",
    ] {
        let problem = stage.get(&format!("{check}{query}")).problem(400, "invalid-parameter");
        assert_eq!(problem["parameter"], "since", "{query}: {problem}");
    }
    let near = stage
        .get(&format!("{here}?desde=2026-01-01"))
        .problem(400, "unknown-parameter");
    assert_eq!(near["known"], serde_json::json!(["f", "from", "to", "lang"]));
}

#[test]
fn a_check_says_what_changed_since_a_day_or_a_moment() {
    let stage = two_editions();
    let check = "/collections/communities/items/c-1/check";
    assert!(stage.get(check).json().get("changes").is_none(), "nobody asked");
    for since in ["2026-03-01", "2026-04-01T12:00:00Z"] {
        let changes = stage.get(&format!("{check}?since={since}")).json()["changes"].clone();
        assert_eq!(
            told(&changes["events"]),
            ["status 01-T", "gone 02-G", "new 03-N"],
            "{changes}"
        );
        assert_eq!(changes["from"]["valid"], since[..10]);
        assert!(changes["to"]["known"].as_str().unwrap().starts_with("2026-05-03"));
        let editions: Vec<_> = changes["compared"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["layer"].clone())
            .collect();
        assert_eq!(editions, ["concessions", "communities"]);
    }
    let none = stage.get(&format!("{check}?since=2026-05-02")).json()["changes"].clone();
    assert_eq!(
        none["events"],
        serde_json::json!([]),
        "no changes is a statement with its date"
    );
    assert_eq!(none["from"]["valid"], "2026-05-02");
}

#[test]
fn a_land_that_somebody_hands_in_can_be_compared_too() {
    let stage = two_editions();
    let land = r#"{"type":"Polygon","coordinates":[[[-79,-7],[-78.98,-7],[-78.98,-6.98],[-79,-6.98],[-79,-7]]]}"#;
    let reply = post(stage.addr, "/checks?since=2026-03-01", "application/geo+json", land);
    assert_eq!(reply.status, 200, "{}", reply.text());
    let document = reply.json();
    assert_eq!(
        told(&document["changes"]["events"]),
        ["status 01-T", "gone 02-G", "new 03-N"]
    );
}
