//! A page for every kind of refusal: what `type` points to.

use super::Answer;
use crate::{
    answer::{document, media},
    finish::nothing_here,
    negotiate::{Format, format},
    page::page,
    params::Params,
    problem::Kind,
};
use actix_web::{HttpRequest, web::Path};
use maud::html;
use serde_json::{Value, json};

/// `/problems`
pub(crate) async fn problems(request: HttpRequest) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let body = match format {
        Format::Html => {
            let list = html! {
                ul { @for kind in Kind::ALL { li { a href=(format!("/problems/{}", kind.slug())) { (kind.title()) } " (" (kind.status()) ")" } } }
            };
            page("Errores", false, &list)
        }
        _ => json!({ "problems": Kind::ALL.iter().map(|kind| described(*kind)).collect::<Vec<_>>() }).to_string(),
    };
    Ok(document(media(format), None, body))
}

/// `/problems/{slug}`
pub(crate) async fn problem(request: HttpRequest, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let kind = Kind::ALL
        .iter()
        .copied()
        .find(|kind| kind.slug() == path.as_str())
        .ok_or_else(nothing_here)?;
    let body = match format {
        Format::Html => {
            let about = html! {
                p { (kind.about()) }
                p { "Código HTTP " (kind.status()) ", " code { "/problems/" (kind.slug()) } "." }
                p { a href="/problems" { "Todos los errores" } }
            };
            page(kind.title(), false, &about)
        }
        _ => described(kind).to_string(),
    };
    Ok(document(media(format), None, body))
}

fn described(kind: Kind) -> Value {
    json!({
        "type": kind.uri(),
        "about": kind.page(),
        "title": kind.title(),
        "status": kind.status(),
        "description": kind.about(),
    })
}
