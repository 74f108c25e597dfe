//! Where the water of an intake comes from, through the server; and what lies along the flow of official units.

use crate::client::browse;
use crate::stage::{Stage, draft, publish, square};
use crate::water::{SPRING, at, publish_all, until};
use serde_json::Value as Json;
use store::Store;
use territory::LayerKind;

fn number(text: &Json) -> f64 {
    text.as_str().unwrap().parse().unwrap()
}

#[test]
fn the_view_of_a_spring_adds_up_to_its_basin_and_says_what_is_not_on_record() {
    let stage = Stage::with(|_| {}, publish_all);
    until("the drainage model", || {
        stage.get("/watershed/source?feature=springs/s-1").status != 503
    });
    let reply = stage.get("/watershed/source?feature=springs/s-1");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let view = reply.json();
    assert_eq!(
        (&view["schema"], &view["hydrography"]),
        (&"tupu/water-source/1".into(), &"modelled".into())
    );
    assert_eq!(view["intake"]["name"], "Ojo de agua");
    let within = &view["within"];
    let area = number(&within["area"]["utm_ha"]);
    assert!(
        (area - number(&view["basin"]["area_ha"])).abs() < 0.02,
        "the model lies in the zone in which it is measured"
    );
    for land in within["land"].as_array().unwrap() {
        let parts: f64 = land["classes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|class| number(&class["utm_ha"]))
            .sum();
        assert!(
            (parts + number(&land["unknown"]["utm_ha"]) - area).abs() < 0.001,
            "{land}"
        );
    }
    // 180 m by 180 m up the valley, the pending right within the titled one; the right across the divide is none of it
    let live = &view["at_risk"];
    assert!(
        (number(&live["union_ha"]) - 3.24).abs() < 0.01 && live["count"] == 2,
        "{live}"
    );
    assert!(number(&live["sum_ha"]) > number(&live["union_ha"]));
    assert_eq!(
        (&view["works"]["state"], &view["agreements"]["state"]),
        (&"no-data".into(), &"no-data".into())
    );
    let point = stage
        .get(&format!("/watershed/source?point={}", at(SPRING[0], SPRING[1])))
        .json();
    assert_eq!(point["basin"]["cells"], view["basin"]["cells"]);
    let page = browse(stage.addr, "/watershed/source?feature=springs/s-1").text();
    for words in [
        "De dónde viene el agua de Ojo de agua",
        "Acuerdos registrados",
        "No consta ningún registro",
        "agua subterránea",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(
        browse(stage.addr, "/watershed/source?feature=springs/s-1&lang=en")
            .text()
            .contains("Land under live mining rights")
    );
}

#[test]
fn a_place_about_which_nothing_can_be_said_gets_no_basin() {
    let stage = Stage::with(|_| {}, publish_all);
    until("the drainage model", || {
        stage.get("/watershed/source?feature=springs/s-1").status != 503
    });
    let far = stage.get("/watershed/source?feature=springs/s-2").json();
    assert_eq!(far["state"], "beyond-limit", "{far}");
    assert_eq!(
        stage.get("/watershed/source?point=-70,-15").json()["state"],
        "off-model"
    );
    stage.get("/watershed/source").problem(400, "invalid-parameter");
    stage
        .get("/watershed/source?feature=concessions/far")
        .problem(400, "invalid-parameter");
    let none = Stage::usual().get("/watershed/source?point=-79,-7").json();
    assert_eq!(none["state"], "no-model", "{none}");
}

#[test]
fn what_lies_upstream_of_an_official_unit_is_answered_by_its_code() {
    let stage = Stage::with(
        |_| {},
        |path| {
            let store = Store::create(path).unwrap();
            let unit = |code: &str, place| square(code, &format!("Unidad {code}"), place, 2.0);
            let units = vec![
                unit("421", (0.0, 0.0)),
                unit("422", (2.0, 0.0)),
                unit("423", (0.0, 2.0)),
                unit("429", (0.0, 4.0)),
            ];
            publish(&store, draft(LayerKind::HydrographicUnits, "Perú"), units, "2026-02-01");
            let rights = vec![
                crate::stage::right("01-A", (0.5, 3.5), "titulado"),
                crate::stage::right("02-B", (0.5, 3.5), "tramite"),
            ];
            publish(&store, draft(LayerKind::Concessions, "Perú"), rights, "2026-02-02");
        },
    );
    let reply = stage.get("/upstream?feature=hydrographic-units/421");
    assert_eq!(reply.status, 200, "{}", reply.text());
    let ways = reply.json();
    let codes = |ways: &Json| -> Vec<String> {
        let units = ways["units"].as_array().unwrap().iter();
        units.map(|unit| unit["code"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (&ways["schema"], codes(&ways)),
        (
            &"tupu/hydrographic-unit-ways/1".into(),
            vec!["422".into(), "423".into(), "429".into()]
        )
    );
    let live = ways["within"]["rights"]
        .as_array()
        .unwrap()
        .iter()
        .find(|total| total["group"] == "vigente")
        .unwrap();
    assert!(
        (number(&live["sum_ha"]) - 2.0 * number(&live["union_ha"])).abs() < 0.01,
        "one ground, astride two units, under two rights"
    );
    assert_eq!(
        codes(&stage.get("/downstream?feature=hydrographic-units/429").json()),
        ["423", "421"]
    );
    let head = stage.get("/upstream?feature=hydrographic-units/429").json();
    assert!(codes(&head).is_empty() && head["within"].is_null());
    let page = browse(stage.addr, "/upstream?feature=hydrographic-units/421").text();
    assert!(
        page.contains("aguas arriba de 421") && page.contains("href=\"/watershed/429\""),
        "{page}"
    );
    stage
        .get("/upstream?feature=hydrographic-units/425")
        .problem(404, "unknown-feature");
}
