//! Each defect is mended, named, and its areas told.

use crs::UtmZone;
use geo_types::{Coord, LineString, MultiPolygon, Polygon, polygon};
use territory::{Footprint, FootprintError, RepairKind, Shape, repair};

fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
    let (x, y) = (600_000.0 + x, 8_500_000.0 + y);
    polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)]
}

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    LineString(
        points
            .iter()
            .map(|&(x, y)| Coord {
                x: 600_000.0 + x,
                y: 8_500_000.0 + y,
            })
            .collect(),
    )
}

fn kinds(polygons: Vec<Polygon<f64>>) -> (Vec<RepairKind>, f64) {
    let repaired = repair(&MultiPolygon(polygons));
    assert!(repaired.shape.is_valid());
    (
        repaired.repairs.iter().map(|r| r.kind).collect(),
        repaired.shape.square_metres(),
    )
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-3
}

#[test]
fn a_valid_polygon_is_left_as_it_is() {
    let (kinds, area) = kinds(vec![square(0.0, 0.0, 100.0)]);
    assert!(kinds.is_empty() && near(area, 10_000.0));
}

#[test]
fn a_bow_tie_keeps_both_wings() {
    let tie = Polygon::new(
        ring(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)]),
        vec![],
    );
    let repaired = repair(&MultiPolygon(vec![tie]));
    assert_eq!(repaired.repairs.last().map(|r| r.kind), Some(RepairKind::SplitCrossing));
    assert!(near(repaired.shape.square_metres(), 5_000.0));
    assert!(near(repaired.repairs.last().unwrap().area_after.0, 0.5));
    assert_eq!(repaired.shape.polygons(), 2);
}

#[test]
fn repeated_points_are_dropped_and_counted() {
    let line = ring(&[
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 0.0),
        (100.0, 0.000_01),
        (100.0, 100.0),
        (0.0, 100.0),
        (0.0, 0.0),
    ]);
    let repaired = repair(&MultiPolygon(vec![Polygon::new(line, vec![])]));
    assert_eq!(repaired.repairs[0].kind, RepairKind::DroppedRepeats);
    assert_eq!(repaired.repairs[0].count, 2);
}

#[test]
fn a_spike_is_cut_without_changing_the_area() {
    let line = ring(&[
        (0.0, 0.0),
        (100.0, 0.0),
        (100.0, 100.0),
        (50.0, 100.0),
        (50.0, 300.0),
        (50.0, 100.0),
        (0.0, 100.0),
        (0.0, 0.0),
    ]);
    let (kinds, area) = kinds(vec![Polygon::new(line, vec![])]);
    assert_eq!(kinds, [RepairKind::CutSpike]);
    assert!(near(area, 10_000.0));
}

#[test]
fn a_clockwise_exterior_is_turned() {
    let line = ring(&[(0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0), (0.0, 0.0)]);
    let (kinds, area) = kinds(vec![Polygon::new(line, vec![])]);
    assert_eq!(kinds, [RepairKind::TurnedRing]);
    assert!(near(area, 10_000.0));
}

#[test]
fn overlapping_parts_count_their_common_land_once() {
    let (kinds, area) = kinds(vec![square(0.0, 0.0, 100.0), square(50.0, 0.0, 100.0)]);
    assert_eq!(kinds, [RepairKind::JoinedParts]);
    assert!(near(area, 15_000.0));
}

#[test]
fn a_nested_shell_is_absorbed() {
    let (kinds, area) = kinds(vec![square(0.0, 0.0, 100.0), square(25.0, 25.0, 50.0)]);
    assert_eq!(kinds, [RepairKind::AbsorbedShell]);
    assert!(near(area, 10_000.0));
}

#[test]
fn an_island_in_a_hole_is_no_defect() {
    let hole = ring(&[(20.0, 20.0), (20.0, 80.0), (80.0, 80.0), (80.0, 20.0), (20.0, 20.0)]);
    let outer = Polygon::new(square(0.0, 0.0, 100.0).exterior().clone(), vec![hole]);
    let (kinds, area) = kinds(vec![outer, square(40.0, 40.0, 20.0)]);
    assert!(kinds.is_empty(), "{kinds:?}");
    assert!(near(area, 10_000.0 - 3_600.0 + 400.0));
}

#[test]
fn a_hole_that_sticks_out_takes_only_what_it_covers() {
    let hole = ring(&[(50.0, 20.0), (50.0, 80.0), (150.0, 80.0), (150.0, 20.0), (50.0, 20.0)]);
    let outer = Polygon::new(square(0.0, 0.0, 100.0).exterior().clone(), vec![hole]);
    let (kinds, area) = kinds(vec![outer]);
    assert_eq!(kinds, [RepairKind::MendedHoles]);
    assert!(near(area, 7_000.0));
}

#[test]
fn a_ring_without_area_is_no_land() {
    let line = ring(&[(0.0, 0.0), (100.0, 0.0), (0.0, 0.0)]);
    let repaired = repair(&MultiPolygon(vec![Polygon::new(line, vec![])]));
    assert!(repaired.shape.is_empty());
    assert_eq!(repaired.repairs[0].kind, RepairKind::DroppedRing);
}

#[test]
fn a_footprint_refuses_what_is_not_finite_not_metric_not_valid_or_nothing() {
    let zone = UtmZone::Z18;
    let nan = MultiPolygon(vec![Polygon::new(
        ring(&[(0.0, 0.0), (f64::NAN, 0.0), (9.0, 9.0), (0.0, 0.0)]),
        vec![],
    )]);
    assert!(matches!(
        Footprint::new(zone, &nan),
        Err(FootprintError::NotFinite { part: 0, vertex: 1 })
    ));
    let degrees = MultiPolygon(vec![
        polygon![(x: -72.0, y: -13.0), (x: -71.9, y: -13.0), (x: -71.9, y: -12.9)],
    ]);
    assert!(matches!(
        Footprint::new(zone, &degrees),
        Err(FootprintError::NotMetric { .. })
    ));
    let tie = Polygon::new(
        ring(&[(0.0, 0.0), (100.0, 100.0), (100.0, 0.0), (0.0, 100.0), (0.0, 0.0)]),
        vec![],
    );
    assert!(matches!(
        Footprint::new(zone, &MultiPolygon(vec![tie])),
        Err(FootprintError::Invalid(_))
    ));
    assert!(matches!(
        Footprint::new(zone, &MultiPolygon(vec![])),
        Err(FootprintError::Empty)
    ));
    let good = Footprint::new(zone, &MultiPolygon(vec![square(0.0, 0.0, 1000.0)])).expect("a square is land");
    assert!(near(good.utm_hectares().0, 100.0));
}

#[test]
fn rings_that_touch_in_a_corner_are_valid() {
    let shape = Shape::from_metres(&MultiPolygon(vec![
        square(0.0, 0.0, 100.0),
        square(100.0, 100.0, 100.0),
    ]));
    assert!(shape.is_valid());
}
