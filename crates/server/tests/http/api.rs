//! The description of the interface, and the languages of pages.

use crate::{
    client::{browse, get, send},
    stage::Stage,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every `$ref` below a value.
fn refs<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str() {
                    Some(text) if name == "$ref" => found.push(text),
                    _ => refs(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| refs(item, found)),
        _ => {}
    }
}

/// A parameter, its reference followed.
fn followed<'a>(document: &'a Value, parameter: &'a Value) -> &'a Value {
    match parameter["$ref"].as_str() {
        Some(text) => document.pointer(text.trim_start_matches('#')).unwrap(),
        None => parameter,
    }
}

fn plain(example: &Value) -> String {
    let text = match example {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.replace(' ', "%20")
}

/// An address as its examples make it.
fn example_of(document: &Value, path: &str, operation: &Value) -> String {
    let (mut address, mut query) = (path.to_owned(), Vec::new());
    for parameter in operation["parameters"].as_array().unwrap() {
        let parameter = followed(document, parameter);
        let (name, example) = (parameter["name"].as_str().unwrap(), plain(&parameter["example"]));
        assert!(!parameter["description"].as_str().unwrap().contains("param-"), "{name}");
        match parameter["in"].as_str().unwrap() {
            "path" => address = address.replace(&format!("{{{name}}}"), &example),
            _ if parameter["required"] == true => query.push(format!("{name}={example}")),
            _ => {}
        }
    }
    format!("{address}?{}", query.join("&"))
}

#[test]
fn the_description_is_openapi_whole_in_itself_with_the_limits_of_the_server() {
    let stage = Stage::set(|config| config.items.most = 77);
    let reply = stage.get("/api");
    assert_eq!(
        reply.header("content-type"),
        Some("application/vnd.oai.openapi+json;version=3.0")
    );
    let document = reply.json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.0."));
    let mut all = Vec::new();
    refs(&document, &mut all);
    assert!(all.len() > 50, "{}", all.len());
    for text in all {
        let place = text.strip_prefix('#').unwrap_or_else(|| panic!("{text} is elsewhere"));
        assert!(document.pointer(place).is_some(), "{text} leads nowhere");
    }
    assert_eq!(document["components"]["parameters"]["limit"]["schema"]["maximum"], 77);
    let layers = &document["components"]["parameters"]["layer"]["schema"]["enum"];
    assert_eq!(layers, &json!(["concessions", "communities", "districts", "springs"]));
    let items = &document["paths"]["/collections/communities/items"]["get"];
    assert_eq!(items["operationId"], "items-communities");
}

#[test]
fn every_operation_has_an_id_of_its_own() {
    let document = Stage::usual().get("/api").json();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let mut ids: Vec<&str> = operations
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let every = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), every);
}

#[test]
fn every_described_address_answers_as_it_is_described() {
    let stage = Stage::usual();
    let document = stage.get("/api").json();
    let mut asked = 0;
    for (path, operations) in document["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get") else {
            continue;
        };
        let address = example_of(&document, path, operation);
        let reply = stage.get(&address);
        let described = &operation["responses"][reply.status.to_string()];
        assert!(described.is_object(), "{address}: {} is not described", reply.status);
        if reply.status == 200 {
            let media = reply.header("content-type").unwrap();
            assert!(
                described["content"][media].is_object(),
                "{address}: {media} is not described"
            );
        }
        let nowhere = reply.status == 404 && reply.json()["type"] == "/problems/not-found";
        assert!(!nowhere, "{address}");
        assert!(!operation["summary"].as_str().unwrap().contains("api-"), "{address}");
        asked += 1;
    }
    assert!(asked > 30, "{asked}");
}

/// What an address says that it takes, when it is asked for something else.
fn taken(stage: &Stage, address: &str) -> Option<BTreeSet<String>> {
    let reply = stage.get(&format!("{address}&ninguno=1"));
    let refused = reply.status == 400 && reply.json()["type"] == "/problems/unknown-parameter";
    let known = refused.then(|| reply.json()["known"].clone())?;
    Some(known.as_array().unwrap().iter().map(plain).collect())
}

#[test]
fn an_address_takes_the_parameters_that_are_described_and_no_others() {
    let stage = Stage::usual();
    let document = stage.get("/api").json();
    let (mut asked, mut otherwise) = (0, Vec::new());
    for (path, operations) in document["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get") else {
            continue;
        };
        let described = operation["parameters"].as_array().unwrap().iter();
        let in_query = described
            .map(|parameter| followed(&document, parameter))
            .filter(|parameter| parameter["in"] == "query");
        let described: BTreeSet<String> = in_query.map(|parameter| plain(&parameter["name"])).collect();
        let Some(taken) = taken(&stage, &example_of(&document, path, operation)) else {
            continue;
        };
        if taken != described {
            otherwise.push(format!("{path}: takes {taken:?}, described {described:?}"));
        }
        asked += 1;
    }
    assert!(otherwise.is_empty(), "{}", otherwise.join("\n"));
    assert!(asked > 30, "{asked}");
}

#[test]
fn the_description_is_a_page_too_and_names_every_address() {
    let stage = Stage::usual();
    let page = stage.get("/api.html");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let document = stage.get("/api").json();
    for path in document["paths"].as_object().unwrap().keys() {
        let path = if path.ends_with("/items") {
            "/collections/{layer}/items"
        } else {
            path
        };
        assert!(page.text().contains(path), "{path}");
    }
    assert_eq!(browse(stage.addr, "/api").text(), stage.get("/api?f=html").text());
    assert_eq!(stage.get("/api.html?f=json").status, 400);
}

#[test]
fn pages_speak_the_language_of_the_reader() {
    let stage = Stage::usual();
    let ask = |language: &str, path: &str| {
        let headers = [("Accept", "text/html"), ("Accept-Language", language)];
        send(stage.addr, "GET", path, &headers, b"")
    };
    for path in [
        "/",
        "/collections",
        "/collections/communities",
        "/collections/communities/items",
        "/collections/communities/items/c-1",
        "/collections/communities/queryables",
        "/collections/communities/schema",
        "/conformance",
        "/api.html",
        "/editions",
        "/checks",
        "/problems",
        "/problems/crs-needed",
        "/keys",
        "/verify",
    ] {
        let (english, spanish) = (ask("en-GB,en;q=0.8", path), ask("es-PE,es;q=0.9,en;q=0.5", path));
        assert!(english.text().contains("<html lang=\"en\">"), "{path}");
        assert!(spanish.text().contains("<html lang=\"es\">"), "{path}");
        assert!(english.header("vary").unwrap().contains("accept-language"), "{path}");
        // what the address says wins, and its links go on in that language
        let asked = ask("es", &format!("{path}?lang=en")).text();
        assert!(asked.contains("<html lang=\"en\">"), "{path}");
        assert!(asked.contains("href=\"/collections?lang=en\""), "{path}");
        assert!(
            asked.contains(&format!("href=\"{path}?lang=es\"")),
            "{path}: no way to Spanish"
        );
        if let Some(tag) = english.header("etag") {
            let headers = [
                ("Accept", "text/html"),
                ("Accept-Language", "es"),
                ("If-None-Match", tag),
            ];
            let other = send(stage.addr, "GET", path, &headers, b"");
            assert_eq!(other.status, 200, "{path}: it is another page");
        }
    }
    get(stage.addr, "/editions?lang=fr").problem(400, "invalid-parameter");
}

#[test]
fn a_refusal_in_an_english_page_is_marked_as_spanish() {
    let stage = Stage::usual();
    let headers = [("Accept", "text/html"), ("Accept-Language", "en")];
    let page = send(stage.addr, "GET", "/collections/nada", &headers, b"").text();
    assert!(
        page.contains("<html lang=\"en\">") && page.contains("<div lang=\"es\">"),
        "{page}"
    );
}
