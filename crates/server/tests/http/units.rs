//! Official hydrographic units: their sheets, their refusals, and the golden basin of the Coata.

use crate::client::{browse, send};
use crate::stage::{Stage, draft, publish, right, square};
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use store::{DraftEdition, Store};
use territory::{Feature, Land, LayerKind, NewFeature, Value};

/// A unit, two hundredths of a degree wide.
fn unit(code: &str, place: (f64, f64)) -> NewFeature {
    square(code, &format!("Unidad {code}"), place, 2.0)
}

/// Four units with the mouth in the west, rights in two of them, a community, and zones over half of one.
fn basin(path: &Path) {
    let store = Store::create(path).unwrap();
    let units = vec![
        unit("421", (0.0, 0.0)),
        unit("422", (2.0, 0.0)),
        unit("423", (0.0, 2.0)),
        unit("429", (0.0, 4.0)),
    ];
    publish(&store, draft(LayerKind::HydrographicUnits, "Perú"), units, "2026-02-01");
    let rights = vec![
        right("01-A", (0.5, 2.5), "titulado"),
        right("02-B", (0.5, 2.5), "titulado"),
        right("03-C", (0.5, 4.5), "tramite"),
    ];
    publish(&store, draft(LayerKind::Concessions, "Perú"), rights, "2026-02-02");
    let community = square("c-1", "El Tingo", (0.0, 2.0), 4.0);
    publish(
        &store,
        draft(LayerKind::Communities, "Cajamarca"),
        vec![community],
        "2026-02-03",
    );
    let mut zone = square("z-1", "Zona", (0.0, 2.0), 1.0);
    zone.feature.attributes.set("category", Value::Text("B".into()));
    publish(&store, draft(LayerKind::Zoning, "Cajamarca"), vec![zone], "2026-02-04");
}

fn codes(list: &Json) -> Vec<&str> {
    let all = list.as_array().unwrap().iter();
    all.map(|unit| unit["code"].as_str().unwrap()).collect()
}

fn number(text: &Json) -> f64 {
    text.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_sheet_of_a_unit_says_what_lies_upstream_and_what_lies_in_it() {
    let stage = Stage::with(|_| {}, basin);
    let reply = stage.get("/watershed/423");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let sheet = reply.json();
    assert_eq!(sheet["schema"], "tupu/hydrographic-unit/1");
    assert_eq!(codes(&sheet["upstream"]), ["429"]);
    assert_eq!(codes(&sheet["downstream"]), ["421"]);
    assert_eq!(sheet["absent_parents"], serde_json::json!(["42", "4"]));
    let within = &sheet["within"];
    let area = number(&within["area"]["utm_ha"]);
    let geodesic = number(&within["area"]["geodesic_ha"]);
    assert!((area / geodesic - 1.0).abs() < 0.002, "{area} {geodesic}");
    assert_eq!(within["area"]["utm_zone"], 17);
    let of = |group: &str| {
        let totals = within["rights"].as_array().unwrap();
        totals.iter().find(|total| total["group"] == group).unwrap().clone()
    };
    // two rights on the same quarter of the unit
    let held = of("titulado");
    assert_eq!(
        (held["count"].clone(), number(&held["share_of_subject"])),
        (2.into(), 0.25)
    );
    assert!((number(&held["sum_ha"]) - 2.0 * number(&held["union_ha"])).abs() < 0.001);
    assert_eq!(of("tramite")["count"], 0);
    let held = within["held"].as_array().unwrap();
    assert_eq!((held.len(), &held[0]["feature"]), (1, &"c-1".into()));
    assert_eq!(held[0]["share_of_basin"], "1.000000");
    let zoning = &within["land"][0];
    assert_eq!(
        (&zoning["layer"], &zoning["classes"][0]["class"]),
        (&"zoning".into(), &"B".into())
    );
    assert!((number(&zoning["unknown"]["share"]) - 0.75).abs() < 1e-4, "{zoning}");
    let capability = &within["land"][1];
    assert_eq!(
        (&capability["state"], &capability["unknown"]["share"]),
        (&"no-data".into(), &"1.000000".into())
    );
    let known: Vec<&str> = sheet["not_known"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Json::as_str)
        .collect();
    assert!(known.contains(&"inside") && known.contains(&"groundwater"));
}

#[test]
fn the_sheet_is_a_page_in_both_languages_with_links_along_the_flow() {
    let stage = Stage::with(|_| {}, basin);
    let spanish = browse(stage.addr, "/watershed/423");
    let text = spanish.text();
    assert_eq!(spanish.status, 200, "{text}");
    for words in [
        "Unidad hidrográfica 423",
        "href=\"/watershed/429\"",
        "href=\"/watershed/421\"",
        "Hectáreas de la unión",
        "no consta",
        "Datos sintéticos",
        "no consta: 489.03 ha",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let english = browse(stage.addr, "/watershed/423?lang=en").text();
    assert!(
        english.contains("Hydrographic unit 423") && english.contains("/watershed/429?lang=en"),
        "{english}"
    );
    let feature = browse(stage.addr, "/collections/hydrographic-units/items/423").text();
    assert!(feature.contains("href=\"/watershed/423\""), "{feature}");
}

#[test]
fn an_unknown_code_is_answered_with_the_codes_that_begin_alike() {
    let stage = Stage::with(|_| {}, basin);
    let reply = stage.get("/watershed/4239");
    assert_eq!(reply.status, 404);
    let problem = reply.json();
    assert_eq!(problem["type"], "/problems/unknown-feature");
    let ids = |problem: &Json| -> Vec<String> {
        let all = problem["candidates"].as_array().unwrap().iter();
        all.map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&problem), ["423"]);
    assert_eq!(problem["candidates"][0]["href"], "/watershed/423");
    assert_eq!(ids(&stage.get("/watershed/42").json()), ["421", "422", "423", "429"]);
    let nowhere = stage.get("/watershed/0176").json();
    assert!(
        nowhere["detail"].as_str().unwrap().contains("ceros a la izquierda"),
        "{nowhere}"
    );
    let none = Stage::usual().get("/watershed/423");
    assert_eq!(
        (none.status, &none.json()["type"]),
        (404, &"/problems/unknown-layer".into())
    );
}

#[test]
fn a_code_of_two_editions_asks_which_and_an_earlier_day_has_no_units() {
    let stage = Stage::with(
        |_| {},
        |path| {
            basin(path);
            let store = Store::open_or_create(path).unwrap();
            let other = DraftEdition {
                valid_from: "2026-03-01".parse().unwrap(),
                ..draft(LayerKind::HydrographicUnits, "Cajamarca")
            };
            publish(&store, other, vec![unit("423", (0.0, 2.0))], "2026-03-02");
        },
    );
    let reply = stage.get("/watershed/423");
    assert_eq!(
        (reply.status, &reply.json()["type"]),
        (409, &"/problems/ambiguous-feature".into())
    );
    let href = reply.json()["candidates"][0]["href"].as_str().unwrap().to_owned();
    assert_eq!(stage.get(&href).status, 200, "{href}");
    let before = stage.get("/watershed/423?valid-at=2026-02-15").json();
    assert_eq!(codes(&before["upstream"]), ["429"], "only the first edition held then");
    assert_eq!(stage.get("/watershed/423?valid-at=2025-01-01").status, 404);
    assert_eq!(stage.get("/watershed/423?edition=ninguna").status, 404);
}

#[test]
fn headwaters_come_in_the_order_of_what_lies_in_them_and_say_that_they_are_an_approximation() {
    let stage = Stage::with(|_| {}, basin);
    let found = stage.get("/watershed/headwaters?region=42").json();
    assert_eq!(
        (&found["schema"], &found["proxy"]),
        (&"tupu/headwaters/1".into(), &"code-digit-9".into())
    );
    let ranked = found["ranked"].as_array().unwrap();
    assert_eq!((ranked.len(), &ranked[0]["unit"]["code"]), (1, &"429".into()));
    assert_eq!(ranked[0]["live"]["share_of_subject"], "0.250000");
    assert_eq!(ranked[0]["communities"], 1);
    let page = browse(stage.addr, "/watershed/headwaters?region=4").text();
    assert!(
        page.contains("No existe una capa oficial") && page.contains("href=\"/watershed/429\""),
        "{page}"
    );
    stage
        .get("/watershed/headwaters?region=41")
        .problem(404, "unknown-feature");
    stage
        .get("/watershed/headwaters?region=x")
        .problem(400, "invalid-parameter");
    stage.get("/watershed/headwaters").problem(400, "invalid-parameter");
}

#[test]
fn the_same_sheet_is_not_sent_twice() {
    let stage = Stage::with(|_| {}, basin);
    let first = stage.get("/watershed/421");
    let tag = first.header("etag").unwrap().to_owned();
    let again = send(stage.addr, "GET", "/watershed/421", &[("if-none-match", &tag)], b"");
    assert_eq!(again.status, 304);
}

fn shared(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TUPU_SHARED").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        PathBuf::from,
    );
    let path = folder.join("data").join(file);
    if path.is_file() {
        return Some(path);
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        path.display()
    );
    eprintln!("SKIPPED: no shared data at {}", path.display());
    None
}

#[test]
fn the_coata_flows_over_http_as_the_golden_list_says() {
    let (Some(layer), Some(golden)) = (
        shared("real/hydrography/coata_unidades_hidrograficas_n5.geojson"),
        shared("golden/coata_upstream.csv"),
    ) else {
        return;
    };
    let layer: geojson::GeoJson = std::fs::read_to_string(layer).unwrap().parse().unwrap();
    let geojson::GeoJson::FeatureCollection(layer) = layer else {
        panic!("a collection");
    };
    let feature = |(row, feature): (u64, &geojson::Feature)| {
        let text = |field: &str| feature.property(field).and_then(Json::as_str).unwrap().to_owned();
        let lonlat: geo_types::Geometry<f64> = feature.geometry.clone().unwrap().try_into().unwrap();
        let shape = territory::Shape::from_lonlat(&lonlat, crs::UtmZone::Z19).unwrap();
        let mut attributes = territory::Attributes::default();
        attributes.set("code", Value::Text(text("CODIGO")));
        attributes.set("name", Value::Text(text("NOMB_UH_N5")));
        NewFeature {
            feature: Feature {
                key: text("CODIGO"),
                source_row: row,
                attributes,
                source_fields: serde_json::Map::new(),
                lonlat,
                land: Some(Land::new(crs::UtmZone::Z19, shape)),
            },
            source: None,
        }
    };
    let units: Vec<NewFeature> = (1..).zip(&layer.features).map(feature).collect();
    let stage = Stage::with(
        |_| {},
        |path| {
            let store = Store::create(path).unwrap();
            publish(&store, draft(LayerKind::HydrographicUnits, "Perú"), units, "2026-02-01");
        },
    );
    let golden = std::fs::read_to_string(golden).unwrap();
    let golden: BTreeSet<(String, String)> = golden
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once(',').unwrap())
        .map(|(unit, upper)| (unit.to_owned(), upper.to_owned()))
        .collect();
    let (mut found, mut below) = (BTreeSet::new(), BTreeSet::new());
    for code in (1..=9).map(|digit| format!("0176{digit}")) {
        let sheet = stage.get(&format!("/watershed/{code}")).json();
        found.extend(
            codes(&sheet["upstream"])
                .into_iter()
                .map(|upper| (code.clone(), upper.to_owned())),
        );
        below.extend(
            codes(&sheet["downstream"])
                .into_iter()
                .map(|lower| (lower.to_owned(), code.clone())),
        );
        assert_eq!(sheet["within"]["area"]["utm_zone"], 19);
    }
    assert_eq!(found, golden);
    assert_eq!(below, golden);
    // km² in UTM 19 S as the layer prints them: 495.56
    let middle = stage.get("/watershed/01765").json();
    assert!((number(&middle["within"]["area"]["utm_ha"]) - 49_556.0).abs() < 2.0);
    assert_eq!(middle["unit"]["name"], "Medio Coata");
}
