//! Vector tiles and what describes them.

use crate::{
    client::{Reply, browse, get, send},
    decoder::{ReadLayer, Tag, read_tile},
    stage::{Stage, draft, publish, right, square, until},
};
use geo_types::Geometry;
use maps::tiles::TileId;
use server::Config;
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use store::Store;
use territory::LayerKind;

const MEDIA: &str = "application/vnd.mapbox-vector-tile";

/// The address of the tile that holds 79° W, 7° S, a little to the north-east.
fn place(zoom: u8) -> String {
    let tile = TileId::holding(zoom, -78.99, -6.99).unwrap();
    format!("WebMercatorQuad/{zoom}/{}/{}", tile.y(), tile.x())
}

fn of(layer: &str, zoom: u8) -> String {
    format!("/collections/{layer}/tiles/{}", place(zoom))
}

fn layers(reply: &Reply) -> Vec<ReadLayer> {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some(MEDIA));
    read_tile(&reply.body, 64)
}

fn keys(reply: &Reply) -> BTreeSet<String> {
    let layers = layers(reply);
    let features = layers.iter().flat_map(|layer| &layer.features);
    features
        .map(|feature| match &feature.tags["key"] {
            Tag::Text(key) => key.clone(),
            other => panic!("{other:?} is no key"),
        })
        .collect()
}

fn set(keys: &[&str]) -> BTreeSet<String> {
    keys.iter().map(|key| (*key).to_owned()).collect()
}

#[test]
fn a_tile_has_the_features_of_its_layer_with_their_fields() {
    let stage = Stage::usual();
    let reply = stage.get(&of("communities", 4));
    let layers = layers(&reply);
    assert_eq!(layers.len(), 1);
    assert_eq!(layers[0].name, "communities");
    assert_eq!(layers[0].ids().len(), 4, "the same key in two editions is two features");
    let tingo = layers[0]
        .features
        .iter()
        .find(|feature| feature.tags["key"] == Tag::Text("c-1".into()))
        .unwrap();
    assert_eq!(tingo.tags["name"], Tag::Text("El Tingo".into()));
    assert_eq!(
        tingo.tags["edition"],
        Tag::Text("communities-prueba-cajamarca-1".into())
    );
    assert!(matches!(&tingo.geometry, Geometry::MultiPolygon(_)));
    let again = layers_of(&stage, &of("communities", 12));
    assert!(again.ids().contains(&tingo.id), "the id is the same at every zoom");
    let springs = layers_of(&stage, &of("springs", 8));
    assert!(matches!(&springs.features[0].geometry, Geometry::MultiPoint(_)));
}

fn layers_of(stage: &Stage, path: &str) -> ReadLayer {
    layers(&stage.get(path)).remove(0)
}

#[test]
fn several_layers_come_in_one_tile_and_what_readers_may_not_see_in_none() {
    let stage = Stage::usual();
    let names = |query: &str| -> Vec<String> {
        let reply = stage.get(&format!("/tiles/{}{query}", place(8)));
        layers(&reply).into_iter().map(|layer| layer.name).collect()
    };
    assert_eq!(
        names("?collections=concessions,communities,concessions"),
        ["concessions", "communities"]
    );
    assert_eq!(
        names(""),
        ["concessions", "communities", "districts", "springs"],
        "all that may be seen"
    );
    stage.get(&of("hazards", 8)).problem(404, "unknown-layer");
    let problem = stage
        .get(&format!("/tiles/{}?collections=communities,hazards", place(8)))
        .problem(400, "invalid-parameter");
    assert_eq!(problem["parameter"], "collections");
    let office = Stage::set(|config| config.visibility = territory::Visibility::Office);
    assert_eq!(office.get(&of("hazards", 8)).status, 200);
}

#[test]
fn a_tile_is_known_by_its_tag_and_packed_as_asked() {
    let stage = Stage::usual();
    let path = of("communities", 8);
    let plain = stage.get(&path);
    assert_eq!(
        (plain.header("content-encoding"), plain.header("cache-control")),
        (None, Some("no-cache"))
    );
    let tag = plain.header("etag").unwrap();
    let same = send(stage.addr, "GET", &path, &[("If-None-Match", tag)], b"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    for turn in ["made", "kept"] {
        for (accepted, coding) in [("gzip", "gzip"), ("gzip, br", "br")] {
            let packed = send(stage.addr, "GET", &path, &[("Accept-Encoding", accepted)], b"");
            assert_eq!(packed.header("content-encoding"), Some(coding), "{turn}");
            assert!(
                packed
                    .headers
                    .iter()
                    .any(|(name, value)| name == "vary" && value == "accept-encoding")
            );
            assert_eq!(unpacked(&packed), plain.body, "{turn}, {coding}");
            assert_eq!(packed.header("etag"), Some(tag));
        }
    }
    let head = send(stage.addr, "HEAD", &path, &[], b"");
    assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, Some(tag)));
    assert_eq!(browse(stage.addr, &path).body, plain.body);
}

fn unpacked(reply: &Reply) -> Vec<u8> {
    use std::io::Read;
    let mut bytes = Vec::new();
    match reply.header("content-encoding") {
        Some("br") => brotli::Decompressor::new(&reply.body[..], 4096)
            .read_to_end(&mut bytes)
            .unwrap(),
        _ => flate2::read::GzDecoder::new(&reply.body[..])
            .read_to_end(&mut bytes)
            .unwrap(),
    };
    bytes
}

#[test]
fn an_empty_tile_has_no_content_and_one_outside_of_the_matrix_is_not_there() {
    let stage = Stage::usual();
    let empty = stage.get("/collections/communities/tiles/WebMercatorQuad/8/0/0");
    assert_eq!((empty.status, empty.body.len()), (204, 0));
    let tag = empty.header("etag").unwrap();
    let path = "/collections/communities/tiles/WebMercatorQuad/8/0/0";
    assert_eq!(
        send(stage.addr, "GET", path, &[("If-None-Match", tag)], b"").status,
        304
    );
    for outside in ["8/256/0", "8/0/256", "23/0/0", "0/0/1", "99999999999999999999/0/0"] {
        let problem = stage
            .get(&format!("/collections/communities/tiles/WebMercatorQuad/{outside}"))
            .problem(404, "unknown-tile");
        assert_eq!(problem["max_zoom"], 22, "{outside}");
    }
    for other in [
        "/collections/communities/tiles/EuropeanETRS89/0/0/0",
        "/tiles/EuropeanETRS89",
        "/tileMatrixSets/Other",
    ] {
        assert_eq!(
            stage.get(other).problem(404, "unknown-tile")["available"][0],
            "WebMercatorQuad"
        );
    }
}

#[test]
fn nonsense_in_the_address_is_refused_by_name() {
    let stage = Stage::usual();
    for (place, named) in [
        ("a/0/0", "z"),
        ("8/-1/0", "y"),
        ("8/0/1.5", "x"),
        ("8/0/0x", "x"),
        ("+8/0/0", "z"),
    ] {
        let problem = stage
            .get(&format!("/collections/communities/tiles/WebMercatorQuad/{place}"))
            .problem(400, "invalid-parameter");
        assert_eq!(problem["parameter"], named, "{place}");
    }
    stage
        .get(&format!("{}?lang=es", of("communities", 8)))
        .problem(400, "unknown-parameter");
    let problem = stage
        .get(&format!("{}?f=png", of("communities", 8)))
        .problem(406, "not-acceptable");
    assert_eq!(problem["available"], serde_json::json!(["mvt"]));
    let picture = send(
        stage.addr,
        "GET",
        &of("communities", 8),
        &[("Accept", "image/png")],
        b"",
    );
    picture.problem(406, "not-acceptable");
    let post = send(stage.addr, "POST", &of("communities", 8), &[], b"");
    post.problem(405, "method-not-allowed");
}

#[test]
fn a_tileset_says_where_its_tiles_are_and_they_are_there() {
    let stage = Stage::usual();
    let list = stage.get("/collections/communities/tiles").json();
    let tileset = &list["tilesets"][0];
    assert_eq!(tileset["dataType"], "vector");
    let link = |document: &serde_json::Value, rel: &str| -> String {
        let links = document["links"].as_array().unwrap();
        let link = links
            .iter()
            .find(|link| link["rel"] == rel)
            .unwrap_or_else(|| panic!("{rel} in {document}"));
        link["href"].as_str().unwrap().to_owned()
    };
    let whole = stage.get(&link(tileset, "self")).json();
    assert_eq!(
        whole["tileMatrixSetURI"],
        "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
    );
    assert_eq!(whole["layers"][0]["id"], "communities");
    assert_eq!(whole["layers"][0]["geometryDimension"], 2);
    assert_eq!(
        whole["layers"][0]["propertiesSchema"]["properties"]["name"]["type"],
        "string"
    );
    let limits = whole["tileMatrixSetLimits"].as_array().unwrap();
    assert_eq!(limits.len(), 23);
    let at = &limits[9];
    let filled = link(&whole, "item")
        .replace("{tileMatrix}", "9")
        .replace("{tileRow}", &at["maxTileRow"].to_string())
        .replace("{tileCol}", &at["minTileCol"].to_string());
    assert_eq!(keys(&stage.get(&filled)), set(&["c-1", "c-2", "c/3 %"]));
    let scheme = stage
        .get(&link(&whole, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"))
        .json();
    assert_eq!(
        (&scheme["id"], scheme["tileMatrices"].as_array().unwrap().len()),
        (&"WebMercatorQuad".into(), 23)
    );
    let denominator = scheme["tileMatrices"][0]["scaleDenominator"].as_f64().unwrap();
    assert!(
        (denominator - 559_082_264.028_717_8).abs() < 1e-3,
        "as the standard's table has it: {denominator}"
    );
    assert_eq!(
        stage.get("/tileMatrixSets").json()["tileMatrixSets"][0]["id"],
        "WebMercatorQuad"
    );
    let collection = stage.get("/collections/communities").json();
    assert_eq!(
        link(&collection, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"),
        format!("http://{}/collections/communities/tiles?f=json", stage.addr)
    );
}

#[test]
fn tilejson_names_addresses_that_a_browser_can_ask() {
    let stage = Stage::usual();
    let document = stage
        .get("/tiles/WebMercatorQuad?collections=concessions,communities&f=tilejson")
        .json();
    assert_eq!(document["tilejson"], "3.0.0");
    let template = document["tiles"][0].as_str().unwrap();
    let path = template.strip_prefix(&format!("http://{}", stage.addr)).unwrap();
    let path = path.replace("WebMercatorQuad/{z}/{y}/{x}", &place(8));
    assert_eq!(layers(&stage.get(&path)).len(), 2);
    let fields = &document["vector_layers"][0]["fields"];
    assert_eq!(
        (&document["vector_layers"][0]["id"], &fields["state_group"]),
        (&"concessions".into(), &"String".into())
    );
    assert!(document["attribution"].as_str().unwrap().contains("Prueba"));
    assert_eq!(document["bounds"].as_array().unwrap().len(), 4);
}

#[test]
fn people_get_pages_about_tiles() {
    let stage = Stage::usual();
    for path in [
        "/collections/communities/tiles",
        "/tiles",
        "/tiles/WebMercatorQuad",
        "/tileMatrixSets",
        "/tileMatrixSets/WebMercatorQuad",
    ] {
        let page = browse(stage.addr, path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("<h1>") && page.text().contains("tesela"), "{path}");
    }
}

fn publish_rights(stage: &Stage, keys: &[&str]) {
    let store = Store::open(&stage.path).unwrap();
    let features = keys.iter().map(|key| right(key, (0.0, 0.0), "titulado")).collect();
    publish(&store, draft(LayerKind::Concessions, "Perú"), features, "2026-03-01");
}

#[test]
fn a_publication_is_in_tiles_within_two_seconds_and_never_mixed_while_many_ask() {
    let stage = Stage::set(|config| (config.poll_ms, config.workers) = (1000, 2));
    let path = of("concessions", 10);
    let others = of("communities", 10);
    let other_tag = stage.get(&others).header("etag").unwrap().to_owned();
    let (before, after) = (set(&["01-T", "02-X"]), set(&["90-T", "91-T"]));
    assert_eq!(keys(&stage.get(&path)), before);
    let done = AtomicBool::new(false);
    let asked = thread::scope(|scope| {
        let asking: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let mut tags = Vec::new();
                    while !done.load(Ordering::Acquire) {
                        let reply = get(stage.addr, &path);
                        let seen = keys(&reply);
                        assert!(seen == before || seen == after, "old or new, never a mixture: {seen:?}");
                        tags.push((reply.header("etag").unwrap().to_owned(), seen));
                    }
                    tags
                })
            })
            .collect();
        thread::sleep(Duration::from_millis(200));
        publish_rights(&stage, &["90-T", "91-T"]);
        let published = Instant::now();
        while keys(&stage.get(&path)) != after {
            assert!(
                published.elapsed() < Duration::from_secs(2),
                "the new edition did not come within 2 s"
            );
        }
        thread::sleep(Duration::from_millis(100));
        done.store(true, Ordering::Release);
        asking
            .into_iter()
            .flat_map(|asking| asking.join().unwrap())
            .collect::<Vec<_>>()
    });
    let tags: BTreeSet<&String> = asked.iter().map(|(tag, _)| tag).collect();
    assert_eq!(tags.len(), 2);
    assert!(
        asked
            .iter()
            .all(|(tag, seen)| asked.iter().all(|(other, keys)| (tag == other) == (seen == keys)))
    );
    assert_eq!(
        stage.get(&others).header("etag"),
        Some(other_tag.as_str()),
        "layers that did not change keep their tag"
    );
}

#[test]
fn a_withdrawn_layer_has_no_tiles_any_more() {
    let stage = Stage::usual();
    assert_eq!(stage.get(&of("concessions", 8)).status, 200);
    let store = Store::open(&stage.path).unwrap();
    store
        .withdraw("concessions-prueba-peru-1", crate::stage::moment("2026-03-01"))
        .unwrap();
    until("the withdrawal", || stage.get(&of("concessions", 8)).status == 404);
}

#[test]
fn tiles_are_the_same_with_and_without_a_cache_and_made_ready_or_not() {
    let make = |settings: fn(&mut Config)| {
        let stage = Stage::with(settings, |path| {
            let store = Store::create(path).unwrap();
            let many = (0..300).map(|at| {
                square(
                    &format!("c-{at}"),
                    "Comunidad",
                    (f64::from(at % 20), f64::from(at / 20)),
                    0.9,
                )
            });
            publish(
                &store,
                draft(LayerKind::Communities, "Cajamarca"),
                many.collect(),
                "2026-02-01",
            );
        });
        [5, 9, 11, 14].map(|zoom| [0, 1].map(|_| stage.get(&of("communities", zoom)).body))
    };
    let usual = make(|_| {});
    assert_eq!(
        make(|config| (config.tiles.cache_bytes, config.tiles.prepare) = (0, false)),
        usual
    );
    assert!(usual.iter().all(|[first, second]| first == second && !first.is_empty()));
}
