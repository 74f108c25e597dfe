//! What stands in the sealed facts of a matrix, where a report has its subject and its findings.

use super::facts::titled;
use crate::speech::Speech;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

/// The facts of a matrix, from its fields.
pub(super) struct MatrixFacts<'a>(pub &'a Map<String, Value>);

impl MatrixFacts<'_> {
    fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn word(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    fn pairs(&self) -> usize {
        let each = self.list("rows").iter();
        each.map(|row| row["pairs"].as_array().map_or(0, Vec::len)).sum()
    }

    /// Its layers: whose lands, against what.
    pub(super) fn layers(&self) -> Value {
        let word = |name: &str| self.word(name).unwrap_or("no consta");
        json!({ "subjects": word("subjects"), "against": word("against") })
    }

    /// How many lands and pairs.
    pub(super) fn counts(&self) -> Value {
        json!({ "rows": self.list("rows").len(), "pairs": self.pairs() })
    }

    /// The editions used.
    pub(super) fn editions(&self) -> Vec<Value> {
        let each = self.list("editions").iter();
        each.map(|edition| json!({ "edition": edition["edition"], "sha256": edition["sha256"] }))
            .collect()
    }

    /// Whether some edition was made by a program.
    pub(super) fn is_synthetic(&self) -> bool {
        self.list("editions").iter().any(|edition| edition["synthetic"] == true)
    }

    /// The rows of the table.
    pub(super) fn rows(&self, speech: &Speech) -> Markup {
        let say = |id: &str| speech.say(id);
        let none = say("verify-none");
        let layer = |name: &str| self.word(name).map_or_else(|| none.clone(), |id| titled(id, speech));
        let layers = [
            ("subjects", layer("subjects").into()),
            ("against", layer("against").into()),
        ];
        let pairs = [("count", self.pairs().to_string().into())];
        html! {
            tr { th scope="row" { (say("facts-matrix")) } td { (speech.fill("facts-matrix-words", &layers)) } }
            tr { th scope="row" { (say("facts-lands")) } td { (self.list("rows").len()) } }
            tr { th scope="row" { (say("facts-area-of-all")) }
                td { (self.word("subjects_geodesic_ha").unwrap_or(&none)) " ha (" (say("facts-ellipsoid")) ")" } }
            tr { th scope="row" { (say("facts-pairs")) } td { (speech.fill("facts-pairs-words", &pairs)) } }
        }
    }

    /// The totals and the editions.
    pub(super) fn after(&self, speech: &Speech) -> Markup {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        let names = ["facts-standing", "facts-lands", "facts-pairs", "facts-union-ellipsoid"].map(|id| speech.say(id));
        html! {
            @if !self.list("totals").is_empty() {
                h2 { (speech.say("facts-totals")) }
                table.cards {
                    thead { tr { @for name in &names { th scope="col" { (name) } } } }
                    tbody {
                        @for total in self.list("totals") {
                            tr {
                                th scope="row" lang=[speech.spanish()] { (text(&total["group"])) }
                                td data-label=(names[1]) { (text(&total["subjects"])) }
                                td data-label=(names[2]) { (text(&total["pairs"])) }
                                td data-label=(names[3]) { (text(&total["union_geodesic_ha"])) }
                            }
                        }
                    }
                }
            }
            h2 { (speech.say("facts-editions")) }
            ul { @for edition in self.list("editions") { li { code { (text(&edition["edition"])) } } } }
        }
    }
}
