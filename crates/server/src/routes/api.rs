//! The description of the interface: OpenAPI for programs, a page for people.

use super::{Answer, Site};
use crate::{
    answer::{document, unchanged},
    current::Current,
    negotiate::{Format, format},
    openapi::{self, Ground, OPENAPI},
    page::page_for,
    params::Params,
    speech::{PAGE, Speech},
};
use actix_web::HttpRequest;
use std::collections::BTreeMap;
use territory::LayerKind;

/// `/api`
pub(crate) async fn api(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), PAGE)?;
    let format = format(request.headers(), params.f(), &[Format::Json, Format::Html])?;
    answer(&request, &site, &Speech::of(&request, &params)?, format)
}

/// `/api.html`
pub(crate) async fn in_words(request: HttpRequest, site: Site) -> Answer {
    let params = Params::read(request.query_string(), &["lang"])?;
    answer(&request, &site, &Speech::of(&request, &params)?, Format::Html)
}

fn answer(request: &HttpRequest, site: &Site, speech: &Speech, format: Format) -> Answer {
    let current = site.current()?;
    // the document speaks a language too
    let tag = speech.entity_tag(&format!("{}-{}", current.tag, format.word()), Format::Html);
    if let Some(answer) = unchanged(request, &tag) {
        return Ok(answer);
    }
    let mut layers = BTreeMap::new();
    for kind in current.snapshot.kinds() {
        if let Some(collection) = current.collections.find(&current, kind, None)? {
            layers.insert(kind, collection);
        }
    }
    let ground = Ground {
        speech,
        layers: &layers,
        example: example(&current),
        limits: site.config.items,
        uploads: site.config.uploads,
        checks: site.config.check,
    };
    Ok(match format {
        Format::Html => {
            let body = openapi::page(&ground);
            let whole = page_for(speech, (&speech.say("api-title"), false), &body);
            document(format.media(), Some(&tag), whole)
        }
        _ => document(OPENAPI, Some(&tag), openapi::document(&ground).to_string()),
    })
}

/// A layer with a key that one edition alone has, so that the example answers.
fn example(current: &Current) -> Option<(LayerKind, &str)> {
    let editions = current.snapshot.editions.iter();
    let features = editions.flat_map(|edition| {
        let kind = edition.meta.kind;
        edition.features.iter().map(move |feature| (kind, feature.key.as_str()))
    });
    let mut whole = features.filter(|(kind, key)| current.snapshot.find(*kind, key).len() == 1);
    whole.next()
}
