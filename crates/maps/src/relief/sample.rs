//! The heights of a raster on the pixels of a frame.

use super::Heights;
use crate::{MapError, Window};
use crs::{Crs, transform_from_lonlat, utm_to_lonlat};
use geo_types::Coord;

/// Pixels are no finer than this on paper, for nobody would see it.
const FINEST_MM: f64 = 0.2;
/// Places are projected on a lattice of so many pixels, and looked up in between.
const LATTICE: usize = 16;
/// Of a pixel that holds many cells no more than this many, squared, are read.
const MOST_IN_A_PIXEL: usize = 6;

/// Heights on square pixels of ground, in the plane of the map.
pub struct Surface {
    pub columns: usize,
    pub rows: usize,
    /// Millimetres of ground on a side of a pixel.
    pub side_mm: i64,
    /// Millimetres above the sea.
    pub heights: Vec<Option<i32>>,
}

impl Surface {
    /// Lowest and highest height.
    pub fn range(&self) -> Option<(i32, i32)> {
        let known = || self.heights.iter().flatten();
        Some((*known().min()?, *known().max()?))
    }

    /// A height; beyond the edge that of the edge.
    pub fn at(&self, column: isize, row: isize) -> Option<i32> {
        let inside = |at: isize, count: usize| at.clamp(0, count.cast_signed() - 1).cast_unsigned();
        self.heights[inside(row, self.rows) * self.columns + inside(column, self.columns)]
    }
}

/// The heights that a window shows, at the size of the raster's cells or of what is seen, whichever is coarser.
pub fn surface(heights: &Heights<'_>, window: &Window) -> Result<Surface, MapError> {
    let frame = window.frame;
    let cell_mm = cell_on_paper(heights, window)?;
    let pixel_mm = cell_mm.max(FINEST_MM).min(frame.width.min(frame.height));
    let count = |length: f64| as_count((length / pixel_mm).ceil().max(2.0));
    let (columns, rows) = (count(frame.width), count(frame.height));
    let inside = as_count((pixel_mm / cell_mm).ceil()).clamp(1, MOST_IN_A_PIXEL);
    let lattice = Lattice::of(heights, window, [columns, rows])?;
    let mut found = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            found.push(pixel(heights, &lattice, [column, row], inside));
        }
    }
    Ok(Surface {
        columns,
        rows,
        side_mm: whole(pixel_mm * window.metres_per_mm() * 1000.0).max(1),
        heights: found,
    })
}

/// The mean of what is known in a pixel.
fn pixel(heights: &Heights<'_>, lattice: &Lattice, [column, row]: [usize; 2], inside: usize) -> Option<i32> {
    let (mut sum, mut count) = (0_i64, 0_i64);
    for part in 0..inside * inside {
        let share = |at: usize| (at as f64 + 0.5) / inside as f64;
        let place = lattice.at([column as f64 + share(part % inside), row as f64 + share(part / inside)]);
        if let Some(height) = heights.at(place, inside == 1) {
            sum += i64::from(height);
            count += 1;
        }
    }
    (count > 0).then(|| i32::try_from(sum.div_euclid(count)).unwrap_or(i32::MAX))
}

impl Heights<'_> {
    /// The height at a place in columns and rows from the corner; between the middles of cells where asked.
    fn at(&self, [across, down]: [f64; 2], between: bool) -> Option<i32> {
        let own = self.cell_at(across, down)?;
        if !between {
            return Some(own);
        }
        let (x, y) = (across - 0.5, down - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let corner = |dx: f64, dy: f64| i64::from(self.cell_at(left + dx + 0.5, top + dy + 0.5).unwrap_or(own));
        let (east, south) = (whole((x - left) * 1024.0), whole((y - top) * 1024.0));
        let upper = corner(0.0, 0.0) * (1024 - east) + corner(1.0, 0.0) * east;
        let lower = corner(0.0, 1.0) * (1024 - east) + corner(1.0, 1.0) * east;
        let mean = (upper * (1024 - south) + lower * south) >> 20;
        Some(i32::try_from(mean).unwrap_or(own))
    }

    fn cell_at(&self, across: f64, down: f64) -> Option<i32> {
        if !(across >= 0.0 && down >= 0.0 && across < self.columns as f64) {
            return None;
        }
        let height = self.millimetres.get(as_count(down) * self.columns + as_count(across))?;
        (*height != self.missing).then_some(*height)
    }
}

/// Where the pixels of a frame are in columns and rows of a raster.
struct Lattice {
    columns: usize,
    places: Vec<[f64; 2]>,
}

impl Lattice {
    fn of(heights: &Heights<'_>, window: &Window, [columns, rows]: [usize; 2]) -> Result<Self, MapError> {
        let (wide, high) = (columns.div_ceil(LATTICE) + 1, rows.div_ceil(LATTICE) + 1);
        let frame = window.frame;
        let mut nodes = Vec::with_capacity(wide * high);
        for at in 0..wide * high {
            let (column, row) = ((at % wide * LATTICE) as f64, (at / wide * LATTICE) as f64);
            nodes.push(window.ground(Coord {
                x: frame.x + column * frame.width / columns as f64,
                y: frame.y + row * frame.height / rows as f64,
            }));
        }
        Ok(Self {
            columns: wide,
            places: on_raster(heights, window, nodes)?,
        })
    }

    fn at(&self, [column, row]: [f64; 2]) -> [f64; 2] {
        let (x, y) = (column / LATTICE as f64, row / LATTICE as f64);
        let (left, top) = (x.floor(), y.floor());
        let (east, south) = (x - left, y - top);
        let node = as_count(top) * self.columns + as_count(left);
        let [a, b, c, d] = [node, node + 1, node + self.columns, node + self.columns + 1].map(|at| self.places[at]);
        [0, 1].map(|axis| {
            let upper = a[axis] + (b[axis] - a[axis]) * east;
            let lower = c[axis] + (d[axis] - c[axis]) * east;
            upper + (lower - upper) * south
        })
    }
}

/// Places of the map's zone as columns and rows of the raster.
fn on_raster(heights: &Heights<'_>, window: &Window, mut places: Vec<Coord<f64>>) -> Result<Vec<[f64; 2]>, MapError> {
    if heights.crs != Crs::utm(window.zone) {
        let [xs, ys] = Crs::utm(window.zone).range();
        for place in &mut places {
            *place = Coord {
                x: place.x.clamp(xs[0], xs[1]),
                y: place.y.clamp(ys[0], ys[1]),
            };
        }
        utm_to_lonlat(&mut places, window.zone)?;
        transform_from_lonlat(heights.crs, None, &mut places)?;
    }
    let on = |place: Coord<f64>| {
        [
            (place.x - heights.west) / heights.cell[0],
            (heights.north - place.y) / heights.cell[1],
        ]
    };
    Ok(places.into_iter().map(on).collect())
}

/// Millimetres of paper on a side of a cell in the middle of the frame, the shorter one.
fn cell_on_paper(heights: &Heights<'_>, window: &Window) -> Result<f64, MapError> {
    let middle = window.frame.centre();
    let steps = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)];
    let places = steps.map(|(x, y)| window.ground(middle + Coord { x, y })).to_vec();
    let places = on_raster(heights, window, places)?;
    let cells = |to: usize| {
        (0..2)
            .map(|axis| (places[to][axis] - places[0][axis]).abs())
            .fold(0.0, f64::max)
    };
    let most = cells(1).max(cells(2));
    if most.is_finite() && most > 0.0 {
        Ok(most.recip())
    } else {
        Err(MapError::NoLand)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of pixels and cells, not negative; `as` saturates"
)]
fn as_count(value: f64) -> usize {
    value as usize
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "parts of a cell and millimetres of ground; `as` saturates"
)]
fn whole(value: f64) -> i64 {
    value as i64
}
