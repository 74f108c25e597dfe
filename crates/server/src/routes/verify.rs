//! What this node answers for a code, and for a document that somebody hands in.

mod facts;
mod matrix;

use super::{
    Answer, Site,
    reports::{code, is_kept, issues, unknown},
};
use crate::{
    answer::{document, media},
    given::gather_one,
    negotiate::{Format, format},
    page::page_for,
    params::Params,
    pool::busy,
    problem::{Kind, Problem},
    speech::{PAGE, Speech},
};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Path, Payload},
};
use facts::Facts;
use maud::{Markup, html};
use reports::{Code, examine};
use serde_json::json;

const BOTH: &[Format] = &[Format::Json, Format::Html];

/// `GET /verify`: the form; with `code`, the way to its page.
pub(crate) async fn form(request: HttpRequest) -> Answer {
    let params = Params::read(request.query_string(), &["f", "code", "lang"])?;
    let format = format(request.headers(), params.f(), BOTH)?;
    let speech = Speech::of(&request, &params)?;
    if let Some(text) = params.text("code") {
        let to = speech.href(&format!("/verify/{}", code(text)?));
        return Ok(HttpResponse::SeeOther().insert_header((header::LOCATION, to)).finish());
    }
    let body = match format {
        Format::Html => page_for(&speech, (&speech.say("page-verify"), false), &as_form(&speech)),
        _ => json!({
            "title": Speech::default().say("page-verify"),
            "by_code": "/verify/{code}",
            "by_document": { "method": "POST", "address": "/verify", "body": "application/json", "form_field": "file" },
        })
        .to_string(),
    };
    Ok(document(media(format), None, body))
}

/// `GET /verify/{code}`
pub(crate) async fn verify(request: HttpRequest, site: Site, path: Path<String>) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), BOTH)?;
    let speech = Speech::of(&request, &params)?;
    let code = code(&path)?;
    let found = issues(&site, code).await?;
    if found.is_empty() {
        return Err(unknown(code));
    }
    let keys = site.seals.public();
    let each: Result<Vec<Facts>, Problem> = found
        .iter()
        .map(|issue| {
            let examined = examine(&issue.json, &keys).map_err(|error| Problem::internal(&error))?;
            Ok(Facts::of(&examined, true))
        })
        .collect();
    let each = each?;
    let body = match format {
        Format::Html => {
            let title = speech.fill("verify-title", &[("code", code.to_string().into())]);
            let synthetic = each.iter().any(|facts| facts.synthetic);
            page_for(&speech, (&title, synthetic), &kept(code, &each, &speech))
        }
        _ => json!({ "code": code.to_string(), "documents": each.iter().map(Facts::json).collect::<Vec<_>>() })
            .to_string(),
    };
    Ok(document(media(format), None, body))
}

/// `POST /verify`
pub(crate) async fn post(request: HttpRequest, site: Site, payload: Payload) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), BOTH)?;
    let speech = Speech::of(&request, &params)?;
    let room = site.uploads.try_acquire();
    let _room = room.map_err(|_| busy("Ya se reciben", site.config.uploads.at_once))?;
    let bytes = gather_one(&request, payload, &site.config).await?;
    let shared = site.clone();
    let facts = site
        .pool
        .run(move |_| {
            if bytes.starts_with(b"PK") {
                return Err(Kind::UnreadableReport.because(
                    "Esto es un ZIP. Si es el paquete de un informe, compruébelo entero con «tupu verify», o envíe aquí su report.json.",
                ));
            }
            let text = std::str::from_utf8(&bytes);
            let text = text.map_err(|_| Kind::UnreadableReport.because("El archivo no es un texto en UTF-8. Envíe el JSON tal como se emitió."))?;
            let examined = examine(text, &shared.seals.public())
                .map_err(|error| Kind::UnreadableReport.because(error.sentence_es()))?;
            let kept = is_kept(&shared, examined.code, text)?;
            Ok(Facts::of(&examined, kept))
        })
        .await?;
    let body = match format {
        Format::Html => page_for(
            &speech,
            (&speech.say("page-verify"), facts.synthetic),
            &handed_in(&facts, &speech),
        ),
        _ => facts.json().to_string(),
    };
    Ok(document(media(format), None, body))
}

fn as_form(speech: &Speech) -> Markup {
    let say = |id: &str| speech.say(id);
    html! {
        form method="get" action="/verify" {
            label for="code" { (say("verify-code")) }
            p .hint id="code-hint" { (say("verify-code-words")) }
            input id="code" name="code" required maxlength="40" autocomplete="off" aria-describedby="code-hint";
            @if let Some(lang) = speech.carried() { input type="hidden" name="lang" value=(lang); }
            " "
            button type="submit" { (say("page-search")) }
        }
        h2 { (say("verify-or-file")) }
        form method="post" action=(speech.href("/verify")) enctype="multipart/form-data" {
            label for="file" { (say("verify-file")) }
            input id="file" name="file" type="file" accept="application/json,.json" required;
            " "
            button type="submit" { (say("verify-do")) }
        }
        p { (say("verify-words")) " " code { "tupu verify informe.json --key " (say("page-public-key")) } }
    }
}

fn kept(code: Code, each: &[Facts], speech: &Speech) -> Markup {
    html! {
        @if each.len() > 1 {
            p role="note" { (speech.fill("verify-several", &[("count", each.len().to_string().into())])) }
        }
        p { (speech.fill("verify-issued", &[("code", code.to_string().into())])) }
        @for facts in each { (facts.as_markup(speech)) }
    }
}

fn handed_in(facts: &Facts, speech: &Speech) -> Markup {
    let same = if facts.registered {
        "verify-same-bytes"
    } else {
        "verify-not-registered"
    };
    html! {
        p { (speech.say(same)) }
        (facts.as_markup(speech))
        p { a href=(speech.href("/verify")) { (speech.say("verify-another")) } }
    }
}
