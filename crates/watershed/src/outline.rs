//! The outlines of labelled land along the edges of cells: neighbours share every corner of their common border.

use crate::Grid;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// A corner of the grid: column and row, the first edges being 0.
pub type Corner = [u32; 2];

/// A simple ring of corners, the first not repeated at the end.
pub type Ring = Vec<Corner>;

/// The land of one label.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// Its parts: an outer ring, clockwise on the map, and its holes, the other way round. Parts and holes meet one another and themselves
    /// in corners at most.
    pub parts: Vec<(Ring, Vec<Ring>)>,
    /// Metres round all of it, along the middles of the cells' edges: across corners, so that a slanting border is not counted as stairs.
    pub perimeter: f64,
}

/// East, south, west, north.
const WAYS: [(i64, i64); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

/// The outlines of the labels 1 to `count` of a grid; cells of 0 belong to nothing.
///
/// Corners are where a border turns or where a third label begins. Cells of one label that touch in a corner only are separate parts.
pub fn outlines(grid: &Grid, labels: &[u32], count: usize) -> Vec<Outline> {
    let Ok(found) = trace(grid, labels, count);
    found
}

/// The labels of cells, wherever they are kept.
pub trait Labels {
    /// Why one cannot be had.
    type Error;

    /// The label of a cell.
    fn get(&mut self, cell: usize) -> Result<u32, Self::Error>;
}

impl Labels for &[u32] {
    type Error = Infallible;

    #[inline]
    fn get(&mut self, cell: usize) -> Result<u32, Infallible> {
        Ok(self[cell])
    }
}

/// [`outlines`] of labels that are kept elsewhere.
pub fn trace<L: Labels>(grid: &Grid, labels: L, count: usize) -> Result<Vec<Outline>, L::Error> {
    let mut tracer = Tracer::new(grid, labels);
    let mut rings: Vec<Vec<Ring>> = vec![Vec::new(); count];
    let mut perimeters = vec![0.0; count];
    let columns = grid.columns();
    for cell in 0..grid.cells() {
        let label = tracer.labels.get(cell)?;
        let begins = label != 0 && (cell < columns || tracer.labels.get(cell - columns)? != label);
        if !begins || tracer.is_walked(cell) {
            continue;
        }
        let (mut ring, length, touches) = tracer.walk(cell, label)?;
        ring.shrink_to_fit();
        let at = label as usize - 1;
        perimeters[at] += length;
        if touches {
            rings[at].extend(simple_rings(ring));
        } else {
            rings[at].push(ring);
        }
    }
    let parts = rings.into_iter().map(assemble);
    Ok(parts
        .zip(perimeters)
        .map(|(parts, perimeter)| Outline { parts, perimeter })
        .collect())
}

struct Tracer<L> {
    labels: L,
    columns: usize,
    rows: usize,
    /// For each row of corners the metres east and south between cells.
    spacing: Vec<[f64; 2]>,
    /// A bit for each cell: its north edge was walked.
    walked: Vec<u64>,
}

impl<L: Labels> Tracer<L> {
    fn new(grid: &Grid, labels: L) -> Self {
        let rows = grid.rows();
        Self {
            labels,
            columns: grid.columns(),
            rows,
            spacing: (0..=rows).map(|row| grid.spacing(row.min(rows - 1))).collect(),
            walked: vec![0; grid.cells().div_ceil(64)],
        }
    }

    fn is_walked(&self, cell: usize) -> bool {
        self.walked[cell / 64] >> (cell % 64) & 1 == 1
    }

    fn label(&mut self, column: i64, row: i64) -> Result<u32, L::Error> {
        let place = usize::try_from(column).ok().zip(usize::try_from(row).ok());
        let inside = place.filter(|(column, row)| *column < self.columns && *row < self.rows);
        inside.map_or(Ok(0), |(column, row)| self.labels.get(row * self.columns + column))
    }

    /// Walks round with the label on the right, from the north edge of a cell: corners, metres, and whether it may touch itself.
    fn walk(&mut self, cell: usize, label: u32) -> Result<(Ring, f64, bool), L::Error> {
        let start = (as_i64(cell % self.columns), as_i64(cell / self.columns));
        let ((mut x, mut y), mut way) = (start, 0_usize);
        let (mut ring, mut length, mut touches) = (Vec::new(), 0.0, false);
        loop {
            if way == 0 {
                let at = usize::try_from(y).unwrap_or(0) * self.columns + usize::try_from(x).unwrap_or(0);
                self.walked[at / 64] |= 1 << (at % 64);
            }
            (x, y) = (x + WAYS[way].0, y + WAYS[way].1);
            // the four cells round the corner: north-east, south-east, south-west, north-west
            let around = [
                self.label(x, y - 1)?,
                self.label(x, y)?,
                self.label(x - 1, y)?,
                self.label(x - 1, y - 1)?,
            ];
            let (right, left) = (around[(way + 1) % 4], around[way]);
            let [east, south] = self.spacing[usize::try_from(y).unwrap_or(0)];
            let turned = if right != label {
                touches |= left == label;
                (way + 1) % 4
            } else if left == label {
                (way + 3) % 4
            } else {
                way
            };
            let behind_left = around[(way + 3) % 4];
            if turned != way || behind_left != left {
                ring.push([corner(x), corner(y)]);
            }
            length += match (turned == way, way % 2) {
                (true, 0) => east,
                (true, _) => south,
                (false, _) => libm::sqrt(east * east + south * south) / 2.0,
            };
            way = turned;
            if (x, y) == start && way == 0 {
                return Ok((ring, length, touches));
            }
        }
    }
}

fn as_i64(value: usize) -> i64 {
    i64::try_from(value).expect("a grid has fewer cells")
}

fn corner(value: i64) -> u32 {
    u32::try_from(value).expect("the walk stays on the grid")
}

/// A ring that touches itself as rings that do not.
fn simple_rings(ring: Ring) -> Vec<Ring> {
    let mut places: BTreeMap<Corner, usize> = BTreeMap::new();
    let (mut open, mut rings): (Ring, Vec<Ring>) = (Vec::new(), Vec::new());
    for corner in ring {
        if let Some(place) = places.get(&corner) {
            let closed = open.split_off(*place);
            for corner in &closed {
                places.remove(corner);
            }
            rings.push(closed);
        }
        places.insert(corner, open.len());
        open.push(corner);
    }
    rings.push(open);
    rings
}

/// Twice the area of a ring in cells; positive clockwise on the map.
fn twice_area(ring: &[Corner]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    let cross = |(a, b): (&Corner, &Corner)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]);
    ring.iter().zip(next).map(cross).sum()
}

/// Outer rings with their holes.
fn assemble(rings: Vec<Ring>) -> Vec<(Ring, Vec<Ring>)> {
    let (outer, holes): (Vec<Ring>, Vec<Ring>) = rings.into_iter().partition(|ring| twice_area(ring) > 0);
    let mut parts: Vec<(Ring, Vec<Ring>)> = outer.into_iter().map(|ring| (ring, Vec::new())).collect();
    for hole in holes {
        let cell = inner_cell(&hole);
        let only = parts.len() == 1;
        if let Some(part) = parts.iter_mut().find(|part| only || holds(&part.0, cell)) {
            part.1.push(hole);
        }
    }
    parts
}

/// A cell of the land along a ring: south of an edge that leads east.
fn inner_cell(ring: &[Corner]) -> Corner {
    let next = ring.iter().cycle().skip(1);
    let east = ring.iter().zip(next).find(|(a, b)| a[1] == b[1] && a[0] < b[0]);
    *east.expect("a closed ring leads east somewhere").0
}

/// Whether a cell, named by its upper left corner, lies within a ring: how many edges lie west of it.
fn holds(ring: &[Corner], [column, row]: Corner) -> bool {
    let next = ring.iter().cycle().skip(1);
    let west = |(a, b): &(&Corner, &Corner)| a[0] == b[0] && a[0] <= column && (a[1] <= row) != (b[1] <= row);
    ring.iter().zip(next).filter(west).count() % 2 == 1
}
