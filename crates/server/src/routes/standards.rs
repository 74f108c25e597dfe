//! What a client asks before it asks for features: which standards hold, and what may be named.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{base_of, document, entity_tag, unchanged, with_base},
    documents::link,
    items::listing::json_type,
    negotiate::{Format, format},
    page::page,
    params::Params,
    words::{field, title_of},
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
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
];

const SCHEMA: &str = "application/schema+json";

/// `/conformance`
pub(crate) async fn conformance(request: HttpRequest) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let form = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let body = if form == Format::Html {
        let list = html! { ul { @for class in CONFORMANCE { li { code { (class) } } } } };
        page("Normas que se cumplen", false, &list)
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
    let params = Params::read(request.query_string(), &["f"])?;
    let form = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, name)?;
    let tag = entity_tag(&current.tag, form);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    // a layer that was found has an edition
    let Some(collection) = current.collections.find(&current, kind, None)? else {
        return Err(crate::finish::nothing_here());
    };
    if form == Format::Html {
        return Ok(document(form.media(), Some(&tag), as_page(&collection, of)));
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
        one["title"] = field(&property.name).into();
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

fn as_page(collection: &Collection, of: Of) -> String {
    let title = match of {
        Of::Filters => "Propiedades por las que se filtra",
        Of::Features => "Propiedades de los elementos",
    };
    let body = html! {
        p { a href=(format!("/collections/{}", collection.kind)) { (title_of(collection.kind)) } }
        table {
            thead { tr { th scope="col" { "Nombre" } th scope="col" { "Qué es" } th scope="col" { "Tipo" } } }
            tbody {
                @for property in &collection.schema.properties {
                    tr { th scope="row" { code { (property.name) } } td { (field(&property.name)) } td { (crate::items::asked::kind_es(property.kind)) } }
                }
                tr { th scope="row" { code { "key" } } td { "Clave" } td { "un texto" } }
                tr { th scope="row" { code { "geometry" } } td { "Geometría" } td { "una geometría" } }
            }
        }
    };
    page(title, crate::documents::is_synthetic_kind(collection), &body)
}
