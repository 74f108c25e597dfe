//! The matrix as a page: what an office is told of a region.

use super::{HtmlOptions, html, links};
use crate::{Document, Rendering, regional};
use conflicts::Matrix;

/// The matrix as a self-contained page in Spanish.
pub fn matrix_html(document: &Document<'_, Matrix>) -> String {
    matrix_html_with(document, &Rendering::default())
}

/// The matrix as a self-contained page.
pub fn matrix_html_with(document: &Document<'_, Matrix>, rendering: &Rendering<'_>) -> String {
    let links = links(rendering);
    let options = HtmlOptions {
        map: rendering.map,
        links: &links,
    };
    html(&regional(document, rendering), &options)
}
