//! Which files are rasters, and how much of them GDAL keeps in memory.

use std::path::Path;

/// The one driver that reads a file, by its extension.
pub fn driver_of(path: &Path) -> Option<&'static str> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        "tif" | "tiff" => Some("GTiff"),
        "asc" => Some("AAIGrid"),
        "hgt" => Some("SRTMHGT"),
        "vrt" => Some("VRT"),
        _ => None,
    }
}

/// Whether a file is a raster that names no other files.
pub fn is_plain_raster(path: &Path) -> bool {
    driver_of(path).is_some_and(|driver| driver != "VRT")
}

/// GDAL keeps no more than so many bytes of rasters that are read and written; without this it takes a twentieth of the machine's
/// memory. For the whole process, and only before the first raster is opened.
pub fn limit_cache(bytes: u64) {
    let megabytes = (bytes >> 20).max(1);
    // an option that GDAL does not take leaves its own measure, which holds no more than it did
    gdal::config::set_config_option("GDAL_CACHEMAX", &megabytes.to_string()).ok();
}
