//! Imports a made-up layer of many blocks and prints time and the most memory used: `million [ROWS] [FORMAT]`.
//!
//! FORMAT is an extension: `geojsonl` (the default), `geojson` or `csv`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement on a terminal")]

use ingest::{Profile, Request, Source};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::time::Instant;

const PROFILE: &str = "kind='concessions'\ntitle='t'\npublisher='p'\nterritory='t'\nsource='s'\nlicence='l'\n\
                       valid_from='2020-01-01'\nkey=['code']\ncrs='EPSG:4326'\n[fields.code]\nfrom=['code']\n\
                       [fields.declared_ha]\nfrom=['ha']\nas='number'";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let rows: u32 = arguments.next().map_or(1_000_000, |text| text.parse().unwrap());
    let extension = arguments.next().unwrap_or_else(|| "geojsonl".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("capa.{extension}"));
    write_layer(&path, &extension, rows);
    println!(
        "{rows} rows, {} MiB of {extension}; {} MiB in memory before",
        fs::metadata(&path).unwrap().len() >> 20,
        peak()
    );
    let profile = Profile::parse("medida", PROFILE).unwrap();
    let source = path.to_str().unwrap();
    let request = Request {
        source,
        profile: &profile,
        kind: None,
        crs: None,
        table: None,
        valid_from: None,
        territory: None,
        visibility: None,
    };
    let start = Instant::now();
    let source = Source::open(&request).unwrap();
    println!("opened after {:.1} s, {} MiB", start.elapsed().as_secs_f64(), peak());
    let mut area = 0.0;
    let mut sink = |feature: territory::NewFeature| {
        area += feature.feature.land.map_or(0.0, |land| land.shape.square_metres());
        Ok(())
    };
    let imported = source.read(&mut sink, &mut |_| {}).unwrap();
    let overlaps = &imported.quality.overlaps;
    println!(
        "kept {} ({:.0} ha) after {:.1} s",
        imported.counts.kept,
        area / 1e4,
        start.elapsed().as_secs_f64()
    );
    println!(
        "overlaps: {} pairs, {}",
        overlaps.pairs,
        overlaps.why_not.as_deref().unwrap_or("measured")
    );
    println!("most memory: {} MiB", peak());
}

/// Blocks of some 100 ha on a lattice over Peru, each with twelve vertices.
fn write_layer(path: &std::path::Path, extension: &str, rows: u32) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    match extension {
        "geojson" => write!(out, r#"{{"type":"FeatureCollection","features":["#).unwrap(),
        "csv" => writeln!(out, "code;ha;WKT").unwrap(),
        _ => {}
    }
    for row in 0..rows {
        let (lon, lat) = (
            -77.9 + f64::from(row % 1000) * 0.007,
            -12.0 + f64::from(row / 1000) * 0.003,
        );
        let corner = |n: u32| {
            let turn = f64::from(n % 12) * std::f64::consts::TAU / 12.0;
            (lon + 0.0035 * turn.cos(), lat + 0.0035 * turn.sin())
        };
        let code = format!("{row:09}");
        if extension == "csv" {
            let points: Vec<String> = (0..13).map(corner).map(|(x, y)| format!("{x:.7} {y:.7}")).collect();
            writeln!(out, "{code};46;POLYGON (({}))", points.join(",")).unwrap();
            continue;
        }
        let points: Vec<String> = (0..13).map(corner).map(|(x, y)| format!("[{x:.7},{y:.7}]")).collect();
        let comma = if extension == "geojson" && row + 1 < rows {
            ","
        } else {
            ""
        };
        let shape = points.join(",");
        writeln!(
            out,
            r#"{{"type":"Feature","properties":{{"code":"{code}","ha":46.0}},"geometry":{{"type":"Polygon","coordinates":[[{shape}]]}}}}{comma}"#
        )
        .unwrap();
    }
    if extension == "geojson" {
        write!(out, "]}}").unwrap();
    }
}

/// The most memory this process has used, in MiB, as Linux counts it.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap_or_default();
    line.split_whitespace()
        .nth(1)
        .and_then(|kibibytes| kibibytes.parse::<u64>().ok())
        .unwrap_or(0)
        >> 10
}
