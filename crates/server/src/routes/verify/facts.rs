//! The sealed facts of a document, in few words, with what it proves by itself.

use super::matrix::MatrixFacts;
use crate::words::title_of;
use maud::{Markup, html};
use reports::{Examined, Holds, Verdict};
use serde_json::{Map, Value, json};

/// What somebody compares with a paper.
pub(crate) struct Facts {
    /// Whether this node has it in its register, byte for byte.
    pub registered: bool,
    /// Whether some edition used was made by a program.
    pub synthetic: bool,
    id: String,
    code: String,
    fields: Map<String, Value>,
    bytes: Verdict,
    signature: Verdict,
}

impl Facts {
    /// Of a document.
    pub(crate) fn of(examined: &Examined, registered: bool) -> Self {
        let layers = examined.fields.get("layers").and_then(Value::as_array);
        let of_report = layers.is_some_and(|layers| layers.iter().any(|layer| layer["synthetic"] == true));
        Self {
            registered,
            synthetic: of_report || MatrixFacts(&examined.fields).is_synthetic(),
            id: examined.id.clone(),
            code: examined.code.to_string(),
            fields: examined.fields.clone(),
            bytes: examined.bytes.clone(),
            signature: examined.signature.clone(),
        }
    }

    /// Those of a matrix, where it is one.
    fn matrix(&self) -> Option<MatrixFacts<'_>> {
        (self.text(&["schema"]) == Some("tupu/matrix/1")).then_some(MatrixFacts(&self.fields))
    }

    /// The document.
    pub(crate) fn json(&self) -> Value {
        let part = |name: &str| self.fields.get(name).cloned().unwrap_or_default();
        let mut facts = json!({
            "id": self.id,
            "code": self.code,
            "schema": part("schema"),
            "standing": part("standing"),
            "issued_at": part("issued_at"),
            "as_of": part("as_of"),
            "method": part("method"),
            "rulebook": part("rulebook"),
            "subject": self.subject(),
            "counts": { "findings": self.count("findings"), "roces": self.count("roces") },
            "totals": part("totals"),
            "editions": self.editions(),
            "seal": part("seal"),
            "bytes": self.bytes,
            "signature": self.signature,
            "registered": self.registered,
            "report": self.registered.then(|| self.href()),
        });
        if let Some(matrix) = self.matrix() {
            facts["matrix"] = matrix.layers();
            facts["counts"] = matrix.counts();
            facts["editions"] = json!(matrix.editions());
        }
        facts
    }

    fn href(&self) -> String {
        format!("/reports/{}?id={}", self.code, self.id)
    }

    fn subject(&self) -> Value {
        let Some(subject) = self.fields.get("subject") else {
            return Value::Null;
        };
        let kept = ["kind", "layer", "id", "name", "sha256", "area", "centroid", "admin"];
        let pairs = kept
            .iter()
            .filter_map(|name| Some(((*name).to_owned(), subject.get(*name)?.clone())));
        Value::Object(pairs.collect())
    }

    fn list(&self, name: &str) -> &[Value] {
        self.fields
            .get(name)
            .and_then(Value::as_array)
            .map_or(&[], Vec::as_slice)
    }

    fn count(&self, name: &str) -> usize {
        self.list(name).len()
    }

    /// Each layer with its edition and how it was consulted.
    fn editions(&self) -> Vec<Value> {
        let layers = self.list("layers").iter();
        layers
            .map(|layer| json!({ "layer": layer["id"], "edition": layer["edition"], "sha256": layer["sha256"], "state": layer["state"] }))
            .collect()
    }

    fn text(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let place = self.fields.get(*first)?;
        rest.iter().try_fold(place, |value, step| value.get(step))?.as_str()
    }

    /// For people.
    pub(crate) fn as_markup(&self) -> Markup {
        let or_none = |path: &[&str]| self.text(path).unwrap_or("no consta").to_owned();
        let whole = self.text(&["standing"]) == Some("complete");
        let matrix = self.matrix();
        html! {
            table {
                tbody {
                    tr { th scope="row" { "Código" } td { (self.code) } }
                    tr { th scope="row" { "Huella" } td { code { (self.id) } } }
                    @match &matrix { Some(matrix) => (matrix.rows()), None => (self.report_rows()) }
                    tr { th scope="row" { "Día consultado" } td { (or_none(&["as_of", "valid"])) } }
                    tr { th scope="row" { "Emitido" } td { (or_none(&["issued_at"])) } }
                    tr { th scope="row" { "Estado" } td { @if whole { "completo" } @else { "incompleto: alguna capa no se consultó" } } }
                    tr { th scope="row" { "Libro de reglas" } td { (or_none(&["rulebook", "id"])) } }
                    tr { th scope="row" { "Contenido" } td { (words(&self.bytes)) } }
                    tr { th scope="row" { "Firma" } td { (words(&self.signature)) } }
                }
            }
            @match &matrix { Some(matrix) => (matrix.after()), None => { (self.totals()) (self.layers()) } }
            @if self.registered {
                p {
                    "El documento entero: "
                    a href={ (self.href()) "&f=html" } { "página" } ", " a href={ (self.href()) "&f=pdf" } { "PDF" } ", "
                    a href={ (self.href()) "&f=json" } { "JSON" }
                }
            }
        }
    }

    fn report_rows(&self) -> Markup {
        let area = self.text(&["subject", "area", "utm_ha"]).unwrap_or("no consta");
        html! {
            tr { th scope="row" { "Tierra" } td { (self.subject_words()) } }
            tr { th scope="row" { "Superficie" } td { (area) " ha (UTM)" } }
            tr { th scope="row" { "Superposiciones" } td { (self.count("findings")) } }
            tr { th scope="row" { "Roces" } td { (self.count("roces")) } }
        }
    }

    fn subject_words(&self) -> String {
        let name = self.text(&["subject", "name"]).unwrap_or("sin nombre");
        let layer = self.text(&["subject", "layer"]).map(titled);
        match (layer, self.text(&["subject", "id"])) {
            (Some(layer), Some(id)) => format!("{name} ({layer}, {id})"),
            _ => format!("{name} (tierra que alguien indicó)"),
        }
    }

    fn totals(&self) -> Markup {
        let totals = self.list("totals");
        let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        html! {
            @if !totals.is_empty() {
                h2 { "Totales" }
                table.cards {
                    thead { tr { @for name in ["Capa", "Estado", "Cantidad", "Unión (ha)"] { th scope="col" { (name) } } } }
                    tbody {
                        @for total in totals {
                            tr {
                                th scope="row" { (titled(&cell(&total["layer"]))) }
                                td data-label="Estado" { (total["group"].as_str().unwrap_or("todos")) }
                                td data-label="Cantidad" { (cell(&total["count"])) }
                                td data-label="Unión (ha)" { (cell(&total["union_ha"])) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn layers(&self) -> Markup {
        html! {
            h2 { "Ediciones usadas" }
            ul {
                @for layer in self.list("layers") {
                    li {
                        (titled(layer["id"].as_str().unwrap_or_default())) ": "
                        @match layer["edition"].as_str() {
                            Some(edition) => code { (edition) },
                            None => "ninguna: no hay datos o no se consultó",
                        }
                    }
                }
            }
        }
    }
}

/// The title of a layer, or its id where it is none of ours.
pub(super) fn titled(layer: &str) -> String {
    layer
        .parse()
        .map_or_else(|_| layer.to_owned(), |kind| title_of(kind).to_owned())
}

fn words(verdict: &Verdict) -> Markup {
    let held = match verdict.holds {
        Holds::Yes => "sí",
        Holds::No => "no se sostiene",
        Holds::NotChecked => "sin comprobar",
    };
    html! { strong { (held) } ": " (verdict.why) }
}
