//! The editions that may be seen, the withdrawn ones too.

use super::{Answer, Site};
use crate::{
    answer::{document, media, unchanged},
    current::Current,
    documents::is_synthetic,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    speech::{PAGE, Speech},
};
use actix_web::{HttpRequest, web::Bytes};
use maud::html;

/// `/editions`
pub(crate) async fn editions(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let current = site.current()?;
    let tag = speech.entity_tag(&current.tag, format);
    if let Some(answer) = unchanged(&request, &tag) {
        return Ok(answer);
    }
    if format == Format::Json {
        return Ok(document(media(format), Some(&tag), current.documents.editions.clone()));
    }
    let body = Bytes::from(as_page(&current, &speech));
    Ok(document(media(format), Some(&tag), body))
}

fn as_page(current: &Current, speech: &Speech) -> String {
    let column = |name: &str| speech.say(&format!("page-col-{name}"));
    let columns = ["edition", "layer", "publisher", "valid-from", "published", "features"];
    let body = html! {
        p { (speech.say("page-newest-first")) }
        table.cards {
            thead { tr { @for name in columns { th scope="col" { (column(name)) } } } }
            tbody {
                @for meta in &current.documents.history {
                    tr {
                        th scope="row" { (meta.id) }
                        td data-label=(column("layer")) { (speech.layer(meta.kind)) }
                        td data-label=(column("publisher")) { (meta.series.publisher) " (" (meta.series.territory) ")" }
                        td data-label=(column("valid-from")) { (meta.valid_from) }
                        td data-label=(column("published")) {
                            (meta.published_at.strftime("%F"))
                            @if let Some(moment) = meta.withdrawn_at { "; " (speech.say("page-withdrawn")) " " (moment.strftime("%F")) }
                        }
                        td data-label=(column("features")) { (crate::words::count(meta.counts.kept)) }
                    }
                }
            }
        }
    };
    let synthetic = is_synthetic(&current.snapshot, None);
    page_for(speech, (&speech.say("page-editions"), synthetic), &body)
}
