//! Why a raster could not be read, or a file not written: each names the file and the mend.

use std::path::PathBuf;

/// Why an elevation model could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    /// No such file.
    #[error("there is no {0}")]
    Missing(PathBuf),
    /// The extension names no raster format that is read.
    #[error("{0}: not a .tif, .tiff, .asc, .hgt or .vrt")]
    UnknownFormat(PathBuf),
    /// A virtual mosaic that does more than lay files side by side.
    #[error("{path} is a virtual mosaic that is not read: {reason}")]
    Virtual {
        /// The file.
        path: PathBuf,
        /// What it does, in Spanish.
        reason: String,
    },
    /// The content is not what the extension says, or it is damaged.
    #[error("{path}: {detail}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// GDAL's words.
        detail: String,
    },
    /// Pictures and series have several bands; an elevation model has one.
    #[error("{path} has {bands} bands")]
    Bands {
        /// The file.
        path: PathBuf,
        /// How many there are.
        bands: usize,
    },
    /// Values that are no heights.
    #[error("{path} holds {kind}")]
    Kind {
        /// The file.
        path: PathBuf,
        /// What they are, in Spanish.
        kind: String,
    },
    /// Heights in another unit than metres.
    #[error("{path} states its heights in {unit}")]
    Unit {
        /// The file.
        path: PathBuf,
        /// The unit, as written.
        unit: String,
    },
    /// No place on the ground.
    #[error("{0} has no geotransform")]
    NoPlace(PathBuf),
    /// Rows that do not run from west to east, north to south.
    #[error("{0} is rotated or upside down")]
    Rotated(PathBuf),
    /// The file says no CRS.
    #[error("{0} states no CRS")]
    NoCrs(PathBuf),
    /// A CRS that the house does not know.
    #[error("{path} states the CRS «{name}», which is not supported")]
    UnknownCrs {
        /// The file.
        path: PathBuf,
        /// Its name.
        name: String,
    },
    /// A system of squares in which cells have no true size.
    #[error("{0} is in Web Mercator")]
    WebMercator(PathBuf),
    /// Files that make no mosaic.
    #[error("{path} does not fit {first}: {reason}")]
    Mosaic {
        /// The file.
        path: PathBuf,
        /// The first file.
        first: PathBuf,
        /// What differs, in Spanish.
        reason: String,
    },
}

impl RasterError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Missing(path) => format!("No hay ningún archivo {}. Revise la ruta.", path.display()),
            Self::UnknownFormat(path) => format!(
                "{}: no se lee por su extensión. Dé un GeoTIFF o COG (.tif, .tiff), una grilla de texto (.asc), una tesela SRTM \
                 (.hgt) o un mosaico virtual de ellos (.vrt); otros formatos se convierten con gdal_translate.",
                path.display()
            ),
            Self::Virtual { path, reason } => format!(
                "{}: {reason}. De un mosaico virtual (.vrt) se leen archivos .tif, .tiff, .asc o .hgt de esta máquina, puestos lado a \
                 lado; lo demás se convierte con gdal_translate a GeoTIFF.",
                path.display()
            ),
            Self::Unreadable { path, detail } => {
                format!(
                    "{} no se puede leer: {detail}. Vuelva a obtenerlo o conviértalo con gdal_translate.",
                    path.display()
                )
            }
            Self::Bands { path, bands } => format!(
                "{} tiene {bands} bandas y un modelo de elevación tiene una. Extraiga la suya: gdal_translate -b 1.",
                path.display()
            ),
            Self::Kind { path, kind } => {
                format!(
                    "{} contiene {kind}, que no son alturas. Dé el modelo de elevación original, no su dibujo.",
                    path.display()
                )
            }
            Self::Unit { path, unit } => format!(
                "{} declara sus alturas en «{unit}». Conviértalas a metros (gdal_calc.py) o corrija la unidad de la banda.",
                path.display()
            ),
            Self::NoPlace(path) => format!(
                "{} no dice dónde está: no tiene georreferencia. Póngala con gdal_translate -a_ullr o agregue su archivo .tfw.",
                path.display()
            ),
            Self::Rotated(path) => format!(
                "{} está girado o invertido: sus filas no van de oeste a este y de norte a sur. Enderécelo con gdalwarp.",
                path.display()
            ),
            Self::NoCrs(path) => format!(
                "{} no dice su sistema de coordenadas. Dígalo con --crs EPSG:32718 (o el que sea), o agregue su archivo .prj.",
                path.display()
            ),
            Self::UnknownCrs { path, name } => format!(
                "{} está en «{name}», que no está admitido. Llévelo con gdalwarp -t_srs a la zona UTM de WGS 84 de su lugar.",
                path.display()
            ),
            Self::WebMercator(path) => format!(
                "{} está en Web Mercator (EPSG:3857), donde las celdas no tienen su tamaño verdadero. Llévelo con gdalwarp -t_srs a la \
                 zona UTM de WGS 84 de su lugar.",
                path.display()
            ),
            Self::Mosaic { path, first, reason } => format!(
                "{} no hace mosaico con {}: {reason}. Llévelos a una misma grilla con gdalwarp -tr … -tap.",
                path.display(),
                first.display()
            ),
        }
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {detail}")]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// GDAL's words.
    pub detail: String,
}

impl WriteError {
    /// What a person reads, in Spanish, with the mend.
    pub fn sentence_es(&self) -> String {
        format!(
            "No se pudo escribir {}: {}. Revise los permisos y el espacio de la carpeta de salida.",
            self.path.display(),
            self.detail
        )
    }
}
