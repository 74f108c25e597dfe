//! The layers and what is known of each.

use super::{Answer, Site, layer::layer};
use crate::{
    answer::{base_of, document, entity_tag, media, unchanged, with_base},
    current::Current,
    documents::{is_synthetic, kept},
    negotiate::{Format, format},
    page::{page, search_box},
    params::Params,
    words::{count, title_of},
};
use actix_web::{
    HttpRequest,
    web::{Bytes, Path},
};
use maud::html;
use territory::{Coverage, EditionMeta, LayerKind};

/// `/collections`
pub(crate) async fn collections(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let current = site.current()?;
    let tag = entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = match format {
        Format::Html => Bytes::from(list(&current)),
        _ => whole(&request, &current.documents.collections),
    };
    Ok(document(media(format), Some(&tag), body))
}

/// `/collections/{layer}`
pub(crate) async fn collection(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let current = site.current()?;
    let kind = layer(&current.snapshot, &path)?;
    let tag = entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    let body = match format {
        Format::Html => Bytes::from(one(&current, kind)),
        _ => whole(
            &request,
            current.documents.collection.get(&kind).map_or(&[], |bytes| bytes),
        ),
    };
    Ok(document(media(format), Some(&tag), body))
}

/// A document that was made beforehand, with its links made whole.
fn whole(request: &HttpRequest, document: &[u8]) -> Bytes {
    let text = String::from_utf8_lossy(document);
    Bytes::from(with_base(&text, base_of(request).as_deref()).into_owned())
}

fn list(current: &Current) -> String {
    let snapshot = &current.snapshot;
    let body = html! {
        table.cards {
            thead { tr { th scope="col" { "Capa" } th.num scope="col" { "Elementos" } th.num scope="col" { "Ediciones" } } }
            tbody {
                @for kind in snapshot.kinds() {
                    tr {
                        th scope="row" { a href=(format!("/collections/{kind}")) { (title_of(kind)) } }
                        td.num data-label="Elementos" { (count(kept(snapshot, kind))) }
                        td.num data-label="Ediciones" { (snapshot.collection(kind).count()) }
                    }
                }
            }
        }
    };
    page("Capas", is_synthetic(snapshot, None), &body)
}

fn one(current: &Current, kind: LayerKind) -> String {
    let snapshot = &current.snapshot;
    let body = html! {
        (search_box(kind.id(), "Busque por nombre en esta capa", ""))
        p { a href=(format!("/collections/{kind}/items")) { "Ver los primeros elementos" } }
        p { a href=(format!("/collections/{kind}/map?f=png")) { "Ver el mapa de esta capa" } }
        p {
            a href=(format!("/collections/{kind}/qgis")) { "Abrir en QGIS" } " (archivo .qlr) · "
            a href=(format!("/styles/{kind}?f=qml")) { "Estilo para QGIS" } " · "
            a href="/wms?service=WMS&request=GetCapabilities" { "WMS de todas las capas" }
        }
        p { a href=(format!("/collections/{kind}/tiles")) { "Teselas para programas de mapas" } }
        h2 { "Ediciones vigentes" }
        @for edition in snapshot.collection(kind) {
            h3 { (edition.meta.title) }
            (facts(&edition.meta))
        }
    };
    page(title_of(kind), is_synthetic(snapshot, Some(kind)), &body)
}

/// What is known of an edition, as a table.
fn facts(meta: &EditionMeta) -> maud::Markup {
    let coverage = match &meta.coverage {
        Coverage::Undeclared => "nadie la declaró: toda consulta es parcial".to_owned(),
        Coverage::National => "todo el Perú".to_owned(),
        Coverage::Area { source, .. } => format!("un área declarada ({source})"),
    };
    let mut rows = vec![
        ("Edición", meta.id.clone()),
        (
            "Publica",
            format!("{} ({})", meta.series.publisher, meta.series.territory),
        ),
        ("Fuente", meta.source.clone()),
        ("Licencia", meta.licence.clone()),
        ("Vale desde", meta.valid_from.to_string()),
        ("Cobertura", coverage),
        ("Sistema de la fuente", meta.crs.clone()),
        ("Elementos", count(meta.counts.kept)),
        ("Filas rechazadas", count(meta.counts.rejected)),
        ("SHA-256", meta.sha256.clone()),
    ];
    if let Some(scale) = meta.scale_denominator {
        rows.push(("Escala", format!("1:{}", count(scale.into()))));
    }
    if meta.operation.id != "none" {
        rows.push((
            "Operación de datum",
            format!("{} (exactitud {} m)", meta.operation.id, meta.operation.accuracy_m),
        ));
    }
    html! {
        table { tbody { @for (name, value) in rows { tr { th scope="row" { (name) } td { (value) } } } } }
    }
}
