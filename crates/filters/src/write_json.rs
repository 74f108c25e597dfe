//! Expression → CQL2 JSON that reads back as the same expression.

use crate::{Expr, ast::End};
use geo_types::{Coord, Geometry, LineString, Polygon};
use serde_json::{Value, json};

/// The JSON.
pub(crate) fn write(expr: &Expr) -> Value {
    match expr {
        Expr::Text(value) => json!(value),
        Expr::Integer(value) => json!(value),
        Expr::Number(value) => json!(value),
        Expr::Boolean(value) => json!(value),
        Expr::Date(value) => json!({ "date": value.to_string() }),
        Expr::Timestamp(value) => json!({ "timestamp": value.to_string() }),
        Expr::Property(name) => json!({ "property": name }),
        Expr::Interval(ends) => json!({ "interval": ends.iter().map(interval_end).collect::<Vec<_>>() }),
        Expr::Geometry(written) => geometry(written),
        Expr::Bbox(bounds) => json!({ "bbox": bounds }),
        Expr::Array(items) => items.iter().map(write).collect(),
        Expr::Call(op, args) => json!({ "op": op.name(), "args": args.iter().map(write).collect::<Vec<_>>() }),
    }
}

fn interval_end(end: &End) -> Value {
    match end {
        End::Open => json!(".."),
        End::At(Expr::Date(value)) => json!(value.to_string()),
        End::At(Expr::Timestamp(value)) => json!(value.to_string()),
        End::At(expr) => write(expr),
    }
}

fn geometry(geometry: &Geometry<f64>) -> Value {
    let (kind, coordinates) = match geometry {
        Geometry::Point(point) => ("Point", position(&point.0)),
        Geometry::LineString(written) => ("LineString", line(written)),
        Geometry::Polygon(written) => ("Polygon", polygon(written)),
        Geometry::MultiPoint(points) => ("MultiPoint", points.iter().map(|point| position(&point.0)).collect()),
        Geometry::MultiLineString(lines) => ("MultiLineString", lines.iter().map(line).collect()),
        Geometry::MultiPolygon(polygons) => ("MultiPolygon", polygons.iter().map(polygon).collect()),
        Geometry::GeometryCollection(parts) => {
            let parts: Vec<Value> = parts.iter().map(self::geometry).collect();
            return json!({ "type": "GeometryCollection", "geometries": parts });
        }
        Geometry::Line(edge) => return self::geometry(&LineString(vec![edge.start, edge.end]).into()),
        Geometry::Rect(rect) => return self::geometry(&rect.to_polygon().into()),
        Geometry::Triangle(triangle) => return self::geometry(&triangle.to_polygon().into()),
    };
    json!({ "type": kind, "coordinates": coordinates })
}

fn position(coord: &Coord<f64>) -> Value {
    json!([coord.x, coord.y])
}

fn line(line: &LineString<f64>) -> Value {
    line.0.iter().map(position).collect()
}

fn polygon(polygon: &Polygon<f64>) -> Value {
    let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
    rings.map(line).collect()
}
