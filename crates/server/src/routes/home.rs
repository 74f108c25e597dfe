//! The first page.

use super::{Answer, Site};
use crate::{
    answer::{base_of, document, media, with_base},
    current::Current,
    documents::{is_synthetic, kept, link},
    negotiate::{Format, format},
    openapi::OPENAPI,
    page::{address_box, page_for, search_box_for},
    params::Params,
    speech::{PAGE, Speech},
};
use actix_web::HttpRequest;
use maud::{Markup, html};
use reports::Lang;
use serde_json::json;

/// The relation of a server to its processes.
const PROCESSES: &str = "http://www.opengis.net/def/rel/ogc/1.0/processes";

/// `/`
pub(crate) async fn home(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = match format {
        Format::Html => as_page(&site, &speech, base_of(&request)),
        _ => json!({
            "title": speech.say("home-title"),
            "description": speech.say("home-words"),
            "links": [
                link("self", "/?f=json", "application/json"),
                link("alternate", "/?f=html", "text/html"),
                link("service-desc", "/api", OPENAPI),
                link("service-doc", "/api.html", "text/html"),
                link("conformance", "/conformance", "application/json"),
                link("data", "/collections", "application/json"),
                link("editions", "/editions", "application/json"),
                link("check", "/checks", "application/json"),
                link(PROCESSES, "/processes", "application/json"),
                link("status", "/ready", "application/json"),
                link("problems", "/problems", "application/json"),
            ],
        })
        .to_string(),
    };
    let body = if format == Format::Html {
        body
    } else {
        with_base(&body, base_of(&request).as_deref()).into_owned()
    };
    Ok(document(media(format), None, body))
}

fn as_page(site: &Site, speech: &Speech, base: Option<String>) -> String {
    let current = site.current();
    let synthetic = current
        .as_ref()
        .is_ok_and(|current| is_synthetic(&current.snapshot, None));
    let body = html! {
        p { (speech.say("home-words")) }
        (search_box_for(speech, "communities", (&speech.say("home-search"), "")))
        p { (speech.say("home-not-there")) " " a href=(speech.href("/checks")) { (speech.say("home-give-land")) } "." }
        h2 { (speech.say("page-layers")) }
        @match &current {
            Ok(current) => (layers(current, speech)),
            Err(problem) => p role="alert" lang=[(speech.lang != Lang::Es).then_some("es")] { (problem.detail) },
        }
        h2 { (speech.say("home-programs")) }
        @if let Some(base) = base {
            p { (speech.say("home-programs-words")) }
            (address_box("qgis", &speech.say("home-qgis"), &format!("{base}/")))
        }
        ul {
            @for (address, words) in [("/api.html", "api-title"), ("/tiles", "api-group-tiles"), ("/verify", "page-verify"), ("/problems", "page-problems")] {
                li { a href=(if address == "/tiles" { address.to_owned() } else { speech.href(address) }) { (speech.say(words)) } }
            }
        }
    };
    page_for(speech, (&speech.say("home-title"), synthetic), &body)
}

fn layers(current: &Current, speech: &Speech) -> Markup {
    html! {
        ul {
            @for kind in current.snapshot.kinds() {
                li {
                    a href=(speech.href(&format!("/collections/{kind}"))) { (speech.layer(kind)) }
                    " (" (crate::words::count(kept(&current.snapshot, kind))) ")"
                }
            }
        }
        @if current.snapshot.editions.is_empty() { p { (speech.say("home-no-layers")) } }
    }
}
