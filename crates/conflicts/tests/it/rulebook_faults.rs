//! A rulebook that does not hold together is refused, with the place.

use crate::common::files;
use conflicts::{Rulebook, RulebookError};

/// The faults after replacing a text in a file.
fn faults(file: &str, from: &str, to: &str) -> String {
    let mut files = files();
    let text = files.get_mut(file).unwrap();
    assert!(text.contains(from), "the test looks for «{from}» in {file}");
    *text = text.replacen(from, to, 1);
    match Rulebook::parse(&files) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn the_shipped_rulebook_has_no_faults() {
    assert!(Rulebook::parse(&files()).is_ok());
}

#[test]
fn a_missing_file_is_named() {
    let mut files = files();
    files.remove("norms.toml");
    assert_eq!(
        Rulebook::parse(&files).unwrap_err(),
        RulebookError::Missing { file: "norms.toml" }
    );
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    let error = faults("rulebook.toml", "min_area_ha", "min_aera_ha");
    assert!(
        error.contains("rulebook.toml") && error.contains("min_aera_ha"),
        "{error}"
    );
}

#[test]
fn dangling_ids_are_found() {
    assert!(faults("rules.toml", "\"ley-24656\"", "\"ley-0\"").contains("norm «ley-0» is not in norms.toml"));
    assert!(faults("rules.toml", "\"sernanp\"", "\"sernan\"").contains("authority «sernan»"));
    assert!(faults("rules.toml", "group = \"tramite\"", "group = \"tramitado\"").contains("group «tramitado»"));
}

#[test]
fn a_gap_in_the_steps_is_found() {
    assert!(faults("rules.toml", "at_least = 0.0", "at_least = 0.01").contains("the last must begin at 0"));
}

#[test]
fn a_layer_without_a_rule_is_found() {
    assert!(faults("rules.toml", "layer = \"hazards\"", "layer = \"urban\"").contains("hazards"));
}

#[test]
fn a_repealed_norm_is_found() {
    let error = faults(
        "norms.toml",
        "in_force_from = \"1987-04-14\"",
        "in_force_from = \"1987-04-14\"\nin_force_until = \"2001-01-01\"",
    );
    assert!(error.contains("«ley-24656» was repealed"), "{error}");
}

#[test]
fn a_severity_without_its_reason_is_found() {
    assert!(faults("rules.toml", "reason = \"describe la tierra\"", "reason = \"\"").contains("without its reason"));
}

#[test]
fn forbidden_words_are_found() {
    assert!(
        faults(
            "texts.toml",
            "no figure no significa",
            "no figure es ilegal y no significa"
        )
        .contains("forbidden word «ilegal»")
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
