//! Laws that every overlap keeps, with `i_overlay` (through `intersection` and `dissolve`) as the referee that we did not write.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use territory::{Shape, difference, dissolve, intersection, overlap, union_by_rank, union_within};

const ORIGIN: Coord<f64> = Coord {
    x: 650_000.0,
    y: 8_500_000.0,
};

/// Square metres by which the referee's corners, rounded to 0.1 mm, may move an area: 0.1 mm times a border of a few kilometres.
const ROUNDING: f64 = 3.0;

/// A star-shaped polygon in metres: valid by construction but for rounding.
fn star(radii: &[f64], x: f64, y: f64, size: f64) -> Polygon<f64> {
    let n = radii.len() as f64;
    let ring = radii.iter().enumerate().map(|(i, r)| {
        let angle = std::f64::consts::TAU * i as f64 / n;
        Coord {
            x: ORIGIN.x + x + size * r * angle.cos(),
            y: ORIGIN.y + y + size * r * angle.sin(),
        }
    });
    Polygon::new(LineString(ring.collect()), vec![])
}

/// A staircase of whole cells, as mining rights are drawn: shares edges and corners with its neighbours.
fn stairs(widths: &[u8], column: i32, row: i32, cell: f64) -> Polygon<f64> {
    let (x0, y0) = (ORIGIN.x + f64::from(column) * cell, ORIGIN.y + f64::from(row) * cell);
    let mut ring = vec![Coord { x: x0, y: y0 }];
    for (level, width) in widths.iter().enumerate() {
        let x = x0 + f64::from(*width) * cell;
        ring.push(Coord {
            x,
            y: y0 + level as f64 * cell,
        });
        ring.push(Coord {
            x,
            y: y0 + (level + 1) as f64 * cell,
        });
    }
    ring.push(Coord {
        x: x0,
        y: y0 + widths.len() as f64 * cell,
    });
    Polygon::new(LineString(ring), vec![])
}

fn shape(polygon: Polygon<f64>) -> Shape {
    Shape::from_metres(&MultiPolygon(vec![polygon]))
}

fn stars() -> impl Strategy<Value = Shape> {
    (
        prop::collection::vec(0.35_f64..1.0, 5..40),
        -900.0_f64..900.0,
        -900.0_f64..900.0,
        300.0_f64..1500.0,
    )
        .prop_map(|(radii, x, y, size)| shape(star(&radii, x, y, size)))
}

fn blocks() -> impl Strategy<Value = Shape> {
    (prop::collection::vec(1_u8..4, 1..4), -3..3_i32, -3..3_i32)
        .prop_map(|(widths, column, row)| shape(stairs(&widths, column, row, 500.0)))
}

fn ringed() -> impl Strategy<Value = Shape> {
    (stars(), prop::collection::vec(0.2_f64..0.3, 4..9)).prop_map(|(outer, radii)| {
        let [west, south, east, north] = outer.bbox();
        let hole = star(
            &radii,
            f64::midpoint(west, east) - ORIGIN.x,
            f64::midpoint(south, north) - ORIGIN.y,
            (east - west) / 4.0,
        );
        difference(&outer, &shape(hole))
    })
}

fn any_shape() -> impl Strategy<Value = Shape> {
    prop_oneof![stars(), blocks(), ringed()]
}

fn moved(shape: &Shape, dx: f64, dy: f64) -> Shape {
    let mut land = shape.to_metres();
    geo::MapCoordsInPlace::map_coords_in_place(&mut land, |c| Coord {
        x: c.x + dx,
        y: c.y + dy,
    });
    Shape::from_metres(&land)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn area_border_and_parts_equal_the_referees(a in any_shape(), b in any_shape()) {
        let measured = overlap(&a, &b);
        let built = intersection(&a, &b);
        prop_assert!((measured.area.0 * 1e4 - built.square_metres()).abs() < ROUNDING,
            "area {} against {}", measured.area.0 * 1e4, built.square_metres());
        if built.square_metres() > 50.0 {
            prop_assert!((measured.perimeter.0 - built.perimeter()).abs() < 0.05 + 1e-5 * built.perimeter() || slivers(&built),
                "border {} against {}", measured.perimeter.0, built.perimeter());
        }
    }

    #[test]
    fn stars_in_general_position_have_the_referees_parts(a in stars(), b in stars()) {
        let built = intersection(&a, &b);
        prop_assume!(!slivers(&built));
        prop_assert_eq!(overlap(&a, &b).parts as usize, built.polygons());
    }

    #[test]
    fn rights_on_one_grid_have_the_referees_parts(a in blocks(), b in blocks()) {
        let built = intersection(&a, &b);
        prop_assume!(!meets_itself(&built));
        prop_assert_eq!(overlap(&a, &b).parts as usize, built.polygons());
    }

    #[test]
    fn rings_with_holes_have_the_referees_parts(a in ringed(), b in prop_oneof![stars(), ringed()]) {
        let built = intersection(&a, &b);
        prop_assume!(!slivers(&built));
        prop_assert_eq!(overlap(&a, &b).parts as usize, built.polygons());
    }

    #[test]
    fn overlap_is_symmetric(a in any_shape(), b in any_shape()) {
        let (ab, ba) = (overlap(&a, &b), overlap(&b, &a));
        prop_assert!((ab.area.0 - ba.area.0).abs() < 1e-8);
        prop_assert!((ab.ground.0 - ba.ground.0).abs() < 1e-8);
        prop_assert_eq!(ab.touches, ba.touches);
    }

    #[test]
    fn overlap_is_no_larger_than_either(a in any_shape(), b in any_shape()) {
        let least = a.square_metres().min(b.square_metres());
        prop_assert!(overlap(&a, &b).area.0 * 1e4 <= least + 1e-4);
    }

    #[test]
    fn a_shape_overlaps_itself_whole(a in any_shape()) {
        let whole = overlap(&a, &a);
        prop_assert!((whole.area.0 * 1e4 - a.square_metres()).abs() < 1e-4);
        prop_assert!((whole.perimeter.0 - a.perimeter()).abs() < 1e-4);
    }

    #[test]
    fn overlap_and_difference_make_the_whole(a in any_shape(), b in any_shape()) {
        let parts = overlap(&a, &b).area.0 * 1e4 + difference(&a, &b).square_metres();
        prop_assert!((parts - a.square_metres()).abs() < ROUNDING);
    }

    #[test]
    fn whole_kilometres_change_nothing(a in any_shape(), b in any_shape(), east in -40..40_i32, north in -40..40_i32) {
        let (dx, dy) = (f64::from(east) * 1000.0, f64::from(north) * 1000.0);
        let (here, there) = (overlap(&a, &b), overlap(&moved(&a, dx, dy), &moved(&b, dx, dy)));
        prop_assert!((here.area.0 - there.area.0).abs() < 1e-8);
        prop_assert_eq!(here.parts, there.parts);
    }

    #[test]
    fn extra_vertices_on_straight_edges_change_nothing(a in blocks(), b in any_shape()) {
        let dense = Shape::from_metres(&geo::Densify::densify(&geo::Euclidean, &a.to_metres(), 100.0));
        prop_assert!(dense.point_count() > a.point_count());
        prop_assert!((overlap(&a, &b).area.0 - overlap(&dense, &b).area.0).abs() < 1e-8);
    }

    #[test]
    fn union_equals_the_referees(subject in any_shape(), objects in prop::collection::vec(any_shape(), 0..9)) {
        let refs: Vec<&Shape> = objects.iter().collect();
        let built = if refs.is_empty() { Shape::empty() } else { intersection(&subject, &dissolve(&refs)) };
        let measured = union_within(&subject, &refs).area.0 * 1e4;
        prop_assert!((measured - built.square_metres()).abs() < 3.0 * ROUNDING, "{} against {}", measured, built.square_metres());
    }

    #[test]
    fn union_keeps_no_order(subject in any_shape(), objects in prop::collection::vec(blocks(), 1..9)) {
        let forth: Vec<&Shape> = objects.iter().collect();
        let back: Vec<&Shape> = objects.iter().rev().collect();
        prop_assert!((union_within(&subject, &forth).area.0 - union_within(&subject, &back).area.0).abs() < 1e-8);
    }

    #[test]
    fn unions_by_rank_are_the_unions_of_the_first_ranks(
        subject in any_shape(),
        objects in prop::collection::vec((any_shape(), 0_usize..4), 0..9),
    ) {
        let ranked: Vec<(&Shape, usize)> = objects.iter().map(|(shape, rank)| (shape, *rank)).collect();
        let unions = union_by_rank(&subject, &ranked);
        prop_assert_eq!(unions.len(), ranked.iter().map(|(_, rank)| rank + 1).max().unwrap_or(0));
        for (highest, union) in unions.iter().enumerate() {
            let first: Vec<&Shape> = ranked.iter().filter(|(_, rank)| *rank <= highest).map(|(shape, _)| *shape).collect();
            let alone = union_within(&subject, &first);
            prop_assert!((union.area.0 - alone.area.0).abs() < 1e-8, "rank {highest}: {union:?} against {alone:?}");
            prop_assert!((union.ground.0 - alone.ground.0).abs() < 1e-8, "rank {highest}: {union:?} against {alone:?}");
        }
    }

    #[test]
    fn union_lies_between_the_largest_and_the_sum(subject in any_shape(), objects in prop::collection::vec(any_shape(), 1..7)) {
        let refs: Vec<&Shape> = objects.iter().collect();
        let each: Vec<f64> = refs.iter().map(|object| overlap(&subject, object).area.0).collect();
        let union = union_within(&subject, &refs).area.0;
        prop_assert!(union <= each.iter().sum::<f64>() + 1e-7);
        prop_assert!(union >= each.iter().copied().fold(0.0, f64::max) - 1e-7);
    }

    #[test]
    fn bytes_come_back_as_the_same_shape(a in any_shape()) {
        prop_assert_eq!(Shape::from_bytes(&a.to_bytes()).ok(), Some(a));
    }

    #[test]
    fn broken_bytes_are_refused_or_read_never_fatal(a in blocks(), cut in 0_usize..60, flip in 0_usize..60, with in any::<u8>()) {
        let mut bytes = a.to_bytes();
        let length = bytes.len();
        bytes[flip % length] ^= with;
        bytes.truncate(length - cut % length);
        let _ = Shape::from_bytes(&bytes).map(|shape| overlap(&shape, &a));
    }
}

/// A corner that is passed twice: whether the pieces on its two sides are one or two is a matter of taste.
fn meets_itself(built: &Shape) -> bool {
    let land = built.to_metres();
    let mut corners: Vec<(u64, u64)> = geo::CoordsIter::coords_iter(&land)
        .map(|c| (c.x.to_bits(), c.y.to_bits()))
        .collect();
    let rings = land.iter().map(|polygon| 1 + polygon.interiors().len()).sum::<usize>();
    let count = corners.len() - rings;
    corners.sort_unstable();
    corners.dedup();
    corners.len() < count
}

/// Pieces or necks so thin that rounding their corners decides whether they are there.
fn slivers(built: &Shape) -> bool {
    built.to_metres().iter().any(|polygon| {
        let part = Shape::from_metres(&MultiPolygon(vec![polygon.clone()]));
        2.0 * part.square_metres() / part.perimeter() < 0.05
    })
}

#[test]
fn a_right_that_follows_the_limit_exactly_grazes_with_no_area() {
    let a = shape(stairs(&[2, 2], 0, 0, 500.0));
    let b = shape(stairs(&[1], 2, 0, 500.0));
    let graze = overlap(&a, &b);
    assert!(graze.touches);
    assert!(graze.area.0.abs() < 1e-12);
    let far = overlap(&a, &shape(stairs(&[1], 9, 0, 500.0)));
    assert!(!far.touches);
    let corner = overlap(&a, &shape(stairs(&[1], 2, 2, 500.0)));
    assert!(corner.touches && corner.area.0.abs() < 1e-12);
}

#[test]
fn two_claims_on_the_same_cells_count_once() {
    let land = shape(stairs(&[3, 3, 3], 0, 0, 500.0));
    let claims = [
        stairs(&[1, 2], 0, 0, 500.0),
        stairs(&[1, 2], 0, 0, 500.0),
        stairs(&[2], 0, 1, 500.0),
    ]
    .map(shape);
    let union = union_within(&land, &claims.iter().collect::<Vec<_>>());
    assert!(
        (union.area.0 - 75.0).abs() < 1e-9,
        "three cells of 25 ha, not {}",
        union.area.0
    );
}
