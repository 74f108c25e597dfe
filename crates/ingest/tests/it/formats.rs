//! Each format comes in, read by its extension alone.

use crate::making::{BESIDE_17S, SQUARE_17S, SQUARE_DEGREES, text_file, write, zipped};
use crate::support::{Failure, import, import_file, profile, request};
use ingest::OpenError;
use std::fs;
use territory::LayerKind;

const FIELDS: &str = "kind='communities'\nkey=['CODIGO']\n[fields.name]\nfrom=['NOMBRE','Name']\n[fields.declared_ha]\nfrom=['AREA_HA']\nas='number'";

#[test]
fn every_format_gives_the_same_square() {
    let profile = profile(FIELDS);
    let folder = tempfile::tempdir().unwrap();
    for (driver, file, epsg, wkt, hectares) in [
        ("ESRI Shapefile", "a.shp", Some(32_717), SQUARE_17S, 100.0),
        ("GPKG", "a.gpkg", Some(32_717), SQUARE_17S, 100.0),
        ("FlatGeobuf", "a.fgb", Some(32_717), SQUARE_17S, 100.0),
        ("OpenFileGDB", "a.gdb", Some(32_717), SQUARE_17S, 100.0),
        ("GeoJSON", "a.geojson", Some(4326), SQUARE_DEGREES, 122.0),
        ("GeoJSONSeq", "a.geojsonl", Some(4326), SQUARE_DEGREES, 122.0),
        ("LIBKML", "a.kml", Some(4326), SQUARE_DEGREES, 122.0),
        ("LIBKML", "a.kmz", Some(4326), SQUARE_DEGREES, 122.0),
    ] {
        let path = folder.path().join(file);
        write(driver, &path, epsg, &[("El Tingo", 100.0, wkt)]);
        let (imported, features) =
            import_file(&path, &profile).unwrap_or_else(|error| panic!("{file}: {}", error.sentence_es()));
        assert_eq!(imported.counts.kept, 1, "{file}");
        let feature = &features[0].feature;
        assert_eq!(feature.name(), "El Tingo", "{file}");
        assert_eq!(feature.attributes.number("declared_ha"), Some(100.0), "{file}");
        let measured = feature.land.as_ref().unwrap().shape.square_metres() / 1e4;
        assert!((measured - hectares).abs() < 1.0, "{file}: {measured} ha");
    }
}

#[test]
fn a_closed_line_of_a_drawing_is_land_and_that_is_stated() {
    let profile = profile("kind='urban'\ncrs='EPSG:32717'");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plano.dxf");
    write(
        "DXF",
        &path,
        None,
        &[(
            "",
            0.0,
            "LINESTRING (770000 9250000,771000 9250000,771000 9251000,770000 9250000)",
        )],
    );
    let (imported, features) = import_file(&path, &profile).unwrap_or_else(|error| panic!("{}", error.sentence_es()));
    assert_eq!(imported.quality.geometry_notes.get("closed-lines"), Some(&1));
    assert!((features[0].feature.land.as_ref().unwrap().shape.square_metres() - 500_000.0).abs() < 1.0);
}

#[test]
fn a_table_of_coordinates_gives_points_and_one_of_wkt_gives_land() {
    let springs = profile("kind='springs'\ncrs='EPSG:32718'\n[fields.name]\nfrom=['NOMBRE']");
    let (_folder, path) = text_file(
        "m.csv",
        "NOMBRE,ESTE,NORTE\nManante,770000.5,8500000\n\"Otro, alto\",,8500000\n",
    );
    let (imported, features) = import_file(&path, &springs).unwrap();
    assert_eq!((imported.counts.kept, imported.counts.rejected), (1, 1));
    assert_eq!(imported.quality.rejected.items[0].row, 2);
    assert_eq!(features[0].feature.name(), "Manante");
    let (_folder, path) = text_file("m.csv", "NOMBRE,ALTURA\nManante,3900\n");
    assert!(matches!(
        import_file(&path, &springs),
        Err(Failure::Open(OpenError::MissingField { .. }))
    ));
    let land = profile("kind='communities'\ncrs='EPSG:32717'\n[fields.name]\nfrom=['NOMBRE']");
    let (_folder, path) = text_file("t.csv", format!("NOMBRE;WKT\nEl Tingo;{SQUARE_17S}\n"));
    let (_, features) = import_file(&path, &land).unwrap_or_else(|error| panic!("{}", error.sentence_es()));
    assert!((features[0].feature.land.as_ref().unwrap().shape.square_metres() - 1e6).abs() < 1.0);
}

#[test]
fn a_zip_of_a_shapefile_is_read_and_of_two_one_is_named() {
    let profile = profile(FIELDS);
    let folder = tempfile::tempdir().unwrap();
    write(
        "ESRI Shapefile",
        &folder.path().join("a.shp"),
        Some(32_717),
        &[("A", 100.0, SQUARE_17S)],
    );
    let read = |extension: &str| fs::read(folder.path().join("a").with_extension(extension)).unwrap();
    let (shp, shx, dbf, prj) = (read("shp"), read("shx"), read("dbf"), read("prj"));
    let one: Vec<(&str, &[u8])> = vec![
        ("capas/a.shp", &shp),
        ("capas/a.shx", &shx),
        ("capas/a.dbf", &dbf),
        ("capas/a.prj", &prj),
    ];
    let zip = folder.path().join("una.zip");
    zipped(&zip, &one);
    assert_eq!(import_file(&zip, &profile).unwrap().0.counts.kept, 1);
    let mut two = one.clone();
    two.extend([("b.shp", &shp[..]), ("b.shx", &shx), ("b.dbf", &dbf), ("b.prj", &prj)]);
    let zip = folder.path().join("dos.zip");
    zipped(&zip, &two);
    let Err(Failure::Open(OpenError::SeveralLayers(names))) = import_file(&zip, &profile) else {
        panic!("two layers")
    };
    assert_eq!(names, ["b", "a"]);
    let mut wanted = request(zip.to_str().unwrap(), &profile);
    wanted.table = Some("b");
    assert_eq!(import(&wanted).unwrap().0.counts.kept, 1);
}

#[test]
fn of_several_tables_of_a_geopackage_one_is_named() {
    let profile = profile(FIELDS);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("varias.gpkg");
    write("GPKG", &path, Some(32_717), &[("A", 100.0, SQUARE_17S)]);
    let mut dataset = gdal::Dataset::open_ex(
        &path,
        gdal::DatasetOptions {
            open_flags: gdal::GdalOpenFlags::GDAL_OF_UPDATE,
            ..gdal::DatasetOptions::default()
        },
    )
    .unwrap();
    dataset
        .execute_sql(
            "CREATE VIEW trampa AS SELECT * FROM capa",
            None,
            gdal::vector::sql::Dialect::DEFAULT,
        )
        .unwrap();
    dataset
        .execute_sql(
            "INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES ('trampa','trampa','features',32717)",
            None,
            gdal::vector::sql::Dialect::DEFAULT,
        )
        .unwrap();
    dataset
        .execute_sql(
            "INSERT INTO gpkg_geometry_columns VALUES ('trampa','geom','GEOMETRY',32717,0,0)",
            None,
            gdal::vector::sql::Dialect::DEFAULT,
        )
        .unwrap();
    dataset.flush_cache().unwrap();
    dataset.close().unwrap();
    let before = fs::read(&path).unwrap();
    let mut wanted = request(path.to_str().unwrap(), &profile);
    assert!(matches!(
        import(&wanted),
        Err(Failure::Open(OpenError::SeveralLayers(_)))
    ));
    wanted.table = Some("trampa");
    assert!(
        matches!(import(&wanted), Err(Failure::Open(OpenError::View(_)))),
        "a view is a program of a stranger"
    );
    wanted.table = Some("capa");
    assert_eq!(import(&wanted).unwrap().0.counts.kept, 1);
    assert_eq!(fs::read(&path).unwrap(), before, "the source is not written to");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
}

#[test]
fn a_database_that_does_not_answer_is_told_without_its_password() {
    let profile = profile(FIELDS);
    let wanted = request("PG:host=127.0.0.1 port=1 user=u password=secreto dbname=d", &profile);
    let Err(failure) = import(&wanted) else {
        panic!("nobody listens there")
    };
    let sentence = failure.sentence_es();
    assert!(
        !sentence.contains("secreto") && sentence.contains("host=127.0.0.1"),
        "{sentence}"
    );
}

#[test]
fn rows_that_name_their_zone_are_put_in_it() {
    let profile =
        profile("kind='concessions'\nkey=['C']\n[zone]\nfield='ZONA'\ndatum='PSAD56'\n[fields.code]\nfrom=['C']");
    let (_folder, path) = text_file(
        "d.csv",
        format!(
            "C;ZONA;WKT\nA;17;{SQUARE_17S}\nB;18S;POLYGON ((300000 8800000,301000 8800000,301000 8801000,300000 8800000))\nX;20;{BESIDE_17S}\n"
        ),
    );
    let (imported, features) = import_file(&path, &profile).unwrap_or_else(|error| panic!("{}", error.sentence_es()));
    assert_eq!(
        imported.quality.zones.into_iter().collect::<Vec<_>>(),
        [(17, 1), (18, 1)]
    );
    assert_eq!(imported.quality.reading.operation, "EPSG:1208, exactitud 16 m");
    assert!(imported.quality.reading.crs.contains("EPSG:24877") && imported.quality.reading.crs.contains("EPSG:24878"));
    let rejected = &imported.quality.rejected.items[0];
    assert_eq!(
        (rejected.row, rejected.field.as_str(), rejected.id.as_deref()),
        (3, "ZONA", Some("X"))
    );
    assert!(features.iter().all(|f| f.source.is_some()));
}

#[test]
fn the_profile_and_the_caller_must_mean_the_same_kind() {
    let profile = profile(FIELDS);
    let (_folder, path) = text_file("a.geojson", "{}");
    let mut wanted = request(path.to_str().unwrap(), &profile);
    wanted.kind = Some(LayerKind::Rivers);
    assert!(matches!(import(&wanted), Err(Failure::Open(OpenError::Kind { .. }))));
}
