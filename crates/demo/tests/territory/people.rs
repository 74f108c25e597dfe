//! Communities, rights and what was asked for.

use crate::read::{features, hectares, land, lands, shared};
use demo::{PRODUCTIVE_PERCENT, STATES};
use geo_types::MultiPolygon;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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
