//! One feature.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{base_of, document, entity_tag_of, unchanged, with_base},
    documents::link,
    items::{
        asked::{say_crs, wire_crs},
        form::ItemForm,
    },
    negotiate::Format,
    page::page_for,
    params::Params,
    speech::Speech,
    words,
};
use actix_web::{HttpRequest, web::Path};
use features::{Row, Shown, WireCrs, feature_json};
use maud::html;
use serde_json::json;
use store::Found;
use territory::LayerKind;

/// `/collections/{layer}/items/{id}`
pub(crate) async fn feature(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    let params = Params::read(request.query_string(), &["f", "edition", "crs", "lang"])?;
    let form = ItemForm::chosen(request.headers(), params.f(), &ItemForm::ONE)?;
    let crs = wire_crs(&params, "crs")?;
    let speech = Speech::of(&request, &params)?;
    let current = site.current()?;
    let (name, key) = path.into_inner();
    let kind = layer(&current.snapshot, &name)?;
    let found = find(&current.snapshot, kind, &key, params.text("edition"))?;
    let tag = match form {
        ItemForm::Html => speech.entity_tag(&current.tag, Format::Html),
        _ => entity_tag_of(&current.tag, form.word()),
    };
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = match form {
        ItemForm::Html => as_page(&found, params.text("edition"), &speech).into_bytes(),
        _ => as_geojson(&found, crs, base_of(&request).as_deref()),
    };
    let mut answer = document(form.media(), Some(&tag), body);
    say_crs(&mut answer, form, crs);
    Ok(answer)
}

/// The feature with our attributes; fields of the source that no profile named stay in the store.
fn as_geojson(found: &Found<'_>, crs: WireCrs, base: Option<&str>) -> Vec<u8> {
    let (meta, feature) = (&found.edition.meta, found.feature);
    let here = format!("/collections/{}/items/{}", meta.kind, words::segment(&feature.key));
    let links = json!([
        link("self", &format!("{here}?f=json"), ItemForm::Json.media()),
        link("alternate", &format!("{here}?f=html"), ItemForm::Html.media()),
        link("collection", &format!("/collections/{}", meta.kind), "application/json"),
        link("check", &format!("{here}/check"), "application/json"),
    ]);
    let shown = Shown {
        crs,
        properties: None,
        skip_geometry: false,
    };
    let mut out = Vec::new();
    let more = format!(",\"links\":{links}");
    feature_json(
        &mut out,
        &Row::of(found.edition, feature),
        &shown,
        &with_base(&more, base),
    );
    out
}

fn as_page(found: &Found<'_>, edition: Option<&str>, speech: &Speech) -> String {
    let (meta, feature) = (&found.edition.meta, found.feature);
    let suffix = edition.map_or_else(String::new, |id| format!("?edition={}", words::segment(id)));
    let check = format!(
        "/collections/{}/items/{}/check{suffix}",
        meta.kind,
        words::segment(&feature.key)
    );
    let layer = speech.href(&format!("/collections/{}", meta.kind));
    let since = [("day", meta.valid_from.to_string().into())];
    let body = html! {
        @if meta.kind == LayerKind::Springs {
            @let more = suffix.replace('?', "&");
            @let source = format!("/watershed/source?feature=springs/{}{more}", words::segment(&feature.key));
            p { a href=(speech.href(&source)) { (speech.say("source-view-link")) } }
        }
        @if feature.land.is_some() {
            p { a href=(speech.href(&check)) { (speech.say("page-see-overlaps")) } }
            @if let (LayerKind::HydrographicUnits, Some(code)) = (meta.kind, feature.attributes.text("code")) {
                @let sheet = format!("/watershed/{}{suffix}", words::segment(code));
                p { a href=(speech.href(&sheet)) { (speech.say("unit-sheet-link")) } }
            }
        } @else {
            p { (speech.say("page-no-surface")) }
        }
        table {
            tbody {
                tr { th scope="row" { (speech.say("page-col-key")) } td { (feature.key) } }
                @for (name, value) in &feature.attributes.0 {
                    tr { th scope="row" { (speech.field(name)) } td { (words::value(value, speech)) } }
                }
                tr { th scope="row" { (speech.say("page-col-layer")) } td { a href=(layer) { (speech.layer(meta.kind)) } } }
                tr { th scope="row" { (speech.say("page-col-edition")) } td { (meta.id) " — " (meta.title) " (" (meta.series.publisher) ", " (speech.fill("page-holds-from", &since)) ")" } }
                tr { th scope="row" { (speech.say("page-source-row")) } td { (feature.source_row) } }
            }
        }
    };
    page_for(speech, (feature.name(), meta.synthetic), &body)
}
