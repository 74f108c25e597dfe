//! Which format an answer has: `f` wins, then `Accept`, then the first that is offered.

use crate::problem::{Kind, Problem};
use actix_web::http::header::{self, HeaderMap};
use serde_json::json;

/// The formats of answers are the forms of reports.
pub(crate) type Format = reports::Form;

/// Whether a format is what a media range asks for.
fn answers(format: Format, media: &str) -> bool {
    match media {
        "*/*" => true,
        "text/*" => matches!(format, Format::Html | Format::Csv),
        "application/*" => format == Format::Json,
        "image/*" => matches!(format, Format::Svg | Format::Png),
        "application/xhtml+xml" => format == Format::Html,
        // texts and lists of corners can be told apart by `f` only
        "text/plain" => false,
        "text/csv" => format == Format::Csv,
        _ if is_json(media) => format == Format::Json,
        _ => format.media().split(';').next() == Some(media),
    }
}

fn is_json(media: &str) -> bool {
    media.starts_with("application/") && media.ends_with("+json")
}

/// The format to answer in.
///
/// # Errors
/// `not-acceptable`, with the list of what is offered.
pub(crate) fn format(headers: &HeaderMap, f: Option<&str>, offered: &[Format]) -> Result<Format, Problem> {
    let chosen = match f {
        Some(word) => offered.iter().copied().find(|format| format.word() == word),
        None => accepted(headers, offered),
    };
    chosen.ok_or_else(|| {
        let words: Vec<&str> = offered.iter().map(|format| format.word()).collect();
        not_offered(f, &words)
    })
}

/// The refusal of a format, with those that are offered.
pub(crate) fn not_offered(f: Option<&str>, words: &[&str]) -> Problem {
    let asked = f.map_or_else(|| "la cabecera Accept".to_owned(), |word| format!("f={word}"));
    Kind::NotAcceptable
        .because(format!(
            "Lo pedido ({asked}) no se ofrece aquí. Use f={}.",
            words.join(", f=")
        ))
        .with("available", json!(words))
}

/// Whether a reader takes one of some media; one that says nothing takes all.
pub(crate) fn accepts(headers: &HeaderMap, media: &[&str]) -> bool {
    let ranges = accept_ranges(headers);
    let takes = |(range, quality): &(String, f32)| *quality > 0.0 && media.contains(&range.as_str());
    ranges.is_empty() || ranges.iter().any(takes)
}

/// The media ranges of Accept with their qualities.
fn accept_ranges(headers: &HeaderMap) -> Vec<(String, f32)> {
    let text = headers.get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    text.flat_map(|text| text.split(',')).filter_map(range).collect()
}

/// Whether an error should be a page: the reader asks for HTML before JSON.
pub(crate) fn prefers_html(headers: &HeaderMap, query: &str) -> bool {
    let f = query.split('&').find_map(|pair| pair.strip_prefix("f="));
    match f {
        Some(word) => word == "html",
        None => accepted(headers, &[Format::Json, Format::Html]) == Some(Format::Html),
    }
}

/// The offered format that Accept likes most; of equals, the one that is named most precisely, then the one offered first.
fn accepted(headers: &HeaderMap, offered: &[Format]) -> Option<Format> {
    let ranges = accept_ranges(headers);
    if ranges.is_empty() {
        return offered.first().copied();
    }
    let mut best: Option<(Format, f32, u8)> = None;
    for format in offered {
        let liking = ranges
            .iter()
            .filter(|(media, _)| answers(*format, media))
            .map(|(media, quality)| (precision(media), *quality))
            .max_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let Some((precision, quality)) = liking.filter(|(_, quality)| *quality > 0.0) else {
            continue;
        };
        if best.is_none_or(|(_, top, exact)| quality > top || (quality >= top && precision > exact)) {
            best = Some((*format, quality, precision));
        }
    }
    best.map(|(format, ..)| format)
}

fn precision(media: &str) -> u8 {
    match media {
        "*/*" => 0,
        other if other.ends_with("/*") => 1,
        _ => 2,
    }
}

fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';');
    let media = parts.next()?.trim().to_ascii_lowercase();
    if media.is_empty() {
        return None;
    }
    let quality = parts
        .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok())
        .unwrap_or(1.0);
    Some((media, quality))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    const ALL: &[Format] = &[Format::Json, Format::Html, Format::Csv];

    fn with(accept: &'static str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        headers
    }

    #[test]
    fn browsers_get_pages_and_programs_get_json() {
        let browser = with("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8");
        assert_eq!(format(&browser, None, ALL).unwrap(), Format::Html);
        assert_eq!(format(&HeaderMap::new(), None, ALL).unwrap(), Format::Json);
        assert_eq!(format(&with("*/*"), None, ALL).unwrap(), Format::Json);
        assert_eq!(format(&with("application/geo+json"), None, ALL).unwrap(), Format::Json);
    }

    #[test]
    fn the_parameter_wins_over_the_header() {
        assert_eq!(format(&with("text/html"), Some("csv"), ALL).unwrap(), Format::Csv);
    }

    #[test]
    fn quality_decides_and_zero_excludes() {
        assert_eq!(
            format(&with("text/html;q=0.2, text/csv;q=0.9"), None, ALL).unwrap(),
            Format::Csv
        );
        assert_eq!(
            format(&with("application/json;q=0, */*"), None, ALL).unwrap(),
            Format::Html
        );
    }

    #[test]
    fn what_is_not_offered_is_refused_with_the_list() {
        let problem = format(&with("image/png"), None, ALL).unwrap_err();
        assert_eq!(problem.kind, Kind::NotAcceptable);
        assert_eq!(problem.members["available"], json!(["json", "html", "csv"]));
        assert!(
            format(&HeaderMap::new(), Some("pdf"), ALL)
                .unwrap_err()
                .detail
                .contains("f=pdf")
        );
    }
}
