//! Tables with geometries out, in the system that they are in: GeoPackage and FlatGeobuf.

use crate::{WriteError, gdal_log};
use crs::Crs;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Defn, Feature, FieldDefn, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType, ToGdal};
use gdal::{DriverManager, errors::Result};
use geo_types::Geometry;
use std::path::Path;
use territory::{ColumnKind, GeoTable, GeometryKind, Value};

/// A format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorFormat {
    /// .gpkg.
    GeoPackage,
    /// .fgb.
    FlatGeobuf,
}

/// Writes a table whose geometries are in `crs`, easting or longitude first. A file that is there already is replaced, once the new
/// one is whole.
///
/// # Errors
/// When the file cannot be written.
pub fn write_vectors(
    path: &Path,
    format: VectorFormat,
    crs: Crs,
    table: &GeoTable,
) -> std::result::Result<(), WriteError> {
    gdal_log::listen();
    let (driver, ending) = match format {
        VectorFormat::GeoPackage => ("GPKG", ".parte.gpkg"),
        VectorFormat::FlatGeobuf => ("FlatGeobuf", ".parte.fgb"),
    };
    let mut part = path.as_os_str().to_owned();
    part.push(ending);
    let part = std::path::PathBuf::from(part);
    let fail = |detail: String| WriteError {
        path: path.into(),
        detail,
    };
    // a part that an earlier run left
    std::fs::remove_file(&part).ok();
    match write(&part, driver, crs, table) {
        Ok(()) => std::fs::rename(&part, path).map_err(|error| fail(error.to_string())),
        Err(error) => {
            std::fs::remove_file(&part).ok();
            Err(fail(gdal_log::first_failure().unwrap_or_else(|| error.to_string())))
        }
    }
}

fn write(path: &Path, driver: &str, crs: Crs, table: &GeoTable) -> Result<()> {
    let mut reference = SpatialRef::from_epsg(crs.epsg())?;
    reference.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let mut dataset = DriverManager::get_driver_by_name(driver)?.create_vector_only(path)?;
    let options = LayerOptions {
        name: &table.name,
        srs: Some(&reference),
        ty: kind_of(table),
        options: None,
    };
    let layer = dataset.create_layer(options)?;
    for (name, kind) in &table.columns {
        let kind = match kind {
            ColumnKind::Text => OGRFieldType::OFTString,
            ColumnKind::Integer => OGRFieldType::OFTInteger64,
            ColumnKind::Real => OGRFieldType::OFTReal,
            ColumnKind::Date => OGRFieldType::OFTDate,
        };
        FieldDefn::new(name, kind)?.add_to_layer(&layer)?;
    }
    if driver == "GPKG" {
        let transaction = dataset.start_transaction()?;
        rows(&mut transaction.layer(0)?, table)?;
        transaction.commit()?;
    } else {
        rows(&mut dataset.layer(0)?, table)?;
    }
    dataset.close()
}

/// The common kind of a table's geometries.
fn kind_of(table: &GeoTable) -> OGRwkbGeometryType::Type {
    let line = |geometry: &Geometry<f64>| matches!(geometry, Geometry::LineString(_));
    match table.geometry {
        None => OGRwkbGeometryType::wkbNone,
        Some(GeometryKind::Land) => OGRwkbGeometryType::wkbMultiPolygon,
        Some(GeometryKind::Any) if table.rows.iter().flat_map(|row| &row.geometry).all(line) => {
            OGRwkbGeometryType::wkbLineString
        }
        Some(GeometryKind::Any) => OGRwkbGeometryType::wkbUnknown,
    }
}

fn rows(layer: &mut impl LayerAccess, table: &GeoTable) -> Result<()> {
    let definition = Defn::from_layer(layer);
    for row in &table.rows {
        let mut feature = Feature::new(&definition)?;
        if let Some(geometry) = &row.geometry {
            feature.set_geometry(geometry.to_gdal()?)?;
        }
        for (place, value) in row.values.iter().enumerate() {
            match value {
                Value::Null => feature.set_field_null(place)?,
                Value::Bool(value) => feature.set_field_integer(place, i32::from(*value))?,
                Value::Integer(value) => feature.set_field_integer64(place, *value)?,
                Value::Real(value) => feature.set_field_double(place, *value)?,
                Value::Date(value) => feature.set_field_string(place, &value.to_string())?,
                Value::Text(value) => feature.set_field_string(place, value)?,
            }
        }
        feature.create(layer)?;
    }
    Ok(())
}
