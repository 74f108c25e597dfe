//! What a client asks before it asks for features: which standards hold, and what may be named.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{base_of, document, unchanged, with_base},
    documents::link,
    items::listing::json_type,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    speech::{PAGE, Speech},
    words::title_of,
};
use actix_web::{HttpRequest, web::Path};
use features::Collection;
use filters::PropertyType;
use maud::html;
use serde_json::{Map, Value, json};

/// The conformance classes that hold, each shown by a test.
pub(crate) const CONFORMANCE: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/ogc-process-description",
    "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/json",
    "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/dismiss",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/dataset-map",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/collection-map",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/png",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/svg",
    "http://www.opengis.net/spec/ogcapi-maps-1/1.0/conf/tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/png",
];

const SCHEMA: &str = "application/schema+json";

/// `/conformance`
pub(crate) async fn conformance(request: HttpRequest) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let form = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = if form == Format::Html {
        let list = html! { ul { @for class in CONFORMANCE { li { code { (class) } } } } };
        page_for(&speech, (&speech.say("page-conformance"), false), &list)
    } else {
        let links = [
            link("self", "/conformance?f=json", "application/json"),
            link("alternate", "/conformance?f=html", "text/html"),
        ];
        let text = json!({ "conformsTo": CONFORMANCE, "links": links }).to_string();
        with_base(&text, base_of(&request).as_deref()).into_owned()
    };
    Ok(document(form.media(), None, body))
}

/// `/collections/{layer}/queryables`: what a filter may name.
pub(crate) async fn queryables(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    described(&request, &site, &path, Of::Filters)
}

/// `/collections/{layer}/schema`: what features are made of.
pub(crate) async fn schema(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    described(&request, &site, &path, Of::Features)
}

#[derive(Clone, Copy, PartialEq)]
enum Of {
    Filters,
    Features,
}

fn described(request: &HttpRequest, site: &Site, name: &str, of: Of) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let form = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(request, &params)?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, name)?;
    let tag = speech.entity_tag(&current.tag, form);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    // a layer that was found has an edition
    let Some(collection) = current.collections.find(&current, kind, None)? else {
        return Err(crate::finish::nothing_here());
    };
    if form == Format::Html {
        return Ok(document(form.media(), Some(&tag), as_page(&collection, of, &speech)));
    }
    let path = if of == Of::Filters { "queryables" } else { "schema" };
    let base = base_of(request).unwrap_or_default();
    let id = format!("{base}/collections/{kind}/{path}");
    Ok(document(
        SCHEMA,
        Some(&tag),
        json_schema(&collection, of, &id).to_string(),
    ))
}

fn json_schema(collection: &Collection, of: Of, id: &str) -> Value {
    let mut properties = Map::new();
    for (sequence, property) in (1..).zip(&collection.schema.properties) {
        let mut one = json_type(property.kind);
        one["title"] = Speech::default().field(&property.name).into();
        one["x-ogc-propertySeq"] = sequence.into();
        properties.insert(property.name.clone(), one);
    }
    let key = json!({ "type": "string", "title": "Clave", "x-ogc-role": "id" });
    properties.insert("key".to_owned(), key);
    let mut geometry = json_type(PropertyType::Geometry);
    geometry["x-ogc-role"] = "primary-geometry".into();
    geometry["title"] = "Geometría".into();
    properties.insert("geometry".to_owned(), geometry);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "type": "object",
        "title": title_of(collection.kind),
        "properties": properties,
        // what is not named here is refused in a filter
        "additionalProperties": of == Of::Features,
    })
}

fn as_page(collection: &Collection, of: Of, speech: &Speech) -> String {
    let title = speech.say(match of {
        Of::Filters => "page-queryables",
        Of::Features => "page-schema",
    });
    let column = |name: &str| speech.say(&format!("page-col-{name}"));
    let layer = speech.href(&format!("/collections/{}", collection.kind));
    let row = |name: &str, meaning: String, kind: &str| {
        html! { tr { th scope="row" { code { (name) } } td { (meaning) } td { (speech.say(&format!("type-{kind}"))) } } }
    };
    let body = html! {
        p { a href=(layer) { (speech.layer(collection.kind)) } }
        table {
            thead { tr { @for name in ["name", "meaning", "type"] { th scope="col" { (column(name)) } } } }
            tbody {
                @for property in &collection.schema.properties {
                    (row(&property.name, speech.field(&property.name), type_word(property.kind)))
                }
                (row("key", speech.say("page-col-key"), "text"))
                (row("geometry", speech.say("page-geometry"), "geometry"))
            }
        }
    };
    page_for(speech, (&title, crate::documents::is_synthetic_kind(collection)), &body)
}

/// The word of a type, in the ids of its sentence.
fn type_word(kind: PropertyType) -> &'static str {
    match kind {
        PropertyType::Number => "number",
        PropertyType::Integer => "integer",
        PropertyType::Boolean => "boolean",
        PropertyType::Date => "date",
        PropertyType::Timestamp => "moment",
        PropertyType::String | PropertyType::Array => "text",
        PropertyType::Geometry => "geometry",
    }
}
