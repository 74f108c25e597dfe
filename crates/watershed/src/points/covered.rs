//! Features against the catchment of a cell: what of them drains to it, and whether its water passes them.

use super::Catchment;
use super::standing::as_cell;
use crate::direction::{NO_DIRECTION, OUTLET, downstream};
use crate::{Drainage, Grid};
use geo_types::{Coord, Geometry, LineString, Polygon};
use std::collections::BTreeSet;

/// How a feature lies to a cell, by the flow between cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bearing {
    /// Cells that the feature covers on the grid.
    pub covered: usize,
    /// Of them, those that nobody measured: nothing is known of their water.
    pub unknown: usize,
    /// Whether a part of it lies off the grid: nothing is known of that.
    pub beyond: bool,
    /// Of them, those that drain through the cell; the cell itself counts.
    pub upstream: usize,
    /// The ground of those in square metres.
    pub area: f64,
    /// The shortest way from one of them down to the cell, in millimetres; none where nothing of the feature lies upstream.
    pub way_down_to_it: Option<u32>,
    /// The way from the cell down to the feature, in metres; none where its water does not pass the feature.
    pub way_down_from_it: Option<f64>,
}

/// Relates covered cells (of [`covered_cells`]) to the catchment of a cell. A feature that covers the cell itself lies upstream and
/// downstream of it, both by 0.
pub fn bearing(drained: &Drainage, catchment: &Catchment, (cells, beyond): (&[u32], bool)) -> Bearing {
    let grid = drained.grid();
    let row = |cell: u32| cell as usize / grid.columns();
    let above: Vec<(u32, u32)> = cells
        .iter()
        .filter_map(|cell| Some((*cell, catchment.way(*cell)?)))
        .collect();
    Bearing {
        covered: cells.len(),
        unknown: cells
            .iter()
            .filter(|cell| drained.directions[**cell as usize] == NO_DIRECTION)
            .count(),
        beyond,
        upstream: above.len(),
        area: above.iter().map(|(cell, _)| grid.cell_area(row(*cell))).sum(),
        way_down_to_it: above.iter().map(|(_, way)| *way).min(),
        way_down_from_it: way_down(drained, catchment.mouth, cells),
    }
}

/// Metres from a cell along the flow to the first of some cells.
fn way_down(drained: &Drainage, mouth: u32, cells: &[u32]) -> Option<f64> {
    let grid = drained.grid();
    let (mut at, mut way) = (mouth as usize, 0.0);
    loop {
        if cells.binary_search(&as_cell(at)).is_ok() {
            return Some(way);
        }
        let code = drained.directions[at];
        if code == OUTLET || code == NO_DIRECTION {
            return None;
        }
        way += crate::network::step(grid, at, code);
        at = downstream(at, code, grid.columns());
    }
}

/// The cells that a feature covers, ascending, and whether a part of it lies off the grid. Coordinates are the grid's.
///
/// Of land those whose middles it covers; a piece of land that covers no middle, as a line does, those that its border passes.
pub fn covered_cells(grid: &Grid, feature: &Geometry<f64>) -> (Vec<u32>, bool) {
    let mut cover = Cover {
        grid,
        cells: BTreeSet::new(),
        beyond: false,
    };
    cover.geometry(feature);
    (cover.cells.into_iter().collect(), cover.beyond)
}

struct Cover<'a> {
    grid: &'a Grid,
    cells: BTreeSet<u32>,
    beyond: bool,
}

impl Cover<'_> {
    fn geometry(&mut self, feature: &Geometry<f64>) {
        match feature {
            Geometry::Point(point) => self.place(point.0),
            Geometry::MultiPoint(points) => points.iter().for_each(|point| self.place(point.0)),
            Geometry::Line(line) => self.line(&[line.start, line.end]),
            Geometry::LineString(line) => self.line(&line.0),
            Geometry::MultiLineString(lines) => lines.iter().for_each(|line| self.line(&line.0)),
            Geometry::Polygon(land) => self.land(land),
            Geometry::MultiPolygon(lands) => lands.iter().for_each(|land| self.land(land)),
            Geometry::Rect(rect) => self.land(&rect.to_polygon()),
            Geometry::Triangle(triangle) => self.land(&triangle.to_polygon()),
            Geometry::GeometryCollection(features) => features.iter().for_each(|feature| self.geometry(feature)),
        }
    }

    fn place(&mut self, Coord { x, y }: Coord<f64>) {
        match self.grid.cell_at([x, y]) {
            Some(cell) => {
                self.cells.insert(as_cell(cell));
            }
            None => self.beyond = true,
        }
    }

    /// The cells that a line passes: it is cut where it crosses from one to the next, and each stretch lies where its middle does.
    fn line(&mut self, line: &[Coord<f64>]) {
        for ends in line.windows(2) {
            let (from, to) = (ends[0], ends[1]);
            let mut cuts = vec![0.0, 1.0];
            let place = self.grid.placement();
            cuts.extend(crossings(
                (from.x - place.west) / place.width,
                (to.x - place.west) / place.width,
                self.grid.columns(),
            ));
            cuts.extend(crossings(
                (place.north - from.y) / place.height,
                (place.north - to.y) / place.height,
                self.grid.rows(),
            ));
            cuts.sort_by(f64::total_cmp);
            for pair in cuts.windows(2) {
                let part = f64::midpoint(pair[0], pair[1]);
                self.place(Coord {
                    x: from.x + (to.x - from.x) * part,
                    y: from.y + (to.y - from.y) * part,
                });
            }
        }
        if let [only] = line {
            self.place(*only);
        }
    }

    fn land(&mut self, land: &Polygon<f64>) {
        let place = self.grid.placement();
        let rings = || std::iter::once(land.exterior()).chain(land.interiors());
        let [mut low, mut high] = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
        for Coord { x, y } in land.exterior().coords() {
            low = [low[0].min(*x), low[1].min(*y)];
            high = [high[0].max(*x), high[1].max(*y)];
        }
        let [east, south] = self.grid.corner(self.grid.columns(), self.grid.rows());
        self.beyond |= low[0] < place.west || high[0] > east || high[1] > place.north || low[1] < south;
        let row_at = |y: f64| index_within((place.north - y) / place.height, self.grid.rows());
        let mut found = false;
        for row in row_at(high[1])..(row_at(low[1]) + 1).min(self.grid.rows()) {
            found |= self.row(row, rings());
        }
        if !found {
            self.line(&land.exterior().0);
        }
    }

    /// The cells of a row whose middles lie within the rings, by the crossings of its middle line.
    fn row<'r>(&mut self, row: usize, rings: impl Iterator<Item = &'r LineString<f64>>) -> bool {
        let (grid, place) = (self.grid, self.grid.placement());
        let y = grid.corner(0, row)[1] - place.height / 2.0;
        let mut crossed: Vec<f64> = rings
            .flat_map(LineString::lines)
            .filter(|edge| (edge.start.y <= y) != (edge.end.y <= y))
            .map(|edge| edge.start.x + (edge.end.x - edge.start.x) * ((y - edge.start.y) / (edge.end.y - edge.start.y)))
            .collect();
        crossed.sort_by(f64::total_cmp);
        let mut found = false;
        for ends in crossed.chunks_exact(2) {
            // a middle on the west border belongs to the land, one on the east border does not
            let column = |x: f64| index_within(libm::ceil((x - place.west) / place.width - 0.5), grid.columns());
            for column in column(ends[0])..column(ends[1]) {
                self.cells.insert(as_cell(row * grid.columns() + column));
                found = true;
            }
        }
        found
    }
}

/// A place along an axis as a whole number between 0 and `count`.
fn index_within(value: f64, count: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the grid"
    )]
    let index = value.clamp(0.0, count as f64) as usize;
    index
}

/// Where between 0 and 1 a way from `from` to `to` crosses the lines of an axis, 0 to `count`.
fn crossings(from: f64, to: f64, count: usize) -> impl Iterator<Item = f64> {
    let (low, high) = (from.min(to), from.max(to));
    let first = index_within(libm::ceil(low), count);
    let last = index_within(libm::floor(high) + 1.0, count + 1);
    let whole = move |line: &usize| low <= *line as f64 && *line as f64 <= high && low < high;
    (first..last)
        .filter(whole)
        .map(move |line| (line as f64 - from) / (to - from))
}
