//! What the quality report finds in layers that are good enough to come in.

use crate::making::{BESIDE_17S, SQUARE_17S, geojson, square_at, write};
use crate::support::{import_file, profile};
use std::fs;

const LAND: &str = "kind='communities'\nkey=['id']\n[fields.name]\nfrom=['n','NOMBRE']\n[fields.declared_ha]\nfrom=['ha','AREA_HA']\nas='number'";

#[test]
fn declared_areas_far_from_the_measured_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    write(
        "GPKG",
        &path,
        Some(32_717),
        &[("A", 101.0, SQUARE_17S), ("B", 90.0, BESIDE_17S)],
    );
    let (imported, _) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(imported.quality.areas_compared, 2);
    let differences = &imported.quality.area_differences.items;
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].name.as_deref(), Some("B"));
    assert!((differences[0].measured_ha - 100.0).abs() < 1e-6 && (differences[0].difference - 1.0 / 9.0).abs() < 1e-6);
}

#[test]
fn land_that_two_features_share_is_measured_and_a_shared_border_is_none() {
    let overlapping = "POLYGON ((770500 9250000,771500 9250000,771500 9250500,770500 9250500,770500 9250000))";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.gpkg");
    write(
        "GPKG",
        &path,
        Some(32_717),
        &[("A", 0.0, SQUARE_17S), ("B", 0.0, BESIDE_17S), ("C", 0.0, overlapping)],
    );
    let (imported, _) = import_file(&path, &profile(LAND)).unwrap();
    let overlaps = &imported.quality.overlaps;
    assert!(overlaps.measured);
    assert_eq!(overlaps.list.total, 2, "A and B only share a border: {overlaps:?}");
    assert!((overlaps.hectares - 50.0).abs() < 1e-6, "{overlaps:?}");
}

#[test]
fn land_of_two_zones_is_compared_across_the_meridian() {
    let west = crate::making::ring(&[
        (-78.03, -6.8),
        (-77.995, -6.8),
        (-77.995, -6.79),
        (-78.03, -6.79),
        (-78.03, -6.8),
    ]);
    let east = crate::making::ring(&[
        (-78.005, -6.8),
        (-77.97, -6.8),
        (-77.97, -6.79),
        (-78.005, -6.79),
        (-78.005, -6.8),
    ]);
    let (_folder, path) = geojson(&[("{}", &west), ("{}", &east)]);
    let (imported, _) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(imported.quality.zones.len(), 2);
    assert_eq!(imported.quality.overlaps.pairs, 1);
    assert!(
        (imported.quality.overlaps.hectares - 122.0).abs() < 1.0,
        "{:?}",
        imported.quality.overlaps
    );
}

#[test]
fn texts_damaged_on_the_way_are_repaired_and_counted_by_field() {
    let place = square_at(-78.5, -6.8);
    let (_folder, path) = geojson(&[(r#"{"n":"CAÃ\u0091ARIS","otro":"TrÃ¡mite"}"#, &place)]);
    let (imported, features) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(features[0].feature.name(), "CAÑARIS");
    assert_eq!(features[0].feature.source_fields["otro"], "Trámite");
    assert_eq!(
        imported.quality.mojibake.into_iter().collect::<Vec<_>>(),
        [("n".to_owned(), 1), ("otro".to_owned(), 1)]
    );
}

#[test]
fn a_shapefile_without_cpg_is_read_by_what_its_bytes_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.shp");
    write("ESRI Shapefile", &path, Some(32_717), &[("CANARIS", 100.0, SQUARE_17S)]);
    fs::remove_file(path.with_extension("cpg")).ok();
    let mut dbf = fs::read(path.with_extension("dbf")).unwrap();
    dbf[29] = 0;
    let at = dbf.windows(7).position(|window| window == b"CANARIS").unwrap();
    dbf[at + 2] = 0xd1;
    fs::write(path.with_extension("dbf"), &dbf).unwrap();
    let (imported, features) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(features[0].feature.name(), "CAÑARIS");
    assert_eq!(imported.quality.reading.encoding.as_deref(), Some("CP1252"));
    assert!(imported.quality.reading.notes.iter().any(|note| note.contains(".cpg")));
}

#[test]
fn an_absent_number_is_nothing_and_not_zero() {
    let (a, b) = (square_at(-78.5, -6.8), square_at(-78.4, -6.8));
    let (_folder, path) = geojson(&[(r#"{"n":"A","ha":0,"x":0}"#, &a), (r#"{"n":"B"}"#, &b)]);
    let (_, features) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(features[0].feature.attributes.number("declared_ha"), Some(0.0));
    assert_eq!(features[1].feature.attributes.number("declared_ha"), None);
    assert_eq!(features[0].feature.source_fields["x"], 0);
    assert!(features[1].feature.source_fields["x"].is_null());
}

#[test]
fn a_value_that_no_domain_knows_and_a_date_that_is_none_are_reported() {
    let rules = "kind='concessions'\nkey=['c']\n[fields.state_group]\nfrom=['e']\ndomain='d'\n[fields.filed_at]\nfrom=['f']\nas='date'\n\
                 [domains.d]\notherwise='otros'\nvalues={T='titulado'}";
    let (a, b, c) = (square_at(-78.5, -6.8), square_at(-78.4, -6.8), square_at(-78.3, -6.8));
    let (_folder, path) = geojson(&[
        (r#"{"c":"1","e":"T","f":"1771-05-01"}"#, &a),
        (r#"{"c":"2","e":"Z","f":"ayer"}"#, &b),
        (r#"{"c":"3","e":"Z","f":null}"#, &c),
    ]);
    let (imported, features) = import_file(&path, &profile(rules)).unwrap();
    let groups: Vec<_> = features
        .iter()
        .map(|f| f.feature.attributes.text("state_group").unwrap())
        .collect();
    assert_eq!(groups, ["titulado", "otros", "otros"]);
    assert_eq!(imported.quality.unknown_values.len(), 1);
    assert_eq!(
        (
            imported.quality.unknown_values[0].value.as_str(),
            imported.quality.unknown_values[0].rows
        ),
        ("Z", 2)
    );
    let odd = &imported.quality.not_understood.items;
    assert_eq!((odd.len(), odd[0].row, odd[0].value.as_str()), (1, 2, "ayer"));
    assert_eq!(
        features[0].feature.attributes.date("filed_at"),
        Some(jiff::civil::date(1771, 5, 1))
    );
}

#[test]
fn versions_of_one_limit_stay_apart_by_their_kind() {
    let rules = "kind='communities'\nkey=['c']\nkey_version='limit_kind'\nrows_with_same_key='join'\n[fields.limit_kind]\nfrom=['t']";
    let (a, b) = (square_at(-78.5, -6.8), square_at(-78.499, -6.8));
    let (_folder, path) = geojson(&[
        (r#"{"c":"7","t":"titulo"}"#, &a),
        (r#"{"c":"7","t":"propio"}"#, &b),
        (r#"{"c":"7","t":"titulo"}"#, &square_at(-78.4, -6.8)),
    ]);
    let (imported, features) = import_file(&path, &profile(rules)).unwrap();
    let mut keys = crate::support::keys(&features);
    keys.sort_unstable();
    assert_eq!(keys, ["7:propio", "7:titulo"]);
    assert_eq!(imported.quality.joined_rows, 1);
}

#[test]
fn the_report_of_a_file_is_the_same_every_time() {
    let squares: Vec<String> = (0..200)
        .map(|n| square_at(-78.5 + f64::from(n) * 0.005, -6.8))
        .collect();
    let rows: Vec<(&str, &str)> = squares.iter().map(|square| ("{}", square.as_str())).collect();
    let (_folder, path) = geojson(&rows);
    let (first, _) = import_file(&path, &profile(LAND)).unwrap();
    let (second, _) = import_file(&path, &profile(LAND)).unwrap();
    assert_eq!(
        first.quality.to_json().to_string(),
        second.quality.to_json().to_string()
    );
    assert_eq!(first.quality.overlaps.pairs, 199);
}
