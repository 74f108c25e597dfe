//! What stands in the sealed facts of a matrix, where a report has its subject and its findings.

use super::facts::titled;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

/// The facts of a matrix, from its fields.
pub(super) struct MatrixFacts<'a>(pub &'a Map<String, Value>);

impl MatrixFacts<'_> {
    fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn word(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or("no consta")
    }

    fn pairs(&self) -> usize {
        let each = self.list("rows").iter();
        each.map(|row| row["pairs"].as_array().map_or(0, Vec::len)).sum()
    }

    /// Its layers: whose lands, against what.
    pub(super) fn layers(&self) -> Value {
        json!({ "subjects": self.word("subjects"), "against": self.word("against") })
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
    pub(super) fn rows(&self) -> Markup {
        let (subjects, against) = (titled(self.word("subjects")), titled(self.word("against")));
        html! {
            tr { th scope="row" { "Matriz" } td { (subjects) ", una por una, con " (against) } }
            tr { th scope="row" { "Tierras" } td { (self.list("rows").len()) } }
            tr { th scope="row" { "Superficie de todas" } td { (self.word("subjects_geodesic_ha")) " ha (elipsoide)" } }
            tr { th scope="row" { "Parejas" } td { (self.pairs()) " (superposiciones y roces)" } }
        }
    }

    /// The totals and the editions.
    pub(super) fn after(&self) -> Markup {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
        html! {
            @if !self.list("totals").is_empty() {
                h2 { "Totales" }
                table.cards {
                    thead { tr { @for name in ["Estado", "Tierras", "Parejas", "Unión (ha, elipsoide)"] { th scope="col" { (name) } } } }
                    tbody {
                        @for total in self.list("totals") {
                            tr {
                                th scope="row" { (text(&total["group"])) }
                                td data-label="Tierras" { (text(&total["subjects"])) }
                                td data-label="Parejas" { (text(&total["pairs"])) }
                                td data-label="Unión (ha, elipsoide)" { (text(&total["union_geodesic_ha"])) }
                            }
                        }
                    }
                }
            }
            h2 { "Ediciones usadas" }
            ul { @for edition in self.list("editions") { li { code { (text(&edition["edition"])) } } } }
        }
    }
}
