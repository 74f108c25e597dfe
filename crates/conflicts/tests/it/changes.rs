//! What changed round a subject, and the series by year.

use crate::common::{around, as_of, book, feature, meta, rectangle, right, subject, surroundings};
use conflicts::{AsOfOut, ChangesOut, CheckOptions, CoverageArea, EditionPair, Subject, changes, check};
use territory::{ChangeKind, EditionMeta, Feature, LayerKind, Metres, Value};

fn edition(ordinal: u32) -> EditionMeta {
    EditionMeta {
        sha256: ordinal.to_string().repeat(64),
        ..meta(LayerKind::Concessions, &format!("concessions-prueba-{ordinal}"))
    }
}

fn between(subject: &Subject, olds: &[Feature], news: &[Feature]) -> ChangesOut {
    let (before, after) = (edition(1), edition(2));
    let pair = EditionPair {
        before: Some(&before),
        after: Some(&after),
        olds: olds.iter().collect(),
        news: news.iter().collect(),
    };
    changes(subject, &[pair], times(), Metres(1.0))
}

fn times() -> (AsOfOut, AsOfOut) {
    let at = |day: &str| AsOfOut {
        valid: day.parse().unwrap(),
        known: None,
    };
    (at("2026-01-01"), at("2026-06-01"))
}

fn told(changes: &ChangesOut) -> Vec<(ChangeKind, &str, Option<&str>, Option<&str>)> {
    let each = changes.events.iter();
    each.map(|e| (e.kind, e.feature.as_str(), e.before.as_deref(), e.after.as_deref()))
        .collect()
}

#[test]
fn only_what_meets_the_subject_or_met_it_is_told_with_the_hectares_inside() {
    let olds = [
        right("came", rectangle(5.0, 0.0, 1.0, 1.0), "titulado"),
        right("far", rectangle(8.0, 0.0, 1.0, 1.0), "titulado"),
        right("left", rectangle(1.0, 0.0, 1.0, 1.0), "titulado"),
        right("same", rectangle(0.0, 0.0, 1.0, 1.0), "titulado"),
        right("was", rectangle(1.5, 0.0, 1.0, 1.0), "tramite"),
    ];
    let news = [
        right("came", rectangle(1.0, 0.0, 1.0, 1.0), "titulado"),
        right("far", rectangle(8.0, 0.0, 2.0, 1.0), "titulado"),
        right("left", rectangle(5.0, 0.0, 1.0, 1.0), "titulado"),
        right("nova", rectangle(1.5, 1.5, 1.0, 1.0), "tramite"),
        right("same", rectangle(0.0, 0.0, 1.0, 1.0), "titulado"),
    ];
    let changes = between(&subject(), &olds, &news);
    assert_eq!(
        told(&changes),
        [
            (ChangeKind::Geometry, "came", Some("0.0000"), Some("100.0000")),
            (ChangeKind::Geometry, "left", Some("100.0000"), Some("0.0000")),
            (ChangeKind::New, "nova", None, Some("25.0000")),
            (ChangeKind::Gone, "was", Some("50.0000"), None),
        ]
    );
    let moved = changes.events[0].moved_m.unwrap().0;
    assert!((moved - 4000.0).abs() < 0.1, "{moved}");
}

#[test]
fn another_state_and_another_holder_are_told_where_the_right_did_not_move() {
    let old = right("R", rectangle(0.0, 0.0, 1.0, 1.0), "tramite");
    let mut new = right("R", rectangle(0.0, 0.0, 1.0, 1.0), "titulado");
    new.attributes.set("holder", Value::Text("Otro Titular".into()));
    assert_eq!(
        told(&between(&subject(), &[old], &[new])),
        [
            (
                ChangeKind::Status,
                "R",
                Some("tramite (tramite)"),
                Some("titulado (titulado)")
            ),
            (ChangeKind::Holder, "R", Some("Titular Sintético"), Some("Otro Titular")),
        ]
    );
}

#[test]
fn no_changes_is_a_statement_with_its_editions_and_a_series_without_one_is_not_compared() {
    let (before, after) = (edition(1), edition(2));
    let rights = [right("R", rectangle(0.0, 0.0, 1.0, 1.0), "titulado")];
    let same = between(&subject(), &rights, &rights);
    assert!(same.events.is_empty() && same.compared.len() == 1 && same.compared[0].is_compared());
    let appeared = EditionPair {
        after: Some(&after),
        news: rights.iter().collect(),
        ..EditionPair::default()
    };
    let ended = EditionPair {
        before: Some(&before),
        olds: rights.iter().collect(),
        ..EditionPair::default()
    };
    let changes = changes(&subject(), &[appeared, ended], times(), Metres(1.0));
    assert!(
        changes.events.is_empty(),
        "a layer that nobody had before is not full of new rights"
    );
    assert_eq!(changes.compared.iter().filter(|one| one.is_compared()).count(), 0);
    assert_eq!(changes.compared.len(), 2);
}

#[test]
fn the_subjects_own_limit_is_told_with_its_whole_area() {
    let communities = |ordinal: u32| EditionMeta {
        sha256: ordinal.to_string().repeat(64),
        ..meta(LayerKind::Communities, &format!("communities-prueba-{ordinal}"))
    };
    let (before, after) = (communities(1), communities(2));
    let (old, new) = (
        feature("c-1", rectangle(0.0, 0.0, 2.0, 2.0), &[("name", "El Tingo")]),
        feature("c-1", rectangle(0.0, 0.0, 2.0, 2.1), &[("name", "El Tingo")]),
    );
    let subject = Subject::feature(LayerKind::Communities, &after, &new, None).unwrap();
    let pair = EditionPair {
        before: Some(&before),
        after: Some(&after),
        olds: vec![&old],
        news: vec![&new],
    };
    let changes = changes(&subject, &[pair], times(), Metres(1.0));
    assert_eq!(
        told(&changes),
        [(ChangeKind::Geometry, "c-1", Some("400.0000"), Some("420.0000"))]
    );
}

fn filed(key: &str, west: f64, group: &str, day: Option<&str>) -> Feature {
    let mut right = right(key, rectangle(west, 0.0, 1.0, 1.0), group);
    if let Some(day) = day {
        right.attributes.set("filed_at", Value::Date(day.parse().unwrap()));
    }
    right
}

#[test]
fn the_series_cumulates_the_union_of_live_rights_and_begins_with_those_without_a_date() {
    let rights = [
        filed("a", 0.0, "titulado", Some("1998-05-04")),
        filed("b", 0.5, "tramite", Some("2011-01-01")),
        filed("c", 0.5, "titulado", Some("2011-12-31")),
        filed("d", 1.5, "titulado", None),
        filed("e", 0.0, "extinguido", Some("1970-01-01")),
        filed("f", 1.999, "titulado", Some("1960-01-01")),
    ];
    let meta = edition(1);
    let layer = around(LayerKind::Concessions, &meta, CoverageArea::National, &rights);
    let report = check(
        &subject(),
        &surroundings(vec![layer]),
        &book(),
        as_of(),
        CheckOptions::default(),
    );
    let told: Vec<_> = report
        .series
        .iter()
        .map(|s| (s.year, s.count, s.union_ha.to_string()))
        .collect();
    assert_eq!(
        told,
        [
            (None, 1, "50.0000".to_owned()),
            (Some(1998), 1, "150.0000".to_owned()),
            (Some(2011), 2, "200.0000".to_owned()),
        ],
        "the extinct one and the one that only grazes the limit are not in it"
    );
    let vigente = report.totals.iter().find(|total| total.group == "vigente").unwrap();
    assert_eq!(vigente.union_ha, report.series.last().unwrap().union_ha);
    assert_eq!(vigente.count, report.series.iter().map(|s| s.count).sum::<usize>());
    assert!(
        report
            .series
            .iter()
            .all(|s| s.group == "vigente" && s.layer == LayerKind::Concessions)
    );
}
