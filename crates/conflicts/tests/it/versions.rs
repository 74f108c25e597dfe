//! Several versions: which is for a day, what may not be between them, and in what they differ.

use crate::common::{around, as_of, files_of, meta, rectangle, right, subject, surroundings};
use conflicts::{
    CheckOptions, CoverageArea, Difference, DifferenceKind, FaultKind, NormBasis, Precedence, Rulebook, RulebookError,
    Severity, Shelf, Subject, check, differences,
};
use std::collections::BTreeMap;
use territory::{Feature, LayerKind, Value};

type Folders = BTreeMap<String, BTreeMap<String, String>>;

fn folders() -> Folders {
    let shipped = ["2026-1", "2026-2", "anterior"];
    shipped
        .into_iter()
        .map(|version| (version.to_owned(), files_of(version)))
        .collect()
}

/// The shipped versions after replacing a text of the head of one.
fn with_head(version: &str, from: &str, to: &str) -> Result<Shelf, RulebookError> {
    let mut folders = folders();
    let text = folders.get_mut(version).unwrap().get_mut("rulebook.toml").unwrap();
    assert!(text.contains(from), "the test looks for «{from}»");
    *text = text.replacen(from, to, 1);
    Shelf::parse(&folders)
}

#[test]
fn the_version_for_a_day_is_the_latest_that_began() {
    let shelf = Shelf::parse(&folders()).unwrap();
    for (day, id) in [
        ("1800-01-01", "antes-de-2026"),
        ("1990-01-01", "antes-de-2026"),
        ("2025-12-31", "antes-de-2026"),
        ("2026-01-01", "2026-1"),
        ("2026-05-01", "2026-1"),
        ("2026-11-20", "2026-1"),
        ("2026-11-21", "2026-2"),
        ("2030-01-01", "2026-2"),
    ] {
        assert_eq!(shelf.in_force(day.parse().unwrap()).id, id, "{day}");
    }
    let first = shelf.book("2026-1").unwrap();
    assert_eq!(shelf.end_of(first), Some("2026-11-21".parse().unwrap()));
    assert_eq!(shelf.end_of(shelf.book("2026-2").unwrap()), None);
}

#[test]
fn one_book_alone_is_for_any_day() {
    let shelf = Shelf::of(Rulebook::parse(&files_of("2026-2")).unwrap());
    assert_eq!(shelf.in_force("1990-01-01".parse().unwrap()).id, "2026-2");
}

#[test]
fn gaps_overlaps_and_twins_between_versions_are_named_with_their_folder() {
    for (version, from, to, kind) in [
        (
            "anterior",
            "in_force_until = \"2026-01-01\"",
            "in_force_until = \"2025-12-31\"",
            FaultKind::TimeGap,
        ),
        (
            "anterior",
            "in_force_until = \"2026-01-01\"",
            "in_force_until = \"2026-01-02\"",
            FaultKind::TimeOverlap,
        ),
        (
            "2026-2",
            "in_force_from = \"2026-11-21\"",
            "in_force_from = \"2026-01-01\"",
            FaultKind::SameStart,
        ),
        ("2026-2", "id = \"2026-2\"", "id = \"2026-1\"", FaultKind::SameId),
        ("2026-2", "format = 2", "format = 7", FaultKind::UnknownFormat),
    ] {
        let error = with_head(version, from, to).unwrap_err();
        let found = error.0.iter().find(|fault| fault.kind == kind);
        let found = found.unwrap_or_else(|| panic!("{kind:?} is not among {error:?}"));
        assert!(
            found.sentence_es().contains(&format!("{}/rulebook.toml", found.book)),
            "{}",
            found.sentence_es()
        );
    }
    assert_eq!(
        Shelf::parse(&Folders::new()).unwrap_err().0[0].kind,
        FaultKind::NoVersion
    );
}

#[test]
fn a_norm_may_end_when_the_next_version_begins_and_not_before() {
    let ends = |day: &str| {
        let mut folders = folders();
        let norms = folders.get_mut("2026-1").unwrap().get_mut("norms.toml").unwrap();
        let from = "in_force_from = \"1987-04-14\"";
        *norms = norms.replacen(from, &format!("{from}\nin_force_until = \"{day}\""), 1);
        Shelf::parse(&folders).map(|_| ()).map_err(|error| error.0[0].kind)
    };
    assert_eq!(ends("2026-11-21"), Ok(()));
    assert_eq!(ends("2026-11-20"), Err(FaultKind::RepealedNorm));
}

#[test]
fn a_change_in_any_version_changes_the_hash_of_the_shelf() {
    let shelf = Shelf::parse(&folders()).unwrap();
    let other = with_head("anterior", "title = \"Descripción", "title = \"La descripción").unwrap();
    assert_ne!(shelf.sha256(), other.sha256());
}

#[test]
fn differences_name_what_was_added_removed_and_changed() {
    let (one, two) = (
        Rulebook::parse(&files_of("2026-1")).unwrap(),
        Rulebook::parse(&files_of("2026-2")).unwrap(),
    );
    assert_eq!(differences(&one, &one), []);
    let list = differences(&one, &two);
    let find = |part: &str, entry: &str, key: &str| -> &Difference {
        let found = list
            .iter()
            .find(|one| (one.part, one.entry.as_str(), one.key.as_str()) == (part, entry, key));
        found.unwrap_or_else(|| panic!("{part} {entry} {key} is not among {list:#?}"))
    };
    let near = find("layer", "springs", "near_m");
    assert_eq!(
        (near.kind, near.before.as_deref(), near.after.as_deref()),
        (DifferenceKind::Added, None, Some("200"))
    );
    let from = find("book", "rulebook", "in_force_from");
    assert_eq!(
        (from.kind, from.before.as_deref()),
        (DifferenceKind::Changed, Some("2026-01-01"))
    );
    assert_eq!(find("book", "uncertainty", "").kind, DifferenceKind::Added);
    assert_eq!(find("word", "approved: queda a", "").kind, DifferenceKind::Added);
    let back = differences(&two, &one);
    assert_eq!(back.len(), list.len());
    assert!(
        back.iter()
            .any(|one| one.entry == "uncertainty" && one.kind == DifferenceKind::Removed)
    );
}

#[test]
fn every_key_of_a_book_shows_in_the_differences() {
    let two = Rulebook::parse(&files_of("2026-2")).unwrap();
    for (file, from, to, entry) in [
        ("rulebook.toml", "min_area_ha = 0.1", "min_area_ha = 0.2", "slivers"),
        (
            "layers.toml",
            "title = \"Distritos\"",
            "title = \"Los distritos\"",
            "districts",
        ),
        (
            "rules.toml",
            "at_least = 0.5, severity = \"alto\"",
            "at_least = 0.5, severity = \"critico\"",
            "concesion-titulada ≥ 0.5",
        ),
        (
            "rules.toml",
            "queda a {distance} m",
            "está dentro de {distance} m",
            "concesion-titulada",
        ),
        ("norms.toml", "seen = \"excerpt\"", "seen = \"text\"", "ds-087-2004-pcm"),
        ("norms.toml", "y los derechos de uso de agua", "y los usos", "ana"),
        ("texts.toml", "no-water = \"No", "no-water = \"Aún no", "no-water"),
    ] {
        let mut files = files_of("2026-2");
        let text = files.get_mut(file).unwrap();
        *text = text.replacen(from, to, 1);
        let list = differences(&two, &Rulebook::parse(&files).unwrap());
        assert_eq!(list.len(), 1, "{list:#?}");
        assert_eq!((list[0].entry.as_str(), list[0].kind), (entry, DifferenceKind::Changed));
    }
}

fn judge(own: &Subject, feature: &Feature, book: &Rulebook, day: &str) -> conflicts::Report {
    let meta = meta(LayerKind::Concessions, "e");
    let layer = around(
        LayerKind::Concessions,
        &meta,
        CoverageArea::National,
        std::slice::from_ref(feature),
    );
    let as_of = territory::AsOf {
        valid: day.parse().unwrap(),
        ..as_of()
    };
    check(own, &surroundings(vec![layer]), book, as_of, CheckOptions::default())
}

#[test]
fn before_the_first_rulebook_the_report_describes_and_does_not_judge() {
    let shelf = Shelf::parse(&folders()).unwrap();
    let right = right("r", rectangle(0.0, 0.0, 2.0, 2.0), "titulado");
    let severity = |day: &str| {
        let report = judge(&subject(), &right, shelf.in_force(day.parse().unwrap()), day);
        assert!(
            report.limits.iter().all(|limit| limit.kind != "rules-of-another-date"),
            "{day}"
        );
        report.findings[0].severity
    };
    assert_eq!(severity("1990-01-01"), Severity::Informativo);
    assert_eq!(severity("2026-05-01"), Severity::Alto);
}

#[test]
fn a_norm_out_of_force_on_the_day_is_not_cited() {
    let mut files = files_of("2026-2");
    let rules = files.get_mut("rules.toml").unwrap();
    *rules = rules.replacen(
        "norms = [\"ds-020-2020-em\"]",
        "norms = [\"ds-020-2020-em\", \"ds-087-2004-pcm\"]",
        1,
    );
    let book = Rulebook::parse(&files).unwrap();
    let right = right("r", rectangle(0.0, 0.0, 2.0, 2.0), "titulado");
    let cited = |day: &str| {
        let finding = judge(&subject(), &right, &book, day).findings.remove(0);
        (finding.norms.len(), finding.norm_basis)
    };
    assert_eq!(
        cited("2026-12-01"),
        (1, NormBasis::Excerpt),
        "what is second-hand is no norm"
    );
    assert_eq!(cited("2004-12-23"), (0, NormBasis::Convention));
}

#[test]
fn a_right_filed_before_the_recognition_of_a_community_is_prior() {
    let mut feature = right("r", rectangle(0.0, 0.0, 2.0, 2.0), "titulado");
    let book = Rulebook::parse(&files_of("2026-2")).unwrap();
    let own = Subject {
        dated_at: Some("1994-05-01".parse().unwrap()),
        ..subject()
    };
    for (filed, precedence) in [
        (None, Precedence::Undetermined),
        (Some("1990-01-01"), Precedence::Prior),
        (Some("1994-05-01"), Precedence::Undetermined),
        (Some("2001-01-01"), Precedence::Later),
    ] {
        if let Some(day) = filed {
            feature.attributes.set("filed_at", Value::Date(day.parse().unwrap()));
        }
        let report = judge(&own, &feature, &book, "2026-12-01");
        assert_eq!(report.subject.dated_at, own.dated_at);
        assert_eq!(report.findings[0].dated_at, filed.map(|day| day.parse().unwrap()));
        assert_eq!(report.findings[0].precedence, Some(precedence), "{filed:?}");
        assert_eq!(
            report.findings[0].ask.as_deref(),
            Some("el estado actual del derecho, su titular y las coordenadas de su cuadrícula")
        );
    }
}

#[test]
fn the_day_of_a_feature_is_its_layers_own() {
    let land = rectangle(0.0, 0.0, 1.0, 1.0);
    for (layer, field) in [
        (LayerKind::Communities, "recognised_at"),
        (LayerKind::ProtectedAreas, "created_at"),
        (LayerKind::BufferZones, "created_at"),
        (LayerKind::Concessions, "filed_at"),
        (LayerKind::Urban, "date"),
    ] {
        let mut one = crate::common::feature("k", land.clone(), &[]);
        one.attributes.set(field, Value::Date("1994-05-01".parse().unwrap()));
        let own = Subject::feature(layer, &meta(layer, "e"), &one, None).unwrap();
        assert_eq!(own.dated_at, Some("1994-05-01".parse().unwrap()), "{layer}");
    }
}
