//! In which language our own pages speak: `lang`, then `Accept-Language`, then Spanish. Refusals speak Spanish.

use crate::answer::{entity_tag, entity_tag_of};
use crate::negotiate::Format;
use crate::params::{Params, invalid};
use crate::problem::Problem;
use actix_web::HttpRequest;
use actix_web::http::header::{self, HeaderMap};
use reports::{FluentValue, Lang, Texts};
use serde_json::json;
use territory::LayerKind;

/// The parameters of a page that has no others.
pub(crate) const PAGE: &[&str] = &["f", "lang"];

/// The languages of pages: those in which every sentence is.
const SPOKEN: [Lang; 2] = [Lang::Es, Lang::En];

/// A language for a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Speech {
    /// The language.
    pub lang: Lang,
    /// Whether the address asked for it, so that links of the page have to ask for it again.
    asked: bool,
    /// The address of the page without its language; empty where it speaks one alone.
    here: String,
}

impl Speech {
    /// What the reader asks for.
    ///
    /// # Errors
    /// `invalid-parameter`, with the languages that there are.
    pub(crate) fn of(request: &HttpRequest, params: &Params) -> Result<Self, Problem> {
        let Some(text) = params.text("lang") else {
            return Ok(Self {
                lang: preferred(request.headers()),
                asked: false,
                here: here(request),
            });
        };
        let found = SPOKEN.into_iter().find(|lang| lang.code() == text.trim());
        let lang = found.ok_or_else(|| {
            let known = SPOKEN.map(Lang::code);
            let expected = format!("una de estas palabras: {}", known.join(", "));
            invalid("lang", text, &expected).with("available", json!(known))
        })?;
        Ok(Self {
            lang,
            asked: true,
            here: here(request),
        })
    }

    /// What the reader of a refusal would like: nothing in the address is refused any more.
    pub(crate) fn guessed(headers: &HeaderMap, query: &str) -> Self {
        let word = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
        let found = SPOKEN.into_iter().find(|lang| Some(lang.code()) == word);
        Self {
            lang: found.unwrap_or_else(|| preferred(headers)),
            asked: found.is_some(),
            here: String::new(),
        }
    }

    fn texts(&self) -> &'static Texts {
        Texts::of(self.lang)
    }

    /// A sentence without places.
    pub(crate) fn say(&self, id: &str) -> String {
        self.texts().say(id)
    }

    /// A sentence with its places filled.
    pub(crate) fn fill(&self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        self.texts().fill(id, values)
    }

    /// An address of ours that speaks the same language.
    pub(crate) fn href(&self, address: &str) -> String {
        if !self.asked {
            return address.to_owned();
        }
        let sign = if address.contains('?') { '&' } else { '?' };
        format!("{address}{sign}lang={}", self.lang.code())
    }

    /// The language to carry in forms, where the address asked for it.
    pub(crate) fn carried(&self) -> Option<&'static str> {
        self.asked.then(|| self.lang.code())
    }

    /// The other language, and the address of this page in it; none where the page has one alone.
    pub(crate) fn other(&self) -> Option<(Lang, String)> {
        let other = if self.lang == Lang::Es { Lang::En } else { Lang::Es };
        let sign = if self.here.contains('?') { '&' } else { '?' };
        (!self.here.is_empty()).then(|| (other, format!("{}{sign}lang={}", self.here, other.code())))
    }

    /// The mark of Spanish sentences on a page in another language.
    pub(crate) fn spanish(&self) -> Option<&'static str> {
        (self.lang != Lang::Es).then_some("es")
    }

    /// What people call a layer.
    pub(crate) fn layer(&self, kind: LayerKind) -> String {
        self.say(&format!("layer-{kind}"))
    }

    /// What people call a field; its own name where it has no other.
    pub(crate) fn field(&self, name: &str) -> String {
        let id = format!("attribute-{name}");
        if self.texts().has(&id) {
            self.say(&id)
        } else {
            name.to_owned()
        }
    }

    /// The entity tag of a document: pages in several languages are several documents, the others are not.
    pub(crate) fn entity_tag(&self, tag: &str, format: Format) -> String {
        if format != Format::Html {
            return entity_tag(tag, format);
        }
        let asked = if self.asked { "-asked" } else { "" };
        entity_tag_of(tag, &format!("html-{}{asked}", self.lang.code()))
    }
}

/// The address asked for, without its language and its form, which browsers ask for themselves.
fn here(request: &HttpRequest) -> String {
    let kept = request.query_string().split('&');
    let kept: Vec<&str> = kept
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang=") && !pair.starts_with("f="))
        .collect();
    let sign = if kept.is_empty() { "" } else { "?" };
    format!("{}{sign}{}", request.path(), kept.join("&"))
}

/// The spoken language that `Accept-Language` likes most; of equals the one named first, Spanish where it names none.
fn preferred(headers: &HeaderMap) -> Lang {
    let lines = headers.get_all(header::ACCEPT_LANGUAGE);
    let ranges = lines
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','));
    let mut best: Option<(Lang, f32)> = None;
    for (lang, quality) in ranges.filter_map(range) {
        if quality > 0.0 && best.is_none_or(|(_, top)| quality > top) {
            best = Some((lang, quality));
        }
    }
    best.map_or(Lang::Es, |(lang, _)| lang)
}

fn range(text: &str) -> Option<(Lang, f32)> {
    let mut parts = text.split(';');
    let tag = parts.next()?.trim().to_ascii_lowercase();
    let language = tag.split('-').next()?;
    let lang = SPOKEN.into_iter().find(|lang| lang.code() == language)?;
    let quality = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok());
    Some((lang, quality.unwrap_or(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn with(accept: &'static str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(accept));
        preferred(&headers)
    }

    #[test]
    fn the_liked_language_is_spoken_and_spanish_where_none_of_ours_is_named() {
        assert_eq!(with("en-GB,en;q=0.9,es;q=0.4"), Lang::En);
        assert_eq!(with("es-PE,es;q=0.9,en;q=0.8"), Lang::Es);
        assert_eq!(with("fr,en;q=0.5"), Lang::En);
        assert_eq!(with("en;q=0, es;q=0.1"), Lang::Es);
        assert_eq!(with("qu-PE, *"), Lang::Es);
        assert_eq!(preferred(&HeaderMap::new()), Lang::Es);
    }

    #[test]
    fn links_ask_for_a_language_only_where_the_address_did() {
        let asked = Speech {
            lang: Lang::En,
            asked: true,
            here: "/collections?f=html".to_owned(),
        };
        assert_eq!(asked.href("/collections"), "/collections?lang=en");
        assert_eq!(asked.href("/api?f=json"), "/api?f=json&lang=en");
        assert_eq!(
            asked.other(),
            Some((Lang::Es, "/collections?f=html&lang=es".to_owned()))
        );
        assert_eq!(Speech::default().href("/collections"), "/collections");
        assert_eq!(Speech::default().other(), None);
    }
}
