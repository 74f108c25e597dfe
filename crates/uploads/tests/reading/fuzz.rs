//! Random bytes, cuts and changed bytes of each format never panic, and refusals always have words.

use crate::made::*;
use proptest::prelude::*;

fn samples() -> Vec<Vec<u8>> {
    let shape = shp(&[vec![FIELD_UTM.to_vec(), FIELD_UTM.to_vec()], vec![FIELD_UTM.to_vec()]]);
    let document = kml(&kml_polygon(&FIELD));
    let gpx = r#"<gpx><trk><trkseg><trkpt lat="-7.1" lon="-78.5"/><trkpt lat="-7.2" lon="-78.5"/><trkpt lat="-7.2" lon="-78.4"/><trkpt lat="-7.1" lon="-78.5"/></trkseg></trk><wpt lat="1" lon="2"><name>V1</name></wpt></gpx>"#;
    vec![
        geojson_polygon(&FIELD).into_bytes(),
        format!(r#"{{"type":"FeatureCollection","crs":{{"properties":{{"name":"EPSG:4326"}}}},"features":[{{"type":"Feature","geometry":{}}}]}}"#, geojson_polygon(&FIELD)).into_bytes(),
        document.clone().into_bytes(),
        gpx.as_bytes().to_vec(),
        b"parcela;este;norte;zona\nA;773905;9207727;17\nA;776114;9207715;17\nA;776127,5;9209928;17\n".to_vec(),
        b"lon,lat\n-78.5,-7.1\n-78.4,-7.1\n\"78 30 10 O\",-7.2\n".to_vec(),
        b"SRID=32717;MULTIPOLYGON Z (((773905 9207727 1, 776114 9207715 2, 776127 9209928 3)))".to_vec(),
        "UTM 17S PSAD56\nV1 773905 9207727\n7°09'36\"S 78°31'12\"O\n".as_bytes().to_vec(),
        zip(&[("a.shp", &shape), ("a.prj", WGS84_17S.as_bytes())]),
        zip(&[("doc.kml", document.as_bytes())]),
    ]
}

fn survives(bytes: &[u8]) {
    match read(bytes) {
        Ok(upload) => {
            assert!(!upload.land.0.is_empty());
            for polygon in &upload.land.0 {
                assert!(
                    polygon
                        .exterior()
                        .0
                        .iter()
                        .all(|c| c.x.is_finite() && c.y.is_finite() && c.x.abs() <= 180.0)
                );
                assert!(polygon.exterior().is_closed() && polygon.exterior().0.len() >= 4);
            }
        }
        Err(error) => assert!(!error.sentence_es().is_empty() && !error.to_string().is_empty()),
    }
}

#[test]
fn every_cut_of_every_sample_survives() {
    for sample in samples() {
        for length in 0..sample.len() {
            survives(&sample[..length]);
        }
    }
}

/// Whatever an upload of the largest size repeats, it is answered in time that grows with its length.
#[test]
fn long_repetitions_are_answered() {
    for unit in [
        "EPSG:4326 ",
        "UTM ",
        "zona ",
        "-78.5,-7.1; ",
        "-78.5 -7.1\n",
        "1,",
        "9'250,",
        "(",
        "°",
        "\"",
        "V1 ",
        "este;norte;",
        "<a/>",
        "<kml>",
        "1e9 ",
        "POINT(1 1),",
        "-",
        "lon,lat\n",
    ] {
        for head in [
            "",
            "GEOMETRYCOLLECTION(",
            "lon,lat\n",
            "{\"a\":\"",
            "<kml>",
            "wkt\n\"GEOMETRYCOLLECTION(",
        ] {
            let text = format!("{head}{}", unit.repeat(1_000_000 / unit.len()));
            survives(text.as_bytes());
        }
    }
}

/// A record or archive with one field changed must not be believed.
#[test]
fn a_shapefile_with_any_byte_changed_survives() {
    let shape = shp(&[vec![FIELD_UTM.to_vec(), FIELD_UTM.to_vec()]]);
    for at in 0..shape.len() {
        for value in [0x00, 0x01, 0x7F, 0x80, 0xFF] {
            let mut changed = shape.clone();
            changed[at] = value;
            survives(&zip(&[("a.shp", &changed), ("a.prj", WGS84_17S.as_bytes())]));
        }
    }
}

proptest! {
    #[test]
    fn random_bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        survives(&bytes);
    }

    #[test]
    fn random_text_survives(text in "\\PC{0,200}", numbers in "[-0-9 .,;\n°'\"NSEOWx]{0,200}") {
        survives(text.as_bytes());
        survives(numbers.as_bytes());
    }

    #[test]
    fn random_tails_after_a_known_head_survive(head in 0..9_usize, tail in prop::collection::vec(any::<u8>(), 0..200)) {
        let heads: [&[u8]; 9] = [b"{", b"<kml>", b"<gpx>", b"PK\x03\x04", b"POLYGON((", b"lon,lat\n", b"UTM 17S\n", b"<?xml", b"{\"type\":\"Polygon\",\"coordinates\":["];
        survives(&[heads[head], &tail[..]].concat());
    }

    #[test]
    fn changed_bytes_survive(which in 0..10_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = samples().swap_remove(which);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        survives(&bytes);
    }
}
