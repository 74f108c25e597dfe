//! The editions that may be seen, the withdrawn ones too.

use super::{Answer, Site};
use crate::{
    answer::{document, entity_tag, media, unchanged},
    documents::is_synthetic,
    negotiate::{Format, format},
    page::page,
    params::Params,
    words::{count, title_of},
};
use actix_web::{HttpRequest, web::Bytes};
use maud::html;

/// `/editions`
pub(crate) async fn editions(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let current = site.current()?;
    let tag = entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    if format == Format::Json {
        return Ok(document(media(format), Some(&tag), current.documents.editions.clone()));
    }
    let body = html! {
        p { "De la más reciente a la más antigua." }
        table.cards {
            thead { tr { @for name in ["Edición", "Capa", "Publica", "Vale desde", "Publicada", "Elementos"] { th scope="col" { (name) } } } }
            tbody {
                @for meta in &current.documents.history {
                    tr {
                        th scope="row" { (meta.id) }
                        td data-label="Capa" { (title_of(meta.kind)) }
                        td data-label="Publica" { (meta.series.publisher) " (" (meta.series.territory) ")" }
                        td data-label="Vale desde" { (meta.valid_from) }
                        td data-label="Publicada" {
                            (meta.published_at.strftime("%F"))
                            @if let Some(moment) = meta.withdrawn_at { "; retirada " (moment.strftime("%F")) }
                        }
                        td data-label="Elementos" { (count(meta.counts.kept)) }
                    }
                }
            }
        }
    };
    let body = Bytes::from(page("Ediciones", is_synthetic(&current.snapshot, None), &body));
    Ok(document(media(format), Some(&tag), body))
}
