//! Features as GeoJSON (RFC 7946; in other systems than CRS84 as OGC API Features Part 2 has it), straight into bytes.

use crate::area::moved;
use crate::numbers::{write_degree, write_metres};
use crate::{Row, WireCrs};
use crs::Crs;
use geo::{Coord, Geometry, LineString, Polygon};
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
    let _ = write!(out, r#","synthetic":{}{more}}}"#, row.edition.meta.synthetic);
}

fn write_value(out: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(value) => out.extend_from_slice(if *value { b"true" } else { b"false" }),
        Value::Integer(number) => {
            let _ = write!(out, "{number}");
        }
        // JSON has no word for what is no number
        Value::Real(number) if !number.is_finite() => out.extend_from_slice(b"null"),
        Value::Real(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Date(day) => {
            let _ = write!(out, "\"{day}\"");
        }
        Value::Text(words) => text(out, words),
    }
}

fn text(out: &mut Vec<u8>, words: &str) {
    serde_json::to_writer(out, words).expect("a text can be written to a vector");
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
        let _ = write!(self.out, r#"{{"type":"{kind}","coordinates":"#);
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
        let rings: Vec<&LineString<f64>> = std::iter::once(land.exterior()).chain(land.interiors()).collect();
        pen.list(&rings, |pen, ring| Pen::line(pen, ring));
    }

    fn position(&mut self, point: Coord<f64>) {
        let (first, second) = if self.crs.is_swapped() {
            (point.y, point.x)
        } else {
            (point.x, point.y)
        };
        let write = if self.crs.crs() == Crs::WGS84 {
            write_degree
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
