//! The elevation model of a command: read, checked, brought to whole millimetres, drained.

use crate::exit::refuse;
use clap::Args;
use crs::Crs;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ingest::{ElevationSource, RasterPlace, Strip};
use std::io::IsTerminal;
use std::path::PathBuf;
use watershed::{
    BreachLimits, Breached, Drainage, Elevation, Grid, NODATA, Placement, accumulate, breach, find_drainage,
};

/// What all commands on an elevation model ask for.
#[derive(Args)]
pub struct Ground {
    /// El modelo de elevación: GeoTIFF, COG, .asc o .hgt; varios archivos de una misma grilla hacen un mosaico.
    #[arg(value_name = "MDE", required = true, num_args = 1..)]
    pub files: Vec<PathBuf>,
    #[command(flatten)]
    pub how: Deriving,
}

/// How drainage is derived from an elevation model.
#[derive(Args)]
pub struct Deriving {
    /// Su sistema de coordenadas, cuando no lo declara o lo declara mal.
    #[arg(long, value_name = "EPSG")]
    crs: Option<String>,
    /// Desde qué área drenada se considera que hay un curso: 25ha, 0.25km2, 250000m2.
    #[arg(long, value_name = "AREA", default_value = "25ha", value_parser = area)]
    pub threshold: f64,
    /// Abre para cada depresión el paso que menos rebaja, si no es muy hondo ni muy lejano; rellena las demás.
    #[arg(long)]
    breach: bool,
    /// Lo más que se rebaja una celda con --breach, en metros.
    #[arg(long, value_name = "METROS", default_value_t = 20.0, requires = "breach", value_parser = positive)]
    breach_depth: f64,
    /// Hasta cuántas celdas del fondo llega el paso con --breach.
    #[arg(long, value_name = "CELDAS", default_value_t = 20, requires = "breach", value_parser = clap::value_parser!(u32).range(1..=1000))]
    breach_cells: u32,
}

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

/// A progress bar for people who watch, hidden otherwise.
pub fn bar(steps: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(steps);
    bar.set_draw_target(ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} % {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

impl Ground {
    /// Reads and drains it, telling the bar; it ends at half of its length.
    pub fn drain(&self, bar: &ProgressBar) -> anyhow::Result<Drained> {
        self.how.drain(&self.files, bar)
    }
}

impl Deriving {
    /// Reads and drains the files of a model, telling the bar; it ends at half of its length.
    pub fn drain(&self, files: &[PathBuf], bar: &ProgressBar) -> anyhow::Result<Drained> {
        let crs = match self.crs.as_deref().map(Crs::parse).transpose() {
            Ok(crs) => crs,
            Err(error) => return refuse(error.sentence_es()),
        };
        let source = ElevationSource::open(files, crs)?;
        let place = source.place();
        let grid = grid_of(&place)?;
        bar.set_message("se lee el modelo de elevación");
        let elevation = Elevation::new(grid, read(&source, bar)?);
        let elevation = match elevation {
            Ok(elevation) => elevation,
            Err(error) => return refuse(error.sentence_es()),
        };
        let known = elevation.millimetres().iter().filter(|height| **height != NODATA);
        let (count, heights) = known.fold((0, [i32::MAX, i32::MIN]), |(count, [low, high]), height| {
            (count + 1, [low.min(*height), high.max(*height)])
        });
        if count == 0 {
            return refuse(
                "El modelo de elevación no tiene ninguna altura: todas sus celdas son «sin dato». Revise el archivo.",
            );
        }
        let threshold = self.cells(elevation.grid())?;
        bar.set_message("se busca por dónde drena cada celda");
        let (elevation, breached) = self.open_ways(elevation);
        let drainage = find_drainage(elevation);
        bar.set_position(bar.length().unwrap_or(0) * 4 / 10);
        let accumulation = accumulate(&drainage.directions, place.columns, |_| 1_u32);
        bar.set_position(bar.length().unwrap_or(0) / 2);
        Ok(Drained {
            place,
            drainage,
            accumulation,
            threshold,
            heights,
            known: count,
            breached,
        })
    }

    fn open_ways(&self, elevation: Elevation) -> (Elevation, Option<Breached>) {
        if !self.breach {
            return (elevation, None);
        }
        let deepest = watershed::millimetres(self.breach_depth)
            .clamp(1, NODATA - 1)
            .unsigned_abs();
        let limits = BreachLimits {
            deepest,
            farthest: self.breach_cells,
        };
        let (elevation, breached) = breach(elevation, limits);
        (elevation, Some(breached))
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

/// All heights; where files overlap the first that has one holds.
fn read(source: &ElevationSource, bar: &ProgressBar) -> anyhow::Result<Vec<i32>> {
    let place = source.place();
    let mut heights = vec![NODATA; place.columns * place.rows];
    let quarter = bar.length().unwrap_or(0) / 4;
    source.read(&mut |strip: Strip| {
        let from = strip.row * place.columns + strip.column;
        for (height, metres) in heights[from..from + strip.metres.len()].iter_mut().zip(strip.metres) {
            if *height == NODATA {
                *height = watershed::millimetres(*metres);
            }
        }
        bar.set_position(quarter * strip.row as u64 / place.rows as u64);
    })?;
    Ok(heights)
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
