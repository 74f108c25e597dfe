//! The sealed facts of a document, in few words, with what it proves by itself.

use super::matrix::MatrixFacts;
use crate::speech::Speech;
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
    pub(crate) fn as_markup(&self, speech: &Speech) -> Markup {
        let say = |id: &str| speech.say(id);
        let or_none = |path: &[&str]| self.text(path).map_or_else(|| say("verify-none"), str::to_owned);
        let whole = self.text(&["standing"]) == Some("complete");
        let standing = if whole { "facts-complete" } else { "facts-incomplete" };
        let matrix = self.matrix();
        html! {
            table {
                tbody {
                    tr { th scope="row" { (say("facts-code")) } td { (self.code) } }
                    tr { th scope="row" { (say("facts-hash")) } td { code { (self.id) } } }
                    @match &matrix { Some(matrix) => (matrix.rows(speech)), None => (self.report_rows(speech)) }
                    tr { th scope="row" { (say("facts-day")) } td { (or_none(&["as_of", "valid"])) } }
                    tr { th scope="row" { (say("facts-issued")) } td { (or_none(&["issued_at"])) } }
                    tr { th scope="row" { (say("facts-standing")) } td { (say(standing)) } }
                    tr { th scope="row" { (say("facts-rulebook")) } td { (or_none(&["rulebook", "id"])) } }
                    tr { th scope="row" { (say("facts-content")) } td { (words(&self.bytes, speech)) } }
                    tr { th scope="row" { (say("facts-signature")) } td { (words(&self.signature, speech)) } }
                }
            }
            @match &matrix { Some(matrix) => (matrix.after(speech)), None => { (self.totals(speech)) (self.layers(speech)) } }
            @if self.registered {
                p {
                    (say("facts-whole")) " "
                    a href={ (self.href()) "&f=html" } { (say("facts-page")) } ", " a href={ (self.href()) "&f=pdf" } { "PDF" } ", "
                    a href={ (self.href()) "&f=json" } { "JSON" }
                }
            }
        }
    }

    fn report_rows(&self, speech: &Speech) -> Markup {
        let say = |id: &str| speech.say(id);
        let none = say("verify-none");
        let area = self.text(&["subject", "area", "utm_ha"]).unwrap_or(&none);
        html! {
            tr { th scope="row" { (say("facts-land")) } td { (self.subject_words(speech)) } }
            tr { th scope="row" { (say("facts-area")) } td { (area) " ha (UTM)" } }
            tr { th scope="row" { (say("facts-overlaps")) } td { (self.count("findings")) } }
            tr { th scope="row" { (say("facts-slivers")) } td { (self.count("roces")) } }
        }
    }

    fn subject_words(&self, speech: &Speech) -> String {
        let none = speech.say("facts-no-name");
        let name = self.text(&["subject", "name"]).unwrap_or(&none);
        let layer = self.text(&["subject", "layer"]).map(|layer| titled(layer, speech));
        match (layer, self.text(&["subject", "id"])) {
            (Some(layer), Some(id)) => format!("{name} ({layer}, {id})"),
            _ => format!("{name} ({})", speech.say("facts-land-given")),
        }
    }

    fn totals(&self, speech: &Speech) -> Markup {
        let totals = self.list("totals");
        let cell = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        let names = ["page-col-layer", "facts-standing", "facts-count", "facts-union"].map(|id| speech.say(id));
        let all = speech.say("facts-all");
        html! {
            @if !totals.is_empty() {
                h2 { (speech.say("facts-totals")) }
                table.cards {
                    thead { tr { @for name in &names { th scope="col" { (name) } } } }
                    tbody {
                        @for total in totals {
                            tr {
                                th scope="row" { (titled(&cell(&total["layer"]), speech)) }
                                td data-label=(names[1]) {
                                    @match total["group"].as_str() {
                                        Some(group) => span lang=[speech.spanish()] { (group) },
                                        None => (all),
                                    }
                                }
                                td data-label=(names[2]) { (cell(&total["count"])) }
                                td data-label=(names[3]) { (cell(&total["union_ha"])) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn layers(&self, speech: &Speech) -> Markup {
        html! {
            h2 { (speech.say("facts-editions")) }
            ul {
                @for layer in self.list("layers") {
                    li {
                        (titled(layer["id"].as_str().unwrap_or_default(), speech)) ": "
                        @match layer["edition"].as_str() {
                            Some(edition) => code { (edition) },
                            None => (speech.say("facts-no-edition")),
                        }
                    }
                }
            }
        }
    }
}

/// What people call a layer, or its id where it is none of ours.
pub(super) fn titled(layer: &str, speech: &Speech) -> String {
    layer
        .parse()
        .map_or_else(|_| layer.to_owned(), |kind| speech.layer(kind))
}

/// Whether it holds, and why: the reasons are in Spanish.
fn words(verdict: &Verdict, speech: &Speech) -> Markup {
    let held = match verdict.holds {
        Holds::Yes => "facts-held",
        Holds::No => "facts-not-held",
        Holds::NotChecked => "facts-not-checked",
    };
    html! { strong { (speech.say(held)) } ": " span lang=[speech.spanish()] { (verdict.why) } }
}
