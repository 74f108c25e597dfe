//! What lies above and below against walks over all cells; the divide of two valleys through the index.

use crate::plain::{below, elevation};
use geo_types::{Geometry, Rect, coord};
use proptest::prelude::*;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use territory::Metres;
use watershed::{
    Above, Below, Canal, Canals, Drainage, FlowError, Laid, NODATA, Snapped, Standing, WaterIndex, Waters,
    covered_cells, find_drainage,
};

const CLASSES: usize = 3;

#[derive(Debug)]
struct Case {
    columns: usize,
    heights: Vec<i32>,
    threshold: u32,
    features: Vec<Laid>,
    subject: Vec<u32>,
    /// Picks among the cells of streams, and a length.
    canals: Vec<(u32, u32, u32)>,
}

fn block(columns: usize, rows: usize, [a, b, c, d]: [u32; 4]) -> Vec<u32> {
    let (columns, rows) = (columns as u32, rows as u32);
    let (left, top) = (a % columns, b % rows);
    let (right, bottom) = ((left + c % 5).min(columns - 1), (top + d % 5).min(rows - 1));
    (top..=bottom)
        .flat_map(|row| (left..=right).map(move |column| row * columns + column))
        .collect()
}

fn cases() -> impl Strategy<Value = Case> {
    (2..22_usize, 2..22_usize, 1..60_i32, 0..9_i32, 1..14_u32).prop_flat_map(
        |(columns, rows, relief, tilt, threshold)| {
            let cells = proptest::collection::vec((0..relief, 0..40_u32), columns * rows);
            let blocks = proptest::collection::vec((any::<[u32; 4]>(), 0..CLASSES), 0..9);
            let canals = proptest::collection::vec((any::<u32>(), any::<u32>(), 0..90_000_u32), 0..4);
            (cells, blocks, any::<[u32; 4]>(), canals).prop_map(move |(cells, blocks, subject, canals)| {
                let height = |(at, (height, hole)): (usize, (i32, u32))| {
                    let slope = tilt * i32::try_from(at % columns + at / columns).expect("small");
                    if hole == 0 { NODATA } else { height * 3 + slope * 4 }
                };
                let laid = |(pick, class): ([u32; 4], usize)| Laid {
                    class,
                    cells: block(columns, rows, pick),
                    beyond: false,
                };
                Case {
                    columns,
                    heights: cells.into_iter().enumerate().map(height).collect(),
                    threshold,
                    features: blocks.into_iter().map(laid).collect(),
                    subject: block(columns, rows, subject),
                    canals,
                }
            })
        },
    )
}

impl Case {
    fn waters(&self) -> Waters {
        Waters::new(
            find_drainage(elevation(self.columns, &self.heights)),
            self.threshold,
            None,
        )
    }

    fn canals(&self, waters: &Waters) -> Canals {
        let cells = waters
            .network()
            .reaches
            .iter()
            .flat_map(|reach| reach.cells(waters.drained()));
        let mouths: Vec<_> = cells.filter_map(|cell| waters.mouth(cell as u32)).collect();
        if mouths.is_empty() {
            return Canals::default();
        }
        let mouth = |pick: u32| mouths[pick as usize % mouths.len()];
        let canal = |(from, to, length): &(u32, u32, u32)| Canal {
            from: mouth(*from),
            to: mouth(*to),
            length: *length,
        };
        Canals::new(self.canals.iter().map(canal).collect())
    }
}

/// Metres from each cell to the nearest of some along links that lead from a cell to others.
fn nearest(links: &[Vec<(usize, f64)>], from: &[u32], known: &dyn Fn(u32) -> bool) -> Vec<Option<f64>> {
    let mut ways: Vec<Option<f64>> = vec![None; links.len()];
    #[expect(clippy::cast_sign_loss, reason = "ways are positive")]
    let whole = |metres: f64| (metres * 1e6).round() as u64;
    let mut open: BinaryHeap<_> = from
        .iter()
        .filter(|cell| known(**cell))
        .map(|cell| Reverse((0_u64, *cell as usize)))
        .collect();
    while let Some(Reverse((way, cell))) = open.pop() {
        if ways[cell].is_some() {
            continue;
        }
        ways[cell] = Some(way as f64 / 1e6);
        for (next, metres) in &links[cell] {
            open.push(Reverse((way + whole(*metres), *next)));
        }
    }
    ways
}

/// Links down and links up.
fn links(drained: &Drainage, columns: usize, canals: &Canals) -> [Vec<Vec<(usize, f64)>>; 2] {
    let next = below(&drained.directions, columns);
    let mut both = [vec![Vec::new(); next.len()], vec![Vec::new(); next.len()]];
    let mut link = |from: usize, to: usize, metres: f64| {
        both[0][from].push((to, metres));
        both[1][to].push((from, metres));
    };
    for (cell, next) in next.iter().enumerate() {
        if let Some(next) = next {
            let slanting = next % columns != cell % columns && next / columns != cell / columns;
            link(cell, *next, if slanting { 1800_f64.sqrt() } else { 30.0 });
        }
    }
    for canal in canals.given() {
        link(
            canal.from.cell as usize,
            canal.to.cell as usize,
            f64::from(canal.length) / 1000.0,
        );
    }
    both
}

fn alike(told: Option<u64>, walked: Option<f64>) -> bool {
    match (told, walked) {
        (None, None) => true,
        // half a millimetre for each reach and canal of the way
        (Some(told), Some(walked)) => (told as f64 / 1000.0 - walked).abs() < 0.05,
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_lies_above_and_below_is_what_walks_over_all_cells_find(case in cases()) {
        let waters = case.waters();
        let canals = case.canals(&waters);
        let index = WaterIndex::new(&waters, CLASSES, &case.features).expect("the classes are there");
        let known = |cell: u32| case.heights[cell as usize] != NODATA;
        let [down, up] = links(waters.drained(), case.columns, &canals);
        let (to, from) = (nearest(&up, &case.subject, &known), nearest(&down, &case.subject, &known));
        let (above, below) = (Above::of(&waters, &canals, &case.subject), Below::of(&waters, &canals, &case.subject));
        for cell in 0..case.heights.len() as u32 {
            let told = above.way(&waters, cell).map(|(way, _)| way);
            prop_assert!(alike(told, to[cell as usize]), "up from {}: {:?} and {:?}", cell, told, to[cell as usize]);
            let told = below.way(&waters, cell).map(|(way, _)| way);
            prop_assert!(alike(told, from[cell as usize]), "down to {}: {:?} and {:?}", cell, told, from[cell as usize]);
        }
        let whole: Vec<u32> = (0..case.heights.len() as u32).filter(|cell| to[*cell as usize].is_some()).collect();
        prop_assert_eq!(above.ground(), whole.len() as u64 * 900_000_000);
        let (lying, met) = (index.above(&waters, &above), index.below(&waters, &below));
        let mut covered = vec![BTreeSet::<u32>::new(); CLASSES + 1];
        for (number, laid) in (0..).zip(&case.features) {
            let least = |ways: &[Option<f64>]| laid.cells.iter().filter_map(|cell| ways[*cell as usize]).min_by(f64::total_cmp);
            let inside: Vec<u32> = laid.cells.iter().copied().filter(|cell| to[*cell as usize].is_some()).collect();
            let told = lying.iter().find(|lying| lying.feature == number);
            prop_assert!(alike(told.map(|lying| lying.way), least(&to)), "{:?} and {:?}", told, least(&to));
            prop_assert_eq!(told.map_or(0, |lying| lying.cells as usize), inside.len());
            prop_assert_eq!(told.map_or(0, |lying| lying.ground), inside.len() as u64 * 900_000_000);
            let told = met.iter().find(|met| met.feature == number);
            prop_assert!(alike(told.map(|met| met.way), least(&from)), "{:?} and {:?}", told, least(&from));
            for class in [laid.class, CLASSES] {
                covered[class].extend(&inside);
            }
            let standing = index.standings()[number as usize];
            prop_assert_eq!(standing.covered as usize, laid.cells.len());
            prop_assert_eq!(standing.unknown as usize, laid.cells.iter().filter(|cell| !known(**cell)).count());
            let astray = laid.cells.iter().filter(|cell| known(**cell) && waters.reach_of(**cell).is_none());
            prop_assert_eq!(standing.astray as usize, astray.count());
        }
        let ground = index.ground_above(&waters, &above);
        for (class, told) in ground.classes.iter().chain([&ground.all]).enumerate() {
            prop_assert_eq!(*told, covered[class].len() as u64 * 900_000_000, "each cell once in class {}", class);
        }
        prop_assert!(!canals.given().is_empty() || lying.iter().all(|lying| lying.by.is_none()));
    }

    #[test]
    fn the_slice_of_a_reach_holds_what_lies_on_its_cells(case in cases()) {
        let waters = case.waters();
        let index = WaterIndex::new(&waters, CLASSES, &case.features).expect("the classes are there");
        let mut pairs: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for (number, laid) in (0..).zip(&case.features) {
            for reach in laid.cells.iter().filter_map(|cell| waters.reach_of(*cell)) {
                pairs.entry(reach).or_default().insert(number);
            }
        }
        for (number, reach) in (0..).zip(&waters.network().reaches) {
            let counted: usize = pairs.range(number..number + reach.size).map(|(_, features)| features.len()).sum();
            prop_assert_eq!(index.entries_upstream(&waters, number), counted);
            let mouth = waters.mouth(reach.last).expect("it lies on the stream");
            prop_assert_eq!(waters.mouth(reach.first).map(|first| first.reach), Some(number));
            let above = Above::of(&waters, &Canals::default(), &[mouth.cell]);
            prop_assert_eq!(waters.ground_upstream(number), above.ground());
        }
    }
}

/// Two valleys that run south side by side, 12 km long, with a ridge between them in column 30; streams in columns 15 and 45.
fn valleys() -> Waters {
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
    Waters::new(find_drainage(elevation(61, &heights)), 200, None)
}

fn right(waters: &Waters, class: usize, [west, north, side]: [f64; 3]) -> Laid {
    let (x, y) = (500_000.0 + west, 8_500_000.0 - north);
    let land = Rect::new(coord! { x: x, y: y - side }, coord! { x: x + side, y: y }).to_polygon();
    let (cells, beyond) = covered_cells(waters.grid(), &Geometry::Polygon(land));
    Laid { class, cells, beyond }
}

#[test]
fn a_right_across_the_ridge_comes_only_by_a_canal_and_one_up_the_valley_by_the_river() {
    let waters = valleys();
    let ridge = 30.5 * 30.0;
    let rights = [
        right(&waters, 0, [ridge + 50.0, 9_000.0, 150.0]),
        right(&waters, 0, [13.0 * 30.0, 112.0 * 30.0, 180.0]),
        right(&waters, 1, [13.0 * 30.0, 112.0 * 30.0, 90.0]),
    ];
    let index = WaterIndex::new(&waters, 2, &rights).expect("the classes are there");
    let [x, y] = waters.grid().centre(380 * 61 + 15);
    let (snap, spring) = waters
        .snap([x + 40.0, y], Metres(100.0))
        .expect("the stream runs 40 m west");
    assert!((snap.distance.0 - 40.0).abs() < 1e-6);
    let above = Above::of(&waters, &Canals::default(), &[spring.cell]);
    let told: Vec<(u32, u32, u64)> = index
        .above(&waters, &above)
        .iter()
        .map(|lying| (lying.feature, lying.cells, lying.way))
        .collect();
    assert_eq!(told, [(1, 36, 7_890_000), (2, 9, 7_980_000)]);
    let ground = index.ground_above(&waters, &above);
    assert_eq!(
        (ground.classes, ground.all),
        (vec![36 * 900_000_000, 9 * 900_000_000], 36 * 900_000_000),
        "a union, no sum"
    );
    let mouth = |row: u32, column: u32| waters.mouth(row * 61 + column).expect("streams run there");
    let canal = Canal {
        from: mouth(360, 45),
        to: mouth(350, 15),
        length: 1_000_000,
    };
    let canals = Canals::new(vec![canal]);
    let reached = index.above(&waters, &Above::of(&waters, &canals, &[spring.cell]));
    assert_eq!(
        reached
            .iter()
            .map(|lying| (lying.feature, lying.by))
            .collect::<Vec<_>>(),
        [(0, Some(0)), (1, None), (2, None)]
    );
    let higher = Above::of(&waters, &canals, &[mouth(340, 15).cell]);
    assert_eq!(index.above(&waters, &higher).len(), 2, "the canal arrives below it");
    // the other way round: the spring lies below the right
    let springs = WaterIndex::new(
        &waters,
        1,
        &[Laid {
            class: 0,
            cells: vec![spring.cell],
            beyond: false,
        }],
    )
    .expect("one class");
    let from = |right: &Laid, canals: &Canals| springs.below(&waters, &Below::of(&waters, canals, &right.cells));
    assert_eq!(
        from(&rights[1], &Canals::default())
            .iter()
            .map(|met| met.way)
            .collect::<Vec<_>>(),
        [7_890_000]
    );
    assert!(from(&rights[0], &Canals::default()).is_empty());
    assert_eq!(from(&rights[0], &canals)[0].by, Some(0));
}

#[test]
fn what_cannot_be_told_is_told_and_classes_that_are_not_there_are_refused() {
    let waters = valleys();
    assert_eq!(
        waters.snap([0.0, 0.0], Metres(100.0)).unwrap_err(),
        Snapped::Nowhere(Standing::OffGrid)
    );
    let half = right(&waters, 0, [-90.0, 9_000.0, 180.0]);
    let index = WaterIndex::new(&waters, 1, std::slice::from_ref(&half)).expect("one class");
    assert!(index.standings()[0].beyond);
    let other = Laid { class: 1, ..half };
    assert_eq!(
        WaterIndex::new(&waters, 1, &[other]).err(),
        Some(FlowError::NoSuchClass { class: 1, classes: 1 })
    );
}
