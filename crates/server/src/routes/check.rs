//! The check of a known feature.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{entity_tag_of, unchanged},
    issuing::{Judged, issue},
    judging::{Ask, judge, no_subject},
    negotiate::format,
    params::{CHECK, Params},
    rendering::{REPORT, Wish},
};
use actix_web::{HttpRequest, web::Path};
use conflicts::Subject;

/// `/collections/{layer}/items/{id}/check`
pub(crate) async fn check(request: HttpRequest, site: Site, path: Path<(String, String)>) -> Answer {
    let known: Vec<&str> = CHECK.iter().copied().chain(["edition"]).collect();
    let params = Params::read(request.query_string(), &known)?;
    let format = format(request.headers(), params.f(), REPORT)?;
    let wish = Wish::of(format, &params)?.beside(&request);
    let ask = Ask::of(&params)?;
    let why = params.keep()?;
    let current = site.current()?;
    let (name, key) = path.into_inner();
    let mut tag = None;
    if ask.is_present() {
        let kind = layer(&current.snapshot, &name)?;
        find(&current.snapshot, kind, &key, params.text("edition"))?;
        let tag = tag.insert(entity_tag_of(&current.tag, &wish.tag()));
        if let Some(answer) = unchanged(&request, tag) {
            return Ok(answer);
        }
    }
    let shared = site.clone();
    let answered = site
        .pool
        .run(move |stop| {
            let snapshot = ask.snapshot(&current)?;
            let kind = layer(&snapshot, &name)?;
            let found = find(&snapshot, kind, &key, params.text("edition"))?;
            let subject = Subject::feature(kind, &found.edition.meta, found.feature, ask.zone)
                .map_err(|error| no_subject(&error))?;
            let report = judge(&shared, (&current, &snapshot), (&subject, stop), &ask)?;
            let judged = Judged {
                current: &current,
                snapshot: &snapshot,
                subject: &subject,
                report: &report,
            };
            issue(&shared, judged, (&ask, why), &wish)
        })
        .await?;
    Ok(answered.response(tag.as_deref()))
}
