//! Features as GeoJSON (RFC 7946; in other systems than CRS84 as OGC API Features Part 2 has it), straight into bytes.

use crate::area::moved;
use crate::numbers::{write_digits, write_metres, write_number, write_whole};
use crate::{Row, WireCrs};
use crs::Crs;
use geo::{Coord, Geometry, LineString, Polygon};
use jiff::civil::Date;
use std::borrow::Cow;
use std::io::Write as _;
use territory::Value;

/// What of features is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    /// In which system.
    pub crs: WireCrs,
    /// Only these properties; none for all.
    pub properties: Option<Vec<String>>,
    /// Without geometries.
    pub skip_geometry: bool,
}

impl Shown {
    /// Whether a property is.
    pub(crate) fn has(&self, property: &str) -> bool {
        self.properties
            .as_ref()
            .is_none_or(|wanted| wanted.iter().any(|one| one == property))
    }

    /// The geometry of a feature in the system asked for; none where it has none, or no place there.
    pub(crate) fn geometry<'a>(&self, row: &Row<'a>) -> Option<Cow<'a, Geometry<f64>>> {
        row.bbox.filter(|_| !self.skip_geometry)?;
        let lonlat = &row.feature.lonlat;
        if self.crs.crs() == Crs::WGS84 {
            Some(Cow::Borrowed(lonlat))
        } else {
            moved(lonlat, self.crs.crs()).map(Cow::Owned)
        }
    }
}

/// Writes a feature: id, geometry, properties, and the edition that says so. `more` are further members, as `,"name":value`.
pub fn feature_json(out: &mut Vec<u8>, row: &Row<'_>, shown: &Shown, more: &str) {
    out.extend_from_slice(br#"{"type":"Feature","id":"#);
    text(out, &row.feature.key);
    out.extend_from_slice(br#","geometry":"#);
    match shown.geometry(row) {
        Some(geometry) => write_geometry(out, &geometry, shown.crs),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(br#","properties":{"#);
    let mut first = true;
    for (name, value) in row.feature.attributes.0.iter().filter(|(name, _)| shown.has(name)) {
        if !first {
            out.push(b',');
        }
        first = false;
        text(out, name);
        out.push(b':');
        write_value(out, value);
    }
    out.extend_from_slice(br#"},"edition":"#);
    text(out, &row.edition.meta.id);
    out.extend_from_slice(if row.edition.meta.synthetic {
        br#","synthetic":true"#
    } else {
        br#","synthetic":false"#
    });
    out.extend_from_slice(more.as_bytes());
    out.push(b'}');
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Value::Integer(number) => {
            if *number < 0 {
                out.push(b'-');
            }
            write_whole(out, number.unsigned_abs());
        }
        // JSON has no word for what is no number
        Value::Real(number) if !number.is_finite() => out.extend_from_slice(b"null"),
        Value::Real(number) => write_number(out, *number),
        Value::Date(day) => write_day(out, *day),
        Value::Text(words) => text(out, words),
    }
}

fn write_day(out: &mut Vec<u8>, day: Date) {
    let Ok(year) = u64::try_from(day.year()) else {
        // writing to a vector does not fail
        let _ = write!(out, "\"{day}\"");
        return;
    };
    out.push(b'"');
    write_digits(out, year, 4);
    for part in [day.month(), day.day()] {
        out.push(b'-');
        write_digits(out, u64::from(part.unsigned_abs()), 2);
    }
    out.push(b'"');
}

/// Writes words as JSON; nearly all have nothing that has to be escaped.
fn text(out: &mut Vec<u8>, words: &str) {
    let escaped = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    // the whole text is looked at, so that many bytes are at a time
    if words.bytes().fold(false, |any, byte| any | escaped(byte)) {
        serde_json::to_writer(out, words).expect("a text can be written to a vector");
        return;
    }
    out.push(b'"');
    out.extend_from_slice(words.as_bytes());
    out.push(b'"');
}

fn write_geometry(out: &mut Vec<u8>, geometry: &Geometry<f64>, crs: WireCrs) {
    let mut pen = Pen { out, crs };
    match geometry {
        Geometry::Point(point) => pen.simple("Point", |pen| pen.position(point.0)),
        Geometry::MultiPoint(points) => pen.simple("MultiPoint", |pen| {
            pen.list(&points.0, |pen, point| pen.position(point.0));
        }),
        Geometry::LineString(line) => pen.simple("LineString", |pen| Pen::line(pen, line)),
        Geometry::MultiLineString(lines) => pen.simple("MultiLineString", |pen| pen.list(&lines.0, Pen::line)),
        Geometry::Polygon(land) => pen.simple("Polygon", |pen| Pen::land(pen, land)),
        Geometry::MultiPolygon(lands) => pen.simple("MultiPolygon", |pen| pen.list(&lands.0, Pen::land)),
        Geometry::Line(line) => pen.simple("LineString", |pen| {
            Pen::line(pen, &LineString(vec![line.start, line.end]));
        }),
        Geometry::Rect(rect) => pen.simple("Polygon", |pen| Pen::land(pen, &rect.to_polygon())),
        Geometry::Triangle(triangle) => pen.simple("Polygon", |pen| Pen::land(pen, &triangle.to_polygon())),
        Geometry::GeometryCollection(parts) => {
            pen.out
                .extend_from_slice(br#"{"type":"GeometryCollection","geometries":"#);
            pen.list(&parts.0, |pen, part| write_geometry(pen.out, part, crs));
            pen.out.push(b'}');
        }
    }
}

struct Pen<'a> {
    out: &'a mut Vec<u8>,
    crs: WireCrs,
}

impl Pen<'_> {
    fn simple(&mut self, kind: &str, coordinates: impl FnOnce(&mut Self)) {
        for part in [r#"{"type":""#, kind, r#"","coordinates":"#] {
            self.out.extend_from_slice(part.as_bytes());
        }
        coordinates(self);
        self.out.push(b'}');
    }

    fn list<T>(&mut self, items: &[T], write: impl Fn(&mut Pen<'_>, &T)) {
        self.out.push(b'[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push(b',');
            }
            write(self, item);
        }
        self.out.push(b']');
    }

    fn line(pen: &mut Pen<'_>, line: &LineString<f64>) {
        pen.list(&line.0, |pen, point| pen.position(*point));
    }

    fn land(pen: &mut Pen<'_>, land: &Polygon<f64>) {
        pen.out.push(b'[');
        Pen::line(pen, land.exterior());
        for hole in land.interiors() {
            pen.out.push(b',');
            Pen::line(pen, hole);
        }
        pen.out.push(b']');
    }

    fn position(&mut self, point: Coord<f64>) {
        let (first, second) = if self.crs.is_swapped() {
            (point.y, point.x)
        } else {
            (point.x, point.y)
        };
        let write = if self.crs.crs() == Crs::WGS84 {
            write_number
        } else {
            write_metres
        };
        self.out.push(b'[');
        write(self.out, first);
        self.out.push(b',');
        write(self.out, second);
        self.out.push(b']');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: &Value) -> serde_json::Value {
        let mut out = Vec::new();
        write_value(&mut out, value);
        serde_json::from_slice(&out).unwrap()
    }

    proptest! {
        #[test]
        fn words_numbers_and_days_are_read_back_from_json(
            words in r#"[ -~\t\n"\\ñ\u{1}\u{7f}\u{2028}]{0,40}"#,
            whole in any::<i64>(),
            days in -40_000_i32..40_000,
        ) {
            prop_assert_eq!(written(&Value::Text(words.clone())), serde_json::Value::from(words));
            prop_assert_eq!(written(&Value::Integer(whole)), serde_json::Value::from(whole));
            let day = jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days);
            prop_assert_eq!(written(&Value::Date(day)), serde_json::Value::from(day.to_string()));
        }
    }

    #[test]
    fn days_before_the_first_year_are_written_as_they_are_read() {
        let day = jiff::civil::date(-1, 2, 3);
        assert_eq!(written(&Value::Date(day)), serde_json::Value::from(day.to_string()));
        assert_eq!(written(&Value::Real(f64::NAN)), serde_json::Value::Null);
    }
}
