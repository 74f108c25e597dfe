//! Classes, bands and neighbours, on rectangles of known size.

use crate::common::*;
use conflicts::{CheckOptions, Class, CoverageArea, Finding, Relation, Report, Rulebook, Subject, check};
use geo_types::{Geometry, Point};
use territory::{Attributes, EditionMeta, Feature, LayerKind, Metres};

/// The shipped rulebook with sentences for what grazes and what lies near.
fn book() -> Rulebook {
    Rulebook::parse(&files_of("2026-2")).expect("the shipped rulebook has no faults")
}

fn edition(kind: LayerKind, sigma: Option<f64>) -> EditionMeta {
    EditionMeta {
        sigma_m: sigma,
        ..meta(kind, "vecinos")
    }
}

fn judged_by(
    book: &Rulebook,
    own: &Subject,
    edition: &EditionMeta,
    features: &[Feature],
    keep_slivers: bool,
) -> Report {
    let layer = around(edition.kind, edition, CoverageArea::National, features);
    check(
        own,
        &surroundings(vec![layer]),
        book,
        as_of(),
        CheckOptions { keep_slivers },
    )
}

/// The land is two kilometres wide, known to 10 m; the right, to what makes 50 m against it.
fn judged(features: &[Feature]) -> Report {
    let edition = edition(LayerKind::Concessions, Some(2400.0_f64.sqrt()));
    judged_by(&book(), &subject(), &edition, features, false)
}

fn only(list: &[Finding]) -> &Finding {
    assert_eq!(list.len(), 1, "{list:?}");
    &list[0]
}

fn band(finding: &Finding) -> (f64, f64) {
    let [low, high] = finding.overlap.as_ref().unwrap().band90.unwrap();
    (low.0, high.0)
}

#[test]
fn a_limit_that_halves_a_cell_gives_a_band_of_sixteen_hectares() {
    let report = judged(&[right("mitad", rectangle(1.5, 0.5, 1.0, 1.0), "titulado")]);
    let finding = only(&report.findings);
    assert_eq!(finding.class, Class::Firme);
    let (low, high) = band(finding);
    assert!((low - 41.8).abs() < 0.1 && (high - 58.2).abs() < 0.1, "{low} {high}");
    let total = report.totals.iter().find(|total| total.group == "titulado").unwrap();
    assert_eq!(
        total.band90.map(|ends| ends.map(|end| end.to_string())),
        finding
            .overlap
            .as_ref()
            .unwrap()
            .band90
            .map(|ends| ends.map(|end| end.to_string()))
    );
    assert!(!report.limits.iter().any(|limit| limit.kind == "no-band"));
}

#[test]
fn a_cell_far_inside_is_exact() {
    let report = judged(&[right("dentro", rectangle(0.5, 0.5, 1.0, 1.0), "titulado")]);
    let (low, high) = band(only(&report.findings));
    assert_eq!(low.to_bits(), high.to_bits());
}

#[test]
fn what_might_be_a_sliver_is_probable_and_what_might_not_be_one_in_doubt() {
    let wide = judged(&[right("ancho", rectangle(1.96, 0.5, 1.0, 1.0), "titulado")]);
    assert_eq!(only(&wide.findings).class, Class::Probable);
    assert!(wide.roces.is_empty());
    let thin = judged(&[right("fino", rectangle(1.99, 0.5, 1.0, 1.0), "titulado")]);
    let finding = only(&thin.roces);
    assert_eq!((finding.class, finding.relation), (Class::Dudoso, Relation::Touches));
    assert!(!finding.explain.contains("se superpone con"), "{}", finding.explain);
    assert!(thin.totals.iter().all(|total| total.count == 0));
}

#[test]
fn a_corner_that_cannot_grow_above_the_limit_only_grazes() {
    let edition = edition(LayerKind::Concessions, Some(0.5));
    let own = Subject {
        deviation: Some(Metres(0.5)),
        ..feature_subject("otra")
    };
    let report = judged_by(
        &book(),
        &own,
        &edition,
        &[right("esquina", rectangle(2.0, 2.0, 1.0, 1.0), "titulado")],
        false,
    );
    assert_eq!(only(&report.roces).class, Class::Roce);
}

#[test]
fn a_neighbour_within_the_band_is_in_doubt_with_its_distance() {
    let report = judged(&[right("vecino", rectangle(2.03, 0.5, 1.0, 1.0), "titulado")]);
    let finding = only(&report.roces);
    assert_eq!((finding.class, finding.relation), (Class::Dudoso, Relation::Near));
    assert!((finding.distance_m.unwrap().0 - 30.0).abs() < 0.1);
    let (low, high) = band(finding);
    assert!(low == 0.0 && (high - 5.22).abs() < 0.1, "{high}");
    assert!(finding.explain.contains("a 30 m"), "{}", finding.explain);
    let far = judged(&[right("lejano", rectangle(2.09, 0.5, 1.0, 1.0), "titulado")]);
    assert!(far.findings.is_empty() && far.roces.is_empty());
}

#[test]
fn what_lies_near_is_a_finding_that_enters_no_total() {
    let edition = edition(LayerKind::ProtectedAreas, Some(5.0));
    let area = feature("ANP", rectangle(2.5, 0.0, 1.0, 1.0), &[("name", "Bosque")]);
    let report = judged_by(&book(), &subject(), &edition, &[area], false);
    let finding = only(&report.findings);
    assert_eq!((finding.class, finding.relation), (Class::Firme, Relation::Near));
    assert!((finding.distance_m.unwrap().0 - 500.0).abs() < 0.1 && finding.overlap.is_none());
    assert!(report.totals.is_empty());
    assert!(!finding.explain.contains("coincide con"), "{}", finding.explain);
}

#[test]
fn a_spring_outside_is_near_with_its_metres() {
    let at = rectangle(1.95, 1.0, 0.1, 0.1).0[0].exterior().0[0];
    let spring = Feature {
        key: "M1".into(),
        source_row: 1,
        attributes: Attributes::default(),
        source_fields: serde_json::Map::new(),
        lonlat: Geometry::Point(Point(at)),
        land: None,
    };
    let edition = edition(LayerKind::Springs, None);
    let report = judged_by(&book(), &subject(), &edition, &[spring], false);
    let finding = only(&report.findings);
    assert_eq!(finding.relation, Relation::Near);
    assert!((finding.distance_m.unwrap().0 - 50.0).abs() < 0.1);
}

fn feature_subject(edition: &str) -> Subject {
    let mut own = subject();
    own.kind = conflicts::SubjectKind::Feature {
        layer: LayerKind::Concessions,
        edition: edition.to_owned(),
        key: "propio".into(),
    };
    own
}

#[test]
fn features_of_one_edition_shift_together() {
    let edition = edition(LayerKind::Concessions, Some(50.0));
    let own = feature_subject(&edition.id);
    let rights = [
        right("mitad", rectangle(1.5, 0.5, 1.0, 1.0), "titulado"),
        right("vecino", rectangle(2.01, 0.5, 1.0, 1.0), "titulado"),
    ];
    let report = judged_by(&book(), &own, &edition, &rights, false);
    let (low, high) = band(only(&report.findings));
    assert_eq!(low.to_bits(), high.to_bits());
    assert!(report.roces.is_empty());
}

#[test]
fn without_a_deviation_there_is_no_band_and_the_layer_is_named() {
    let rights = [right("mitad", rectangle(1.5, 0.5, 1.0, 1.0), "titulado")];
    let book = book();
    let report = judged_by(
        &book,
        &subject(),
        &edition(LayerKind::Concessions, None),
        &rights,
        false,
    );
    assert!(only(&report.findings).overlap.as_ref().unwrap().band90.is_none());
    let limit = report.limits.iter().find(|limit| limit.kind == "no-band").unwrap();
    let title = &book.layer(LayerKind::Concessions).unwrap().title;
    assert!(
        limit.layer == Some(LayerKind::Concessions) && limit.text.contains(title.as_str()),
        "{limit:?}"
    );
    let scaled = EditionMeta {
        scale_denominator: Some(100_000),
        ..edition(LayerKind::Concessions, None)
    };
    let report = judged_by(&book, &subject(), &scaled, &rights, false);
    assert!(only(&report.findings).overlap.as_ref().unwrap().band90.is_some());
}

#[test]
fn a_rulebook_without_uncertainty_gives_firm_and_grazing_only() {
    let mut book = book();
    book.uncertainty = None;
    let rights = [
        right("ancho", rectangle(1.96, 0.5, 1.0, 1.0), "titulado"),
        right("fino", rectangle(1.99, 0.5, 1.0, 1.0), "titulado"),
    ];
    let report = judged_by(
        &book,
        &subject(),
        &edition(LayerKind::Concessions, Some(50.0)),
        &rights,
        false,
    );
    assert_eq!(only(&report.findings).class, Class::Firme);
    assert_eq!(only(&report.roces).class, Class::Roce);
}

#[test]
fn kept_slivers_are_firm_or_probable_and_a_mere_touch_is_neither() {
    let rights = [
        right("fino", rectangle(1.99, 0.5, 1.0, 1.0), "titulado"),
        right("vecino", rectangle(2.03, 0.5, 1.0, 1.0), "titulado"),
    ];
    let report = judged_by(
        &book(),
        &subject(),
        &edition(LayerKind::Concessions, Some(49.0)),
        &rights,
        true,
    );
    assert_eq!(only(&report.findings).class, Class::Probable);
    assert_eq!(only(&report.roces).class, Class::Dudoso);
}

#[test]
fn the_band_of_a_total_is_narrower_than_the_sum_where_rights_face_each_other() {
    let rights = [
        right("este", rectangle(1.5, 0.5, 1.0, 1.0), "titulado"),
        right("oeste", rectangle(-0.5, 0.5, 1.0, 1.0), "titulado"),
    ];
    let report = judged(&rights);
    let total = report.totals.iter().find(|total| total.group == "titulado").unwrap();
    let [low, high] = total.band90.unwrap();
    assert!((total.union_ha.0 - 100.0).abs() < 0.1);
    // what one side gains the other loses
    assert!(high.0 - low.0 < 0.5, "{low} {high}");
    let one_side = judged(&[
        right("norte", rectangle(1.5, 1.0, 1.0, 0.9), "titulado"),
        right("sur", rectangle(1.5, 0.2, 1.0, 0.8), "titulado"),
    ]);
    let total = one_side.totals.iter().find(|total| total.group == "titulado").unwrap();
    let [low, high] = total.band90.unwrap();
    assert!((high.0 - low.0 - 27.96).abs() < 0.2, "{low} {high}");
}
