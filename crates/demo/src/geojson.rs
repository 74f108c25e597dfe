//! GeoJSON (RFC 7946) with a fixed number of decimals, one feature a line.

use crate::layer::{Feature, Layer, NOTE};
use crate::utm::lonlat;
use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::Value;
use std::fmt::Write;

/// The text of a layer.
pub fn feature_collection(layer: &Layer) -> String {
    let title = Value::from(format!("{} ({NOTE})", layer.title));
    let name = Value::from(layer.name);
    let mut text = format!(
        "{{\"type\":\"FeatureCollection\",\"name\":{name},\"title\":{title},\"nota\":\"{NOTE}\",\"features\":[\n"
    );
    for (number, feature) in layer.features.iter().enumerate() {
        if number > 0 {
            text.push_str(",\n");
        }
        write_feature(&mut text, feature, layer.decimals);
    }
    text.push_str("\n]}\n");
    text
}

fn write_feature(text: &mut String, feature: &Feature, decimals: usize) {
    text.push_str("{\"type\":\"Feature\",\"properties\":{");
    for (name, value) in &feature.fields {
        write_to(text, format_args!("\"{name}\":{value},"));
    }
    write_to(text, format_args!("\"nota\":\"{NOTE}\"}},\"geometry\":"));
    write_geometry(text, &feature.geometry, decimals);
    text.push('}');
}

fn write_to(text: &mut String, words: std::fmt::Arguments<'_>) {
    text.write_fmt(words).expect("a string takes all that is written");
}

fn write_geometry(text: &mut String, geometry: &Geometry<f64>, decimals: usize) {
    match geometry {
        Geometry::Point(point) => {
            text.push_str("{\"type\":\"Point\",\"coordinates\":");
            write_place(text, point.0, decimals);
        }
        Geometry::LineString(line) => {
            text.push_str("{\"type\":\"LineString\",\"coordinates\":");
            write_line(text, line, decimals);
        }
        Geometry::MultiPolygon(land) if land.0.len() == 1 => {
            text.push_str("{\"type\":\"Polygon\",\"coordinates\":");
            write_polygon(text, &land.0[0], decimals);
        }
        Geometry::MultiPolygon(land) => {
            text.push_str("{\"type\":\"MultiPolygon\",\"coordinates\":");
            write_list(text, &land.0, |text, polygon| write_polygon(text, polygon, decimals));
        }
        other => unreachable!("the generator makes no {other:?}"),
    }
    text.push('}');
}

fn write_polygon(text: &mut String, polygon: &Polygon<f64>, decimals: usize) {
    let rings: Vec<&LineString<f64>> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    write_list(text, &rings, |text, ring| write_line(text, ring, decimals));
}

fn write_line(text: &mut String, line: &LineString<f64>, decimals: usize) {
    write_list(text, &line.0, |text, place| write_place(text, *place, decimals));
}

fn write_list<T>(text: &mut String, items: &[T], write: impl Fn(&mut String, &T)) {
    text.push('[');
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        write(text, item);
    }
    text.push(']');
}

fn write_place(text: &mut String, place: Coord<f64>, decimals: usize) {
    let (longitude, latitude) = lonlat(place.x, place.y);
    write_to(text, format_args!("[{longitude:.decimals$},{latitude:.decimals$}]"));
}
