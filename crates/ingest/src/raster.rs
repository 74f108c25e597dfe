//! Elevation models: one file or a mosaic of files of one grid, read in strips of few rows.

use crate::georeference::known_crs;
use crate::{RasterError, gdal_log, raster_files, virtual_mosaic};
use crs::Crs;
use gdal::raster::{ColorInterpretation, GdalDataType};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use std::path::{Path, PathBuf};

/// Where a raster lies: north up, in the units of its system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RasterPlace {
    /// Columns, from west to east.
    pub columns: usize,
    /// Rows, from north to south.
    pub rows: usize,
    /// West edge.
    pub west: f64,
    /// North edge.
    pub north: f64,
    /// Width of a cell, positive.
    pub width: f64,
    /// Height of a cell, positive.
    pub height: f64,
    /// The system.
    pub crs: Crs,
}

/// Part of a row.
#[derive(Clone, Copy, Debug)]
pub struct Strip<'a> {
    /// Its row in the whole.
    pub row: usize,
    /// The column of its first value in the whole.
    pub column: usize,
    /// Heights in metres; NaN where the file has none.
    pub metres: &'a [f64],
}

/// An elevation model that was looked at and can be read.
pub struct ElevationSource {
    place: RasterPlace,
    files: Vec<File>,
}

struct File {
    path: PathBuf,
    dataset: Dataset,
    place: RasterPlace,
    nodata: Option<f64>,
    /// Metres for a unit of the file, and metres at 0.
    scale: [f64; 2],
    /// Column and row of its first cell in the whole.
    offset: [usize; 2],
}

impl ElevationSource {
    /// Looks at files that together are one elevation model, in `crs` or in the one that they state. They share the size and
    /// the edges of their cells; what none of them covers has no data.
    ///
    /// # Errors
    /// A file that is no elevation model with a place on the ground, or that does not fit the first.
    pub fn open(paths: &[PathBuf], crs: Option<Crs>) -> Result<Self, RasterError> {
        gdal_log::listen();
        let mut files = paths
            .iter()
            .map(|path| look_at(path, crs))
            .collect::<Result<Vec<File>, _>>()?;
        let place = whole(&mut files)?;
        Ok(Self { place, files })
    }

    /// The grid of all files together.
    pub fn place(&self) -> RasterPlace {
        self.place
    }

    /// Gives all rows of all files, file by file in the order in which they were named.
    ///
    /// # Errors
    /// A file that is damaged.
    pub fn read(&self, take: &mut dyn FnMut(Strip)) -> Result<(), RasterError> {
        self.files.iter().try_for_each(|file| file.read(take))
    }
}

impl File {
    fn read(&self, take: &mut dyn FnMut(Strip)) -> Result<(), RasterError> {
        let fail = |error: gdal::errors::GdalError| RasterError::Unreadable {
            path: self.path.clone(),
            detail: gdal_log::first_failure().unwrap_or_else(|| error.to_string()),
        };
        let band = self.dataset.rasterband(1).map_err(fail)?;
        let columns = self.place.columns;
        // whole blocks, and no more than some million values at once
        let tall = band.block_size().1.max(16).min((1 << 22) / columns + 1);
        let single = band.band_type() == GdalDataType::Float32;
        let mut values = vec![0.0; columns * tall];
        for first in (0..self.place.rows).step_by(tall) {
            let rows = tall.min(self.place.rows - first);
            let values = &mut values[..columns * rows];
            let window = (0, isize::try_from(first).unwrap_or(isize::MAX));
            band.read_into_slice(window, (columns, rows), (columns, rows), values, None)
                .map_err(fail)?;
            for (row, values) in (first..).zip(values.chunks_mut(columns)) {
                for value in values.iter_mut() {
                    *value = self.metres(*value, single);
                }
                take(Strip {
                    row: self.offset[1] + row,
                    column: self.offset[0],
                    metres: values,
                });
            }
        }
        Ok(())
    }

    /// A value of the file in metres; NaN for its mark of no data, which may have lost digits on its way to a single float.
    fn metres(&self, value: f64, single: bool) -> f64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::float_cmp,
            reason = "the mark is compared as it was stored"
        )]
        let unknown = self
            .nodata
            .is_some_and(|mark| value == mark || (single && value as f32 == mark as f32));
        if unknown || !value.is_finite() {
            f64::NAN
        } else {
            value * self.scale[0] + self.scale[1]
        }
    }
}

fn look_at(path: &Path, crs: Option<Crs>) -> Result<File, RasterError> {
    let dataset = open(path)?;
    let fail = |error: gdal::errors::GdalError| RasterError::Unreadable {
        path: path.into(),
        detail: error.to_string(),
    };
    if dataset.raster_count() != 1 {
        return Err(RasterError::Bands {
            path: path.into(),
            bands: dataset.raster_count(),
        });
    }
    let band = dataset.rasterband(1).map_err(fail)?;
    let kind = match (band.band_type(), band.color_interpretation()) {
        (_, ColorInterpretation::PaletteIndex) => Some("colores de una paleta"),
        (GdalDataType::UInt8, _) => Some("valores de 0 a 255"),
        (
            GdalDataType::UInt16
            | GdalDataType::Int16
            | GdalDataType::UInt32
            | GdalDataType::Int32
            | GdalDataType::Float32
            | GdalDataType::Float64,
            _,
        ) => None,
        _ => Some("números de un tipo que no es de alturas"),
    };
    if let Some(kind) = kind {
        return Err(RasterError::Kind {
            path: path.into(),
            kind: kind.to_owned(),
        });
    }
    let unit = band.unit();
    if !["", "m", "metre", "metres", "meter", "meters", "metro", "metros"]
        .contains(&unit.trim().to_ascii_lowercase().as_str())
    {
        return Err(RasterError::Unit {
            path: path.into(),
            unit,
        });
    }
    let place = place_of(path, &dataset, crs)?;
    let (nodata, scale) = (
        band.no_data_value(),
        [band.scale().unwrap_or(1.0), band.offset().unwrap_or(0.0)],
    );
    Ok(File {
        path: path.into(),
        place,
        nodata,
        scale,
        offset: [0, 0],
        dataset,
    })
}

/// Opens a file with the one driver of its extension.
fn open(path: &Path) -> Result<Dataset, RasterError> {
    if !path.is_file() {
        return Err(RasterError::Missing(path.into()));
    }
    let driver = raster_files::driver_of(path).ok_or_else(|| RasterError::UnknownFormat(path.into()))?;
    if driver == "VRT" {
        // each source is what its name says: GDAL itself would find out by its content, and follow it
        for source in virtual_mosaic::sources(path)? {
            open(&source)?;
        }
    }
    gdal_log::forget();
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_RASTER
            | GdalOpenFlags::GDAL_OF_READONLY
            | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
        allowed_drivers: Some(&[driver]),
        open_options: None,
        sibling_files: None,
    };
    Dataset::open_ex(path, options).map_err(|error| RasterError::Unreadable {
        path: path.into(),
        detail: gdal_log::first_failure().unwrap_or_else(|| error.to_string()),
    })
}

#[expect(clippy::float_cmp, reason = "a grid that is not turned has zeros there")]
fn place_of(path: &Path, dataset: &Dataset, crs: Option<Crs>) -> Result<RasterPlace, RasterError> {
    let [west, width, turn, north, other_turn, height] =
        dataset.geo_transform().map_err(|_| RasterError::NoPlace(path.into()))?;
    if [west, width, turn, north, other_turn, height] == [0.0, 1.0, 0.0, 0.0, 0.0, 1.0] {
        return Err(RasterError::NoPlace(path.into()));
    }
    if turn != 0.0 || other_turn != 0.0 || width <= 0.0 || height >= 0.0 {
        return Err(RasterError::Rotated(path.into()));
    }
    let stated = dataset.spatial_ref().ok().map(known_crs);
    let crs = match (crs, stated) {
        (Some(crs), _) | (None, Some(Ok(crs))) => crs,
        (None, Some(Err(name))) => {
            return Err(RasterError::UnknownCrs {
                path: path.into(),
                name,
            });
        }
        (None, None) => return Err(RasterError::NoCrs(path.into())),
    };
    if crs == Crs::WEB_MERCATOR {
        return Err(RasterError::WebMercator(path.into()));
    }
    let (columns, rows) = dataset.raster_size();
    Ok(RasterPlace {
        columns,
        rows,
        west,
        north,
        width,
        height: -height,
        crs,
    })
}

/// The grid of all files, and where each lies in it.
fn whole(files: &mut [File]) -> Result<RasterPlace, RasterError> {
    let Some(first) = files.first().map(|file| (file.path.clone(), file.place)) else {
        return Err(RasterError::Missing(PathBuf::new()));
    };
    let (path, first) = first;
    let (mut west, mut north, mut east, mut south) = (0, 0, 0, 0);
    let mut corners = Vec::new();
    for file in files.iter() {
        let place = file.place;
        let misfit = |reason: &str| RasterError::Mosaic {
            path: file.path.clone(),
            first: path.clone(),
            reason: reason.to_owned(),
        };
        if place.crs != first.crs {
            return Err(misfit("está en otro sistema de coordenadas"));
        }
        let same = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-9;
        if !same(place.width, first.width) || !same(place.height, first.height) {
            return Err(misfit("sus celdas son de otro tamaño"));
        }
        let along = [
            (place.west - first.west) / first.width,
            (first.north - place.north) / first.height,
        ];
        let whole = along.map(f64::round);
        if along
            .iter()
            .zip(whole)
            .any(|(exact, whole)| (exact - whole).abs() > 0.01 || whole.abs() > 1e9)
        {
            return Err(misfit("los bordes de sus celdas no coinciden"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "no more than a thousand million either way"
        )]
        let [column, row] = whole.map(|value| value as i64);
        let size = [place.columns, place.rows].map(|count| i64::try_from(count).unwrap_or(i64::MAX / 4));
        (west, north) = (west.min(column), north.min(row));
        (east, south) = (east.max(column + size[0]), south.max(row + size[1]));
        corners.push([column, row]);
    }
    let count = |value: i64| usize::try_from(value).unwrap_or(0);
    for (file, [column, row]) in files.iter_mut().zip(corners) {
        file.offset = [count(column - west), count(row - north)];
    }
    Ok(RasterPlace {
        columns: count(east - west),
        rows: count(south - north),
        west: first.west + first.width * west as f64,
        north: first.north - first.height * north as f64,
        ..first
    })
}
