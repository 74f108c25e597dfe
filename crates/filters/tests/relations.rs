//! Relations of geometries against the whole DE-9IM matrix of `geo`, and what the boxes and keys leave out.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot be set up fails")]

use filters::{Bound, Filter, Limits, PropertyType, Queryables, Record, Scalar};
use geo::{BoundingRect, Relate};
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, Rect};
use proptest::prelude::*;
use std::borrow::Cow;

struct Place {
    name: Option<&'static str>,
    geometry: Option<Geometry<f64>>,
}

impl Record for Place {
    fn value(&self, slot: usize) -> Option<Scalar<'_>> {
        self.name
            .filter(|_| slot == 0)
            .map(|name| Scalar::Text(Cow::Borrowed(name)))
    }

    fn geometry(&self) -> Option<&Geometry<f64>> {
        self.geometry.as_ref()
    }

    fn bbox(&self) -> Option<[f64; 4]> {
        let rect = self.geometry.as_ref()?.bounding_rect()?;
        Some([rect.min().x, rect.min().y, rect.max().x, rect.max().y])
    }
}

fn queryables() -> Queryables {
    Queryables::new([("name", PropertyType::String), ("geom", PropertyType::Geometry)])
}

fn bound(text: &str) -> Bound {
    Filter::from_text(text, &Limits::default())
        .unwrap()
        .bind(&queryables())
        .unwrap()
}

/// A filter with one relation to a geometry.
fn related(relation: &str, turned: bool, literal: &Geometry<f64>) -> Bound {
    let text = if turned {
        format!("{relation}(POINT(0 0), geom)")
    } else {
        format!("{relation}(geom, POINT(0 0))")
    };
    let mut filter = Filter::from_text(&text, &Limits::default()).unwrap();
    let put: Result<(), ()> = filter.change_geometries(|geometry| {
        *geometry = literal.clone();
        Ok(())
    });
    put.unwrap();
    filter
        .bind(&queryables())
        .unwrap_or_else(|error| panic!("{literal:?}: {error}"))
}

fn expected(relation: &str, feature: &Geometry<f64>, literal: &Geometry<f64>) -> bool {
    let matrix = feature.relate(literal);
    match relation {
        "S_INTERSECTS" => matrix.is_intersects(),
        "S_DISJOINT" => matrix.is_disjoint(),
        "S_EQUALS" => matrix.is_equal_topo(),
        "S_TOUCHES" => matrix.is_touches(),
        "S_WITHIN" => matrix.is_within(),
        "S_OVERLAPS" => matrix.is_overlaps(),
        "S_CROSSES" => matrix.is_crosses(),
        _ => matrix.is_contains(),
    }
}

const RELATIONS: [&str; 8] = [
    "S_INTERSECTS",
    "S_DISJOINT",
    "S_EQUALS",
    "S_TOUCHES",
    "S_WITHIN",
    "S_OVERLAPS",
    "S_CROSSES",
    "S_CONTAINS",
];

/// Few whole numbers, so that vertices and edges often meet.
fn step() -> impl Strategy<Value = f64> {
    (0_u8..7).prop_map(f64::from)
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    (step(), step()).prop_map(|(x, y)| Coord { x, y })
}

fn rectangle() -> impl Strategy<Value = Polygon<f64>> {
    (coord(), 1_u8..5, 1_u8..5).prop_map(|(at, width, height)| {
        let far = Coord {
            x: at.x + f64::from(width),
            y: at.y + f64::from(height),
        };
        Rect::new(at, far).to_polygon()
    })
}

fn triangle() -> impl Strategy<Value = Polygon<f64>> {
    (coord(), coord(), coord()).prop_filter_map("an area", |(a, b, c)| {
        let twice = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
        (twice != 0.0).then(|| Polygon::new(LineString(vec![a, b, c, a]), Vec::new()))
    })
}

/// An area with a hole one or two steps within its border.
fn frame() -> impl Strategy<Value = Polygon<f64>> {
    (coord(), 1_u8..3, 1_u8..4).prop_map(|(at, border, hole)| {
        let far = |by: u8| Coord {
            x: at.x + f64::from(by),
            y: at.y + f64::from(by),
        };
        let outer = Rect::new(at, far(2 * border + hole)).to_polygon();
        let hole = Rect::new(far(border), far(border + hole)).to_polygon();
        Polygon::new(outer.exterior().clone(), vec![hole.exterior().clone()])
    })
}

/// Two rectangles that are apart or meet at a corner.
fn pair() -> impl Strategy<Value = MultiPolygon<f64>> {
    (coord(), 1_u8..3, 0_u8..3, 1_u8..3).prop_map(|(at, one, gap, other)| {
        let corner = |by: f64| Coord {
            x: at.x + by,
            y: at.y + by,
        };
        let (one, gap, other) = (f64::from(one), f64::from(gap), f64::from(other));
        let first = Rect::new(at, corner(one)).to_polygon();
        let second = Rect::new(corner(one + gap), corner(one + gap + other)).to_polygon();
        MultiPolygon(vec![first, second])
    })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec(coord(), 2..4).prop_filter_map("a length", |mut line| {
        line.dedup();
        (line.len() > 1).then_some(LineString(line))
    })
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    prop_oneof![
        coord().prop_map(|point| Point(point).into()),
        prop::collection::btree_set((0_u8..7, 0_u8..7), 1..4).prop_map(|points| {
            let points = points.into_iter().map(|(x, y)| Point::new(f64::from(x), f64::from(y)));
            MultiPoint(points.collect()).into()
        }),
        line().prop_map(Geometry::LineString),
        prop::collection::vec(line(), 2).prop_map(|lines| MultiLineString(lines).into()),
        rectangle().prop_map(Geometry::Polygon),
        triangle().prop_map(Geometry::Polygon),
        frame().prop_map(Geometry::Polygon),
        pair().prop_map(Geometry::MultiPolygon),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn every_relation_is_that_of_the_whole_matrix(feature in geometry(), literal in geometry()) {
        let place = Place { name: None, geometry: Some(feature.clone()) };
        for relation in RELATIONS {
            let found = related(relation, false, &literal).evaluate(&place);
            prop_assert_eq!(found, Some(expected(relation, &feature, &literal)), "{}", relation);
            let turned = related(relation, true, &literal).evaluate(&place);
            prop_assert_eq!(turned, Some(expected(relation, &literal, &feature)), "turned {}", relation);
        }
    }
}

/// A star of many corners, so that the literal's edges are in a tree.
fn star(corners: u32) -> Geometry<f64> {
    let vertex = |number: u32| {
        let turn = f64::from(number) / f64::from(corners) * std::f64::consts::TAU;
        let reach = if number.is_multiple_of(2) { 4.0 } else { 2.5 };
        Coord {
            x: 4.0 + reach * turn.cos(),
            y: 4.0 + reach * turn.sin(),
        }
    };
    let mut ring: Vec<Coord<f64>> = (0..corners).map(vertex).collect();
    ring.push(ring[0]);
    Polygon::new(LineString(ring), Vec::new()).into()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_literal_of_many_edges_relates_as_the_matrix_says(feature in geometry()) {
        let literal = star(60);
        let place = Place { name: None, geometry: Some(feature.clone()) };
        for relation in RELATIONS {
            let found = related(relation, false, &literal).evaluate(&place);
            prop_assert_eq!(found, Some(expected(relation, &feature, &literal)), "{}", relation);
        }
    }
}

fn condition() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["a", "b", "c"]);
    let leaf = prop_oneof![
        (prop::sample::select(vec!["=", "<>", "<"]), name.clone())
            .prop_map(|(sign, name)| format!("name {sign} '{name}'")),
        (name.clone(), name).prop_map(|(one, other)| format!("name IN ('{one}', '{other}')")),
        Just("name IS NULL".to_owned()),
        Just("TRUE".to_owned()),
        Just("geom IS NULL".to_owned()),
        (
            prop::sample::select(RELATIONS.to_vec()),
            any::<bool>(),
            0_u8..7,
            0_u8..7,
            0_u8..3
        )
            .prop_map(|(relation, turned, x, y, size)| {
                let literal = format!("BBOX({x},{y},{},{})", x + size, y + 1);
                let (one, other) = if turned {
                    (literal, "geom".to_owned())
                } else {
                    ("geom".to_owned(), literal)
                };
                format!("{relation}({one}, {other})")
            }),
    ];
    leaf.prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one} AND {other})")),
            (inner.clone(), inner.clone()).prop_map(|(one, other)| format!("({one} OR {other})")),
            inner.prop_map(|inner| format!("NOT ({inner})")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn boxes_and_keys_leave_out_only_what_the_filter_refuses(
        text in condition(),
        geometries in prop::collection::vec(prop::option::weighted(0.9, geometry()), 12),
    ) {
        let names = [Some("a"), Some("b"), None];
        let filter = bound(&text);
        let (bounds, keys) = (filter.bounds(), filter.key_equals("name"));
        for (number, geometry) in geometries.into_iter().enumerate() {
            let place = Place { name: names[number % 3], geometry };
            let kept = Bound::may_hold(bounds.as_deref(), place.bbox().as_ref())
                && keys.as_ref().is_none_or(|keys| place.name.is_some_and(|name| keys.contains(&name)));
            prop_assert!(kept || !filter.accepts(&place), "{} with {:?} {:?}", text, bounds, keys);
        }
    }
}

#[test]
fn what_lies_around_a_hole_is_not_within() {
    let frame = "POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (4 4, 5 4, 5 5, 4 5, 4 4))";
    let around = Rect::new((2.0, 2.0), (7.0, 7.0)).to_polygon();
    let beside = Rect::new((1.0, 1.0), (3.0, 3.0)).to_polygon();
    let hole = Rect::new((4.0, 4.0), (5.0, 5.0)).to_polygon();
    let framed = Polygon::new(
        Rect::new((0.0, 0.0), (9.0, 9.0)).to_polygon().exterior().clone(),
        vec![hole.exterior().clone()],
    );
    let answer = |text: &str, geometry: &Polygon<f64>| {
        let geometry = Some(geometry.clone().into());
        bound(text).evaluate(&Place { name: None, geometry })
    };
    for (geometry, within) in [(&around, false), (&beside, true), (&hole, false)] {
        assert_eq!(answer(&format!("S_WITHIN(geom, {frame})"), geometry), Some(within));
    }
    for (literal, contained) in [
        ("BBOX(2,2,7,7)", false),
        ("BBOX(1,1,3,3)", true),
        ("BBOX(4,4,5,5)", false),
    ] {
        assert_eq!(
            answer(&format!("S_CONTAINS(geom, {literal})"), &framed),
            Some(contained),
            "{literal}"
        );
    }
    assert_eq!(answer("S_OVERLAPS(geom, BBOX(2,2,7,7))", &framed), Some(true));
}

#[test]
fn boxes_and_keys_are_told_where_they_help() {
    let near = bound("S_INTERSECTS(geom, BBOX(1,1,2,2)) AND (S_WITHIN(geom, BBOX(0,0,9,9)) OR name = 'x')");
    assert_eq!(near.bounds(), Some(vec![[1.0, 1.0, 2.0, 2.0]]));
    let not_apart = bound("NOT S_DISJOINT(geom, BBOX(1,1,2,2)) AND name IN ('b','a') AND name <> 'c'");
    assert_eq!(not_apart.bounds(), Some(vec![[1.0, 1.0, 2.0, 2.0]]));
    assert_eq!(not_apart.key_equals("name"), Some(vec!["a", "b"]));
    let across = bound("S_INTERSECTS(geom, BBOX(170,-10,-170,10))");
    assert_eq!(
        across.bounds(),
        Some(vec![[170.0, -10.0, 180.0, 10.0], [-180.0, -10.0, -170.0, 10.0]])
    );
    assert_eq!(bound("name = 'a' OR S_INTERSECTS(geom, POINT(1 1))").bounds(), None);
    assert_eq!(bound("name = 'a' AND FALSE").bounds(), Some(vec![]));
    assert_eq!(bound("CASEI(name) = 'a'").key_equals("name"), None);
}

#[test]
fn a_missing_geometry_is_null_and_an_empty_one_is_apart_from_all() {
    let missing = Place {
        name: None,
        geometry: None,
    };
    let empty = Place {
        name: None,
        geometry: Some(MultiPolygon(Vec::new()).into()),
    };
    for relation in RELATIONS {
        let filter = related(relation, false, &Geometry::Point(Point::new(0.0, 0.0)));
        assert_eq!(filter.evaluate(&missing), None, "{relation}");
        assert_eq!(filter.evaluate(&empty), Some(relation == "S_DISJOINT"), "{relation}");
    }
}

#[test]
fn a_bound_filter_is_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&related("S_TOUCHES", false, &star(60)));
}
