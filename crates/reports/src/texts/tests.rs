//! Every sentence that the code asks for exists, and none says what it must not.

use super::*;
use crate::csv_text::code;
use conflicts::{LayerState as L, Relation as R, Severity as S};
use std::{fs, path::Path};
use territory::{LayerKind, RepairKind as K};

/// Every id that follows `say("`, `fill("` or stands alone as a text of an id's shape in the code of renderings.
fn ids_in_code(folder: &Path, ids: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            ids_in_code(&path, ids);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            // an id may stand on the line after its call
            let source: String = fs::read_to_string(&path).unwrap().split_whitespace().collect();
            for call in [
                "say(\"",
                "fill(\"",
                "\"findings-",
                "\"roces-",
                "\"findings-caption",
                "\"roces-caption",
                "\"col-",
                "\"open-",
                "\"method-",
                "\"rights-",
                "\"other-layer",
                "\"region-",
            ] {
                for (at, _) in source.match_indices(call) {
                    let start = at + call.find('"').unwrap() + 1;
                    let id = source[start..].split('"').next().unwrap();
                    if !id.contains('{') {
                        ids.push(id.to_owned());
                    }
                }
            }
        }
    }
}

/// The ids that are joined from a stem and a code.
fn joined_ids() -> Vec<String> {
    let mut ids: Vec<String> = LayerKind::ALL.iter().map(|layer| format!("layer-{layer}")).collect();
    ids.extend((1..=12).map(|month| format!("month-{month}")));
    ids.extend([L::Consulted, L::Partial, L::NoData, L::NotConsulted].map(|state| format!("state-{}", code(&state))));
    ids.extend([R::Within, R::Covers, R::Overlaps, R::Touches].map(|relation| format!("relation-{}", code(&relation))));
    let severities = [S::Critico, S::Alto, S::Medio, S::Bajo, S::Informativo];
    ids.extend(severities.map(|severity| format!("severity-{}", code(&severity))));
    let repairs = [
        K::ClosedRing,
        K::DroppedRepeats,
        K::DroppedRing,
        K::CutSpike,
        K::TurnedRing,
        K::SplitCrossing,
        K::MendedHoles,
        K::JoinedParts,
        K::AbsorbedShell,
    ];
    ids.extend(repairs.map(|kind| format!("repair-{}", code(&kind))));
    for group in ["titulado", "tramite", "extinguido", "otros"] {
        ids.extend([format!("group-{group}"), format!("count-{group}")]);
    }
    ids.extend(["vigente", "todos"].map(|group| format!("group-{group}")));
    ids.extend(["complete", "incomplete"].map(|standing| format!("standing-{standing}")));
    ids.extend(["firme", "probable", "dudoso", "roce"].map(|class| format!("region-class-{class}")));
    ids.extend(
        [
            "rejected-rows",
            "repaired-rows",
            "undeclared-coverage",
            "unknown-deviation",
            "declared-differs",
            "declared-missing",
            "shared-key",
            "undated",
        ]
        .map(|kind| format!("region-quality-{kind}")),
    );
    for area in ["declared", "utm", "geodesic"] {
        ids.extend([format!("area-{area}"), format!("area-{area}-words")]);
    }
    ids
}

fn all_ids() -> Vec<String> {
    let mut ids = joined_ids();
    ids_in_code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut ids);
    ids
}

#[test]
fn every_sentence_that_the_code_asks_for_exists_in_spanish() {
    let ids = all_ids();
    assert!(ids.len() > 120, "only {} ids were found in the code", ids.len());
    let missing: Vec<&String> = ids.iter().filter(|id| !Texts::of(Lang::Es).has(id)).collect();
    assert!(missing.is_empty(), "config/text/es/report.ftl lacks {missing:?}");
}

#[test]
fn both_files_parse_whole_and_english_has_no_sentence_of_its_own() {
    for (name, source) in [("es", ES), ("en", EN)] {
        let faults = FluentResource::try_new(source.to_owned())
            .err()
            .map(|(_, faults)| faults);
        assert!(faults.is_none(), "config/text/{name}/report.ftl: {faults:?}");
    }
    let extra: Vec<&str> = ids_of(EN)
        .into_iter()
        .filter(|id| !Texts::of(Lang::Es).has(id))
        .collect();
    assert!(extra.is_empty(), "only in English: {extra:?}");
}

#[test]
fn every_sentence_is_asked_for() {
    let used = all_ids();
    let idle: Vec<&str> = ids_of(ES)
        .into_iter()
        .filter(|id| !used.iter().any(|known| known == id))
        .collect();
    assert!(idle.is_empty(), "no code says {idle:?}");
}

#[test]
fn no_sentence_holds_a_forbidden_word() {
    let rules = include_str!("../../../../config/rules/2026-1/rulebook.toml");
    let line = rules
        .lines()
        .find(|line| line.starts_with("forbidden"))
        .expect("the rulebook lists the words");
    let words: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
    assert!(words.len() > 5, "{words:?}");
    let text = ES.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " ");
    for word in words {
        assert!(
            !format!(" {text} ").contains(&format!(" {word} ")),
            "«{word}» is in config/text/es/report.ftl"
        );
    }
}

#[test]
fn a_language_without_a_sentence_says_it_in_spanish() {
    assert_eq!(Texts::of(Lang::En).say("skip"), "Skip to content");
    let texts = Texts::parse(Lang::En, "skip = Skip");
    assert_eq!(texts.say("answer-heading"), "La respuesta");
}

#[test]
fn one_is_said_otherwise_than_many() {
    let texts = Texts::of(Lang::Es);
    let say = |count: usize| texts.fill("grazes", &[("count", count.into()), ("n", count.to_string().into())]);
    assert!(say(0).starts_with("Ningún") && say(1).starts_with("Un elemento") && say(3).starts_with("3 elementos"));
}

fn ids_of(source: &str) -> Vec<&str> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" ="))
        .map(|(id, _)| id)
        .collect()
}
