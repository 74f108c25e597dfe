//! The elevation model of a command: read, checked, brought to whole millimetres, drained.

use super::progress::Progress;
use super::run::{open_ways, read_whole};
use crate::exit::refuse;
use clap::Args;
use crs::Crs;
use ingest::{ElevationSource, RasterPlace};
use std::path::PathBuf;
use watershed::{BreachLimits, Breached, Drainage, Grid, NODATA, Placement, accumulate, find_drainage};

/// What all commands on an elevation model ask for.
#[derive(Args)]
pub struct Ground {
    /// El modelo de elevación: GeoTIFF, COG, .asc, .hgt o .vrt; varios archivos de una misma grilla hacen un mosaico.
    #[arg(value_name = "MDE", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub how: Deriving,
}

/// How drainage is derived from an elevation model.
#[derive(Args)]
pub struct Deriving {
    /// Su sistema de coordenadas, cuando no lo declara o lo declara mal.
    #[arg(long, value_name = "EPSG", requires = "files")]
    crs: Option<String>,
    /// Desde qué área drenada se considera que hay un curso: 25ha, 0.25km2, 250000m2.
    #[arg(long, value_name = "AREA", default_value = "25ha", requires = "files", value_parser = area)]
    pub threshold: f64,
    /// Abre para cada depresión el paso que menos rebaja, si no es muy hondo ni muy lejano; rellena las demás.
    #[arg(long, requires = "files")]
    breach: bool,
    /// Lo más que se rebaja una celda con --breach, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 20.0, requires = "breach", value_parser = positive)]
    breach_depth: f64,
    /// Hasta cuántas celdas del fondo llega el paso con --breach.
    #[arg(long, value_name = "CELDAS", default_value_t = 20, requires = "breach", value_parser = clap::value_parser!(u32).range(1..=1000))]
    breach_cells: u32,
}

/// How ways out of depressions are opened.
pub type Breach = BreachLimits;

/// Why there is nothing to derive.
pub const NO_HEIGHT: &str =
    "El modelo de elevación no tiene ninguna altura: todas sus celdas son «sin dato». Revise el archivo.";

/// A drained elevation model.
pub struct Drained {
    pub place: RasterPlace,
    pub drainage: Drainage,
    pub accumulation: Vec<u32>,
    /// Cells from which a stream runs.
    pub threshold: u32,
    /// Lowest and highest height as read, in millimetres.
    pub heights: [i32; 2],
    /// Cells with a height.
    pub known: usize,
    pub breached: Option<Breached>,
}

/// Square metres of «25ha», «0.25km2», «2500m2».
pub fn area(text: &str) -> Result<f64, String> {
    let text = text.trim().to_ascii_lowercase();
    let units = [("ha", 1e4), ("km2", 1e6), ("km²", 1e6), ("m2", 1.0), ("m²", 1.0)];
    let found = units
        .iter()
        .find_map(|(unit, size)| Some((text.strip_suffix(unit)?, size)));
    let (number, size) = found.ok_or("escriba un número y su unidad, como 25ha, 0.25km2 o 250000m2")?;
    let number = positive(number)?;
    Ok(number * size)
}

/// A number above zero.
pub fn positive(text: &str) -> Result<f64, String> {
    let number: f64 = text
        .trim()
        .parse()
        .map_err(|_| format!("«{}» no es un número", text.trim()))?;
    let usable = number.is_finite() && number > 0.0;
    usable
        .then_some(number)
        .ok_or_else(|| "debe ser mayor que cero".to_owned())
}

/// An elevation model that was looked at.
pub struct Source {
    pub model: ElevationSource,
    pub place: RasterPlace,
    pub grid: Grid,
    /// Cells from which a stream runs.
    pub threshold: u32,
}

impl Ground {
    /// Looks at the files.
    pub fn open(&self) -> anyhow::Result<Source> {
        self.how.open(&self.files)
    }

    /// Reads and drains it in memory.
    pub fn drain(&self, progress: &mut Progress) -> anyhow::Result<Drained> {
        self.how.drain(&self.files, progress)
    }
}

impl Deriving {
    /// Looks at the files of a model.
    fn open(&self, files: &[PathBuf]) -> anyhow::Result<Source> {
        let crs = match self.crs.as_deref().map(Crs::parse).transpose() {
            Ok(crs) => crs,
            Err(error) => return refuse(error.sentence_es()),
        };
        let model = ElevationSource::open(files, crs)?;
        let place = model.place();
        let grid = grid_of(&place)?;
        let threshold = self.cells(&grid)?;
        Ok(Source {
            model,
            place,
            grid,
            threshold,
        })
    }

    /// What may be cut, if that is asked for.
    pub fn breach(&self) -> Option<Breach> {
        let deepest = watershed::millimetres(self.breach_depth)
            .clamp(1, NODATA - 1)
            .unsigned_abs();
        self.breach.then_some(BreachLimits {
            deepest,
            farthest: self.breach_cells,
        })
    }

    /// Reads and drains the files of a model in memory.
    pub fn drain(&self, files: &[PathBuf], progress: &mut Progress) -> anyhow::Result<Drained> {
        let Source {
            model,
            place,
            grid,
            threshold,
        } = self.open(files)?;
        progress.phase("se lee el modelo de elevación", 0.5);
        let elevation = read_whole(&model, grid, &mut |part| progress.tell(part))?;
        let known = elevation.millimetres().iter().filter(|height| **height != NODATA);
        let (known, heights) = known.fold((0, [i32::MAX, i32::MIN]), |(count, [low, high]), height| {
            (count + 1, [low.min(*height), high.max(*height)])
        });
        if known == 0 {
            return refuse(NO_HEIGHT);
        }
        progress.phase("se busca por dónde drena cada celda", 0.3);
        let (elevation, breached) = open_ways(elevation, self.breach());
        let drainage = find_drainage(elevation);
        progress.phase("se cuenta lo que drena por cada celda", 0.1);
        let accumulation = accumulate(&drainage.directions, place.columns, |_| 1_u32);
        Ok(Drained {
            place,
            drainage,
            accumulation,
            threshold,
            heights,
            known,
            breached,
        })
    }

    /// The threshold in cells of the mean size.
    fn cells(&self, grid: &Grid) -> anyhow::Result<u32> {
        let cells = (self.threshold / mean_cell(grid)).ceil();
        if cells < 2.0 || cells >= grid.cells() as f64 {
            return refuse(format!(
                "--threshold: {:.2} ha son {cells:.0} celdas de {:.2} m² cada una; el umbral debe ser de 2 celdas o más, y menor que la \
                 grilla de {} celdas.",
                self.threshold / 1e4,
                mean_cell(grid),
                grid.cells()
            ));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "less than the cells of a grid"
        )]
        let cells = cells as u32;
        Ok(cells)
    }
}

/// Square metres of a cell, over all rows.
pub fn mean_cell(grid: &Grid) -> f64 {
    (0..grid.rows()).map(|row| grid.cell_area(row)).sum::<f64>() / grid.rows() as f64
}

/// What areas of a grid are: `geodesic` or `planar`.
pub fn kind_of_area(crs: Crs) -> &'static str {
    if crs.is_geographic() { "geodesic" } else { "planar" }
}

fn grid_of(place: &RasterPlace) -> anyhow::Result<Grid> {
    let corner = Placement {
        west: place.west,
        north: place.north,
        width: place.width,
        height: place.height,
    };
    match Grid::new(place.columns, place.rows, corner, place.crs) {
        Ok(grid) => Ok(grid),
        Err(error) => refuse(error.sentence_es()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_with_their_unit() {
        assert_eq!(area("25ha"), Ok(250_000.0));
        assert_eq!(area(" 0.25 km2 "), Ok(250_000.0));
        assert_eq!(area("900m2"), Ok(900.0));
        assert!(area("25").is_err() && area("-1ha").is_err() && area("muchoha").is_err());
    }
}
