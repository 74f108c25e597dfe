//! Land as closed rings of grid points: integers of 0.1 mm in one UTM zone, with boxes over runs of edges.

use crs::{TransformError, UtmZone};
use geo::CoordsIter;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};

/// Grid points of a [`Shape`] in one metre: coordinates are integers of 0.1 mm.
pub const GRID_PER_METRE: f64 = 10_000.0;

const EDGES_PER_RUN: u32 = 12;
const RUNS_PER_BLOCK: usize = 16;

/// A point of the grid: easting and northing as whole numbers of 0.1 mm, exact in an `f64` below 2^53.
pub(crate) type GridPoint = [f64; 2];

/// A closed box: least x, least y, greatest x, greatest y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Box2(pub [f64; 4]);

impl Box2 {
    pub(crate) const EMPTY: Self = Self([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY]);

    pub(crate) fn add(&mut self, [x, y]: GridPoint) {
        let Self([west, south, east, north]) = self;
        (*west, *south) = (west.min(x), south.min(y));
        (*east, *north) = (east.max(x), north.max(y));
    }

    fn join(&mut self, Self([west, south, east, north]): Self) {
        self.add([west, south]);
        self.add([east, north]);
    }

    pub(crate) fn of_edge(p: GridPoint, q: GridPoint) -> Self {
        Self([p[0].min(q[0]), p[1].min(q[1]), p[0].max(q[0]), p[1].max(q[1])])
    }

    #[inline]
    pub(crate) fn meets(&self, other: &Self) -> bool {
        let (Self(a), Self(b)) = (self, other);
        a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
    }

    pub(crate) fn common(&self, other: &Self) -> Option<Self> {
        let (Self(a), Self(b)) = (self, other);
        self.meets(other)
            .then(|| Self([a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])]))
    }

    #[inline]
    pub(crate) fn holds(&self, [x, y]: GridPoint) -> bool {
        let Self([west, south, east, north]) = self;
        *west <= x && x <= *east && *south <= y && y <= *north
    }
}

/// A run of consecutive edges of one ring; edge `i` goes from point `i` to point `i + 1`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub first: u32,
    pub end: u32,
    /// The run begins a ring.
    pub opens_ring: bool,
    pub bounds: Box2,
}

/// A ring: its points from `first` to `last` inclusive, where `last` repeats `first`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ring {
    pub first: u32,
    pub last: u32,
    /// An exterior ring opens a new polygon; the others are its holes.
    pub exterior: bool,
}

/// Land in one UTM zone of WGS 84 on a grid of 0.1 mm. Exterior rings run counter-clockwise and holes clockwise.
#[derive(Clone, Debug)]
pub struct Shape {
    pub(crate) points: Vec<GridPoint>,
    pub(crate) rings: Vec<Ring>,
    pub(crate) runs: Vec<Run>,
    blocks: Vec<Box2>,
    pub(crate) bounds: Box2,
    square_metres: f64,
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        self.points == other.points && self.rings == other.rings
    }
}

impl Shape {
    /// Land that covers nothing.
    pub fn empty() -> Self {
        Self::from_rings(Vec::new(), Vec::new())
    }

    /// Rounds metric coordinates (metres of one zone) to the grid, closes rings, drops repeated points and sets the winding.
    /// Rings that keep fewer than three different points vanish. Non-finite coordinates are the caller's to refuse.
    pub fn from_metres(land: &MultiPolygon<f64>) -> Self {
        let mut points = Vec::with_capacity(land.coords_count());
        let mut rings = Vec::new();
        for polygon in land {
            if !push_ring(&mut points, &mut rings, polygon.exterior(), true) {
                continue;
            }
            for hole in polygon.interiors() {
                push_ring(&mut points, &mut rings, hole, false);
            }
        }
        Self::from_rings(points, rings)
    }

    /// Projects lon/lat WGS 84 degrees to `zone` and rounds to the grid. Only polygons are land; the rest is left out.
    ///
    /// # Errors
    /// When the projection refuses a coordinate.
    pub fn from_lonlat(lonlat: &Geometry<f64>, zone: UtmZone) -> Result<Self, TransformError> {
        let land = match lonlat {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
            Geometry::MultiPolygon(polygons) => polygons.clone(),
            _ => return Ok(Self::empty()),
        };
        Ok(Self::from_metres(&project(land, zone)?))
    }

    pub(crate) fn from_rings(points: Vec<GridPoint>, rings: Vec<Ring>) -> Self {
        let mut runs = Vec::with_capacity(points.len() / EDGES_PER_RUN as usize + rings.len());
        for ring in &rings {
            let mut first = ring.first;
            while first < ring.last {
                let end = ring.last.min(first + EDGES_PER_RUN);
                let mut bounds = Box2::EMPTY;
                for &point in &points[first as usize..=end as usize] {
                    bounds.add(point);
                }
                runs.push(Run {
                    first,
                    end,
                    opens_ring: first == ring.first,
                    bounds,
                });
                first = end;
            }
        }
        let blocks: Vec<Box2> = runs
            .chunks(RUNS_PER_BLOCK)
            .map(|runs| {
                let mut bounds = Box2::EMPTY;
                for run in runs {
                    bounds.join(run.bounds);
                }
                bounds
            })
            .collect();
        let mut bounds = Box2::EMPTY;
        for &block in &blocks {
            bounds.join(block);
        }
        let mut shape = Self {
            points,
            rings,
            runs,
            blocks,
            bounds,
            square_metres: 0.0,
        };
        shape.square_metres = shape.rings.iter().map(|ring| shape.ring_area(*ring)).sum();
        shape
    }

    /// The same land elsewhere: metres east and north, rounded to the grid.
    #[must_use]
    pub fn shifted(&self, [east, north]: [f64; 2]) -> Self {
        let (dx, dy) = ((east * GRID_PER_METRE).round(), (north * GRID_PER_METRE).round());
        let moved = |Box2([west, south, east, north]): &Box2| Box2([west + dx, south + dy, east + dx, north + dy]);
        let run = |run: &Run| Run {
            bounds: moved(&run.bounds),
            ..*run
        };
        Self {
            points: self.points.iter().map(|[x, y]| [x + dx, y + dy]).collect(),
            rings: self.rings.clone(),
            runs: self.runs.iter().map(run).collect(),
            blocks: self.blocks.iter().map(moved).collect(),
            bounds: moved(&self.bounds),
            square_metres: self.square_metres,
        }
    }

    /// Whether it covers nothing.
    pub fn is_empty(&self) -> bool {
        self.rings.is_empty()
    }

    /// Number of points, with the closing one of each ring.
    pub fn point_count(&self) -> usize {
        self.points.len()
    }

    /// West, south, east, north in metres of the zone. An empty shape has an inverted, infinite box.
    pub fn bbox(&self) -> [f64; 4] {
        self.bounds.0.map(|value| value / GRID_PER_METRE)
    }

    /// Planar area in square metres.
    pub fn square_metres(&self) -> f64 {
        self.square_metres
    }

    /// Length of all rings in metres.
    pub fn perimeter(&self) -> f64 {
        self.rings
            .iter()
            .flat_map(|ring| self.edges(*ring))
            .map(|(p, q)| length(p, q))
            .sum()
    }

    /// The rings as polygons in metres of the zone.
    pub fn to_metres(&self) -> MultiPolygon<f64> {
        let mut polygons: Vec<Polygon<f64>> = Vec::new();
        for ring in &self.rings {
            let line = LineString(
                self.points[ring.first as usize..=ring.last as usize]
                    .iter()
                    .map(|[x, y]| Coord {
                        x: x / GRID_PER_METRE,
                        y: y / GRID_PER_METRE,
                    })
                    .collect(),
            );
            match polygons.last_mut() {
                Some(polygon) if !ring.exterior => polygon.interiors_push(line),
                _ => polygons.push(Polygon::new(line, Vec::new())),
            }
        }
        MultiPolygon(polygons)
    }

    /// Signed area of a ring in square metres: positive when it runs counter-clockwise.
    pub(crate) fn ring_area(&self, ring: Ring) -> f64 {
        let [ox, oy] = self.points[ring.first as usize];
        let twice: f64 = self
            .edges(ring)
            .map(|(p, q)| (p[0] - ox) * (q[1] - oy) - (q[0] - ox) * (p[1] - oy))
            .sum();
        twice / (2.0 * GRID_PER_METRE * GRID_PER_METRE)
    }

    pub(crate) fn edges(&self, ring: Ring) -> impl Iterator<Item = (GridPoint, GridPoint)> + '_ {
        self.points[ring.first as usize..=ring.last as usize]
            .windows(2)
            .map(|pair| (pair[0], pair[1]))
    }

    #[inline]
    pub(crate) fn edge(&self, index: u32) -> (GridPoint, GridPoint) {
        (self.points[index as usize], self.points[index as usize + 1])
    }

    /// Calls `visit` with the index of each run whose box passes `wanted`, in order.
    #[inline]
    pub(crate) fn runs_where(&self, wanted: impl Fn(&Box2) -> bool, mut visit: impl FnMut(usize)) {
        for (block, bounds) in self.blocks.iter().enumerate() {
            if !wanted(bounds) {
                continue;
            }
            let first = block * RUNS_PER_BLOCK;
            let end = self.runs.len().min(first + RUNS_PER_BLOCK);
            for run in first..end {
                if wanted(&self.runs[run].bounds) {
                    visit(run);
                }
            }
        }
    }
}

/// Projects polygons from lon/lat degrees to metres of `zone`, all vertices in one call.
pub(crate) fn project(mut land: MultiPolygon<f64>, zone: UtmZone) -> Result<MultiPolygon<f64>, TransformError> {
    let mut coords: Vec<Coord<f64>> = land.coords_iter().collect();
    crs::lonlat_to_utm(&mut coords, zone)?;
    replace_coords(&mut land, &coords);
    Ok(land)
}

/// Puts `coords` (as `coords_iter` gave them) back into `land`.
pub(crate) fn replace_coords(land: &mut MultiPolygon<f64>, coords: &[Coord<f64>]) {
    let mut next = coords.iter();
    for polygon in &mut land.0 {
        polygon.exterior_mut(|ring| fill(ring, &mut next));
        polygon.interiors_mut(|rings| rings.iter_mut().for_each(|ring| fill(ring, &mut next)));
    }
}

fn fill<'a>(ring: &mut LineString<f64>, next: &mut impl Iterator<Item = &'a Coord<f64>>) {
    for coord in &mut ring.0 {
        if let Some(value) = next.next() {
            *coord = *value;
        }
    }
}

fn push_ring(points: &mut Vec<GridPoint>, rings: &mut Vec<Ring>, line: &LineString<f64>, exterior: bool) -> bool {
    let first = points.len();
    for coord in line {
        let point = [(coord.x * GRID_PER_METRE).round(), (coord.y * GRID_PER_METRE).round()];
        if points.len() == first || !same(points[points.len() - 1], point) {
            points.push(point);
        }
    }
    while points.len() > first + 1 && same(points[first], points[points.len() - 1]) {
        points.pop();
    }
    if points.len() < first + 3 {
        points.truncate(first);
        return false;
    }
    points.push(points[first]);
    let twice: f64 = {
        let [ox, oy] = points[first];
        points[first..]
            .windows(2)
            .map(|w| (w[0][0] - ox) * (w[1][1] - oy) - (w[1][0] - ox) * (w[0][1] - oy))
            .sum()
    };
    if (twice > 0.0) != exterior {
        points[first..].reverse();
    }
    rings.push(Ring {
        first: index(first),
        last: index(points.len() - 1),
        exterior,
    });
    true
}

#[expect(clippy::float_cmp, reason = "grid coordinates are whole numbers")]
pub(crate) fn same(p: GridPoint, q: GridPoint) -> bool {
    p == q
}

pub(crate) fn index(position: usize) -> u32 {
    u32::try_from(position).expect("a shape holds fewer than 2^32 points: limits are checked at the door")
}

/// Length of an edge in metres.
#[inline]
pub(crate) fn length(p: GridPoint, q: GridPoint) -> f64 {
    let (dx, dy) = (q[0] - p[0], q[1] - p[1]);
    (dx * dx + dy * dy).sqrt() / GRID_PER_METRE
}
