//! What a process takes and gives, for programs and for people.

use crate::{documents::link, negotiate::Format, rendering::REPORT, speech::Speech};
use crs::UtmZone;
use reports::{Audience, Lang};
use serde_json::{Map, Value, json};

/// The relation of a process to where it is executed.
const EXECUTE: &str = "http://www.opengis.net/def/rel/ogc/1.0/execute";

/// An input of a process.
pub(crate) struct Input {
    /// Its name.
    pub name: &'static str,
    schema: fn() -> Value,
}

impl Input {
    /// What people call it.
    pub(crate) fn title(&self, speech: &Speech) -> String {
        speech.say(&format!("input-{}", self.name))
    }

    /// What it means.
    pub(crate) fn about(&self, speech: &Speech) -> String {
        speech.say(&format!("input-{}-about", self.name))
    }
}

/// The id of the process.
pub(crate) const CHECK: &str = "check";
/// Its title.
pub(crate) fn title(speech: &Speech) -> String {
    speech.say("process-check")
}

/// What it does.
pub(crate) fn about(speech: &Speech) -> String {
    speech.say("process-check-about")
}

/// Names of the inputs beside a known feature.
pub(super) const FEATURE_INPUTS: &[&str] = &[
    "form", "lang", "audience", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];
/// Names of the inputs beside a land that is sent.
pub(super) const LAND_INPUTS: &[&str] = &[
    "form", "lang", "audience", "crs", "name", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];

const fn input(name: &'static str, schema: fn() -> Value) -> Input {
    Input { name, schema }
}

/// The inputs of `check`.
pub(crate) const INPUTS: [Input; 13] = [
    input("feature", feature),
    input("land", land),
    input("form", forms),
    input("lang", || {
        words(&Lang::ALL.map(Lang::code), Some(Lang::default().code()))
    }),
    input("audience", || {
        words(&Audience::ALL.map(Audience::id), Some(Audience::default().id()))
    }),
    input("crs", || json!({ "type": "string", "example": "EPSG:32717" })),
    input(
        "name",
        || json!({ "type": "string", "maxLength": crate::checking::LONGEST_NAME }),
    ),
    input(
        "zone",
        || json!({ "type": "integer", "enum": UtmZone::ALL.map(UtmZone::number) }),
    ),
    input("slivers", || words(&["keep"], None)),
    input("valid-at", || json!({ "type": "string", "format": "date" })),
    input("known-at", time),
    input("since", time),
    input("keep", || json!({ "type": "boolean", "default": false })),
];

fn feature() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["layer", "id"],
        "properties": { "layer": text, "id": text, "edition": text },
        "additionalProperties": false,
    })
}

fn land() -> Value {
    json!({
        "oneOf": [
            { "type": "object", "required": ["type"], "contentMediaType": "application/geo+json" },
            { "type": "string", "contentMediaType": "text/plain" },
        ],
    })
}

fn time() -> Value {
    json!({ "oneOf": [{ "type": "string", "format": "date" }, { "type": "string", "format": "date-time" }] })
}

fn forms() -> Value {
    let all: Vec<&str> = REPORT.iter().map(|form| form.word()).collect();
    words(&all, Some(REPORT[0].word()))
}

fn words(words: &[&str], usual: Option<&str>) -> Value {
    let mut schema = json!({ "type": "string", "enum": words });
    if let Some(usual) = usual {
        schema["default"] = usual.into();
    }
    schema
}

/// Names of all inputs.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    INPUTS.iter().map(|input| input.name)
}

/// The process in a list of them.
pub(crate) fn summary() -> Value {
    let speech = Speech::default();
    json!({
        "id": CHECK,
        "version": "1.0.0",
        "title": title(&speech),
        "description": about(&speech),
        "jobControlOptions": ["sync-execute", "async-execute", "dismiss"],
        "outputTransmission": ["value"],
        "links": [
            link("self", &format!("/processes/{CHECK}?f=json"), "application/json"),
            link("alternate", &format!("/processes/{CHECK}?f=html"), "text/html"),
            link(EXECUTE, &format!("/processes/{CHECK}/execution"), "application/json"),
        ],
    })
}

/// The process with all that it takes and gives.
pub(crate) fn described() -> Value {
    let speech = Speech::default();
    let input = |input: &Input| {
        let document = json!({
            "title": input.title(&speech),
            "description": input.about(&speech),
            "minOccurs": 0,
            "maxOccurs": 1,
            "schema": (input.schema)(),
        });
        (input.name.to_owned(), document)
    };
    let mut document = summary();
    document["inputs"] = Value::Object(INPUTS.iter().map(input).collect::<Map<_, _>>());
    document["outputs"] = json!({
        "report": {
            "title": speech.say("process-report"),
            "description": speech.say("process-report-about"),
            "schema": { "oneOf": REPORT.iter().map(|form| output(*form)).collect::<Vec<_>>() },
        },
    });
    document
}

fn output(form: Format) -> Value {
    let media = form.media();
    match form {
        Format::Json => json!({ "title": form.word(), "type": "object", "contentMediaType": media }),
        Format::Html | Format::Csv | Format::Corners | Format::Sms | Format::Spoken => {
            json!({ "title": form.word(), "type": "string", "contentMediaType": media })
        }
        _ => json!({ "title": form.word(), "type": "string", "contentEncoding": "binary", "contentMediaType": media }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_input_that_is_read_is_described_and_no_other() {
        let mut read: Vec<&str> = LAND_INPUTS.iter().copied().chain(["feature", "land"]).collect();
        read.sort_unstable();
        let mut told: Vec<&str> = names().collect();
        told.sort_unstable();
        assert_eq!(told, read);
        assert!(FEATURE_INPUTS.iter().all(|name| LAND_INPUTS.contains(name)));
        assert_eq!(described()["inputs"].as_object().unwrap().len(), INPUTS.len());
    }
}
