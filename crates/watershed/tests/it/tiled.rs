//! Derivation out of memory gives what derivation in memory gives, to the last bit.
#![expect(clippy::unwrap_used, reason = "a step that fails fails the test")]

use crate::drainage::{landscape, rasters};
use crate::plain::{elevation, grid};
use proptest::prelude::*;
use std::collections::BTreeMap;
use watershed::{
    Division, Drainage, Elevation, Grid, GridError, Layer, NODATA, Needed, Network, OddLimits, Placement, Prefix, Room,
    Scratch, Tiled, TiledError, accumulate, find_drainage, find_units, inspect,
};

/// Bytes in memory; fails when it was asked so many times.
struct Shelf {
    layers: BTreeMap<Layer, Vec<u8>>,
    patience: u64,
}

#[derive(Debug, thiserror::Error)]
#[error("the shelf broke")]
struct Broken;

impl Shelf {
    fn with_patience(patience: u64) -> Self {
        Self {
            layers: BTreeMap::new(),
            patience,
        }
    }

    fn ask(&mut self) -> Result<(), Broken> {
        self.patience = self.patience.checked_sub(1).ok_or(Broken)?;
        Ok(())
    }
}

impl Scratch for Shelf {
    type Error = Broken;

    fn read(&mut self, layer: Layer, at: u64, bytes: &mut [u8]) -> Result<(), Broken> {
        self.ask()?;
        let at = usize::try_from(at).map_err(|_| Broken)?;
        let known = self.layers.get(&layer).and_then(|kept| kept.get(at..at + bytes.len()));
        bytes.copy_from_slice(known.ok_or(Broken)?);
        Ok(())
    }

    fn write(&mut self, layer: Layer, at: u64, bytes: &[u8]) -> Result<(), Broken> {
        self.ask()?;
        let at = usize::try_from(at).map_err(|_| Broken)?;
        let kept = self.layers.entry(layer).or_default();
        kept.resize(kept.len().max(at + bytes.len()), 0xAA);
        kept[at..at + bytes.len()].copy_from_slice(bytes);
        Ok(())
    }

    fn discard(&mut self, layer: Layer) -> Result<(), Broken> {
        self.ask()?;
        self.layers.remove(&layer);
        Ok(())
    }
}

const LIMITS: OddLimits = OddLimits {
    lowest: -50,
    highest: 200,
    step: 100,
};

fn entered(grid: &Grid, heights: &[i32], room: Room) -> Tiled<Shelf> {
    let mut tiled = Tiled::new(grid.clone(), Shelf::with_patience(u64::MAX), room);
    for (row, heights) in heights.chunks(grid.columns()).enumerate() {
        tiled.write_heights(row, 0, heights).unwrap();
    }
    tiled.finish_heights().unwrap();
    tiled
}

fn whole_layer(tiled: &mut Tiled<Shelf>, layer: Layer) -> Vec<u32> {
    let (columns, rows) = (tiled.grid().columns(), tiled.grid().rows());
    let mut all = vec![0; columns * rows];
    for (row, out) in all.chunks_mut(columns).enumerate() {
        tiled.numbers(layer, row, out).unwrap();
    }
    all
}

/// All that is derived both ways is the same.
fn compare(elevation: Elevation, room: Room, (threshold, division): (u32, Division)) {
    let (grid, columns) = (elevation.grid().clone(), elevation.grid().columns());
    let mut tiled = entered(&grid, elevation.millimetres(), room);
    let mut parts = Vec::new();
    let told = &mut |part: f64| parts.push(part);
    assert_eq!(tiled.inspect(LIMITS, told).unwrap(), inspect(&elevation, LIMITS));
    let drained: Drainage = find_drainage(elevation);
    let settled = tiled.drain(told).unwrap();
    assert_eq!((&settled.outlets, settled.raised), (&drained.outlets, drained.raised));
    let (mut filled, mut directions) = (vec![0; grid.cells()], vec![0; grid.cells()]);
    for row in 0..grid.rows() {
        let cells = row * columns..(row + 1) * columns;
        tiled.heights(row, &mut filled[cells.clone()]).unwrap();
        tiled.directions(row, &mut directions[cells]).unwrap();
    }
    assert_eq!(filled, drained.filled.millimetres());
    assert_eq!(directions, drained.directions);
    assert_eq!(whole_layer(&mut tiled, Layer::Basins), drained.basins);
    let last = grid.cells() - 1;
    assert_eq!(tiled.basin(last).unwrap().unwrap_or(0), drained.basins[last]);
    tiled.discard(Layer::Basins).unwrap();
    tiled.accumulate(told).unwrap();
    let sums = accumulate(&drained.directions, columns, |_| 1_u32);
    assert_eq!(whole_layer(&mut tiled, Layer::Sums), sums);
    let streams = tiled.streams(threshold, told).unwrap();
    let network = Network::find(&drained, &sums, threshold);
    assert_eq!(streams.network(), network);
    let streams = streams.ways();
    for reach in &network.reaches {
        assert_eq!(reach.line(&streams), reach.line(&drained));
    }
    tiled.discard(Layer::Sums).unwrap();
    let prefix = (!network.reaches.is_empty()).then_some(Prefix { outlet: 0, code: "49" });
    let expected = find_units(&drained, &network, prefix, division);
    let (units, owners) = tiled
        .units((&streams, &network, &settled.outlets), prefix, division, told)
        .unwrap();
    assert_eq!((units, owners), (expected.units, expected.owners));
    assert_eq!(whole_layer(&mut tiled, Layer::Units), expected.labels);
    assert!(parts.iter().all(|part| (0.0..=1.0).contains(part)));
}

fn small_room(side: usize, bands: usize, page_bits: u32) -> Room {
    Room {
        side,
        bands,
        page_bits,
        page_bytes: 64,
        bytes: 1 << 40,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_same_comes_of_tiles_and_pages_of_any_size(
        (columns, heights) in rasters(),
        side in prop_oneof![1..30_usize, Just(252)],
        bands in 1..4_usize,
        page_bits in 1..7_u32,
        threshold in 1..12_u32,
        digits in 3..7_usize,
        whole_below in 0..40_u32,
    ) {
        let division = Division { digits, whole_below };
        compare(elevation(columns, &heights), small_room(side, bands, page_bits), (threshold, division));
    }

    #[test]
    fn a_store_that_breaks_is_reported_whenever_it_breaks((columns, heights) in rasters(), patience in 0..400_u64) {
        let tiles = small_room(9, 1, 3);
        let grid = grid(columns, heights.len() / columns);
        let mut tiled = Tiled::new(grid.clone(), Shelf::with_patience(patience), tiles);
        let mut run = || -> Result<(), TiledError<Broken>> {
            let told = &mut |_: f64| ();
            for (row, heights) in heights.chunks(columns).enumerate() {
                tiled.write_heights(row, 0, heights)?;
            }
            let settled = tiled.drain(told)?;
            tiled.accumulate(told)?;
            let streams = tiled.streams(3, told)?;
            let network = streams.network();
            let division = Division { digits: 4, whole_below: 5 };
            tiled.units((&streams, &network, &settled.outlets), None, division, told)?;
            Ok(())
        };
        if let Err(error) = run() {
            prop_assert!(matches!(error, TiledError::Scratch(Broken)));
            prop_assert!(error.sentence_es().contains("archivo de trabajo"));
        }
    }
}

#[test]
fn a_landscape_of_many_tiles_is_the_same_on_any_threads() {
    let (columns, rows) = (700, 611);
    let heights = landscape(columns, rows);
    let division = Division {
        digits: 6,
        whole_below: 400,
    };
    for (side, bands, threads) in [(252, 1, 1), (100, 2, 5), (33, 3, 2)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let room = Room {
            page_bits: 10,
            page_bytes: 20_000,
            ..small_room(side, bands, 0)
        };
        pool.install(|| compare(elevation(columns, &heights), room, (60, division)));
    }
}

#[test]
fn degrees_and_narrow_strips_are_the_same_too() {
    let place = Placement {
        west: -72.0,
        north: -13.0,
        width: 1.0 / 1200.0,
        height: 1.0 / 3600.0,
    };
    let division = Division {
        digits: 5,
        whole_below: 20,
    };
    for columns in [1, 2, 350] {
        let heights = landscape(columns, 300);
        let grid = Grid::new(columns, 300, place, crs::Crs::WGS84).unwrap();
        for side in [252, 64, 5] {
            let model = Elevation::new(grid.clone(), heights.clone()).unwrap();
            compare(model, small_room(side, 2, 8), (9, division));
        }
    }
}

#[test]
fn the_first_of_overlapping_files_holds_and_what_none_covers_is_unknown() {
    let grid = grid(4, 3);
    let mut tiled = Tiled::new(grid, Shelf::with_patience(u64::MAX), small_room(2, 1, 2));
    tiled.write_heights(0, 0, &[1, 2, NODATA]).unwrap();
    tiled.write_heights(0, 1, &[7, 8, 9]).unwrap();
    tiled.write_heights(1, 0, &[5, 5, NODATA, 5]).unwrap();
    tiled.write_heights(1, 0, &[6, 6, 6, 6]).unwrap();
    tiled.finish_heights().unwrap();
    let mut row = [0; 4];
    let mut heights = |at| {
        tiled.heights(at, &mut row).unwrap();
        row
    };
    assert_eq!(
        [heights(0), heights(1), heights(2)],
        [[1, 2, 8, 9], [5, 5, 6, 5], [NODATA; 4]]
    );
    let refused = tiled.write_heights(2, 1, &[i32::MAX]).unwrap_err();
    assert!(matches!(
        refused,
        TiledError::Heights(GridError::Height { cell: 9, .. })
    ));
}

#[test]
fn what_does_not_fit_is_refused_with_the_figure_and_the_mend() {
    let heights = landscape(120, 100);
    let little = |bytes| Room {
        bytes,
        ..small_room(50, 1, 8)
    };
    let told = &mut |_: f64| ();
    let refused = entered(&grid(120, 100), &heights, little(100)).drain(told).unwrap_err();
    assert!(matches!(
        refused,
        TiledError::Room {
            needed: Needed::Passes,
            given: 100,
            ..
        }
    ));
    let mut tiled = entered(&grid(120, 100), &heights, little(1 << 20));
    tiled.drain(told).unwrap();
    tiled.accumulate(told).unwrap();
    let mut tiled = entered(&grid(120, 100), &heights, little(190_000));
    tiled.drain(told).unwrap();
    tiled.accumulate(told).unwrap();
    let refused = tiled.streams(1, told).unwrap_err();
    assert!(
        refused.sentence_es().contains("--threshold"),
        "{}",
        refused.sentence_es()
    );
    tiled.streams(100, told).unwrap();
}

#[test]
fn memory_is_divided_so_that_strips_pages_and_the_rest_fit_together() {
    for (columns, bytes) in [
        (20_000, 900 << 20),
        (1_000_000, 300 << 20),
        (300, 100 << 20),
        (40_000, 1 << 20),
    ] {
        let grid = grid(columns, 100);
        let room = Room::within(bytes, &grid, 2);
        let strips = (room.side * room.bands * columns * 11) as u64;
        assert!(
            (1..=252).contains(&room.side) && (1..=2).contains(&room.bands),
            "{room:?}"
        );
        assert!(room.side == 1 || strips <= bytes / 4, "{room:?}");
        assert!(
            strips + room.page_bytes + room.bytes <= bytes || room.side == 1,
            "{room:?}"
        );
    }
}
