//! The check of a known feature.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{document, entity_tag, media, unchanged},
    judging::{Ask, judge, no_subject},
    negotiate::format,
    params::{CHECK, Params},
    rendering::{Beside, REPORT, render},
};
use actix_web::{HttpRequest, web::Path};
use conflicts::Subject;

/// `/collections/{layer}/items/{id}/check`
pub(crate) async fn check(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    let known: Vec<&str> = CHECK.iter().copied().chain(["edition"]).collect();
    let params = Params::read(request.query_string(), &known)?;
    let format = format(request.headers(), params.f(), REPORT)?;
    let ask = Ask::of(&params)?;
    let current = site.current()?;
    let (name, key) = path.into_inner();
    let mut tag = None;
    if ask.is_present() {
        let kind = layer(&current.snapshot, &name)?;
        find(&current.snapshot, kind, &key, params.text("edition"))?;
        let tag = tag.insert(entity_tag(&current.tag, format));
        if let Some(answer) = unchanged(&request, tag) {
            return Ok(answer);
        }
    }
    let (shared, beside) = (site.clone(), Beside::of(&request));
    let body = site
        .pool
        .run(move |stop| {
            let snapshot = ask.snapshot(&current)?;
            let kind = layer(&snapshot, &name)?;
            let found = find(&snapshot, kind, &key, params.text("edition"))?;
            let subject = Subject::feature(kind, &found.edition.meta, found.feature, ask.zone)
                .map_err(|error| no_subject(&error))?;
            let report = judge(&shared, (&current, &snapshot), (&subject, stop), &ask)?;
            render(&report, format, &beside)
        })
        .await?;
    Ok(document(media(format), tag.as_deref(), body))
}
