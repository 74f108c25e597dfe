//! Tiles as pictures, and pictures while somebody publishes.

use crate::{
    client::{Reply, browse, get, send},
    stage::{Stage, draft, publish, right},
};
use maps::tiles::TileId;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};
use store::Store;
use territory::LayerKind;

/// The address of the tile that holds 79° W, 7° S, a little to the north-east.
fn place(zoom: u8) -> String {
    let tile = TileId::holding(zoom, -78.99, -6.99).unwrap();
    format!("WebMercatorQuad/{zoom}/{}/{}", tile.y(), tile.x())
}

fn of(layer: &str, zoom: u8) -> String {
    format!("/collections/{layer}/map/tiles/{}", place(zoom))
}

/// Sides of a PNG.
fn sides(reply: &Reply) -> (u32, u32) {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("image/png"));
    assert!(reply.body.starts_with(b"\x89PNG"));
    let number = |at: usize| u32::from_be_bytes(reply.body[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[test]
fn a_tile_is_the_picture_that_wms_draws_of_its_square() {
    let stage = Stage::usual();
    let tile = TileId::holding(10, -78.99, -6.99).unwrap();
    let bbox = tile.metres().map(|side| side.to_string()).join(",");
    let reply = stage.get(&of("concessions", 10));
    assert_eq!(sides(&reply), (256, 256));
    let wms = stage.get(&format!(
        "/wms?service=WMS&version=1.3.0&request=GetMap&layers=concessions&styles=no-names&crs=EPSG:3857&bbox={bbox}&width=256&height=256&format=image/png&transparent=true"
    ));
    assert_eq!(reply.body, wms.body);
    assert_eq!(
        sides(&stage.get(&format!("{}?pixel-ratio=2", of("concessions", 10)))),
        (512, 512)
    );
    let several = stage.get(&format!("/map/tiles/{}?collections=concessions,communities", place(10)));
    assert_eq!(sides(&several), (256, 256));
    assert_ne!(several.body, reply.body);
}

#[test]
fn a_tile_is_known_by_its_tag_and_an_empty_one_has_no_content() {
    let stage = Stage::usual();
    let path = of("communities", 9);
    let (first, second) = (stage.get(&path), stage.get(&path));
    assert_eq!(first.body, second.body);
    let tag = first.header("etag").unwrap();
    let same = send(stage.addr, "GET", &path, &[("If-None-Match", tag)], b"");
    assert_eq!((same.status, same.body.len()), (304, 0));
    assert_ne!(stage.get(&format!("{path}?pixel-ratio=2")).header("etag"), Some(tag));
    let vector = stage.get(&path.replace("/map", ""));
    assert_ne!(vector.header("etag"), Some(tag));
    let empty = stage.get("/collections/communities/map/tiles/WebMercatorQuad/6/0/0");
    assert_eq!((empty.status, empty.body.len()), (204, 0));
}

#[test]
fn nonsense_in_the_address_is_refused_by_name() {
    let stage = Stage::usual();
    let tile = |rest: &str| stage.get(&format!("/collections/communities/map/tiles/{rest}"));
    tile("WebMercatorQuad/23/0/0").problem(404, "unknown-tile");
    tile("WebMercatorQuad/3/8/0").problem(404, "unknown-tile");
    tile("Other/3/0/0").problem(404, "unknown-tile");
    let refused = tile("WebMercatorQuad/3/x/0").problem(400, "invalid-parameter");
    assert_eq!(refused["parameter"], "y");
    let refused = tile("WebMercatorQuad/3/0/0?pixel-ratio=3").problem(400, "invalid-parameter");
    assert_eq!(refused["parameter"], "pixel-ratio");
    tile("WebMercatorQuad/3/0/0?names=true").problem(400, "unknown-parameter");
    tile("WebMercatorQuad/3/0/0?f=jpg").problem(406, "not-acceptable");
    let path = of("communities", 9);
    assert_eq!(
        send(stage.addr, "GET", &path, &[("Accept", "image/jpeg")], b"").status,
        406
    );
    stage.get(&of("hazards", 8)).problem(404, "unknown-layer");
}

#[test]
fn a_tileset_says_where_its_pictures_are_and_they_are_there() {
    let stage = Stage::usual();
    for base in ["/collections/communities/map/tiles", "/map/tiles"] {
        let list = stage.get(&format!("{base}?f=json")).json();
        assert_eq!(list["tilesets"][0]["dataType"], "map");
        let set = stage.get(&format!("{base}/WebMercatorQuad?f=json")).json();
        assert_eq!(set["dataType"], "map");
        let links = set["links"].as_array().unwrap();
        let item = links.iter().find(|link| link["rel"] == "item").unwrap();
        assert_eq!(
            (&item["type"], &item["templated"]),
            (&Value::from("image/png"), &Value::from(true))
        );
        let limits = set["tileMatrixSetLimits"][9].clone();
        let address = item["href"]
            .as_str()
            .unwrap()
            .replace("{tileMatrix}", "9")
            .replace("{tileRow}", &limits["minTileRow"].to_string())
            .replace("{tileCol}", &limits["maxTileCol"].to_string());
        assert!([200, 204].contains(&stage.get(&address).status), "{address}");
        let tilejson = stage.get(&format!("{base}/WebMercatorQuad?f=tilejson")).json();
        assert!(tilejson["tiles"][0].as_str().unwrap().contains("{z}/{y}/{x}"));
        assert!(tilejson.get("vector_layers").is_none());
        let page = browse(stage.addr, base);
        assert!(page.text().contains("PNG de 256 puntos"));
    }
    let links = stage.get("/collections/communities?f=json").json()["links"].clone();
    let rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-map";
    assert!(links.as_array().unwrap().iter().any(|link| link["rel"] == rel));
}

/// The keys of all pages of rights, one on each; whatever was published meanwhile.
fn walked(stage: &Stage) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut path = "/collections/concessions/items?limit=1&f=json".to_owned();
    loop {
        let reply = stage.get(&path);
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        let page = reply.json();
        for feature in page["features"].as_array().unwrap() {
            let key = feature["id"].as_str().unwrap().to_owned();
            assert!(keys.insert(key), "twice in one walk");
        }
        let links = page["links"].as_array().unwrap();
        let Some(next) = links.iter().find(|link| link["rel"] == "next") else {
            return keys;
        };
        let next = next["href"].as_str().unwrap();
        let inner = next
            .split_once("://")
            .map_or(next, |(_, rest)| &rest[rest.find('/').unwrap()..]);
        inner.clone_into(&mut path);
    }
}

#[test]
fn a_publication_is_in_pictures_and_items_within_two_seconds_and_never_mixed_while_many_ask() {
    let stage = Stage::set(|config| (config.poll_ms, config.workers) = (1000, 2));
    let paths = [
        of("concessions", 10),
        "/collections/concessions/map?bbox=-79.05,-7.05,-78.9,-6.9&width=300&f=png".to_owned(),
        "/wms?service=WMS&version=1.3.0&request=GetMap&layers=concessions&styles=&crs=CRS:84&bbox=-79.05,-7.05,-78.9,-6.9&width=300&height=300&format=image/png".to_owned(),
        "/collections/concessions/items?f=json".to_owned(),
    ];
    let before: Vec<Reply> = paths.iter().map(|path| stage.get(path)).collect();
    let (old, new) = (["01-T", "02-X"], ["90-T", "91-T", "92-X"]);
    let set = |keys: &[&str]| -> BTreeSet<String> { keys.iter().map(|key| (*key).to_owned()).collect() };
    assert_eq!(walked(&stage), set(&old));
    let done = AtomicBool::new(false);
    let answers = thread::scope(|scope| {
        let asking: Vec<_> = (0..8)
            .map(|turn: usize| {
                let (stage, paths, done) = (&stage, &paths, &done);
                scope.spawn(move || {
                    let which = turn % paths.len();
                    let mut seen: BTreeMap<String, Vec<u8>> = BTreeMap::new();
                    while !done.load(Ordering::Acquire) {
                        let reply = get(stage.addr, &paths[which]);
                        assert_eq!(reply.status, 200, "{}: {}", paths[which], reply.text());
                        let tag = reply.header("etag").unwrap().to_owned();
                        let known = seen.entry(tag).or_insert_with(|| reply.body.clone());
                        assert!(*known == reply.body || which == 3, "one tag, one picture");
                    }
                    (which, seen)
                })
            })
            .collect();
        let walking = scope.spawn(|| {
            while !done.load(Ordering::Acquire) {
                let keys = walked(&stage);
                assert!(
                    keys == set(&old) || keys == set(&new),
                    "old or new, never a mixture: {keys:?}"
                );
            }
        });
        thread::sleep(Duration::from_millis(200));
        let store = Store::open(&stage.path).unwrap();
        let rights = new.iter().map(|key| right(key, (0.5, 0.5), "titulado")).collect();
        publish(&store, draft(LayerKind::Concessions, "Perú"), rights, "2026-03-01");
        let published = Instant::now();
        for (path, before) in paths.iter().zip(&before) {
            while stage.get(path).header("etag") == before.header("etag") {
                assert!(
                    published.elapsed() < Duration::from_secs(2),
                    "{path}: the new edition did not come within 2 s"
                );
            }
        }
        thread::sleep(Duration::from_millis(100));
        done.store(true, Ordering::Release);
        walking.join().unwrap();
        asking
            .into_iter()
            .map(|asking| asking.join().unwrap())
            .collect::<Vec<_>>()
    });
    for (which, seen) in answers {
        let after = stage.get(&paths[which]);
        let tags: BTreeSet<&str> = [&before[which], &after]
            .iter()
            .map(|reply| reply.header("etag").unwrap())
            .collect();
        assert_eq!(tags.len(), 2);
        assert!(seen.keys().all(|tag| tags.contains(tag.as_str())), "{}", paths[which]);
        if which < 3 {
            assert_ne!(before[which].body, after.body);
            for reply in [&before[which], &after] {
                let kept = seen.get(reply.header("etag").unwrap());
                assert!(kept.is_none_or(|body| *body == reply.body), "{}", paths[which]);
            }
        }
    }
}
