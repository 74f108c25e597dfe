//! What the generated territory must hold, read back from its own files.

use demo::{Lattice, LayerEntry, Manifest, NOTE, PRODUCTIVE_PERCENT, STATES, TERRITORY};
use geo::{Area, BooleanOps, BoundingRect, Euclidean, Intersects, Length, Validation};
use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo")
}

fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(folder().join(name)).unwrap_or_else(|error| unreachable!("data/demo/{name}: {error}"))
}

fn layers() -> Vec<LayerEntry> {
    let text = String::from_utf8(bytes("manifest.toml")).expect("the manifest is text");
    toml::from_str::<Manifest>(&text).expect("the manifest is one").layers
}

fn features(name: &str) -> Vec<Value> {
    let json: Value = serde_json::from_slice(&bytes(&format!("{name}.geojson"))).expect("the layer is JSON");
    json["features"].as_array().expect("a collection has features").clone()
}

fn polygon(rings: &Value) -> Polygon<f64> {
    let ring = |ring: &Value| -> LineString<f64> {
        let places = ring.as_array().expect("a ring is a list").iter();
        places
            .map(|at| Coord {
                x: at[0].as_f64().expect("longitude"),
                y: at[1].as_f64().expect("latitude"),
            })
            .collect()
    };
    let mut rings = rings.as_array().expect("a polygon is a list of rings").iter().map(ring);
    let shell = rings.next().expect("a polygon has a shell");
    assert!(shell.is_closed(), "a ring is open");
    Polygon::new(shell, rings.collect())
}

/// Land in degrees, as the file holds it.
fn lonlat_land(feature: &Value) -> Option<MultiPolygon<f64>> {
    let geometry = &feature["geometry"];
    match geometry["type"].as_str()? {
        "Polygon" => Some(MultiPolygon(vec![polygon(&geometry["coordinates"])])),
        "MultiPolygon" => Some(MultiPolygon(
            geometry["coordinates"].as_array()?.iter().map(polygon).collect(),
        )),
        _ => None,
    }
}

/// Land in metres of EPSG:32718.
fn land(feature: &Value) -> MultiPolygon<f64> {
    use geo::MapCoords;
    let degrees = lonlat_land(feature).expect("the feature is land");
    degrees.map_coords(|at| {
        let (x, y) = demo::utm((at.x, at.y));
        Coord { x, y }
    })
}

fn lands(name: &str) -> Vec<MultiPolygon<f64>> {
    features(name).iter().map(land).collect()
}

fn hectares(land: &MultiPolygon<f64>) -> f64 {
    land.unsigned_area() / 10_000.0
}

/// Shared hectares and mean width in metres of two lands.
fn shared(a: &MultiPolygon<f64>, b: &MultiPolygon<f64>) -> (f64, f64) {
    let boxes = (
        a.bounding_rect().expect("land has a box"),
        b.bounding_rect().expect("land has a box"),
    );
    if !boxes.0.intersects(&boxes.1) {
        return (0.0, 0.0);
    }
    let both = a.intersection(b);
    let border: f64 = both
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
        .map(|r| Euclidean.length(r))
        .sum();
    (
        hectares(&both),
        if border > 0.0 {
            2.0 * both.unsigned_area() / border
        } else {
            0.0
        },
    )
}

#[test]
fn the_committed_files_are_what_the_generator_makes() {
    let mut total = 0;
    for (name, made) in &demo::generate().files {
        assert!(
            bytes(name) == *made,
            "data/demo/{name} differs from what is made: run `tupu demo --out data/demo`"
        );
        total += made.len();
    }
    assert!(total < 2_000_000, "{total} bytes are too many to keep");
}

#[test]
fn every_feature_says_that_it_is_synthetic() {
    for layer in &layers() {
        let found = features(layer.file.trim_end_matches(".geojson"));
        assert_eq!(found.len(), layer.features, "{}", layer.file);
        assert!(
            found.iter().all(|feature| feature["properties"]["nota"] == NOTE),
            "{}",
            layer.file
        );
        assert!(layer.title.contains(NOTE), "{}", layer.title);
    }
}

#[test]
fn every_kind_is_one_that_the_house_knows() {
    for layer in &layers() {
        assert!(layer.kind.parse::<territory::LayerKind>().is_ok(), "{}", layer.kind);
    }
}

#[test]
fn every_polygon_is_valid_closed_and_wound_to_the_right_and_lies_in_zone_18() {
    for layer in &layers() {
        for feature in features(layer.file.trim_end_matches(".geojson")) {
            let Some(land) = lonlat_land(&feature) else { continue };
            let what = format!("{} {}", layer.file, feature["properties"]);
            assert!(!land.0.is_empty(), "{what}");
            assert!(land.is_valid(), "{what}: {:?}", land.validation_errors());
            for polygon in &land {
                let signed = |ring: &LineString<f64>| Polygon::new(ring.clone(), vec![]).signed_area();
                assert!(signed(polygon.exterior()) > 0.0, "{what}");
                assert!(polygon.interiors().iter().all(|hole| signed(hole) < 0.0), "{what}");
            }
            let extent = land.bounding_rect().expect("land has a box");
            assert!(extent.min().x > -72.2 && extent.max().x < -72.0, "{what}");
        }
    }
}

#[test]
fn there_are_eight_communities_one_in_two_parts_one_with_a_hole_two_side_by_side_one_without_title() {
    let communities = features("comunidades");
    let lands = lands("comunidades");
    assert_eq!(lands.len(), 8);
    assert_eq!(lands.iter().filter(|land| land.0.len() == 2).count(), 1);
    assert!(
        lands
            .iter()
            .any(|land| land.iter().any(|part| !part.interiors().is_empty()))
    );
    assert_eq!(
        communities
            .iter()
            .filter(|feature| feature["properties"]["Condicion"] == "Referencial")
            .count(),
        1
    );
    let corners = |land: &MultiPolygon<f64>| -> BTreeSet<(u64, u64)> {
        land.iter()
            .flat_map(|part| part.exterior().coords())
            .map(|at| (at.x.to_bits(), at.y.to_bits()))
            .collect()
    };
    let common = |a: usize, b: usize| corners(&lands[a]).intersection(&corners(&lands[b])).count();
    assert!((0..8).any(|a| (a + 1..8).any(|b| common(a, b) > 10)));
    let apart = communities.iter().zip(&lands).filter(|(feature, land)| {
        let legal = feature["properties"]["Area_leg_h"].as_f64().expect("legal hectares");
        (legal / hectares(land) - 1.0).abs() > 0.02
    });
    assert!(apart.count() >= 4);
}

#[test]
fn there_are_forty_rights_in_every_state_with_the_oddities_of_the_register() {
    let rights = features("derechos_mineros");
    assert_eq!(rights.len(), 40);
    let field = |name: &'static str| rights.iter().map(move |right| &right["properties"][name]);
    let states: BTreeSet<&str> = field("ESTADO").filter_map(Value::as_str).collect();
    assert!(
        STATES
            .iter()
            .all(|(state, _)| states.contains(state.to_string().as_str())),
        "{states:?}"
    );
    assert_eq!(
        field("CODIGOU")
            .filter_map(Value::as_str)
            .collect::<BTreeSet<_>>()
            .len(),
        40
    );
    assert_eq!(field("FEC_DENU").filter(|date| date.is_null()).count(), 1);
    assert_eq!(
        field("FEC_DENU")
            .filter(|date| date.as_i64().is_some_and(|ms| ms < -6_000_000_000_000))
            .count(),
        1
    );
    assert!(field("DEPA").any(|departments| departments.as_str().is_some_and(|text| text.contains(" /  "))));
    assert!(lands("derechos_mineros").iter().any(|land| land.0.len() == 2));
}

#[test]
fn rights_lie_on_the_grid_of_their_time() {
    let mut on_grid = [0, 0];
    for right in features("derechos_mineros") {
        let properties = &right["properties"];
        let (hectares, state) = (
            properties["HECTAGIS"].as_f64().expect("hectares"),
            properties["ESTADO"].as_str().expect("state"),
        );
        let filed = properties["FEC_DENU"].as_i64();
        let whole = (hectares / 100.0).fract().abs() < 1e-9;
        let (Some(filed), true) = (filed, whole && !"ABR".contains(state)) else {
            continue;
        };
        assert!((100.0..=1000.0).contains(&hectares), "{properties}");
        let wgs84 = filed >= 1_483_228_800_000;
        for at in land(&right)
            .iter()
            .flat_map(|part| part.exterior().coords().copied().collect::<Vec<_>>())
        {
            let off = if wgs84 {
                (
                    at.x - (at.x / 1000.0).round() * 1000.0,
                    at.y - (at.y / 1000.0).round() * 1000.0,
                )
            } else {
                let corner = (
                    ((at.x + 222.0) / 1000.0).round() * 1000.0,
                    ((at.y + 367.0) / 1000.0).round() * 1000.0,
                );
                let (e, n) = demo::from_psad56(corner.0, corner.1);
                (at.x - e, at.y - n)
            };
            assert!(off.0.abs() < 1e-3 && off.1.abs() < 1e-3, "{off:?} {properties}");
        }
        on_grid[usize::from(wgs84)] += 1;
    }
    assert!(on_grid.iter().all(|count| *count >= 12), "{on_grid:?}");
}

#[test]
fn every_group_overlaps_communities_and_at_least_five_pairs_only_graze() {
    let groups: BTreeMap<char, &str> = "TNEQ"
        .chars()
        .map(|s| (s, "titulado"))
        .chain("PD".chars().map(|s| (s, "trámite")))
        .chain("FLXY".chars().map(|s| (s, "extinguido")))
        .chain("ABRH".chars().map(|s| (s, "otros")))
        .collect();
    let communities = lands("comunidades");
    let (mut overlapping, mut grazes, mut contained) = (BTreeMap::new(), 0, 0);
    for right in features("derechos_mineros") {
        let state = right["properties"]["ESTADO"]
            .as_str()
            .and_then(|text| text.chars().next())
            .expect("a state");
        let own = land(&right);
        for community in &communities {
            let (area, width) = shared(&own, community);
            if width > 15.0 {
                *overlapping.entry(groups[&state]).or_insert(0) += 1;
            } else if area > 1e-6 {
                grazes += usize::from((2.0..12.5).contains(&width));
            }
            contained += usize::from(area > hectares(&own) * 0.999_99);
        }
    }
    assert_eq!(overlapping.len(), 4, "{overlapping:?}");
    assert!(overlapping.values().all(|count| *count >= 2), "{overlapping:?}");
    assert!(grazes >= 5, "only {grazes} grazes");
    assert!(contained >= 2, "only {contained} rights lie wholly within a community");
}

#[test]
fn tilings_cover_the_province_without_gap_or_overlap() {
    let province = &lands("provincia")[0];
    for name in [
        "distritos",
        "zonificacion_zee",
        "capacidad_uso_mayor",
        "uso_actual",
        "unidades_hidrograficas",
    ] {
        let tiles = lands(name);
        let sum: f64 = tiles.iter().map(hectares).sum();
        // Each corner is rounded to a centimetre; a thousand of them along the edge move some square metres.
        assert!(
            (sum - hectares(province)).abs() < 0.01,
            "{name}: {sum} ha of {}",
            hectares(province)
        );
        for (number, tile) in tiles.iter().enumerate() {
            for other in &tiles[number + 1..] {
                assert!(shared(tile, other).0 < 0.001, "{name}: tiles overlap");
            }
            assert!(
                (shared(tile, province).0 - hectares(tile)).abs() < 0.01,
                "{name}: a tile leaves the province"
            );
        }
    }
    let categories: BTreeSet<String> = features("zonificacion_zee")
        .iter()
        .map(|zone| zone["properties"]["CATEGORIA"].to_string())
        .collect();
    assert_eq!(categories.len(), 5);
}

#[test]
fn productive_demands_take_the_declared_share_of_each_year() {
    let demands = features("demandas_priorizadas");
    assert_eq!(demands.len(), 40);
    for (year, percent) in PRODUCTIVE_PERCENT {
        let of_year: Vec<&Value> = demands
            .iter()
            .map(|demand| &demand["properties"])
            .filter(|p| p["ANIO"] == year)
            .collect();
        assert_eq!(
            of_year
                .iter()
                .map(|p| p["COMUNIDAD"].to_string())
                .collect::<BTreeSet<_>>()
                .len(),
            8
        );
        let sum = |all: bool| -> f64 {
            of_year
                .iter()
                .filter(|p| all || p["PRODUCTIVO"] == true)
                .filter_map(|p| p["MONTO"].as_f64())
                .sum()
        };
        assert!(
            (sum(false) / sum(true) * 100.0 - f64::from(percent)).abs() < 1e-9,
            "{year}"
        );
    }
}

fn relief() -> Vec<f32> {
    let mut decoder =
        tiff::decoder::Decoder::new(std::io::Cursor::new(bytes("dem.tif"))).expect("the relief is a TIFF");
    assert_eq!(decoder.dimensions().expect("it has dimensions"), (532, 472));
    match decoder.read_image().expect("it holds an image") {
        tiff::decoder::DecodingResult::F32(heights) => heights,
        other => unreachable!("heights are floats, not {other:?}"),
    }
}

#[test]
fn the_relief_drains_everywhere_and_only_the_lake_is_level() {
    let heights = relief();
    let lower = |cell: usize| -> Option<usize> {
        let mut best = (0.0, None);
        for (direction, other) in TERRITORY.neighbours(cell) {
            let fall = f64::from(heights[cell] - heights[other]) / Lattice::stride(direction);
            if fall > best.0 {
                best = (fall, Some(other));
            }
        }
        best.1
    };
    let level: Vec<usize> = (0..heights.len())
        .filter(|&cell| TERRITORY.margin(cell) > 0 && lower(cell).is_none())
        .collect();
    let hectares = level.len() as f64 * 0.09;
    assert!((200.0..400.0).contains(&hectares), "{hectares} ha lie level");
    let bits: BTreeSet<u32> = level.iter().map(|&cell| heights[cell].to_bits()).collect();
    assert_eq!(bits.len(), 1, "only one lake lies level");
    let mut lake: BTreeSet<usize> = level.iter().copied().collect();
    let mut queue = level;
    while let Some(cell) = queue.pop() {
        let beside = TERRITORY
            .neighbours(cell)
            .map(|(_, other)| other)
            .filter(|&other| heights[other].to_bits() == heights[cell].to_bits());
        for other in beside {
            if lake.insert(other) {
                queue.push(other);
            }
        }
    }
    let sills: BTreeSet<usize> = lake.iter().filter_map(|&cell| lower(cell)).collect();
    assert_eq!(sills.len(), 1, "the lake has one way out: {sills:?}");
    let sill = *sills.iter().next().expect("there is one");
    let leaves_at = |start: usize| {
        let mut here = start;
        for _ in 0..5000 {
            match if lake.contains(&here) { Some(sill) } else { lower(here) } {
                Some(next) => here = next,
                None => return here,
            }
        }
        unreachable!("water from cell {start} goes round in a circle")
    };
    let mouths: Vec<usize> = (0..heights.len()).map(leaves_at).collect();
    assert!(
        mouths.iter().all(|&mouth| TERRITORY.margin(mouth) == 0),
        "water stays on the sheet"
    );
    one_mouth_for_the_microcuenca(&mouths, mouths[sill]);
}

/// The units of the microcuenca drain through one mouth, but for cells that a smoothed divide cuts.
fn one_mouth_for_the_microcuenca(mouths: &[usize], mouth: usize) {
    use geo::Contains;
    let mut cells = [0, 0];
    for unit in features("unidades_hidrograficas")
        .iter()
        .filter(|unit| unit["properties"]["CODIGO"].as_str().is_some_and(|c| c.len() == 7))
    {
        let own = land(unit);
        let extent = own.bounding_rect().expect("land has a box");
        for (cell, &leaves) in mouths.iter().enumerate() {
            let (x, y) = TERRITORY.centre(cell);
            let near = extent.min().x < x && x < extent.max().x && extent.min().y < y && y < extent.max().y;
            if near && own.contains(&Coord { x, y }) {
                cells[usize::from(leaves == mouth)] += 1;
            }
        }
    }
    assert!(cells[1] > 90_000 && cells[0] * 100 < cells[1], "{cells:?}");
}

#[test]
fn streams_run_downhill_on_the_relief() {
    let heights = relief();
    let height = |at: &Value| {
        let (e, n) = demo::utm((at[0].as_f64().expect("longitude"), at[1].as_f64().expect("latitude")));
        heights[TERRITORY.cell_at(e, n).expect("streams lie on the sheet")]
    };
    let streams = features("rios");
    assert!(streams.len() > 50);
    for stream in &streams {
        let places = stream["geometry"]["coordinates"].as_array().expect("a line");
        assert!(
            height(&places[0]) > height(&places[places.len() - 1]),
            "{}",
            stream["properties"]
        );
    }
}

#[test]
fn our_projection_and_shift_agree_with_the_house() {
    use crs::{Crs, UtmZone};
    for (e, n) in [
        (808_000.0, 8_508_000.0),
        (823_000.0, 8_521_000.0),
        (815_500.0, 8_514_000.0),
    ] {
        let mut wgs84 = [Coord { x: e, y: n }];
        crs::utm_to_lonlat(&mut wgs84, UtmZone::Z18).expect("the place is in the zone");
        let (lon, lat) = demo::lonlat(e, n);
        assert!(
            (lon - wgs84[0].x).abs() < 1e-11 && (lat - wgs84[0].y).abs() < 1e-11,
            "{wgs84:?} against {lon} {lat}"
        );
        let mut psad56 = [Coord { x: e, y: n }];
        crs::transform_to_lonlat(Crs::psad56_utm(UtmZone::Z18), None, &mut psad56).expect("the place is in the zone");
        let (east, north) = demo::from_psad56(e, n);
        let (lon, lat) = demo::lonlat(east, north);
        assert!(
            (lon - psad56[0].x).abs() < 1e-10 && (lat - psad56[0].y).abs() < 1e-10,
            "{psad56:?} against {lon} {lat}"
        );
    }
}
