//! The report in the format that the reader asked for.

use crate::{clock, negotiate::Format, problem::Problem};
use actix_web::HttpRequest;
use conflicts::Report;
use reports::{Issued, Rendering, document, report_csv, report_html_with};

/// The formats of reports; the first is the usual one.
pub(crate) const REPORT: &[Format] = &[Format::Json, Format::Html, Format::Csv];

/// Where the other renderings of a report are, when it has an address of its own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside {
    json: Option<String>,
    csv: Option<String>,
}

impl Beside {
    /// The same request in the other formats.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let kept: Vec<&str> = request
            .query_string()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("f="))
            .collect();
        let other = |format: Format| {
            let f = format!("f={}", format.word());
            let query: Vec<&str> = kept.iter().copied().chain([f.as_str()]).collect();
            Some(format!("{}?{}", request.path(), query.join("&")))
        };
        Self {
            json: other(Format::Json),
            csv: other(Format::Csv),
        }
    }
}

/// Renders.
///
/// # Errors
/// `internal`.
pub(crate) fn render(report: &Report, format: Format, beside: &Beside) -> Result<String, Problem> {
    if format == Format::Csv {
        return report_csv(report).map_err(|error| Problem::internal(&error));
    }
    let issued = Issued::now_of(clock::now(), "tupu", env!("CARGO_PKG_VERSION"));
    let document = document(report, &issued).map_err(|error| Problem::internal(&error))?;
    if format == Format::Json {
        return Ok(document.json);
    }
    let rendering = Rendering {
        json_href: beside.json.as_deref(),
        csv_href: beside.csv.as_deref(),
        ..Rendering::default()
    };
    Ok(report_html_with(&document, &rendering))
}
