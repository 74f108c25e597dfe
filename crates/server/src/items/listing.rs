//! What stands round the features of a page: links, counts, and the page for people.

use crate::documents::is_synthetic_kind;
use crate::items::asked::Asked;
use crate::items::form::ItemForm;
use crate::items::token::Token;
use crate::page::{page_for, search_box_for};
use crate::speech::Speech;
use crate::words::segment;
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
    pub given: Given<'a>,
    /// What stands before links in documents for programs.
    pub base: &'a str,
    /// The language of the page.
    pub speech: &'a Speech,
    /// The moment of the answer, RFC 3339.
    pub time_stamp: String,
}

/// The parameters of a list, each with how it stands in an address.
pub(crate) struct Given<'a>(Vec<(&'a str, String)>);

impl<'a> Given<'a> {
    /// Of names and values.
    pub(crate) fn of(pairs: &'a [(String, String)]) -> Self {
        let each = pairs.iter();
        Self(each.map(|(name, value)| (name.as_str(), pair(name, value))).collect())
    }
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", segment(name), segment(value))
}

impl Listing<'_> {
    /// The address of this list with other values for some parameters; none takes one away.
    fn address(&self, changed: &[(&str, Option<&str>)]) -> String {
        let kept = self
            .given
            .0
            .iter()
            .filter(|(name, _)| !changed.iter().any(|(other, _)| name == other));
        let new = changed
            .iter()
            .filter_map(|(name, value)| value.map(|value| pair(name, value)));
        let new: Vec<String> = new.collect();
        let mut address = format!("/collections/{}/items", self.asked.collection.kind);
        for (at, pair) in kept.map(|(_, pair)| pair).chain(&new).enumerate() {
            address.push(if at == 0 { '?' } else { '&' });
            address.push_str(pair);
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

    /// Links to the page itself, its other forms, the next one and the collection: relation, address, media type.
    fn links(&self) -> Vec<(&'static str, String, &'static str)> {
        let json = ItemForm::Json.media();
        let mut links = vec![("self", self.address(&[("f", Some("json"))]), json)];
        for form in [
            ItemForm::Html,
            ItemForm::Csv,
            ItemForm::FlatGeobuf,
            ItemForm::GeoPackage,
        ] {
            let whole: &[(&str, Option<&str>)] = &[("f", Some(form.word())), ("limit", None), ("token", None)];
            let changed = if form.is_paged() { &whole[..1] } else { whole };
            links.push(("alternate", self.address(changed), form.media()));
        }
        if let Some(next) = self.next(ItemForm::Json) {
            links.push(("next", next, json));
        }
        let collection = format!("/collections/{}", self.asked.collection.kind);
        links.push(("collection", collection, "application/json"));
        links
    }

    /// What stands before and after the features in GeoJSON.
    pub(crate) fn around(&self) -> (String, String) {
        let mut tail = format!(
            "\n],\"numberMatched\":{},\"numberReturned\":{},\"timeStamp\":\"{}\",\"links\":[",
            self.matched,
            self.places.len(),
            self.time_stamp,
        );
        // addresses of ours have nothing that JSON escapes
        for (at, (rel, href, media)) in self.links().into_iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            let base = self.base;
            let _ = write!(
                tail,
                r#"{comma}{{"href":"{base}{href}","rel":"{rel}","type":"{media}"}}"#
            );
        }
        tail.push(']');
        if self.asked.shown.crs != features::WireCrs::CRS84 {
            let _ = write!(tail, ",\"coordRefSys\":{}", Value::from(self.asked.shown.crs.uri()));
        }
        tail.push('}');
        ("{\"type\":\"FeatureCollection\",\"features\":[".to_owned(), tail)
    }

    /// The page for people.
    pub(crate) fn html(&self) -> String {
        let (kind, speech) = (self.asked.collection.kind, self.speech);
        let column = |name: &str| speech.say(&format!("page-col-{name}"));
        let body = html! {
            (search_box_for(speech, kind.id(), (&speech.say("page-search-in-layer"), "")))
            p role="status" { (self.standing()) }
            table.cards {
                thead { tr { @for name in ["name", "place", "check"] { th scope="col" { (column(name)) } } } }
                tbody { @for at in self.places { (self.line(*at)) } }
            }
            @if let Some(next) = self.next(ItemForm::Html) { p { a rel="next" href=(next) { (speech.say("page-next")) } } }
            h2 { (speech.say("page-other-programs")) }
            ul {
                @for (form, words) in OTHERS {
                    li { a href=(self.address(&[("f", Some(form.word())), ("token", None), ("limit", None), ("lang", None)])) { (speech.say(words)) } }
                }
            }
        };
        page_for(
            speech,
            (&speech.layer(kind), is_synthetic_kind(&self.asked.collection)),
            &body,
        )
    }

    /// Which of how many are shown.
    fn standing(&self) -> String {
        if self.places.is_empty() {
            return self.speech.say("page-nothing-answers");
        }
        let count = |number: usize| crate::words::count(number as u64).into();
        let last = self.asked.before + self.places.len();
        let places = [
            ("first", count(self.asked.before + 1)),
            ("last", count(last)),
            ("of", count(self.matched)),
        ];
        self.speech.fill("page-from-to-of", &places)
    }

    fn line(&self, at: At) -> Markup {
        let row = self.asked.collection.row(at);
        let (kind, feature) = (self.asked.collection.kind, row.feature);
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
        let speech = self.speech;
        let href = |more: &str| {
            speech.href(&format!(
                "/collections/{kind}/items/{}{more}{suffix}",
                segment(&feature.key)
            ))
        };
        let name = feature.name();
        html! {
            tr {
                th scope="row" { a href=(href("")) { (name) } " (" (feature.key) ")" }
                td data-label=(speech.say("page-col-place")) { (place(feature)) }
                td data-label=(speech.say("page-col-check")) {
                    @if feature.land.is_some() { a href=(href("/check")) { (speech.fill("page-what-overlaps", &[("name", name.into())])) } }
                }
            }
        }
    }
}

/// The forms for other programs, with their words.
const OTHERS: [(ItemForm, &str); 4] = [
    (ItemForm::Json, "page-as-geojson"),
    (ItemForm::Csv, "page-as-csv"),
    (ItemForm::FlatGeobuf, "page-as-fgb"),
    (ItemForm::GeoPackage, "page-as-gpkg"),
];

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
