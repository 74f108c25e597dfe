//! The published JSON Schemas of our documents.

use super::Answer;
use crate::{answer::document, finish::nothing_here, params::Params};
use actix_web::{HttpRequest, web::Path};

const MEDIA: &str = "application/schema+json";
/// Their names.
pub(crate) const NAMES: [&str; 2] = [SCHEMAS[0].0, SCHEMAS[1].0];

const SCHEMAS: [(&str, &str); 2] = [
    ("report-1.json", include_str!("../../../../docs/schema/report-1.json")),
    ("matrix-1.json", include_str!("../../../../docs/schema/matrix-1.json")),
];

/// `/schemas/{name}`
pub(crate) async fn schema(request: HttpRequest, path: Path<String>) -> Answer {
    Params::read(request.query_string(), &[])?;
    let found = SCHEMAS.iter().find(|(name, _)| *name == path.as_str());
    let (_, text) = found.ok_or_else(nothing_here)?;
    Ok(document(MEDIA, None, *text))
}
