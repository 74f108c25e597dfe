//! Transformations against PROJ's own command line, round trips, continuity, and independence from the environment.

use crs::{
    Crs, DatumOperation, TransformError, UtmZone, lonlat_to_utm, transform_from_lonlat, transform_to_lonlat,
    utm_to_lonlat,
};
use geo_types::{Coord, coord};
use proptest::prelude::*;
use std::path::PathBuf;

const MILLIMETRE: f64 = 0.001;
/// One millimetre of latitude, in degrees.
const MILLIMETRE_DEG: f64 = 9e-9;

fn shared(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TUPU_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let file = root.join("data").join(path);
    if file.exists() {
        return Some(file);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        file.display()
    );
    eprintln!("SKIPPED: {} is absent", file.display());
    None
}

fn distance(a: Coord<f64>, b: Coord<f64>) -> f64 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[test]
fn psad56_agrees_with_the_golden_control_points_to_a_millimetre() {
    let Some(file) = shared("golden/psad56_to_wgs84_epsg1208.csv") else {
        return;
    };
    let mut rows = 0;
    for record in csv::Reader::from_path(file).unwrap().records() {
        let record = record.unwrap();
        let number = |column: usize| record[column].parse::<f64>().unwrap();
        let source = Crs::parse(&record[1]).unwrap();
        let zone = UtmZone::from_number(record[0].parse().unwrap()).unwrap();
        assert_eq!(source, Crs::psad56_utm(zone));
        let mut point = [coord! { x: number(2), y: number(3) }];
        let used = transform_to_lonlat(source, None, &mut point).unwrap();
        assert_eq!((used.id.as_str(), used.accuracy_m), ("EPSG:1208", 16.0));
        assert!((point[0].x - number(7)).abs() < MILLIMETRE_DEG && (point[0].y - number(8)).abs() < MILLIMETRE_DEG);
        lonlat_to_utm(&mut point, zone).unwrap();
        let expected = coord! { x: number(5), y: number(6) };
        assert!(distance(point[0], expected) < MILLIMETRE, "{point:?} {expected:?}");
        rows += 1;
    }
    assert_eq!(rows, 8, "control points");
}

/// Expected values by `cs2cs` and `cct` of PROJ 9.1.1, Debian 12, independent of the library that is built in here.
#[test]
fn other_systems_agree_with_an_independent_proj() {
    for (code, x, y, lon, lat) in INDEPENDENT {
        let crs = Crs::from_epsg(code).unwrap();
        let mut point = [coord! { x: x, y: y }];
        transform_to_lonlat(crs, None, &mut point).unwrap();
        let here = coord! { x: lon, y: lat };
        assert!(
            distance(point[0], here) < 2.0 * MILLIMETRE_DEG,
            "{code}: {point:?} for {here:?}"
        );
    }
}

#[test]
fn named_operations_differ_from_the_pinned_one_as_published() {
    let start = [coord! { x: 700_000.0, y: 9_250_000.0 }];
    let by = |operation| {
        let mut point = start;
        let used = transform_to_lonlat(Crs::psad56_utm(UtmZone::Z17), operation, &mut point).unwrap();
        lonlat_to_utm(&mut point, UtmZone::Z17).unwrap();
        (point[0], used)
    };
    let (pinned, used) = by(None);
    assert_eq!(used.id, "EPSG:1208");
    let (mean, used) = by(Some(DatumOperation::Epsg1201));
    assert_eq!((used.id.as_str(), used.accuracy_m), ("EPSG:1201", 42.0));
    let (ecuador, used) = by(Some(DatumOperation::Epsg3990));
    assert_eq!(used.id, "EPSG:3990");
    assert!(
        (5.0..15.0).contains(&distance(pinned, mean)),
        "{}",
        distance(pinned, mean)
    );
    assert!(
        (5.0..15.0).contains(&distance(pinned, ecuador)),
        "{}",
        distance(pinned, ecuador)
    );
}

#[test]
fn psad56_does_not_tear_near_five_degrees_south() {
    // steps of 100 m over ±5 km round 5.01° S, from the coast to the Ucayali
    for zone in UtmZone::ALL {
        for column in 0..20 {
            let easting = 200_000.0 + f64::from(column) * 30_000.0;
            let mut points: Vec<Coord<f64>> = (0..100)
                .map(|row| coord! { x: easting, y: 9_441_000.0 + f64::from(row) * 100.0 })
                .collect();
            transform_to_lonlat(Crs::psad56_utm(zone), None, &mut points).unwrap();
            lonlat_to_utm(&mut points, zone).unwrap();
            for pair in points.windows(2) {
                let step = distance(pair[0], pair[1]);
                assert!(
                    (step - 100.0).abs() < 0.02,
                    "a step of 100 m became {step} m in zone {zone}"
                );
            }
        }
    }
}

#[test]
fn a_long_slice_gives_what_each_point_gives_alone() {
    let mut all: Vec<Coord<f64>> = (0..5000)
        .map(|i| coord! { x: -81.0 + f64::from(i) * 0.002, y: -18.0 + f64::from(i) * 0.003 })
        .collect();
    let each: Vec<Coord<f64>> = all
        .iter()
        .map(|&point| {
            let mut one = [point];
            lonlat_to_utm(&mut one, UtmZone::Z18).unwrap();
            one[0]
        })
        .collect();
    lonlat_to_utm(&mut all, UtmZone::Z18).unwrap();
    assert_eq!(all, each);
    lonlat_to_utm(&mut [], UtmZone::Z18).unwrap();
}

#[test]
fn a_bad_vertex_is_named_by_its_index() {
    let good = coord! { x: -75.0, y: -10.0 };
    let mut points = vec![good; 3000];
    points[2500] = coord! { x: f64::NAN, y: -10.0 };
    assert!(matches!(
        lonlat_to_utm(&mut points, UtmZone::Z18),
        Err(TransformError::NotFinite { vertex: 2500, .. })
    ));
    points[2500] = coord! { x: -75.0, y: -95.0 };
    let error = lonlat_to_utm(&mut points, UtmZone::Z18).unwrap_err();
    assert_eq!(error.vertex(), Some(2500));
    assert!(error.sentence_es().contains("2501"), "{}", error.sentence_es());
    points[2500] = coord! { x: 20.0, y: -10.0 };
    assert!(matches!(
        lonlat_to_utm(&mut points, UtmZone::Z18),
        Err(TransformError::OutOfRange { vertex: 2500, .. })
    ));
    let mut metres = [coord! { x: 500_000.0, y: 1e9 }];
    assert!(matches!(
        utm_to_lonlat(&mut metres, UtmZone::Z18),
        Err(TransformError::OutOfRange { vertex: 0, .. })
    ));
    let mut infinite = [coord! { x: f64::INFINITY, y: 0.0 }];
    assert!(matches!(
        utm_to_lonlat(&mut infinite, UtmZone::Z18),
        Err(TransformError::NotFinite { vertex: 0, .. })
    ));
}

#[test]
fn a_psad56_operation_is_refused_for_another_datum() {
    let mut points = [coord! { x: 500_000.0, y: 9_000_000.0 }];
    let named = transform_to_lonlat(Crs::utm(UtmZone::Z18), Some(DatumOperation::Epsg1201), &mut points);
    assert!(matches!(named, Err(TransformError::OperationNotForDatum { .. })));
}

#[test]
fn null_shifts_state_their_accuracy() {
    for (code, id, accuracy) in [
        (32_718, "none", 0.0),
        (3857, "none", 0.0),
        (5387, "EPSG:5378", 1.0),
        (31_978, "EPSG:15894", 1.0),
    ] {
        let crs = Crs::from_epsg(code).unwrap();
        let mut point = [coord! { x: -75.3, y: -11.2 }];
        let used = transform_from_lonlat(crs, None, &mut point).unwrap();
        assert_eq!((used.id.as_str(), used.accuracy_m), (id, accuracy));
    }
}

/// Runs the golden test again in a process of its own that has a foreign PROJ installation in its environment.
#[test]
fn the_environment_of_another_proj_changes_nothing() {
    for (name, value) in [
        ("PROJ_DATA", "/usr/share/proj"),
        ("PROJ_LIB", "/usr/share/proj"),
        ("PROJ_DATA", "/nonexistent"),
    ] {
        let status = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["psad56_agrees", "other_systems_agree", "come_back"])
            .env(name, value)
            .env("PROJ_NETWORK", "ON")
            .output()
            .unwrap();
        assert!(
            status.status.success(),
            "{name}={value}: {}",
            String::from_utf8_lossy(&status.stdout)
        );
    }
}

fn position() -> impl Strategy<Value = Coord<f64>> {
    (-84.0..-66.0_f64, -20.0..1.0_f64).prop_map(|(x, y)| coord! { x: x, y: y })
}

#[test]
fn threads_come_and_go_with_their_own_pipelines() {
    let place = |index: u32| coord! { x: -80.0 + f64::from(index % 97) * 0.1, y: -17.0 + f64::from(index % 89) * 0.15 };
    let by = move |index: u32, zone| {
        let mut point = [place(index)];
        transform_from_lonlat(Crs::psad56_utm(zone), None, &mut point).unwrap();
        point[0]
    };
    for round in 0..20 {
        let threads: Vec<_> = (0..16)
            .map(|thread| {
                std::thread::spawn(move || {
                    let index = round * 16 + thread;
                    UtmZone::ALL.map(|zone| by(index, zone))
                })
            })
            .collect();
        for (thread, handle) in (0..16).zip(threads) {
            assert_eq!(
                handle.join().unwrap(),
                UtmZone::ALL.map(|zone| by(round * 16 + thread, zone))
            );
        }
    }
}

#[test]
fn every_vertex_of_every_district_is_in_the_jurisdiction() {
    fn visit(value: &serde_json::Value, outside: &mut Vec<(f64, f64)>, seen: &mut usize) {
        let Some(list) = value.as_array() else { return };
        if let [Some(lon), Some(lat)] = [list.first(), list.get(1)].map(|v| v.and_then(serde_json::Value::as_f64)) {
            *seen += 1;
            if !crs::in_jurisdiction(lon, lat) {
                outside.push((lon, lat));
            }
            return;
        }
        for inner in list {
            visit(inner, outside, seen);
        }
    }
    let Some(file) = shared("real/admin/peru_distrital_simple.geojson") else {
        return;
    };
    let document: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let (mut outside, mut seen) = (Vec::new(), 0);
    for feature in document["features"].as_array().unwrap() {
        visit(&feature["geometry"]["coordinates"], &mut outside, &mut seen);
    }
    assert!(seen > 20_000, "only {seen} vertices");
    assert_eq!(outside, []);
}

proptest! {
    #[test]
    fn utm_comes_back_within_a_millimetre(points in prop::collection::vec(position(), 1..50), zone in 17..=19_u8) {
        let zone = UtmZone::from_number(zone).unwrap();
        let mut there = points.clone();
        lonlat_to_utm(&mut there, zone).unwrap();
        let metres = there.clone();
        utm_to_lonlat(&mut there, zone).unwrap();
        for (back, start) in there.iter().zip(&points) {
            prop_assert!(distance(*back, *start) < MILLIMETRE_DEG);
        }
        lonlat_to_utm(&mut there, zone).unwrap();
        for (again, first) in there.iter().zip(&metres) {
            prop_assert!(distance(*again, *first) < MILLIMETRE);
        }
    }

    #[test]
    fn every_system_comes_back(point in position(), which in 0..20_usize) {
        let crs = Crs::all().nth(which).unwrap();
        let mut there = [point];
        transform_from_lonlat(crs, None, &mut there).unwrap();
        transform_to_lonlat(crs, None, &mut there).unwrap();
        // 15 mm through PSAD 56, which drops the height
        let tolerance = if crs.datum() == crs::Datum::Psad56 { 15.0 } else { 1.0 } * MILLIMETRE_DEG;
        prop_assert!(distance(there[0], point) < tolerance, "{crs}: {:?} for {point:?}", there[0]);
    }

    #[test]
    fn what_is_parsed_is_never_a_panic(text in "\\PC{0,40}") {
        let _ = Crs::parse(&text);
        let _ = text.parse::<DatumOperation>();
    }
}

/// Code, x, y; longitude and latitude WGS 84 by another PROJ (see the test).
const INDEPENDENT: [(u32, f64, f64, f64, f64); 12] = [
    (
        3857,
        -8_500_000.0,
        -1_300_000.0,
        -76.356_799_150_159,
        -11.598_071_032_699,
    ),
    (5387, 400_000.0, 8_700_000.0, -75.917_773_226_596, -11.758_387_039_388),
    (5839, 700_000.0, 9_200_000.0, -79.188_619_986_501, -7.233_863_650_737),
    (5389, 300_000.0, 8_300_000.0, -70.863_285_702_452, -15.368_983_548_128),
    (31_977, 700_000.0, 9_200_000.0, -79.188_619_986_501, -7.233_863_650_737),
    (31_978, 400_000.0, 8_700_000.0, -75.917_773_226_596, -11.758_387_039_388),
    (
        32_718,
        123_456.789,
        8_765_432.1,
        -78.446_611_535_641,
        -11.148_291_531_984,
    ),
    (24_891, 300_000.0, 1_300_000.0, -79.795_995_035_862, -7.149_990_732_835),
    (24_892, 700_000.0, 900_000.0, -76.185_070_921_298, -10.769_777_270_130),
    (24_893, 1_300_000.0, 900_000.0, -70.721_407_075_419, -10.770_488_532_718),
    (24_877, 500_000.0, 9_500_000.0, -81.002_236_427_773, -4.526_954_551_088),
    (4248, -76.0, -12.0, -76.002_097_063_127, -12.003_462_224_564),
];
