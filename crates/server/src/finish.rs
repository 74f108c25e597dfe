//! What happens to every answer: its id, its headers, its line in the log, and refusals as the reader likes them.

use crate::{
    negotiate::prefers_html,
    page::page_for,
    problem::{Kind, Problem},
    shared::Shared,
    speech::Speech,
};
use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use maud::html;
use serde_json::Value;
use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Instant,
};

const CSP: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src 'none'; \
                   object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// The header with the id of a request.
const ID: &str = "x-request-id";

/// Headers of every answer.
const ALWAYS: [(&str, &str); 4] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// The middleware. Subjects, coordinates and queries never reach the log: only the pattern of the route does.
pub(crate) async fn finish<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let began = Instant::now();
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    let given = given_id(request.headers());
    let id = given.unwrap_or_else(|| format!("{:x}-{number:x}", std::process::id()));
    let method = request.method().clone();
    let html = prefers_html(request.headers(), request.query_string());
    let speech = html.then(|| Speech::guessed(request.headers(), request.query_string()));

    let (request, answer) = next.call(request).await?.into_parts();
    let mut answer = match (refusal(&answer), speech) {
        (Some(problem), Some(speech)) => as_page(&problem, &speech),
        (Some(problem), None) if answer.error().is_none_or(|error| error.as_error::<Problem>().is_none()) => {
            actix_web::ResponseError::error_response(&problem)
        }
        _ => answer.map_into_boxed_body(),
    };
    dress(answer.headers_mut(), &method, &id);

    let route = request.match_pattern().unwrap_or_else(|| "-".to_owned());
    let (status, took) = (answer.status().as_u16(), began.elapsed());
    if let Some(site) = request.app_data::<Data<Shared>>() {
        site.metrics.count(&route, &method, (status, took));
    }
    let ms = took.as_millis();
    tracing::info!(%method, %route, status, ms, %id, "request");
    Ok(ServiceResponse::new(request, answer))
}

/// The id under which the reader knows the request, where it is a plain word.
fn given_id(headers: &HeaderMap) -> Option<String> {
    const LONGEST: usize = 64;
    let id = headers.get(ID)?.to_str().ok()?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    ((1..=LONGEST).contains(&id.len()) && id.bytes().all(plain)).then(|| id.to_owned())
}

fn dress(headers: &mut HeaderMap, method: &Method, id: &str) {
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("accept, accept-language"));
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static(ID), id);
    }
    if matches!(*method, Method::GET | Method::HEAD) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}

/// The refusal in an answer: ours, or one of the framework's in our words.
fn refusal<B>(answer: &HttpResponse<B>) -> Option<Problem> {
    let error = answer.error();
    if let Some(problem) = error.and_then(|error| error.as_error::<Problem>()) {
        return Some(problem.clone());
    }
    let error = error?;
    Some(match answer.status() {
        StatusCode::NOT_FOUND => nothing_here(),
        status if status.is_client_error() => {
            Kind::BadRequest.because("La petición no se puede leer. Revise la dirección, las cabeceras y el cuerpo.")
        }
        _ => Problem::internal(error),
    })
}

/// The refusal of an address that is none.
pub(crate) fn nothing_here() -> Problem {
    Kind::NotFound.because("No hay nada en esta dirección. La página inicial «/» enlaza todo lo que hay.")
}

/// Refusals speak Spanish: in other languages that is said, and they are marked so.
fn as_page(problem: &Problem, speech: &Speech) -> HttpResponse {
    let candidates = problem.members.get("candidates").and_then(Value::as_array);
    let foreign = speech.spanish();
    let address = format!("/problems/{}", problem.kind.slug());
    let body = html! {
        @if foreign.is_some() { p { (speech.say("page-refused-in-spanish")) } }
        div lang=[foreign] {
            @if foreign.is_some() { p { strong { (problem.kind.title()) } } }
            p { (problem.detail) }
        }
        @if let Some(candidates) = candidates.filter(|list| !list.is_empty()) {
            h2 { (speech.say(if problem.kind == Kind::CrsNeeded { "page-choose-reading" } else { "page-did-you-mean" })) }
            ul { @for candidate in candidates { li { (offer(candidate)) } } }
        }
        p { a href=(speech.href(&address)) { (speech.say("page-more-on-this")) } " (" (problem.kind.status()) ")." }
        p { a href=(speech.href("/")) { (speech.say("page-back-home")) } }
    };
    let title = match foreign {
        Some(_) => speech.say("page-refused"),
        None => problem.kind.title().to_owned(),
    };
    problem.answer("text/html; charset=utf-8", page_for(speech, (&title, false), &body))
}

fn offer(candidate: &Value) -> maud::Markup {
    let text = |name: &str| candidate.get(name).and_then(Value::as_str);
    let words = text("label")
        .or_else(|| text("name"))
        .or_else(|| text("id"))
        .unwrap_or("—");
    let place = candidate.get("lon").zip(candidate.get("lat"));
    html! {
        @match text("href") {
            Some(href) => a href=(href) { (words) },
            None => (words),
        }
        @if let Some(key) = text("id").filter(|key| *key != words) { " (" (key) ")" }
        @if let Some((lon, lat)) = place { ": longitud " (lon) ", latitud " (lat) }
        @if let Some(crs) = text("crs") { " — escriba " code { (crs) } " en «Sistema de coordenadas»" }
    }
}
