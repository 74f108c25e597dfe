//! Files for tests, made with GDAL or by hand from small geometries.

use gdal::DriverManager;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Feature, Geometry, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A square of 100 ha in Cajamarca, WGS 84 / UTM 17S.
pub const SQUARE_17S: &str = "POLYGON ((770000 9250000,771000 9250000,771000 9251000,770000 9251000,770000 9250000))";
/// The same size beside it.
pub const BESIDE_17S: &str = "POLYGON ((771000 9250000,772000 9250000,772000 9251000,771000 9251000,771000 9250000))";
/// Some square in degrees.
pub const SQUARE_DEGREES: &str = "POLYGON ((-78.5 -6.8,-78.49 -6.8,-78.49 -6.79,-78.5 -6.79,-78.5 -6.8))";

/// One row: name, declared hectares, well-known text.
pub type Row<'a> = (&'a str, f64, &'a str);

/// Writes a layer `capa` with the driver.
pub fn write(driver: &str, path: &Path, epsg: Option<u32>, rows: &[Row<'_>]) {
    let driver_of = DriverManager::get_driver_by_name(driver).unwrap();
    let mut dataset = driver_of.create_vector_only(path).unwrap();
    let reference = epsg.map(|code| {
        let mut reference = SpatialRef::from_epsg(code).unwrap();
        reference.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        reference
    });
    // a geodatabase wants to know
    let ty = if driver == "OpenFileGDB" {
        OGRwkbGeometryType::wkbMultiPolygon
    } else {
        OGRwkbGeometryType::wkbUnknown
    };
    let options = LayerOptions {
        name: "capa",
        srs: reference.as_ref(),
        ty,
        ..LayerOptions::default()
    };
    let mut layer = dataset.create_layer(options).unwrap();
    if driver == "DXF" {
        for (_, _, wkt) in rows {
            layer.create_feature(Geometry::from_wkt(wkt).unwrap()).unwrap();
        }
    } else {
        layer
            .create_defn_fields(&[("NOMBRE", OGRFieldType::OFTString), ("AREA_HA", OGRFieldType::OFTReal)])
            .unwrap();
        for (name, hectares, wkt) in rows {
            let mut feature = Feature::new(layer.defn()).unwrap();
            feature
                .set_field_string(feature.field_index("NOMBRE").unwrap(), name)
                .unwrap();
            feature
                .set_field_double(feature.field_index("AREA_HA").unwrap(), *hectares)
                .unwrap();
            feature.set_geometry(Geometry::from_wkt(wkt).unwrap()).unwrap();
            feature.create(&layer).unwrap();
        }
    }
    dataset.close().unwrap();
}

/// A folder for one test, and a file in it with this text.
pub fn text_file(name: &str, text: impl AsRef<[u8]>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// A GeoJSON of features: properties and geometry, both JSON.
pub fn geojson(features: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let features: Vec<String> = features
        .iter()
        .map(|(properties, geometry)| {
            format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
        })
        .collect();
    text_file(
        "capa.geojson",
        format!(
            r#"{{"type":"FeatureCollection","features":[{}]}}"#,
            features.join(",\n")
        ),
    )
}

/// A polygon of one ring, JSON.
pub fn ring(points: &[(f64, f64)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, points.join(","))
}

/// A small good polygon whose corner is at this position, JSON.
pub fn square_at(lon: f64, lat: f64) -> String {
    let (east, north) = (lon + 0.01, lat + 0.01);
    ring(&[(lon, lat), (east, lat), (east, north), (lon, north), (lon, lat)])
}

/// A ZIP of files.
pub fn zipped(path: &Path, files: &[(&str, &[u8])]) {
    let mut archive = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, bytes) in files {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}
