//! Each format, in the dresses that people send it in, gives the same field.

use crate::made::*;
use crs::Crs;
use crs::disguise::{Near, Reading};
use uploads::{Format, Incoming, Kind, Limits, Note, UploadError};

/// A metre in degrees.
const METRE: f64 = 1e-5;
const EXACT: f64 = 1e-12;

fn text_of(pairs: &[(f64, f64)], between: &str, after: &str) -> String {
    pairs.iter().map(|(x, y)| format!("{x}{between}{y}{after}")).collect()
}

#[test]
fn geojson_in_each_of_its_shapes_is_the_field() {
    let polygon = geojson_polygon(&FIELD);
    let feature = format!(r#"{{"type":"Feature","properties":{{"n":{{"a":[1]}}}},"geometry":{polygon}}}"#);
    let multi = polygon
        .replace("\"Polygon\"", "\"MultiPolygon\"")
        .replace("[[[", "[[[[")
        .replace("]]]", "]]]]");
    for text in [
        polygon.clone(),
        feature.clone(),
        multi,
        format!(r#"{{"type":"FeatureCollection","features":[{feature}]}}"#),
        format!(
            r#"{{"type":"GeometryCollection","geometries":[{{"type":"Point","coordinates":[-78,-7]}},{polygon}]}}"#
        ),
        format!("\u{feff}{polygon}\n"),
    ] {
        let upload = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((upload.format, upload.crs_used), (Format::GeoJson, Crs::WGS84));
        assert_is_field(&upload, EXACT);
    }
}

#[test]
fn the_old_crs_member_is_honoured() {
    let utm = geojson_polygon(&FIELD_UTM);
    let named = utm.replacen(
        '{',
        r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32717"}},"#,
        1,
    );
    let upload = read(named.as_bytes()).unwrap();
    assert_eq!(upload.crs_used.epsg(), 32_717);
    assert_eq!(upload.crs_declared.as_deref(), Some("urn:ogc:def:crs:EPSG::32717"));
    assert_is_field(&upload, METRE);
    let unknown = named.replace("32717", "2056");
    assert!(matches!(read(unknown.as_bytes()), Err(UploadError::UnsupportedCrs(_))));
}

#[test]
fn geojson_with_swapped_axes_is_read_and_stated() {
    let swapped: Vec<(f64, f64)> = FIELD.iter().map(|&(x, y)| (y, x)).collect();
    let upload = read(geojson_polygon(&swapped).as_bytes()).unwrap();
    assert_is_field(&upload, EXACT);
    assert!(
        upload.evidence[0].contains("latitud, longitud"),
        "{:?}",
        upload.evidence
    );
}

#[test]
fn heights_points_and_nulls_are_dropped_and_stated() {
    let three: Vec<String> = FIELD.iter().map(|(x, y)| format!("[{x},{y},3400.5]")).collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[
            {{"type":"Feature","geometry":{{"type":"Polygon","coordinates":[[{}]]}}}},
            {{"type":"Feature","geometry":null}},
            {{"type":"Feature","geometry":{{"type":"LineString","coordinates":[[0,0],[1,1]]}}}}]}}"#,
        three.join(",")
    );
    let upload = read(text.as_bytes()).unwrap();
    assert_is_field(&upload, EXACT);
    assert!(upload.notes.contains(&Note::HeightsDropped { vertices: 5 }));
    let kinds: Vec<(usize, Kind)> = upload.left_out.iter().map(|left| (left.feature, left.kind)).collect();
    assert_eq!(kinds, [(2, Kind::Empty), (3, Kind::Line)]);
}

#[test]
fn an_open_ring_is_closed_and_stated() {
    let upload = read(geojson_polygon(&FIELD[..4]).as_bytes()).unwrap();
    assert_is_field(&upload, EXACT);
    assert!(upload.notes.contains(&Note::RingsClosed { part: 0, rings: 1 }));
}

#[test]
fn kml_and_kmz_give_the_field() {
    let hole = "<innerBoundaryIs><LinearRing><coordinates>-78.515,-7.155 -78.510,-7.155 -78.510,-7.150 -78.515,-7.155</coordinates></LinearRing></innerBoundaryIs></Polygon>";
    let with_hole = kml_polygon(&FIELD).replace("</Polygon>", hole);
    let body = format!(
        "<Folder>{with_hole}<Placemark><Point><coordinates>-78,-7</coordinates></Point></Placemark><NetworkLink><Link><href>file:///etc/passwd</href></Link></NetworkLink></Folder>"
    );
    let document = kml(&body);
    for (bytes, format) in [
        (document.clone().into_bytes(), Format::Kml),
        (
            zip(&[
                ("files/a.png", b"x"),
                ("doc.kml", document.as_bytes()),
                ("../evil.kml", b"<kml/>"),
            ]),
            Format::Kmz,
        ),
    ] {
        let upload = read(&bytes).unwrap();
        assert_eq!(upload.format, format);
        assert_eq!(upload.land.0[0].interiors().len(), 1);
        assert_is_field(&upload, EXACT);
        assert!(upload.notes.contains(&Note::LinksIgnored { count: 1 }));
        assert_eq!(upload.left_out.len(), 1);
        let ignored = upload
            .notes
            .iter()
            .any(|note| matches!(note, Note::EntriesIgnored { names } if names[0].contains("evil")));
        assert_eq!(ignored, format == Format::Kmz);
    }
    let loose = kml(&kml_polygon(&FIELD)).replace(",0 ", ", 0\n  ");
    assert_is_field(&read(loose.as_bytes()).unwrap(), EXACT);
}

#[test]
fn a_walk_that_comes_back_is_land_and_another_is_not() {
    let points = |tag: &str, line: &[(f64, f64)]| -> String {
        line.iter()
            .map(|(x, y)| format!(r#"<{tag} lat="{y}" lon="{x}"><ele>3400</ele></{tag}>"#))
            .collect()
    };
    let gpx = |body: String| format!(r#"<?xml version="1.0"?><gpx version="1.1">{body}</gpx>"#);
    let mut near = FIELD;
    near[4].0 += 0.0001;
    let walk = gpx(format!(
        "<trk><name>lindero</name><trkseg>{}</trkseg></trk>",
        points("trkpt", &near)
    ));
    let upload = read(walk.as_bytes()).unwrap();
    assert_eq!(upload.format, Format::Gpx);
    assert!(
        upload
            .notes
            .iter()
            .any(|note| matches!(note, Note::TrackClosed { gap_m, .. } if (*gap_m - 11.0).abs() < 1.0))
    );
    let open = gpx(format!("<rte>{}</rte>", points("rtept", &FIELD[..4])));
    assert_eq!(
        read(open.as_bytes()).unwrap_err(),
        UploadError::NoLand {
            found: vec![(Kind::Line, 1)]
        }
    );
    let corner = |name: &str, (x, y): (f64, f64)| format!(r#"<wpt lat="{y}" lon="{x}"><name>{name}</name></wpt>"#);
    let numbered = gpx((0..4).map(|i| corner(&format!("V{}", i + 1), FIELD[i])).collect());
    let upload = read(numbered.as_bytes()).unwrap();
    assert_is_field(&upload, EXACT);
    assert!(upload.notes.contains(&Note::PointsJoined { count: 4 }));
    let named = gpx(["casa", "pozo", "cruz"]
        .iter()
        .zip(FIELD)
        .map(|(name, at)| corner(name, at))
        .collect());
    assert_eq!(
        read(named.as_bytes()).unwrap_err(),
        UploadError::NoLand {
            found: vec![(Kind::Point, 3)]
        }
    );
}

#[test]
fn tables_with_the_usual_columns_give_the_field() {
    for (header, between, declared, tolerance) in [
        ("vertice;longitud;latitud", ";", None, EXACT),
        ("Vértice,LON,LAT", ",", None, EXACT),
        ("id\tlng\tlat", "\t", None, EXACT),
    ] {
        let rows: String = FIELD
            .iter()
            .enumerate()
            .map(|(i, (x, y))| format!("{i}{between}{x}{between}{y}\n"))
            .collect();
        let upload = read(format!("{header}\n{rows}").as_bytes()).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(
            (upload.format, upload.crs_declared.as_deref()),
            (Format::Csv, declared),
            "{header}"
        );
        assert_is_field(&upload, tolerance);
    }
    for header in [
        "V;ESTE (WGS84 17S);NORTE",
        "V;Este UTM 17S WGS84;Norte UTM",
        "v;utm_x EPSG:32717;utm_y",
    ] {
        let rows: String = FIELD_UTM
            .iter()
            .map(|(x, y)| format!("a;{x};{y}\n").replace(".0", ",0"))
            .collect();
        let upload = read(format!("{header}\r\n{rows}").as_bytes()).unwrap_or_else(|error| panic!("{header}: {error}"));
        assert_eq!(upload.crs_used.epsg(), 32_717, "{header}");
        assert_is_field(&upload, METRE);
    }
    let zoned = format!("este,norte,zona,datum\n{}", text_of(&FIELD_UTM, ",", ",17 S,WGS84\n"));
    assert_eq!(read(zoned.as_bytes()).unwrap().crs_used.epsg(), 32_717);
    let mixed = zoned.replacen("17 S", "18 S", 1);
    assert!(matches!(read(mixed.as_bytes()), Err(UploadError::Contradiction(_))));
}

#[test]
fn rows_of_several_parcels_are_several_polygons() {
    let mut text = "parcela,x,y\n".to_owned();
    for (parcel, shift) in [("A", 0.0), ("B", 0.1)] {
        for (x, y) in FIELD {
            text += &format!("{parcel},{},{y}\n", x + shift);
        }
        text += &format!("{parcel},,\n");
    }
    let upload = read(text.as_bytes()).unwrap();
    assert_eq!(upload.land.0.len(), 2);
    assert_eq!(
        upload.left_out.iter().map(|left| left.feature).collect::<Vec<_>>(),
        [6, 12]
    );
}

#[test]
fn wkt_stands_alone_or_in_a_column() {
    let wkt = format!("POLYGON Z (({}))", text_of(&FIELD, " ", " 3400,").trim_end_matches(','));
    let upload = read(wkt.as_bytes()).unwrap();
    assert_eq!(upload.format, Format::Wkt);
    assert_is_field(&upload, EXACT);
    let table = format!("id;wkt\n1;\"{wkt}\"\n2;\"MULTIPOLYGON EMPTY\"\n3;\n");
    let upload = read(table.as_bytes()).unwrap();
    assert_is_field(&upload, EXACT);
    assert_eq!(upload.left_out.len(), 2);
    let utm = format!(
        "SRID=32717;POLYGON(({}))",
        text_of(&FIELD_UTM, " ", ",").trim_end_matches(',')
    );
    assert_eq!(read(utm.as_bytes()).unwrap().crs_used.epsg(), 32_717);
    let collection = format!(
        "GEOMETRYCOLLECTION(POINT(-78 -7),MULTIPOLYGON({}))",
        &wkt[9..].replace('Z', "")
    );
    assert_is_field(&read(collection.as_bytes()).unwrap(), EXACT);
}

#[test]
fn coordinates_as_people_type_them_give_the_field() {
    let dms = "7°09'36\"S 78°31'12\"O\n7°09'36\"S 78°30'00\"O\n7°08'24\"S 78°30'00\"O\n7°08'24\"S 78°31'12\"O\n";
    for text in [
        text_of(&FIELD, ",", "; "),
        text_of(&FIELD, ", ", "\n"),
        text_of(&FIELD, " ", "\n"),
        text_of(&FIELD, ",", " "),
        text_of(&FIELD, ",", ",3400 "),
        text_of(&FIELD, "; ", "\n").replace('.', ","),
        FIELD
            .iter()
            .enumerate()
            .map(|(i, (x, y))| format!("V{} {x} {y}\n", i + 1))
            .collect(),
        FIELD
            .iter()
            .enumerate()
            .map(|(i, (x, y))| format!("{}) {x}, {y}\n", i + 1))
            .collect(),
        FIELD.iter().map(|(x, y)| format!("{y} {x} 3400\n")).collect(),
        format!(
            "Vértices del lote\nLatitud Longitud\n{}",
            FIELD.iter().map(|(x, y)| format!("{y} {x}\n")).collect::<String>()
        ),
        FIELD
            .iter()
            .zip("ABCDE".chars())
            .map(|((x, y), name)| format!("{name} ({x}, {y})\n"))
            .collect(),
        format!(
            "VERTICE LADO DIST. ANGULO LONGITUD LATITUD\n{}",
            FIELD
                .iter()
                .map(|(x, y)| format!("P1 P1-P2 221.30 90°00'00\" {x} {y}\n"))
                .collect::<String>()
        ),
        dms.to_owned(),
        dms.replace('"', "''"),
    ] {
        let upload = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_is_field(&upload, 1e-9);
    }
    for text in [
        format!("UTM 17S WGS84\n{}", text_of(&FIELD_UTM, " ", "\n")),
        format!(
            "Zona 17, datum WGS 84\nNorte Este\n{}",
            FIELD_UTM.iter().map(|(x, y)| format!("{y} {x}\n")).collect::<String>()
        ),
        FIELD_UTM.iter().map(|(x, y)| format!("17 M WGS84 {x} {y}\n")).collect(),
        FIELD_UTM
            .iter()
            .map(|(x, y)| format!("UTM 17S WGS84 E {x} N {y}\n"))
            .collect(),
    ] {
        let upload = read(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!((upload.format, upload.crs_used.epsg()), (Format::Coordinates, 32_717));
        assert_is_field(&upload, METRE);
        assert!(
            upload.crs_declared.is_some() && upload.evidence[0].contains("17"),
            "{:?}",
            upload.evidence
        );
    }
}

#[test]
fn bare_utm_asks_and_the_answer_is_used() {
    let text = text_of(&FIELD_UTM, ",", "\n");
    let Err(UploadError::NeedsCrs { candidates, far: false }) = read(text.as_bytes()) else {
        panic!("it must ask")
    };
    let ids: Vec<String> = candidates.iter().map(|candidate| candidate.reading.id()).collect();
    assert!(
        ids.contains(&"utm-17-wgs84".to_owned()) && ids.contains(&"utm-17-psad56".to_owned()),
        "{ids:?}"
    );
    let error = read(text.as_bytes()).unwrap_err();
    assert!(
        error.sentence_es().contains("PSAD 56") && error.sentence_es().contains("-78.52"),
        "{}",
        error.sentence_es()
    );
    let incoming = |reading: &str| Incoming {
        bytes: text.as_bytes(),
        reading: Reading::from_id(reading),
        ..Incoming::default()
    };
    let upload = uploads::read(&incoming("utm-17-wgs84"), &Limits::default()).unwrap();
    assert_is_field(&upload, METRE);
    let upload = uploads::read(&incoming("utm-17-psad56"), &Limits::default()).unwrap();
    assert_eq!(upload.operation.id, "EPSG:1208");
    let declared = Incoming {
        crs: Some(Crs::from_epsg(32_717).unwrap()),
        ..incoming("")
    };
    assert_is_field(&uploads::read(&declared, &Limits::default()).unwrap(), METRE);
}

#[test]
fn a_declared_system_holds_in_the_order_that_fits() {
    let declared = |text: &str, code| {
        let incoming = Incoming {
            bytes: text.as_bytes(),
            crs: Crs::from_epsg(code).ok(),
            ..Incoming::default()
        };
        uploads::read(&incoming, &Limits::default())
    };
    let north_first = |pairs: &[(f64, f64)]| -> String { pairs.iter().map(|(x, y)| format!("{y} {x}\n")).collect() };
    for (text, code) in [
        (text_of(&FIELD_UTM, " ", "\n"), 32_717),
        (north_first(&FIELD_UTM), 32_717),
        (format!("Norte Este\n{}", north_first(&FIELD_UTM)), 32_717),
        (format!("Latitud Longitud\n{}", north_first(&FIELD)), 4326),
        (north_first(&FIELD), 4326),
    ] {
        let upload = declared(&text, code).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_is_field(&upload, METRE);
        assert_eq!(
            (upload.crs_used.epsg(), upload.crs_declared),
            (code, Some(format!("EPSG:{code}")))
        );
    }
    // what the sender declares holds, even when another datum would fit as well
    let psad = declared(&text_of(&FIELD_UTM, " ", "\n"), 24_877).unwrap();
    assert_eq!(psad.operation.id, "EPSG:1208");
    assert!(matches!(
        declared(&text_of(&FIELD_UTM, " ", "\n"), 4326),
        Err(UploadError::NeedsCrs { .. })
    ));
}

#[test]
fn a_stated_place_narrows_and_a_wrong_one_asks() {
    let text = format!("Zona 17 WGS84\n{}", text_of(&FIELD_UTM, ",", "\n"));
    let near = |lon, lat| Incoming {
        bytes: text.as_bytes(),
        near: Some(Near {
            lon,
            lat,
            radius_km: 50.0,
        }),
        ..Incoming::default()
    };
    let upload = uploads::read(&near(-78.5, -7.2), &Limits::default()).unwrap();
    assert!(upload.evidence[0].contains("km del lugar"), "{:?}", upload.evidence);
    let Err(UploadError::NeedsCrs { candidates, far: true }) = uploads::read(&near(-70.0, -15.8), &Limits::default())
    else {
        panic!("it must ask")
    };
    assert!(candidates[0].distance_km.unwrap() > 1000.0);
}

#[test]
fn a_zipped_shapefile_gives_the_field_with_its_holes() {
    let mut exterior = FIELD_UTM.to_vec();
    exterior.reverse();
    let hole = vec![
        (774_500.0, 9_208_000.0),
        (774_900.0, 9_208_000.0),
        (774_900.0, 9_208_400.0),
        (774_500.0, 9_208_000.0),
    ];
    let shape = shp(&[vec![hole, exterior]]);
    let archive = zip(&[
        ("capa/Lote.SHP", &shape),
        ("capa/lote.prj", WGS84_17S.as_bytes()),
        ("capa/lote.dbf", b""),
    ]);
    let upload = read_as(&archive, "lote.zip").unwrap();
    assert_eq!((upload.format, upload.crs_used.epsg()), (Format::Shapefile, 32_717));
    assert_eq!(upload.land.0[0].interiors().len(), 1);
    assert_is_field(&upload, METRE);
    // without .prj it asks
    let bare = zip(&[("lote.shp", &shape)]);
    assert!(matches!(read(&bare), Err(UploadError::NeedsCrs { .. })));
    let psad = WGS84_17S.replace("D_WGS_1984", "D_Provisional_S_American_1956");
    let old = zip(&[("lote.shp", &shape), ("lote.prj", psad.as_bytes())]);
    assert_eq!(read(&old).unwrap().operation.id, "EPSG:1208");
    let several = zip(&[("a.shp", &shape), ("b.shp", &shape)]);
    assert!(matches!(read(&several), Err(UploadError::SeveralLayers { names }) if names.len() == 2));
}

#[test]
fn old_encodings_are_read_and_stated() {
    let mut bytes = b"v\xe9rtice;longitud;latitud\n".to_vec();
    bytes.extend(
        text_of(&FIELD, ";", "\n")
            .lines()
            .flat_map(|line| format!("1;{line}\n").into_bytes()),
    );
    let upload = read(&bytes).unwrap();
    assert!(upload.notes.contains(&Note::ReadAsWindows1252));
    let wide: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(geojson_polygon(&FIELD).encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_is_field(&read(&wide).unwrap(), EXACT);
}
