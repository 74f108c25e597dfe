//! The model itself with all that is made once of it.

use crate::direction::{CODES, NO_DIRECTION, OUTLET, STEPS, downstream, opposite};
use crate::upstream::Amounts;
use crate::{Drainage, Flow, Grid, Ground, Network, Snap, Snapped, Snapper, accumulate};
use territory::Metres;

/// A drained model with its streams, their numbers and the index in which points look for them: made once, asked often.
///
/// Memory: some 18 bytes a cell (heights 4, basins 4, units 4, directions 1, and 70 for each cell of a stream). The same grid and threshold
/// give the same numbers always.
#[derive(Clone, Debug)]
pub struct Waters {
    drained: Drainage,
    network: Network,
    flow: Flow,
    snapper: Snapper,
    sea: Option<Vec<bool>>,
    /// For each cell the reach that it drains to plus one; 0 where no stream is met.
    units: Vec<u32>,
    /// Ground of the units, in square millimetres.
    ground: Amounts,
    /// Of each row: the ground of a cell in square millimetres.
    cell_ground: Vec<u64>,
    /// Of each row: micrometres along a row, across rows, slanting.
    paces: Vec<[u64; 3]>,
}

/// A cell on a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mouth {
    /// The cell.
    pub cell: u32,
    /// The reach that runs through it.
    pub reach: u32,
    /// Millimetres from its middle down to the lower end of the reach.
    pub below: u32,
}

impl Waters {
    /// A model with streams where at least `threshold` cells drain; `sea` says for each cell whether it is sea, where somebody said.
    ///
    /// # Panics
    /// When `sea` has not one value for each cell.
    pub fn new(drained: Drainage, threshold: u32, sea: Option<Vec<bool>>) -> Self {
        let grid = drained.grid();
        assert!(
            sea.as_ref().is_none_or(|sea| sea.len() == grid.cells()),
            "one value for each cell"
        );
        let sums = accumulate(&drained.directions, grid.columns(), |_| 1_u32);
        let network = Network::find(&drained, &sums, threshold);
        drop(sums);
        let flow = Flow::of_network(&network);
        let snapper = Snapper::of_network(&drained, &network);
        let units = network.catchments(&drained);
        let (cell_ground, paces) = rows(grid);
        let mut sums = vec![0_u64; network.reaches.len()];
        for (cells, ground) in units.chunks(grid.columns()).zip(&cell_ground) {
            for label in cells.iter().filter(|label| **label != 0) {
                sums[*label as usize - 1] += ground;
            }
        }
        let given: Vec<(u32, usize, u64)> = (0..).zip(sums).map(|(node, ground)| (node, 0, ground)).collect();
        Self {
            ground: Amounts::new(&flow, 1, &given).expect("no planet has so much ground"),
            drained,
            network,
            flow,
            snapper,
            sea,
            units,
            cell_ground,
            paces,
        }
    }

    /// The grid.
    pub fn grid(&self) -> &Grid {
        self.drained.grid()
    }

    /// Where water goes.
    pub fn drained(&self) -> &Drainage {
        &self.drained
    }

    /// The streams. Their numbers are ranks of [`Waters::flow`] as well: all that lies upstream of a reach follows it at once.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// The reaches as nodes.
    pub fn flow(&self) -> &Flow {
        &self.flow
    }

    /// Where points look for streams.
    pub fn snapper(&self) -> &Snapper {
        &self.snapper
    }

    /// The land and the sea, for where a point stands.
    pub fn ground(&self) -> Ground<'_> {
        Ground {
            drained: &self.drained,
            sea: self.sea.as_deref(),
        }
    }

    /// The reach that a cell drains to; none where it meets no stream or was not measured.
    ///
    /// # Panics
    /// When the cell is not there, as all that asks by cell.
    pub fn reach_of(&self, cell: u32) -> Option<u32> {
        self.units[cell as usize].checked_sub(1)
    }

    /// The stream nearest to a point in the grid's coordinates, and its cell.
    ///
    /// # Errors
    /// Why there is none: the point stands where nothing can be said, or all streams lie farther than `limit`.
    pub fn snap(&self, point: [f64; 2], limit: Metres) -> Result<(Snap, Mouth), Snapped> {
        let found = self.snapper.snap(self.ground(), point, limit);
        let Snapped::Found(snap) = found else { return Err(found) };
        let cell = self.network.nearest_cell(&self.drained, snap.place.node, snap.at);
        // the cells of reaches are streams: there is a mouth
        self.mouth(cell).map(|mouth| (snap, mouth)).ok_or(found)
    }

    /// A cell as a place on a stream; none where no stream runs through it.
    pub fn mouth(&self, cell: u32) -> Option<Mouth> {
        let reach = self.reach_of(cell)?;
        let (last, columns) = (
            self.network.reaches[reach as usize].last as usize,
            self.grid().columns(),
        );
        let mut met = false;
        let mut way = 0;
        for at in self.network.reaches[reach as usize].cells(&self.drained) {
            met |= at == cell as usize;
            let leaves = at != last || downstream(at, self.drained.directions[at], columns) != at;
            if met && leaves {
                way += self.pace(at);
            }
        }
        met.then(|| Mouth {
            cell,
            reach,
            below: whole_millimetres(way),
        })
    }

    /// Square millimetres of ground that drain through the lower end of a reach.
    pub fn ground_upstream(&self, reach: u32) -> u64 {
        self.ground.upstream(&self.flow, reach, 0)
    }

    /// Square millimetres of ground of the units of some reaches.
    pub(super) fn ground_of(&self, reaches: &std::ops::Range<u32>) -> u64 {
        self.ground.of_ranks(reaches, 0)
    }

    /// Square millimetres of ground of a cell.
    pub fn cell_ground(&self, cell: u32) -> u64 {
        self.cell_ground[cell as usize / self.grid().columns()]
    }

    /// The reach plus one that cells drain to.
    pub(super) fn label(&self, cell: u32) -> u32 {
        self.units[cell as usize]
    }

    /// Whether a cell was measured.
    pub(super) fn known(&self, cell: u32) -> bool {
        self.drained.directions[cell as usize] != NO_DIRECTION
    }

    /// Micrometres from a cell to the one that it flows into.
    fn pace(&self, cell: usize) -> u64 {
        let code = self.drained.directions[cell];
        let [along, across, slanting] = self.paces[cell / self.grid().columns()];
        match code {
            OUTLET | NO_DIRECTION => 0,
            1 | 16 => along,
            4 | 64 => across,
            _ => slanting,
        }
    }

    /// The next cell down and the micrometres to it; none at an outlet and where nobody measured.
    pub(super) fn step_down(&self, cell: u32) -> Option<(u32, u64)> {
        let at = cell as usize;
        let next = downstream(at, self.drained.directions[at], self.grid().columns());
        (next != at).then(|| (as_cell(next), self.pace(at)))
    }

    /// Calls `visit` with each cell of the same unit that drains through `from`, itself first, and its micrometres to it, but for those
    /// that lie behind a cell for which `stop` holds.
    pub(super) fn climb(&self, from: u32, stop: impl Fn(u32) -> bool, mut visit: impl FnMut(u32, u64)) {
        let (label, columns, rows) = (self.label(from), self.grid().columns(), self.grid().rows());
        let mut open = vec![(from, 0_u64)];
        while let Some((cell, way)) = open.pop() {
            visit(cell, way);
            let (row, column) = (cell as usize / columns, cell as usize % columns);
            for (code, (across, down)) in CODES.into_iter().zip(STEPS) {
                let place = column.checked_add_signed(across).zip(row.checked_add_signed(down));
                let Some((column, row)) = place.filter(|(column, row)| *column < columns && *row < rows) else {
                    continue;
                };
                let other = row * columns + column;
                let above = self.drained.directions[other] == opposite(code) && self.units[other] == label;
                if above && !stop(as_cell(other)) {
                    open.push((as_cell(other), way + self.pace(other)));
                }
            }
        }
    }

    /// All cells of the unit of a reach, ascending, with their micrometres to its lower end.
    pub(super) fn unit(&self, reach: u32) -> Vec<(u32, u64)> {
        let last = self.network.reaches[reach as usize].last;
        let end = self.step_down(last).map_or(0, |(_, pace)| pace);
        let mut cells = Vec::new();
        self.climb(last, |_| false, |cell, way| cells.push((cell, way + end)));
        cells.sort_unstable();
        cells
    }
}

/// Ground of a cell and ways between cells, of each row.
fn rows(grid: &Grid) -> (Vec<u64>, Vec<[u64; 3]>) {
    let whole = |value: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "areas and ways are positive, and `as` saturates"
        )]
        let whole = libm::round(value * 1e6) as u64;
        whole
    };
    let row = |row: usize| {
        let first = row * grid.columns();
        let paces = [1, 4, 2].map(|code| whole(crate::network::step(grid, first, code)));
        (whole(grid.cell_area(row)), paces)
    };
    (0..grid.rows()).map(row).unzip()
}

/// Micrometres as millimetres, halves up; at most 4 294 km.
pub(super) fn whole_millimetres(micrometres: u64) -> u32 {
    u32::try_from((micrometres + 500) / 1000).unwrap_or(u32::MAX)
}

pub(super) fn as_cell(cell: usize) -> u32 {
    u32::try_from(cell).expect("cells are numbered with 32 bits")
}
