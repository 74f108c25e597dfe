//! Answers that carry a document: media type, freshness, and 304 where the reader has it already.

use crate::negotiate::Format;
use std::borrow::Cow;

use actix_web::{
    HttpRequest, HttpResponse,
    body::MessageBody,
    http::header::{self, HeaderMap},
};

/// The media type of a format.
pub(crate) fn media(format: Format) -> &'static str {
    format.media()
}

/// The entity tag of an answer in a format, from what it was made of.
pub(crate) fn entity_tag(tag: &str, format: Format) -> String {
    entity_tag_of(tag, format.word())
}

/// The entity tag of one answer of several from the same data.
pub(crate) fn entity_tag_of(tag: &str, which: &str) -> String {
    format!("W/\"{tag}-{which}\"")
}

/// 304 where the reader's copy is as good.
pub(crate) fn unchanged(request: &HttpRequest, tag: &str) -> Option<HttpResponse> {
    let has_it = has(request.headers(), tag);
    has_it.then(|| {
        HttpResponse::NotModified()
            .insert_header((header::ETAG, tag))
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .finish()
    })
}

/// A document with its media type; with a tag, readers may keep it and ask whether it changed.
pub(crate) fn document(media: &'static str, tag: Option<&str>, body: impl MessageBody + 'static) -> HttpResponse {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_TYPE, media));
    match tag {
        Some(tag) => answer
            .insert_header((header::ETAG, tag))
            .insert_header((header::CACHE_CONTROL, "no-cache")),
        None => answer.insert_header((header::CACHE_CONTROL, "no-store")),
    };
    answer.body(body)
}

/// The scheme and the host by which the reader came, for links that every client understands; none where the host is no plain name.
pub(crate) fn base_of(request: &HttpRequest) -> Option<String> {
    let info = request.connection_info();
    let plain = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
    };
    let known = matches!(info.scheme(), "http" | "https") && plain(info.host());
    known.then(|| format!("{}://{}", info.scheme(), info.host()))
}

/// A JSON document of ours with its links made whole.
pub(crate) fn with_base<'a>(json: &'a str, base: Option<&str>) -> Cow<'a, str> {
    // within the texts of JSON a quote never stands alone: this is the member and nothing else
    match base {
        Some(base) => Cow::Owned(json.replace("\"href\":\"/", &format!("\"href\":\"{base}/"))),
        None => Cow::Borrowed(json),
    }
}

fn has(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim() == "*" || opaque(known) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn a_known_tag_matches_weakly_and_in_a_list() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("\"x\", \"abc-json\""));
        assert!(has(&headers, &entity_tag("abc", Format::Json)));
        assert!(!has(&headers, &entity_tag("abc", Format::Html)));
        headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static("*"));
        assert!(has(&headers, "W/\"anything\""));
    }
}
