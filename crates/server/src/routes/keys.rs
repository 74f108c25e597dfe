//! The public keys with which this node signs its documents.

use super::{Answer, Site};
use crate::{
    answer::{document, media},
    negotiate::{Format, format},
    page::page,
    params::Params,
    seals::Seals,
};
use actix_web::HttpRequest;
use maud::html;

/// `/keys`
pub(crate) async fn keys(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let body = match format {
        Format::Html => as_page(&site.seals),
        _ => site.seals.described().to_string(),
    };
    Ok(document(media(format), None, body))
}

fn as_page(seals: &Seals) -> String {
    let (keys, own) = (seals.public(), seals.key.as_ref().map(reports::NodeKey::public));
    let body = html! {
        p { "Con la clave pública cualquiera comprueba, sin conexión, que un informe salió de este servidor y no fue cambiado: "
            code { "tupu verify informe.json --key CLAVE_PUBLICA" } "." }
        @if own.is_none() {
            p role="note" { "Este servidor no tiene clave: sus informes llevan huella, pero no firma." }
        }
        @if !keys.is_empty() {
            table.cards {
                thead { tr { @for name in ["Clave", "Clave pública (Ed25519)", "Uso"] { th scope="col" { (name) } } } }
                tbody {
                    @for key in &keys {
                        tr {
                            th scope="row" { code { (key.id()) } }
                            td data-label="Clave pública (Ed25519)" { code { (key) } }
                            td data-label="Uso" { @if own == Some(*key) { "firma los informes de ahora" } @else { "se acepta al comprobar" } }
                        }
                    }
                }
            }
        }
        p { a href="/verify" { "Comprobar un informe" } }
    };
    page("Claves públicas", false, &body)
}
