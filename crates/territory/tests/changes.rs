//! What counts as a change, and that a patch turns one edition into the other exactly.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use crs::UtmZone;
use geo_types::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, Rect, coord};
use proptest::prelude::*;
use territory::{
    Attributes, Change, ChangeKind, Difference, Feature, Land, LandRow, Metres, Patch, PatchError, Row, Shape, Value,
    changes_between,
};

const METRE: Metres = Metres(1.0);

/// A square kilometre of zone 17 S, as lon/lat and land; `shift` metres to the east.
fn square(key: &str, shift: f64, fields: &[(&str, Value)]) -> Feature {
    let corner = coord! {x: 700_000.0 + shift, y: 9_300_000.0};
    let opposite = coord! {x: corner.x + 1000.0, y: corner.y + 1000.0};
    let land = MultiPolygon(vec![Rect::new(corner, opposite).to_polygon()]);
    of(key, &land, fields)
}

fn of(key: &str, metres: &MultiPolygon<f64>, fields: &[(&str, Value)]) -> Feature {
    let shape = Shape::from_metres(metres);
    let mut lonlat = metres.clone();
    for polygon in &mut lonlat.0 {
        polygon.exterior_mut(|ring| crs::utm_to_lonlat(&mut ring.0, UtmZone::Z17).unwrap());
    }
    let mut attributes = Attributes::default();
    for (field, value) in fields {
        attributes.set(field, value.clone());
    }
    Feature {
        key: key.to_owned(),
        source_row: 1,
        attributes,
        source_fields: serde_json::Map::new(),
        lonlat: Geometry::MultiPolygon(lonlat),
        land: Some(Land::new(UtmZone::Z17, shape)),
    }
}

fn line(key: &str, north: f64) -> Feature {
    Feature {
        lonlat: Geometry::LineString(LineString(vec![
            coord! {x: -79.0, y: -7.0},
            coord! {x: -79.0, y: -7.0 + north},
        ])),
        land: None,
        ..square(key, 0.0, &[])
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn only(difference: &Difference) -> &Change {
    assert_eq!(difference.changes.len(), 1, "{difference:?}");
    &difference.changes[0]
}

#[test]
fn what_is_equal_is_no_change_and_not_even_a_minor_one() {
    let rows = || [square("A", 0.0, &[("name", text("a"))]), line("B", 0.1)];
    assert_eq!(changes_between(&rows(), &rows(), METRE), Difference::default());
}

#[test]
fn what_appears_is_new_and_what_disappears_is_gone_with_its_hectares() {
    let (a, b) = (square("A", 0.0, &[("name", text("Uno"))]), square("B", 0.0, &[]));
    let difference = changes_between([&a], [&b], METRE);
    let kinds: Vec<_> = difference.changes.iter().map(|c| (c.kind, c.key.as_str())).collect();
    assert_eq!(kinds, [(ChangeKind::Gone, "A"), (ChangeKind::New, "B")]);
    let [gone, new] = &difference.changes[..] else {
        panic!("{difference:?}")
    };
    assert_eq!(
        (gone.before.as_deref(), gone.after.as_deref()),
        (Some("100.0000"), None)
    );
    assert_eq!((new.before.as_deref(), new.after.as_deref()), (None, Some("100.0000")));
    assert_eq!((gone.name.as_str(), new.name.as_str()), ("Uno", "B"));
}

#[test]
fn another_state_is_one_change_however_many_fields_tell_it() {
    let of = |label: &str, group: &str, code: &str| {
        let fields = [
            ("state_label", text(label)),
            ("state_group", text(group)),
            ("state_code", text(code)),
        ];
        square("A", 0.0, &fields)
    };
    let (old, new) = (of("En trámite", "tramite", "D"), of("Titulado", "titulado", "T"));
    let difference = changes_between([&old], [&new], METRE);
    let change = only(&difference);
    assert_eq!(change.kind, ChangeKind::Status);
    assert_eq!(change.before.as_deref(), Some("En trámite (tramite)"));
    assert_eq!(change.after.as_deref(), Some("Titulado (titulado)"));
    let (old, new) = (of("Titulado", "titulado", "T"), of("Titulado", "titulado", "Q"));
    let difference = changes_between([&old], [&new], METRE);
    assert_eq!(
        only(&difference).after.as_deref(),
        Some("Titulado (Q)"),
        "the code alone differs"
    );
}

#[test]
fn holder_and_other_fields_are_told_with_what_they_were_and_are() {
    let date = |text: &str| Value::Date(text.parse().unwrap());
    let old = [
        ("holder", text("Uno")),
        ("filed_at", date("1998-01-02")),
        ("declared_ha", Value::Real(100.0)),
    ];
    let new = [
        ("holder", text("Dos")),
        ("filed_at", date("1998-01-02")),
        ("substance", text("oro")),
    ];
    let difference = changes_between([&square("A", 0.0, &old)], [&square("A", 0.0, &new)], METRE);
    let told: Vec<_> = difference
        .changes
        .iter()
        .map(|c| (c.kind, c.field.as_deref(), c.before.as_deref(), c.after.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (ChangeKind::Holder, None, Some("Uno"), Some("Dos")),
            (ChangeKind::Attributes, Some("declared_ha"), Some("100"), None),
            (ChangeKind::Attributes, Some("substance"), None, Some("oro")),
        ]
    );
}

#[test]
fn a_border_has_moved_when_it_lies_farther_than_the_tolerance() {
    let difference = changes_between([&square("A", 0.0, &[])], [&square("A", 25.0, &[])], METRE);
    let change = only(&difference);
    assert_eq!(change.kind, ChangeKind::Geometry);
    assert!((change.moved.unwrap().0 - 25.0).abs() < 0.02, "{change:?}");
    assert_eq!(change.before.as_deref(), Some("100.0000"));
    let within = changes_between([&square("A", 0.0, &[])], [&square("A", 0.9, &[])], METRE);
    assert_eq!((within.changes.len(), within.minor), (0, 1));
}

#[test]
fn an_appendix_of_the_same_area_elsewhere_is_a_moved_border() {
    let metres = |points: &[(f64, f64)]| {
        let ring = points
            .iter()
            .map(|&(x, y)| coord! {x: 700_000.0 + x, y: 9_300_000.0 + y})
            .collect();
        MultiPolygon(vec![Polygon::new(LineString(ring), Vec::new())])
    };
    let east = metres(&[
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 40.0),
        (150.0, 40.0),
        (150.0, 60.0),
        (100.0, 60.0),
        (100.0, 100.0),
        (0.0, 100.0),
    ]);
    let west = metres(&[
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 100.0),
        (0.0, 100.0),
        (0.0, 60.0),
        (-50.0, 60.0),
        (-50.0, 40.0),
        (0.0, 40.0),
    ]);
    let difference = changes_between([&of("A", &east, &[])], [&of("A", &west, &[])], METRE);
    let change = only(&difference);
    assert_eq!(change.before, change.after, "the area is the same");
    assert!((change.moved.unwrap().0 - 50.0).abs() < 0.02, "{change:?}");
}

#[test]
fn a_line_that_grows_and_land_that_becomes_a_line_have_moved() {
    let difference = changes_between([&line("A", 0.01)], [&line("A", 0.02)], METRE);
    let moved = only(&difference).moved.unwrap().0;
    assert!((1100.0..1112.0).contains(&moved), "a hundredth of a degree: {moved}");
    assert_eq!(only(&difference).before, None, "a line has no hectares");
    let difference = changes_between([&square("A", 0.0, &[])], [&line("A", 0.01)], METRE);
    assert_eq!(
        (only(&difference).kind, only(&difference).moved),
        (ChangeKind::Geometry, None)
    );
}

#[test]
fn rows_that_share_a_key_are_matched_equal_ones_first() {
    let limit = |kind: &str, shift: f64| square("c-1", shift, &[("limit_kind", text(kind))]);
    let olds = [limit("titulo", 0.0), limit("georef", 5.0)];
    let news = [limit("propio", 9.0), limit("georef", 5.0), limit("titulo", 0.0)];
    let difference = changes_between(&olds, &news, METRE);
    let change = only(&difference);
    assert_eq!((change.kind, change.version), (ChangeKind::New, 0));
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |x| x.is_finite()),
        -180.0..180.0,
        Just(-0.0)
    ]
}

fn coords(least: usize) -> impl Strategy<Value = LineString<f64>> {
    prop::collection::vec((number(), number()).prop_map(|(x, y)| Coord { x, y }), least..6).prop_map(LineString)
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let polygon =
        || (coords(3), prop::collection::vec(coords(3), 0..2)).prop_map(|(outer, holes)| Polygon::new(outer, holes));
    prop_oneof![
        (number(), number()).prop_map(|(x, y)| Geometry::Point(Point::new(x, y))),
        coords(0).prop_map(|line| Geometry::MultiPoint(MultiPoint(line.0.into_iter().map(Point).collect()))),
        coords(2).prop_map(Geometry::LineString),
        prop::collection::vec(coords(2), 0..3).prop_map(|lines| Geometry::MultiLineString(MultiLineString(lines))),
        polygon().prop_map(Geometry::Polygon),
        prop::collection::vec(polygon(), 0..3).prop_map(|land| Geometry::MultiPolygon(MultiPolygon(land))),
    ]
}

fn row() -> impl Strategy<Value = Row> {
    let land = (0_usize..3, prop::collection::vec(any::<u8>(), 0..9));
    let land = land.prop_map(|(zone, bytes)| LandRow {
        zone: UtmZone::ALL[zone],
        bytes,
    });
    (
        "[a-cñ\"]",
        any::<u64>(),
        ".{0,9}",
        geometry(),
        prop::option::of(land),
        prop::option::of(geometry()),
    )
        .prop_map(|(key, source_row, words, geometry, land, source)| Row {
            key,
            source_row,
            attributes: format!("{{\"name\":{words:?},\"declared_ha\":0.1000000000000000055}}"),
            source_fields: words,
            geometry,
            land,
            source,
        })
}

/// Rows by key, those of one key in their order: what an edition is.
fn edition(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort_by(|one, other| one.key.cmp(&other.key));
    rows
}

/// Equal down to the sign of zero.
fn bits(rows: &[Row]) -> String {
    format!("{rows:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn a_patch_gives_the_later_edition_exactly_also_through_its_json(
        before in prop::collection::vec(row(), 0..6).prop_map(edition),
        others in prop::collection::vec(row(), 0..6),
        kept in any::<[bool; 6]>(),
    ) {
        let shared = before.iter().zip(kept).filter(|(_, kept)| *kept).map(|(row, _)| row.clone());
        let after = edition(shared.chain(others).collect());
        let patch = Patch::between(&before, &after);
        prop_assert_eq!(bits(&patch.apply(&before).unwrap()), bits(&after));
        let written = patch.to_json().to_string();
        let read = Patch::from_json(&serde_json::from_str(&written).unwrap()).unwrap();
        prop_assert_eq!(bits(&read.apply(&before).unwrap()), bits(&after));
        prop_assert_eq!(read.to_json().to_string(), written);
        prop_assert!(Patch::between(&before, &before).is_empty());
    }
}

#[test]
fn a_patch_of_another_edition_and_a_text_that_is_none_are_refused_by_name() {
    let patch = Patch {
        removed: vec!["A".to_owned()],
        put: Vec::new(),
    };
    assert_eq!(patch.apply(&[]), Err(PatchError::NotThere("A".to_owned())));
    let wrong = serde_json::json!({ "removed": [], "put": [{ "id": "A", "source_row": 1, "attributes": "{}",
        "source_fields": "{}", "geometry": { "type": "Point", "coordinates": [1, 2] } }] });
    let error = Patch::from_json(&wrong).unwrap_err();
    assert!(error.sentence_es().contains("put[0].geometry"), "{error}");
    assert!(
        Patch::from_json(&serde_json::json!({}))
            .unwrap_err()
            .sentence_es()
            .contains("removed")
    );
}
