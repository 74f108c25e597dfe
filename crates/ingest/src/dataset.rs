//! Opening through GDAL: one driver allowed each time, read-only, by the extension.

use crate::encoding::{self, Encoding};
use crate::format::Format;
use crate::place::Place;
use crate::{OpenError, Profile, diagnose, gdal_log};
use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use std::path::PathBuf;

/// Opens a dataset with the one driver of its format.
pub(crate) fn open(place: &Place, profile: &Profile) -> Result<(Dataset, Encoding), OpenError> {
    diagnose::before_opening(&place.dataset, place.format)?;
    let encoding = match place.format {
        Format::Shapefile => encoding::of_shapefile(&place.dataset, profile.encoding.as_deref()),
        _ => Encoding {
            gdal: String::new(),
            note: None,
        },
    };
    let options = open_options(place.format, profile, &encoding);
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    gdal_log::forget();
    let opened = Dataset::open_ex(
        connection(place),
        DatasetOptions {
            open_flags: GdalOpenFlags::GDAL_OF_VECTOR
                | GdalOpenFlags::GDAL_OF_READONLY
                | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
            allowed_drivers: Some(&[place.format.driver()]),
            open_options: Some(&options),
            sibling_files: None,
        },
    );
    let said = gdal_log::first_failure().unwrap_or_default();
    let said = said.replace(&*place.dataset.to_string_lossy(), &place.shown);
    match opened {
        Ok(dataset) if said.is_empty() => Ok((dataset, encoding)),
        // a database has no bytes to look at
        _ if place.format == Format::PostGis => Err(OpenError::Gdal {
            path: place.shown.clone().into(),
            detail: said,
        }),
        _ => {
            let mut refusal = diagnose::after_refusal(&place.dataset, place.format, &said);
            if let (OpenError::NotTheFormat { path, .. }, Some(_)) = (&mut refusal, &place.unpacked) {
                // nobody knows the folder that the archive was unpacked to
                *path = place.shown.clone().into();
            }
            Err(refusal)
        }
    }
}

/// What the driver is given. One line of GeoJSON is a sequence only for a driver that is told so.
fn connection(place: &Place) -> PathBuf {
    match place.format {
        Format::GeoJsonSeq => PathBuf::from(format!("GeoJSONSeq:{}", place.dataset.display())),
        _ => place.dataset.clone(),
    }
}

fn open_options(format: Format, profile: &Profile, encoding: &Encoding) -> Vec<String> {
    let words = |options: &[&str]| options.iter().map(|option| (*option).to_owned()).collect();
    match format {
        Format::Shapefile => vec![format!("ENCODING={}", encoding.gdal)],
        // views and triggers of a stranger's file run nothing; nothing is written beside it
        Format::GeoPackage => words(&[
            "IMMUTABLE=YES",
            "LIST_ALL_TABLES=NO",
            "PRELUDE_STATEMENTS=PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON",
        ]),
        Format::GeoJson => words(&["DATE_AS_STRING=YES"]),
        Format::FlatGeobuf => words(&["VERIFY_BUFFERS=YES"]),
        Format::Csv => {
            let columns = &profile.coordinates;
            vec![
                format!("X_POSSIBLE_NAMES={}", columns.x.join(",")),
                format!("Y_POSSIBLE_NAMES={}", columns.y.join(",")),
                format!("GEOM_POSSIBLE_NAMES={}", columns.wkt.join(",")),
                "KEEP_GEOM_COLUMNS=NO".to_owned(),
                "AUTODETECT_TYPE=NO".to_owned(),
                "EMPTY_STRING_AS_NULL=YES".to_owned(),
            ]
        }
        Format::GeoJsonSeq | Format::Kml | Format::FileGeodatabase | Format::Dxf | Format::PostGis => Vec::new(),
    }
}

/// The layer that `table` names, or the only one.
pub(crate) fn choose_layer(dataset: &Dataset, place: &Place, table: Option<&str>) -> Result<usize, OpenError> {
    let table = table.filter(|_| !place.table_chose_file);
    let names: Vec<String> = dataset.layers().map(|layer| layer.name()).collect();
    let chosen = match (table, names.len()) {
        (_, 0) => return Err(OpenError::NothingInside(place.shown.clone().into())),
        (None, 1) => 0,
        // documents of empty folders hold several layers of which one has rows
        (None, _) => {
            let full: Vec<usize> = (0..names.len())
                .filter(|&index| dataset.layer(index).is_ok_and(|layer| layer.feature_count() > 0))
                .collect();
            match full[..] {
                [only] => only,
                _ => return Err(OpenError::SeveralLayers(names)),
            }
        }
        (Some(wanted), _) => match names.iter().position(|name| name == wanted) {
            Some(index) => index,
            None => {
                return Err(OpenError::NoSuchLayer {
                    wanted: wanted.to_owned(),
                    present: names,
                });
            }
        },
    };
    if place.format == Format::GeoPackage && !is_table(dataset, &names[chosen]) {
        return Err(OpenError::View(names[chosen].clone()));
    }
    Ok(chosen)
}

fn is_table(dataset: &Dataset, name: &str) -> bool {
    let query = format!(
        "SELECT type FROM sqlite_master WHERE lower(name) = lower('{}') AND sql NOT LIKE 'CREATE VIRTUAL%'",
        name.replace('\'', "''")
    );
    let Ok(Some(mut answer)) = dataset.execute_sql(query, None, Dialect::DEFAULT) else {
        return false;
    };
    let kind = answer
        .features()
        .next()
        .and_then(|row| row.field_as_string(0).ok().flatten());
    kind.as_deref() == Some("table")
}

/// The names of the columns, and of the layer.
pub(crate) fn columns(dataset: &Dataset, layer: usize, place: &Place) -> Result<(Vec<String>, String), OpenError> {
    let layer = dataset.layer(layer).map_err(|error| OpenError::Gdal {
        path: place.shown.clone().into(),
        detail: error.to_string(),
    })?;
    let columns: Vec<String> = layer.defn().fields().map(|field| field.name()).collect();
    if place.format == Format::Csv && layer.defn().geom_fields().next().is_none() {
        return Err(OpenError::MissingField {
            field: "x, y o wkt (coordenadas)".to_owned(),
            present: columns,
        });
    }
    Ok((columns, layer.name()))
}
