//! The forms of features.

use crate::negotiate::{accepts, not_offered, prefers_html};
use crate::problem::Problem;
use actix_web::http::header::HeaderMap;

/// A form of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemForm {
    /// GeoJSON; in other systems than CRS84, JSON-FG's precursor: GeoJSON with other coordinates.
    Json,
    /// A page for people.
    Html,
    /// A table with WKT.
    Csv,
    /// FlatGeobuf with its index.
    FlatGeobuf,
    /// A GeoPackage.
    GeoPackage,
}

impl ItemForm {
    /// Every form of a list.
    pub(crate) const ALL: [Self; 5] = [Self::Json, Self::Html, Self::Csv, Self::FlatGeobuf, Self::GeoPackage];
    /// The forms of one feature.
    pub(crate) const ONE: [Self; 2] = [Self::Json, Self::Html];

    /// The word of `f`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::FlatGeobuf => "fgb",
            Self::GeoPackage => "gpkg",
        }
    }

    /// The media type.
    pub(crate) fn media(self) -> &'static str {
        match self {
            Self::Json => "application/geo+json",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::FlatGeobuf => "application/flatgeobuf",
            Self::GeoPackage => "application/geopackage+sqlite3",
        }
    }

    /// Whether a list in this form is a page of a longer one, and not the whole.
    pub(crate) fn is_paged(self) -> bool {
        matches!(self, Self::Json | Self::Html)
    }

    /// The form asked for by `f`, else by `Accept`.
    ///
    /// # Errors
    /// `not-acceptable`, with the list.
    pub(crate) fn chosen(headers: &HeaderMap, f: Option<&str>, offered: &[Self]) -> Result<Self, Problem> {
        let words = || offered.iter().map(|form| form.word()).collect::<Vec<_>>();
        if let Some(word) = f {
            let found = offered.iter().find(|form| form.word() == word || form.media() == word);
            return found.copied().ok_or_else(|| not_offered(f, &words()));
        }
        if prefers_html(headers, "") {
            return Ok(Self::Html);
        }
        let json = [
            "application/geo+json",
            "application/json",
            "application/*",
            "*/*",
            "application/vnd.geo+json",
        ];
        if accepts(headers, &json) {
            return Ok(Self::Json);
        }
        let plain = |form: &Self| form.media().split(';').next().unwrap_or_default();
        let found = offered.iter().find(|form| accepts(headers, &[plain(form)]));
        found.copied().ok_or_else(|| not_offered(f, &words()))
    }
}
