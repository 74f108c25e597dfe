//! Which translations somebody reviewed: each mark holds for one Spanish sentence and one translation, letter by letter.

use super::ES;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The marks of a language that hold.
#[derive(Default)]
pub(super) struct Reviews {
    ids: BTreeSet<String>,
    /// Translations of sentences of rulebooks, by the Spanish sentence.
    quoted: BTreeMap<String, String>,
}

impl Reviews {
    /// Reads `id = "day mark"` lines; a mark of another sentence or translation counts for nothing. `rules` has, before each
    /// entry, the Spanish sentence in a comment of its own: `# es: …`.
    pub(super) fn read(marks: &str, sources: &[&str], rules: &str) -> Self {
        let known: BTreeMap<&str, &str> = marks.lines().filter_map(mark_line).collect();
        let spanish: BTreeMap<String, String> = entries(ES).into_iter().collect();
        let holds = |id: &str, es: &str, own: &str| known.get(id).is_some_and(|known| *known == mark(es, own));
        let reviewed = entries(sources).into_iter().filter(|(id, own)| {
            let es = spanish.get(id);
            es.is_some_and(|es| holds(id, es, own))
        });
        let quoted = rule_entries(rules)
            .into_iter()
            .filter(|(id, es, own)| holds(id, es, own));
        Self {
            ids: reviewed.map(|(id, _)| id).collect(),
            quoted: quoted.map(|(_, es, own)| (es, own)).collect(),
        }
    }

    pub(super) fn reviewed(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    pub(super) fn translation(&self, spanish: &str) -> Option<&str> {
        self.quoted.get(spanish).map(String::as_str)
    }
}

/// The messages of Fluent files with all their lines, in their order.
pub(super) fn entries(sources: &[&str]) -> Vec<(String, String)> {
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in sources.iter().flat_map(|source| source.lines()) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            if let Some((id, text)) = line.split_once(" =") {
                entries.push((id.to_owned(), text.trim().to_owned()));
            }
        } else if line.starts_with(' ')
            && let Some((_, text)) = entries.last_mut()
        {
            text.push('\n');
            text.push_str(line);
        }
    }
    entries
}

/// The entries of a file of rules: id, Spanish sentence, translation.
fn rule_entries(source: &str) -> Vec<(String, String, String)> {
    let mut es = "";
    let mut found = Vec::new();
    for line in source.lines() {
        if let Some(sentence) = line.strip_prefix("# es: ") {
            es = sentence;
        } else if let (Some((id, own)), false) = (line.split_once(" = "), line.starts_with('#')) {
            found.push((id.to_owned(), es.to_owned(), own.to_owned()));
        }
    }
    found
}

/// `id = "day mark"`.
fn mark_line(line: &str) -> Option<(&str, &str)> {
    let (id, rest) = line.split_once(" = \"")?;
    let (_, mark) = rest.strip_suffix('"')?.split_once(' ')?;
    Some((id, mark))
}

/// Twelve hexadecimal digits of the SHA-256 of both sentences.
fn mark(es: &str, own: &str) -> String {
    let digest = Sha256::digest(format!("{es}\n\n{own}"));
    digest.iter().take(6).fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    })
}

/// A mark for everything that is written, as of a day.
pub(super) fn lines(sources: &[&str], rules: &str, day: jiff::civil::Date) -> String {
    let spanish: BTreeMap<String, String> = entries(ES).into_iter().collect();
    let own = entries(sources);
    let said = own
        .iter()
        .filter_map(|(id, own)| spanish.get(id).map(|es| (id.clone(), es.clone(), own.clone())));
    let mut out = String::new();
    for (id, es, own) in said.chain(rule_entries(rules)) {
        writeln!(out, "{id} = \"{day} {}\"", mark(&es, &own)).expect("writing to a string does not fail");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_for_one_sentence_and_one_translation() {
        let es = entries(ES).into_iter().find(|(id, _)| id == "skip").map(|(_, es)| es);
        let good = format!("skip = \"2026-11-21 {}\"", mark(&es.unwrap_or_default(), "Skip"));
        assert!(Reviews::read(&good, &["skip = Skip"], "").reviewed("skip"));
        assert!(
            !Reviews::read(&good, &["skip = Skip it"], "").reviewed("skip"),
            "another translation"
        );
        let other = format!("skip = \"2026-11-21 {}\"", mark("Ir a otra parte", "Skip"));
        assert!(
            !Reviews::read(&other, &["skip = Skip"], "").reviewed("skip"),
            "another Spanish sentence"
        );
        assert!(!Reviews::read("", &["skip = Skip"], "").reviewed("skip"), "no mark");
    }

    #[test]
    fn a_sentence_of_a_rulebook_is_found_by_its_spanish_words() {
        let rules = "# es: No se consultó.\nlimit-x = Not consulted.";
        let marks = format!("limit-x = \"2026-11-21 {}\"", mark("No se consultó.", "Not consulted."));
        let reviews = Reviews::read(&marks, &[], rules);
        assert_eq!(reviews.translation("No se consultó."), Some("Not consulted."));
        assert_eq!(reviews.translation("No se consultó"), None);
    }

    #[test]
    fn an_entry_has_all_its_lines() {
        let read = entries(&["# note\na = { $count ->\n    [one] x\n   *[other] y\n }\nb = z"]);
        assert_eq!(read.len(), 2);
        assert!(read[0].1.contains("[other] y") && read[1] == ("b".to_owned(), "z".to_owned()));
    }
}
