//! What a process takes and gives, for programs and for people.

use crate::{documents::link, negotiate::Format, rendering::REPORT};
use crs::UtmZone;
use reports::{Audience, Lang};
use serde_json::{Map, Value, json};

/// The relation of a process to where it is executed.
const EXECUTE: &str = "http://www.opengis.net/def/rel/ogc/1.0/execute";

/// An input of a process.
pub(crate) struct Input {
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it means.
    pub about: &'static str,
    schema: fn() -> Value,
}

/// The id of the process.
pub(crate) const CHECK: &str = "check";
/// Its title.
pub(crate) const TITLE: &str = "Qué se superpone con una tierra";
/// What it does.
pub(crate) const ABOUT: &str = "Compara una tierra con las capas publicadas en este servidor y da el informe: qué se superpone, cuánto, y qué \
                                no se sabe. El resultado es informativo: no declara derechos.";

/// Names of the inputs beside a known feature.
pub(super) const FEATURE_INPUTS: &[&str] = &[
    "form", "lang", "audience", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];
/// Names of the inputs beside a land that is sent.
pub(super) const LAND_INPUTS: &[&str] = &[
    "form", "lang", "audience", "crs", "name", "zone", "slivers", "valid-at", "known-at", "since", "keep",
];

const fn input(name: &'static str, title: &'static str, about: &'static str, schema: fn() -> Value) -> Input {
    Input {
        name,
        title,
        about,
        schema,
    }
}

/// The inputs of `check`.
pub(crate) const INPUTS: [Input; 13] = [
    input(
        "feature",
        "Elemento de una capa",
        "La tierra es un elemento publicado: su capa, su clave y, si varias ediciones lo tienen, la edición. Esto o «land».",
        feature,
    ),
    input(
        "land",
        "Tierra",
        "GeoJSON (geometría, elemento o colección) o coordenadas en texto, un vértice en cada línea. Con {\"value\": …, \"mediaType\": …}, \
         también los demás formatos de texto de /checks. Esto o «feature».",
        land,
    ),
    input(
        "form",
        "Formato",
        "La palabra del formato; donde un tipo de medio basta para decirlo, también vale «outputs».",
        forms,
    ),
    input("lang", "Idioma", "El idioma del informe.", || {
        words(&Lang::ALL.map(Lang::code), Some(Lang::default().code()))
    }),
    input(
        "audience",
        "Para quién",
        "Qué cuenta el informe, y en qué orden.",
        || words(&Audience::ALL.map(Audience::id), Some(Audience::default().id())),
    ),
    input(
        "crs",
        "Sistema de coordenadas",
        "El de «land», o una de las lecturas que un error «crs-needed» ofreció.",
        || json!({ "type": "string", "example": "EPSG:32717" }),
    ),
    input(
        "name",
        "Nombre",
        "El nombre de la tierra de «land».",
        || json!({ "type": "string", "maxLength": crate::checking::LONGEST_NAME }),
    ),
    input(
        "zone",
        "Zona UTM",
        "La zona en que se mide; si no se dice, la que contiene la mayor parte.",
        || json!({ "type": "integer", "enum": UtmZone::ALL.map(UtmZone::number) }),
    ),
    input("slivers", "Roces", "keep: contar también los roces.", || {
        words(&["keep"], None)
    }),
    input(
        "valid-at",
        "Fecha de los hechos",
        "Los hechos que valían ese día; hoy en Lima, si no se dice.",
        || json!({ "type": "string", "format": "date" }),
    ),
    input(
        "known-at",
        "Momento de lo sabido",
        "Lo que estaba publicado entonces: un día, hasta su fin en Lima, o un momento.",
        time,
    ),
    input(
        "since",
        "Cambios desde",
        "Un día o un momento anterior: el informe dice qué es distinto desde entonces.",
        time,
    ),
    input(
        "keep",
        "Guardar",
        "true: el informe queda en el registro y se encuentra por su código.",
        || json!({ "type": "boolean", "default": false }),
    ),
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
    json!({
        "id": CHECK,
        "version": "1.0.0",
        "title": TITLE,
        "description": ABOUT,
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
    let input = |input: &Input| {
        let document = json!({
            "title": input.title,
            "description": input.about,
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
            "title": "Informe",
            "description": "El informe en el formato pedido; el canónico es JSON (/schemas/report-1.json).",
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
