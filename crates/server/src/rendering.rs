//! The report in the format that the reader asked for.

use crate::{negotiate::Format, problem::Problem};
use conflicts::Report;

/// The formats of reports; the first is the usual one.
pub(crate) const REPORT: &[Format] = &[Format::Json, Format::Html, Format::Csv];

/// Renders.
///
/// # Errors
/// `internal`.
pub(crate) fn render(report: &Report, format: Format) -> Result<String, Problem> {
    match format {
        Format::Json => serde_json::to_string(report).map_err(|error| Problem::internal(&error)),
        Format::Html | Format::Csv => Err(Problem::internal(&"no rendering")),
    }
}
