//! Where the cells of a raster lie, how far apart they are and how much ground each covers.

use crs::{Crs, Datum};

/// A raster's place on the ground: north up, rows from north to south, columns from west to east.
///
/// Cells are numbered row by row from 0. Coordinates are those of [`Grid::crs`]: metres, or degrees.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    columns: u32,
    rows: u32,
    west: f64,
    north: f64,
    width: f64,
    height: f64,
    crs: Crs,
}

/// Why numbers make no grid.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum GridError {
    /// No cell, or more than can be numbered.
    #[error("{columns} columns and {rows} rows: a grid has between 1 and 4 294 967 294 cells")]
    Size {
        /// Columns asked for.
        columns: usize,
        /// Rows asked for.
        rows: usize,
    },
    /// A corner or a cell size that is no usable number.
    #[error("the corner ({west}, {north}) with cells of {width} by {height} is no place")]
    Place {
        /// West edge.
        west: f64,
        /// North edge.
        north: f64,
        /// Width of a cell.
        width: f64,
        /// Height of a cell.
        height: f64,
    },
    /// As many values are needed as there are cells.
    #[error("{values} values for {cells} cells")]
    Values {
        /// Values given.
        values: usize,
        /// Cells of the grid.
        cells: usize,
    },
    /// A height that no place on Earth has.
    #[error("cell {cell} is {millimetres} mm high; at most 536 km either way can be held")]
    Height {
        /// Number of the cell.
        cell: usize,
        /// The height.
        millimetres: i32,
    },
}

impl GridError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Size { columns, rows } => {
                format!("La grilla tiene {columns} columnas y {rows} filas; recórtela a menos de 4 294 967 295 celdas.")
            }
            Self::Place { .. } => {
                format!(
                    "La georreferencia de la grilla no es utilizable ({self}); corrija su esquina y su tamaño de celda."
                )
            }
            Self::Values { values, cells } => {
                format!("Hay {values} valores para {cells} celdas; el archivo está incompleto, vuelva a obtenerlo.")
            }
            Self::Height { cell, millimetres } => format!(
                "La celda {cell} tiene una altura de {millimetres} mm; revise la unidad vertical y el valor de «sin dato»."
            ),
        }
    }
}

/// The upper left corner and the size of a cell, in the units of the coordinate system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placement {
    /// West edge of the first column.
    pub west: f64,
    /// North edge of the first row.
    pub north: f64,
    /// Width of a cell, positive.
    pub width: f64,
    /// Height of a cell, positive.
    pub height: f64,
}

impl Grid {
    /// A grid of so many columns and rows at a place.
    ///
    /// # Errors
    /// No cell or too many of them; a corner or a cell size that is no usable number.
    pub fn new(columns: usize, rows: usize, place: Placement, crs: Crs) -> Result<Self, GridError> {
        let size = || GridError::Size { columns, rows };
        let cells = columns.checked_mul(rows).ok_or_else(size)?;
        if cells == 0 || cells >= u32::MAX as usize {
            return Err(size());
        }
        let Placement {
            west,
            north,
            width,
            height,
        } = place;
        let usable = [west, north, width, height].iter().all(|value| value.is_finite());
        let on_earth = !crs.is_geographic()
            || (north <= 90.0 + 1e-9
                && north - height * rows as f64 >= -90.0 - 1e-9
                && width * columns as f64 <= 360.0 + 1e-9);
        if !usable || width <= 0.0 || height <= 0.0 || !on_earth {
            return Err(GridError::Place {
                west,
                north,
                width,
                height,
            });
        }
        let (columns, rows) = (
            u32::try_from(columns).map_err(|_| size())?,
            u32::try_from(rows).map_err(|_| size())?,
        );
        Ok(Self {
            columns,
            rows,
            west,
            north,
            width,
            height,
            crs,
        })
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns as usize
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows as usize
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.columns() * self.rows()
    }

    /// The corner and the size of a cell.
    pub fn placement(&self) -> Placement {
        Placement {
            west: self.west,
            north: self.north,
            width: self.width,
            height: self.height,
        }
    }

    /// The coordinate system.
    pub fn crs(&self) -> Crs {
        self.crs
    }

    /// The upper left corner of a column and a row; one past the last is the other edge.
    pub fn corner(&self, column: usize, row: usize) -> [f64; 2] {
        [
            self.west + self.width * column as f64,
            self.north - self.height * row as f64,
        ]
    }

    /// The middle of a cell.
    pub fn centre(&self, cell: usize) -> [f64; 2] {
        let (row, column) = (cell / self.columns(), cell % self.columns());
        [
            self.west + self.width * (column as f64 + 0.5),
            self.north - self.height * (row as f64 + 0.5),
        ]
    }

    /// The cell in which a point lies; its west and north edges belong to it. `None` outside of the grid.
    pub fn cell_at(&self, [x, y]: [f64; 2]) -> Option<usize> {
        let (across, down) = ((x - self.west) / self.width, (self.north - y) / self.height);
        let within = |value: f64, count: u32| value >= 0.0 && value < f64::from(count);
        if !within(across, self.columns) || !within(down, self.rows) {
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked to lie within the grid"
        )]
        let (column, row) = (across as usize, down as usize);
        Some(row * self.columns() + column)
    }

    /// The ground that a cell of a row covers, in square metres: on the ellipsoid for degrees, in the plane for metres.
    pub fn cell_area(&self, row: usize) -> f64 {
        if !self.crs.is_geographic() {
            return self.width * self.height;
        }
        let [_, north] = self.corner(0, row);
        let ellipsoid = Ellipsoid::of(self.crs.datum());
        (ellipsoid.zone(north) - ellipsoid.zone(north - self.height)) * self.width.to_radians()
    }

    /// Metres from the middle of a cell of a row to the next one east, and to the next one south.
    pub fn spacing(&self, row: usize) -> [f64; 2] {
        if !self.crs.is_geographic() {
            return [self.width, self.height];
        }
        let latitude = (self.corner(0, row)[1] - self.height / 2.0).to_radians();
        let [east, north] = Ellipsoid::of(self.crs.datum()).radii(latitude);
        [east * self.width.to_radians(), north * self.height.to_radians()]
    }
}

/// Half axis in metres and squared eccentricity.
struct Ellipsoid {
    axis: f64,
    squared: f64,
}

impl Ellipsoid {
    /// EPSG ellipsoids 7030, 7019 and 7022.
    fn of(datum: Datum) -> Self {
        let (axis, inverse) = match datum {
            Datum::Wgs84 => (6_378_137.0, 298.257_223_563),
            Datum::Peru96 | Datum::Sirgas2000 => (6_378_137.0, 298.257_222_101),
            Datum::Psad56 => (6_378_388.0, 297.0),
        };
        let flattening = 1.0 / inverse;
        Self {
            axis,
            squared: flattening * (2.0 - flattening),
        }
    }

    /// Square metres between the equator and a latitude in degrees, for each radian of longitude (Snyder 1987, 3-12).
    fn zone(&self, latitude: f64) -> f64 {
        let (sine, e) = (libm::sin(latitude.to_radians()), libm::sqrt(self.squared));
        let q = sine / (1.0 - self.squared * sine * sine) + libm::atanh(e * sine) / e;
        self.axis * self.axis * (1.0 - self.squared) * q / 2.0
    }

    /// Metres for each radian eastward and northward at a latitude in radians (Snyder 1987, 4-18 to 4-21).
    fn radii(&self, latitude: f64) -> [f64; 2] {
        let sine = libm::sin(latitude);
        let root = libm::sqrt(1.0 - self.squared * sine * sine);
        [
            self.axis * libm::cos(latitude) / root,
            self.axis * (1.0 - self.squared) / (root * root * root),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees() -> Grid {
        let place = Placement {
            west: -72.0,
            north: -13.0,
            width: 1.0 / 3600.0,
            height: 1.0 / 3600.0,
        };
        Grid::new(3600, 3600, place, Crs::WGS84).unwrap()
    }

    #[test]
    fn a_degree_square_covers_what_geographiclib_says() {
        let total: f64 = (0..3600).map(|row| degrees().cell_area(row) * 3600.0).sum();
        // Geod.polygon_area_perimeter of pyproj 3.7.2 (PROJ 9.5.1), each parallel as 36 000 chords
        assert!((total - DEGREE_SQUARE).abs() < 1.0, "{total}");
    }

    const DEGREE_SQUARE: f64 = 11_977_560_472.1;

    #[test]
    fn a_point_finds_the_cell_whose_middle_it_is() {
        let grid = degrees();
        for cell in [0, 1, 3599, 3600, 12_345_678] {
            assert_eq!(grid.cell_at(grid.centre(cell)), Some(cell));
        }
        assert_eq!(grid.cell_at([-72.1, -13.5]), None);
        assert_eq!(grid.cell_at([f64::NAN, -13.5]), None);
    }

    #[test]
    fn what_is_no_grid_is_refused() {
        let place = Placement {
            west: 0.0,
            north: 0.0,
            width: 0.0,
            height: 1.0,
        };
        assert!(matches!(
            Grid::new(1, 1, place, Crs::WEB_MERCATOR),
            Err(GridError::Place { .. })
        ));
        let place = Placement { width: 1.0, ..place };
        assert!(matches!(
            Grid::new(0, 1, place, Crs::WEB_MERCATOR),
            Err(GridError::Size { .. })
        ));
        assert!(matches!(
            Grid::new(1 << 16, 1 << 16, place, Crs::WEB_MERCATOR),
            Err(GridError::Size { .. })
        ));
        assert!(matches!(
            Grid::new(10, 100, place, Crs::WGS84),
            Err(GridError::Place { .. })
        ));
    }
}
