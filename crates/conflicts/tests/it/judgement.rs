//! What a check says, and what it never says.

use crate::common::*;
use conflicts::{
    CheckOptions, Class, CoverageArea, LayerAround, LayerState, Relation, Report, Severity, Stop, Subject, check,
};
use crs::UtmZone;
use proptest::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};
use territory::{Feature, LayerKind};

fn against(features: &[Feature], options: CheckOptions) -> Report {
    let meta = meta(LayerKind::Concessions, "concessions-prueba-1");
    let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, features);
    check(&subject(), &surroundings(vec![layer]), &book(), as_of(), options)
}

fn total<'a>(report: &'a Report, group: &str) -> &'a conflicts::TotalOut {
    report
        .totals
        .iter()
        .find(|total| total.group == group && total.layer == LayerKind::Concessions)
        .unwrap()
}

#[test]
fn the_total_is_the_union_and_the_sum_stands_beside_it() {
    let rights = [
        right("A", rectangle(0.0, 0.0, 1.0, 1.0), "titulado"),
        right("B", rectangle(0.0, 0.0, 1.0, 1.0), "titulado"),
        right("C", rectangle(0.5, 0.0, 1.0, 1.0), "tramite"),
        right("D", rectangle(9.0, 9.0, 1.0, 1.0), "titulado"),
    ];
    let report = against(&rights, CheckOptions::default());
    let near = |found: f64, hectares: f64| (found - hectares).abs() < 1e-3;
    assert!(near(total(&report, "titulado").union_ha.0, 100.0) && near(total(&report, "titulado").sum_ha.0, 200.0));
    assert!(near(total(&report, "tramite").union_ha.0, 100.0));
    assert!(near(total(&report, "vigente").union_ha.0, 150.0) && near(total(&report, "vigente").sum_ha.0, 300.0));
    assert!(near(total(&report, "vigente").share_of_subject.0, 0.375));
    assert_eq!(report.findings.len(), 3, "the right nine kilometres away is not there");
    assert_eq!(
        report.findings.iter().map(|f| f.feature.as_str()).collect::<Vec<_>>(),
        ["A", "B", "C"]
    );
}

#[test]
fn relations_say_how_the_subject_lies() {
    let rights = [
        right("cubre", rectangle(-1.0, -1.0, 5.0, 5.0), "titulado"),
        right("dentro", rectangle(0.5, 0.5, 0.5, 0.5), "titulado"),
        right("cruza", rectangle(1.5, 0.0, 3.0, 1.0), "titulado"),
        right("linda", rectangle(2.0, 0.0, 1.0, 1.0), "titulado"),
    ];
    let report = against(&rights, CheckOptions::default());
    let relation = |key: &str| {
        report
            .findings
            .iter()
            .chain(&report.roces)
            .find(|f| f.feature == key)
            .map(|f| (f.relation, f.class))
    };
    assert_eq!(relation("cubre"), Some((Relation::Within, Class::Firme)));
    assert_eq!(relation("dentro"), Some((Relation::Covers, Class::Firme)));
    assert_eq!(relation("cruza"), Some((Relation::Overlaps, Class::Firme)));
    assert_eq!(relation("linda"), Some((Relation::Touches, Class::Roce)));
}

#[test]
fn a_graze_is_listed_apart_and_enters_no_total_unless_kept() {
    // 10 m wide and 1 ha: wide enough in area, too thin for the limit of 15 m
    let thin = [right("franja", rectangle(1.99, 0.0, 1.0, 1.0), "titulado")];
    let report = against(&thin, CheckOptions::default());
    assert!(report.findings.is_empty());
    assert_eq!(report.roces.len(), 1);
    assert!((report.roces[0].overlap.as_ref().unwrap().utm_ha.0 - 1.0).abs() < 1e-3);
    assert_eq!(total(&report, "titulado").count, 0);
    let kept = against(&thin, CheckOptions { keep_slivers: true });
    assert_eq!(kept.findings.len(), 1);
    assert!((total(&kept, "titulado").union_ha.0 - 1.0).abs() < 1e-3);
    assert!(kept.limits.iter().any(|limit| limit.kind == "slivers-kept"));
}

#[test]
fn rights_on_grids_of_different_datums_need_twenty_five_metres() {
    let mut neighbour = right("vecino", rectangle(1.98, 0.0, 1.0, 1.0), "titulado");
    let own = Subject {
        grid_datum: Some("psad56".into()),
        ..subject()
    };
    let judge = |neighbour: &Feature| {
        let meta = meta(LayerKind::Concessions, "e");
        let one = std::slice::from_ref(neighbour);
        let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, one);
        check(
            &own,
            &surroundings(vec![layer]),
            &book(),
            as_of(),
            CheckOptions::default(),
        )
        .findings
        .len()
    };
    neighbour
        .attributes
        .set("grid_datum", territory::Value::Text("psad56".into()));
    assert_eq!(judge(&neighbour), 1, "20 m on one grid are more than 15");
    neighbour
        .attributes
        .set("grid_datum", territory::Value::Text("wgs84".into()));
    assert_eq!(judge(&neighbour), 0, "20 m between two grids are less than 25");
}

#[test]
fn missing_data_never_read_as_nothing_there() {
    let report = check(
        &subject(),
        &surroundings(vec![]),
        &book(),
        as_of(),
        CheckOptions::default(),
    );
    assert!(report.layers.iter().all(|layer| layer.state == LayerState::NoData));
    assert_eq!(
        report.layers.len(),
        book().layers.len(),
        "every layer of the rulebook is named"
    );
    let unknown = report.limits.iter().filter(|limit| limit.kind == "no-data").count();
    assert_eq!(unknown, book().layers.len());
    assert_eq!(report.standing, "complete");
}

#[test]
fn a_failed_layer_makes_the_report_incomplete() {
    let failed = LayerAround {
        kind: LayerKind::Concessions,
        editions: vec![],
        failure: Some("se agotó el tiempo".into()),
    };
    let report = check(
        &subject(),
        &surroundings(vec![failed]),
        &book(),
        as_of(),
        CheckOptions::default(),
    );
    assert_eq!(report.standing, "incomplete");
    let layer = report
        .layers
        .iter()
        .find(|layer| layer.id == LayerKind::Concessions)
        .unwrap();
    assert_eq!(
        (layer.state, layer.reason.as_deref()),
        (LayerState::NotConsulted, Some("se agotó el tiempo"))
    );
    assert!(
        !report.totals.iter().any(|total| total.layer == LayerKind::Concessions),
        "no total of what was not read"
    );
}

#[test]
fn layers_that_the_time_did_not_suffice_for_are_not_consulted_and_nothing_of_them_is_said() {
    let rights = [right("A", rectangle(0.0, 0.0, 1.0, 1.0), "titulado")];
    let meta = meta(LayerKind::Concessions, "rights-1");
    for allowed in [0, 1, 2, 1_000_000] {
        let asked = AtomicUsize::new(0);
        let over = || asked.fetch_add(1, Ordering::Relaxed) >= allowed;
        let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, &rights);
        let mut all = surroundings(vec![layer]);
        all.stop = Some(Stop(&over));
        let report = check(&subject(), &all, &book(), as_of(), CheckOptions::default());
        let rights = report
            .layers
            .iter()
            .find(|layer| layer.id == LayerKind::Concessions)
            .unwrap();
        if rights.state == LayerState::NotConsulted {
            assert_eq!(report.standing, "incomplete");
            assert!(report.findings.is_empty() && report.totals.is_empty());
            assert!(rights.reason.as_ref().unwrap().contains("tiempo"));
        } else {
            assert!(allowed == 1_000_000 || !report.findings.is_empty());
        }
        assert_eq!(report.standing == "complete", allowed == 1_000_000);
    }
}

#[test]
fn coverage_is_declared_never_inferred() {
    let half = feature("límite", rectangle(0.0, 0.0, 1.0, 2.0), &[]);
    let whole = feature("límite", rectangle(-1.0, -1.0, 9.0, 9.0), &[]);
    let elsewhere = feature("límite", rectangle(50.0, 50.0, 1.0, 1.0), &[]);
    let state = |coverage: CoverageArea<'_>| {
        let meta = meta(LayerKind::Concessions, "e");
        let layer = around(LayerKind::Concessions, &meta, coverage, &[]);
        let report = check(
            &subject(),
            &surroundings(vec![layer]),
            &book(),
            as_of(),
            CheckOptions::default(),
        );
        let layer = report
            .layers
            .into_iter()
            .find(|layer| layer.id == LayerKind::Concessions)
            .unwrap();
        (layer.state, layer.covered_share.map(|share| share.to_string()))
    };
    let area = |feature: &'static Feature| CoverageArea::Area(feature.land.as_ref().unwrap(), &feature.lonlat);
    let [half, whole, elsewhere] = [half, whole, elsewhere].map(|feature| &*Box::leak(Box::new(feature)));
    assert_eq!(state(CoverageArea::Undeclared), (LayerState::Partial, None));
    assert_eq!(state(CoverageArea::National).0, LayerState::Consulted);
    assert_eq!(state(area(half)), (LayerState::Partial, Some("0.500000".into())));
    assert_eq!(state(area(whole)), (LayerState::Consulted, Some("1.000000".into())));
    assert_eq!(state(area(elsewhere)).0, LayerState::NoData);
}

#[test]
fn a_day_before_the_rules_is_answered_and_said() {
    let rights = [right("A", rectangle(0.0, 0.0, 1.0, 1.0), "titulado")];
    let meta = meta(LayerKind::Concessions, "e");
    let past = territory::AsOf {
        valid: "2019-01-01".parse().unwrap(),
        ..as_of()
    };
    let said = |when| {
        let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, &rights);
        let report = check(
            &subject(),
            &surroundings(vec![layer]),
            &book(),
            when,
            CheckOptions::default(),
        );
        assert_eq!(report.findings.len(), 1);
        report
            .limits
            .into_iter()
            .find(|limit| limit.kind == "rules-of-another-date")
            .map(|limit| limit.text)
    };
    assert!(said(past).is_some_and(|text| text.contains("2019-01-01") && text.contains("2026-01-01")));
    assert_eq!(said(as_of()), None);
}

#[test]
fn a_community_does_not_overlap_itself() {
    let meta = meta(LayerKind::Communities, "communities-1");
    let features = [
        feature("c-1", rectangle(0.0, 0.0, 2.0, 2.0), &[("name", "Ccorimarca")]),
        feature("c-2", rectangle(1.0, 0.0, 2.0, 2.0), &[("name", "Vecina")]),
    ];
    let own = Subject::feature(LayerKind::Communities, &meta, &features[0], None).unwrap();
    let layer = around(LayerKind::Communities, &meta, CoverageArea::National, &features);
    let report = check(
        &own,
        &surroundings(vec![layer]),
        &book(),
        as_of(),
        CheckOptions::default(),
    );
    assert_eq!(
        report.findings.iter().map(|f| f.feature.as_str()).collect::<Vec<_>>(),
        ["c-2"]
    );
}

#[test]
fn severity_comes_from_the_rule_with_its_reason() {
    let report = against(
        &[
            right("grande", rectangle(0.0, 0.0, 2.0, 1.5), "titulado"),
            right("viejo", rectangle(0.0, 0.0, 2.0, 2.0), "extinguido"),
        ],
        CheckOptions::default(),
    );
    let severity = |key: &str| {
        report
            .findings
            .iter()
            .find(|f| f.feature == key)
            .map(|f| (f.severity, f.rule.clone()))
    };
    assert_eq!(severity("grande"), Some((Severity::Alto, "concesion-titulada".into())));
    assert_eq!(
        severity("viejo"),
        Some((Severity::Informativo, "concesion-extinguida".into()))
    );
    assert!(
        report
            .findings
            .iter()
            .all(|f| !f.severity_reason.is_empty() && !f.explain.contains('{'))
    );
    assert!(
        report.findings.iter().all(|f| f.norms.is_empty()),
        "second-hand norms are not printed as norms"
    );
}

#[test]
fn another_zone_is_used_and_stated() {
    let own = Subject::geometry(&rectangle(0.0, 0.0, 2.0, 2.0), Some(UtmZone::Z17)).unwrap();
    let rights = [right("A", rectangle(0.0, 0.0, 1.0, 1.0), "titulado")];
    let meta = meta(LayerKind::Concessions, "e");
    let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, &rights);
    let report = check(
        &own,
        &surroundings(vec![layer]),
        &book(),
        as_of(),
        CheckOptions::default(),
    );
    assert_eq!(report.subject.area.utm_zone, 17);
    assert!(report.limits.iter().any(|limit| limit.kind == "zone-override"));
    let planar = report.findings[0].overlap.as_ref().unwrap();
    assert!(
        planar.utm_ha.0 > 100.5,
        "eight degrees from its meridian the plane is stretched: {}",
        planar.utm_ha
    );
    let home = against(&rights, CheckOptions::default());
    let ground = home.findings[0].overlap.as_ref().unwrap().geodesic_ha.0;
    assert!(
        (planar.geodesic_ha.0 - ground).abs() < 1e-3,
        "the ground does not depend on the zone"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_rights_changes_no_byte(seed in prop::collection::vec((0.0_f64..2.5, 0.0_f64..2.5, 0.05_f64..1.5), 1..12), turn in 0_usize..12) {
        let groups = ["titulado", "tramite", "extinguido", "otros"];
        let rights = |turn: usize| -> Vec<Feature> {
            let mut list: Vec<Feature> = seed.iter().enumerate()
                .map(|(i, &(x, y, side))| right(&format!("R{i:02}"), rectangle(x - 0.3, y - 0.3, side, side), groups[i % 4]))
                .collect();
            list.rotate_left(turn % seed.len());
            list
        };
        let write = |turn| serde_json::to_string(&against(&rights(turn), CheckOptions::default())).unwrap();
        prop_assert_eq!(write(0), write(turn));
    }

    #[test]
    fn totals_lie_between_the_largest_and_the_sum(seed in prop::collection::vec((0.0_f64..2.5, 0.0_f64..2.5, 0.05_f64..1.5), 1..12)) {
        let rights: Vec<Feature> = seed.iter().enumerate()
            .map(|(i, &(x, y, side))| right(&format!("R{i:02}"), rectangle(x - 0.3, y - 0.3, side, side), "titulado"))
            .collect();
        let report = against(&rights, CheckOptions::default());
        let total = total(&report, "titulado");
        let largest = report.findings.iter().filter_map(|f| f.overlap.as_ref()).map(|o| o.utm_ha.0).fold(0.0, f64::max);
        prop_assert!(total.union_ha.0 >= largest - 1e-6 && total.union_ha.0 <= total.sum_ha.0 + 1e-6);
        prop_assert!(total.share_of_subject.0 <= 1.0 + 1e-9);
    }
}
