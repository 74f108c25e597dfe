//! The layers and what is known of each.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{base_of, document, media, unchanged, with_base},
    current::Current,
    documents::{is_synthetic, kept},
    negotiate::{Format, format},
    page::{address_box, page_for, search_box_for},
    params::Params,
    speech::{PAGE, Speech},
};
use actix_web::{
    HttpRequest,
    web::{Bytes, Path},
};
use maud::html;
use reports::Paper;
use territory::{Coverage, EditionMeta, LayerKind};

/// `/collections`
pub(crate) async fn collections(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let current = site.current()?;
    let base = base_of(&request).unwrap_or_default();
    let tag = speech.entity_tag(&made_of(&current, &base), format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = match format {
        Format::Html => Bytes::from(list(&current, &speech)),
        _ => whole(&base, &current.documents.collections),
    };
    Ok(document(media(format), Some(&tag), body))
}

/// `/collections/{layer}`
pub(crate) async fn collection(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let base = base_of(&request).unwrap_or_default();
    let tag = speech.entity_tag(&made_of(&current, &base), format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = match format {
        Format::Html => Bytes::from(one((&current, kind), &speech, &base)),
        _ => whole(
            &base,
            current.documents.collection.get(&kind).map_or(&[], |bytes| bytes),
        ),
    };
    Ok(document(media(format), Some(&tag), body))
}

/// A document that was made beforehand, with its links made whole.
fn whole(base: &str, document: &[u8]) -> Bytes {
    let text = String::from_utf8_lossy(document);
    Bytes::from(with_base(&text, Some(base).filter(|base| !base.is_empty())).into_owned())
}

/// The state of the data and the address by which the reader came: documents write whole addresses.
fn made_of(current: &Current, base: &str) -> String {
    let base = base.replace(|letter: char| !letter.is_ascii_alphanumeric(), ".");
    format!("{}-{base}", current.tag)
}

fn list(current: &Current, speech: &Speech) -> String {
    let snapshot = &current.snapshot;
    let (features, editions) = (speech.say("page-col-features"), speech.say("page-editions"));
    let body = html! {
        table.cards {
            thead { tr { th scope="col" { (speech.say("page-col-layer")) } th.num scope="col" { (features) } th.num scope="col" { (editions) } } }
            tbody {
                @for kind in snapshot.kinds() {
                    tr {
                        th scope="row" { a href=(speech.href(&format!("/collections/{kind}"))) { (speech.layer(kind)) } }
                        td.num data-label=(features) { (crate::words::count(kept(snapshot, kind))) }
                        td.num data-label=(editions) { (snapshot.collection(kind).count()) }
                    }
                }
            }
        }
    };
    page_for(
        speech,
        (&speech.say("page-layers"), is_synthetic(snapshot, None)),
        &body,
    )
}

fn one((current, kind): (&Current, LayerKind), speech: &Speech, base: &str) -> String {
    let snapshot = &current.snapshot;
    let tile = format!("{base}/collections/{kind}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}");
    let body = html! {
        (search_box_for(speech, kind.id(), (&speech.say("page-search-in-layer"), "")))
        p { a href=(speech.href(&format!("/collections/{kind}/items"))) { (speech.say("page-first-features")) } }
        (pictured(kind, speech))
        h2 { (speech.say("page-in-force")) }
        @for edition in snapshot.collection(kind) {
            h3 { (edition.meta.title) }
            (facts(&edition.meta, speech))
        }
        h2 { (speech.say("home-programs")) }
        @if !base.is_empty() {
            p { (speech.fill("page-qgis-words", &[("layer", speech.layer(kind).into())])) }
            (address_box("qgis", &speech.say("home-qgis"), &format!("{base}/")))
            (address_box("qgis-tiles", &speech.say("page-qgis-tiles"), &tile))
        }
        ul {
            li { a href=(format!("/collections/{kind}/qgis")) { (speech.say("page-qgis-file")) } }
            li { a href=(format!("/styles/{kind}?f=qml")) { (speech.say("page-qgis-style")) } }
            li { a href="/wms?service=WMS&request=GetCapabilities" { (speech.say("page-wms")) } }
            li { a href=(format!("/collections/{kind}/tiles")) { (speech.say("api-group-tiles")) } }
        }
    };
    page_for(speech, (&speech.layer(kind), is_synthetic(snapshot, Some(kind))), &body)
}

/// The map of a layer, as a picture that leads to itself.
fn pictured(kind: LayerKind, speech: &Speech) -> maud::Markup {
    let address = format!("/collections/{kind}/map?f=png");
    let words = speech.fill("page-map-of", &[("layer", speech.layer(kind).into())]);
    html! {
        figure {
            a href=(address) { img.map src=(address) alt=(words) loading="lazy"; }
            figcaption { (words) }
        }
        p {
            (speech.say("page-sheet")) " "
            @for (at, paper) in Paper::ALL.into_iter().take(2).enumerate() {
                @if at > 0 { " · " }
                a href=(speech.href(&format!("/collections/{kind}/map?f=pdf&paper={}", paper.id()))) {
                    (speech.fill("page-sheet-paper", &[("paper", paper.id().to_uppercase().into())]))
                }
            }
        }
    }
}

/// What is known of an edition, as a table.
fn facts(meta: &EditionMeta, speech: &Speech) -> maud::Markup {
    let coverage = match &meta.coverage {
        Coverage::Undeclared => speech.say("edition-coverage-none"),
        Coverage::National => speech.say("edition-coverage-national"),
        Coverage::Area { source, .. } => speech.fill("edition-coverage-area", &[("source", source.as_str().into())]),
    };
    let mut rows = vec![
        ("page-col-edition", meta.id.clone()),
        (
            "page-col-publisher",
            format!("{} ({})", meta.series.publisher, meta.series.territory),
        ),
        ("edition-source", meta.source.clone()),
        ("edition-licence", meta.licence.clone()),
        ("page-col-valid-from", meta.valid_from.to_string()),
        ("edition-coverage", coverage),
        ("edition-crs", meta.crs.clone()),
        ("page-col-features", crate::words::count(meta.counts.kept)),
        ("edition-rejected", crate::words::count(meta.counts.rejected)),
        ("edition-sha256", meta.sha256.clone()),
    ];
    if let Some(scale) = meta.scale_denominator {
        rows.push(("edition-scale", format!("1:{}", crate::words::count(scale.into()))));
    }
    if meta.operation.id != "none" {
        let accuracy = speech.fill(
            "edition-accuracy",
            &[("m", meta.operation.accuracy_m.to_string().into())],
        );
        rows.push(("edition-operation", format!("{} ({accuracy})", meta.operation.id)));
    }
    html! {
        table { tbody { @for (words, value) in rows { tr { th scope="row" { (speech.say(words)) } td { (value) } } } } }
    }
}
