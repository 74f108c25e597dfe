//! Fill, directions, basins and accumulation against plain ways of finding them.

use crate::plain::{accumulation, below, elevation, outlets, priority_flood, touches_ocean};
use proptest::prelude::*;
use watershed::{BreachLimits, Drainage, NO_DIRECTION, NODATA, OUTLET, accumulate, accumulate_in_tiles};
use watershed::{breach, find_drainage, find_drainage_in_tiles};

/// Small rasters of several natures: flats, noise, slopes, with holes without data.
pub fn rasters() -> impl Strategy<Value = (usize, Vec<i32>)> {
    (1..28_usize, 1..28_usize, 1..40_i32, 0..3_i32, 0..5_u32).prop_flat_map(|(columns, rows, relief, tilt, holes)| {
        let cell = (0..relief, 0..100_u32);
        proptest::collection::vec(cell, columns * rows).prop_map(move |cells| {
            let height = |(at, (height, hole)): (usize, (i32, u32))| {
                let slope = tilt * i32::try_from(at % columns + at / columns).expect("small");
                if hole < holes * 4 {
                    NODATA
                } else {
                    height * 7 + slope * 5 - 60
                }
            };
            (columns, cells.into_iter().enumerate().map(height).collect())
        })
    })
}

fn check(columns: usize, heights: &[i32], drained: &Drainage) {
    let filled = drained.filled.millimetres();
    assert_eq!(filled, priority_flood(heights, columns), "the fill is the minimal one");
    let depths = || {
        heights
            .iter()
            .zip(filled)
            .map(|(before, after)| u64::try_from(after - before).unwrap_or(u64::MAX))
    };
    let raised = drained.raised;
    assert_eq!(
        (raised.cells, raised.millimetres),
        (depths().filter(|depth| *depth > 0).count() as u64, depths().sum())
    );
    assert_eq!(u64::from(raised.deepest), depths().max().unwrap_or(0));
    let below = below(&drained.directions, columns);
    let ends = outlets(&below);
    for cell in 0..heights.len() {
        let code = drained.directions[cell];
        assert_eq!(code == NO_DIRECTION, heights[cell] == NODATA);
        if heights[cell] == NODATA {
            assert_eq!(drained.basins[cell], 0);
            continue;
        }
        assert!(
            code != OUTLET || touches_ocean(cell, heights, columns),
            "an outlet lies at the edge"
        );
        if let Some(next) = below[cell] {
            assert!(heights[next] != NODATA, "no flow into the unknown");
            assert!(filled[next] <= filled[cell], "no flow up the filled surface");
        }
        let basin = drained.basins[cell] as usize;
        assert_eq!(
            drained.outlets[basin - 1] as usize,
            ends[cell],
            "a basin is what flows to its outlet"
        );
    }
    assert!(drained.outlets.is_sorted());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_fill_is_minimal_and_everything_drains((columns, heights) in rasters()) {
        check(columns, &heights, &find_drainage(elevation(columns, &heights)));
    }

    #[test]
    fn the_size_of_the_tiles_changes_nothing((columns, heights) in rasters(), side in 1..12_usize) {
        let whole = find_drainage(elevation(columns, &heights));
        prop_assert_eq!(&whole, &find_drainage_in_tiles(elevation(columns, &heights), side));
        let load = |row: usize| 10 + row as u64;
        prop_assert_eq!(
            accumulate(&whole.directions, columns, load),
            accumulate_in_tiles(&whole.directions, columns, side, load)
        );
    }

    #[test]
    fn accumulation_is_what_a_walk_from_every_cell_adds_up((columns, heights) in rasters(), side in 1..12_usize) {
        let drained = find_drainage(elevation(columns, &heights));
        let load = |row: usize| 10 + row as u64;
        let found = accumulate_in_tiles(&drained.directions, columns, side, load);
        prop_assert_eq!(found, accumulation(&drained.directions, columns, load));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cutting_without_limits_leaves_nothing_to_fill_and_with_limits_keeps_them(
        (columns, heights) in rasters(), deepest in 0..100_u32, farthest in 1..6_u32,
    ) {
        let all = BreachLimits { deepest: u32::MAX, farthest: 100 };
        let (open, done) = breach(elevation(columns, &heights), all);
        prop_assert_eq!(done.left, 0);
        prop_assert_eq!(find_drainage(open).raised.cells, 0);
        let (cut, done) = breach(elevation(columns, &heights), BreachLimits { deepest, farthest });
        let lowered = heights.iter().zip(cut.millimetres()).map(|(before, after)| before - after);
        let lowered: Vec<i32> = lowered.filter(|by| *by != 0).collect();
        prop_assert!(lowered.iter().all(|by| *by > 0));
        prop_assert!(lowered.len() as u64 <= done.cells);
        prop_assert!(done.left > 0 || find_drainage(cut).raised.cells == 0);
    }
}

#[test]
fn a_dam_is_cut_where_it_is_thinnest_though_it_spills_elsewhere() {
    // a basin at 100 behind a wall: 130 high and one cell thick to the east, 120 high and four cells thick to the west
    let row = |heights: [i32; 9]| heights;
    let wall = row([90, 200, 200, 200, 200, 200, 200, 200, 90]);
    let through = row([90, 120, 120, 120, 120, 100, 130, 95, 90]);
    let heights: Vec<i32> = [wall, wall, through, wall, wall].concat();
    let limits = BreachLimits {
        deepest: 50,
        farthest: 5,
    };
    let (cut, done) = breach(elevation(9, &heights), limits);
    assert_eq!((done.depressions, done.left, done.cells, done.deepest), (1, 0, 1, 32));
    assert_eq!(cut.millimetres()[2 * 9 + 6], 98);
    let filled = find_drainage(elevation(9, &heights));
    assert_eq!(
        (filled.filled.millimetres()[2 * 9 + 5], filled.directions[2 * 9 + 5]),
        (120, 16),
        "the fill spills to the west"
    );
    assert_eq!(find_drainage(cut).directions[2 * 9 + 5], 1);
    let (kept, done) = breach(
        elevation(9, &heights),
        BreachLimits {
            deepest: 5,
            farthest: 5,
        },
    );
    assert_eq!((done.left, kept.millimetres()), (1, heights.as_slice()));
}

/// Rolling ground with noise, closed basins, a lake and an island without data.
pub fn landscape(columns: usize, rows: usize) -> Vec<i32> {
    let mut state = 12_345_u64;
    let mut noise = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i32::try_from(state >> 54).expect("ten bits")
    };
    let height = |cell: usize| {
        let (x, y) = ((cell % columns) as f64, (cell / columns) as f64);
        if (x - 200.0).hypot(y - 300.0) < 40.0 {
            return NODATA;
        }
        let rolling = libm::sin(x / 37.0) * libm::cos(y / 53.0) * 9000.0 + libm::sin((x + 2.0 * y) / 211.0) * 20_000.0;
        let ground = watershed::millimetres((rolling + 3.0 * x + 2.0 * y) / 1000.0) + noise();
        ground.max(-6_000)
    };
    (0..columns * rows).map(height).collect()
}

#[test]
fn a_raster_of_many_tiles_is_like_a_plain_one_and_the_same_on_any_threads() {
    let (columns, rows) = (700, 611);
    let heights = landscape(columns, rows);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let many = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap();
    let drained = one.install(|| find_drainage(elevation(columns, &heights)));
    check(columns, &heights, &drained);
    for side in [252, 100, 33] {
        let again = many.install(|| find_drainage_in_tiles(elevation(columns, &heights), side));
        assert!(again == drained, "tiles of {side}");
        let sums = many.install(|| accumulate_in_tiles(&drained.directions, columns, side, |_| 1_u32));
        let plain = accumulation(&drained.directions, columns, |_| 1);
        assert!(sums.iter().map(|sum| u64::from(*sum)).eq(plain), "tiles of {side}");
    }
}

#[test]
fn a_pit_as_deep_as_heights_go_and_a_level_raster_drain() {
    let deep = -(1 << 29);
    let high = 1 << 29;
    let heights = [high, high, high, high, deep, high, high, high, high];
    check(3, &heights, &find_drainage(elevation(3, &heights)));
    let level = vec![5; 40 * 30];
    check(40, &level, &find_drainage(elevation(40, &level)));
    let nothing = vec![NODATA; 12];
    let drained = find_drainage(elevation(4, &nothing));
    assert!(drained.outlets.is_empty() && drained.basins.iter().all(|basin| *basin == 0));
}
