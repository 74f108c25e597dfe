//! Bad input: refused with what was seen, where, and the mend.

use crate::made::*;
use uploads::{At, Incoming, Kind, Limits, TooMuch, UploadError};

fn refused(bytes: &[u8]) -> UploadError {
    let error = read(bytes).expect_err("it must be refused");
    let sentence = error.sentence_es();
    assert!(sentence.ends_with('.') && sentence.chars().count() > 20, "{sentence}");
    error
}

fn limited(bytes: &[u8], change: impl Fn(&mut Limits)) -> UploadError {
    let mut limits = Limits::default();
    change(&mut limits);
    uploads::read(
        &Incoming {
            bytes,
            ..Incoming::default()
        },
        &limits,
    )
    .expect_err("it must be refused")
}

#[test]
fn nothing_is_refused_as_nothing() {
    for bytes in [&b""[..], b" \n\t ", b"\xEF\xBB\xBF"] {
        assert_eq!(refused(bytes), UploadError::Empty);
    }
}

#[test]
fn another_format_than_said_is_named() {
    let geojson = geojson_polygon(&FIELD);
    let document = kml(&kml_polygon(&FIELD));
    for (bytes, name, expected, seen) in [
        (geojson.as_bytes(), "a.kml", "KML", "GeoJSON"),
        (document.as_bytes(), "a.geojson", "GeoJSON", "KML"),
        (b"%PDF-1.7", "plano.pdf", "conocido", "PDF"),
        (b"%PDF-1.7", "lote.geojson", "GeoJSON", "PDF"),
        (b"<!DOCTYPE html><html></html>", "a.kml", "KML", "HTML"),
        (b"SQLite format 3\0", "a.gpkg", "conocido", "GeoPackage"),
        (b"hola mundo", "a.txt", "conocido", "hola mundo"),
        (b"\x00\x00\x27\x0A\x00", "a.shp", "conocido", ".shp"),
    ] {
        let error = read_as(bytes, name).unwrap_err();
        let UploadError::NotThisFormat { expected: e, seen: s } = &error else {
            panic!("{name}: {error}")
        };
        assert!(e.contains(expected) && s.contains(seen), "{name}: {e} | {s}");
    }
    let zipped = zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<a/>")]);
    assert!(
        matches!(read_as(&zipped, "a.csv"), Err(UploadError::NotThisFormat { seen, .. }) if seen.contains("Office"))
    );
    // a media type with parameters
    let incoming = Incoming {
        bytes: document.as_bytes(),
        content_type: Some("application/geo+json; charset=utf-8"),
        ..Incoming::default()
    };
    assert!(matches!(
        uploads::read(&incoming, &Limits::default()),
        Err(UploadError::NotThisFormat { .. })
    ));
}

#[test]
fn what_is_cut_off_says_where_it_ends() {
    let geojson = geojson_polygon(&FIELD);
    assert!(matches!(
        refused(&geojson.as_bytes()[..60]),
        UploadError::Truncated {
            at: At::Line { line: 1, .. },
            ..
        }
    ));
    let document = kml(&kml_polygon(&FIELD));
    assert!(matches!(
        refused(&document.as_bytes()[..250]),
        UploadError::Truncated { at: At::Byte(250), .. }
    ));
    assert!(matches!(
        refused(b"POLYGON((-78 -7, -78.1"),
        UploadError::Truncated { .. }
    ));
    let shape = shp(&[vec![FIELD.to_vec()]]);
    let archive = zip(&[("a.shp", &shape[..shape.len() - 7])]);
    assert!(matches!(
        refused(&archive),
        UploadError::Truncated { at: At::Byte(_), .. }
    ));
    let whole = zip(&[("a.shp", &shape)]);
    assert!(matches!(
        refused(&whole[..whole.len() - 30]),
        UploadError::Truncated { .. }
    ));
}

#[test]
fn bad_json_names_line_and_place() {
    let UploadError::Malformed {
        at: At::Line { line: 3, .. },
        seen,
        ..
    } = refused(b"{\"type\":\n\"Polygon\",\n\"coordinates\": oops}")
    else {
        panic!()
    };
    assert!(seen.contains("oops"), "{seen}");
}

#[test]
fn numbers_that_are_none_are_named_by_feature_and_vertex() {
    for bad in ["NaN", "Infinity", "-Infinity", "1e999", "null"] {
        let good = geojson_polygon(&FIELD);
        let text = format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","geometry":{good}}},{{"type":"Feature","geometry":{}}}]}}"#,
            good.replacen("-78.5,", &format!("{bad},"), 1)
        );
        assert_eq!(
            refused(text.as_bytes()),
            UploadError::NonFinite { feature: 2, vertex: 2 },
            "{bad}"
        );
    }
    let document = kml(&kml_polygon(&FIELD).replacen("-78.5,", "nan,", 1));
    assert_eq!(
        refused(document.as_bytes()),
        UploadError::NonFinite { feature: 1, vertex: 2 }
    );
    let mut field = FIELD.to_vec();
    field[3].1 = f64::INFINITY;
    let archive = zip(&[("a.shp", &shp(&[vec![FIELD.to_vec()], vec![field]]))]);
    assert_eq!(refused(&archive), UploadError::NonFinite { feature: 2, vertex: 4 });
    assert_eq!(
        refused(b"-78.5,-7.1\nNaN NaN\n-78.4,-7.2\n"),
        UploadError::NonFinite { feature: 1, vertex: 2 }
    );
    let table = "lon,lat\n-78.5,-7.1\n-78.4,NaN\n-78.4,-7.2\n";
    assert_eq!(
        refused(table.as_bytes()),
        UploadError::NonFinite { feature: 1, vertex: 2 }
    );
}

#[test]
fn the_origin_and_the_impossible_are_named_by_feature_and_vertex() {
    let mut field = FIELD;
    field[2] = (0.0, 0.0);
    assert_eq!(
        refused(geojson_polygon(&field).as_bytes()),
        UploadError::AtOrigin { feature: 1, vertex: 3 }
    );
    field[2] = (-78.5, -97.0);
    let declared = geojson_polygon(&field).replacen('{', r#"{"crs":{"properties":{"name":"EPSG:4326"}},"#, 1);
    assert!(matches!(
        refused(declared.as_bytes()),
        UploadError::OutOfRange {
            feature: 1,
            vertex: 3,
            ..
        }
    ));
    // undeclared too: the other vertices are degrees in the country, so that one is a mistake and not another system
    assert!(matches!(
        refused(geojson_polygon(&field).as_bytes()),
        UploadError::OutOfRange {
            feature: 1,
            vertex: 3,
            ..
        }
    ));
}

#[test]
fn land_abroad_is_refused_with_its_place() {
    let paris: Vec<(f64, f64)> = FIELD.iter().map(|(x, y)| (x + 80.0, y + 56.0)).collect();
    assert!(matches!(
        refused(geojson_polygon(&paris).as_bytes()),
        UploadError::Nowhere { .. }
    ));
    let declared = geojson_polygon(&paris).replacen('{', r#"{"crs":{"properties":{"name":"EPSG:4326"}},"#, 1);
    assert!(matches!(refused(declared.as_bytes()), UploadError::Outside { lat, .. } if lat > 48.0));
    // degrees declared as UTM: another reading fits, so it asks
    let wrong = geojson_polygon(&FIELD).replacen('{', r#"{"crs":{"properties":{"name":"EPSG:32717"}},"#, 1);
    assert!(matches!(refused(wrong.as_bytes()), UploadError::NeedsCrs { candidates, .. } if candidates.len() == 1));
}

#[test]
fn lines_and_points_alone_are_listed() {
    let text = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-78,-7]},{"type":"LineString","coordinates":[]},{"type":"Point","coordinates":[-78,-7]}]}"#;
    let error = refused(text.as_bytes());
    assert_eq!(
        error,
        UploadError::NoLand {
            found: vec![(Kind::Point, 2), (Kind::Line, 1)]
        }
    );
    assert!(error.sentence_es().contains("punto (2), línea (1)"));
    assert!(matches!(
        refused(br#"{"type":"FeatureCollection","features":[]}"#),
        UploadError::NoLand { .. }
    ));
    assert!(matches!(
        refused(b"-78.5,-7.1\n-78.4,-7.2"),
        UploadError::TooFewVertices { vertices: 2 }
    ));
    assert!(matches!(
        refused(b"lon,lat\n-78.5,-7.1\n"),
        UploadError::TooFewVertices { vertices: 1 }
    ));
}

#[test]
fn a_line_that_is_no_coordinate_is_quoted_with_its_number() {
    let UploadError::BadCoordinate {
        at: At::Line { line: 2, .. },
        text,
        ..
    } = refused(b"-78.5,-7.1\n-78.4,-7.x2\n-78.4,-7.2")
    else {
        panic!()
    };
    assert!(text.contains("7.x2"));
    let table = refused("lon;lat\n-78.5;-7.1\n-78.4;siete\n".as_bytes());
    assert!(
        matches!(
            table,
            UploadError::BadCoordinate {
                at: At::Line { line: 3, .. },
                ..
            }
        ),
        "{table}"
    );
}

#[test]
fn each_limit_names_its_figure() {
    let geojson = geojson_polygon(&FIELD);
    let figure = |error: UploadError| {
        let UploadError::TooMuch { what, figure, limit } = error else {
            panic!("{error}")
        };
        (what, figure, limit)
    };
    let bytes = geojson.len();
    assert_eq!(
        figure(limited(geojson.as_bytes(), |l| l.bytes = 50)),
        (TooMuch::Bytes, bytes as u64, 50)
    );
    assert_eq!(
        figure(limited(geojson.as_bytes(), |l| l.vertices = 4)),
        (TooMuch::Vertices, 5, 4)
    );
    let features = format!(
        r#"{{"type":"FeatureCollection","features":[{0},{0}]}}"#,
        format_args!(r#"{{"type":"Feature","geometry":{geojson}}}"#)
    );
    assert_eq!(
        figure(limited(features.as_bytes(), |l| l.features = 1)),
        (TooMuch::Features, 2, 1)
    );
    let entries = zip(&[("a.kml", b"<kml/>"), ("b", b""), ("c", b"")]);
    assert_eq!(figure(limited(&entries, |l| l.entries = 2)), (TooMuch::Entries, 3, 2));
    let mut nested = geojson.clone();
    for _ in 0..9 {
        nested = format!(r#"{{"type":"GeometryCollection","geometries":[{nested}]}}"#);
    }
    assert_eq!(figure(refused(nested.as_bytes())).0, TooMuch::Nesting);
    assert_eq!(figure(refused("[".repeat(100_000).as_bytes())).0, TooMuch::Nesting);
    assert_eq!(
        figure(refused(format!("<kml>{}", "<Folder>".repeat(100_000)).as_bytes())).0,
        TooMuch::Nesting
    );
    assert_eq!(
        figure(refused("GEOMETRYCOLLECTION(".repeat(100_000).as_bytes())).0,
        TooMuch::Nesting
    );
}

#[test]
fn bombs_and_archives_within_archives_are_refused() {
    let blanks = vec![b' '; 20_000_000];
    let bomb = zip(&[("doc.kml", &blanks)]);
    assert!(bomb.len() < 100_000);
    assert!(matches!(
        refused(&bomb),
        UploadError::TooMuch {
            what: TooMuch::Ratio,
            figure: 201..,
            ..
        }
    ));
    assert!(matches!(
        limited(&bomb, |l| l.unpacked_bytes = 1_000_000),
        UploadError::TooMuch {
            what: TooMuch::UnpackedBytes,
            ..
        }
    ));
    // the stated size is not believed
    let mut lying = bomb.clone();
    let central = lying.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    lying[central + 24..central + 28].copy_from_slice(&10_u32.to_le_bytes());
    lying[22..26].copy_from_slice(&10_u32.to_le_bytes());
    assert!(matches!(
        limited(&lying, |l| l.unpacked_bytes = 1_000_000),
        UploadError::TooMuch { .. } | UploadError::Malformed { .. }
    ));
    let nested = zip(&[("inner.zip", b"PK"), ("doc.kml", b"<kml/>")]);
    assert_eq!(
        refused(&nested),
        UploadError::ArchiveInArchive {
            entry: "inner.zip".into()
        }
    );
    let strange = zip(&[("leeme.txt", b"hola")]);
    assert!(matches!(refused(&strange), UploadError::NotThisFormat { seen, .. } if seen.contains("leeme.txt")));
}

#[test]
fn document_types_and_entities_are_refused() {
    let evil = r#"<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Document>&x;</Document></kml>"#;
    assert!(matches!(refused(evil.as_bytes()), UploadError::Doctype { .. }));
}

#[test]
fn a_shapefile_with_lying_counts_is_refused() {
    let mut shape = shp(&[vec![FIELD.to_vec()]]);
    for (offset, value) in [
        (100 + 8 + 36, i32::MAX),
        (100 + 8 + 40, i32::MAX),
        (100 + 8 + 40, -5),
        (100 + 8 + 36, 0x7000_0000),
    ] {
        let mut lying = shape.clone();
        lying[offset..offset + 4].copy_from_slice(&value.to_le_bytes());
        assert!(matches!(
            refused(&zip(&[("a.shp", &lying)])),
            UploadError::Malformed { .. }
        ));
    }
    shape[104..108].copy_from_slice(&i32::MAX.to_be_bytes());
    assert!(matches!(
        refused(&zip(&[("a.shp", &shape)])),
        UploadError::Truncated { .. }
    ));
}
