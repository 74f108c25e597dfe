//! A page for every kind of refusal: what `type` points to.

use super::Answer;
use crate::{
    answer::{document, media},
    finish::nothing_here,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    problem::Kind,
    speech::{PAGE, Speech},
};
use actix_web::{HttpRequest, web::Path};
use maud::{Markup, html};
use serde_json::{Value, json};

/// `/problems`
pub(crate) async fn problems(request: HttpRequest) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = match format {
        Format::Html => {
            let list = html! {
                (in_spanish(&speech))
                ul lang=[speech.spanish()] {
                    @for kind in Kind::ALL {
                        li { a href=(speech.href(&format!("/problems/{}", kind.slug()))) { (kind.title()) } " (" (kind.status()) ")" }
                    }
                }
            };
            page_for(&speech, (&speech.say("page-problems"), false), &list)
        }
        _ => json!({ "problems": Kind::ALL.iter().map(|kind| described(*kind)).collect::<Vec<_>>() }).to_string(),
    };
    Ok(document(media(format), None, body))
}

/// `/problems/{slug}`
pub(crate) async fn problem(request: HttpRequest, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let kind = Kind::ALL
        .iter()
        .copied()
        .find(|kind| kind.slug() == path.as_str())
        .ok_or_else(nothing_here)?;
    let body = match format {
        Format::Html => {
            let about = html! {
                (in_spanish(&speech))
                div lang=[speech.spanish()] {
                    @if speech.spanish().is_some() { p { strong { (kind.title()) } } }
                    p { (kind.about()) }
                }
                p { "HTTP " (kind.status()) ", " code { "/problems/" (kind.slug()) } "." }
                p { a href=(speech.href("/problems")) { (speech.say("page-all-problems")) } }
            };
            let title = match speech.spanish() {
                Some(_) => format!("{}: {}", speech.say("page-problem"), kind.slug()),
                None => kind.title().to_owned(),
            };
            page_for(&speech, (&title, false), &about)
        }
        _ => described(kind).to_string(),
    };
    Ok(document(media(format), None, body))
}

fn in_spanish(speech: &Speech) -> Markup {
    html! { @if speech.spanish().is_some() { p { (speech.say("page-refused-in-spanish")) } } }
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
