//! One feature.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{document, entity_tag, unchanged},
    documents::link,
    negotiate::{Format, format},
    page::page,
    params::Params,
    words,
};
use actix_web::{HttpRequest, web::Path};
use maud::html;
use serde_json::{Value, json};
use store::Found;
use territory::{EditionMeta, Feature};

/// `/collections/{layer}/items/{id}`
pub(crate) async fn feature(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "edition"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let current = site.current()?;
    let (name, key) = path.into_inner();
    let kind = layer(&current.snapshot, &name)?;
    find(&current.snapshot, kind, &key, params.text("edition"))?;
    let tag = entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = site
        .pool
        .run(move |_| {
            let found = find(&current.snapshot, kind, &key, params.text("edition"))?;
            Ok(match format {
                Format::Html => as_page(&found, params.text("edition")),
                _ => as_geojson(&found.edition.meta, found.feature).to_string(),
            })
        })
        .await?;
    let media = match format {
        Format::Html => "text/html; charset=utf-8",
        _ => "application/geo+json",
    };
    Ok(document(media, Some(&tag), body))
}

/// The feature with our attributes; fields of the source that no profile named stay in the store.
pub(crate) fn as_geojson(meta: &EditionMeta, feature: &Feature) -> Value {
    let here = format!("/collections/{}/items/{}", meta.kind, words::segment(&feature.key));
    json!({
        "type": "Feature",
        "id": feature.key,
        "geometry": geojson::Geometry::from(&feature.lonlat),
        "properties": feature.attributes,
        "edition": meta.id,
        "synthetic": meta.synthetic,
        "links": [
            link("self", &format!("{here}?f=json"), "application/geo+json"),
            link("collection", &format!("/collections/{}", meta.kind), "application/json"),
            link("check", &format!("{here}/check"), "application/json"),
        ],
    })
}

fn as_page(found: &Found<'_>, edition: Option<&str>) -> String {
    let (meta, feature) = (&found.edition.meta, found.feature);
    let suffix = edition.map_or_else(String::new, |id| format!("?edition={}", words::segment(id)));
    let check = format!(
        "/collections/{}/items/{}/check{suffix}",
        meta.kind,
        words::segment(&feature.key)
    );
    let body = html! {
        @if feature.land.is_some() {
            p { a href=(check) { "Ver qué se superpone con esta tierra" } }
        } @else {
            p { "Este elemento no es una superficie: no hay nada que superponer." }
        }
        table {
            tbody {
                tr { th scope="row" { "Clave" } td { (feature.key) } }
                @for (name, value) in &feature.attributes.0 {
                    tr { th scope="row" { (words::field(name)) } td { (words::value(value)) } }
                }
                tr { th scope="row" { "Capa" } td { a href=(format!("/collections/{}", meta.kind)) { (words::title_of(meta.kind)) } } }
                tr { th scope="row" { "Edición" } td { (meta.id) " — " (meta.title) " (" (meta.series.publisher) ", vale desde " (meta.valid_from) ")" } }
                tr { th scope="row" { "Fila de la fuente" } td { (feature.source_row) } }
            }
        }
    };
    page(feature.name(), meta.synthetic, &body)
}
