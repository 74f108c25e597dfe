//! Rasters out: cloud-optimised GeoTIFF files, written row by row.

use crate::{RasterPlace, WriteError, gdal_log};
use gdal::raster::{Buffer, GdalType, RasterCreationOptions};
use gdal::spatial_ref::SpatialRef;
use gdal::{DriverManager, Metadata};
use std::path::Path;

/// How the smaller pictures of a raster are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sampling {
    /// The mean: heights.
    Average,
    /// One of the values: codes and numbers of things.
    Nearest,
}

/// What a file is.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// What it holds, for people.
    pub title: &'a str,
    /// The value that stands for no data.
    pub nodata: f64,
    /// How its smaller pictures are made.
    pub sampling: Sampling,
}

/// A value that a raster may have: whole numbers and floats.
pub trait Cell: GdalType + Copy + Default {}

impl<T: GdalType + Copy + Default> Cell for T {}

/// Whoever fills rows, each in turn; the error is what a person reads.
pub type Filler<'a, T> = &'a mut dyn FnMut(usize, &mut [T]) -> Result<(), String>;

/// Writes a raster of one band: `fill` is given each row in turn. A file that is there already is replaced, once the new one is whole.
///
/// # Errors
/// When the file, or a temporary one beside it, cannot be written; when a row cannot be filled.
pub fn write_cog<T: Cell>(path: &Path, place: &RasterPlace, sheet: Sheet, fill: Filler<T>) -> Result<(), WriteError> {
    gdal_log::listen();
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        std::path::PathBuf::from(name)
    };
    let (plain, whole) = (beside(".plano.tif"), beside(".parte.tif"));
    let mut unfilled = None;
    let mut fill = |row: usize, values: &mut [T]| {
        if unfilled.is_none() {
            unfilled = fill(row, values).err();
        }
        unfilled.is_none()
    };
    let outcome = write_plain(&plain, place, sheet, &mut fill).and_then(|whole_file| {
        if whole_file {
            optimise(&plain, &whole, sheet.sampling)
        } else {
            Ok(())
        }
    });
    // what was never made cannot be removed
    std::fs::remove_file(&plain).ok();
    let fail = |detail: String| WriteError {
        path: path.into(),
        detail,
    };
    if let Some(detail) = unfilled {
        return Err(fail(detail));
    }
    match outcome {
        Ok(()) => std::fs::rename(&whole, path).map_err(|error| fail(error.to_string())),
        Err(error) => {
            std::fs::remove_file(&whole).ok();
            Err(fail(gdal_log::first_failure().unwrap_or_else(|| error.to_string())))
        }
    }
}

/// Writes rows until one is not filled; says whether all were.
fn write_plain<T: Cell>(
    path: &Path,
    place: &RasterPlace,
    sheet: Sheet,
    fill: &mut dyn FnMut(usize, &mut [T]) -> bool,
) -> gdal::errors::Result<bool> {
    const ROWS: usize = 64;
    let driver = DriverManager::get_driver_by_name("GTiff")?;
    let options = RasterCreationOptions::from_iter(["BIGTIFF=IF_SAFER", "BLOCKYSIZE=64"]);
    let (columns, rows) = (place.columns, place.rows);
    let mut dataset = driver.create_with_band_type_with_options::<T, _>(path, columns, rows, 1, &options)?;
    dataset.set_geo_transform(&[place.west, place.width, 0.0, place.north, 0.0, -place.height])?;
    dataset.set_spatial_ref(&SpatialRef::from_epsg(place.crs.epsg())?)?;
    let mut band = dataset.rasterband(1)?;
    band.set_no_data_value(Some(sheet.nodata))?;
    band.set_description(sheet.title)?;
    for first in (0..rows).step_by(ROWS) {
        let tall = ROWS.min(rows - first);
        let mut values = vec![T::default(); columns * tall];
        for (row, values) in (first..).zip(values.chunks_mut(columns)) {
            if !fill(row, values) {
                return Ok(false);
            }
        }
        let at = (0, isize::try_from(first).unwrap_or(isize::MAX));
        band.write(at, (columns, tall), &mut Buffer::new((columns, tall), values))?;
    }
    dataset.flush_cache()?;
    dataset.close()?;
    Ok(true)
}

fn optimise(plain: &Path, whole: &Path, sampling: Sampling) -> gdal::errors::Result<()> {
    let sampling = match sampling {
        Sampling::Average => "RESAMPLING=AVERAGE",
        Sampling::Nearest => "RESAMPLING=NEAREST",
    };
    let options = [
        "COMPRESS=DEFLATE",
        "LEVEL=4",
        "PREDICTOR=YES",
        "BIGTIFF=IF_SAFER",
        "NUM_THREADS=ALL_CPUS",
        sampling,
    ];
    let driver = DriverManager::get_driver_by_name("COG")?;
    let copied = gdal::Dataset::open(plain)?.create_copy(&driver, whole, &RasterCreationOptions::from_iter(options))?;
    copied.close()
}
