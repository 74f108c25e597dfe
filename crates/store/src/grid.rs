//! Drainage models in the store: a feature says where the grid lies, and its strips lie beside it.

use crate::{
    Draft, Store, StoreError,
    connection::{self, Mode},
    fault::Fault,
    strips,
};
use crs::Crs;
use rayon::prelude::*;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use territory::{Feature, NewFeature, hex, unhex};
use watershed::{Drainage, Elevation, Grid, Placement, Raised, Waters, level_sea};

/// The member of a feature's source fields that holds the header.
const MEMBER: &str = "grid";
/// Cells of a strip, about.
const STRIP: usize = 1 << 20;

/// A drained grid on its way into the store.
#[derive(Clone, Copy, Debug)]
pub struct NewDrainage<'a> {
    /// The grid.
    pub drained: &'a Drainage,
    /// Cells from which a stream runs.
    pub threshold_cells: u32,
    /// The height of the sea in millimetres, where somebody said it.
    pub sea_mm: Option<i32>,
}

/// Where a drained grid lies and how it was made. Cells run row by row from the north-west corner.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Header {
    columns: u32,
    rows: u32,
    west: f64,
    north: f64,
    width: f64,
    height: f64,
    epsg: u32,
    threshold_cells: u32,
    /// Cells that the fill raised, the sum of it in millimetres, the most, and the first cell of which that is so.
    raised: (u64, u64, u32, Option<u32>),
    sea_mm: Option<i32>,
    /// Rows of a strip; the last may have fewer.
    strip_rows: u32,
    /// SHA-256 of the strips from the north, in hex.
    strips: Vec<String>,
}

impl Header {
    fn of(feature: &Feature) -> Option<Self> {
        serde_json::from_value(feature.source_fields.get(MEMBER)?.clone()).ok()
    }

    fn cells_of_strip(&self, strip: usize) -> Option<usize> {
        let from = self.strip_rows.checked_mul(u32::try_from(strip).ok()?)?;
        let rows = self.rows.checked_sub(from)?.min(self.strip_rows);
        (rows > 0).then_some(rows as usize * self.columns as usize)
    }

    fn grid(&self) -> Result<Grid, Fault> {
        let crs = Crs::from_epsg(self.epsg).map_err(|error| Fault::Damaged(error.to_string()))?;
        let place = Placement {
            west: self.west,
            north: self.north,
            width: self.width,
            height: self.height,
        };
        let grid = Grid::new(self.columns as usize, self.rows as usize, place, crs);
        grid.map_err(|error| Fault::Damaged(error.to_string()))
    }
}

/// Cells of the grid of a feature; none where it has no grid.
pub(crate) fn cells_of(feature: &Feature) -> Option<u64> {
    let header = Header::of(feature)?;
    Some(u64::from(header.columns) * u64::from(header.rows))
}

impl Draft {
    /// Adds a feature with a drained grid: the feature names the grid's strips by their hashes, so that its own hash covers them. Memory:
    /// a strip of a million cells for each thread.
    ///
    /// # Errors
    /// As [`Draft::push`].
    pub fn push_drainage(&mut self, mut feature: NewFeature, given: NewDrainage<'_>) -> Result<(), StoreError> {
        let NewDrainage {
            drained,
            threshold_cells,
            sea_mm,
        } = given;
        let (grid, columns) = (drained.grid(), drained.grid().columns());
        let rows = (STRIP / columns).clamp(1, grid.rows());
        let heights = drained.filled.millimetres().chunks(rows * columns);
        let pairs: Vec<(&[i32], &[u8])> = heights.zip(drained.directions.chunks(rows * columns)).collect();
        let mut strips = Vec::with_capacity(pairs.len());
        for some in pairs.chunks(rayon::current_num_threads()) {
            let packed: Vec<Vec<u8>> = some
                .par_iter()
                .map(|(heights, codes)| strips::pack(heights, codes))
                .collect();
            for bytes in packed {
                strips.push(hex(&self.stage_strip(&bytes)?));
            }
        }
        let (place, raised) = (grid.placement(), drained.raised);
        let whole = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let header = Header {
            columns: whole(columns),
            rows: whole(grid.rows()),
            west: place.west,
            north: place.north,
            width: place.width,
            height: place.height,
            epsg: grid.crs().epsg(),
            threshold_cells,
            raised: (raised.cells, raised.millimetres, raised.deepest, raised.deepest_cell),
            sea_mm,
            strip_rows: whole(rows),
            strips,
        };
        let told = serde_json::to_value(&header).map_err(|error| Fault::Damaged(error.to_string()));
        let told = told.map_err(|fault| fault.at(self.store_path()))?;
        feature.feature.source_fields.insert(MEMBER.to_owned(), told);
        self.push(feature)
    }
}

impl Store {
    /// The drainage model of a feature, ready for questions; none where the feature has no grid. Each strip is checked against its hash.
    ///
    /// Memory: what [`Waters`] takes.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] where a strip is missing or is not what was published, or the grid is no drainage.
    pub fn waters_of(&self, feature: &Feature) -> Result<Option<Waters>, StoreError> {
        let Some(header) = Header::of(feature) else {
            return Ok(None);
        };
        let connection = connection::open(self.path(), Mode::Read)?;
        let waters = read(&connection, &header);
        waters.map(Some).map_err(|fault| fault.at(self.path()))
    }
}

fn read(connection: &Connection, header: &Header) -> Result<Waters, Fault> {
    let grid = header.grid()?;
    let (mut heights, mut directions) = (Vec::with_capacity(grid.cells()), Vec::with_capacity(grid.cells()));
    let together = rayon::current_num_threads();
    let numbered: Vec<(usize, &String)> = header.strips.iter().enumerate().collect();
    for some in numbered.chunks(together) {
        let packed = some.iter().map(|(at, name)| Ok((*at, strip(connection, name)?)));
        let packed: Vec<(usize, Vec<u8>)> = packed.collect::<Result<_, Fault>>()?;
        let unpacked: Result<Vec<strips::Strip>, Fault> = packed
            .par_iter()
            .map(|(at, bytes)| {
                let cells = header.cells_of_strip(*at);
                let cells = cells.ok_or_else(|| Fault::Damaged("una grilla con franjas de más".to_owned()))?;
                strips::unpack(bytes, cells)
            })
            .collect();
        for (some_heights, codes) in unpacked? {
            heights.extend(some_heights);
            directions.extend(codes);
        }
    }
    let filled = Elevation::new(grid, heights).map_err(|error| Fault::Damaged(error.to_string()))?;
    let sea = header.sea_mm.map(|level| level_sea(&filled, level));
    let (cells, millimetres, deepest, deepest_cell) = header.raised;
    let raised = Raised {
        cells,
        millimetres,
        deepest,
        deepest_cell,
    };
    let drained = Drainage::restore(filled, directions, raised).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Waters::new(drained, header.threshold_cells, sea))
}

fn strip(connection: &Connection, name: &str) -> Result<Vec<u8>, Fault> {
    let hash = unhex(name).ok_or_else(|| Fault::Damaged(format!("«{name}» no es el nombre de una franja")))?;
    strips::read(connection, &hash)
}
