//! `tupu watershed`, as a person runs it: on a real elevation model, and on what is none.
#![expect(clippy::unwrap_used, reason = "a test that cannot be set up fails")]

use rusqlite::Connection;
use std::collections::BTreeSet;
use std::path::Path;
use tests::cli::{shared_data, tupu};

fn count(package: &Path, query: &str) -> i64 {
    let connection = Connection::open(package).unwrap();
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

#[test]
fn a_real_model_becomes_coded_units_that_share_out_its_streams() {
    let Some(data) = shared_data() else { return };
    let dem = data.join("real/dem/asterDem18S.tif");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("salida");
    let arguments = [
        "--threshold",
        "25ha",
        "--breach",
        "--prefix",
        "4999",
        "--outlet",
        "624602,8348276",
        "--json",
    ];
    let run = |arguments: &[&str]| {
        let fixed = [
            "watershed".as_ref(),
            "derive".as_ref(),
            dem.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ];
        tupu(
            fixed
                .into_iter()
                .chain(arguments.iter().map(|argument| std::ffi::OsStr::new(*argument))),
        )
    };
    let summary = run(&arguments).good().json();
    assert_eq!(summary["hydrography"], "modelled");
    assert_eq!(summary["threshold"]["cells"], 272);
    assert_eq!(
        summary["findings"].as_array().unwrap().len(),
        0,
        "{}",
        summary["findings"]
    );
    for file in summary["written"].as_array().unwrap() {
        let path = out.join(file.as_str().unwrap());
        assert!(path.metadata().unwrap().len() > 500, "{}", path.display());
    }
    let units = out.join("units.gpkg");
    assert_eq!(
        count(&units, "SELECT count(*) FROM units"),
        summary["units"]["count"].as_i64().unwrap()
    );
    assert!(
        count(
            &units,
            "SELECT count(*) FROM units WHERE continues_prefix AND code LIKE '4999%'"
        ) > 5
    );
    assert_eq!(
        count(
            &units,
            "SELECT count(*) FROM units WHERE continues_prefix AND code NOT LIKE '4999%'"
        ),
        0
    );
    assert_eq!(
        count(
            &units,
            "SELECT count(*) FROM units a JOIN units b ON a.next_unit = b.unit WHERE a.basin <> b.basin"
        ),
        0
    );
    let streams = out.join("streams.gpkg");
    assert_eq!(
        count(&streams, "SELECT count(*) FROM streams"),
        summary["streams"]["reaches"].as_i64().unwrap()
    );
    assert_eq!(
        count(
            &streams,
            "SELECT count(*) FROM streams WHERE unit = 0 OR upstream_cells < 272"
        ),
        0
    );
    let first = std::fs::read(out.join("pfaf.tif")).unwrap();
    assert_eq!(run(&arguments).good().json(), summary, "the same once more");
    assert_eq!(std::fs::read(out.join("pfaf.tif")).unwrap(), first);
    let refused = run(&["--prefix", "49998765", "--digits", "8"]);
    assert_eq!(
        (refused.code, refused.err.contains("ya tiene 8 cifras")),
        (3, true),
        "{}",
        refused.err
    );
    let refused = run(&["--prefix", "49", "--outlet", "1,2"]);
    assert!(
        refused.code == 3 && refused.err.contains("fuera del modelo"),
        "{}",
        refused.err
    );
    let refused = run(&["--threshold", "1m2"]);
    assert!(refused.code == 3 && refused.err.contains("2 celdas"), "{}", refused.err);
}

/// The rows of a table as text, in the order of their numbers.
fn rows(package: &Path, table: &str) -> Vec<String> {
    let connection = Connection::open(package).unwrap();
    let mut query = connection
        .prepare(&format!("SELECT * FROM {table} ORDER BY fid"))
        .unwrap();
    let width = query.column_count();
    let row = query.query_map([], |row| {
        let values: Vec<rusqlite::types::Value> = (0..width).map(|at| row.get(at)).collect::<Result<_, _>>()?;
        Ok(format!("{values:?}"))
    });
    row.unwrap().map(Result::unwrap).collect()
}

#[test]
fn little_memory_gives_the_same_files_and_leaves_nothing_else() {
    let Some(data) = shared_data() else { return };
    let dem = data.join("real/dem/asterDem18S.tif");
    let folder = tempfile::tempdir().unwrap();
    let run = |out: &Path, more: &[&str]| {
        let fixed = [
            "watershed".as_ref(),
            "derive".as_ref(),
            dem.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ];
        let fixed = fixed
            .into_iter()
            .chain(["--prefix", "4999", "--outlet", "624602,8348276"].map(std::ffi::OsStr::new));
        tupu(fixed.chain(more.iter().map(|word| std::ffi::OsStr::new(*word))))
    };
    let (whole, parts) = (folder.path().join("entero"), folder.path().join("por partes"));
    // what a killed run left there
    std::fs::create_dir_all(parts.join(".tupu-trabajo")).unwrap();
    std::fs::write(parts.join(".tupu-trabajo/heights.bin"), [7; 99]).unwrap();
    let summary = run(&whole, &["--memory", "1GiB", "--json"]).good().json();
    assert_eq!(run(&parts, &["--memory", "112MiB", "--json"]).good().json(), summary);
    let names = |folder: &Path| -> BTreeSet<_> {
        std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect()
    };
    assert_eq!(names(&whole), names(&parts));
    for name in names(&whole) {
        let (one, other) = (whole.join(&name), parts.join(&name));
        let table = one.file_stem().unwrap().to_string_lossy().into_owned();
        if one.extension().is_some_and(|ending| ending == "gpkg") {
            // it holds the moment at which it was written
            assert!(rows(&one, &table) == rows(&other, &table), "{name:?}");
        } else {
            assert!(
                std::fs::read(&one).unwrap() == std::fs::read(&other).unwrap(),
                "{name:?}"
            );
        }
    }
    let refused = run(&parts, &["--memory", "112MiB", "--breach"]);
    assert!(refused.code == 3 && refused.err.contains("--memory"), "{}", refused.err);
    assert!(!parts.join(".tupu-trabajo").exists());
}

#[test]
fn a_job_tells_its_progress_in_lines_and_answers_with_the_summary() {
    let Some(data) = shared_data() else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("salida");
    let job = |dem: &str| {
        serde_json::json!({
            "job": "derive-watershed", "dem": [data.join(dem)], "out": out, "threshold": "100ha", "memory": "112MiB",
        })
    };
    let lines = |job: &serde_json::Value| {
        let ran = tests::cli::tupu_with_input(["work"], job.to_string().as_bytes());
        let lines: Vec<serde_json::Value> = ran
            .out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        (ran.code, lines)
    };
    let (code, told) = lines(&job("real/dem/asterDem18S.tif"));
    let (last, told) = told.split_last().unwrap();
    let progress: Vec<u64> = told.iter().map(|line| line["progress"].as_u64().unwrap()).collect();
    assert!(code == 0 && progress.len() > 20 && progress.is_sorted(), "{progress:?}");
    assert!(told.iter().all(|line| line["phase"].is_string()));
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("summary.json")).unwrap()).unwrap();
    assert_eq!(last["done"], kept);
    let (code, told) = lines(&job("real/dem/no.tif"));
    assert_eq!(code, 3);
    assert!(told[0]["failed"].as_str().unwrap().contains("No hay ningún archivo"));
    let (code, told) = lines(&serde_json::json!({ "job": "derive-watershed", "dem": ["a.tif"], "shell": "rm" }));
    assert!(code == 3 && told[0]["failed"].as_str().unwrap().contains("«shell»"));
}

#[test]
fn the_land_above_a_point_is_measured_and_drawn_or_refused_aloud() {
    let Some(data) = shared_data() else { return };
    let dem = data.join("real/dem/asterDem18S.tif");
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("cuenca.gpkg");
    let run = |point: &str| {
        let fixed = [
            "watershed".as_ref(),
            "catchment".as_ref(),
            dem.as_os_str(),
            "--breach".as_ref(),
        ];
        let named = [
            "--point".as_ref(),
            point.as_ref(),
            "--json".as_ref(),
            "--out".as_ref(),
            out.as_os_str(),
        ];
        tupu(fixed.into_iter().chain(named))
    };
    let answer = run("624632,8348276").good().json();
    let hectares = answer["area_ha_planar"].as_f64().unwrap();
    // one part in fifty, as for the land in common
    assert!(
        (hectares / 28_806.68 - 1.0).abs() < 0.02,
        "others drew 28 806 ha: {hectares}"
    );
    assert_eq!(count(&out, "SELECT count(*) FROM catchment"), 1);
    let outside = run("1,2");
    assert!(
        outside.code == 3 && outside.err.contains("No se puede determinar"),
        "{}",
        outside.err
    );
    let dry = run("624900,8349500");
    assert!(
        dry.code == 3 && dry.err.contains("cauce modelado más cercano"),
        "{}",
        dry.err
    );
}

#[test]
fn the_codes_of_the_coata_say_what_the_authority_s_units_say() {
    let Some(data) = shared_data() else { return };
    let mut rows = csv::Reader::from_path(data.join("golden/coata_upstream.csv")).unwrap();
    let expected: BTreeSet<(String, String)> = rows.deserialize().map(Result::unwrap).collect();
    assert_eq!(expected.len(), 20);
    let codes = || (1..=9).map(|digit| format!("0176{digit}"));
    let pairs = codes().flat_map(|unit| codes().map(move |upstream| (unit.clone(), upstream)));
    let found: BTreeSet<_> = pairs
        .filter(|(unit, upstream)| watershed::lies_upstream(upstream, unit))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_no_elevation_model_is_refused_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("nota.txt");
    std::fs::write(&file, "esto no es un modelo").unwrap();
    let out = folder.path().join("salida");
    let run = |file: &Path| {
        tupu([
            "watershed".as_ref(),
            "derive".as_ref(),
            file.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ])
    };
    let refused = run(&file);
    assert!(refused.code == 3 && refused.err.contains("GeoTIFF"), "{}", refused.err);
    let absent = run(&folder.path().join("no.tif"));
    assert!(
        absent.code == 3 && absent.err.contains("No hay ningún archivo"),
        "{}",
        absent.err
    );
}
