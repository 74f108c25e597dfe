//! Microbasins (*microcuencas*): the pieces of Pfafstetter's division with what is known of each.

use crate::frame::Rows;
use crate::pfafstetter::divide;
use crate::terrain::{NO_SLOPE, slopes_among};
use crate::{Division, Drainage, Grid, NODATA, Network, Outline, Piece, outlines};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// A coded piece of land and its facts. Areas and lengths are in metres of the grid: planar for a projected one, on the ellipsoid
/// for degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its code, and its part of the network.
    pub piece: Piece,
    /// Its code continues the official one.
    pub continues: bool,
    /// The unit that it flows into, by its place; `None` at an outlet.
    pub next: Option<usize>,
    /// The number of its basin, as in [`Drainage::basins`].
    pub basin: u32,
    /// Square metres.
    pub area: f64,
    /// Metres round it, see [`Outline::perimeter`].
    pub perimeter: f64,
    /// Lowest and highest filled height in millimetres.
    pub heights: [i32; 2],
    /// The mean of its cells' slopes, metres of fall for each metre.
    pub mean_slope: f64,
    /// Strahler's order of its lowest reach.
    pub strahler: u8,
    /// Metres of all its streams.
    pub stream_length: f64,
    /// Metres of its main stem, from where the stream begins or enters to where it leaves.
    pub stem_length: f64,
    /// Fall along the main stem in millimetres.
    pub stem_fall: i32,
    /// Its borders on the grid.
    pub outline: Outline,
}

impl Unit {
    /// Metres of stream for each square metre; a thousand times as many kilometres for each square kilometre.
    pub fn drainage_density(&self) -> f64 {
        self.stream_length / self.area
    }

    /// Gravelius' compactness: its perimeter over that of a circle of its area.
    pub fn compactness(&self) -> f64 {
        self.perimeter / (2.0 * libm::sqrt(std::f64::consts::PI * self.area))
    }

    /// Minutes that water needs along the main stem, by Kirpich (1940, «Time of concentration of small agricultural watersheds», Civil
    /// Engineering 10(6):362): 0.01947 L^0.77 S^−0.385, L in metres, S in metres for each metre. `None` without a fall.
    pub fn concentration_minutes(&self) -> Option<f64> {
        let slope = f64::from(self.stem_fall) / 1000.0 / self.stem_length;
        (self.stem_length > 0.0 && slope > 0.0)
            .then(|| 0.01947 * libm::pow(self.stem_length, 0.77) * libm::pow(slope, -0.385))
    }
}

/// Which basin continues an official code, and with what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefix<'a> {
    /// The outlet reach of the basin.
    pub outlet: u32,
    /// Its official code.
    pub code: &'a str,
}

/// All units and the land of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// Basin by basin in the order of the network, and by code.
    pub units: Vec<Unit>,
    /// For each cell the place of its unit plus one; 0 where no stream is met.
    pub labels: Vec<u32>,
    /// For each reach the place of its unit plus one.
    pub owners: Vec<u32>,
}

/// Divides all basins; codes of basins that continue no official code begin with their first digit.
///
/// # Panics
/// When network and drainage are not of one grid.
pub fn find_units(drained: &Drainage, network: &Network, prefix: Option<Prefix>, division: Division) -> Units {
    let pieces = pieces(network, prefix, division);
    let mut labels = network.catchments(drained);
    let owners = owners(network, &pieces);
    labels
        .par_iter_mut()
        .filter(|label| **label != 0)
        .for_each(|label| *label = owners[*label as usize - 1]);
    let mut grounds = vec![Ground::default(); pieces.len()];
    let heights = Rows {
        cells: drained.filled.millimetres(),
        first: 0,
        columns: drained.grid().columns(),
    };
    add_grounds(&mut grounds, drained.grid(), heights, (0, &labels));
    let found = Found {
        grounds,
        outlines: outlines(drained.grid(), &labels, pieces.len()),
        pieces,
        owners,
    };
    let (units, owners) = found.units(network, &drained.outlets, prefix);
    Units { units, labels, owners }
}

/// The pieces of all basins.
pub(crate) fn pieces(network: &Network, prefix: Option<Prefix>, division: Division) -> Vec<Piece> {
    let outlets = (0_u32..)
        .zip(&network.reaches)
        .filter(|(_, reach)| reach.next.is_none())
        .map(|(at, _)| at);
    let outlets: Vec<u32> = outlets.collect();
    let pieces: Vec<Vec<Piece>> = outlets
        .par_iter()
        .map(|outlet| {
            let code = prefix
                .filter(|prefix| prefix.outlet == *outlet)
                .map_or("", |prefix| prefix.code);
            divide(network, *outlet, code, division)
        })
        .collect();
    pieces.into_iter().flatten().collect()
}

/// What makes units, piece by piece.
pub(crate) struct Found {
    pub pieces: Vec<Piece>,
    pub grounds: Vec<Ground>,
    pub outlines: Vec<Outline>,
    /// For each reach the place of its unit plus one.
    pub owners: Vec<u32>,
}

impl Found {
    /// The units, and `owners` again; `outlets` are the outlet cells of all basins, ascending.
    pub fn units(self, network: &Network, outlets: &[u32], prefix: Option<Prefix>) -> (Vec<Unit>, Vec<u32>) {
        let owners = self.owners;
        let parts = self.pieces.into_iter().zip(self.grounds).zip(self.outlines);
        let units =
            parts.map(|((piece, ground), outline)| unit((network, outlets), &owners, prefix, (piece, ground, outline)));
        (units.collect(), owners)
    }
}

/// The number of the basin of an outlet cell.
fn basin_of(outlets: &[u32], cell: u32) -> u32 {
    let place = outlets
        .binary_search(&cell)
        .expect("a basin's lowest reach ends in its outlet");
    u32::try_from(place).expect("a grid has fewer cells") + 1
}

/// For each reach the place of its unit plus one.
pub(crate) fn owners(network: &Network, pieces: &[Piece]) -> Vec<u32> {
    let mut owners = vec![0; network.reaches.len()];
    for (owner, piece) in (1..).zip(pieces) {
        for reach in piece.stem.clone() {
            owners[reach as usize] = owner;
        }
        for branch in &piece.branches {
            let end = branch + network.reaches[*branch as usize].size;
            owners[*branch as usize..end as usize].fill(owner);
        }
    }
    owners
}

fn unit(
    (network, outlets): (&Network, &[u32]),
    owners: &[u32],
    prefix: Option<Prefix>,
    (piece, ground, outline): (Piece, Ground, Outline),
) -> Unit {
    let reach = |at: u32| &network.reaches[at as usize];
    let mouth = reach(piece.stem.start);
    let stem_length = piece.stem.clone().map(|at| reach(at).length).sum();
    let whole = |branch: &u32| {
        (*branch..branch + reach(*branch).size)
            .map(|at| reach(at).length)
            .sum::<f64>()
    };
    let stream_length = piece
        .branches
        .iter()
        .map(whole)
        .fold(stem_length, |total, length| total + length);
    Unit {
        continues: prefix.is_some_and(|prefix| prefix.outlet == piece.basin),
        next: mouth.next.map(|next| owners[next as usize] as usize - 1),
        basin: basin_of(outlets, reach(piece.basin).last),
        area: ground.area,
        perimeter: outline.perimeter,
        heights: [ground.lowest, ground.highest],
        mean_slope: ground.slopes as f64 / SLOPE_STEPS / ground.cells.max(1) as f64,
        strahler: mouth.strahler,
        stream_length,
        stem_length,
        stem_fall: reach(piece.stem.end - 1).heights[0] - mouth.heights[1],
        outline,
        piece,
    }
}

/// Slopes are added up as whole numbers of this part, so that their order does not matter.
const SLOPE_STEPS: f64 = 1e6;

/// Sums over the cells of a label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ground {
    cells: u64,
    area: f64,
    lowest: i32,
    highest: i32,
    slopes: u64,
}

impl Default for Ground {
    fn default() -> Self {
        Self {
            cells: 0,
            area: 0.0,
            lowest: NODATA,
            highest: -NODATA,
            slopes: 0,
        }
    }
}

impl Ground {
    fn add(&mut self, other: &Self) {
        self.cells += other.cells;
        self.area += other.area;
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.slopes += other.slopes;
    }
}

/// Rows that are added up together, always the same ones.
pub(crate) const BAND: usize = 64;

/// Adds the cells of rows to the grounds of their labels: whole bands from the row `first` on, which is a multiple of [`BAND`]. `heights`
/// holds these rows and their neighbours.
pub(crate) fn add_grounds(grounds: &mut [Ground], grid: &Grid, heights: Rows<i32>, (first, labels): (usize, &[u32])) {
    let columns = grid.columns();
    let bands: Vec<BTreeMap<u32, Ground>> = labels
        .par_chunks(columns * BAND)
        .enumerate()
        .map(|(band, labels)| of_band(grid, heights, (first + band * BAND, labels)))
        .collect();
    for (label, ground) in bands.iter().flatten() {
        grounds[*label as usize - 1].add(ground);
    }
}

fn of_band(grid: &Grid, heights: Rows<i32>, (first, labels): (usize, &[u32])) -> BTreeMap<u32, Ground> {
    let columns = grid.columns();
    let mut slopes = vec![0.0; columns];
    let mut found: BTreeMap<u32, Ground> = BTreeMap::new();
    for (row, labels) in (first..).zip(labels.chunks(columns)) {
        slopes_among(grid, heights, row, &mut slopes);
        let heights = heights.get(row).unwrap_or_default();
        let cell_area = grid.cell_area(row);
        let mut at = 0;
        for run in labels.chunk_by(|a, b| a == b) {
            let cells = at..at + run.len();
            at = cells.end;
            if run[0] == 0 {
                continue;
            }
            let ground = found.entry(run[0]).or_default();
            ground.add(&of_run(&heights[cells.clone()], &slopes[cells], cell_area));
        }
    }
    found
}

fn of_run(heights: &[i32], slopes: &[f32], cell_area: f64) -> Ground {
    let whole = |slope: &f32| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a slope is no more than thousands"
        )]
        let steps = (f64::from(*slope) * SLOPE_STEPS) as u64;
        steps
    };
    Ground {
        cells: heights.len() as u64,
        area: cell_area * heights.len() as f64,
        lowest: heights.iter().copied().min().unwrap_or(NODATA),
        highest: heights.iter().copied().max().unwrap_or(-NODATA),
        slopes: slopes.iter().filter(|slope| **slope > NO_SLOPE).map(whole).sum(),
    }
}
