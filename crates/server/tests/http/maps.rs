//! Pictures of layers: OGC API Maps and WMS.

use crate::{
    client::Reply,
    stage::{Stage, draft, publish, right},
};
use store::{DraftEdition, Store};
use territory::LayerKind;

const MAP: &str = "/wms?service=WMS&version=1.3.0&request=GetMap&styles=&format=image/png&width=100&height=100";
/// The titled right of the stage lies from 79° W and 7° S one hundredth to the east and north.
const BOX: &str = "-79.02,-7.02,-78.97,-6.97";

/// Width, height and pixels (red, green, blue, opacity) of a PNG.
fn pixels(reply: &Reply) -> (u32, u32, Vec<[u8; 4]>) {
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert_eq!(reply.header("content-type"), Some("image/png"), "{}", reply.text());
    let mut decoder = png::Decoder::new(std::io::Cursor::new(&reply.body));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let four = bytes
        .chunks_exact(4)
        .map(|four| [four[0], four[1], four[2], four[3]])
        .collect();
    (info.width, info.height, four)
}

/// The box of what is drawn: least and greatest column and row of pixels that are not transparent.
fn drawn(reply: &Reply) -> Option<[u32; 4]> {
    let (width, _, pixels) = pixels(reply);
    let places = (0_u32..)
        .zip(&pixels)
        .filter(|(_, pixel)| pixel[3] > 40)
        .map(|(at, _)| (at % width, at / width));
    places.fold(None, |sides: Option<[u32; 4]>, (x, y)| {
        let [left, top, right, bottom] = sides.unwrap_or([x, y, x, y]);
        Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
    })
}

#[test]
fn a_map_of_a_layer_shows_what_lies_there_in_every_system() {
    let stage = Stage::usual();
    let map = |rest: &str| {
        stage.get(&format!(
            "/map?collections=concessions&names=false&width=100&height=100&{rest}"
        ))
    };
    let of_degrees = drawn(&map(&format!("bbox={BOX}"))).unwrap();
    // five hundredths on 100 pixels: both rights lie 40 to 90 from the left; the second, extinct one, begins half a hundredth on
    assert!(
        of_degrees[0].abs_diff(40) < 2 && of_degrees[2].abs_diff(90) < 3,
        "{of_degrees:?}"
    );
    let swapped =
        map("bbox=-7.02,-79.02,-6.97,-78.97&bbox-crs=EPSG:4326&crs=http://www.opengis.net/def/crs/EPSG/0/4326");
    assert_eq!(
        drawn(&swapped),
        Some(of_degrees),
        "latitude first on the wire, the same picture"
    );
    assert_eq!(swapped.header("content-bbox"), Some("-7.02,-79.02,-6.97,-78.97"));
    for crs in ["EPSG:3857", "EPSG:32717", "EPSG:24877"] {
        let sides = drawn(&map(&format!("bbox={BOX}&crs={crs}"))).unwrap();
        let far = sides
            .iter()
            .zip(&of_degrees)
            .map(|(one, other)| one.abs_diff(*other))
            .max()
            .unwrap();
        assert!(far <= 4, "{crs}: {sides:?} {of_degrees:?}");
    }
}

#[test]
fn a_map_may_be_lines_too_and_has_the_shape_of_its_box() {
    let stage = Stage::usual();
    let svg = stage.get(&format!("/collections/concessions/map?f=svg&bbox={BOX}"));
    assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
    assert!(
        svg.text().starts_with("<svg ") && svg.text().contains("Derechos mineros"),
        "{}",
        svg.text()
    );
    let (width, height, _) = pixels(&stage.get("/map?collections=springs,districts&bbox=-80,-8,-78,-7"));
    assert_eq!((width, height), (1024, 512));
}

#[test]
fn wrong_questions_about_maps_are_refused_by_name() {
    let stage = Stage::set(|config| config.maps.work = 1_000_000);
    for (query, slug, named) in [
        ("bbox=1,2,3", "invalid-parameter", "bbox"),
        ("bbox=3,2,1,4", "invalid-parameter", "bbox"),
        ("crs=EPSG:2056", "invalid-parameter", "crs"),
        ("width=0", "invalid-parameter", "width"),
        ("width=5000", "invalid-parameter", "width"),
        ("collections=nothing", "invalid-parameter", "collections"),
        ("bgcolor=red", "invalid-parameter", "bgcolor"),
        ("transparent=perhaps", "invalid-parameter", "transparent"),
        ("datetime=yesterday", "invalid-parameter", "datetime"),
        ("layers=springs", "unknown-parameter", "layers"),
    ] {
        let problem = stage.get(&format!("/map?{query}")).problem(400, slug);
        assert_eq!(problem["parameter"], named, "{query}");
    }
    stage.get("/map?f=jpeg").problem(406, "not-acceptable");
    let problem = stage
        .get("/map?collections=springs,districts&width=1000&height=1000")
        .problem(422, "over-limit");
    assert_eq!(
        (&problem["figure"], &problem["limit"]),
        (&2_000_000.into(), &1_000_000.into())
    );
}

#[test]
fn both_versions_of_wms_draw_the_same_with_their_own_order_of_axes() {
    let stage = Stage::usual();
    let newer = stage.get(&format!(
        "{MAP}&layers=concessions&crs=EPSG:4326&bbox=-7.02,-79.02,-6.97,-78.97&transparent=TRUE"
    ));
    let older = stage.get(&format!(
        "/wms?SERVICE=WMS&VERSION=1.1.1&REQUEST=GetMap&LAYERS=concessions&STYLES=&SRS=EPSG:4326&BBOX={BOX}&WIDTH=100&HEIGHT=100\
         &FORMAT=image/png&TRANSPARENT=true"
    ));
    let crs84 = stage.get(&format!(
        "{MAP}&layers=concessions&crs=CRS:84&bbox={BOX}&transparent=true"
    ));
    let wanted = pixels(&newer);
    assert!(drawn(&newer).is_some());
    assert!(pixels(&older) == wanted && pixels(&crs84) == wanted);
    let opaque = stage.get(&format!(
        "{MAP}&layers=concessions&crs=CRS:84&bbox=0,0,1,1&bgcolor=0x102030"
    ));
    assert!(
        pixels(&opaque).2.iter().all(|pixel| *pixel == [16, 32, 48, 255]),
        "elsewhere there is the colour alone"
    );
}

#[test]
fn the_first_layer_of_wms_lies_lowest() {
    let stage = Stage::usual();
    let map = |layers: &str| {
        pixels(&stage.get(&format!(
            "{MAP}&layers={layers}&crs=CRS:84&bbox=-79.001,-7.001,-78.989,-6.989"
        )))
        .2
    };
    assert_ne!(map("concessions,communities"), map("communities,concessions"));
}

#[test]
fn a_time_shows_the_editions_of_that_day() {
    let stage = Stage::with(
        |_| {},
        |path| {
            let store = Store::create(path).unwrap();
            let at = |day: &str| DraftEdition {
                valid_from: day.parse().unwrap(),
                ..draft(LayerKind::Concessions, "Perú")
            };
            publish(
                &store,
                at("2020-01-01"),
                vec![right("01", (0.0, 0.0), "titulado")],
                "2026-02-01",
            );
            publish(
                &store,
                at("2024-01-01"),
                vec![right("01", (2.0, 0.0), "titulado")],
                "2026-02-02",
            );
        },
    );
    let map = |time: &str| {
        drawn(&stage.get(&format!(
            "{MAP}&layers=concessions&crs=CRS:84&transparent=true&bbox=-79.01,-7.02,-78.96,-6.97{time}"
        )))
    };
    let (then, now) = (map("&time=2021-06-01").unwrap(), map("").unwrap());
    assert!(now[0] > then[2], "{then:?} {now:?}");
    assert_eq!(map("&TIME=current"), Some(now));
    assert_eq!(
        map("&time=2019-06-01"),
        None,
        "before the first edition nothing is drawn"
    );
    let capabilities = stage.get("/wms?service=WMS&request=GetCapabilities").text();
    assert!(
        capabilities.contains("<Dimension name=\"time\"") && capabilities.contains(">2020-01-01/"),
        "{capabilities}"
    );
    let refused = stage.get(&format!(
        "{MAP}&layers=concessions&crs=CRS:84&bbox={BOX}&time=yesterday"
    ));
    assert!(
        refused.text().contains("code=\"InvalidDimensionValue\""),
        "{}",
        refused.text()
    );
}

#[test]
fn capabilities_name_every_layer_with_its_systems_boxes_times_and_styles() {
    let stage = Stage::usual();
    let newer = stage.get("/wms?service=WMS&request=GetCapabilities");
    assert_eq!(newer.header("content-type"), Some("text/xml; charset=utf-8"));
    let text = newer.text();
    assert!(text.contains("<WMS_Capabilities version=\"1.3.0\""));
    for layer in ["communities", "concessions", "districts", "springs"] {
        assert!(
            text.contains(&format!("<Layer queryable=\"1\" opaque=\"0\"><Name>{layer}</Name>")),
            "{layer}"
        );
    }
    assert!(!text.contains("hazards"), "what is not public is not named");
    for code in [
        "CRS:84",
        "EPSG:4326",
        "EPSG:3857",
        "EPSG:32717",
        "EPSG:32719",
        "EPSG:24877",
        "EPSG:24879",
    ] {
        assert!(text.contains(&format!("<CRS>{code}</CRS>")), "{code}");
    }
    let boxed = |text: &str, crs: &str| -> Vec<f64> {
        let from = text.find(&format!("<BoundingBox {crs} ")).unwrap();
        let tag = &text[from..from + text[from..].find("/>").unwrap()];
        ["minx", "miny", "maxx", "maxy"]
            .map(|name| {
                tag.split(&format!("{name}=\""))
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            })
            .to_vec()
    };
    let (lon_lat, lat_lon) = (boxed(&text, "CRS=\"CRS:84\""), boxed(&text, "CRS=\"EPSG:4326\""));
    assert_eq!([lat_lon[1], lat_lon[0], lat_lon[3], lat_lon[2]].to_vec(), lon_lat);
    assert!(lon_lat[0] < -79.0 && lon_lat[1] > -8.0);
    let older = stage.get("/wms?service=WMS&request=GetCapabilities&version=1.1.1");
    assert_eq!(
        older.header("content-type"),
        Some("application/vnd.ogc.wms_xml; charset=utf-8")
    );
    let text = older.text();
    assert!(text.contains("<WMT_MS_Capabilities version=\"1.1.1\"") && !text.contains("CRS:84"));
    assert_eq!(boxed(&text, "SRS=\"EPSG:4326\""), lon_lat, "1.1.1 puts longitude first");
}

#[test]
fn refusals_speak_as_each_version_does() {
    let stage = Stage::usual();
    for (query, code) in [
        (
            "service=WMS&request=GetMap&layers=nothing&crs=CRS:84",
            "LayerNotDefined",
        ),
        ("service=WMS&request=GetMap&crs=CRS:84", "MissingParameterValue"),
        ("service=WMS&request=GetMap&layers=springs&crs=EPSG:2056", "InvalidCRS"),
        (
            "service=WMS&request=GetMap&layers=springs&styles=bold&crs=CRS:84",
            "StyleNotDefined",
        ),
        (
            "service=WMS&request=GetMap&layers=springs&format=image/tiff",
            "InvalidFormat",
        ),
        ("service=WMS&request=GetTile", "OperationNotSupported"),
        (
            "service=WMS&request=GetMap&layers=springs&crs=CRS:84&bbox=0,0,0,1&width=9&height=9",
            "InvalidParameterValue",
        ),
        (
            "service=WMS&request=GetMap&layers=springs&crs=CRS:84&bbox=0,0,1,1&width=99999&height=9",
            "InvalidParameterValue",
        ),
    ] {
        let newer = stage.get(&format!("/wms?version=1.3.0&{query}"));
        assert_eq!(newer.status, 200);
        assert_eq!(newer.header("content-type"), Some("text/xml; charset=utf-8"));
        let text = newer.text();
        assert!(text.contains("<ServiceExceptionReport version=\"1.3.0\""), "{text}");
        assert!(text.contains(&format!("code=\"{code}\"")), "{query}: {text}");
    }
    let older = stage.get("/wms?version=1.1.1&service=WMS&request=GetMap&layers=springs&srs=EPSG:2056");
    assert_eq!(
        older.header("content-type"),
        Some("application/vnd.ogc.se_xml; charset=utf-8")
    );
    assert!(older.text().contains("code=\"InvalidSRS\"") && older.text().contains("version=\"1.1.1\""));
    let told = stage
        .get("/wms?version=1.3.0&service=WMS&request=GetMap&layers=x%3Cb%3E%26&crs=CRS:84")
        .text();
    assert!(told.contains("x&lt;b&gt;&amp;"), "{told}");
    let blank = stage.get(&format!(
        "{MAP}&layers=nothing&crs=CRS:84&exceptions=BLANK&transparent=true"
    ));
    assert!(pixels(&blank).2.iter().all(|pixel| pixel[3] == 0));
    let words = stage.get(&format!("{MAP}&layers=nothing&crs=CRS:84&exceptions=INIMAGE"));
    assert!(
        pixels(&words).2.iter().any(|pixel| pixel[0] < 100),
        "the words are in the picture"
    );
}

#[test]
fn a_point_tells_what_is_drawn_there_and_what_was_consulted() {
    let stage = Stage::usual();
    let info = |rest: &str| {
        stage.get(&format!(
            "/wms?service=WMS&version=1.3.0&request=GetFeatureInfo&layers=districts,concessions,springs&query_layers=concessions,springs\
             &styles=&crs=EPSG:4326&bbox=-7.02,-79.02,-6.97,-78.97&width=100&height=100&{rest}"
        ))
    };
    let found = info("i=44&j=56&info_format=application/json&feature_count=5").json();
    assert_eq!(found["numberReturned"], 1, "{found}");
    assert_eq!(found["features"][0]["id"], "concessions.01-T");
    assert_eq!(found["features"][0]["properties"]["state_group"], "titulado");
    assert_eq!(found["consulted"][0]["layer"], "concessions");
    let both = info("i=57&j=43&info_format=application/geo%2Bjson").json();
    assert_eq!(
        (&both["numberReturned"], &both["numberMatched"]),
        (&1.into(), &2.into())
    );
    let page = info("i=44&j=56&info_format=text/html");
    assert!(page.text().contains("Derecho 01-T") && page.header("content-type").unwrap().starts_with("text/html"));
    let text = info("i=5&j=5&info_format=text/plain").text();
    assert!(
        text.contains("No consta ningún elemento en este punto. Se consultó: Derechos mineros ("),
        "{text}"
    );
    for (rest, code) in [
        ("i=100&j=5", "InvalidPoint"),
        ("i=x&j=5", "InvalidPoint"),
        ("j=5", "MissingParameterValue"),
        ("i=5&j=5&info_format=text/xml", "InvalidFormat"),
        ("i=5&j=5&feature_count=0", "InvalidParameterValue"),
    ] {
        let refused = info(rest).text();
        assert!(refused.contains(&format!("code=\"{code}\"")), "{rest}: {refused}");
    }
    let older = stage.get(&format!(
        "/wms?service=WMS&version=1.1.1&request=GetFeatureInfo&layers=concessions&query_layers=concessions&styles=&srs=EPSG:4326\
         &bbox={BOX}&width=100&height=100&x=44&y=56&info_format=application/json"
    ));
    assert_eq!(older.json()["features"][0]["id"], "concessions.01-T");
}

#[test]
fn legends_are_pictures_of_the_size_that_capabilities_say() {
    let stage = Stage::usual();
    let text = stage.get("/wms?service=WMS&request=GetCapabilities").text();
    let from = text.find("<Name>concessions</Name>").unwrap();
    let tag = &text[from..];
    let tag = &tag[tag.find("<LegendURL").unwrap()..];
    let number = |name: &str| -> u32 {
        tag.split(&format!("{name}=\""))
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .parse()
            .unwrap()
    };
    let legend =
        stage.get("/wms?service=WMS&version=1.3.0&request=GetLegendGraphic&layer=concessions&format=image/png");
    let (width, height, pixels) = pixels(&legend);
    assert_eq!((width, height), (number("width"), number("height")));
    let mut colours = pixels;
    colours.sort_unstable();
    colours.dedup();
    assert!(colours.len() > 20, "signs and words");
}

#[test]
fn a_reader_who_has_a_map_is_told_so() {
    let stage = Stage::usual();
    let path = format!("{MAP}&layers=concessions&crs=CRS:84&bbox={BOX}");
    let first = stage.get(&path);
    let tag = first.header("etag").unwrap().to_owned();
    let again = crate::client::send(stage.addr, "GET", &path, &[("If-None-Match", &tag)], b"");
    assert_eq!(again.status, 304);
}

#[test]
fn styles_are_there_for_every_layer_in_the_words_of_each_program() {
    let stage = Stage::usual();
    let list = stage.get("/styles").json();
    assert_eq!(
        list["styles"].as_array().unwrap().len(),
        5,
        "four layers, and all of them"
    );
    for style in list["styles"].as_array().unwrap() {
        for link in style["links"].as_array().unwrap() {
            let reply = stage.get(link["href"].as_str().unwrap());
            assert_eq!(reply.status, 200, "{link}");
            assert_eq!(reply.header("content-type"), link["type"].as_str(), "{link}");
        }
    }
    let style = stage.get("/styles/concessions?f=mapbox").json();
    let base = format!("http://{}", stage.addr);
    let source = style["sources"]["tupu"]["url"]
        .as_str()
        .unwrap()
        .strip_prefix(&base)
        .unwrap();
    assert_eq!(stage.get(source).json()["vector_layers"][0]["id"], "concessions");
    let sprite = style["sprite"].as_str().unwrap().strip_prefix(&base).unwrap();
    let index = stage.get(&format!("{sprite}.json")).json();
    let (width, height, _) = pixels(&stage.get(&format!("{sprite}.png")));
    for (name, place) in index.as_object().unwrap() {
        let number = |member: &str| place[member].as_u64().unwrap();
        assert!(
            number("x") + number("width") <= u64::from(width) && number("y") + number("height") <= u64::from(height),
            "{name}"
        );
    }
    assert!(index["hatch-right-titulado"].is_object());
    assert_eq!(
        stage.get(&format!("{sprite}@2x.json")).json()["hatch-right-titulado"]["pixelRatio"],
        2.0
    );
    let letters = style["glyphs"].as_str().unwrap().strip_prefix(&base).unwrap();
    let letters = letters
        .replace("{fontstack}", "IBM%20Plex%20Sans%20Condensed%20Regular")
        .replace("{range}", "0-255");
    assert_eq!(
        stage.get(&letters).header("content-type"),
        Some("application/x-protobuf")
    );
    stage.get("/fonts/Arial/0-255.pbf").problem(404, "not-found");
    stage.get("/styles/concessions?f=lyrx").problem(406, "not-acceptable");
    stage.get("/styles/nothing").problem(404, "unknown-layer");
}

#[test]
fn a_layer_opens_in_qgis_with_its_address_and_its_look() {
    let stage = Stage::usual();
    let reply = stage.get("/collections/concessions/qgis");
    assert_eq!(
        reply.header("content-disposition"),
        Some("attachment; filename=\"concessions.qlr\"")
    );
    let text = reply.text();
    assert!(
        text.contains(&format!("url='http://{}'", stage.addr)) && text.contains("typename='concessions'"),
        "{text}"
    );
    assert!(text.contains("RuleRenderer"));
}

/// Elements of capabilities with those within them, in the order of the schema of 1.3.0 and of the document type of 1.1.1.
const ORDERS: [(&str, &[&str]); 6] = [
    ("WMS_Capabilities", &["Service", "Capability"]),
    ("WMT_MS_Capabilities", &["Service", "Capability"]),
    ("Capability", &["Request", "Exception", "Layer"]),
    ("Request", &["GetCapabilities", "GetMap", "GetFeatureInfo"]),
    (
        "Service",
        &[
            "Name",
            "Title",
            "Abstract",
            "OnlineResource",
            "Fees",
            "AccessConstraints",
            "LayerLimit",
            "MaxWidth",
            "MaxHeight",
        ],
    ),
    (
        "Layer",
        &[
            "Name",
            "Title",
            "Abstract",
            "CRS",
            "SRS",
            "EX_GeographicBoundingBox",
            "LatLonBoundingBox",
            "BoundingBox",
            "Dimension",
            "Extent",
            "Attribution",
            "Style",
            "Layer",
        ],
    ),
];

#[test]
fn capabilities_keep_the_order_of_their_schemas() {
    use quick_xml::{Reader, events::Event};
    let stage = Stage::usual();
    for version in ["1.3.0", "1.1.1"] {
        let text = stage
            .get(&format!("/wms?service=WMS&request=GetCapabilities&version={version}"))
            .text();
        let mut reader = Reader::from_str(&text);
        // the name of each open element, and the place of its last child
        let mut open: Vec<(String, usize)> = Vec::new();
        let mut seen = 0;
        loop {
            let (tag, empty) = match reader.read_event().unwrap() {
                Event::Start(tag) => (tag, false),
                Event::Empty(tag) => (tag, true),
                Event::End(_) => {
                    open.pop();
                    continue;
                }
                Event::Eof => break,
                _ => continue,
            };
            let name = String::from_utf8(tag.name().as_ref().to_vec()).unwrap();
            if let Some((parent, last)) = open.last_mut()
                && let Some((_, order)) = ORDERS.iter().find(|(of, _)| of == parent)
            {
                let place = order.iter().position(|known| *known == name);
                let place = place.unwrap_or_else(|| panic!("{version}: {name} in {parent}"));
                assert!(place >= *last, "{version}: {name} in {parent} comes too late");
                *last = place;
                seen += 1;
            }
            if !empty {
                open.push((name, 0));
            }
        }
        assert!(open.is_empty() && seen > 60, "{version}: {seen}");
    }
}
