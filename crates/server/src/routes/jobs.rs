//! Jobs: how one stands, its result, its end. Whoever knows the address of a job may ask; no list gives it away.

use super::{Answer, Site};
use crate::{
    answer::{base_of, document, media, with_base},
    documents::link,
    jobs::{Ended, Status},
    negotiate::{Format, format},
    page::page,
    params::{Params, invalid},
    problem::{Kind, Problem},
};
use actix_web::{HttpRequest, web::Path};
use maud::{Markup, html};
use serde_json::{Value, json};

const RESULTS: &str = "http://www.opengis.net/def/rel/ogc/1.0/results";
/// Jobs that one request may name.
const NAMED: usize = 50;
const WITHHELD: &str = "La dirección de un trabajo es su llave: solo la conoce quien lo encargó, y aquí no se enumera. Nombre en «id» los suyos, \
                        separados por comas.";

/// `/jobs`
pub(crate) async fn jobs(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f", "id"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let ids: Vec<&str> = params
        .text("id")
        .into_iter()
        .flat_map(|ids| ids.split(','))
        .map(str::trim)
        .collect();
    if ids.len() > NAMED {
        return Err(invalid("id", "…", &format!("{NAMED} trabajos como mucho")));
    }
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for id in ids {
        match site.jobs.status(id) {
            Some(status) => found.push(status),
            None => unknown.push(id),
        }
    }
    let counts = site.jobs.counts();
    let body = match format {
        Format::Html => list_as_page(&found, &unknown),
        _ => whole(
            &request,
            &json!({
                "jobs": found.iter().map(document_of).collect::<Vec<_>>(),
                "unknown": unknown,
                "description": WITHHELD,
                "counts": {
                    "accepted": counts.accepted,
                    "running": counts.running,
                    "successful": counts.successful,
                    "failed": counts.failed,
                },
                "links": [link("self", "/jobs?f=json", "application/json"), link("alternate", "/jobs?f=html", "text/html")],
            }),
        ),
    };
    Ok(document(media(format), None, body))
}

/// `/jobs/{id}`
pub(crate) async fn job(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), &["f"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let status = site.jobs.status(&path).ok_or_else(unknown)?;
    let body = match format {
        Format::Html => page("Trabajo", false, &as_card(&status)),
        _ => whole(&request, &document_of(&status)),
    };
    Ok(document(media(format), None, body))
}

/// `/jobs/{id}/results`
pub(crate) async fn results(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    Params::read(request.query_string(), &[])?;
    match site.jobs.ended(&path).ok_or_else(unknown)? {
        Ended::With(outcome) => Ok(outcome?.response(None)),
        Ended::NotYet(status) => Err(Problem {
            retry_after_s: Some(2),
            ..Kind::NoResultYet
                .because(format!(
                    "El trabajo no ha terminado ({}). Vuelva en unos segundos.",
                    word_es(status.word)
                ))
                .with("job", document_of(&status))
        }),
    }
}

/// `DELETE /jobs/{id}`
pub(crate) async fn dismiss(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    Params::read(request.query_string(), &["f"])?;
    let status = site.jobs.dismiss(&path).ok_or_else(unknown)?;
    Ok(document(
        "application/json",
        None,
        whole(&request, &document_of(&status)),
    ))
}

/// The whole address of a job, where the reader's way here is known.
pub(crate) fn here(request: &HttpRequest, id: &str) -> String {
    format!("{}/jobs/{id}", base_of(request).unwrap_or_default())
}

/// A JSON document with whole addresses.
pub(crate) fn whole(request: &HttpRequest, document: &Value) -> String {
    with_base(&document.to_string(), base_of(request).as_deref()).into_owned()
}

/// The document of a job: nothing about its land.
pub(crate) fn document_of(status: &Status) -> Value {
    let here = format!("/jobs/{}", status.id);
    let mut links = Vec::new();
    if status.word != "dismissed" {
        links.push(link("self", &format!("{here}?f=json"), "application/json"));
        links.push(link("alternate", &format!("{here}?f=html"), "text/html"));
    }
    if matches!(status.word, "successful" | "failed") {
        links.push(json!({ "rel": RESULTS, "href": format!("{here}/results") }));
    }
    let times = [
        ("started", status.started),
        ("finished", status.finished),
        ("expires", status.expires),
    ];
    let mut document = json!({
        "processID": status.process,
        "type": "process",
        "jobID": status.id,
        "status": status.word,
        "created": status.created.to_string(),
        "updated": status.finished.or(status.started).unwrap_or(status.created).to_string(),
        "links": links,
    });
    for (name, time) in times {
        if let Some(time) = time {
            document[name] = time.to_string().into();
        }
    }
    if let Some(progress) = status.progress {
        document["progress"] = progress.into();
    }
    if let Some(message) = &status.message {
        document["message"] = message.as_str().into();
    }
    document
}

fn unknown() -> Problem {
    Kind::UnknownJob.because(
        "No hay ningún trabajo con esa dirección, o ya no: se descartó, pasó su plazo, o su resultado dejó sitio a otros. Encárguelo otra \
         vez.",
    )
}

fn word_es(word: &str) -> &'static str {
    match word {
        "accepted" => "espera su turno",
        "running" => "en curso",
        "successful" => "terminado",
        "failed" => "fallido",
        _ => "descartado",
    }
}

fn as_card(status: &Status) -> Markup {
    html! {
        p role="status" {
            strong { (word_es(status.word)) }
            @if let Some(progress) = status.progress.filter(|_| status.word == "running") { ": " (progress) " %" }
            @if let Some(message) = &status.message { ": " (message) }
        }
        p { "Encargado: " (status.created) "." @if let Some(expires) = status.expires { " Se guarda hasta: " (expires) ", o menos si falta sitio." } }
        @if matches!(status.word, "successful" | "failed") {
            p { a href=(format!("/jobs/{}/results", status.id)) { "Resultado" } }
        } @else {
            p { a href=(format!("/jobs/{}", status.id)) { "Volver a mirar" } }
        }
    }
}

fn list_as_page(found: &[Status], unknown: &[&str]) -> String {
    let body = html! {
        p { (WITHHELD) }
        form method="get" action="/jobs" {
            label for="id" { "Trabajos" }
            " "
            input id="id" name="id";
            " "
            button type="submit" { "Ver" }
        }
        @for status in found {
            h2 { a href=(format!("/jobs/{}", status.id)) { (status.id) } }
            (as_card(status))
        }
        @for id in unknown { p { "No hay, o ya no hay, ningún trabajo " code { (id) } "." } }
    };
    page("Trabajos", false, &body)
}
