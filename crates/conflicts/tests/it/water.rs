//! Official units: their tree, their sheets, and land that adds up to the whole.

use crate::common::{around, as_of, book, feature, files_of, meta, rectangle, right, surroundings};
use conflicts::water::{
    Along, LandOut, UnitSheet, UnitTree, UnitWays, joined, unit_sheet, unit_ways, units_along, within,
};
use conflicts::{CoverageArea, LayerState, Rulebook, Subject};
use geo_types::MultiPolygon;
use proptest::prelude::*;
use territory::{Feature, LayerKind, Value};

fn unit(code: &str, land: MultiPolygon<f64>) -> Feature {
    feature(code, land, &[("code", code), ("name", &format!("Unidad {code}"))])
}

/// Four units of 2 × 2 km from the mouth up: 421, its tributary 422, 423, and 429 above.
fn basin() -> Vec<Feature> {
    let at = |west: f64, south: f64| rectangle(west, south, 2.0, 2.0);
    vec![
        unit("421", at(0.0, 0.0)),
        unit("422", at(2.0, 0.0)),
        unit("423", at(0.0, 2.0)),
        unit("429", at(0.0, 4.0)),
    ]
}

/// The sheet of a unit, with rights, communities and zones round it.
fn sheet(units: &[Feature], code: &str, rights: &[Feature], zones: Option<&[Feature]>) -> UnitSheet {
    let tree = UnitTree::of(units);
    let place = tree.find(code).unwrap();
    let [own, of_rights, of_zones] = [
        (LayerKind::HydrographicUnits, "unidades"),
        (LayerKind::Concessions, "derechos"),
        (LayerKind::Zoning, "zee"),
    ]
    .map(|(kind, id)| meta(kind, id));
    let found = units.iter().find(|unit| unit.key == code).unwrap();
    let subject = Subject::feature(LayerKind::HydrographicUnits, &own, found, None).unwrap();
    let mut layers = vec![around(
        LayerKind::Concessions,
        &of_rights,
        CoverageArea::National,
        rights,
    )];
    layers.extend(zones.map(|zones| around(LayerKind::Zoning, &of_zones, CoverageArea::National, zones)));
    let around = surroundings(layers);
    let book = Rulebook::parse(&files_of("2026-2")).unwrap();
    unit_sheet(&tree, place, (&own, within(&subject, &around, &book, as_of())))
}

fn codes(units: &[conflicts::water::UnitRef]) -> Vec<&str> {
    units.iter().map(|unit| unit.code.as_str()).collect()
}

#[test]
fn the_sheet_of_a_unit_says_what_flows_where_by_its_code() {
    let units = basin();
    let middle = sheet(&units, "423", &[], None);
    assert_eq!(codes(&middle.upstream), ["429"]);
    assert_eq!(codes(&middle.downstream), ["421"], "422 is a tributary");
    assert_eq!(codes(&middle.next), ["421"]);
    assert_eq!(codes(&middle.main_stem), ["423", "429"]);
    assert_eq!(middle.absent_parents, ["42", "4"]);
    assert!(middle.parents.is_empty() && middle.children.is_empty() && !middle.shore);
    assert_eq!((middle.drained.units, middle.unit.name.as_str()), (2, "Unidad 423"));
    let drained = middle.drained.utm_ha.unwrap().0;
    assert!((drained - 800.0).abs() < 0.01, "{drained}: two units of 400 ha");
    assert_eq!(middle.within.area.utm_zone, 18);
    assert!((middle.within.area.geodesic_ha.0 - 400.0).abs() < 1.0);
    let mut nested = basin();
    nested.push(unit("42", rectangle(0.0, 0.0, 4.0, 6.0)));
    let whole = sheet(&nested, "42", &[], None);
    assert_eq!(codes(&whole.children), ["421", "422", "423", "429"]);
    assert!(whole.upstream.is_empty() && whole.next.is_empty());
    assert_eq!(codes(&sheet(&nested, "429", &[], None).parents), ["42"]);
}

#[test]
fn hectares_of_rights_are_those_of_their_union() {
    let units = basin();
    // two rights on the same 100 ha, one of them half outside, and one in the unit above
    let rights = [
        right("A", rectangle(0.5, 2.5, 1.0, 1.0), "titulado"),
        right("B", rectangle(0.5, 2.5, 1.0, 1.0), "titulado"),
        right("C", rectangle(-0.5, 3.5, 1.0, 0.25), "tramite"),
        right("D", rectangle(0.5, 4.5, 1.0, 1.0), "titulado"),
    ];
    let found = sheet(&units, "423", &rights, None);
    let of = |group: &str| found.within.rights.iter().find(|total| total.group == group).unwrap();
    let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 0.01, "{found} {wanted}");
    assert_eq!((of("titulado").count, of("tramite").count), (2, 1));
    near(of("titulado").union_ha.0, 100.0);
    near(of("titulado").sum_ha.0, 200.0);
    near(of("vigente").union_ha.0, 112.5);
    let twice: Vec<Feature> = rights
        .iter()
        .flat_map(|one| {
            ["", "-2"].map(|end| {
                let land = match &one.lonlat {
                    geo_types::Geometry::MultiPolygon(land) => land.clone(),
                    _ => MultiPolygon(Vec::new()),
                };
                right(
                    &format!("{}{end}", one.key),
                    land,
                    one.attributes.text("state_group").unwrap(),
                )
            })
        })
        .collect();
    let doubled = sheet(&units, "423", &twice, None);
    for (once, twice) in found.within.rights.iter().zip(&doubled.within.rights) {
        near(twice.union_ha.0, once.union_ha.0);
        assert_eq!(twice.count, 2 * once.count, "{}", once.group);
    }
}

#[test]
fn what_lies_upstream_of_a_unit_is_the_union_over_its_units() {
    let units = basin();
    let tree = UnitTree::of(&units);
    let [own, of_rights] = [
        (LayerKind::HydrographicUnits, "unidades"),
        (LayerKind::Concessions, "derechos"),
    ]
    .map(|(kind, id)| meta(kind, id));
    // one right astride two units upstream of the mouth, another twice on the same ground in the tributary
    let rights = [
        right("A", rectangle(0.5, 3.5, 1.0, 1.0), "titulado"),
        right("B", rectangle(2.5, 0.5, 1.0, 1.0), "titulado"),
        right("C", rectangle(2.5, 0.5, 1.0, 1.0), "tramite"),
    ];
    let ways = |code: &str, along: Along| -> UnitWays {
        let unit = tree.find(code).unwrap();
        let found = units_along(&tree, unit, along);
        let found: Vec<&Feature> = found.iter().map(|at| &units[tree.units().units()[*at].place]).collect();
        let subject = joined(&found).unwrap();
        let held = subject.map(|subject| {
            let around = surroundings(vec![around(
                LayerKind::Concessions,
                &of_rights,
                CoverageArea::National,
                &rights,
            )]);
            within(
                &subject,
                &around,
                &Rulebook::parse(&files_of("2026-2")).unwrap(),
                as_of(),
            )
        });
        unit_ways(&tree, (unit, along), (&own, held))
    };
    let mouth = ways("421", Along::Upstream);
    assert_eq!(codes(&mouth.units), ["422", "423", "429"]);
    let held = mouth.within.unwrap();
    assert!((held.area.utm_ha.0 - 1200.0).abs() < 0.05, "{}", held.area.utm_ha);
    assert!(
        (mouth.utm_ha.unwrap().0 - held.area.utm_ha.0).abs() < 0.05,
        "neighbours share their border and no ground"
    );
    let of = |group: &str| held.rights.iter().find(|total| total.group == group).unwrap();
    assert!((of("vigente").union_ha.0 - 200.0).abs() < 0.01 && (of("vigente").sum_ha.0 - 300.0).abs() < 0.01);
    let head = ways("429", Along::Upstream);
    assert!(head.units.is_empty() && head.within.is_none() && head.utm_ha == Some(conflicts::Fixed(0.0)));
    assert_eq!(codes(&ways("429", Along::Downstream).units), ["423", "421"]);
}

#[test]
fn a_layer_that_is_not_there_leaves_all_land_unknown() {
    let found = sheet(&basin(), "423", &[], None);
    assert!(found.within.land.is_empty(), "nobody gave the layer to the check");
    assert_eq!(found.within.state_of(LayerKind::Zoning), Some(LayerState::NoData));
    let none = sheet(&basin(), "423", &[], Some(&[]));
    let [zoning] = none.within.land.as_slice() else {
        panic!("one layer of land");
    };
    assert!(zoning.classes.is_empty());
    assert!((zoning.unknown.share.0 - 1.0).abs() < 1e-9);
    assert!(none.within.limits.iter().all(|limit| limit.kind != "no-water"));
    assert!(none.not_known.contains(&"inside".to_owned()));
}

#[test]
fn an_unknown_code_is_answered_with_those_that_begin_alike() {
    let tree = UnitTree::of(&basin());
    let asked = |code: &str| tree.find(code).unwrap_err();
    assert_eq!(asked("4237").nearest, ["423"]);
    assert_eq!(asked("42").nearest, ["421", "422", "423", "429"]);
    assert_eq!(asked("45").sharing, 4);
    assert!(asked("0176").nearest.is_empty() && asked("0176").sentence_es().contains("ceros a la izquierda"));
    assert!(asked("4ñ").sentence_es().contains("421, 422, 423, 429. Elija"));
}

#[test]
fn units_along_a_shore_and_faults_of_codes_stand_on_the_sheet() {
    let mut units = vec![
        unit("131", rectangle(0.0, 0.0, 2.0, 2.0)),
        unit("132", rectangle(2.0, 0.0, 2.0, 2.0)),
    ];
    units[0].attributes.set("shore", Value::Bool(true));
    units[1].attributes.set("level", Value::Integer(5));
    let shore = sheet(&units, "131", &[], None);
    assert!(shore.shore && shore.upstream.is_empty() && shore.not_known[0] == "shore");
    let lost = UnitTree::of(&units);
    assert_eq!(
        lost.units().units().len(),
        1,
        "132 of level 5 lost two digits, and is no unit"
    );
    assert_eq!(
        (lost.faults()[0].rows.clone(), lost.faults()[0].field.as_str()),
        (vec![1], "CODIGO")
    );
}

/// Rectangles on a lattice of 100 m, each with a class.
fn zones() -> impl Strategy<Value = Vec<(i32, i32, i32, i32, Option<u8>)>> {
    let one = (
        -10..24_i32,
        -10..24_i32,
        1..16_i32,
        1..16_i32,
        proptest::option::weighted(0.9, 0..4_u8),
    );
    proptest::collection::vec(one, 0..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn classes_and_what_is_not_known_add_up_to_the_land(zones in zones()) {
        let features: Vec<Feature> = zones
            .iter()
            .enumerate()
            .map(|(at, (west, south, width, height, class))| {
                let [west, south, width, height] = [west, south, width, height].map(|cells| f64::from(*cells) / 10.0);
                let word = class.map(|class| format!("C{class}"));
                let fields: Vec<(&str, &str)> = word.iter().map(|word| ("category", word.as_str())).collect();
                feature(&format!("z{at}"), rectangle(west, south, width, height), &fields)
            })
            .collect();
        let subject = Subject::geometry(&rectangle(0.0, 0.0, 2.0, 2.0), None).unwrap();
        let of_zones = meta(LayerKind::Zoning, "zee");
        let around = surroundings(vec![around(LayerKind::Zoning, &of_zones, CoverageArea::National, &features)]);
        let found = within(&subject, &around, &book(), as_of());
        let land: &LandOut = &found.land[0];
        let whole = found.area.utm_ha.0;
        let sum: f64 = land.classes.iter().map(|class| class.ground.utm_ha.0).sum::<f64>() + land.unknown.utm_ha.0;
        prop_assert!((sum - whole).abs() < 1e-6, "{} of {}", sum, whole);
        let shares: f64 = land.classes.iter().map(|class| class.ground.share.0).sum::<f64>() + land.unknown.share.0;
        prop_assert!((shares - 1.0).abs() < 1e-9);
        // each cell of the lattice by hand: the first class in the order of words, those without one last
        let mut cells = std::collections::BTreeMap::<Option<String>, u32>::new();
        for (x, y) in (0..20).flat_map(|y| (0..20).map(move |x| (x, y))) {
            let over = zones.iter().filter(|(west, south, width, height, _)| {
                (*west..west + width).contains(&x) && (*south..south + height).contains(&y)
            });
            let first = over.map(|(.., class)| (class.is_none(), *class)).min();
            if let Some((_, class)) = first {
                *cells.entry(class.map(|class| format!("C{class}"))).or_default() += 1;
            }
        }
        for class in &land.classes {
            let expected = f64::from(cells.remove(&class.class).unwrap_or_default());
            prop_assert!((class.ground.utm_ha.0 - expected).abs() < 0.05, "{:?}: {}", class, expected);
        }
        prop_assert!(cells.is_empty(), "{:?}", cells);
    }
}
