//! The public keys with which this node signs its documents.

use super::{Answer, Site};
use crate::{
    answer::{document, media},
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    seals::Seals,
    speech::{PAGE, Speech},
};
use actix_web::HttpRequest;
use maud::html;

/// `/keys`
pub(crate) async fn keys(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = match format {
        Format::Html => as_page(&site.seals, &speech),
        _ => site.seals.described().to_string(),
    };
    Ok(document(media(format), None, body))
}

fn as_page(seals: &Seals, speech: &Speech) -> String {
    let (keys, own) = (seals.public(), seals.key.as_ref().map(reports::NodeKey::public));
    let column = |name: &str| speech.say(&format!("page-col-{name}"));
    let use_of = |mine: bool| speech.say(if mine { "page-key-signs" } else { "page-key-accepted" });
    let body = html! {
        p { (speech.say("page-keys-words")) " " code { "tupu verify informe.json --key " (speech.say("page-public-key")) } }
        @if own.is_none() { p role="note" { (speech.say("page-no-key")) } }
        @if !keys.is_empty() {
            table.cards {
                thead { tr { @for name in ["key", "public-key", "use"] { th scope="col" { (column(name)) } } } }
                tbody {
                    @for key in &keys {
                        tr {
                            th scope="row" { code { (key.id()) } }
                            td data-label=(column("public-key")) { code { (key) } }
                            td data-label=(column("use")) { (use_of(own == Some(*key))) }
                        }
                    }
                }
            }
        }
        p { a href=(speech.href("/verify")) { (speech.say("page-verify")) } }
    };
    page_for(speech, (&speech.say("page-keys"), false), &body)
}
