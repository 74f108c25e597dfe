//! Any expression that can be read is written so that it reads back the same, in both encodings.

use crate::{
    Expr, Limits,
    ast::End,
    ops::{Arithmetic, Comparison, Lists, Op, Spatial, Temporal},
    read_json, read_text, write_json, write_text,
};
use geo_types::{Coord, Geometry, GeometryCollection, LineString, MultiPoint, Point, Polygon};
use jiff::{Timestamp, civil::Date};
use proptest::prelude::*;

fn coord() -> impl Strategy<Value = Coord<f64>> {
    let number = prop_oneof![
        -180.0..180.0_f64,
        (-180_i16..180).prop_map(f64::from),
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ];
    (number.clone(), number).prop_map(|(x, y)| Coord { x, y })
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let line = prop::collection::vec(coord(), 2..5).prop_map(LineString).boxed();
    let ring = prop::collection::vec(coord(), 3..6).prop_map(|mut ring| {
        ring.push(ring[0]);
        LineString(ring)
    });
    let area = prop::collection::vec(ring, 1..3)
        .prop_map(|mut rings| Polygon::new(rings.remove(0), rings))
        .boxed();
    let one = prop_oneof![
        coord().prop_map(|point| Geometry::Point(Point(point))),
        line.clone().prop_map(Geometry::LineString),
        area.clone().prop_map(Geometry::Polygon),
        prop::collection::vec(coord(), 1..4)
            .prop_map(|points| MultiPoint(points.into_iter().map(Point).collect()).into()),
        prop::collection::vec(line, 1..3).prop_map(|lines| geo_types::MultiLineString(lines).into()),
        prop::collection::vec(area, 1..3).prop_map(|areas| geo_types::MultiPolygon(areas).into()),
    ];
    one.prop_recursive(2, 6, 3, |inner| {
        prop::collection::vec(inner, 1..3).prop_map(|parts| Geometry::GeometryCollection(GeometryCollection(parts)))
    })
}

fn day() -> impl Strategy<Value = Expr> {
    (0_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| Expr::Date(Date::constant(year, month, day)))
}

fn instant() -> impl Strategy<Value = Expr> {
    (-62_167_219_200_i64..253_402_207_201, 0_i32..1_000_000_000).prop_filter_map("an instant", |(second, nano)| {
        Timestamp::new(second, nano).ok().map(Expr::Timestamp)
    })
}

fn leaf() -> impl Strategy<Value = Expr> {
    prop_oneof![
        any::<String>().prop_map(Expr::Text),
        "[a-c'\\\\%_\t\n]{0,6}".prop_map(Expr::Text),
        any::<i64>().prop_map(Expr::Integer),
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(Expr::Number),
        any::<bool>().prop_map(Expr::Boolean),
        day(),
        instant(),
        "[a-z:_][a-zñ0-9._:]{0,5}".prop_map(Expr::Property),
        any::<String>().prop_map(Expr::Property),
        prop::sample::select(vec!["and", "DATE", "s_within", "div", "point", "isNull"])
            .prop_map(|name| Expr::Property(name.into())),
        geometry().prop_map(|geometry| Expr::Geometry(Box::new(geometry))),
        (coord(), coord()).prop_map(|(one, other)| Expr::Bbox([
            one.x,
            one.y.min(other.y),
            other.x,
            one.y.max(other.y)
        ])),
        (end(), end()).prop_map(|(from, to)| Expr::Interval(Box::new([from, to]))),
    ]
}

fn end() -> impl Strategy<Value = End> {
    prop_oneof![
        Just(End::Open),
        day().prop_map(End::At),
        instant().prop_map(End::At),
        "[a-z]{1,4}".prop_map(|name| End::At(Expr::Property(name))),
        "f[a-z]{1,4}".prop_map(|name| End::At(Expr::Call(Op::Function(name), Vec::new()))),
    ]
}

fn binary() -> impl Strategy<Value = Op> {
    prop::sample::select(vec![
        Op::Compare(Comparison::Equal),
        Op::Compare(Comparison::Unequal),
        Op::Compare(Comparison::AtMost),
        Op::Like,
        Op::Spatial(Spatial::Within),
        Op::Temporal(Temporal::FinishedBy),
        Op::Lists(Lists::ContainedBy),
        Op::Arithmetic(Arithmetic::Add),
        Op::Arithmetic(Arithmetic::Subtract),
        Op::Arithmetic(Arithmetic::Multiply),
        Op::Arithmetic(Arithmetic::Divide),
        Op::Arithmetic(Arithmetic::Remainder),
        Op::Arithmetic(Arithmetic::Whole),
        Op::Arithmetic(Arithmetic::Power),
    ])
}

fn expr() -> impl Strategy<Value = Expr> {
    leaf().prop_recursive(5, 40, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 2..4);
        let single = prop::sample::select(vec![Op::Not, Op::IsNull, Op::CaseI, Op::AccentI]);
        prop_oneof![
            (prop::sample::select(vec![Op::And, Op::Or]), some.clone()).prop_map(|(op, args)| Expr::Call(op, args)),
            (single, inner.clone()).prop_map(|(op, arg)| Expr::Call(op, vec![arg])),
            (binary(), inner.clone(), inner.clone()).prop_map(|(op, one, other)| Expr::Call(op, vec![one, other])),
            [inner.clone(), inner.clone(), inner.clone()].prop_map(|args| Expr::Call(Op::Between, args.into())),
            (inner.clone(), some.clone()).prop_map(|(value, list)| Expr::Call(Op::In, vec![value, Expr::Array(list)])),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Expr::Array),
            ("f[a-z0-9]{1,5}", prop::collection::vec(inner, 0..3))
                .prop_map(|(name, args)| Expr::Call(Op::Function(name), args)),
        ]
    })
}

proptest! {
    #[test]
    fn an_expression_written_as_text_reads_back_the_same(expr in expr()) {
        let text = write_text::write(&expr);
        let limits = Limits { pattern: 10_000, ..Limits::default() };
        prop_assert_eq!(read_text::read(&text, &limits), Ok(expr), "{}", text);
    }

    #[test]
    fn an_expression_written_as_json_reads_back_the_same(expr in expr()) {
        let json = write_json::write(&expr);
        let limits = Limits { pattern: 10_000, ..Limits::default() };
        prop_assert_eq!(read_json::read_value(&json, &limits), Ok(expr), "{}", json);
    }
}
