//! A rulebook that does not hold together is refused, with file, entry, key, value and the mend.

use crate::common::{files, files_of};
use conflicts::{Fault, FaultKind, Rulebook};

/// The faults of a version after replacing a text in a file.
fn faults_of(version: &str, (file, from, to): (&str, &str, &str)) -> Vec<Fault> {
    let mut files = files_of(version);
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(from), "the test looks for «{from}» in {file}");
    *text = text.replacen(from, to, 1);
    Rulebook::parse(&files).err().map(|error| error.0).unwrap_or_default()
}

#[test]
fn the_shipped_rulebooks_have_no_faults() {
    for version in ["2026-1", "2026-2", "anterior"] {
        assert_eq!(Rulebook::parse(&files_of(version)).err(), None, "{version}");
    }
}

#[test]
fn a_missing_file_is_named_with_all_the_others() {
    let mut files = files();
    files.remove("norms.toml");
    files.remove("texts.toml");
    let error = Rulebook::parse(&files).unwrap_err();
    assert!(error.0.iter().all(|fault| fault.kind == FaultKind::MissingFile));
    let sentence = error.sentence_es();
    assert!(sentence.contains("norms.toml: falta el archivo"), "{sentence}");
    assert!(sentence.contains("texts.toml"), "{sentence}");
}

/// Replaces a text of the version in force now, and says what must be found: file, entry, key, value.
type Case = (FaultKind, (&'static str, &'static str, &'static str), [&'static str; 4]);

const HEAD: &str = "rulebook.toml";
const LAYERS: &str = "layers.toml";
const RULES: &str = "rules.toml";
const NORMS: &str = "norms.toml";
const TEXTS: &str = "texts.toml";

const CASES: [Case; 36] = [
    (
        FaultKind::UnknownKey,
        (HEAD, "min_area_ha", "min_aera_ha"),
        [HEAD, "línea 9", "min_aera_ha", "min_aera_ha = 0.1"],
    ),
    (
        FaultKind::MissingKey,
        (
            HEAD,
            "title = \"Reglas de superposición de derechos sobre el territorio, segunda versión\"\n",
            "",
        ),
        [HEAD, "línea 1", "title", ""],
    ),
    (
        FaultKind::Unreadable,
        (HEAD, "min_area_ha = 0.1", "min_area_ha = \"mucho\""),
        [HEAD, "línea 9", "min_area_ha", "mucho"],
    ),
    (
        FaultKind::Unreadable,
        (HEAD, "2026-11-21", "2026-13-21"),
        [HEAD, "línea 5", "in_force_from", "2026-13-21"],
    ),
    (
        FaultKind::UnknownFormat,
        (HEAD, "format = 2", "format = 3"),
        [HEAD, "", "format", "3"],
    ),
    (
        FaultKind::EndsBeforeBegins,
        (
            HEAD,
            "in_force_from = \"2026-11-21\"",
            "in_force_from = \"2026-11-21\"\nin_force_until = \"2026-11-21\"",
        ),
        [HEAD, "", "in_force_until", "2026-11-21"],
    ),
    (
        FaultKind::BadNumber,
        (HEAD, "min_width_m = 15.0", "min_width_m = -15.0"),
        [HEAD, "slivers", "min_width_m", "-15"],
    ),
    (
        FaultKind::NoReason,
        (
            HEAD,
            "given_sigma_reason = \"convención: un",
            "given_sigma_reason = \" \"\n#",
        ),
        [HEAD, "uncertainty", "given_sigma_m", "10"],
    ),
    (
        FaultKind::NoReason,
        (
            HEAD,
            "tolerance_reason = \"convención: menos",
            "tolerance_reason = \"\"\n#",
        ),
        [HEAD, "changes", "tolerance_m", "1"],
    ),
    (
        FaultKind::BadNumber,
        (LAYERS, "near_m = 1000.0", "near_m = 0.0"),
        [LAYERS, "protected-areas", "near_m", "0"],
    ),
    (
        FaultKind::NoReason,
        (LAYERS, "near_reason = \"convención: un área", "# \""),
        [LAYERS, "protected-areas", "near_m", "1000"],
    ),
    (
        FaultKind::NoReason,
        (LAYERS, "reason = \"dónde queda\"", "reason = \"\""),
        [LAYERS, "districts", "reason", ""],
    ),
    (
        FaultKind::Twice,
        (LAYERS, "id = \"districts\"", "id = \"rivers\""),
        [LAYERS, "layer", "id", "rivers"],
    ),
    (
        FaultKind::UnknownLayer,
        (LAYERS, "id = \"hazards\"", "id = \"projects\""),
        [RULES, "peligro", "layer", "hazards"],
    ),
    (
        FaultKind::NoRule,
        (LAYERS, "id = \"hazards\"", "id = \"projects\""),
        [LAYERS, "projects", "", ""],
    ),
    (
        FaultKind::NoRule,
        (RULES, "group = \"otros\"", "group = \"extinguido\""),
        [LAYERS, "concessions", "group", "otros"],
    ),
    (
        FaultKind::NeverReached,
        (RULES, "group = \"otros\"", "group = \"extinguido\""),
        [RULES, "concesion-otros", "layer", "concesion-extinguida"],
    ),
    (
        FaultKind::Twice,
        (RULES, "id = \"comunidad\"", "id = \"zee\""),
        [RULES, "rule", "id", "zee"],
    ),
    (
        FaultKind::Twice,
        (NORMS, "id = \"ana\"", "id = \"gore\""),
        [NORMS, "authority", "id", "gore"],
    ),
    (
        FaultKind::UnknownGroup,
        (RULES, "group = \"tramite\"", "group = \"tramitado\""),
        [RULES, "concesion-en-tramite", "group", "tramitado"],
    ),
    (
        FaultKind::UnknownNorm,
        (RULES, "\"ley-24656\"", "\"ley-0\""),
        [RULES, "comunidad", "norms", "ley-0"],
    ),
    (
        FaultKind::UnknownAuthority,
        (RULES, "\"sernanp\"", "\"sernan\""),
        [RULES, "anp-uso-indirecto", "authority", "sernan"],
    ),
    (
        FaultKind::RepealedNorm,
        (
            NORMS,
            "in_force_from = \"1987-04-14\"",
            "in_force_from = \"1987-04-14\"\nin_force_until = \"2027-01-01\"",
        ),
        [RULES, "comunidad", "norms", "ley-24656"],
    ),
    (
        FaultKind::LaterNorm,
        (
            NORMS,
            "in_force_from = \"1987-04-14\"",
            "in_force_from = \"2026-12-01\"",
        ),
        [RULES, "comunidad", "norms", "ley-24656"],
    ),
    (
        FaultKind::Unused,
        (RULES, "norms = [\"ley-24656\"]\n", ""),
        [NORMS, "norm", "id", "ley-24656"],
    ),
    (
        FaultKind::MissingKey,
        (NORMS, "title = \"qué es una comunidad campesina\"\n", ""),
        [NORMS, "ley-24656", "title", ""],
    ),
    (
        FaultKind::MissingKey,
        (NORMS, "ask = \"la faja marginal", "# \""),
        [NORMS, "ana", "ask", ""],
    ),
    (
        FaultKind::StepGap,
        (RULES, "at_least = 0.0", "at_least = 0.01"),
        [RULES, "concesion-titulada", "steps", "0.01"],
    ),
    (
        FaultKind::StepOrder,
        (RULES, "at_least = 0.5", "at_least = 0.05"),
        [RULES, "concesion-titulada", "steps", "0.05, 0.1"],
    ),
    (
        FaultKind::BadNumber,
        (RULES, "at_least = 0.5", "at_least = 50"),
        [RULES, "concesion-titulada", "steps", "50"],
    ),
    (
        FaultKind::NoReason,
        (RULES, "reason = \"describe la tierra\"", "reason = \"\""),
        [RULES, "capacidad", "steps", "0"],
    ),
    (
        FaultKind::UnknownPlace,
        (RULES, "{ha} ha: {percent}", "{area} ha: {percent}"),
        [RULES, "concesion-titulada", "explain", "area"],
    ),
    (
        FaultKind::UnknownPlace,
        (RULES, "{ha} ha: {percent}", "{distance} ha: {percent}"),
        [RULES, "concesion-titulada", "explain", "distance"],
    ),
    (
        FaultKind::ForbiddenWord,
        (TEXTS, "no figure no significa", "no figure es ilegal y no significa"),
        [TEXTS, "limits", "no-data", "ilegal"],
    ),
    (
        FaultKind::NoApprovedWord,
        (RULES, "uso mayor {name} roza", "uso mayor {name} toca"),
        [RULES, "capacidad", "explain_touch", "toca"],
    ),
    (
        FaultKind::UnknownSentence,
        (TEXTS, "no-water =", "sin-agua =\"x\"\nno-water ="),
        [TEXTS, "limits", "sin-agua", ""],
    ),
];

#[test]
fn each_fault_names_file_entry_key_value_and_the_mend() {
    for (kind, change, [file, entry, key, value]) in CASES {
        let faults = faults_of("2026-2", change);
        let found = faults.iter().find(|fault| {
            fault.kind == kind
                && fault.file == file
                && fault.entry.contains(entry)
                && fault.key.contains(key)
                && fault.value.contains(value)
        });
        let found = found.unwrap_or_else(|| panic!("{kind:?} after {change:?} is not among {faults:#?}"));
        let sentence = found.sentence_es();
        for part in [file, entry, key, value] {
            assert!(sentence.contains(part), "«{part}» is not in: {sentence}");
        }
        assert!(
            sentence.matches('.').count() >= 2,
            "a mend follows the fault: {sentence}"
        );
    }
}

#[test]
fn what_newer_books_owe_is_not_asked_of_the_first() {
    let without = faults_of("2026-2", ("rules.toml", "explain_touch = \"El petitorio", "# \""));
    assert_eq!(without.len(), 1, "{without:?}");
    assert_eq!(
        (without[0].kind, without[0].key.as_str()),
        (FaultKind::NoSentence, "explain_touch")
    );
    let first = Rulebook::parse(&files()).unwrap();
    assert_eq!(first.format, 1);
    assert!(first.rules.iter().all(|rule| rule.explain_touch.is_none()));
}

#[test]
fn the_sections_of_a_newer_book_are_asked_for() {
    let mut files = files_of("2026-2");
    let text = files.get_mut("rulebook.toml").unwrap();
    let (from, to) = (text.find("[uncertainty]").unwrap(), text.find("[words]").unwrap());
    text.replace_range(from..to, "");
    let error = Rulebook::parse(&files).unwrap_err();
    let keys: Vec<&str> = error.0.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["[uncertainty]", "[changes]"]);
}

#[test]
fn a_layer_asked_for_nearness_needs_the_sentence() {
    let without = faults_of("2026-2", ("rules.toml", "explain_near = \"El área urbana", "# \""));
    assert_eq!(
        (without[0].kind, without[0].entry.as_str()),
        (FaultKind::NoSentence, "zona-urbana")
    );
}

#[test]
fn another_text_is_another_hash() {
    let mut changed = files();
    let text = changed.get_mut("texts.toml").unwrap();
    *text = text.replacen("Este informe es informativo", "Este documento es informativo", 1);
    assert_ne!(
        Rulebook::parse(&files()).unwrap().sha256,
        Rulebook::parse(&changed).unwrap().sha256
    );
}

#[test]
fn the_first_version_in_force_is_not_edited() {
    let book = Rulebook::parse(&files()).unwrap();
    assert_eq!(
        book.sha256,
        "41724e28e927b5a9232f5eab1813aa81a036d54dbf6a18c8d531b9da77204c68"
    );
}
