//! Whether the program lives, and whether it has data.

use super::{Answer, Site};
use crate::{answer::document, params::Params};
use actix_web::HttpRequest;
use serde_json::json;

/// `/health`: the program answers.
pub(crate) async fn health(request: HttpRequest) -> Answer {
    Params::read(request.query_string(), &[])?;
    Ok(document(
        "application/json",
        None,
        json!({ "status": "ok" }).to_string(),
    ))
}

/// `/ready`: a snapshot is in place; else a refusal with the mend.
pub(crate) async fn ready(request: HttpRequest, site: Site) -> Answer {
    Params::read(request.query_string(), &[])?;
    let current = site.current()?;
    let today = current.snapshot.options.as_of.valid;
    let fault = site.rules.fault();
    let counts = current.snapshot.counts();
    let body = json!({
        "status": "ready",
        "editions": counts.editions,
        "features": counts.features,
        "generation": current.snapshot.generation,
        "rulebook": current.shelf.in_force(today).id,
        "rulebooks": current.shelf.books().iter().map(|book| &book.id).collect::<Vec<_>>(),
        "rules": if fault.is_some() { "kept" } else { "current" },
        "rules_fault": fault,
    });
    Ok(document("application/json", None, body.to_string()))
}
