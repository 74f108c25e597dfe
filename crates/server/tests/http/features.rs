//! Features by OGC API Features, with answers recomputed from a full copy.

use crate::{
    client::{Reply, get},
    stage::{Stage, draft, publish, right, square, until},
};
use serde_json::Value;
use std::collections::BTreeSet;
use store::Store;
use territory::LayerKind;

const RIGHTS: &str = "/collections/concessions/items";

/// A server with a chessboard of rights: 12 × 10, each a hundredth of a degree wide, two hundredths apart.
fn board() -> Stage {
    Stage::with(
        |_| {},
        |path| {
            let rights = (0..120).map(|n| {
                let place = (f64::from(n % 12) * 2.0, f64::from(n / 12) * 2.0);
                let mut one = right(
                    &format!("{n:03}"),
                    place,
                    if n % 3 == 0 { "titulado" } else { "tramite" },
                );
                let attributes = &mut one.feature.attributes;
                attributes.set("level", territory::Value::Integer(i64::from(n % 7)));
                attributes.set(
                    "filed_at",
                    territory::Value::Date(format!("20{:02}-01-15", n % 20).parse().unwrap()),
                );
                one
            });
            let store = Store::create(path).unwrap();
            publish(
                &store,
                draft(LayerKind::Concessions, "Perú"),
                rights.collect(),
                "2026-02-03",
            );
        },
    )
}

fn ids(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    let document = reply.json();
    document["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect()
}

fn next_of(document: &Value) -> Option<String> {
    let links = document["links"].as_array().unwrap();
    let next = links.iter().find(|link| link["rel"] == "next")?["href"]
        .as_str()
        .unwrap();
    let path = next
        .split_once("://")
        .map_or(next, |(_, rest)| &rest[rest.find('/').unwrap()..]);
    Some(path.to_owned())
}

/// Every feature, page by page.
fn everything(stage: &Stage, first: &str) -> Vec<Value> {
    let mut path = first.to_owned();
    let mut found = Vec::new();
    loop {
        let document = stage.get(&path).json();
        found.extend(document["features"].as_array().unwrap().clone());
        let Some(next) = next_of(&document) else {
            assert_eq!(document["numberMatched"], found.len());
            return found;
        };
        path = next;
    }
}

fn bounds(feature: &Value) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let points = feature["geometry"]["coordinates"][0][0].as_array().unwrap();
    for point in points {
        let (x, y) = (point[0].as_f64().unwrap(), point[1].as_f64().unwrap());
        bounds = [bounds[0].min(x), bounds[1].min(y), bounds[2].max(x), bounds[3].max(y)];
    }
    bounds
}

#[test]
fn pages_hold_every_feature_once_and_their_count_is_exact() {
    let stage = board();
    let all = everything(&stage, &format!("{RIGHTS}?limit=7"));
    let keys: BTreeSet<&str> = all.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!((all.len(), keys.len()), (120, 120));
}

#[test]
fn pages_stay_those_of_their_edition_while_another_is_published() {
    let stage = board();
    let first = stage.get(&format!("{RIGHTS}?limit=50")).json();
    let store = Store::open(&stage.path).unwrap();
    publish(
        &store,
        draft(LayerKind::Concessions, "Perú"),
        vec![right("999", (0.0, 0.0), "titulado")],
        "2026-03-01",
    );
    until("the new edition", || ids(&stage.get(RIGHTS)) == ["999"]);
    let mut found: Vec<String> = first["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["id"].as_str().unwrap().to_owned())
        .collect();
    let rest = everything_after(&stage, &first);
    found.extend(rest);
    let expected: Vec<String> = (0..120).map(|n| format!("{n:03}")).collect();
    assert_eq!(found, expected, "no loss, no repeat, nothing of the new edition");
}

fn everything_after(stage: &Stage, first: &Value) -> Vec<String> {
    let mut next = next_of(first);
    let mut found = Vec::new();
    while let Some(path) = next {
        let document = stage.get(&path).json();
        found.extend(
            document["features"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["id"].as_str().unwrap().to_owned()),
        );
        next = next_of(&document);
    }
    found
}

#[test]
fn a_box_finds_what_its_geometry_says_in_degrees_and_in_metres() {
    let stage = board();
    let all = everything(&stage, &format!("{RIGHTS}?limit=200"));
    for wanted in [
        [-78.975, -6.995, -78.921, -6.96],
        [-79.0, -7.0, -78.0, -6.0],
        [-78.99, -6.99, -78.98, -6.98],
    ] {
        let [west, south, east, north] = wanted;
        let meets = |one: &&Value| {
            let b = bounds(one);
            b[0] <= east && west <= b[2] && b[1] <= north && south <= b[3]
        };
        let expected: Vec<&str> = all
            .iter()
            .filter(meets)
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        let found = ids(&stage.get(&format!("{RIGHTS}?limit=200&bbox={west},{south},{east},{north}")));
        assert_eq!(found, expected, "{wanted:?}");
        let swapped = format!(
            "{RIGHTS}?limit=200&bbox={south},{west},{north},{east}&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326"
        );
        assert_eq!(ids(&stage.get(&swapped)), expected, "latitude first");
        let over = format!("{RIGHTS}?limit=200&bbox=170,{south},{east},{north}");
        let beyond: Vec<&str> = all
            .iter()
            .filter(|one| bounds(one)[0] <= east && bounds(one)[1] <= north && south <= bounds(one)[3])
            .map(|one| one["id"].as_str().unwrap())
            .collect();
        assert_eq!(ids(&stage.get(&over)), beyond, "over the antimeridian");
    }
    // the same squares in metres of their zone, from a copy in it
    let utm = "http://www.opengis.net/def/crs/EPSG/0/32717";
    let copy = everything(&stage, &format!("{RIGHTS}?limit=200&crs={utm}"));
    let target = bounds(&copy[30]);
    let inside = [
        target[0] + 200.0,
        target[1] + 200.0,
        target[0] + 201.0,
        target[1] + 201.0,
    ]
    .map(|side| side.to_string())
    .join(",");
    assert_eq!(
        ids(&stage.get(&format!("{RIGHTS}?bbox={inside}&bbox-crs={utm}"))),
        [copy[30]["id"].as_str().unwrap()]
    );
}

#[test]
fn filters_of_both_languages_find_what_a_copy_says() {
    let stage = board();
    let all = everything(&stage, &format!("{RIGHTS}?limit=200"));
    let expected: Vec<&str> = all
        .iter()
        .filter(|one| {
            one["properties"]["state_group"] == "titulado" && one["properties"]["level"].as_i64().unwrap() > 3
        })
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    let text = "state_group%20%3D%20%27titulado%27%20AND%20level%20%3E%203";
    assert_eq!(ids(&stage.get(&format!("{RIGHTS}?limit=200&filter={text}"))), expected);
    let json = r#"{"op":"and","args":[{"op":"=","args":[{"property":"state_group"},"titulado"]},{"op":">","args":[{"property":"level"},3]}]}"#;
    let json = json
        .replace('"', "%22")
        .replace('{', "%7B")
        .replace('}', "%7D")
        .replace('>', "%3E")
        .replace('[', "%5B")
        .replace(']', "%5D");
    assert_eq!(
        ids(&stage.get(&format!("{RIGHTS}?limit=200&filter-lang=cql2-json&filter={json}"))),
        expected
    );
    let spatial = "S_INTERSECTS(geometry,POINT(-78.955%20-6.975))";
    let here: Vec<&str> = all
        .iter()
        .filter(|one| {
            let b = bounds(one);
            b[0] <= -78.955 && -78.955 <= b[2] && b[1] <= -6.975 && -6.975 <= b[3]
        })
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids(&stage.get(&format!("{RIGHTS}?filter={spatial}"))), here);
    let both = ids(&stage.get(&format!("{RIGHTS}?limit=200&state_group=titulado&level=4")));
    let wanted: Vec<&str> = all
        .iter()
        .filter(|one| one["properties"]["state_group"] == "titulado" && one["properties"]["level"] == 4)
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(both, wanted, "properties as parameters");
}

#[test]
fn features_come_in_the_order_and_with_the_properties_asked_for() {
    let stage = board();
    let sorted = everything(
        &stage,
        &format!("{RIGHTS}?limit=50&sortby=-level,key&properties=level&skipGeometry=true"),
    );
    let order: Vec<(i64, &str)> = sorted
        .iter()
        .map(|one| {
            (
                -one["properties"]["level"].as_i64().unwrap(),
                one["id"].as_str().unwrap(),
            )
        })
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(
        sorted
            .iter()
            .all(|one| one["geometry"].is_null() && one["properties"].as_object().unwrap().len() == 1)
    );
}

#[test]
fn coordinates_are_in_the_system_asked_for_and_it_is_said() {
    let stage = board();
    let plain = stage.get(&format!("{RIGHTS}?limit=1")).json();
    let swapped = stage.get(&format!(
        "{RIGHTS}?limit=1&crs=http://www.opengis.net/def/crs/EPSG/0/4326"
    ));
    assert_eq!(
        swapped.header("content-crs"),
        Some("<http://www.opengis.net/def/crs/EPSG/0/4326>")
    );
    let point = |document: &Value| document["features"][0]["geometry"]["coordinates"][0][0][0].clone();
    let (one, other) = (point(&plain), point(&swapped.json()));
    assert_eq!((&one[0], &one[1]), (&other[1], &other[0]));
    let utm = stage.get(&format!("{RIGHTS}/000?crs=http://www.opengis.net/def/crs/EPSG/0/32717"));
    let corner = utm.json()["geometry"]["coordinates"][0][0][0].clone();
    let mut expected = [geo_types::coord! { x: one[0].as_f64().unwrap(), y: one[1].as_f64().unwrap() }];
    crs::lonlat_to_utm(&mut expected, crs::UtmZone::Z17).unwrap();
    assert!(
        (corner[0].as_f64().unwrap() - expected[0].x).abs() < 1e-3
            && (corner[1].as_f64().unwrap() - expected[0].y).abs() < 1e-3
    );
}

#[test]
fn a_day_is_the_state_of_the_layer_and_a_span_in_which_it_changes_is_refused() {
    let stage = board();
    let store = Store::open(&stage.path).unwrap();
    let mut later = draft(LayerKind::Concessions, "Perú");
    later.valid_from = "2026-03-01".parse().unwrap();
    publish(&store, later, vec![right("999", (0.0, 0.0), "titulado")], "2026-03-02");
    until("the new edition", || ids(&stage.get(RIGHTS)) == ["999"]);
    assert_eq!(
        stage.get(&format!("{RIGHTS}?datetime=2026-02-10")).json()["numberMatched"],
        120
    );
    assert_eq!(
        stage.get(&format!("{RIGHTS}?datetime=2026-03-05T10:00:00Z")).json()["numberMatched"],
        1
    );
    assert_eq!(
        stage.get(&format!("{RIGHTS}?datetime=2026-01-05/2026-02-10")).json()["numberMatched"],
        120
    );
    assert_eq!(
        stage.get(&format!("{RIGHTS}?datetime=2026-03-02/..")).json()["numberMatched"],
        1
    );
    let problem = stage
        .get(&format!("{RIGHTS}?datetime=2026-02-10/2026-03-10"))
        .problem(400, "invalid-parameter");
    assert_eq!(problem["changes"], serde_json::json!(["2026-03-01"]));
    stage
        .get(&format!("{RIGHTS}?datetime=1999-01-01"))
        .problem(404, "unknown-layer");
}

#[test]
fn the_whole_layer_comes_as_a_table_a_flatgeobuf_and_a_package() {
    let stage = board();
    let csv = stage.get(&format!("{RIGHTS}?f=csv")).text();
    assert_eq!(csv.lines().count(), 121);
    assert!(
        csv.starts_with("key,edition,code,filed_at,level,name,state_group,wkt\n"),
        "{}",
        csv.lines().next().unwrap()
    );
    let fgb = stage.get(&format!("{RIGHTS}?f=fgb"));
    assert!(fgb.body.starts_with(b"fgb\x03fgb"), "{:?}", &fgb.body[..8]);
    assert_eq!(fgb.header("content-type"), Some("application/flatgeobuf"));
    let package = stage.get(&format!("{RIGHTS}?f=gpkg"));
    assert!(package.body.starts_with(b"SQLite format 3\0"));
    assert!(
        package
            .header("content-disposition")
            .unwrap()
            .contains("concessions.gpkg")
    );
}

#[test]
fn a_list_longer_than_a_piece_comes_whole() {
    let stage = Stage::with(
        |_| {},
        |path| {
            let springs = (0..1_700).map(|n| {
                square(
                    &format!("{n:04}"),
                    &format!("Tierra {n}"),
                    (f64::from(n % 40), f64::from(n / 40)),
                    0.5,
                )
            });
            publish(
                &Store::create(path).unwrap(),
                draft(LayerKind::Urban, "Perú"),
                springs.collect(),
                "2026-02-03",
            );
        },
    );
    let reply = stage.get("/collections/urban/items?limit=10000");
    assert_eq!(ids(&reply).len(), 1_700);
    assert_eq!(
        stage
            .get("/collections/urban/items?f=csv&skipGeometry=true")
            .text()
            .lines()
            .count(),
        1_701
    );
}

#[test]
fn what_cannot_be_asked_is_named() {
    let stage = board();
    for (query, parameter) in [
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,x", "bbox"),
        ("bbox=-79,-6,-78,-7", "bbox"),
        ("bbox=5,5,6,6&bbox-crs=EPSG:24891", "bbox-crs"),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/9999", "crs"),
        ("datetime=ayer", "datetime"),
        ("datetime=2026-03-01/2026-01-01", "datetime"),
        ("limit=-1", "limit"),
        ("token=xyz", "token"),
        ("filter=nombre%20%3D%20%27x%27", "filter"),
        ("filter=level%20%3D%20%27x%27", "filter"),
        ("filter=level%20%3E", "filter"),
        ("filter-lang=sql&filter=level%3D1", "filter-lang"),
        ("sortby=altura", "sortby"),
        ("properties=altura", "properties"),
        ("skipGeometry=quizas", "skipGeometry"),
        ("level=alto", "level"),
        ("f=gpkg&crs=EPSG:32717", "crs"),
    ] {
        let reply = stage.get(&format!("{RIGHTS}?{query}"));
        assert_eq!(
            reply.problem(400, "invalid-parameter")["parameter"],
            parameter,
            "{query}"
        );
    }
    stage
        .get(&format!("{RIGHTS}?altura=3"))
        .problem(400, "unknown-parameter");
    let refused = stage.get(&format!("{RIGHTS}?f=shp")).problem(406, "not-acceptable");
    assert_eq!(
        refused["available"],
        serde_json::json!(["json", "html", "csv", "fgb", "gpkg"])
    );
}

#[test]
fn what_may_be_named_is_told_and_so_are_the_standards() {
    let stage = board();
    let queryables = stage.get("/collections/concessions/queryables").json();
    assert_eq!(queryables["properties"]["level"]["type"], "integer");
    assert_eq!(queryables["properties"]["filed_at"]["format"], "date");
    assert_eq!(queryables["properties"]["geometry"]["x-ogc-role"], "primary-geometry");
    assert_eq!(queryables["additionalProperties"], false);
    let classes = stage.get("/conformance").json();
    assert!(
        classes["conformsTo"]
            .as_array()
            .unwrap()
            .iter()
            .any(|class| class == "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text")
    );
    let collection = stage.get("/collections/concessions").json();
    for link in collection["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        let path = href
            .strip_prefix(&format!("http://{}", stage.addr))
            .unwrap_or_else(|| panic!("{href} is not whole"));
        assert_eq!(get(stage.addr, path).status, 200, "{path}");
    }
}
