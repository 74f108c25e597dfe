//! An edition made ready for tiles: on the grid of the square map, thinned for every zoom, searchable.

use super::{
    boxes::{Boxes, GridBox, join},
    grid::{Grid, TileId, on_grid},
    lines::{Lines, Run},
    significance::set_levels,
    words::Words,
};
use geo::{BoundingRect, CoordsIter};
use geo_types::{Coord, Geometry, LineString, Polygon};
use territory::Feature;

/// The last zooms of the thinner copies.
const OVERVIEWS: [u8; 3] = [5, 8, 11];

/// The features of an edition as tiles need them. It takes about 12 bytes a vertex and 80 a feature, beside what the features say
/// (each different value once); while it is made, 16 bytes a vertex more.
#[derive(Debug)]
pub struct TileSource {
    pub(super) grid: Grid,
    pub(super) entries: Vec<Entry>,
    pub(super) runs: Vec<Run>,
    pub(super) bounds: Vec<GridBox>,
    pub(super) words: Words,
    boxes: Boxes,
    overviews: Vec<(u8, Lines)>,
    whole: Lines,
}

/// A feature, or its part of one dimension.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The feature's id in tiles.
    pub id: u64,
    /// Its position in the edition.
    pub feature: u32,
    /// Its runs, the last excluded.
    pub runs: [u32; 2],
}

impl TileSource {
    /// Makes the features of an edition ready. `series` and the features' keys give the ids, so that a feature keeps its id from one
    /// edition of the series to the next; `edition` is told with each feature.
    ///
    /// Features without coordinates are left out: they lie nowhere.
    pub fn build(series: &str, edition: &str, features: &[Feature]) -> Self {
        let mut making = Making::new(grid_of(features));
        let mut ids = Ids::of(series);
        for (position, feature) in (0_u32..).zip(features) {
            making.add(ids.next(&feature.key), position, &feature.lonlat);
        }
        let Making {
            grid,
            entries,
            runs,
            mut lines,
        } = making;
        set_levels(&mut lines, &runs, grid.unit());
        lines.points.shrink_to_fit();
        let bounds: Vec<GridBox> = (0..lines.len())
            .map(|run| lines.bounds(run).unwrap_or_default())
            .collect();
        let whole_of = |entry: &Entry| {
            let own = &bounds[entry.runs[0] as usize..entry.runs[1] as usize];
            own.iter().copied().reduce(join).unwrap_or_default()
        };
        let boxes = Boxes::of(&entries.iter().map(whole_of).collect::<Vec<_>>());
        Self {
            overviews: OVERVIEWS.iter().map(|zoom| (*zoom, lines.up_to(*zoom))).collect(),
            words: Words::of(edition, features),
            whole: lines,
            grid,
            entries,
            runs,
            bounds,
            boxes,
        }
    }

    /// Bytes of memory that it takes, nearly.
    pub fn bytes(&self) -> usize {
        let overviews: usize = self.overviews.iter().map(|(_, lines)| lines.bytes()).sum();
        let tables = self.entries.len() * size_of::<Entry>() + self.runs.len() * (size_of::<GridBox>() + 1);
        overviews + self.whole.bytes() + self.boxes.bytes() + self.words.bytes() + tables
    }

    /// The entries whose box meets a square round a tile, in the order of the edition; the box is given in offsets.
    pub(super) fn near(&self, tile: TileId, buffer: u32) -> Option<(GridBox, Vec<u32>)> {
        let reach = f64::from(buffer);
        let wanted = self
            .grid
            .in_tile(tile)
            .offsets(-reach, f64::from(super::grid::EXTENT) + reach)?;
        Some((wanted, self.boxes.meeting(&wanted)))
    }

    /// The copy with all points of a zoom and the fewest others.
    pub(super) fn lines(&self, zoom: u8) -> &Lines {
        let overview = self.overviews.iter().find(|(last, _)| zoom <= *last);
        overview.map_or(&self.whole, |(_, lines)| lines)
    }
}

fn grid_of(features: &[Feature]) -> Grid {
    let rects = features.iter().filter_map(|feature| feature.lonlat.bounding_rect());
    let bounds = rects
        .map(|rect| [rect.min().x, rect.min().y, rect.max().x, rect.max().y])
        .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    Grid::holding(bounds.unwrap_or_default())
}

struct Making {
    grid: Grid,
    entries: Vec<Entry>,
    runs: Vec<Run>,
    lines: Lines,
}

impl Making {
    fn new(grid: Grid) -> Self {
        Self {
            grid,
            entries: Vec::new(),
            runs: Vec::new(),
            lines: Lines::default(),
        }
    }

    /// Adds a feature: an entry for its areas, one for its lines, one for its points.
    fn add(&mut self, id: u64, feature: u32, geometry: &Geometry<f64>) {
        let mut parts = Parts::default();
        parts.take(geometry);
        self.entry(id, feature, |making| {
            for polygon in &parts.polygons {
                making.polygon(polygon);
            }
        });
        self.entry(id, feature, |making| {
            for line in &parts.lines {
                making.run(Run::Line, &line.0);
            }
        });
        self.entry(id, feature, |making| making.run(Run::Points, &parts.points));
    }

    fn entry(&mut self, id: u64, feature: u32, add: impl FnOnce(&mut Self)) {
        let first = self.runs.len();
        add(self);
        let runs = [first, self.runs.len()].map(|run| u32::try_from(run).expect("fewer than 2^32 rings"));
        if runs[0] < runs[1] {
            self.entries.push(Entry { id, feature, runs });
        }
    }

    fn polygon(&mut self, polygon: &Polygon<f64>) {
        let before = self.runs.len();
        self.run(Run::Exterior, &polygon.exterior().0);
        if self.runs.len() > before {
            for hole in polygon.interiors() {
                self.run(Run::Hole, &hole.0);
            }
        }
    }

    fn run(&mut self, run: Run, coords: &[Coord<f64>]) {
        let first = self.lines.points.len();
        for world in on_grid(coords) {
            let point = self.grid.offset(world);
            let repeats = self.lines.points[first..].last() == Some(&point);
            if run == Run::Points || !repeats {
                self.lines.points.push(point);
            }
        }
        let points = &mut self.lines.points;
        while run.is_ring() && points.len() > first + 1 && points[first] == points[points.len() - 1] {
            points.pop();
        }
        if points.len() > first {
            self.runs.push(run);
            self.lines.close();
        }
    }
}

/// A geometry by dimension.
#[derive(Default)]
struct Parts {
    points: Vec<Coord<f64>>,
    lines: Vec<LineString<f64>>,
    polygons: Vec<Polygon<f64>>,
}

impl Parts {
    fn take(&mut self, geometry: &Geometry<f64>) {
        match geometry {
            Geometry::Point(_) | Geometry::MultiPoint(_) => self.points.extend(geometry.coords_iter()),
            Geometry::Line(line) => self.lines.push(LineString(vec![line.start, line.end])),
            Geometry::LineString(line) => self.lines.push(line.clone()),
            Geometry::MultiLineString(lines) => self.lines.extend(lines.iter().cloned()),
            Geometry::Polygon(polygon) => self.polygons.push(polygon.clone()),
            Geometry::MultiPolygon(polygons) => self.polygons.extend(polygons.iter().cloned()),
            Geometry::Rect(rect) => self.polygons.push(rect.to_polygon()),
            Geometry::Triangle(triangle) => self.polygons.push(triangle.to_polygon()),
            Geometry::GeometryCollection(many) => many.iter().for_each(|one| self.take(one)),
        }
    }
}

/// Ids of 52 bits, which programs that know only floating numbers keep whole.
struct Ids {
    series: u64,
    given: std::collections::BTreeSet<u64>,
}

impl Ids {
    fn of(series: &str) -> Self {
        Self {
            series: hashed(OFFSET, series),
            given: std::collections::BTreeSet::new(),
        }
    }

    /// The id of a key; where two keys of an edition have the same hash, the later one is hashed again.
    fn next(&mut self, key: &str) -> u64 {
        let mut hash = hashed(hashed(self.series, "\0"), key);
        loop {
            let id = (hash ^ hash >> 52) & ((1 << 52) - 1);
            if id != 0 && self.given.insert(id) {
                return id;
            }
            hash = hashed(hash, key);
        }
    }
}

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a of 64 bits, begun from a hash.
fn hashed(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_series_and_key_and_never_meet() {
        let mut ids = Ids::of("concessions-ingemmet-peru");
        let first = ids.next("010000123");
        assert_eq!(Ids::of("concessions-ingemmet-peru").next("010000123"), first);
        assert_ne!(Ids::of("concessions-ingemmet-cusco").next("010000123"), first);
        assert_ne!(ids.next("010000123"), first, "the same key again gets another id");
        assert!(first < 1 << 52);
    }
}
