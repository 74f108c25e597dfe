//! Relief, catchments and profiles on the command line, on a small made-up valley.

use crate::ground::{publish, square};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use store::Store;
use territory::LayerKind;

const SIDE: usize = 120;

/// A valley that falls to the south, 120 cells of a thousandth of a degree on a side, with its upper left corner at 79.01° W and 6.93° S.
fn valley(folder: &Path) {
    let mut text =
        format!("ncols {SIDE}\nnrows {SIDE}\nxllcorner -79.01\nyllcorner -7.05\ncellsize 0.001\nNODATA_value -9999\n");
    for row in 0..SIDE {
        let heights = (0..SIDE).map(|column| {
            let (side, down) = (column.abs_diff(SIDE / 2), SIDE - row);
            (3000 + side * 7 + down * 5).to_string()
        });
        text.push_str(&heights.collect::<Vec<_>>().join(" "));
        text.push('\n');
    }
    std::fs::write(folder.join("valle.asc"), text).unwrap();
    std::fs::write(folder.join("nada.txt"), "nada").unwrap();
}

/// The program's exit code, and all that it said.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let fixed = [
        "watershed",
        arguments[0],
        "valle.asc",
        "--crs",
        "EPSG:4326",
        "--threshold",
        "100ha",
    ];
    start(
        folder,
        &fixed.iter().chain(&arguments[1..]).copied().collect::<Vec<_>>(),
    )
}

fn start(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_tupu"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

#[test]
fn a_map_of_what_drains_to_a_point_letters_the_rights_above_it_and_not_those_below() {
    let folder = tempfile::tempdir().unwrap();
    valley(folder.path());
    let store = Store::create(folder.path().join("s.gpkg")).unwrap();
    // one up the valley, one down it
    publish(
        &store,
        LayerKind::Concessions,
        vec![square("arriba", 4.0, 3.0), square("abajo", 4.0, -4.5)],
    );
    let point = "--point=-78.95,-7.0";
    let map = [
        "map",
        point,
        "--snap",
        "500",
        "--store",
        "s.gpkg",
        "--valid-at",
        "2026-06-01",
    ];
    let (code, told, said) = run(folder.path(), &[&map[..], &["--out", "c.svg"]].concat());
    assert_eq!(code, 0, "{told}{said}");
    assert!(
        told.starts_with("A  arriba  Tierra arriba") && told.lines().count() == 1,
        "{told}"
    );
    let drawn = std::fs::read_to_string(folder.path().join("c.svg")).unwrap();
    for wanted in [
        "data:image/png;base64,",
        "Lo que drena al punto",
        "valle.asc",
        "A: Tierra arriba, titulado.",
        "Datos sintéticos",
    ] {
        assert!(drawn.contains(wanted), "«{wanted}» is not drawn");
    }
    let (_, again, _) = run(folder.path(), &[&map[..], &["--out", "d.svg"]].concat());
    assert!(again == told && drawn == std::fs::read_to_string(folder.path().join("d.svg")).unwrap());
    let (code, _, said) = run(folder.path(), &["map", "--units", "--size", "5km2", "--out", "u.pdf"]);
    assert_eq!(code, 0, "{said}");
    assert!(std::fs::read(folder.path().join("u.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn a_profile_says_what_its_water_runs_through_in_a_drawing_in_tables_and_in_numbers() {
    let folder = tempfile::tempdir().unwrap();
    valley(folder.path());
    let store = Store::create(folder.path().join("s.gpkg")).unwrap();
    publish(&store, LayerKind::Concessions, vec![square("abajo", 4.0, -4.5)]);
    let profile = [
        "profile",
        "--point=-78.95,-7.0",
        "--snap",
        "500",
        "--valid-at",
        "2026-06-01",
        "--store",
        "s.gpkg",
        "--json",
    ];
    let (code, told, said) = run(folder.path(), &[&profile[..], &["--out", "p.html"]].concat());
    assert_eq!(code, 0, "{told}{said}");
    let told: Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&told["rights_consulted"], &told["rights"][0]["feature"]),
        (&Value::Bool(true), &Value::from("abajo"))
    );
    let number = |value: &Value| value.as_f64().unwrap();
    let (from, to) = (number(&told["rights"][0]["from_m"]), number(&told["rights"][0]["to_m"]));
    // 0.02° of latitude are some 2.2 km
    assert!((to - from - 2_200.0).abs() < 250.0, "{from} {to}");
    let page = std::fs::read_to_string(folder.path().join("p.html")).unwrap();
    assert!(
        page.contains("<caption>Derechos por los que pasa el curso</caption>")
            && page.contains("abajo · Tierra abajo")
            && page.contains("Fuentes: Derechos mineros: Prueba")
    );
    let (code, told, _) = run(
        folder.path(),
        &[
            "profile",
            "--point=-78.95,-7.0",
            "--snap",
            "500",
            "--from-source",
            "--json",
            "--out",
            "p.png",
        ],
    );
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(code == 0 && told["rights_consulted"] == false && number(&told["high_m"]) > number(&told["low_m"]));
}

#[test]
fn what_cannot_be_drawn_is_refused_with_the_mend() {
    let folder = tempfile::tempdir().unwrap();
    valley(folder.path());
    for (arguments, wanted) in [
        (
            &["map", "--out", "x.gif"][..],
            "la extensión debe ser .svg, .png o .pdf",
        ),
        (
            &["map", "--point=-70,-7", "--out", "x.svg"],
            "fuera del modelo de elevación",
        ),
        (
            &["profile", "--point=-79.005,-6.94", "--snap", "1", "--out", "x.svg"],
            "amplíe el límite",
        ),
        (
            &["map", "--valid-at", "2026-01-01", "--out", "x.svg"],
            "agregue --store",
        ),
        (&["map", "--scale", "1000", "--out", "x.svg"], "no entra en la hoja"),
    ] {
        let (code, _, said) = run(folder.path(), arguments);
        assert!(code != 0 && said.contains(wanted), "{arguments:?}: {code} {said}");
    }
    // how to derive says nothing about a drainage that is published already
    for how in [&["--threshold", "5ha"][..], &["--breach"], &["--crs", "EPSG:4326"]] {
        let held = ["watershed", "map", "--store", "s.gpkg", "--out", "x.svg"];
        let (code, _, said) = start(folder.path(), &[&held[..], how].concat());
        assert!(code != 0 && said.contains("MDE"), "{how:?}: {code} {said}");
    }
}

#[test]
fn a_store_that_has_drainage_is_drawn_without_the_model_s_file() {
    let folder = tempfile::tempdir().unwrap();
    valley(folder.path());
    let store = Store::create(folder.path().join("s.gpkg")).unwrap();
    publish(&store, LayerKind::Concessions, vec![square("arriba", 4.0, 3.0)]);
    let map = [
        "--point=-78.95,-7.0",
        "--snap",
        "500",
        "--store",
        "s.gpkg",
        "--valid-at",
        "2026-06-01",
    ];
    let none = start(
        folder.path(),
        &[&["watershed", "map"], &map[..], &["--out", "n.svg"]].concat(),
    );
    assert!(none.0 == 3 && none.2.contains("ningún drenaje publicado"), "{none:?}");
    let publish = [
        "publish",
        "--store",
        "s.gpkg",
        "--valid-from",
        "2026-01-01",
        "--title",
        "Valle",
    ];
    let (code, _, said) = run(folder.path(), &publish);
    assert_eq!(code, 0, "{said}");
    let (_, of_file, _) = run(folder.path(), &[&["map"], &map[..], &["--out", "f.svg"]].concat());
    let (code, of_store, said) = start(
        folder.path(),
        &[&["watershed", "map"], &map[..], &["--out", "s.svg"]].concat(),
    );
    assert!(
        code == 0 && of_store == of_file && of_store.starts_with("A  arriba"),
        "{said}{of_store}"
    );
    let drawn = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let lines = |name: &str| drawn(name).split("<text").next().unwrap().to_owned();
    assert!(lines("s.svg").split("<image").nth(1) == lines("f.svg").split("<image").nth(1));
    assert!(drawn("s.svg").contains("Valle (Sin declarar, edición"));
    let (code, _, said) = start(
        folder.path(),
        &[
            "watershed",
            "profile",
            "--point=-78.95,-7.0",
            "--snap",
            "500",
            "--store",
            "s.gpkg",
            "--valid-at",
            "2026-06-01",
            "--out",
            "p.svg",
        ],
    );
    assert_eq!(code, 0, "{said}");
    let (code, _, said) = start(folder.path(), &["watershed", "map", "--out", "x.svg"]);
    assert!(code == 2 && said.contains("MDE"), "{said}");
}
