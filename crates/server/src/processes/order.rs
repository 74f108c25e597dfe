//! The body of an execution: what is asked about, how, and in which form the answer goes out.

use super::described::{FEATURE_INPUTS, LAND_INPUTS, names};
use crate::{
    checking::{Land, Query},
    current::Current,
    judging::{Ask, Course},
    negotiate::Format,
    params::{Params, invalid, unknown},
    problem::{Kind, Problem},
    rendering::{Answered, REPORT, Wish},
    shared::Shared,
};
use actix_web::web::Bytes;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

const MEMBERS: &[&str] = &["inputs", "outputs", "response"];
const GEOJSON: &str = "application/geo+json";
const TEXT: &str = "text/plain";

/// An execution that was asked for.
#[derive(Debug)]
pub(crate) struct Order {
    query: Query,
    reply: Reply,
}

/// How a result goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reply {
    /// As it is.
    Raw,
    /// Within a JSON document.
    Document,
}

impl Order {
    /// Reads the body of an execution of `check`.
    ///
    /// # Errors
    /// `invalid-form` where it is no JSON object, `unknown-parameter` and `invalid-parameter` with the name.
    pub(crate) fn read(body: &[u8]) -> Result<Self, Problem> {
        let body: Value = serde_json::from_slice(body).map_err(|error| {
            Kind::InvalidForm.because(format!(
                "El cuerpo no es JSON: se entiende hasta la línea {}, columna {}. Envíe {{\"inputs\": …}}.",
                error.line(),
                error.column()
            ))
        })?;
        let Value::Object(mut body) = body else {
            return Err(Kind::InvalidForm.because("El cuerpo no es un objeto JSON. Envíe {\"inputs\": …}."));
        };
        if let Some(name) = body.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(not_a_member(name));
        }
        let inputs = object("inputs", body.remove("inputs").unwrap_or_default())?;
        let outputs = body.remove("outputs").map(|outputs| object("outputs", outputs));
        let reply = match body.get("response").map_or(Some("raw"), Value::as_str) {
            Some("raw") => Reply::Raw,
            Some("document") => Reply::Document,
            _ => return Err(invalid("response", &shown(&body["response"]), "raw o document")),
        };
        Ok(Self {
            query: query(inputs, outputs.transpose()?.unwrap_or_default())?,
            reply,
        })
    }

    /// Refuses what can be refused before its turn comes.
    ///
    /// # Errors
    /// As [`Query::prepared`].
    pub(crate) fn prepared(self, shared: &Shared, current: &Current) -> Result<Self, Problem> {
        Ok(Self {
            query: self.query.prepared(shared, current)?,
            ..self
        })
    }

    /// Does it.
    ///
    /// # Errors
    /// As [`Query::answered`].
    pub(crate) fn done(self, shared: &Shared, current: &Current, course: &Course) -> Result<Answered, Problem> {
        let answered = self.query.answered(shared, current, course)?;
        Ok(match self.reply {
            Reply::Raw => answered,
            Reply::Document => {
                let results = results(&answered);
                answered.within(results)
            }
        })
    }
}

fn query(mut inputs: Map<String, Value>, outputs: Map<String, Value>) -> Result<Query, Problem> {
    let (feature, land) = (inputs.remove("feature"), inputs.remove("land"));
    let known = if feature.is_some() { FEATURE_INPUTS } else { LAND_INPUTS };
    let mut params = Params::default();
    for (name, value) in inputs {
        let text = match &value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ if names().any(|known| known == name) => {
                return Err(invalid(&name, &shown(&value), "un texto, un número, o true o false"));
            }
            _ => String::new(),
        };
        params.add(&name, text, known)?;
    }
    let land = match (feature, land) {
        (Some(feature), None) => known_land(feature)?,
        (None, Some(land)) => sent_land(land, &params)?,
        (Some(_), Some(_)) => {
            return Err(invalid("land", "…", "«feature» o «land», una de las dos cosas"));
        }
        (None, None) => {
            return Err(invalid(
                "inputs",
                "",
                "«feature» (la capa y la clave de un elemento) o «land» (una tierra en GeoJSON o en coordenadas)",
            ));
        }
    };
    Ok(Query {
        land,
        ask: Ask::of(&params)?,
        why: params.keep()?,
        wish: Wish::of(form(&params, outputs)?, &params)?,
    })
}

/// `{"layer": …, "id": …, "edition": …}`
fn known_land(feature: Value) -> Result<Land, Problem> {
    const PARTS: [&str; 3] = ["layer", "id", "edition"];
    let mut parts = object("feature", feature)?;
    only(&parts, &PARTS)?;
    let mut part = |name: &str| text(&mut parts, "feature", name);
    let missing = |name: &str| invalid(&format!("feature.{name}"), "", "un texto");
    Ok(Land::Known {
        layer: part("layer")?.ok_or_else(|| missing("layer"))?,
        key: part("id")?.ok_or_else(|| missing("id"))?,
        edition: part("edition")?,
    })
}

/// GeoJSON as it is, coordinates as text, or either in `value` with its `mediaType`.
fn sent_land(land: Value, params: &Params) -> Result<Land, Problem> {
    const EXPECTED: &str = "GeoJSON, coordenadas en texto, o {\"value\": …, \"mediaType\": …}";
    let (value, media) = match land {
        Value::Object(mut parts) if parts.contains_key("value") => {
            only(&parts, &["value", "mediaType"])?;
            let media = text(&mut parts, "land", "mediaType")?;
            (parts.remove("value").unwrap_or_default(), media)
        }
        Value::Object(parts) if parts.contains_key("href") => {
            let expected = format!("{EXPECTED}; de otras direcciones no se lee nada");
            return Err(invalid("land", "href", &expected));
        }
        other => (other, None),
    };
    let (bytes, usual) = match value {
        Value::String(text) => (Bytes::from(text), TEXT),
        Value::Object(_) => (Bytes::from(value.to_string()), GEOJSON),
        other => return Err(invalid("land", &shown(&other), EXPECTED)),
    };
    let media = media.unwrap_or_else(|| usual.to_owned());
    Land::sent(bytes, (Some(media), None), params)
}

/// The form of the report: by its word in `form`, or by its media type in `outputs`.
fn form(params: &Params, mut outputs: Map<String, Value>) -> Result<Format, Problem> {
    let worded = params.text("form").map(form_of_word).transpose()?;
    let report = outputs.remove("report");
    if let Some(name) = outputs.keys().next() {
        return Err(invalid("outputs", name, "«report», que es lo único que resulta"));
    }
    let media = report.map_or(Ok(None), media_asked)?;
    match (worded, media) {
        (form, None) => Ok(form.unwrap_or(REPORT[0])),
        (None, Some(media)) => form_of_media(&media),
        (Some(form), Some(media)) if essence(form.media()) == essence(&media) => Ok(form),
        (Some(form), Some(media)) => {
            let expected = format!("{}, que es el de form={}, o nada", essence(form.media()), form.word());
            Err(invalid("mediaType", &media, &expected))
        }
    }
}

fn form_of_word(word: &str) -> Result<Format, Problem> {
    let found = REPORT.iter().copied().find(|form| form.word() == word.trim());
    found.ok_or_else(|| {
        let words: Vec<&str> = REPORT.iter().map(|form| form.word()).collect();
        let expected = format!("una de estas palabras: {}", words.join(", "));
        invalid("form", word, &expected).with("available", json!(words))
    })
}

/// The first form of a media type: others of the same one have their word only.
fn form_of_media(media: &str) -> Result<Format, Problem> {
    let found = REPORT
        .iter()
        .copied()
        .find(|form| essence(form.media()) == essence(media));
    found.ok_or_else(|| {
        let mut known: Vec<String> = REPORT.iter().map(|form| essence(form.media())).collect();
        known.dedup();
        let expected = format!("uno de estos: {}", known.join(", "));
        invalid("mediaType", media, &expected).with("available", json!(known))
    })
}

/// The media type in `{"format": {"mediaType": …}, "transmissionMode": "value"}`.
fn media_asked(report: Value) -> Result<Option<String>, Problem> {
    let mut report = object("outputs.report", report)?;
    only(&report, &["format", "transmissionMode"])?;
    if let Some(mode) = report.get("transmissionMode").filter(|mode| **mode != "value") {
        return Err(invalid("transmissionMode", &shown(mode), "value, o nada"));
    }
    let Some(format) = report.remove("format") else {
        return Ok(None);
    };
    let mut format = object("outputs.report.format", format)?;
    only(&format, &["mediaType"])?;
    text(&mut format, "outputs.report.format", "mediaType")
}

fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or(media).trim().to_ascii_lowercase()
}

fn object(name: &str, value: Value) -> Result<Map<String, Value>, Problem> {
    match value {
        Value::Object(object) => Ok(object),
        other => Err(invalid(name, &shown(&other), "un objeto JSON")),
    }
}

/// A text of an object, if it is there.
fn text(parts: &mut Map<String, Value>, of: &str, name: &str) -> Result<Option<String>, Problem> {
    match parts.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(invalid(&format!("{of}.{name}"), &shown(&other), "un texto")),
    }
}

fn only(parts: &Map<String, Value>, known: &[&str]) -> Result<(), Problem> {
    match parts.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(unknown(name, known)),
        None => Ok(()),
    }
}

fn not_a_member(name: &str) -> Problem {
    let mend = match name {
        "subscriber" => "Este servidor no avisa a otras direcciones: pregunte por el trabajo en la suya.",
        "mode" => "Para no esperar el resultado, envíe la cabecera «Prefer: respond-async».",
        _ => return unknown(name, MEMBERS),
    };
    Kind::UnknownParameter
        .because(format!("«{name}» no se admite. {mend}"))
        .with("parameter", name)
        .with("known", json!(MEMBERS))
}

/// A few letters of a value, for a refusal.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.chars().take(80).collect(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// The document of results: JSON stays JSON, texts are texts, and the rest is Base64.
fn results(answered: &Answered) -> Vec<u8> {
    let form = answered.format;
    let mut document = format!("{{\"report\":{{\"mediaType\":{},", Value::from(form.media()));
    let written = match (form, std::str::from_utf8(&answered.bytes)) {
        (Format::Json, Ok(text)) => write!(document, "\"value\":{}", text.trim_end()),
        (Format::Html | Format::Csv | Format::Corners | Format::Sms | Format::Spoken, Ok(text)) => {
            write!(document, "\"value\":{}", Value::from(text))
        }
        _ => write!(
            document,
            "\"encoding\":\"base64\",\"value\":\"{}\"",
            base64(&answered.bytes)
        ),
    };
    written.expect("writing to a string does not fail");
    document.push_str("}}");
    document.into_bytes()
}

/// Base64 with its padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
        let whole = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            let index = (whole >> (18 - 6 * place)) & 63;
            text.push(if place > group.len() {
                '='
            } else {
                char::from(LETTERS[index as usize])
            });
        }
    }
    text
}

#[cfg(test)]
mod tests;
