//! XML by hand: what is escaped, and the rings that both formats draw.

use geo_types::{Coord, Geometry, LineString, MultiPolygon};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Words inside an element or an attribute: marks escaped, characters that XML 1.0 does not take left out.
pub(super) fn escaped(words: &str) -> Cow<'_, str> {
    let plain = |c: char| !matches!(c, '<' | '>' | '&' | '"' | '\'') && allowed(c);
    if words.chars().all(plain) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 16);
    for letter in words.chars().filter(|c| allowed(*c)) {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'))
}

/// `<name>words</name>` on a line of its own.
pub(super) fn element(out: &mut String, name: &str, words: &str) {
    writeln!(out, "<{name}>{}</{name}>", escaped(words)).expect("writing to a string does not fail");
}

/// The rings of land and the lines of lines; points have none.
pub(super) fn lines_of(geometry: &Geometry<f64>) -> Vec<&LineString<f64>> {
    match geometry {
        Geometry::Polygon(polygon) => std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect(),
        Geometry::MultiPolygon(land) => rings(land).collect(),
        Geometry::LineString(line) => vec![line],
        Geometry::MultiLineString(lines) => lines.0.iter().collect(),
        Geometry::GeometryCollection(parts) => parts.0.iter().flat_map(lines_of).collect(),
        _ => Vec::new(),
    }
}

/// The points of a geometry that is made of points.
pub(super) fn points_of(geometry: &Geometry<f64>) -> Vec<Coord<f64>> {
    match geometry {
        Geometry::Point(point) => vec![point.0],
        Geometry::MultiPoint(points) => points.0.iter().map(|point| point.0).collect(),
        Geometry::GeometryCollection(parts) => parts.0.iter().flat_map(points_of).collect(),
        _ => Vec::new(),
    }
}

/// Every ring, each polygon's exterior first.
pub(super) fn rings(land: &MultiPolygon<f64>) -> impl Iterator<Item = &LineString<f64>> {
    land.0
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn marks_are_escaped_and_control_characters_left_out() {
        assert_eq!(
            escaped("A<B> & \"C\" 'D'\u{1}\u{0}"),
            "A&lt;B&gt; &amp; &quot;C&quot; &apos;D&apos;"
        );
        assert_eq!(escaped("Ñahuin"), "Ñahuin");
    }
}
