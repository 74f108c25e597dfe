//! Packages of plain tables, for other programs: findings with their geometry. No store; nothing here reads them back.

use crate::{StoreError, fault::Fault, header, wkb};
use geo::BoundingRect;
use geo_types::{Geometry, MultiPolygon};
use jiff::Timestamp;
use rusqlite::{Connection, params, params_from_iter, types::Value as Sql};
use std::{collections::BTreeSet, path::Path};
use territory::{ColumnKind, GeoRow, GeoTable, GeometryKind, Value};

/// West, south, east, north in degrees.
type Envelope = [f64; 4];

/// The bytes of a GeoPackage with these tables, in their order. The same tables and moment give the same bytes with the same
/// SQLite; `made_at` is entered as the moment of the last change. Geometries are EPSG:4326; each table with them has an R-tree.
///
/// ```
/// use territory::{ColumnKind, GeoRow, GeoTable, Value};
/// let table = GeoTable {
///     name: "layers".into(),
///     title: "Capas".into(),
///     description: String::new(),
///     geometry: None,
///     columns: vec![("layer".into(), ColumnKind::Text)],
///     rows: vec![GeoRow { geometry: None, values: vec![Value::Text("springs".into())] }],
/// };
/// let bytes = store::package(&[table], "2026-06-02T00:00:00Z".parse()?)?;
/// assert!(bytes.starts_with(b"SQLite format 3\0"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the temporary file cannot be written; [`StoreError::UnfitTable`] when two tables share a name or title, a name is no name or is
/// given twice, or a row has not one value a column.
pub fn package(tables: &[GeoTable], made_at: Timestamp) -> Result<Vec<u8>, StoreError> {
    for (place, table) in tables.iter().enumerate() {
        let reason = unfit(table).or_else(|| twin(table, &tables[..place]));
        if let Some(reason) = reason {
            let table = table.name.clone();
            return Err(StoreError::UnfitTable { table, reason });
        }
    }
    let place = std::env::temp_dir();
    let fail = |source: std::io::Error| StoreError::Io {
        path: place.clone(),
        source,
    };
    let file = tempfile::Builder::new()
        .prefix(".package-")
        .tempfile_in(&place)
        .map_err(fail)?;
    write(file.path(), tables, made_at).map_err(|fault| fault.at(file.path()))?;
    std::fs::read(file.path()).map_err(fail)
}

/// What is wrong with a table in itself.
fn unfit(table: &GeoTable) -> Option<String> {
    let plain = |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let own = |name: &str| {
        ["gpkg_", "rtree_", "sqlite_"]
            .iter()
            .any(|start| name.to_ascii_lowercase().starts_with(start))
    };
    if !plain(&table.name) || own(&table.name) {
        return Some("ese nombre no es de tabla".to_owned());
    }
    let mut seen = BTreeSet::from(["fid".to_owned(), "geom".to_owned()]);
    for (name, _) in &table.columns {
        if !plain(name) {
            return Some(format!("«{name}» no es nombre de columna"));
        }
        if !seen.insert(name.to_ascii_lowercase()) {
            return Some(format!("la columna «{name}» está dos veces o usa un nombre reservado"));
        }
    }
    let columns = table.columns.len();
    let odd = table.rows.iter().position(|row| row.values.len() != columns)?;
    let values = table.rows[odd].values.len();
    Some(format!(
        "la fila {} tiene {values} valores y las columnas son {columns}",
        odd + 1
    ))
}

/// Whether one of the tables before has its name or its title.
fn twin(table: &GeoTable, before: &[GeoTable]) -> Option<String> {
    let same = before
        .iter()
        .find(|other| other.name.eq_ignore_ascii_case(&table.name) || other.title == table.title)?;
    Some(format!("comparte nombre o título con «{}»", same.name))
}

fn write(path: &Path, tables: &[GeoTable], made_at: Timestamp) -> Result<(), Fault> {
    let connection = Connection::open(path)?;
    connection.execute_batch(&format!(
        "PRAGMA page_size = 4096; PRAGMA application_id = {}; PRAGMA user_version = {}; PRAGMA journal_mode = OFF;
         PRAGMA synchronous = OFF; PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; BEGIN",
        header::APPLICATION_ID,
        header::USER_VERSION
    ))?;
    connection.execute_batch(include_str!("sql/geopackage.sql"))?;
    for table in tables {
        create(&connection, table, made_at)?;
        fill(&connection, table)?;
        if table.geometry.is_some() {
            connection.execute_batch(&include_str!("sql/tree_triggers.sql").replace("{table}", &table.name))?;
        }
    }
    connection.execute_batch("COMMIT")?;
    connection.close().map_err(|(_, error)| error)?;
    Ok(())
}

/// The table, empty, and what the standard asks to be said of it.
fn create(connection: &Connection, table: &GeoTable, made_at: Timestamp) -> Result<(), Fault> {
    let geometry = table.geometry.map(|kind| match kind {
        GeometryKind::Land => "MULTIPOLYGON",
        GeometryKind::Any => "GEOMETRY",
    });
    let place = geometry.map(|kind| format!(", geom {kind}")).unwrap_or_default();
    let columns: String = table.columns.iter().map(column).collect();
    connection.execute_batch(&format!(
        "CREATE TABLE \"{}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{place}{columns})",
        table.name
    ))?;
    let bounds = table
        .rows
        .iter()
        .filter_map(|row| row.geometry.as_ref())
        .filter_map(envelope);
    let bounds = bounds.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
    let side = |side: usize| bounds.map(|bounds| bounds[side]);
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            table.name,
            if geometry.is_some() { "features" } else { "attributes" },
            table.title,
            table.description,
            made_at.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string(),
            side(0),
            side(1),
            side(2),
            side(3),
            geometry.map(|_| 4326)
        ],
    )?;
    if let Some(kind) = geometry {
        register_geometry(connection, &table.name, kind)?;
    }
    Ok(())
}

fn column((name, kind): &(String, ColumnKind)) -> String {
    let kind = match kind {
        ColumnKind::Text => "TEXT",
        ColumnKind::Integer => "INTEGER",
        ColumnKind::Real => "DOUBLE",
        ColumnKind::Date => "DATE",
    };
    format!(", \"{name}\" {kind}")
}

fn register_geometry(connection: &Connection, table: &str, kind: &str) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, 4326, 0, 0)",
        [table, kind],
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES
           (?1, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        [table],
    )?;
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE \"rtree_{table}_geom\" USING rtree(id, minx, maxx, miny, maxy)"
    ))?;
    Ok(())
}

fn fill(connection: &Connection, table: &GeoTable) -> Result<(), Fault> {
    let places = vec!["?"; table.columns.len() + usize::from(table.geometry.is_some())].join(", ");
    let places = if places.is_empty() {
        "NULL".to_owned()
    } else {
        format!("NULL, {places}")
    };
    let mut statement = connection.prepare(&format!("INSERT INTO \"{}\" VALUES ({places})", table.name))?;
    for row in &table.rows {
        let (values, bounds) = values(row, table.geometry);
        let fid = statement.insert(params_from_iter(values))?;
        if let Some([west, south, east, north]) = bounds {
            connection.execute(
                &format!("INSERT INTO \"rtree_{}_geom\" VALUES (?1, ?2, ?3, ?4, ?5)", table.name),
                params![fid, west, east, south, north],
            )?;
        }
    }
    Ok(())
}

/// The values of a row as SQLite keeps them, the geometry first, and its envelope.
fn values(row: &GeoRow, kind: Option<GeometryKind>) -> (Vec<Sql>, Option<Envelope>) {
    let mut values = Vec::with_capacity(row.values.len() + 1);
    let mut bounds = None;
    if let Some(kind) = kind {
        let geometry = row.geometry.as_ref().map(|geometry| as_kind(geometry, kind));
        bounds = geometry.as_ref().and_then(envelope);
        values.push(geometry.map_or(Sql::Null, |geometry| Sql::Blob(wkb::to_blob(&geometry, bounds))));
    }
    values.extend(row.values.iter().map(|value| match value {
        Value::Null => Sql::Null,
        Value::Bool(yes) => Sql::Integer(i64::from(*yes)),
        Value::Integer(number) => Sql::Integer(*number),
        Value::Real(number) => Sql::Real(*number),
        Value::Date(day) => Sql::Text(day.to_string()),
        Value::Text(text) => Sql::Text(text.clone()),
    }));
    (values, bounds)
}

fn as_kind(geometry: &Geometry<f64>, kind: GeometryKind) -> Geometry<f64> {
    match (kind, geometry) {
        (GeometryKind::Land, Geometry::Polygon(polygon)) => Geometry::MultiPolygon(MultiPolygon(vec![polygon.clone()])),
        _ => geometry.clone(),
    }
}

fn envelope(geometry: &Geometry<f64>) -> Option<Envelope> {
    let bounds = geometry.bounding_rect()?;
    Some([bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y])
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo_types::{point, polygon};

    fn made_at() -> Timestamp {
        "2026-06-02T00:00:00Z".parse().unwrap()
    }

    fn tables() -> Vec<GeoTable> {
        let square = polygon![(x: -78.0, y: -7.0), (x: -77.0, y: -7.0), (x: -77.0, y: -6.0), (x: -78.0, y: -7.0)];
        let row = |geometry: Option<Geometry<f64>>, name: &str, ha: Value| GeoRow {
            geometry,
            values: vec![
                Value::Text(name.to_owned()),
                ha,
                Value::Integer(3),
                Value::Date("2009-09-17".parse().unwrap()),
            ],
        };
        let columns = vec![
            ("name".to_owned(), ColumnKind::Text),
            ("ha".to_owned(), ColumnKind::Real),
            ("parts".to_owned(), ColumnKind::Integer),
            ("filed_at".to_owned(), ColumnKind::Date),
        ];
        let table = |name: &str, geometry, rows| GeoTable {
            name: name.to_owned(),
            title: format!("Tabla {name}"),
            description: "De ensayo".to_owned(),
            geometry,
            columns: columns.clone(),
            rows,
        };
        vec![
            table(
                "land",
                Some(GeometryKind::Land),
                vec![
                    row(Some(square.into()), "=1+1", Value::Real(12.3456)),
                    row(None, "Ñahuin", Value::Null),
                ],
            ),
            table(
                "points",
                Some(GeometryKind::Any),
                vec![row(Some(point!(x: -78.5, y: -7.1).into()), "P", Value::Null)],
            ),
            table("plain", None, vec![row(None, "solo", Value::Real(1.0))]),
        ]
    }

    #[test]
    fn the_same_tables_give_the_same_bytes() {
        let first = package(&tables(), made_at()).unwrap();
        assert!(first == package(&tables(), made_at()).unwrap());
        assert_eq!(first[68..72], *b"GPKG");
    }

    #[test]
    fn geometries_values_and_trees_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.gpkg");
        std::fs::write(&path, package(&tables(), made_at()).unwrap()).unwrap();
        let connection = Connection::open(&path).unwrap();
        let one = |sql: &str| -> String { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(one("PRAGMA integrity_check"), "ok");
        assert_eq!(
            one("SELECT name || ha || parts || filed_at FROM land WHERE fid = 1"),
            "=1+112.345632009-09-17"
        );
        assert_eq!(one("SELECT count(*) || '' FROM rtree_land_geom"), "1");
        assert_eq!(
            one("SELECT count(*) || '' FROM land WHERE geom IS NULL AND ha IS NULL"),
            "1"
        );
        assert_eq!(
            one("SELECT data_type FROM gpkg_contents WHERE table_name = 'plain'"),
            "attributes"
        );
        assert_eq!(
            one("SELECT last_change FROM gpkg_contents LIMIT 1"),
            "2026-06-02T00:00:00.000Z"
        );
        let blob: Vec<u8> = connection
            .query_row("SELECT geom FROM land WHERE fid = 1", [], |row| row.get(0))
            .unwrap();
        let (geometry, bounds) = wkb::from_blob(&blob).unwrap();
        assert!(matches!(geometry, Geometry::MultiPolygon(land) if land.0.len() == 1));
        assert_eq!(bounds, Some([-78.0, -7.0, -77.0, -6.0]));
    }

    /// What is said of tables that were spoilt.
    fn refused(spoil: fn(&mut Vec<GeoTable>)) -> String {
        let mut tables = tables();
        spoil(&mut tables);
        let error = package(&tables, made_at()).unwrap_err();
        assert!(matches!(error, StoreError::UnfitTable { .. }), "{error:?}");
        error.sentence_es()
    }

    #[test]
    fn a_table_that_no_package_holds_is_refused_and_no_store_is_called_damaged() {
        let short = refused(|tables| {
            tables[0].rows[1].values.pop();
        });
        assert!(
            short.contains("«land»") && short.contains("la fila 2 tiene 3 valores y las columnas son 4"),
            "{short}"
        );
        let named = refused(|tables| tables[0].name = "land\" (x); --".to_owned());
        assert!(
            named.contains("no es de tabla") && !named.contains("almacén"),
            "{named}"
        );
        let column = refused(|tables| tables[1].columns[0].0 = "el nombre".to_owned());
        assert!(column.contains("«el nombre» no es nombre de columna"), "{column}");
        for twice in [
            refused(|tables| tables[1].columns[0].0 = "HA".to_owned()),
            refused(|tables| tables[1].columns[0].0 = "geom".to_owned()),
        ] {
            assert!(twice.contains("está dos veces o usa un nombre reservado"), "{twice}");
        }
        for twins in [
            refused(|tables| tables[1].name = "LAND".to_owned()),
            refused(|tables| tables[1].title = "Tabla land".to_owned()),
        ] {
            assert!(twins.contains("comparte nombre o título con «land»"), "{twins}");
        }
        let own = refused(|tables| tables[2].name = "gpkg_contents".to_owned());
        assert!(own.contains("no es de tabla"), "{own}");
    }

    #[test]
    fn gdal_reads_it_where_it_is_installed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.gpkg");
        std::fs::write(&path, package(&tables(), made_at()).unwrap()).unwrap();
        let Ok(said) = std::process::Command::new("ogrinfo").arg("-al").arg(&path).output() else {
            eprintln!("SKIPPED: no ogrinfo on this machine");
            return;
        };
        let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
        assert!(
            said.status.success() && !text.contains("Warning") && !text.contains("ERROR"),
            "{text}"
        );
        assert!(
            text.contains("Feature Count: 2") && text.contains("ha (Real) = 12.3456"),
            "{text}"
        );
    }
}
