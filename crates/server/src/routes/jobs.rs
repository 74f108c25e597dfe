//! Jobs: how one stands, its result, its end. Whoever knows the address of a job may ask; no list gives it away.

use super::{Answer, Site};
use crate::{
    answer::{base_of, document, media, with_base},
    documents::link,
    jobs::{Ended, Status},
    negotiate::{Format, format},
    page::page_for,
    params::{Params, invalid},
    problem::{Kind, Problem},
    speech::{PAGE, Speech},
};
use actix_web::{HttpRequest, web::Path};
use maud::{Markup, html};
use serde_json::{Value, json};

const RESULTS: &str = "http://www.opengis.net/def/rel/ogc/1.0/results";
/// Jobs that one request may name.
const NAMED: usize = 50;

/// `/jobs`
pub(crate) async fn jobs(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f", "lang", "id"])?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
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
        Format::Html => list_as_page((&found, &unknown), &speech),
        _ => whole(
            &request,
            &json!({
                "jobs": found.iter().map(document_of).collect::<Vec<_>>(),
                "unknown": unknown,
                "description": Speech::default().say("jobs-withheld"),
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
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let status = site.jobs.status(&path).ok_or_else(unknown)?;
    let body = match format {
        Format::Html => page_for(&speech, (&speech.say("job-title"), false), &as_card(&status, &speech)),
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
                    stands(&status, &Speech::default())
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

/// How it stands, in a word or two.
fn stands(status: &Status, speech: &Speech) -> String {
    speech.say(&format!("job-{}", status.word))
}

fn as_card(status: &Status, speech: &Speech) -> Markup {
    let at = |id: &str, time: String| speech.fill(id, &[("time", time.into())]);
    let results = format!("/jobs/{}/results", status.id);
    html! {
        p role="status" {
            strong { (stands(status, speech)) }
            @if let Some(progress) = status.progress.filter(|_| status.word == "running") { ": " (progress) " %" }
            @if let Some(message) = &status.message { ": " span lang=[speech.spanish()] { (message) } }
        }
        p {
            (at("job-ordered", status.created.to_string()))
            @if let Some(expires) = status.expires { " " (at("job-expires", expires.to_string())) }
        }
        @if matches!(status.word, "successful" | "failed") {
            p { a href=(results) { (speech.say("job-result")) } }
        } @else {
            p { a href=(speech.href(&format!("/jobs/{}", status.id))) { (speech.say("job-look-again")) } }
        }
    }
}

fn list_as_page((found, unknown): (&[Status], &[&str]), speech: &Speech) -> String {
    let title = speech.say("jobs-title");
    let body = html! {
        p { (speech.say("jobs-withheld")) }
        form method="get" action="/jobs" {
            label for="id" { (title) }
            " "
            input id="id" name="id";
            @if let Some(lang) = speech.carried() { input type="hidden" name="lang" value=(lang); }
            " "
            button type="submit" { (speech.say("jobs-see")) }
        }
        @for status in found {
            h2 { a href=(speech.href(&format!("/jobs/{}", status.id))) { (status.id) } }
            (as_card(status, speech))
        }
        @for id in unknown { p { (speech.fill("jobs-unknown", &[("id", (*id).into())])) } }
    };
    page_for(speech, (&title, false), &body)
}
