//! What a derivation writes: rasters row by row, tables row by row.

use super::progress::Progress;
use super::run::Run;
use super::tables;
use ingest::{Filler, RasterPlace, Sampling, Sheet, VectorFormat, VectorSheet, write_cog, write_rows};
use std::path::Path;
use territory::{GeoRow, GeoTable};
use watershed::{Layer, NO_DIRECTION, NODATA, Network, Unit};

/// Where it is written.
pub struct Outputs<'a> {
    pub folder: &'a Path,
    pub place: &'a RasterPlace,
}

/// What tables and codes are made of.
pub struct Tables<'a> {
    pub network: &'a Network,
    pub units: &'a [Unit],
    /// For each reach the place of its unit plus one.
    pub owners: &'a [u32],
    pub digits: usize,
    pub prefix: Option<&'a str>,
}

/// No unit, in `pfaf.tif`.
const NO_UNIT: u32 = u32::MAX;

/// The sentence of an error, for the file that is not written for it.
fn sentence(error: anyhow::Error) -> String {
    format!("{error:#}")
}

impl Outputs<'_> {
    /// Filled heights, directions and basins.
    pub fn drained(&self, run: &mut dyn Run, progress: &mut Progress) -> anyhow::Result<()> {
        let heights = Sheet {
            title: "alturas rellenadas (m)",
            nodata: -9999.0,
            sampling: Sampling::Average,
        };
        let mut whole = vec![0; self.place.columns];
        self.raster::<f32>("filled.tif", heights, progress, &mut |row, out| {
            run.heights(row, &mut whole).map_err(sentence)?;
            for (out, height) in out.iter_mut().zip(&whole) {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "metres as single floats, to a millimetre up to 8 km"
                )]
                let metres = (f64::from(*height) / 1000.0) as f32;
                *out = if *height == NODATA { -9999.0 } else { metres };
            }
            Ok(())
        })?;
        let codes = numbered("dirección de flujo D8 (ESRI)", f64::from(NO_DIRECTION));
        self.raster::<u8>("d8.tif", codes, progress, &mut |row, out| {
            run.directions(row, out).map_err(sentence)
        })?;
        let basins = numbered("número de la cuenca", 0.0);
        self.raster::<u32>("basins.tif", basins, progress, &mut |row, out| {
            run.numbers(Layer::Basins, row, out).map_err(sentence)
        })
    }

    /// What drains through each cell.
    pub fn sums(&self, run: &mut dyn Run, progress: &mut Progress) -> anyhow::Result<()> {
        let sums = numbered("celdas que drenan por cada celda", 0.0);
        self.raster::<u32>("acc.tif", sums, progress, &mut |row, out| {
            run.numbers(Layer::Sums, row, out).map_err(sentence)
        })
    }

    /// Codes, streams and units; the names of all that is written.
    pub fn divided(&self, run: &mut dyn Run, found: &Tables, progress: &mut Progress) -> anyhow::Result<Vec<String>> {
        let digits = found.digits;
        let padded = found.units.iter().map(|unit| {
            let code = format!("{:0<digits$}", unit.piece.code);
            code.parse().expect("nine digits at most")
        });
        let padded: Vec<u32> = padded.collect();
        let codes = numbered("código Pfafstetter, completado con ceros", f64::from(NO_UNIT));
        self.raster::<u32>("pfaf.tif", codes, progress, &mut |row, out| {
            run.numbers(Layer::Units, row, out).map_err(sentence)?;
            for label in out.iter_mut() {
                *label = label.checked_sub(1).map_or(NO_UNIT, |unit| padded[unit as usize]);
            }
            Ok(())
        })?;
        let run: &dyn Run = run;
        let grid = run.grid();
        let streams = || {
            let reaches = found.network.reaches.iter().zip(found.owners).enumerate();
            reaches.map(|(at, (reach, unit))| tables::stream(grid, (at, reach), *unit, run.line(reach)))
        };
        let units = || {
            let units = found.units.iter().enumerate();
            units.map(|unit| tables::unit(grid, unit, found.prefix))
        };
        progress.phase("se escriben los cursos", 0.05);
        self.vectors(&tables::streams(grid), streams)?;
        progress.phase("se escriben las microcuencas", 0.05);
        self.vectors(&tables::units(grid), units)?;
        let rasters = ["filled.tif", "d8.tif", "acc.tif", "basins.tif", "pfaf.tif"];
        let vectors = ["streams.gpkg", "streams.fgb", "units.gpkg", "units.fgb", "summary.json"];
        Ok(rasters.into_iter().chain(vectors).map(str::to_owned).collect())
    }

    fn raster<T: ingest::Cell>(
        &self,
        name: &str,
        sheet: Sheet<'static>,
        progress: &mut Progress,
        fill: Filler<T>,
    ) -> anyhow::Result<()> {
        progress.phase(format!("se escribe: {}", sheet.title), 0.06);
        let rows = self.place.rows as f64;
        write_cog::<T>(&self.folder.join(name), self.place, sheet, &mut |row, out| {
            // about half of the time goes into packing what was written
            progress.tell(row as f64 / rows / 2.0);
            fill(row, out)
        })?;
        Ok(())
    }

    fn vectors<R: Iterator<Item = GeoRow>>(&self, table: &GeoTable, rows: impl Fn() -> R) -> anyhow::Result<()> {
        for (ending, format) in [("gpkg", VectorFormat::GeoPackage), ("fgb", VectorFormat::FlatGeobuf)] {
            let sheet = VectorSheet {
                format,
                crs: self.place.crs,
                table,
                only_lines: true,
            };
            let path = self.folder.join(format!("{}.{ending}", table.name));
            write_rows(&path, sheet, &mut rows())?;
        }
        Ok(())
    }
}

/// A raster of codes or numbers of things.
fn numbered(title: &'static str, nodata: f64) -> Sheet<'static> {
    Sheet {
        title,
        nodata,
        sampling: Sampling::Nearest,
    }
}
