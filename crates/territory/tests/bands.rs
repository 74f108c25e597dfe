//! Bands, drifts, ranked unions and gaps, against shifts of the same land that a seeded generator draws.
#![expect(clippy::float_cmp, reason = "the same steps give the same bits")]

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use proptest::prelude::*;
use territory::{
    Band, Metres, Shape, UtmHectares, band, gap, overlap, reach_probability, shared_area, shifted_area, union_by_rank,
    union_drift, union_within,
};

const WEST: f64 = 500_000.0;
const SOUTH: f64 = 9_000_000.0;

fn ring(points: &[(f64, f64)]) -> LineString<f64> {
    let coord = |(x, y): &(f64, f64)| Coord {
        x: WEST + x,
        y: SOUTH + y,
    };
    LineString(points.iter().map(coord).collect())
}

fn polygon(points: &[(f64, f64)]) -> Shape {
    Shape::from_metres(&MultiPolygon(vec![Polygon::new(ring(points), vec![])]))
}

fn rectangle(west: f64, south: f64, width: f64, height: f64) -> Shape {
    let (east, north) = (west + width, south + height);
    polygon(&[(west, south), (east, south), (east, north), (west, north)])
}

fn pair_band(subject: &Shape, object: &Shape, sigma: f64) -> Band {
    let shared = overlap(subject, object);
    let towards = gap(subject, object, Metres(1000.0)).map_or([0.0; 2], |gap| gap.towards.map(|part| -part));
    band(subject, object, &shared, Metres(sigma), towards)
}

/// Normal deviates from a linear congruential generator (Knuth's MMIX constants) by Box and Muller.
struct Normal(u64);

impl Normal {
    fn uniform(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }

    fn pair(&mut self) -> [f64; 2] {
        let (radius, turn) = (
            (-2.0 * self.uniform().ln()).sqrt(),
            std::f64::consts::TAU * self.uniform(),
        );
        [radius * turn.cos(), radius * turn.sin()]
    }
}

/// Areas under 20 000 shifts, from small to large.
fn drawn(subject: &Shape, object: &Shape, sigma: f64) -> Vec<f64> {
    let mut normal = Normal(2026);
    let mut areas: Vec<f64> = (0..20_000)
        .map(|_| shifted_area(subject, object, normal.pair().map(|part| part * sigma)).0)
        .collect();
    areas.sort_by(f64::total_cmp);
    areas
}

fn quantiles(areas: &[f64]) -> (f64, f64) {
    (areas[areas.len() / 20], areas[areas.len() - areas.len() / 20 - 1])
}

#[test]
fn a_straight_limit_that_halves_a_cell_leaves_between_41_8_and_58_2_hectares() {
    let (land, cell) = (
        rectangle(-20_000.0, -20_000.0, 20_500.0, 40_000.0),
        rectangle(0.0, 0.0, 1000.0, 1000.0),
    );
    let found = pair_band(&land, &cell, 50.0);
    assert!(
        (found.low.0 - 41.8).abs() < 0.05 && (found.high.0 - 58.2).abs() < 0.05,
        "{found:?}"
    );
    let (low, high) = quantiles(&drawn(&land, &cell, 50.0));
    assert!(
        (found.low.0 - low).abs() < 0.3 && (found.high.0 - high).abs() < 0.3,
        "{low} {high}"
    );
}

#[test]
fn a_cell_thirty_metres_outside_reaches_the_land_with_probability_0_274() {
    let (land, cell) = (
        rectangle(-20_000.0, -20_000.0, 20_000.0, 40_000.0),
        rectangle(30.0, 0.0, 1000.0, 1000.0),
    );
    assert!((reach_probability(Metres(30.0), Metres(50.0)) - 0.274_253).abs() < 1e-6);
    let areas = drawn(&land, &cell, 50.0);
    let reaching = areas.iter().filter(|area| **area > 0.0).count() as f64 / areas.len() as f64;
    assert!((reaching - 0.274).abs() < 0.01, "{reaching}");
    let found = pair_band(&land, &cell, 50.0);
    assert_eq!(found.low, UtmHectares(0.0));
    // 1.645 · 50 − 30 metres of a kilometre
    assert!((found.high.0 - 5.2243).abs() < 0.001, "{found:?}");
    assert!((found.high.0 - quantiles(&areas).1).abs() < 0.2);
}

#[test]
fn the_tails_of_the_normal_distribution_are_those_of_the_tables() {
    for (gap, probability) in [
        (0.0, 0.5),
        (1.0, 0.158_655_254),
        (1.644_853_627, 0.05),
        (4.0, 3.167_124e-5),
    ] {
        assert!(
            (reach_probability(Metres(gap), Metres(1.0)) - probability).abs() < 1e-9,
            "{gap}"
        );
    }
    assert_eq!(reach_probability(Metres(1.0), Metres(0.0)).to_bits(), 0.0_f64.to_bits());
}

#[test]
fn a_cell_far_inside_is_exact_and_one_near_the_limit_is_not() {
    let land = rectangle(-20_000.0, -20_000.0, 21_100.0, 40_000.0);
    let far = pair_band(&land, &rectangle(0.0, 0.0, 1000.0, 1000.0), 50.0);
    assert!(far.is_exact() && (far.low.0 - 100.0).abs() < 1e-9, "{far:?}");
    let (near_land, cell) = (
        rectangle(-20_000.0, -20_000.0, 21_030.0, 40_000.0),
        rectangle(0.0, 0.0, 1000.0, 1000.0),
    );
    let near = pair_band(&near_land, &cell, 50.0);
    assert!(
        (near.low.0 - (100.0 - 5.2243)).abs() < 0.001 && (near.high.0 - 100.0).abs() < 1e-9,
        "{near:?}"
    );
    assert!((near.low.0 - quantiles(&drawn(&near_land, &cell, 50.0)).0).abs() < 0.2);
}

#[test]
fn land_drawn_on_the_same_grid_can_only_lose_and_the_band_is_no_narrower_than_the_drawn_one() {
    let cell = rectangle(0.0, 0.0, 1000.0, 1000.0);
    let found = pair_band(&cell, &cell, 20.0);
    let (low, _) = quantiles(&drawn(&cell, &cell, 20.0));
    assert!((found.high.0 - 100.0).abs() < 1e-9);
    assert!(found.low.0 <= low && low - found.low.0 < 0.4, "{found:?} {low}");
    // one border in common: the land beside it loses as it is shifted out, and gains nothing as it is shifted in
    let (land, beside) = (rectangle(0.0, -9000.0, 9000.0, 20_000.0), cell);
    let found = pair_band(&land, &beside, 20.0);
    assert!(
        (found.low.0 - 96.71).abs() < 0.05 && (found.high.0 - 100.0).abs() < 1e-9,
        "{found:?}"
    );
}

#[test]
fn neighbours_back_to_back_have_a_band_from_zero_up_on_either_side() {
    let cell = rectangle(0.0, 0.0, 1000.0, 1000.0);
    for (east, north) in [(1000.0, 0.0), (-1000.0, 0.0), (0.0, 1000.0), (0.0, -1000.0)] {
        let other = rectangle(east, north, 1000.0, 1000.0);
        let found = pair_band(&cell, &other, 20.0);
        assert_eq!(found.low, UtmHectares(0.0));
        assert!((found.high.0 - 3.29).abs() < 0.2, "{found:?}");
    }
}

#[test]
fn the_band_is_the_same_whoever_is_asked_about() {
    let one = polygon(&[(0.0, 0.0), (3000.0, 200.0), (2500.0, 2600.0), (400.0, 2100.0)]);
    let other = polygon(&[(1500.0, 1000.0), (4500.0, 700.0), (3500.0, 4000.0)]);
    let (there, back) = (pair_band(&one, &other, 30.0), pair_band(&other, &one, 30.0));
    assert!((there.low.0 - back.low.0).abs() < 1e-8 && (there.high.0 - back.high.0).abs() < 1e-8);
    assert!(pair_band(&one, &other, 0.0).is_exact());
}

#[test]
fn the_drift_of_a_union_is_that_of_each_edition_alone_where_they_lie_apart() {
    let land = rectangle(0.0, 0.0, 5000.0, 5000.0);
    let (east, west) = (
        rectangle(4500.0, 1000.0, 1000.0, 1000.0),
        rectangle(-500.0, 1000.0, 1000.0, 700.0),
    );
    let found = union_drift(&land, &[(&east, 0), (&west, 1)]);
    assert_eq!(found.drift[0], overlap(&land, &east).drift);
    assert_eq!(found.drift[1], overlap(&land, &west).drift);
    assert_eq!(found.union, union_within(&land, &[&east, &west]));
    let together = union_drift(&land, &[(&east, 0), (&west, 0)]).drift[0];
    assert_eq!(together, [-1000.0 + 700.0, 0.0]);
}

#[test]
fn the_gap_is_the_shortest_way_between_corners_and_edges() {
    let land = rectangle(0.0, 0.0, 1000.0, 1000.0);
    let corner = gap(&land, &rectangle(1030.0, 1040.0, 10.0, 10.0), Metres(60.0)).unwrap();
    assert!(
        (corner.length.0 - 50.0).abs() < 1e-6 && (corner.towards[0] - 0.6).abs() < 1e-9,
        "{corner:?}"
    );
    let tip = polygon(&[(500.0, 1012.5), (900.0, 2000.0), (100.0, 2000.0)]);
    assert_eq!(gap(&land, &tip, Metres(20.0)).unwrap().length, Metres(12.5));
    assert_eq!(gap(&tip, &land, Metres(20.0)).unwrap().towards, [0.0, -1.0]);
    assert_eq!(
        gap(&land, &rectangle(200.0, 200.0, 10.0, 10.0), Metres(1.0))
            .unwrap()
            .length,
        Metres(0.0)
    );
    assert_eq!(
        gap(&land, &rectangle(1000.0, 0.0, 10.0, 10.0), Metres(0.0))
            .unwrap()
            .length,
        Metres(0.0)
    );
}

fn blob() -> impl Strategy<Value = Shape> {
    let radii = prop::collection::vec(300.0..1500.0_f64, 5..14);
    (radii, 0.0..4000.0_f64, 0.0..4000.0_f64).prop_map(|(radii, x, y)| {
        let turn = std::f64::consts::TAU / radii.len() as f64;
        let points: Vec<(f64, f64)> = radii
            .iter()
            .enumerate()
            .map(|(k, radius)| {
                (
                    x + radius * (turn * k as f64).cos(),
                    y + radius * (turn * k as f64).sin(),
                )
            })
            .collect();
        polygon(&points)
    })
}

proptest! {
    #[test]
    fn the_drift_of_a_ring_wholly_inside_is_zero(object in blob()) {
        let land = rectangle(-5000.0, -5000.0, 15_000.0, 15_000.0);
        prop_assert_eq!(overlap(&land, &object).drift, [0.0, 0.0]);
        let hollow = Polygon::new(ring(&[(-5e3, -5e3), (1e4, -5e3), (1e4, 1e4), (-5e3, 1e4)]),
            vec![object.to_metres().0[0].exterior().clone()]);
        let [east, north] = overlap(&rectangle(-9e3, -9e3, 3e4, 3e4), &Shape::from_metres(&MultiPolygon(vec![hollow]))).drift;
        prop_assert!(east.abs() < 1e-9 && north.abs() < 1e-9);
    }

    #[test]
    fn the_drift_is_the_slope_of_the_area_under_small_shifts(subject in blob(), object in blob()) {
        let shared = overlap(&subject, &object);
        prop_assume!(!shared.tied && shared.area.0 > 0.0);
        for axis in 0..2 {
            let mut step = [0.0; 2];
            step[axis] = 0.01;
            let ahead = shifted_area(&subject, &object, step).0;
            let behind = shifted_area(&subject, &object, step.map(|part: f64| -part)).0;
            let slope = (ahead - behind) * 10_000.0 / 0.02;
            prop_assert!((slope - shared.drift[axis]).abs() < 0.5, "{} {}", slope, shared.drift[axis]);
        }
    }

    #[test]
    fn the_drift_of_a_union_is_the_slope_of_its_area(subject in blob(), one in blob(), other in blob()) {
        let found = union_drift(&subject, &[(&one, 0), (&other, 1)]);
        let moved = |step: f64| union_within(&subject, &[&one.shifted([step, 0.0]), &other]).area.0;
        let slope = (moved(0.01) - moved(-0.01)) * 10_000.0 / 0.02;
        prop_assert!((slope - found.drift[0][0]).abs() < 0.5, "{} {}", slope, found.drift[0][0]);
        prop_assert_eq!(found.union, union_within(&subject, &[&one, &other]));
    }

    #[test]
    fn the_nominal_area_is_inside_the_band_and_the_band_widens(subject in blob(), object in blob(), sigma in 1.0..60.0_f64) {
        let nominal = shared_area(&subject, &object).0;
        let (narrow, wide) = (pair_band(&subject, &object, sigma), pair_band(&subject, &object, sigma * 1.5));
        prop_assert!(narrow.low.0 - 1e-9 <= nominal && nominal <= narrow.high.0 + 1e-9);
        let most = subject.square_metres().min(object.square_metres()) / 10_000.0;
        prop_assert!(wide.low.0 >= 0.0 && wide.high.0 <= most + 1e-9);
        prop_assert!(wide.high.0 - wide.low.0 >= (narrow.high.0 - narrow.low.0) * 0.98 - 1e-9);
    }

    #[test]
    fn ranked_unions_are_the_unions_of_the_ranks_so_far(
        subject in blob(), objects in prop::collection::vec((blob(), 0_usize..4), 1..7)
    ) {
        let ranked: Vec<(&Shape, usize)> = objects.iter().map(|(shape, rank)| (shape, *rank)).collect();
        let unions = union_by_rank(&subject, &ranked);
        prop_assert_eq!(unions.len(), ranked.iter().map(|(_, rank)| rank + 1).max().unwrap());
        for (rank, union) in unions.iter().enumerate() {
            let so_far: Vec<&Shape> = ranked.iter().filter(|(_, own)| *own <= rank).map(|(shape, _)| *shape).collect();
            let plain = union_within(&subject, &so_far);
            prop_assert!((union.area.0 - plain.area.0).abs() < 1e-7, "{:?} {:?}", union, plain);
            prop_assert!((union.ground.0 - plain.ground.0).abs() < 1e-7);
        }
    }

    #[test]
    fn ranked_unions_of_rights_on_one_grid_count_shared_cells_once(
        cells in prop::collection::vec((0_u8..5, 0_u8..5, 1_u8..4, 1_u8..4, 0_usize..4), 1..9)
    ) {
        let land = rectangle(0.0, 0.0, 5000.0, 5000.0);
        let km = |value: u8| f64::from(value) * 1000.0;
        let rights: Vec<(Shape, usize)> = cells.iter()
            .map(|(x, y, width, height, rank)| (rectangle(km(*x), km(*y), km(*width), km(*height)), *rank))
            .collect();
        let ranked: Vec<(&Shape, usize)> = rights.iter().map(|(shape, rank)| (shape, *rank)).collect();
        for (rank, union) in union_by_rank(&land, &ranked).iter().enumerate() {
            let covered = (0..25_u8).filter(|cell| cells.iter().any(|(x, y, width, height, own)| {
                *own <= rank && (*x..x + width).contains(&(cell % 5)) && (*y..y + height).contains(&(cell / 5))
            }));
            prop_assert!((union.area.0 - 100.0 * covered.count() as f64).abs() < 1e-7);
        }
    }
}
