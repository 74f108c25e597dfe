//! The check of a known feature.

use super::{
    Answer, Site,
    layer::{feature as find, layer},
};
use crate::{
    answer::{entity_tag_of, unchanged},
    checking::{Land, Query},
    judging::{Ask, Course},
    negotiate::format,
    params::{CHECK, Params},
    rendering::{REPORT, Wish},
};
use actix_web::{HttpRequest, web::Path};

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
    let query = Query {
        land: Land::Known {
            layer: name,
            key,
            edition: params.text("edition").map(ToOwned::to_owned),
        },
        ask,
        why,
        wish,
    };
    let shared = site.clone();
    let answered = site
        .pool
        .run(move |stop| query.answered(&shared, &current, &Course::until(stop)))
        .await?;
    Ok(answered.response(tag.as_deref()))
}
