//! Questions about water through the server: a divide, a canal, the reverse, and places about which nothing can be said.

use crate::{
    client::{Reply, browse, send},
    stage::{Stage, draft, moment, publish},
};
use crs::{Crs, UtmZone};
use geo_types::{Geometry, LineString, MultiPolygon, Point, Rect, coord};
use serde_json::Value as Json;
use std::{
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};
use store::{NewDrainage, Store};
use territory::{Attributes, Counts, Feature, Land, LayerKind, NewFeature, Shape, Value};
use watershed::{Drainage, Elevation, Grid, NODATA, Placement, find_drainage};

const WEST: f64 = 700_000.0;
const NORTH: f64 = 9_200_000.0;

/// Two valleys that run south side by side, 12 km long, with a ridge between them in column 30; streams in columns 15 and 45. Sea along
/// the south, two cells without data in the north-west.
fn valleys() -> Drainage {
    let place = Placement {
        west: WEST,
        north: NORTH,
        width: 30.0,
        height: 30.0,
    };
    let grid = Grid::new(61, 404, place, Crs::utm(UtmZone::Z17)).unwrap();
    let height = |cell: i32| {
        let (column, row) = (cell % 61, cell / 61);
        let side = if column <= 30 {
            (column - 15).abs()
        } else {
            (column - 45).abs()
        };
        match (row, column) {
            (400.., _) => 0,
            (0, 0 | 1) => NODATA,
            _ => (side + 401 - row) * 1000,
        }
    };
    find_drainage(Elevation::new(grid, (0..61 * 404).map(height).collect()).unwrap())
}

/// Longitude and latitude of a place in metres east and south of the corner.
fn lonlat(east: f64, south: f64) -> [f64; 2] {
    let mut at = [coord! { x: WEST + east, y: NORTH - south }];
    crs::utm_to_lonlat(&mut at, UtmZone::Z17).unwrap();
    [at[0].x, at[0].y]
}

pub fn at(east: f64, south: f64) -> String {
    let [lon, lat] = lonlat(east, south);
    format!("{lon:.7},{lat:.7}")
}

fn named(key: &str, name: &str, lonlat: Geometry<f64>, land: Option<Land>) -> NewFeature {
    let mut attributes = Attributes::default();
    attributes.set("name", Value::Text(name.into()));
    NewFeature {
        feature: Feature {
            key: key.into(),
            source_row: 1,
            attributes,
            source_fields: serde_json::Map::new(),
            lonlat,
            land,
        },
        source: None,
    }
}

fn square(key: &str, name: &str, [east, south, side]: [f64; 3]) -> NewFeature {
    let corners = [
        [east, south],
        [east + side, south],
        [east + side, south + side],
        [east, south + side],
        [east, south],
    ];
    let ring: LineString<f64> = corners
        .iter()
        .map(|[x, y]| (lonlat(*x, *y)[0], lonlat(*x, *y)[1]))
        .collect();
    let land = Geometry::MultiPolygon(MultiPolygon(vec![geo_types::Polygon::new(ring, Vec::new())]));
    let shape = Shape::from_lonlat(&land, UtmZone::Z17).unwrap();
    named(key, name, land, Some(Land::new(UtmZone::Z17, shape)))
}

fn right(key: &str, place: [f64; 3], group: &str) -> NewFeature {
    let mut right = square(key, &format!("Derecho {key}"), place);
    right.feature.attributes.set("state_group", Value::Text(group.into()));
    right
}

fn point(key: &str, name: &str, east: f64, south: f64) -> NewFeature {
    let [x, y] = lonlat(east, south);
    named(key, name, Geometry::Point(Point::new(x, y)), None)
}

fn publish_model(store: &Store) {
    let mut begun = store.begin(draft(LayerKind::Drainage, "Valles")).unwrap();
    let [west, south] = lonlat(0.0, 404.0 * 30.0);
    let [east, north] = lonlat(61.0 * 30.0, 0.0);
    let frame = Geometry::Polygon(Rect::new(coord! { x: west, y: south }, coord! { x: east, y: north }).to_polygon());
    let drained = valleys();
    let new = NewDrainage {
        drained: &drained,
        threshold_cells: 200,
        sea_mm: Some(0),
    };
    begun
        .push_drainage(named("modelo", "Modelo", frame, None), new)
        .unwrap();
    let counts = Counts {
        read: 1,
        kept: 1,
        ..Counts::default()
    };
    begun
        .commit(counts, serde_json::json!({}), moment("2026-02-01"))
        .unwrap();
}

const RIDGE: f64 = 30.5 * 30.0;
/// Where the spring lies, 40 m east of its stream.
pub const SPRING: [f64; 2] = [15.5 * 30.0 + 40.0, 380.5 * 30.0];

pub fn publish_all(path: &Path) {
    let store = Store::create(path).unwrap();
    publish_model(&store);
    let rights = vec![
        right("across", [RIDGE + 50.0, 9_000.0, 150.0], "titulado"),
        right("far", [13.0 * 30.0, 112.0 * 30.0, 180.0], "titulado"),
        right("within", [13.0 * 30.0, 112.0 * 30.0, 90.0], "tramite"),
    ];
    publish(&store, draft(LayerKind::Concessions, "Perú"), rights, "2026-02-02");
    let springs = vec![
        point("s-1", "Ojo de agua", SPRING[0], SPRING[1]),
        point("s-2", "Lejos de todo cauce", 25.0 * 30.0, 200.0 * 30.0),
    ];
    publish(&store, draft(LayerKind::Springs, "Valles"), springs, "2026-02-03");
    let community = square("c-1", "Comunidad del Valle", [10.0 * 30.0, 385.0 * 30.0, 300.0]);
    publish(
        &store,
        draft(LayerKind::Communities, "Valles"),
        vec![community],
        "2026-02-04",
    );
}

/// Waits for something to become true. Models are made ready at the lowest priority: on a machine that does other things that takes a while.
pub fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "{what} did not come within a minute"
        );
        sleep(Duration::from_millis(10));
    }
}

fn stage() -> Stage {
    let stage = Stage::with(|_| {}, publish_all);
    until("the models", || {
        stage.get(&format!("/upstream?point={}", at(0.0, 0.0))).status == 200
    });
    stage
}

/// Ids and kilometres of a layer of an answer.
fn told(answer: &Json, layer: &str) -> Vec<(String, String)> {
    let layers = answer["layers"].as_array().unwrap();
    let found = layers.iter().find(|out| out["layer"] == layer).unwrap();
    let features = found["features"].as_array().unwrap().iter();
    let text = |value: &Json| value.as_str().unwrap().to_owned();
    features.map(|out| (text(&out["id"]), text(&out["path_km"]))).collect()
}

fn some(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter()
        .map(|(id, km)| ((*id).to_owned(), (*km).to_owned()))
        .collect()
}

#[test]
fn a_right_across_the_ridge_is_not_upstream_of_the_spring_and_one_eight_kilometres_up_the_valley_is() {
    let stage = stage();
    let answer = stage.get("/upstream?feature=springs/s-1").json();
    assert_eq!(
        (&answer["state"], &answer["direction"]),
        (&"answered".into(), &"upstream".into())
    );
    assert_eq!(
        told(&answer, "concessions"),
        some(&[("far", "7.890"), ("within", "7.980")])
    );
    assert_eq!(answer["snap"]["distance_m"], "40.0");
    let rights = &answer["layers"][0];
    assert_eq!(
        rights["union"]["area_ha"], "3.24",
        "a union: «within» lies within «far»"
    );
    let groups = rights["groups"].as_array().unwrap();
    assert_eq!(
        (groups[0]["group"].as_str(), groups[0]["area_ha"].as_str()),
        (Some("titulado"), Some("3.24"))
    );
    assert_eq!(
        (groups[1]["group"].as_str(), groups[1]["area_ha"].as_str()),
        (Some("tramite"), Some("0.81"))
    );
    assert_eq!(told(&answer, "springs"), some(&[]), "itself is not told");
    assert_eq!(
        answer["layers"][2]["not_placed"], 1,
        "of the other spring nothing can be said"
    );
    assert_eq!(
        answer["layers"][3]["editions"],
        serde_json::json!([]),
        "nobody published protected areas"
    );
    let limits = answer["limits"].as_array().unwrap();
    assert!(limits.contains(&"groundwater".into()) && limits.contains(&"canals-unknown".into()));
    let by_point = stage
        .get(&format!("/upstream?point={}", at(SPRING[0], SPRING[1])))
        .json();
    assert_eq!(by_point["layers"][0], answer["layers"][0]);
    assert_eq!(by_point["catchment"], answer["catchment"]);
    // the reverse
    let below = stage.get("/downstream?feature=concessions/far").json();
    assert_eq!(told(&below, "springs"), some(&[("s-1", "7.890")]));
    assert_eq!(told(&below, "communities").len(), 1);
    let none = stage.get("/downstream?feature=concessions/across").json();
    assert_eq!(
        (none["state"].as_str(), told(&none, "springs")),
        (Some("answered"), vec![])
    );
}

#[test]
fn a_canal_brings_what_lies_beyond_the_ridge_and_one_without_an_end_is_listed() {
    let stage = stage();
    let store = Store::open(&stage.path).unwrap();
    let line = |from: [f64; 2], to: [f64; 2]| {
        let ends = [from, to].map(|[east, south]| lonlat(east, south));
        Geometry::LineString(ends.iter().map(|[x, y]| (*x, *y)).collect())
    };
    let canals = vec![
        named(
            "k-1",
            "Canal Alto",
            line([45.5 * 30.0, 360.0 * 30.0], [15.5 * 30.0, 350.0 * 30.0]),
            None,
        ),
        named(
            "k-2",
            "Canal sin toma",
            line([30.0 * 30.0, 360.0 * 30.0], [15.5 * 30.0, 350.0 * 30.0]),
            None,
        ),
    ];
    publish(&store, draft(LayerKind::Canals, "Valles"), canals, "2026-03-01");
    let mut answer = Json::Null;
    until("the canals", || {
        let reply = stage.get("/upstream?feature=springs/s-1");
        answer = if reply.status == 200 { reply.json() } else { Json::Null };
        answer["layers"][0]["features"]
            .as_array()
            .is_some_and(|features| features.len() == 3)
    });
    let rights = answer["layers"][0]["features"].as_array().unwrap();
    let across = rights.iter().find(|out| out["id"] == "across").unwrap();
    assert_eq!(across["by_canal"], "Canal Alto");
    assert_eq!(answer["model"]["canal_faults"][0]["id"], "k-2");
    assert!(!answer["limits"].as_array().unwrap().contains(&"canals-unknown".into()));
    // as known before the canals were published
    let before = stage.get("/upstream?feature=springs/s-1&known-at=2026-02-28").json();
    assert_eq!(told(&before, "concessions").len(), 2);
}

#[test]
fn where_nothing_can_be_said_the_answer_says_which() {
    let stage = stage();
    let state = |place: String, rest: &str| {
        let answer = stage.get(&format!("/upstream?point={place}{rest}")).json();
        let explanation = answer["explanation"].as_str().unwrap_or_default().to_owned();
        assert!(explanation.starts_with("No se puede determinar"), "{explanation}");
        assert!(answer["layers"].as_array().unwrap().is_empty() && answer["catchment"].is_null());
        answer["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(state(at(900.0, 402.0 * 30.0), ""), "in-the-sea");
    assert_eq!(state(at(15.0, 15.0), ""), "no-data");
    assert_eq!(state("-79.5,-9.9".into(), ""), "off-model");
    assert_eq!(state(at(25.0 * 30.0, 200.0 * 30.0), ""), "beyond-limit");
    let near = stage
        .get(&format!("/upstream?point={}&snap=400", at(25.0 * 30.0, 200.0 * 30.0)))
        .json();
    assert_eq!(near["state"], "answered");
    let drawn = stage.get(&format!("/watershed?point={}", at(15.0, 15.0))).json();
    assert!(
        drawn["geometry"].is_null() && drawn["properties"]["state"] == "no-data",
        "{drawn}"
    );
    let bare = Stage::usual();
    let none = bare.get("/upstream?point=-78.99,-6.99").json();
    assert_eq!(none["state"], "no-model");
}

#[test]
fn the_land_that_drains_to_a_point_is_drawn_with_its_facts() {
    let stage = stage();
    let path = format!("/watershed?point={}", at(SPRING[0], SPRING[1]));
    let reply = stage.get(&path);
    assert!(
        reply
            .header("content-type")
            .unwrap()
            .starts_with("application/geo+json")
    );
    let drawn = reply.json();
    let facts = &drawn["properties"];
    let by_question = stage.get("/upstream?feature=springs/s-1").json();
    assert_eq!(facts["area_ha"], by_question["catchment"]["area_ha"]);
    assert_eq!(
        (facts["order"].as_u64(), facts["state"].as_str()),
        (Some(1), Some("answered"))
    );
    assert_eq!(drawn["geometry"]["type"], "MultiPolygon");
    let tag = reply.header("etag").unwrap().to_owned();
    let again: Reply = send(stage.addr, "GET", &path, &[("If-None-Match", &tag)], b"");
    assert_eq!(again.status, 304);
    for path in [
        path.as_str(),
        "/upstream?feature=springs/s-1",
        "/downstream?feature=concessions/far&lang=en",
    ] {
        let page = browse(stage.addr, path);
        let text = page.text();
        assert_eq!(page.status, 200);
        assert!(text.contains("<main id=\"main\">") && text.contains(" km"), "{text}");
    }
}

#[test]
fn addresses_that_ask_nothing_or_too_much_are_refused() {
    let stage = stage();
    let refused = |path: &str, status: u16, slug: &str| stage.get(path).problem(status, slug);
    refused("/upstream", 400, "invalid-parameter");
    refused("/upstream?point=1", 400, "invalid-parameter");
    refused("/upstream?point=-79,-95", 400, "invalid-parameter");
    refused("/upstream?point=-79,-7&feature=springs/s-1", 400, "invalid-parameter");
    refused("/upstream?feature=springs", 400, "invalid-parameter");
    refused("/upstream?point=-79,-7&snap=-3", 400, "invalid-parameter");
    refused("/upstream?feature=springs/none", 404, "unknown-feature");
    refused("/downstream?feature=lakes/none", 404, "unknown-layer");
    refused("/watershed?punto=1", 400, "unknown-parameter");
    let small = Stage::with(|config| config.water.walk_ha = 1.0, publish_all);
    let large = format!("/watershed?point={}", at(SPRING[0], SPRING[1]));
    until("the models", || small.get(&large).status != 503);
    let problem = small.get(&large).problem(422, "over-limit");
    assert!(problem["figure"].as_u64().unwrap() > 1);
    let held = Stage::with(|config| config.water.cells = 100, publish_all);
    until("the models", || held.get(&large).status != 503);
    let answer = held.get("/upstream?feature=springs/s-1").json();
    assert_eq!(answer["state"], "no-model");
    assert!(
        answer["explanation"].as_str().unwrap().contains("24644 celdas"),
        "{answer}"
    );
}
