//! What stands round the features of a page: links, counts, and the page for people.

use crate::documents::{is_synthetic_kind, link};
use crate::items::asked::Asked;
use crate::items::form::ItemForm;
use crate::items::token::Token;
use crate::page::{page, search_box};
use crate::words::{count, segment, title_of};
use features::At;
use maud::{Markup, html};
use serde_json::{Value, json};
use std::fmt::Write as _;
use territory::Feature;

/// A page of an answer.
pub(crate) struct Listing<'a> {
    /// The question.
    pub asked: &'a Asked,
    /// The features of the page.
    pub places: &'a [At],
    /// How many answer in all.
    pub matched: usize,
    /// The parameters as they were given, for links.
    pub given: &'a [(String, String)],
    /// The moment of the answer, RFC 3339.
    pub time_stamp: String,
}

impl Listing<'_> {
    /// The address of this list with other values for some parameters; none takes one away.
    fn address(&self, changed: &[(&str, Option<&str>)]) -> String {
        let kept = self
            .given
            .iter()
            .filter(|(name, _)| !changed.iter().any(|(other, _)| name == other));
        let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
        let new = changed.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
        let mut address = format!("/collections/{}/items", self.asked.collection.kind);
        for (at, (name, value)) in kept.chain(new).enumerate() {
            let sign = if at == 0 { '?' } else { '&' };
            let _ = write!(address, "{sign}{}={}", segment(name), segment(value));
        }
        address
    }

    /// The address of the next page, where there is one.
    fn next(&self, form: ItemForm) -> Option<String> {
        let before = self.asked.before + self.places.len();
        let token = Token {
            as_of: self.asked.as_of,
            before,
        };
        (before < self.matched && !self.places.is_empty())
            .then(|| self.address(&[("f", Some(form.word())), ("token", Some(&token.text()))]))
    }

    /// Links to the page itself, its other forms, the next one and the collection.
    pub(crate) fn links(&self) -> Vec<Value> {
        let mut links = vec![link(
            "self",
            &self.address(&[("f", Some("json"))]),
            ItemForm::Json.media(),
        )];
        for form in [
            ItemForm::Html,
            ItemForm::Csv,
            ItemForm::FlatGeobuf,
            ItemForm::GeoPackage,
        ] {
            let whole: &[(&str, Option<&str>)] = &[("f", Some(form.word())), ("limit", None), ("token", None)];
            let changed = if form.is_paged() { &whole[..1] } else { whole };
            links.push(link("alternate", &self.address(changed), form.media()));
        }
        if let Some(next) = self.next(ItemForm::Json) {
            links.push(link("next", &next, ItemForm::Json.media()));
        }
        links.push(link(
            "collection",
            &format!("/collections/{}", self.asked.collection.kind),
            "application/json",
        ));
        links
    }

    /// What stands before and after the features in GeoJSON.
    pub(crate) fn around(&self) -> (String, String) {
        let mut tail = format!(
            "\n],\"numberMatched\":{},\"numberReturned\":{},\"timeStamp\":{},\"links\":{}",
            self.matched,
            self.places.len(),
            Value::from(self.time_stamp.as_str()),
            Value::from(self.links()),
        );
        if self.asked.shown.crs != features::WireCrs::CRS84 {
            let _ = write!(tail, ",\"coordRefSys\":{}", Value::from(self.asked.shown.crs.uri()));
        }
        tail.push('}');
        ("{\"type\":\"FeatureCollection\",\"features\":[".to_owned(), tail)
    }

    /// The page for people.
    pub(crate) fn html(&self) -> String {
        let kind = self.asked.collection.kind;
        let (first, last) = (self.asked.before + 1, self.asked.before + self.places.len());
        let body = html! {
            (search_box(kind.id(), "Busque por nombre en esta capa", ""))
            p role="status" {
                @if self.places.is_empty() { "No hay elementos que respondan a lo pedido." }
                @else { "Elementos " (count(first as u64)) " a " (count(last as u64)) " de " (count(self.matched as u64)) "." }
            }
            table.cards {
                thead { tr { th scope="col" { "Nombre" } th scope="col" { "Lugar" } th scope="col" { "Consulta" } } }
                tbody { @for at in self.places { (self.line(*at)) } }
            }
            @if let Some(next) = self.next(ItemForm::Html) { p { a rel="next" href=(next) { "Siguientes" } } }
            h2 { "Estos datos en otros programas" }
            ul {
                @for (form, words) in [(ItemForm::Json, "GeoJSON, por páginas"), (ItemForm::Csv, "CSV, todos"), (ItemForm::FlatGeobuf, "FlatGeobuf, todos"), (ItemForm::GeoPackage, "GeoPackage, todos")] {
                    li { a href=(self.address(&[("f", Some(form.word())), ("token", None), ("limit", None)])) { (words) } }
                }
            }
        };
        page(title_of(kind), is_synthetic_kind(&self.asked.collection), &body)
    }

    fn line(&self, at: At) -> Markup {
        let row = self.asked.collection.row(at);
        let (kind, feature) = (self.asked.collection.kind, row.feature);
        let href = format!("/collections/{kind}/items/{}", segment(&feature.key));
        let twins = self
            .asked
            .collection
            .editions
            .iter()
            .filter(|edition| edition.find(&feature.key).is_some());
        let suffix = if twins.count() > 1 {
            format!("?edition={}", segment(&row.edition.meta.id))
        } else {
            String::new()
        };
        html! {
            tr {
                th scope="row" { a href=(format!("{href}{suffix}")) { (feature.name()) } " (" (feature.key) ")" }
                td data-label="Lugar" { (place(feature)) }
                td data-label="Consulta" { @if feature.land.is_some() { a href=(format!("{href}/check{suffix}")) { "Qué se superpone con " (feature.name()) } } }
            }
        }
    }
}

fn place(feature: &Feature) -> String {
    let fields = ["district", "province", "department"];
    let parts: Vec<&str> = fields
        .iter()
        .filter_map(|field| feature.attributes.text(field))
        .collect();
    parts.join(", ")
}

/// The schema of a property list, for `/schema` and `/queryables`.
pub(crate) fn json_type(kind: filters::PropertyType) -> Value {
    use filters::PropertyType::{Array, Boolean, Date, Geometry, Integer, Number, String, Timestamp};
    match kind {
        String => json!({ "type": "string" }),
        Number => json!({ "type": "number" }),
        Integer => json!({ "type": "integer" }),
        Boolean => json!({ "type": "boolean" }),
        Date => json!({ "type": "string", "format": "date" }),
        Timestamp => json!({ "type": "string", "format": "date-time" }),
        Array => json!({ "type": "array" }),
        Geometry => json!({ "format": "geometry-any" }),
    }
}
