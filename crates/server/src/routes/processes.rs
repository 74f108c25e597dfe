//! The processes: what they are, and their execution, at once or as a job.

use super::{
    Answer, Site,
    jobs::{document_of, here, whole},
};
use crate::{
    answer::{document, media},
    documents::link,
    given::gather_json,
    judging::Course,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    pool::busy,
    problem::{Kind, Problem},
    processes::{CHECK, INPUTS, Order, about, described, summary, title},
    speech::{PAGE, Speech},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderMap},
    web::{Path, Payload},
};
use maud::html;
use serde_json::json;

/// `/processes`
pub(crate) async fn processes(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["f", "lang", "limit"])?;
    params.limit(site.config.items.usual, site.config.items.most)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    let body = match format {
        Format::Html => {
            let way = speech.href(&format!("/processes/{CHECK}"));
            let list = html! {
                p { (speech.say("processes-words")) }
                ul { li { a href=(way) { (title(&speech)) } " (" code { (CHECK) } ")" } }
                p { a href=(speech.href("/jobs")) { (speech.say("jobs-title")) } }
            };
            page_for(&speech, (&speech.say("processes-title"), false), &list)
        }
        _ => whole(
            &request,
            &json!({
                "processes": [summary()],
                "links": [
                    link("self", "/processes?f=json", "application/json"),
                    link("alternate", "/processes?f=html", "text/html"),
                ],
            }),
        ),
    };
    Ok(document(media(format), None, body))
}

/// `/processes/{id}`
pub(crate) async fn process(request: HttpRequest, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    let speech = Speech::of(&request, &params)?;
    known(&path)?;
    let body = match format {
        Format::Html => as_page(&speech),
        _ => whole(&request, &described()),
    };
    Ok(document(media(format), None, body))
}

/// `POST /processes/{id}/execution`
pub(crate) async fn execution(request: HttpRequest, site: Site, path: Path<String>, payload: Payload) -> Answer {
    Params::read(request.query_string(), &[])?;
    known(&path)?;
    // the snapshot of the moment in which the request began
    let current = site.current()?;
    let as_job = asks_for_a_job(request.headers());
    if as_job {
        site.jobs.room()?;
    }
    let room = site.uploads.try_acquire();
    let _room = room.map_err(|_| busy("Ya se reciben", site.config.uploads.at_once))?;
    let body = gather_json(&request, payload, &site.config).await?;
    let shared = site.clone();
    if !as_job {
        let done = move |stop| Order::read(&body)?.done(&shared, &current, &Course::until(stop));
        return Ok(site.pool.run(done).await?.response(None));
    }
    let order = site
        .pool
        .run(move |_| Order::read(&body)?.prepared(&shared, &current))
        .await?;
    let work = move |shared: &_, current: &_, course: &_| order.done(shared, current, course);
    let status = site.jobs.submit(CHECK, Box::new(work))?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, here(&request, &status.id)))
        .insert_header(("preference-applied", "respond-async"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(whole(&request, &document_of(&status))))
}

/// `Prefer: respond-async` (RFC 7240).
fn asks_for_a_job(headers: &HeaderMap) -> bool {
    let values = headers.get_all("prefer").filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split([',', ';']))
        .any(|preference| preference.trim().eq_ignore_ascii_case("respond-async"))
}

fn known(id: &str) -> Result<(), Problem> {
    if id == CHECK {
        return Ok(());
    }
    let id: String = id.chars().take(80).collect();
    Err(Kind::UnknownProcess
        .because(format!(
            "No hay ningún proceso «{id}». «/processes» enumera los que hay."
        ))
        .with("available", json!([CHECK])))
}

fn as_page(speech: &Speech) -> String {
    let address = format!("/processes/{CHECK}/execution");
    let example = format!(
        "curl -H 'content-type: application/json' -d '{{\"inputs\": {{\"feature\": {{\"layer\": \"communities\", \"id\": \"…\"}}}}}}' …{address}"
    );
    let meaning = speech.say("page-col-meaning");
    let body = html! {
        p { (about(speech)) }
        p { (speech.fill("processes-how", &[("address", address.into())])) }
        pre { code { (example) } }
        table.cards {
            thead { tr { th scope="col" { (speech.say("processes-input")) } th scope="col" { (meaning) } } }
            tbody {
                @for input in &INPUTS {
                    tr { th scope="row" { code { (input.name) } } td data-label=(meaning) { (input.title(speech)) ". " (input.about(speech)) } }
                }
            }
        }
        p { (speech.say("processes-people")) " " a href=(speech.href("/checks")) { (speech.say("page-check-my-land")) } "." }
    };
    page_for(speech, (&title(speech), false), &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn a_job_is_asked_for_in_a_list_of_preferences_too() {
        let with = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert("prefer".parse().unwrap(), HeaderValue::from_static(text));
            asks_for_a_job(&headers)
        };
        assert!(with("respond-async"));
        assert!(with("return=minimal, Respond-Async; wait=5"));
        assert!(!with("wait=10") && !with("respond-asynchronously"));
        assert!(!asks_for_a_job(&HeaderMap::new()));
    }
}
