//! Times pair overlaps and union totals on the cases of `scripts/bench.sh`, through the functions that a check calls.
//!
//! `overlap_bench FOLDER` reads `NAME.zones.bin` and `NAME.blocks.bin` (the format is told in `scripts/bench/polygons.py`) and
//! prints one JSON line a result. As for the peers, shapes and index are ready before the clock starts; the join is timed.
#![expect(clippy::print_stdout, reason = "a program that prints its results")]

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData, primitives::Rectangle};
use std::path::{Path, PathBuf};
use std::time::Instant;
use territory::{Shape, UtmHectares, overlap, union_within};

const CASES: [&str; 2] = ["synthetic", "cajamarca"];
/// As for the peers: three runs at least, and short ones until a second has passed.
const RUNS: std::ops::Range<usize> = 3..50;

type Box2d = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// Why there is no result.
#[derive(Debug, thiserror::Error)]
enum BenchError {
    #[error("usage: overlap_bench FOLDER")]
    Usage,
    #[error("{}: {source}", path.display())]
    Read { path: PathBuf, source: std::io::Error },
    #[error("{} ends in the middle, at byte {at}", path.display())]
    Truncated { path: PathBuf, at: usize },
    #[error(transparent)]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

/// Zones, blocks, and the boxes of the blocks.
struct Case {
    name: &'static str,
    zones: Vec<Shape>,
    blocks: Vec<Shape>,
    index: RTree<Box2d>,
}

impl Case {
    fn load(folder: &Path, name: &'static str) -> Result<Self, BenchError> {
        let zones = read_shapes(&folder.join(format!("{name}.zones.bin")))?;
        let blocks = read_shapes(&folder.join(format!("{name}.blocks.bin")))?;
        let boxes = blocks.iter().enumerate().map(|(position, block)| {
            let [west, south, east, north] = block.bbox();
            Box2d::new(Rectangle::from_corners([west, south], [east, north]), position)
        });
        let index = RTree::bulk_load(boxes.collect());
        Ok(Self {
            name,
            zones,
            blocks,
            index,
        })
    }

    /// The blocks whose boxes meet the zone's, in the order of the file.
    fn near(&self, zone: &Shape) -> Vec<&Shape> {
        let [west, south, east, north] = zone.bbox();
        let found = self
            .index
            .locate_in_envelope_intersecting(&AABB::from_corners([west, south], [east, north]));
        let mut positions: Vec<usize> = found.map(|found| found.data).collect();
        positions.sort_unstable();
        positions.into_iter().map(|position| &self.blocks[position]).collect()
    }

    fn pairs(&self) -> Total {
        self.total(|zone, near| near.iter().map(|block| overlap(zone, block).area).collect())
    }

    fn unions(&self) -> Total {
        self.total(|zone, near| vec![union_within(zone, near).area])
    }

    /// Adds up what `areas` gives for each zone; the sum is made in the order of the zones.
    fn total(&self, areas: impl Fn(&Shape, &[&Shape]) -> Vec<UtmHectares> + Sync) -> Total {
        let by_zone: Vec<Total> = self
            .zones
            .par_iter()
            .map(|zone| Total::of(&areas(zone, &self.near(zone))))
            .collect();
        by_zone.into_iter().fold(Total::default(), |sum, zone| Total {
            rows: sum.rows + zone.rows,
            above_tenth_ha: sum.above_tenth_ha + zone.above_tenth_ha,
            hectares: sum.hectares + zone.hectares,
        })
    }
}

/// How many areas there are, how many are above 0.1 ha, and their sum.
#[derive(Clone, Copy, Default)]
struct Total {
    rows: usize,
    above_tenth_ha: usize,
    hectares: f64,
}

impl Total {
    fn of(areas: &[UtmHectares]) -> Self {
        Self {
            rows: areas.iter().filter(|area| area.0 > 0.0).count(),
            above_tenth_ha: areas.iter().filter(|area| area.0 > 0.1).count(),
            hectares: areas.iter().map(|area| area.0).sum(),
        }
    }
}

fn main() -> Result<(), BenchError> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or(BenchError::Usage)?);
    for name in CASES {
        if !folder.join(format!("{name}.blocks.bin")).exists() {
            continue;
        }
        let case = Case::load(&folder, name)?;
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
            report(&case, "pairs", threads, "overlap", || pool.install(|| case.pairs()));
            report(&case, "unions", threads, "union_within", || {
                pool.install(|| case.unions())
            });
        }
    }
    Ok(())
}

/// Runs a task again and again and prints best and median.
fn report(case: &Case, task: &str, threads: usize, how: &str, run: impl Fn() -> Total) {
    let mut seconds: Vec<f64> = Vec::new();
    let mut total = Total::default();
    while seconds.len() < RUNS.start || (seconds.len() < RUNS.end && seconds.iter().sum::<f64>() < 1.0) {
        let began = Instant::now();
        total = run();
        seconds.push(began.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    let line = serde_json::json!({
        "engine": "tupu", "version": env!("CARGO_PKG_VERSION"), "case": case.name, "task": task, "threads": threads, "how": how,
        "seconds": seconds[0], "median_seconds": seconds[seconds.len() / 2], "runs": seconds.len(),
        "sum_ha": total.hectares, "pairs": total.rows, "pairs_above_tenth_ha": total.above_tenth_ha,
    });
    println!("{line}");
}

/// A cursor over the file's bytes.
struct Cursor<'a> {
    path: &'a Path,
    bytes: &'a [u8],
    at: usize,
}

impl Cursor<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BenchError> {
        let taken = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk);
        self.at += N;
        taken.copied().ok_or_else(|| BenchError::Truncated {
            path: self.path.to_owned(),
            at: self.at - N,
        })
    }

    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> Result<T, BenchError>) -> Result<Vec<T>, BenchError> {
        let count = u32::from_le_bytes(self.take()?);
        (0..count).map(|_| one(self)).collect()
    }

    fn coord(&mut self) -> Result<Coord<f64>, BenchError> {
        Ok(Coord {
            x: f64::from_le_bytes(self.take()?),
            y: f64::from_le_bytes(self.take()?),
        })
    }

    fn polygon(&mut self) -> Result<Polygon<f64>, BenchError> {
        let mut rings = self.many(|bytes| bytes.many(Self::coord).map(LineString))?.into_iter();
        let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(exterior, rings.collect()))
    }
}

fn read_shapes(path: &Path) -> Result<Vec<Shape>, BenchError> {
    let bytes = std::fs::read(path).map_err(|source| BenchError::Read {
        path: path.to_owned(),
        source,
    })?;
    Cursor {
        path,
        bytes: &bytes,
        at: 0,
    }
    .many(|bytes| Ok(Shape::from_metres(&MultiPolygon(bytes.many(Cursor::polygon)?))))
}
