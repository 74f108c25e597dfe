//! What a reader or a server may choose about a rendering.

use crate::{Audience, Lang, Picture, view::Section};

/// What a reader or a server may choose about a rendering.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rendering<'a> {
    /// Its language.
    pub lang: Lang,
    /// For whom.
    pub audience: Audience,
    /// Its map, where the caller drew one.
    pub map: Option<&'a Picture>,
    /// Where the canonical JSON is, if the page is served beside it.
    pub json_href: Option<&'a str>,
    /// Where the CSV is.
    pub csv_href: Option<&'a str>,
    /// Other formats served beside it: their names, such as `PDF`, and their addresses.
    pub links: &'a [(&'a str, &'a str)],
    /// Where the report can be verified, with its code in the address; without one the square code holds the short code alone.
    pub verify_url: Option<&'a str>,
    /// Annexes that others make, such as the list of corners; they stand first among the annexes.
    pub annexes: &'a [Section],
}
