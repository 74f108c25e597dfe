//! Official units: the basin of the Coata against the list of what lies upstream, codes of random families against the rule for codes, and
//! layers with known faults.

use crs::UtmZone;
use geo_types::{Coord, LineString, MultiPolygon, Polygon, Rect, coord};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use territory::{Metres, Shape, SliverRule, UtmHectares};
use watershed::{Amounts, GivenUnit, LandFault, LandLimits, OfficialUnits, holdings, land_faults, lies_upstream};

fn shared(file: &str) -> Option<String> {
    #[expect(
        clippy::disallowed_methods,
        reason = "where the shared data lie is the tester's to say"
    )]
    let folder =
        std::env::var("TUPU_SHARED").unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").into());
    let path = PathBuf::from(folder).join("data").join(file);
    if path.is_file() {
        return Some(std::fs::read_to_string(path).expect("a readable file"));
    }
    assert!(
        std::env::var_os("TUPU_REQUIRE_SHARED").is_none(),
        "{} is required and absent",
        path.display()
    );
    eprintln!("SKIPPED: no shared data at {}", path.display());
    None
}

fn read(codes: &[&str], shores: &[&str]) -> OfficialUnits {
    let rows: Vec<GivenUnit> = codes
        .iter()
        .map(|code| GivenUnit {
            code: Some((*code).to_owned()),
            ..GivenUnit::default()
        })
        .collect();
    OfficialUnits::read(&rows, shores).0
}

fn coata() -> Option<(OfficialUnits, Vec<Shape>)> {
    let text = shared("real/hydrography/coata_unidades_hidrograficas_n5.geojson")?;
    let layer: serde_json::Value = serde_json::from_str(&text).expect("GeoJSON");
    let features = layer["features"].as_array().expect("features");
    let names = (1..=8).map(|level| format!("NIVEL{level}")).collect::<Vec<_>>();
    let text = |feature: &serde_json::Value, field: &str| feature["properties"][field].as_str().map(str::to_owned);
    let rows: Vec<GivenUnit> = (1..)
        .zip(features)
        .map(|(row, feature)| GivenUnit {
            row,
            code: text(feature, "CODIGO"),
            levels: names.iter().map(|name| text(feature, name)).collect(),
            level: text(feature, "NIVEL").and_then(|level| level.parse().ok()),
            name: text(feature, "Nombre_UH").expect("a name"),
        })
        .collect();
    let (units, faults) = OfficialUnits::read(&rows, &[]);
    assert_eq!(faults, [], "the layer is whole by its codes");
    let land = |unit: &watershed::OfficialUnit| {
        let polygons = features[unit.place]["geometry"]["coordinates"]
            .as_array()
            .expect("parts");
        let line = |ring: &serde_json::Value| -> LineString<f64> {
            let points = ring.as_array().expect("points").iter();
            let number = |point: &serde_json::Value, at: usize| point[at].as_f64().expect("a number");
            points
                .map(|point| Coord {
                    x: number(point, 0),
                    y: number(point, 1),
                })
                .collect()
        };
        let polygon = |rings: &serde_json::Value| {
            let mut rings = rings.as_array().expect("rings").iter().map(line);
            Polygon::new(rings.next().expect("an outer ring"), rings.collect())
        };
        let lonlat = MultiPolygon(polygons.iter().map(polygon).collect());
        Shape::from_lonlat(&lonlat.into(), UtmZone::Z19).expect("it lies in zone 19")
    };
    let lands = units.units().iter().map(land).collect();
    Some((units, lands))
}

#[test]
fn the_coata_flows_as_the_golden_list_says() {
    let Some((units, _)) = coata() else { return };
    let Some(golden) = shared("golden/coata_upstream.csv") else {
        return;
    };
    let expected: BTreeSet<(String, String)> = golden
        .lines()
        .skip(1)
        .map(|line| line.trim().split_once(',').expect("two columns"))
        .map(|(unit, upper)| (unit.to_owned(), upper.to_owned()))
        .collect();
    let code = |at: usize| units.units()[at].code.clone();
    let mut found = BTreeSet::new();
    for unit in 0..units.units().len() {
        found.extend(units.upstream(unit).into_iter().map(|upper| (code(unit), code(upper))));
        let below: BTreeSet<(String, String)> = units
            .downstream(unit)
            .into_iter()
            .map(|lower| (code(lower), code(unit)))
            .collect();
        let listed = expected
            .iter()
            .filter(|(_, upper)| *upper == code(unit))
            .cloned()
            .collect();
        assert_eq!(below, listed, "downstream of {}", code(unit));
    }
    assert_eq!(found, expected);
    let stem: Vec<String> = units.main_stem(0).into_iter().map(code).collect();
    assert_eq!(stem, ["01761", "01763", "01765", "01767", "01769"]);
    let names = |at: usize| units.units()[at].name.as_str();
    assert_eq!((names(0), names(1)), ("Bajo Coata", "Cuenca Lampa"));
}

#[test]
fn the_land_of_the_coata_fits_its_codes() {
    let Some((units, lands)) = coata() else { return };
    // km² that the layer gives in UTM 19 S, to the digits printed (DOMAIN §4)
    let printed = [459.96, 1632.74, 241.66, 251.10, 495.56, 868.15, 210.51, 328.91, 419.84];
    for ((land, printed), unit) in lands.iter().zip(printed).zip(units.units()) {
        let found = land.square_metres() / 1e6;
        assert!(
            (found - printed).abs() < 0.02,
            "{}: {found} km² and {printed}",
            unit.code
        );
    }
    let lands: Vec<Option<&Shape>> = lands.iter().map(Some).collect();
    let limits = LandLimits {
        sliver: SliverRule {
            min_area: UtmHectares(0.01),
            min_width: Metres(0.1),
        },
        touch: Metres(1.0),
    };
    let faults = land_faults(&units, &lands, limits);
    assert_eq!(faults, [], "no overlap, no gap, and what flows on touches");
}

fn square(west: f64, south: f64, side: f64) -> Shape {
    let place = |x: f64, y: f64| coord! { x: 400_000.0 + x, y: 8_300_000.0 + y };
    let rect = Rect::new(place(west, south), place(west + side, south + side));
    Shape::from_metres(&MultiPolygon(vec![rect.to_polygon()]))
}

#[test]
fn every_fault_of_land_is_found_once_with_its_codes_and_its_hectares() {
    let units = read(&["42", "421", "422", "423", "424", "43", "45"], &[]);
    // 42 is 2 km wide; its parts leave 1 ha open in a corner and one of them reaches 10 m beyond
    let parts = [(0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0)].map(|(x, y)| square(x, y, 1000.0));
    let last = square(1000.0, 1000.0, 900.0);
    let [first, second, third] = &parts;
    let second = &territory::dissolve(&[second, &square(1990.0, 0.0, 20.0)]);
    let (whole, far) = (square(0.0, 0.0, 2000.0), square(5000.0, 0.0, 100.0));
    let lands = [
        Some(&whole),
        Some(first),
        Some(second),
        Some(third),
        Some(&last),
        Some(&far),
        None,
    ];
    let limits = LandLimits {
        sliver: SliverRule {
            min_area: UtmHectares(0.01),
            min_width: Metres(0.1),
        },
        touch: Metres(5.0),
    };
    let faults = land_faults(&units, &lands, limits);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let expected = [
        "45 has no land",
        "the parts of 42 leave 19 ha of it open",
        "0.02 ha of 422 lie outside of 42",
    ];
    // 43 lies far away, and by its code it flows into nothing that is here: 42 is a tributary
    assert_eq!(told, expected);
    assert!(faults.iter().all(|fault| !fault.sentence_es().is_empty()));
}

#[test]
fn overlaps_enclosed_gaps_and_units_far_from_what_they_flow_into_are_found() {
    let units = read(&["411", "412", "413", "414", "415"], &[]);
    // four blocks round a hole of 4 ha; the first two overlap by 1000 × 10 m; the fifth lies away
    let frame = |west: f64, south: f64, width: f64, height: f64| {
        let place = |x: f64, y: f64| coord! { x: 400_000.0 + x, y: 8_300_000.0 + y };
        Shape::from_metres(&MultiPolygon(vec![
            Rect::new(place(west, south), place(west + width, south + height)).to_polygon(),
        ]))
    };
    let lands = [
        frame(0.0, 0.0, 1000.0, 410.0),
        frame(0.0, 400.0, 400.0, 200.0),
        frame(600.0, 410.0, 400.0, 190.0),
        frame(0.0, 600.0, 1000.0, 400.0),
        frame(9000.0, 0.0, 10.0, 10.0),
    ];
    let lands: Vec<Option<&Shape>> = lands.iter().map(Some).collect();
    let limits = LandLimits {
        sliver: SliverRule::KEEP_ALL,
        touch: Metres(1.0),
    };
    let faults = land_faults(&units, &lands, limits);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let expected = [
        "[\"411\", \"412\"] overlap by 0.4 ha",
        "level 3 leaves 3.8 ha open",
        "415 flows into 413 by its code, and lies more than 1 m from it",
    ];
    assert_eq!(told, expected);
    let LandFault::Gap { place, .. } = &faults[1] else {
        panic!("a gap")
    };
    let place = place.map(|metres| format!("{metres:.4}"));
    assert_eq!(place, ["400400.0000", "8300410.0000", "400600.0000", "8300600.0000"]);
}

#[test]
fn hectares_of_rights_upstream_are_those_of_the_units_that_they_lie_in() {
    let units = read(&["421", "422", "423"], &[]);
    let lands = [
        square(0.0, 0.0, 1000.0),
        square(-1000.0, 1000.0, 1000.0),
        square(0.0, 1000.0, 1000.0),
    ];
    let lands: Vec<Option<&Shape>> = lands.iter().map(Some).collect();
    // the first lies astride 421 and 423, the second within 423, the third within 422, the last reaches 1 mm into 422
    let rights = [
        square(300.0, 900.0, 200.0),
        square(500.0, 1500.0, 100.0),
        square(-500.0, 1500.0, 300.0),
        square(-100.0, 1999.999, 50.0),
    ];
    let rights: Vec<&Shape> = rights.iter().collect();
    let sliver = SliverRule {
        min_area: UtmHectares(0.0),
        min_width: Metres(0.1),
    };
    let found = holdings(&units, &lands, &rights, sliver);
    let told: Vec<(u32, usize, u64)> = found.iter().map(|held| (held.node, held.feature, held.area)).collect();
    assert_eq!(
        told,
        [
            (0, 0, 2_000_000),
            (2, 0, 2_000_000),
            (2, 1, 1_000_000),
            (1, 2, 9_000_000)
        ]
    );
    let (_, flow) = units.flow();
    let by_right: Vec<(u32, usize, u64)> = found
        .iter()
        .map(|held| (held.node, held.feature % 2, held.area))
        .collect();
    let amounts = Amounts::new(flow, 2, &by_right).expect("small areas");
    assert_eq!(
        [0, 1, 2].map(|node| amounts.upstream(flow, node, 0)),
        [13_000_000, 9_000_000, 2_000_000]
    );
    assert_eq!(amounts.upstream(flow, 0, 1), 1_000_000);
}

/// Codes of a basin that is divided at random.
fn families() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec((any::<u16>(), 1..5_u8), 0..14).prop_map(|splits| {
        let mut codes = vec!["01".to_owned()];
        for (pick, tributaries) in splits {
            let at = usize::from(pick) % codes.len();
            if codes[at].len() < 8 {
                let code = codes.swap_remove(at);
                let digits = (1..=2 * tributaries).chain([9]);
                codes.extend(digits.map(|digit| format!("{code}{digit}")));
            }
        }
        codes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_of_units_is_the_rule_for_codes(codes in families(), nested in any::<bool>()) {
        let mut all = codes.clone();
        if nested {
            all.extend(codes.iter().flat_map(|code| (2..code.len()).map(|end| code[..end].to_owned())));
            all.sort_unstable();
            all.dedup();
        }
        let units = read(&all.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        let fine: Vec<usize> = codes.iter().map(|code| units.find(code).expect("it was given")).collect();
        for unit in 0..units.units().len() {
            let code = &units.units()[unit].code;
            let above: Vec<usize> = units.upstream(unit);
            let below: BTreeSet<usize> = units.downstream(unit).into_iter().collect();
            for other in &fine {
                let other_code = &units.units()[*other].code;
                prop_assert_eq!(above.contains(other), lies_upstream(other_code, code), "{} above {}", other_code, code);
                prop_assert_eq!(below.contains(other), lies_upstream(code, other_code), "{} below {}", other_code, code);
            }
            prop_assert!(above.is_sorted());
            if units.is_finest(unit) {
                let nearest = below.iter().max_by_key(|other| &units.units()[**other].code);
                prop_assert_eq!(units.next(unit).first().copied(), nearest.copied());
            }
        }
    }
}
