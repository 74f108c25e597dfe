//! Tables with geometries out, in the system that they are in: GeoPackage and FlatGeobuf.

use crate::{WriteError, gdal_log};
use crs::Crs;
use gdal::spatial_ref::{AxisMappingStrategy, SpatialRef};
use gdal::vector::{Defn, Feature, FieldDefn, LayerAccess, LayerOptions, OGRFieldType, OGRwkbGeometryType, ToGdal};
use gdal::{DriverManager, errors::Result};
use geo_types::Geometry;
use std::path::Path;
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};

/// A format that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VectorFormat {
    /// .gpkg.
    GeoPackage,
    /// .fgb.
    FlatGeobuf,
}

/// What a file of rows is.
#[derive(Clone, Copy, Debug)]
pub struct VectorSheet<'a> {
    /// Its format.
    pub format: VectorFormat,
    /// The system of its geometries, easting or longitude first.
    pub crs: Crs,
    /// Name, columns and kind of geometry; its rows are not looked at.
    pub table: &'a GeoTable,
    /// Of any kind of geometry only lines come.
    pub only_lines: bool,
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
    let line = |geometry: &Geometry<f64>| matches!(geometry, Geometry::LineString(_));
    let sheet = VectorSheet {
        format,
        crs,
        table,
        only_lines: table.rows.iter().flat_map(|row| &row.geometry).all(line),
    };
    write_borrowed(path, sheet, &mut table.rows.iter().map(Borrowed::Kept))
}

/// [`write_vectors`] with rows that are made one by one and not kept.
///
/// # Errors
/// When the file cannot be written.
pub fn write_rows(
    path: &Path,
    sheet: VectorSheet,
    rows: &mut dyn Iterator<Item = GeoRow>,
) -> std::result::Result<(), WriteError> {
    write_borrowed(path, sheet, &mut rows.map(Borrowed::Made))
}

/// A row of a table, or one that was made for the file.
enum Borrowed<'a> {
    Kept(&'a GeoRow),
    Made(GeoRow),
}

fn write_borrowed(
    path: &Path,
    sheet: VectorSheet,
    rows: &mut dyn Iterator<Item = Borrowed>,
) -> std::result::Result<(), WriteError> {
    gdal_log::listen();
    let (driver, ending) = match sheet.format {
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
    match write(&part, driver, sheet, rows) {
        Ok(()) => std::fs::rename(&part, path).map_err(|error| fail(error.to_string())),
        Err(error) => {
            std::fs::remove_file(&part).ok();
            Err(fail(gdal_log::first_failure().unwrap_or_else(|| error.to_string())))
        }
    }
}

fn write(path: &Path, driver: &str, sheet: VectorSheet, rows: &mut dyn Iterator<Item = Borrowed>) -> Result<()> {
    let table = sheet.table;
    let mut reference = SpatialRef::from_epsg(sheet.crs.epsg())?;
    reference.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
    let mut dataset = DriverManager::get_driver_by_name(driver)?.create_vector_only(path)?;
    let options = LayerOptions {
        name: &table.name,
        srs: Some(&reference),
        ty: kind_of(sheet),
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
        put(&mut transaction.layer(0)?, rows)?;
        transaction.commit()?;
    } else {
        put(&mut dataset.layer(0)?, rows)?;
    }
    dataset.close()
}

/// The common kind of a table's geometries.
fn kind_of(sheet: VectorSheet) -> OGRwkbGeometryType::Type {
    match sheet.table.geometry {
        None => OGRwkbGeometryType::wkbNone,
        Some(GeometryKind::Land) => OGRwkbGeometryType::wkbMultiPolygon,
        Some(GeometryKind::Any) if sheet.only_lines => OGRwkbGeometryType::wkbLineString,
        Some(GeometryKind::Any) => OGRwkbGeometryType::wkbUnknown,
    }
}

fn put(layer: &mut impl LayerAccess, rows: &mut dyn Iterator<Item = Borrowed>) -> Result<()> {
    let definition = Defn::from_layer(layer);
    for row in rows {
        let row = match &row {
            Borrowed::Kept(row) => row,
            Borrowed::Made(row) => row,
        };
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
