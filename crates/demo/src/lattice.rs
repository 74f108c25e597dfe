//! The grid on which the land is made: square cells in UTM 18S of WGS 84, rows from north to south.

/// Columns and rows to the eight neighbours in the order E, SE, S, SW, W, NW, N, NE.
pub const COMPASS: [(isize, isize); 8] = [(1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1)];

/// Where the cells lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lattice {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Side of a cell in metres.
    pub cell: f64,
    /// Easting of the west edge in metres, EPSG:32718.
    pub west: f64,
    /// Northing of the north edge in metres, EPSG:32718.
    pub north: f64,
}

/// The lattice of the territory: 15.96 × 14.16 km, wholly in zone 18S.
pub const TERRITORY: Lattice = Lattice {
    width: 532,
    height: 472,
    cell: 30.0,
    west: 807_600.0,
    north: 8_521_560.0,
};

impl Lattice {
    /// Cells in all.
    pub fn cells(&self) -> usize {
        self.width * self.height
    }

    /// The cell of a column and a row.
    pub fn index(&self, column: usize, row: usize) -> usize {
        row * self.width + column
    }

    /// Easting and northing of a cell's centre.
    pub fn centre(&self, cell: usize) -> (f64, f64) {
        let (column, row) = (cell % self.width, cell / self.width);
        (
            self.west + (column as f64 + 0.5) * self.cell,
            self.north - (row as f64 + 0.5) * self.cell,
        )
    }

    /// Kilometres east and north of the middle of the territory.
    pub fn plan(&self, cell: usize) -> (f64, f64) {
        let (easting, northing) = self.centre(cell);
        to_plan(easting, northing)
    }

    /// The cell that holds a place, if any.
    pub fn cell_at(&self, easting: f64, northing: f64) -> Option<usize> {
        let (x, y) = ((easting - self.west) / self.cell, (self.north - northing) / self.cell);
        if x < 0.0 || y < 0.0 || x >= self.width as f64 || y >= self.height as f64 {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked against the bounds above"
        )]
        Some(self.index(x as usize, y as usize))
    }

    /// The neighbours of a cell that exist, with their direction in `COMPASS`.
    pub fn neighbours(&self, cell: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let (width, height) = (self.width, self.height);
        let (column, row) = (cell % width, cell / width);
        COMPASS.iter().enumerate().filter_map(move |(direction, &(dx, dy))| {
            let (x, y) = (column.checked_add_signed(dx)?, row.checked_add_signed(dy)?);
            (x < width && y < height).then(|| (direction, y * width + x))
        })
    }

    /// The four neighbours that share a side.
    pub fn beside(&self, cell: usize) -> impl Iterator<Item = usize> + use<> {
        self.neighbours(cell)
            .filter(|(direction, _)| direction % 2 == 0)
            .map(|(_, other)| other)
    }

    /// Cells to the nearest edge of the lattice; 0 on the edge.
    pub fn margin(&self, cell: usize) -> usize {
        let (column, row) = (cell % self.width, cell / self.width);
        column.min(row).min(self.width - 1 - column).min(self.height - 1 - row)
    }

    /// Distance in cells to the neighbour in a direction.
    pub fn stride(direction: usize) -> f64 {
        if direction.is_multiple_of(2) {
            1.0
        } else {
            std::f64::consts::SQRT_2
        }
    }
}

/// Kilometres east and north of the middle of the territory.
pub fn to_plan(easting: f64, northing: f64) -> (f64, f64) {
    let middle_east = TERRITORY.west + TERRITORY.cell * TERRITORY.width as f64 / 2.0;
    let middle_north = TERRITORY.north - TERRITORY.cell * TERRITORY.height as f64 / 2.0;
    ((easting - middle_east) / 1000.0, (northing - middle_north) / 1000.0)
}
