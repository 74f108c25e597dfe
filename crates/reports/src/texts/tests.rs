//! Every sentence that the code asks for exists, and none says what it must not.

use super::*;
use crate::csv_text::code;
use conflicts::{Class as C, LayerState as L, Precedence as P, Relation as R, Severity as S};
use std::{fs, path::Path};
use territory::{ChangeKind as X, LayerKind, RepairKind as K};

/// The source of the renderings, and of the server's pages, without white space, so that an id may stand on the line after its call.
fn sources(folder: &Path, all: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.split("#[cfg(test)]").next().unwrap_or_default();
            all.push(code.split_whitespace().collect());
        }
    }
}

/// Every id that follows a call that says it.
fn asked(source: &str) -> Vec<String> {
    let calls = ["say(\"", "fill(\"", "text(tell,\"", "text(&tell,\""];
    let found = calls.iter().flat_map(|call| {
        source
            .match_indices(call)
            .map(move |(at, _)| source[at + call.len()..].split('"').next().unwrap().to_owned())
    });
    found.collect()
}

/// Those of the pages of the server.
fn joined_ids_of_pages() -> Vec<String> {
    let mut ids = Vec::new();
    ids.extend(["feature", "change", "before", "after"].map(|column| format!("changes-col-{column}")));
    ids.extend(["accepted", "running", "successful", "failed", "dismissed"].map(|status| format!("job-{status}")));
    for input in [
        "feature", "land", "form", "lang", "audience", "crs", "name", "zone", "slivers", "valid-at", "known-at",
        "since", "keep",
    ] {
        ids.extend([format!("input-{input}"), format!("input-{input}-about")]);
    }
    ids
}

/// The ids that are joined from a stem and a code.
fn joined_ids() -> Vec<String> {
    let mut ids: Vec<String> = LayerKind::ALL.iter().map(|layer| format!("layer-{layer}")).collect();
    ids.extend((1..=12).map(|month| format!("month-{month}")));
    ids.extend([L::Consulted, L::Partial, L::NoData, L::NotConsulted].map(|state| format!("state-{}", code(&state))));
    ids.extend(
        [R::Within, R::Covers, R::Overlaps, R::Touches, R::Near]
            .map(|relation| format!("relation-{}", code(&relation))),
    );
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
    let legends = [
        include_str!("../../../../config/symbology/report.toml"),
        include_str!("../../../../config/symbology/water.toml"),
    ];
    let legend = |line: &str| line.strip_prefix("legend = \"")?.strip_suffix('"').map(str::to_owned);
    ids.extend(legends.into_iter().flat_map(str::lines).filter_map(legend));
    for field in crate::tables::field_names() {
        ids.extend([format!("field-{field}"), format!("field-{field}-words")]);
    }
    ids.extend(joined_ids_of_pages());
    for sheet in crate::tables::SHEETS {
        ids.extend([format!("sheet-{sheet}"), format!("sheet-{sheet}-words")]);
    }
    for table in [
        "subject",
        "findings",
        "roces",
        "lines_points",
        "features",
        "layers",
        "report",
    ] {
        ids.extend([format!("table-{table}"), format!("table-{table}-words")]);
    }
    ids.extend((1..=12).map(|month| format!("spoken-month-{month}")));
    for area in ["declared", "utm", "geodesic"] {
        ids.extend([format!("area-{area}"), format!("area-{area}-words")]);
    }
    ids.extend([P::Prior, P::Later, P::Undetermined].map(|order| format!("precedence-{}", code(&order))));
    ids.extend([C::Firme, C::Probable, C::Dudoso, C::Roce].map(|class| format!("class-{}", code(&class))));
    let changes = [X::New, X::Gone, X::Status, X::Holder, X::Geometry, X::Attributes];
    ids.extend(changes.map(|change| format!("change-{}", code(&change))));
    for word in crate::parts::method::WORDS {
        ids.extend([format!("word-{word}"), format!("word-{word}-words")]);
    }
    for column in [
        "edition",
        "layer",
        "publisher",
        "valid-from",
        "published",
        "features",
        "key",
        "public-key",
        "use",
        "name",
        "place",
        "check",
        "meaning",
        "type",
    ] {
        ids.push(format!("page-col-{column}"));
    }
    ids.extend(
        ["number", "integer", "boolean", "date", "moment", "text", "geometry"].map(|kind| format!("type-{kind}")),
    );
    // fields of layers have whatever names profiles give them
    ids.extend(ids_of(ES).into_iter().filter(|id| id.starts_with("attribute-")));
    ids
}

fn code_of_renderings() -> Vec<String> {
    let mut all = Vec::new();
    for folder in ["src", "../server/src"] {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut all);
    }
    // the symbology names the words of its legends
    all.extend([
        include_str!("../../../../config/symbology/report.toml").to_owned(),
        include_str!("../../../../config/symbology/layers.toml").to_owned(),
    ]);
    all
}

#[test]
fn every_sentence_that_the_code_asks_for_exists_in_spanish() {
    let mut ids = joined_ids();
    ids.extend(code_of_renderings().iter().flat_map(|source| asked(source)));
    assert!(ids.len() > 200, "only {} ids were found in the code", ids.len());
    let missing: Vec<&String> = ids.iter().filter(|id| !Texts::of(Lang::Es).has(id)).collect();
    assert!(missing.is_empty(), "config/text/es lacks {missing:?}");
}

#[test]
fn every_file_parses_whole_and_no_language_has_a_sentence_of_its_own() {
    for source in ES.iter().chain(&[ES_SPOKEN]).chain(EN).chain(QU) {
        let faults = FluentResource::try_new((*source).to_owned()).err();
        let faults = faults.map(|(_, faults)| faults);
        assert!(faults.is_none(), "{faults:?} in {source}");
    }
    let spanish = ids_of(ES);
    for id in ids_of(EN).into_iter().chain(ids_of(QU)) {
        assert!(spanish.contains(&id), "«{id}» is not in Spanish");
    }
}

#[test]
fn no_id_is_given_twice() {
    let spanish = [ES, &[ES_SPOKEN]].concat();
    for sources in [&spanish, EN, QU] {
        let mut ids = ids_of(sources);
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
}

#[test]
fn english_says_everything_itself_and_somebody_reviewed_it() {
    let (english, spanish) = (Texts::of(Lang::En), ids_of(ES));
    let lacking: Vec<&String> = spanish.iter().filter(|id| !english.has(id)).collect();
    assert!(
        lacking.is_empty(),
        "translate or review again (cargo run -p reports --example review): {lacking:?}"
    );
    assert!(english.whole() && !Texts::of(Lang::Qu).whole());
}

#[test]
fn a_sentence_of_the_rulebook_is_said_in_english_where_somebody_reviewed_it() {
    let spanish = "No se consultó qué derechos están aguas arriba.";
    assert!(Texts::of(Lang::En).quote(spanish).text.starts_with("Which rights"));
    let other = Texts::of(Lang::En).quote("Otra frase.");
    assert_eq!((other.text.as_str(), other.lang), ("Otra frase.", Some("es")));
    assert_eq!(Texts::of(Lang::Es).quote(spanish).lang, None);
}

#[test]
fn an_unreviewed_language_says_it_in_spanish_and_marks_it() {
    let said = Texts::of(Lang::Qu).said("answer-heading", &[]);
    assert_eq!((said.text.as_str(), said.lang), ("La respuesta", Some("es")));
}

#[test]
fn every_sentence_is_asked_for() {
    let (code, joined) = (code_of_renderings(), joined_ids());
    let named = |id: &String| code.iter().any(|source| source.contains(&format!("\"{id}\"")));
    let idle: Vec<String> = ids_of(ES)
        .into_iter()
        .chain(ids_of(&[ES_SPOKEN]))
        .filter(|id| !named(id) && !joined.contains(id))
        .collect();
    assert!(idle.is_empty(), "no code says {idle:?}");
}

#[test]
fn an_unknown_language_gets_the_list() {
    let unknown = "fr".parse::<Lang>().expect_err("there is no French");
    assert_eq!(
        unknown.sentence_es(),
        "No hay informes en el idioma «fr». Los idiomas son: es, qu, en."
    );
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
    let text = (ES.concat() + ES_SPOKEN)
        .to_lowercase()
        .replace(|c: char| !c.is_alphanumeric(), " ");
    for word in words {
        assert!(
            !format!(" {text} ").contains(&format!(" {word} ")),
            "«{word}» is in config/text/es"
        );
    }
}

#[test]
fn a_language_without_a_sentence_says_it_in_spanish() {
    assert_eq!(Texts::of(Lang::En).say("skip"), "Skip to content");
    let texts = Texts::parse(Lang::En, &["skip = Skip"], Reviews::default());
    assert_eq!(texts.say("answer-heading"), "La respuesta");
}

#[test]
fn one_is_said_otherwise_than_many() {
    let texts = Texts::of(Lang::Es);
    let say = |count: usize| texts.fill("grazes", &[("count", count.into()), ("n", count.to_string().into())]);
    assert!(say(0).starts_with("Ningún") && say(1).starts_with("Un elemento") && say(3).starts_with("3 elementos"));
}

fn ids_of(sources: &[&str]) -> Vec<String> {
    review::entries(sources).into_iter().map(|(id, _)| id).collect()
}
