//! The OpenAPI 3.0 document.

use super::Ground;
use super::operations::{Body, ITEMS, Operation};
use super::parameters::{PARAMETERS, parameter};
use super::table::OPERATIONS;
use crate::items::{asked::is_parameter, listing::json_type};
use actix_web::http::StatusCode;
use features::Property;
use serde_json::{Map, Value, json};
use territory::LayerKind;

/// The document for a server with these layers and limits.
pub(crate) fn document(ground: &Ground<'_>) -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for operation in OPERATIONS {
        let addresses: Vec<(String, Option<LayerKind>)> = if operation.is_list() {
            let own = |kind: &LayerKind| (ITEMS.replace("{layer}", kind.id()), Some(*kind));
            ground.layers.keys().map(own).collect()
        } else {
            vec![(operation.path.to_owned(), None)]
        };
        for (address, layer) in addresses {
            let path = paths.entry(address).or_insert_with(|| json!({}));
            path[operation.method()] = described(operation, layer, ground);
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": ground.speech.say("api-title"),
            "description": ground.speech.say("api-about"),
            "version": env!("CARGO_PKG_VERSION"),
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "parameters": parameters(ground),
            "responses": { "Problem": problem(ground) },
            "schemas": { "Problem": problem_schema() },
        },
    })
}

fn parameters(ground: &Ground<'_>) -> Map<String, Value> {
    let all = PARAMETERS.iter();
    all.map(|parameter| (parameter.key.to_owned(), parameter.described(ground)))
        .collect()
}

fn described(operation: &Operation, layer: Option<LayerKind>, ground: &Ground<'_>) -> Value {
    let id = match layer {
        Some(kind) => format!("{}-{kind}", operation.id()),
        None => operation.id().to_owned(),
    };
    let mut summary = ground.speech.say(operation.words);
    if let Some(kind) = layer {
        summary = format!("{summary} {}", ground.speech.layer(kind));
    }
    let mut all = json!({
        "operationId": id,
        "summary": summary,
        "tags": [ground.speech.say(operation.group())],
        "parameters": asked(operation, layer, ground),
        "responses": answers(operation, ground),
    });
    if !matches!(operation.body, Body::None | Body::Dismissal) {
        all["requestBody"] = sent(operation.body, ground);
    }
    all
}

fn asked(operation: &Operation, layer: Option<LayerKind>, ground: &Ground<'_>) -> Vec<Value> {
    let in_path = operation.in_path().filter(|name| layer.is_none() || *name != "layer");
    let keys = in_path.chain(operation.query.iter().copied());
    let known = keys.filter(|key| parameter(key).is_some());
    let mut list: Vec<Value> = known
        .map(|key| json!({ "$ref": format!("#/components/parameters/{key}") }))
        .collect();
    if let Some(kind) = layer {
        list.extend(properties(kind, ground));
    }
    if operation.forms.has_choice() {
        let words: Vec<&str> = operation.forms.list().iter().map(|(word, _)| *word).collect();
        list.push(json!({
            "name": "f",
            "in": "query",
            "required": false,
            "description": ground.speech.say("param-f"),
            "schema": { "type": "string", "enum": words },
            "example": words.first(),
        }));
    }
    list
}

/// The properties of a layer, each a parameter of its list.
fn properties(kind: LayerKind, ground: &Ground<'_>) -> Vec<Value> {
    let all = ground.layers.get(&kind).map(|collection| &collection.schema.properties);
    let free = all
        .into_iter()
        .flatten()
        .filter(|property| !is_parameter(&property.name));
    let one = |property: &Property| {
        json!({
            "name": property.name,
            "in": "query",
            "required": false,
            "description": format!("{} {}.", ground.speech.say("param-property"), ground.speech.field(&property.name)),
            "schema": json_type(property.kind),
        })
    };
    free.map(one).collect()
}

fn answers(operation: &Operation, ground: &Ground<'_>) -> Map<String, Value> {
    let mut content = Map::new();
    for (word, media) in operation.forms.list() {
        content.insert(media.to_owned(), json!({ "schema": schema_of(word, media) }));
    }
    let mut all = Map::new();
    let good = json!({ "description": ground.speech.say("api-answer"), "content": content });
    all.insert("200".to_owned(), good);
    if operation.path.ends_with("/{x}") {
        all.insert(
            "204".to_owned(),
            json!({ "description": ground.speech.say("api-empty-tile") }),
        );
    }
    if operation.query.contains(&"code-asked") {
        all.insert(
            "303".to_owned(),
            json!({ "description": ground.speech.say("api-to-the-code") }),
        );
    }
    if operation.body == Body::Inputs {
        let job = json!({ "application/json": { "schema": { "type": "object" } } });
        all.insert(
            "201".to_owned(),
            json!({ "description": ground.speech.say("api-job-made"), "content": job }),
        );
    }
    if operation.path == "/wms" {
        let own = json!({ "text/xml": {}, "application/vnd.ogc.se_xml": {}, "text/xml; charset=utf-8": {} });
        for status in ["400", "503"] {
            all.insert(
                status.to_owned(),
                json!({ "description": ground.speech.say("api-refusal"), "content": own }),
            );
        }
    }
    for status in operation.refusals {
        all.insert(status.to_string(), json!({ "$ref": "#/components/responses/Problem" }));
    }
    all
}

fn schema_of(word: &str, media: &str) -> Value {
    match media.split(';').next() {
        Some("application/geo+json") => json!({
            "type": "object",
            "required": ["type"],
            "properties": { "type": { "type": "string", "enum": ["Feature", "FeatureCollection"] } },
        }),
        Some(text) if text.starts_with("text/") => json!({ "type": "string" }),
        Some(json) if json.ends_with("json") => json!({ "type": "object" }),
        _ if word == "svg" => json!({ "type": "string" }),
        _ => json!({ "type": "string", "format": "binary" }),
    }
}

/// What may be sent.
fn sent(body: Body, ground: &Ground<'_>) -> Value {
    let file = json!({ "type": "string", "format": "binary" });
    let binary = || json!({ "schema": file });
    let form = |fields: Value| json!({ "schema": { "type": "object", "properties": fields } });
    if body == Body::Document {
        return json!({
            "required": true,
            "description": ground.speech.say("api-document-sent"),
            "content": {
                "application/json": { "schema": { "type": "object" } },
                "multipart/form-data": { "schema": { "type": "object", "required": ["file"], "properties": { "file": file } } },
            },
        });
    }
    let coords =
        json!({ "type": "string", "example": "17 M 765000 9250000\n17 M 766000 9250000\n17 M 766000 9251000" });
    let mut content = Map::new();
    let geojson = json!({
        "schema": { "type": "object", "required": ["type"], "properties": { "type": { "type": "string" } } },
        "example": {
            "type": "Polygon",
            "coordinates": [[[-78.99, -6.99], [-78.98, -6.99], [-78.98, -6.98], [-78.99, -6.98], [-78.99, -6.99]]],
        },
    });
    content.insert("application/geo+json".to_owned(), geojson);
    for media in [
        "application/vnd.google-earth.kml+xml",
        "application/vnd.google-earth.kmz",
        "application/gpx+xml",
        "text/csv",
        "text/plain",
        "application/zip",
    ] {
        content.insert(media.to_owned(), binary());
    }
    content.insert(
        "multipart/form-data".to_owned(),
        form(json!({ "file": file, "coords": coords })),
    );
    content.insert(
        "application/x-www-form-urlencoded".to_owned(),
        json!({ "schema": { "type": "object", "required": ["coords"], "properties": { "coords": coords } } }),
    );
    json!({ "required": true, "description": limits(ground), "content": content })
}

/// How large land may be, and how long it may take.
pub(super) fn limits(ground: &Ground<'_>) -> String {
    let (uploads, checks) = (ground.uploads, ground.checks);
    ground.speech.fill(
        "api-land-sent",
        &[
            ("bytes", crate::words::count(uploads.bytes as u64).into()),
            ("vertices", crate::words::count(uploads.vertices as u64).into()),
            ("seconds", crate::words::count(checks.seconds).into()),
        ],
    )
}

fn problem(ground: &Ground<'_>) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({
        "description": ground.speech.say("api-refusal"),
        "content": { "text/html; charset=utf-8": { "schema": { "type": "string" } }, "application/problem+json": {
            "schema": schema,
            "example": {
                "type": "/problems/unknown-parameter",
                "title": "Parámetro desconocido",
                "status": 400,
                "detail": "«zona» no es un parámetro de esta dirección. ¿Quiso decir «zone»?",
                "parameter": "zona",
            },
        } },
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer", "minimum": 400, "maximum": 599 },
            "detail": { "type": "string" },
            "parameter": { "type": "string" },
        },
        "additionalProperties": true,
    })
}

/// The words of a status, for people.
pub(super) fn reason(status: u16) -> &'static str {
    let code = StatusCode::from_u16(status).ok();
    code.and_then(|code| code.canonical_reason()).unwrap_or_default()
}
