//! Bad input and what is answered: format seen, byte or line, feature and vertex, areas of repairs, and the mend.

use crate::making::{SQUARE_17S, geojson, ring, square_at, text_file, write, zipped};
use crate::support::{Failure, import, import_file, profile, request};
use ingest::{ArchiveError, Imported, OpenError, ReadError, Rejected};
use std::fs;
use std::path::Path;
use territory::{NewFeature, RepairKind};

const LAND: &str = "kind='communities'\n[fields.name]\nfrom=['n']";

fn sentence(path: &Path) -> String {
    match import_file(path, &profile(LAND)) {
        Ok(_) => panic!("{} came in", path.display()),
        Err(failure) => failure.sentence_es(),
    }
}

fn land(features: &[(&str, &str)]) -> (Imported, Vec<NewFeature>) {
    let (_folder, path) = geojson(features);
    import_file(&path, &profile(LAND)).unwrap_or_else(|failure| panic!("{}", failure.sentence_es()))
}

/// Why one row is left out beside a good one.
fn reason(geometry: &str) -> Rejected {
    let good = square_at(-78.5, -6.8);
    let (imported, _) = land(&[(r#"{"n":"buena"}"#, &good), (r#"{"n":"mala"}"#, geometry)]);
    assert_eq!((imported.counts.kept, imported.counts.rejected), (1, 1), "{geometry}");
    let rejected = imported.quality.rejected.items[0].clone();
    assert_eq!((rejected.row, rejected.field.as_str()), (2, "geometry"));
    rejected
}

#[test]
fn an_empty_file_says_so() {
    for name in [
        "a.geojson",
        "a.shp",
        "a.gpkg",
        "a.kml",
        "a.csv",
        "a.fgb",
        "a.zip",
        "a.dxf",
    ] {
        let (_folder, path) = text_file(name, "");
        assert!(sentence(&path).contains("0 bytes"), "{name}");
    }
}

#[test]
fn what_is_not_the_format_that_it_says_is_named_by_what_it_is() {
    for (name, content, seen) in [
        ("a.geojson", "<OGRVRTDataSource></OGRVRTDataSource>", "VRT"),
        ("a.geojson", "PK\u{3}\u{4}0000", "ZIP"),
        ("a.kml", "<!DOCTYPE html><html></html>", "HTML"),
        ("a.gpkg", "{\"type\":\"FeatureCollection\"}", "JSON"),
        ("a.shp", "esto no es un mapa, es un texto largo", "texto"),
        ("a.fgb", "esto no es un mapa", "texto"),
        ("a.vrt", "<OGRVRTDataSource></OGRVRTDataSource>", "VRT"),
        ("a.xlsx", "PK\u{3}\u{4}0000", "ZIP"),
        ("a.zip", "esto no es un zip", "ZIP"),
    ] {
        let (folder, path) = text_file(name, content);
        fs::write(folder.path().join("a.shx"), "x").unwrap();
        fs::write(folder.path().join("a.dbf"), "x").unwrap();
        let sentence = sentence(&path);
        assert!(sentence.contains(seen), "{name}: {sentence}");
    }
}

#[test]
fn a_truncated_geojson_is_told_with_line_and_column() {
    let (_folder, whole) = geojson(&[("{}", &square_at(-78.5, -6.8)), ("{}", &square_at(-78.4, -6.8))]);
    let text = fs::read_to_string(whole).unwrap();
    let (_folder, path) = text_file("a.geojson", &text[..text.len() - 40]);
    let sentence = sentence(&path);
    assert!(sentence.contains("línea 2, columna"), "{sentence}");
}

#[test]
fn truncated_binary_files_are_told_with_their_byte() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<(&str, f64, &str)> = (0..400).map(|_| ("A", 1.0, SQUARE_17S)).collect();
    for (driver, name, words) in [
        ("ESRI Shapefile", "a.shp", "cortado en el byte"),
        ("FlatGeobuf", "a.fgb", "FlatGeobuf|dañado"),
        ("GPKG", "a.gpkg", "GeoPackage|dañado"),
    ] {
        let path = folder.path().join(name);
        write(driver, &path, Some(32_717), &rows);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        let sentence = sentence(&path);
        assert!(
            words.split('|').any(|word| sentence.contains(word)),
            "{name}: {sentence}"
        );
    }
    let dbf = folder.path().join("b.dbf");
    write("ESRI Shapefile", &folder.path().join("b.shp"), Some(32_717), &rows);
    let bytes = fs::read(&dbf).unwrap();
    fs::write(&dbf, &bytes[..bytes.len() / 2]).unwrap();
    assert!(sentence(&folder.path().join("b.shp")).contains("cortado en el byte"));
    fs::remove_file(&dbf).unwrap();
    assert!(sentence(&folder.path().join("b.shp")).contains(".dbf"));
}

#[test]
fn a_vertex_that_is_no_position_is_named() {
    for (bad, words) in [
        ("NaN,-6.8", "no es un número finito"),
        ("1e999,-6.8", "no es un número finito"),
        ("-780.5,-6.8", "fuera de rango"),
        ("0,0", "(0, 0)"),
    ] {
        let geometry = format!(
            r#"{{"type":"Polygon","coordinates":[[[-78.5,-6.8],[-78.49,-6.8],[{bad}],[-78.5,-6.79],[-78.5,-6.8]]]}}"#
        );
        let rejected = reason(&geometry);
        assert!(
            rejected.reason.contains("vértice 3") && rejected.reason.contains(words),
            "{bad}: {}",
            rejected.reason
        );
    }
}

#[test]
fn land_outside_of_peru_is_left_out_with_its_place() {
    let abroad = reason(&square_at(-3.7, 40.4));
    assert!(
        abroad.reason.contains("fuera del Perú") && abroad.reason.contains("40.4"),
        "{}",
        abroad.reason
    );
    assert!(reason(&square_at(-6.8, -78.5)).mend.contains("cambiadas"));
    assert!(reason(&square_at(78.5, 6.8)).mend.contains("signo"));
}

#[test]
fn broken_rings_are_repaired_and_stated_with_areas() {
    let bow_tie = ring(&[
        (-78.5, -6.8),
        (-78.49, -6.79),
        (-78.49, -6.8),
        (-78.5, -6.79),
        (-78.5, -6.8),
    ]);
    let unclosed = ring(&[(-78.5, -6.8), (-78.49, -6.8), (-78.49, -6.79)]);
    let repeated = ring(&[
        (-78.5, -6.8),
        (-78.49, -6.8),
        (-78.49, -6.8),
        (-78.49, -6.79),
        (-78.5, -6.8),
    ]);
    let clockwise = ring(&[
        (-78.5, -6.8),
        (-78.5, -6.79),
        (-78.49, -6.79),
        (-78.49, -6.8),
        (-78.5, -6.8),
    ]);
    let overlapping = r#"{"type":"MultiPolygon","coordinates":[
        [[[-78.5,-6.8],[-78.48,-6.8],[-78.48,-6.78],[-78.5,-6.78],[-78.5,-6.8]]],
        [[[-78.49,-6.79],[-78.47,-6.79],[-78.47,-6.77],[-78.49,-6.77],[-78.49,-6.79]]]]}"#;
    for (geometry, kind) in [
        (bow_tie.as_str(), RepairKind::SplitCrossing),
        (&unclosed, RepairKind::ClosedRing),
        (&repeated, RepairKind::DroppedRepeats),
        (overlapping, RepairKind::JoinedParts),
    ] {
        let (imported, features) = land(&[("{}", geometry)]);
        assert_eq!(imported.counts.repaired, 1, "{kind:?}");
        let repair = imported.quality.repairs.items.iter().find(|repair| repair.kind == kind);
        let repair = repair.unwrap_or_else(|| panic!("{kind:?} is not in {:?}", imported.quality.repairs));
        assert!(repair.area_after_ha > 30.0 && repair.row == 1, "{repair:?}");
        assert!(features[0].source.is_some(), "the source's own rings are kept");
        assert!(imported.quality.to_spanish().contains(ingest::repair_es(kind)));
    }
    let (imported, features) = land(&[("{}", &clockwise)]);
    let turned = &imported.quality.turned_rings.items[0];
    assert!(
        turned.kind == RepairKind::TurnedRing && turned.area_before_ha > 100.0,
        "{turned:?}"
    );
    assert!(
        imported.counts.repaired == 0 && features[0].source.is_none(),
        "no land changed"
    );
    assert!(imported.quality.to_spanish().contains("otro sentido"));
    let (imported, _) = land(&[("{}", overlapping)]);
    let joined = &imported
        .quality
        .repairs
        .items
        .iter()
        .find(|r| r.kind == RepairKind::JoinedParts)
        .unwrap();
    assert!(
        joined.area_before_ha - joined.area_after_ha > 100.0,
        "the shared land counts once: {joined:?}"
    );
}

#[test]
fn what_is_no_land_is_listed_and_left_out() {
    assert!(reason("null").reason.contains("no tiene geometría"));
    assert!(
        reason(r#"{"type":"Polygon","coordinates":[]}"#)
            .reason
            .contains("no tiene geometría")
    );
    assert!(
        reason(r#"{"type":"Point","coordinates":[-78.5,-6.8]}"#)
            .reason
            .contains("puntos")
    );
    assert!(
        reason(r#"{"type":"LineString","coordinates":[[-78.5,-6.8],[-78.4,-6.8]]}"#)
            .reason
            .contains("líneas")
    );
    let flat = ring(&[(-78.5, -6.8), (-78.49, -6.8), (-78.5, -6.8), (-78.5, -6.8)]);
    assert!(reason(&flat).reason.contains("ningún área"));
}

#[test]
fn nothing_is_published_when_nothing_remains() {
    let (_folder, path) = geojson(&[("{}", "null"), ("{}", "null")]);
    let Err(Failure::Read(error @ ReadError::NothingRemains { .. })) = import_file(&path, &profile(LAND)) else {
        panic!("nothing can remain")
    };
    assert!(
        error.sentence_es().contains("De las 2 filas no queda ninguna"),
        "{}",
        error.sentence_es()
    );
    let (_folder, path) = text_file("vacia.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    assert!(sentence(&path).contains("ninguna fila"));
}

#[test]
fn heights_collections_and_mixed_types_are_accepted_and_stated() {
    let high = r#"{"type":"Polygon","coordinates":[[[-78.5,-6.8,3900],[-78.49,-6.8,3900],[-78.49,-6.79,3900],[-78.5,-6.8,3900]]]}"#;
    let collection = format!(
        r#"{{"type":"GeometryCollection","geometries":[{},{{"type":"Point","coordinates":[-78.4,-6.8]}}]}}"#,
        square_at(-78.4, -6.8)
    );
    let (imported, features) = land(&[("{}", high), ("{}", &collection), ("{}", &square_at(-78.3, -6.8))]);
    assert_eq!(features.len(), 3);
    let notes = &imported.quality.geometry_notes;
    assert_eq!(
        (
            notes.get("z-dropped"),
            notes.get("collection-opened"),
            notes.get("parts-left-out")
        ),
        (Some(&1), Some(&1), Some(&1))
    );
}

#[test]
fn metres_without_a_crs_are_asked_about_with_candidates() {
    let metres = ring(&[
        (770_000.0, 9_250_000.0),
        (771_000.0, 9_250_000.0),
        (771_000.0, 9_251_000.0),
        (770_000.0, 9_250_000.0),
    ]);
    let (_folder, path) = geojson(&[("{}", &metres)]);
    let Err(Failure::Open(error @ OpenError::ImpossibleCrs { .. })) = import_file(&path, &profile(LAND)) else {
        panic!("metres are no degrees")
    };
    let sentence = error.sentence_es();
    assert!(
        sentence.contains("EPSG:32717") && sentence.contains("EPSG:24877") && sentence.contains("--crs"),
        "{sentence}"
    );
    let profile = profile(LAND);
    let mut wanted = request(path.to_str().unwrap(), &profile);
    wanted.crs = Some("EPSG:32717");
    let (imported, features) = import(&wanted).unwrap();
    assert_eq!(imported.counts.kept, 1);
    assert!(imported.quality.reading.notes.iter().any(|note| note.contains("--crs")));
    assert!((features[0].feature.land.as_ref().unwrap().shape.square_metres() - 500_000.0).abs() < 1.0);
}

#[test]
fn a_crs_of_elsewhere_and_a_profile_that_disagrees_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.shp");
    write(
        "ESRI Shapefile",
        &path,
        Some(2056),
        &[(
            "A",
            1.0,
            "POLYGON ((2600000 1200000,2600100 1200000,2600000 1200100,2600000 1200000))",
        )],
    );
    assert!(matches!(
        import_file(&path, &profile(LAND)),
        Err(Failure::Open(OpenError::UnknownCrs(_)))
    ));
    write("ESRI Shapefile", &path, Some(32_717), &[("A", 1.0, SQUARE_17S)]);
    let other = profile(&format!("crs='EPSG:24877'\n{LAND}"));
    assert!(matches!(
        import_file(&path, &other),
        Err(Failure::Open(OpenError::CrsContradiction { .. }))
    ));
}

#[test]
fn an_archive_that_leaves_its_folder_writes_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.zip");
    zipped(&path, &[("../fuera.geojson", b"{}")]);
    let Err(Failure::Open(OpenError::Archive(error))) = import_file(&path, &profile(LAND)) else {
        panic!("it escapes")
    };
    assert!(matches!(error, ArchiveError::Escapes { .. }), "{error}");
    assert!(!folder.path().parent().unwrap().join("fuera.geojson").exists());
}

#[test]
fn a_row_given_twice_is_kept_once_and_a_shared_id_stays_two_features() {
    let with_key = profile("kind='communities'\nkey=['id']\n[fields.code]\nfrom=['id']");
    let (a, b) = (square_at(-78.5, -6.8), square_at(-78.4, -6.8));
    let (_folder, path) = geojson(&[(r#"{"id":"7"}"#, &a), (r#"{"id":"7"}"#, &a), (r#"{"id":"7"}"#, &b)]);
    let (imported, features) = import_file(&path, &with_key).unwrap();
    assert_eq!(crate::support::keys(&features), ["7", "7-2"]);
    assert!(
        imported.quality.rejected.items[0]
            .reason
            .contains("copia exacta de la fila 1")
    );
    assert_eq!(imported.quality.shared_keys.items[0].rows, [1, 3]);
}
