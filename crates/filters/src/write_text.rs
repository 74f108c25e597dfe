//! Expression → CQL2 text that reads back as the same expression.

use crate::{
    Expr,
    ast::End,
    ops::{self, Arithmetic, Op},
};
use geo_types::{Coord, Geometry, LineString, Polygon};

/// How tightly an expression holds together; an operand below what its place needs gets parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Or,
    And,
    Not,
    Test,
    Sum,
    Product,
    Power,
    Whole,
}

/// The text.
pub(crate) fn write(expr: &Expr) -> String {
    let mut text = String::new();
    put(&mut text, expr, Hold::Or);
    text
}

fn hold(expr: &Expr) -> Hold {
    let Expr::Call(op, _) = expr else {
        return Hold::Whole;
    };
    match op {
        Op::Or => Hold::Or,
        Op::And => Hold::And,
        Op::Not => Hold::Not,
        Op::Compare(_) | Op::Like | Op::Between | Op::In | Op::IsNull => Hold::Test,
        Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => Hold::Sum,
        Op::Arithmetic(Arithmetic::Power) => Hold::Power,
        Op::Arithmetic(_) => Hold::Product,
        _ => Hold::Whole,
    }
}

fn put(text: &mut String, expr: &Expr, needed: Hold) {
    let loose = hold(expr) < needed;
    if loose {
        text.push('(');
    }
    put_bare(text, expr);
    if loose {
        text.push(')');
    }
}

fn put_bare(text: &mut String, expr: &Expr) {
    match expr {
        Expr::Text(value) => put_literal(text, value),
        Expr::Integer(value) => text.push_str(&value.to_string()),
        Expr::Number(value) => put_args(text, format_args!("{value:?}")),
        Expr::Boolean(value) => text.push_str(if *value { "TRUE" } else { "FALSE" }),
        Expr::Date(value) => put_args(text, format_args!("DATE('{value}')")),
        Expr::Timestamp(value) => put_args(text, format_args!("TIMESTAMP('{value}')")),
        Expr::Property(name) => put_name(text, name),
        Expr::Interval(ends) => put_interval(text, ends),
        Expr::Geometry(geometry) => put_geometry(text, geometry),
        Expr::Bbox([west, south, east, north]) => put_args(text, format_args!("BBOX({west},{south},{east},{north})")),
        // in parentheses one element would be no list
        Expr::Array(items) if items.len() < 2 => put_array(text, items, ['[', ']']),
        Expr::Array(items) => put_array(text, items, ['(', ')']),
        Expr::Call(op, args) => put_call(text, op, args),
    }
}

fn put_args(text: &mut String, args: std::fmt::Arguments<'_>) {
    use std::fmt::Write;
    text.write_fmt(args).expect("a String takes whatever is written to it");
}

fn put_literal(text: &mut String, value: &str) {
    text.push('\'');
    for c in value.chars() {
        match c {
            '\'' => text.push_str("''"),
            '\\' => text.push_str("\\\\"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            c => text.push(c),
        }
    }
    text.push('\'');
}

fn put_name(text: &mut String, name: &str) {
    if ops::is_bare(name) {
        text.push_str(name);
    } else {
        text.push('"');
        text.push_str(&name.replace('"', "\"\""));
        text.push('"');
    }
}

fn put_items(text: &mut String, items: &[Expr]) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        put(text, item, Hold::Or);
    }
}

fn put_array(text: &mut String, items: &[Expr], [opening, closing]: [char; 2]) {
    text.push(opening);
    put_items(text, items);
    text.push(closing);
}

fn put_interval(text: &mut String, ends: &[End; 2]) {
    text.push_str("INTERVAL(");
    for (number, end) in ends.iter().enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        match end {
            End::Open => text.push_str("'..'"),
            End::At(Expr::Date(value)) => put_args(text, format_args!("'{value}'")),
            End::At(Expr::Timestamp(value)) => put_args(text, format_args!("'{value}'")),
            End::At(expr) => put(text, expr, Hold::Or),
        }
    }
    text.push(')');
}

fn put_call(text: &mut String, op: &Op, args: &[Expr]) {
    let between = |text: &mut String, sign: &str, left: Hold, right: Hold| {
        for (number, arg) in args.iter().enumerate() {
            if number > 0 {
                text.push(' ');
                text.push_str(sign);
                text.push(' ');
            }
            put(text, arg, if number == 0 { left } else { right });
        }
    };
    match op {
        Op::Or => between(text, "OR", Hold::And, Hold::And),
        Op::And => between(text, "AND", Hold::Not, Hold::Not),
        Op::Compare(_) => between(text, op.name(), Hold::Sum, Hold::Sum),
        Op::Like => between(text, "LIKE", Hold::Sum, Hold::Sum),
        Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract) => between(text, op.name(), Hold::Sum, Hold::Product),
        Op::Arithmetic(Arithmetic::Power) => between(text, op.name(), Hold::Whole, Hold::Power),
        Op::Arithmetic(Arithmetic::Whole) => between(text, "DIV", Hold::Product, Hold::Power),
        Op::Arithmetic(_) => between(text, op.name(), Hold::Product, Hold::Power),
        Op::Not => {
            text.push_str("NOT ");
            between(text, "", Hold::Not, Hold::Not);
        }
        Op::IsNull => {
            between(text, "", Hold::Sum, Hold::Sum);
            text.push_str(" IS NULL");
        }
        Op::Between => put_between(text, args),
        Op::In => put_in(text, args),
        Op::Function(name) => put_function(text, name, args),
        Op::Lists(_) => put_lists(text, &op.name().to_ascii_uppercase(), args),
        _ => put_function(text, &op.name().to_ascii_uppercase(), args),
    }
}

fn put_between(text: &mut String, args: &[Expr]) {
    for (arg, word) in args.iter().zip(["", " BETWEEN ", " AND "]) {
        text.push_str(word);
        put(text, arg, Hold::Sum);
    }
}

fn put_in(text: &mut String, args: &[Expr]) {
    if let [value, Expr::Array(items)] = args {
        put(text, value, Hold::Sum);
        text.push_str(" IN (");
        put_items(text, items);
        text.push(')');
    }
}

fn put_function(text: &mut String, name: &str, args: &[Expr]) {
    text.push_str(name);
    text.push('(');
    put_items(text, args);
    text.push(')');
}

/// A relation of lists, whose lists stand in parentheses however many elements they have.
fn put_lists(text: &mut String, name: &str, args: &[Expr]) {
    text.push_str(name);
    text.push('(');
    for (number, arg) in args.iter().enumerate() {
        if number > 0 {
            text.push_str(", ");
        }
        match arg {
            Expr::Array(items) => put_array(text, items, ['(', ')']),
            arg => put(text, arg, Hold::Or),
        }
    }
    text.push(')');
}

fn put_geometry(text: &mut String, geometry: &Geometry<f64>) {
    match geometry {
        Geometry::Point(point) => {
            text.push_str("POINT");
            put_list(text, &[point.0], |text, coord| put_position(text, *coord));
        }
        Geometry::LineString(line) => {
            text.push_str("LINESTRING");
            put_line(text, line);
        }
        Geometry::Polygon(polygon) => {
            text.push_str("POLYGON");
            put_polygon(text, polygon);
        }
        Geometry::MultiPoint(points) => {
            text.push_str("MULTIPOINT");
            put_list(text, &points.0, |text, point| {
                put_list(text, &[point.0], |text, coord| put_position(text, *coord));
            });
        }
        Geometry::MultiLineString(lines) => {
            text.push_str("MULTILINESTRING");
            put_list(text, &lines.0, put_line);
        }
        Geometry::MultiPolygon(polygons) => {
            text.push_str("MULTIPOLYGON");
            put_list(text, &polygons.0, put_polygon);
        }
        Geometry::GeometryCollection(parts) => {
            text.push_str("GEOMETRYCOLLECTION");
            put_list(text, &parts.0, put_geometry);
        }
        Geometry::Line(line) => put_geometry(text, &LineString(vec![line.start, line.end]).into()),
        Geometry::Rect(rect) => put_geometry(text, &rect.to_polygon().into()),
        Geometry::Triangle(triangle) => put_geometry(text, &triangle.to_polygon().into()),
    }
}

fn put_list<T>(text: &mut String, items: &[T], item: impl Fn(&mut String, &T)) {
    text.push('(');
    for (number, one) in items.iter().enumerate() {
        if number > 0 {
            text.push(',');
        }
        item(text, one);
    }
    text.push(')');
}

fn put_position(text: &mut String, Coord { x, y }: Coord<f64>) {
    put_args(text, format_args!("{x} {y}"));
}

fn put_line(text: &mut String, line: &LineString<f64>) {
    put_list(text, &line.0, |text, coord| put_position(text, *coord));
}

fn put_polygon(text: &mut String, polygon: &Polygon<f64>) {
    let rings: Vec<&LineString<f64>> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).collect();
    put_list(text, &rings, |text, ring| put_line(text, ring));
}
