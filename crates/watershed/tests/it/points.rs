//! Catchments, covered cells and places against plain ways of finding them; a divide, and points about which nothing can be said.

use crate::plain::{below, elevation, grid};
use geo_types::{Coord, Geometry, LineString, Point, Polygon, Rect, coord};
use proptest::prelude::*;
use std::collections::BTreeSet;
use territory::Metres;
use watershed::{
    Drainage, Elevation, Flow, Grid, Ground, NODATA, Network, Placement, Snapped, Snapper, Standing, accumulate,
    bearing, catchment_of, covered_cells, find_drainage, level_sea, profile, stretches,
};

fn rasters() -> impl Strategy<Value = (usize, Vec<i32>, u32)> {
    (2..24_usize, 2..24_usize, 1..60_i32, 0..9_i32, 1..20_u32).prop_flat_map(
        |(columns, rows, relief, tilt, threshold)| {
            let cells = proptest::collection::vec((0..relief, 0..60_u32), columns * rows);
            cells.prop_map(move |cells| {
                let height = |(at, (height, hole)): (usize, (i32, u32))| {
                    let slope = tilt * i32::try_from(at % columns + at / columns).expect("small");
                    if hole == 0 { NODATA } else { height * 3 + slope * 4 }
                };
                (columns, cells.into_iter().enumerate().map(height).collect(), threshold)
            })
        },
    )
}

/// Metres from a cell down to another, by walking.
fn way(drained: &Drainage, from: usize, to: usize) -> Option<f64> {
    let columns = drained.grid().columns();
    let below = below(&drained.directions, columns);
    let (mut at, mut way) = (from, 0.0);
    while at != to {
        let next = below[at]?;
        let slanting = next % columns != at % columns && next / columns != at / columns;
        way += if slanting { 1800_f64.sqrt() } else { 30.0 };
        at = next;
    }
    Some(way)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_catchment_is_what_a_walk_brings_to_its_mouth((columns, heights, threshold) in rasters(), pick in any::<u32>()) {
        let drained = find_drainage(elevation(columns, &heights));
        let sums = accumulate(&drained.directions, columns, |_| 1_u32);
        let network = Network::find(&drained, &sums, threshold);
        let mouth = pick % heights.len() as u32;
        let Some(found) = catchment_of(&drained, mouth, threshold) else {
            prop_assert_eq!(heights[mouth as usize], NODATA);
            return Ok(());
        };
        prop_assert_eq!(found.cells.len(), sums[mouth as usize] as usize);
        for (cell, height) in heights.iter().enumerate() {
            let walked = if *height == NODATA { None } else { way(&drained, cell, mouth as usize) };
            let told = found.way(cell as u32).map(|millimetres| f64::from(millimetres) / 1000.0);
            prop_assert_eq!(walked.is_some(), told.is_some());
            prop_assert!(walked.zip(told).is_none_or(|(walked, told)| (walked - told).abs() < 0.001));
        }
        let reach = network.reaches.iter().find(|reach| reach.cells(&drained).any(|cell| cell == mouth as usize));
        prop_assert_eq!(found.order, reach.map_or(0, |reach| reach.strahler));
        prop_assert!((found.area - found.cells.len() as f64 * 900.0).abs() < 1e-6);
        // the border holds the middles of its cells and of no other
        let land = Geometry::MultiPolygon(found.polygon(drained.grid()));
        prop_assert_eq!(covered_cells(drained.grid(), &land), (found.cells.clone(), false));
        let all = bearing(&drained, &found, (&found.cells, false));
        let class = |cell: u32| sums[cell as usize] % 3;
        let portions = found.portions(drained.grid(), class);
        for (part, portion) in &portions {
            prop_assert_eq!(portion.cells, found.cells.iter().filter(|cell| class(**cell) == *part).count());
        }
        prop_assert_eq!(portions.values().map(|portion| portion.cells).sum::<usize>(), found.cells.len(), "parts are the whole");
        prop_assert!((portions.values().map(|portion| portion.area).sum::<f64>() - found.area).abs() < 1e-6);
        let steps = profile(&drained, mouth);
        prop_assert_eq!(steps[0].cell, mouth);
        let below = below(&drained.directions, columns);
        for pair in steps.windows(2) {
            prop_assert_eq!(below[pair[0].cell as usize], Some(pair[1].cell as usize));
            prop_assert!(pair[0].height >= pair[1].height);
            prop_assert_eq!(way(&drained, mouth as usize, pair[1].cell as usize).map(|way| (way - pair[1].way).abs() < 1e-6), Some(true));
        }
        prop_assert_eq!(below[steps.last().expect("the mouth").cell as usize], None);
        prop_assert_eq!((all.upstream, all.way_down_to_it, all.way_down_from_it), (found.cells.len(), Some(0), Some(0.0)));
    }

    #[test]
    fn land_covers_the_cells_whose_middles_lie_in_it(corners in proptest::collection::vec((-80.0..700.0_f64, -80.0..700.0_f64), 3..7)) {
        let grid = grid(20, 20);
        let place = |(x, y): &(f64, f64)| coord! { x: 500_000.0 + x, y: 8_500_000.0 - y };
        let ring: Vec<Coord<f64>> = corners.iter().map(place).collect();
        let polygon = Polygon::new(LineString(ring), Vec::new());
        let (cells, beyond) = covered_cells(&grid, &Geometry::Polygon(polygon.clone()));
        let outside = corners.iter().any(|(x, y)| [x, y].iter().any(|v| !(0.0..=600.0).contains(*v)));
        prop_assert_eq!(beyond, outside);
        let inside = |cell: usize| {
            let [x, y] = grid.centre(cell);
            let east = |edge: &geo_types::Line<f64>| {
                (edge.start.y > y) != (edge.end.y > y)
                    && x < edge.start.x + (edge.end.x - edge.start.x) * (y - edge.start.y) / (edge.end.y - edge.start.y)
            };
            polygon.exterior().lines().filter(east).count() % 2 == 1
        };
        let middles: Vec<u32> = (0..400).filter(|cell| inside(*cell)).map(|cell| cell as u32).collect();
        if middles.is_empty() {
            let (border, _) = covered_cells(&grid, &Geometry::LineString(polygon.exterior().clone()));
            prop_assert_eq!(cells, border);
        } else {
            prop_assert_eq!(cells, middles);
        }
    }

    #[test]
    fn a_line_covers_the_cells_that_it_passes(ends in proptest::collection::vec((-80.0..700.0_f64, -80.0..700.0_f64), 2..5)) {
        let grid = grid(20, 20);
        let place = |(x, y): &(f64, f64)| coord! { x: 500_000.0 + x, y: 8_500_000.0 - y };
        let line = LineString(ends.iter().map(place).collect());
        let (cells, beyond) = covered_cells(&grid, &Geometry::LineString(line.clone()));
        let mut stepped = BTreeSet::new();
        let mut left = false;
        for edge in line.lines() {
            for step in 0..=4_000 {
                let part = f64::from(step) / 4_000.0;
                let at = [edge.start.x + edge.dx() * part, edge.start.y + edge.dy() * part];
                match grid.cell_at(at) {
                    Some(cell) => { stepped.insert(cell as u32); }
                    None => left = true,
                }
            }
        }
        prop_assert!(beyond || !left, "what is off the grid is told");
        for cell in &stepped {
            // a step may stand within a fifth of a millimetre of an edge that the line only touches
            prop_assert!(cells.contains(cell), "cell {}", cell);
        }
        // what is covered is passed by no less than the corners that steps of 20 cm may miss
        prop_assert!(cells.len() <= stepped.len() + 3 * ends.len(), "{} and {}", cells.len(), stepped.len());
    }
}

const COLUMNS: usize = 61;

/// Two valleys that run south side by side, 12 km long, with a ridge between them in column 30; streams in columns 15 and 45.
fn valleys() -> Drainage {
    let height = |cell: i32| {
        let (column, row) = (cell % 61, cell / 61);
        let side = if column <= 30 {
            (column - 15).abs()
        } else {
            (column - 45).abs()
        };
        (side + 400 - row) * 1000
    };
    let heights: Vec<i32> = (0..61 * 400).map(height).collect();
    find_drainage(elevation(COLUMNS, &heights))
}

/// A square of land by its west and north edge in metres from the corner of the grid.
fn right(west: f64, north: f64, side: f64) -> Geometry<f64> {
    let (x, y) = (500_000.0 + west, 8_500_000.0 - north);
    Geometry::Polygon(Rect::new(coord! { x: x, y: y - side }, coord! { x: x + side, y: y }).to_polygon())
}

#[test]
fn a_right_beyond_the_ridge_is_not_upstream_and_one_eight_kilometres_up_the_valley_is() {
    let drained = valleys();
    let spring = (380 * COLUMNS + 15) as u32;
    let catchment = catchment_of(&drained, spring, 50).expect("it was measured");
    assert_eq!(catchment.order, 1);
    let relate = |feature: &Geometry<f64>| {
        let (cells, beyond) = covered_cells(drained.grid(), feature);
        bearing(&drained, &catchment, (&cells, beyond))
    };
    let ridge = 30.5 * 30.0;
    let across = relate(&right(ridge + 50.0, 9_000.0, 150.0));
    assert!(across.covered > 0, "it lies on the grid");
    assert_eq!(
        (across.upstream, across.way_down_to_it, across.way_down_from_it),
        (0, None, None)
    );
    let before = relate(&right(ridge - 50.0 - 150.0, 9_000.0, 150.0));
    assert_eq!(before.upstream, before.covered);
    let astride = relate(&right(ridge - 75.0, 9_000.0, 150.0));
    assert!(
        0 < astride.upstream && astride.upstream < astride.covered,
        "{astride:?}"
    );
    // rows 112 to 117 of the valley's floor: 263 cells of 30 m above the spring
    let far = relate(&right(13.0 * 30.0, 112.0 * 30.0, 180.0));
    assert_eq!(
        (far.covered, far.upstream, far.way_down_to_it),
        (36, 36, Some(7_890_000))
    );
    assert!((far.area - 36.0 * 900.0).abs() < 1e-6);
    let under = relate(&right(14.0 * 30.0, 390.0 * 30.0, 90.0));
    assert_eq!((under.upstream, under.way_down_from_it), (0, Some(300.0)));
    let river = profile(&drained, spring);
    assert_eq!((river.len(), river[19].height - river[0].height), (20, -19_000));
    let (cells, _) = covered_cells(drained.grid(), &right(14.0 * 30.0, 390.0 * 30.0, 90.0));
    assert_eq!(format!("{:?}", stretches(&river, &cells)), "[[300.0, 360.0]]");
    assert!(stretches(&river, &[]).is_empty() && profile(&drained, 0).len() > 1);
    // a right smaller than a cell, and one half beyond the model
    let tiny = relate(&right(15.0 * 30.0 + 2.0, 112.0 * 30.0 + 2.0, 5.0));
    assert_eq!((tiny.covered, tiny.upstream), (1, 1));
    let half = relate(&right(-90.0, 9_000.0, 180.0));
    assert!(half.beyond && half.upstream == half.covered && half.covered == 18);
}

#[test]
fn a_point_is_snapped_to_a_place_that_has_a_way_to_the_outlet() {
    let drained = valleys();
    let sums = accumulate(&drained.directions, COLUMNS, |_| 1_u32);
    let network = Network::find(&drained, &sums, 200);
    let (snapper, flow) = (Snapper::of_network(&drained, &network), Flow::of_network(&network));
    let ground = Ground {
        drained: &drained,
        sea: None,
    };
    let [x, y] = drained.grid().centre(300 * COLUMNS + 15);
    let Snapped::Found(snap) = snapper.snap(ground, [x + 70.0, y], Metres(100.0)) else {
        panic!("the stream runs 70 m west")
    };
    assert!((snap.distance.0 - 70.0).abs() < 1e-9);
    let outlet = (399 - 300) * 30_000;
    let from_outlet = flow.to_outlet(snap.place.node) + u64::from(snap.place.above);
    assert_eq!(from_outlet, outlet);
    let beyond = snapper.snap(ground, [x + 170.0, y], Metres(100.0));
    let Snapped::Beyond {
        nearest: Some(nearest), ..
    } = beyond
    else {
        panic!("no stream within 100 m")
    };
    assert!((nearest.0 - 170.0).abs() < 1e-9);
    assert!(
        beyond
            .sentence_es()
            .is_some_and(|sentence| sentence.contains("a 170 m") && sentence.contains("100 m"))
    );
}

#[test]
fn in_degrees_ways_and_distances_are_metres_of_ground() {
    let place = Placement {
        west: -72.0,
        north: -13.0,
        width: 1.0 / 3600.0,
        height: 1.0 / 3600.0,
    };
    let heights: Vec<i32> = (0..40 * 50)
        .map(|cell: i32| (cell % 40 - 20).abs() * 1000 + (50 - cell / 40) * 1500 + cell % 7)
        .collect();
    let degrees = Grid::new(40, 50, place, crs::Crs::WGS84).expect("a small raster");
    let drained = find_drainage(Elevation::new(degrees, heights).expect("a small raster"));
    let sums = accumulate(&drained.directions, 40, |_| 1_u32);
    let mouth = (0..)
        .zip(&sums)
        .max_by_key(|(_, sum)| **sum)
        .map_or(0, |(cell, _)| cell);
    let catchment = catchment_of(&drained, mouth, 50).expect("it was measured");
    for cell in &catchment.cells {
        let steps = profile(&drained, *cell);
        let walked = steps
            .iter()
            .find(|step| step.cell == mouth)
            .map_or(f64::NAN, |step| step.way);
        let told = catchment.way(*cell).map_or(f64::NAN, |way| f64::from(way) / 1000.0);
        assert!((walked - told).abs() < 0.001, "{walked} and {told}");
    }
    let network = Network::find(&drained, &sums, 100);
    let snapper = Snapper::of_network(&drained, &network);
    let [x, y] = drained.grid().centre(25 * 40 + 20);
    let Snapped::Found(snap) = snapper.nearest([x + 0.001, y], Metres(500.0)) else {
        panic!("the stream runs a thousandth of a degree west")
    };
    let mut ends = [coord! { x: x + 0.001, y: y }, coord! { x: snap.at[0], y: snap.at[1] }];
    crs::lonlat_to_utm(&mut ends, crs::UtmZone::Z18).expect("they lie in Peru");
    let between = (ends[0].x - ends[1].x).hypot(ends[0].y - ends[1].y);
    // at the border of its zone the plane of UTM is one in a thousand larger than the ground
    assert!(
        (snap.distance.0 / between - 1.0).abs() < 0.002,
        "{} and {between}",
        snap.distance.0
    );
    assert!((100.0..110.0).contains(&snap.distance.0));
    let flow = Flow::of_network(&network);
    assert!(snap.place.above <= flow.length(snap.place.node));
}

#[test]
fn where_nothing_can_be_said_it_is_said_which() {
    // sea on the west, a hollow of the sea's level inland, a cell without data in the north-east corner
    let heights = [
        0, 0, 9, 9, NODATA, //
        0, 9, 9, 9, 9, //
        0, 9, 9, 0, 9, //
        0, 9, 9, 9, 9, //
        0, 0, 9, 9, 9,
    ];
    let model = elevation(5, &heights);
    let sea = level_sea(&model, 0);
    assert_eq!(
        (0..25).filter(|cell| sea[*cell]).collect::<Vec<_>>(),
        [0, 1, 5, 10, 15, 20, 21]
    );
    let drained = find_drainage(model);
    let ground = Ground {
        drained: &drained,
        sea: Some(&sea),
    };
    let stand = |cell: usize| ground.stand(drained.grid().centre(cell));
    assert_eq!(
        (stand(10), stand(4), stand(13)),
        (Standing::InTheSea, Standing::NoData, Standing::OnCell(13))
    );
    assert_eq!(ground.stand([499_999.0, 8_499_990.0]), Standing::OffGrid);
    assert_eq!(ground.stand([f64::NAN, 0.0]), Standing::OffGrid);
    let nobody_said = Ground { sea: None, ..ground };
    assert_eq!(nobody_said.stand(drained.grid().centre(10)), Standing::OnCell(10));
    let snapper = Snapper::of_lines(Vec::new());
    let snapped = snapper.snap(ground, drained.grid().centre(10), Metres(1e4));
    assert_eq!(snapped, Snapped::Nowhere(Standing::InTheSea));
    assert!(snapped.sentence_es().is_some_and(|sentence| sentence.contains("mar")));
    assert_eq!(catchment_of(&drained, 4, 1), None);
    let point = Geometry::Point(Point::new(0.0, 0.0));
    assert_eq!(covered_cells(drained.grid(), &point), (Vec::new(), true));
}
