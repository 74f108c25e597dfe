//! The report in the format, the language and for the audience that the reader asked for.

use crate::{
    current::Current,
    negotiate::Format,
    params::Params,
    problem::{Kind, Problem},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web::Bytes};
use conflicts::{Matrix, Report, Subject};
use jiff::Timestamp;
use reports::{Audience, Document, Drawn, Lang, RenderError, Rendered, Rendering};
use store::Snapshot;
use territory::LayerKind;

/// The formats of a check; the first is the usual one.
pub(crate) const REPORT: &[Format] = &[
    Format::Json,
    Format::Html,
    Format::Pdf,
    Format::Csv,
    Format::Xlsx,
    Format::GeoPackage,
    Format::Gpx,
    Format::Kml,
    Format::Corners,
    Format::Sms,
    Format::Spoken,
    Format::Svg,
    Format::Png,
    Format::Bundle,
];

/// The other formats of a page that has an address, with the names that people know.
const BESIDE: [(&str, Format); 8] = [
    ("PDF", Format::Pdf),
    ("JSON", Format::Json),
    ("CSV", Format::Csv),
    ("XLSX", Format::Xlsx),
    ("GeoPackage", Format::GeoPackage),
    ("GPX", Format::Gpx),
    ("KML", Format::Kml),
    ("ZIP", Format::Bundle),
];

/// How a reader wants a report.
#[derive(Clone, Debug)]
pub(crate) struct Wish {
    /// The format.
    pub format: Format,
    /// The language.
    pub lang: Lang,
    /// For whom.
    pub audience: Audience,
    links: Vec<(&'static str, Format, String)>,
}

impl Wish {
    /// Reads the choices.
    ///
    /// # Errors
    /// `invalid-parameter`, with the list.
    pub(crate) fn of(format: Format, params: &Params) -> Result<Self, Problem> {
        Ok(Self {
            format,
            lang: params.lang()?,
            audience: params.audience()?,
            links: Vec::new(),
        })
    }

    /// With links to the same request in other formats.
    pub(crate) fn beside(mut self, request: &HttpRequest) -> Self {
        let kept: Vec<&str> = request
            .query_string()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("f="))
            .collect();
        let other = |format: Format| {
            let f = format!("f={}", format.word());
            let query: Vec<&str> = kept.iter().copied().chain([f.as_str()]).collect();
            format!("{}?{}", request.path(), query.join("&"))
        };
        self.links = BESIDE.map(|(name, format)| (name, format, other(format))).to_vec();
        self
    }

    /// With links to these formats only.
    pub(crate) fn with_forms(mut self, forms: &[Format]) -> Self {
        self.links.retain(|(_, format, _)| forms.contains(format));
        self
    }

    /// Names and addresses of the other formats.
    pub(crate) fn links(&self) -> Vec<(&str, &str)> {
        self.links
            .iter()
            .map(|(name, _, href)| (*name, href.as_str()))
            .collect()
    }

    /// What tells its answers from those to other wishes.
    pub(crate) fn tag(&self) -> String {
        let (format, lang, audience) = (self.format.word(), self.lang.code(), self.audience.id());
        format!("{format}-{lang}-{audience}")
    }
}

/// What tells whether it is whole.
pub(crate) trait Standing {
    /// Whether every layer was consulted.
    fn is_complete(&self) -> bool;
}

impl Standing for Report {
    fn is_complete(&self) -> bool {
        self.standing == "complete"
    }
}

impl Standing for Matrix {
    fn is_complete(&self) -> bool {
        self.standing == "complete"
    }
}

/// A rendered report.
#[derive(Clone, Debug)]
pub(crate) struct Answered {
    /// Its format.
    pub format: Format,
    /// Its bytes.
    pub bytes: Bytes,
    file: String,
    complete: bool,
}

impl Answered {
    /// The bytes of a document in a format.
    pub(crate) fn of<T: Standing>(format: Format, document: &Document<'_, T>, bytes: Vec<u8>) -> Self {
        Self {
            format,
            bytes: bytes.into(),
            file: format.file_name(&document.code.to_string()),
            complete: document.content.is_complete(),
        }
    }

    /// The same in other words: a JSON document that holds it.
    pub(crate) fn within(self, bytes: Vec<u8>) -> Self {
        Self {
            format: Format::Json,
            bytes: bytes.into(),
            ..self
        }
    }

    /// The answer. An incomplete report is for this reader only: the next one may have more luck.
    pub(crate) fn response(self, tag: Option<&str>) -> HttpResponse {
        let mut answer = crate::answer::document(self.format.media(), tag.filter(|_| self.complete), self.bytes);
        let how = match self.format {
            Format::Csv
            | Format::Corners
            | Format::Xlsx
            | Format::GeoPackage
            | Format::Gpx
            | Format::Kml
            | Format::Bundle => "attachment",
            Format::Pdf | Format::Svg | Format::Png => "inline",
            Format::Json | Format::Html | Format::Sms | Format::Spoken => return answer,
        };
        let value = format!("{how}; filename=\"{}\"", self.file);
        if let Ok(value) = header::HeaderValue::from_str(&value) {
            answer.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        answer
    }
}

/// Renders.
///
/// # Errors
/// `not-acceptable` where the land has no such form, as a map of a land that no sheet holds; `internal`.
pub(crate) fn render(
    (current, snapshot): (&Current, &Snapshot),
    subject: &Subject,
    document: &Document<'_, Report>,
    wish: &Wish,
) -> Result<Answered, Problem> {
    let report = document.content;
    let book = current.shelf.in_force(snapshot.options.as_of.valid);
    let shapes = |kinds: &[LayerKind], frame: Option<[f64; 4]>, shared: bool| {
        let around = snapshot.surroundings(subject, book);
        snapshot.shapes_of((subject, &around), report, (kinds, frame), shared)
    };
    let links = wish.links();
    let rendering = Rendering {
        lang: wish.lang,
        audience: wish.audience,
        links: &links,
        verify_url: document.seal.as_ref().and_then(|seal| seal.verify_url.as_deref()),
        ..Rendering::default()
    };
    let drawn = Drawn {
        subject,
        shapes: &shapes,
    };
    let rendered = reports::render(wish.format, document, Some(drawn), &rendering).map_err(|error| refused(&error))?;
    Ok(Answered::of(
        wish.format,
        document,
        bytes_of(rendered, document.issued.at)?,
    ))
}

/// The bytes of what was rendered; the store writes tables.
///
/// # Errors
/// `internal`.
pub(crate) fn bytes_of(rendered: Rendered, issued_at: Timestamp) -> Result<Vec<u8>, Problem> {
    match rendered {
        Rendered::Bytes(bytes) => Ok(bytes),
        Rendered::Tables(tables) => store::package(&tables, issued_at).map_err(|error| Problem::internal(&error)),
    }
}

/// The refusal where there is no rendering.
pub(crate) fn refused(error: &RenderError) -> Problem {
    match error {
        RenderError::Map(error) => Kind::NotAcceptable.because(error.sentence_es()),
        RenderError::Xlsx(error) => Kind::NotAcceptable.because(error.sentence_es()),
        other => Problem::internal(other),
    }
}
