//! Small files made in memory.

use std::io::{Cursor, Write};
use uploads::{Incoming, Limits, Upload, UploadError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A field near Cajamarca, lon/lat WGS 84.
pub const FIELD: [(f64, f64); 5] = [
    (-78.52, -7.16),
    (-78.50, -7.16),
    (-78.50, -7.14),
    (-78.52, -7.14),
    (-78.52, -7.16),
];
/// The same as UTM 17S WGS 84, to a metre.
pub const FIELD_UTM: [(f64, f64); 5] = [
    (773_908.0, 9_207_824.0),
    (776_118.0, 9_207_812.0),
    (776_130.0, 9_210_025.0),
    (773_920.0, 9_210_037.0),
    (773_908.0, 9_207_824.0),
];

pub const WGS84_17S: &str = r#"PROJCS["WGS_1984_UTM_Zone_17S",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",10000000.0],PARAMETER["Central_Meridian",-81.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#;

pub fn read(bytes: &[u8]) -> Result<Upload, UploadError> {
    uploads::read(
        &Incoming {
            bytes,
            ..Incoming::default()
        },
        &Limits::default(),
    )
}

pub fn read_as(bytes: &[u8], filename: &str) -> Result<Upload, UploadError> {
    uploads::read(
        &Incoming {
            bytes,
            filename: Some(filename),
            ..Incoming::default()
        },
        &Limits::default(),
    )
}

pub fn geojson_polygon(ring: &[(f64, f64)]) -> String {
    let positions: Vec<String> = ring.iter().map(|(x, y)| format!("[{x},{y}]")).collect();
    format!(r#"{{"type":"Polygon","coordinates":[[{}]]}}"#, positions.join(","))
}

pub fn kml(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>"#
    )
}

pub fn kml_polygon(ring: &[(f64, f64)]) -> String {
    let tuples: Vec<String> = ring.iter().map(|(x, y)| format!("{x},{y},0")).collect();
    format!(
        "<Placemark><name>Lote &amp; casa</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>",
        tuples.join(" ")
    )
}

pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        writer.start_file(*name, options).expect("writing to memory");
        writer.write_all(bytes).expect("writing to memory");
    }
    writer.finish().expect("writing to memory").into_inner()
}

fn count(number: usize) -> i32 {
    i32::try_from(number).expect("small files")
}

/// A `.shp` of one polygon record for each list of rings.
pub fn shp(shapes: &[Vec<Vec<(f64, f64)>>]) -> Vec<u8> {
    let mut records = Vec::new();
    for (number, rings) in shapes.iter().enumerate() {
        let points: Vec<(f64, f64)> = rings.iter().flatten().copied().collect();
        let mut content = Vec::new();
        content.extend(5_i32.to_le_bytes());
        content.extend([0_u8; 32]);
        content.extend(count(rings.len()).to_le_bytes());
        content.extend(count(points.len()).to_le_bytes());
        let mut start = 0_i32;
        for ring in rings {
            content.extend(start.to_le_bytes());
            start += count(ring.len());
        }
        for (x, y) in points {
            content.extend(x.to_le_bytes());
            content.extend(y.to_le_bytes());
        }
        records.extend(count(number + 1).to_be_bytes());
        records.extend(count(content.len() / 2).to_be_bytes());
        records.extend(content);
    }
    let mut file = Vec::new();
    file.extend(9994_i32.to_be_bytes());
    file.extend([0_u8; 20]);
    file.extend(count(50 + records.len() / 2).to_be_bytes());
    file.extend(1000_i32.to_le_bytes());
    file.extend(5_i32.to_le_bytes());
    file.extend([0_u8; 64]);
    file.extend(records);
    file
}

/// Every vertex of the first exterior lies within a tolerance in degrees of the field.
pub fn assert_is_field(upload: &Upload, tolerance: f64) {
    let exterior = upload.land.0[0].exterior();
    assert_eq!(exterior.0.len(), FIELD.len(), "{exterior:?}");
    for vertex in &exterior.0 {
        let near = FIELD
            .iter()
            .any(|(x, y)| (vertex.x - x).abs() < tolerance && (vertex.y - y).abs() < tolerance);
        assert!(near, "{vertex:?} is no corner of the field");
    }
}
