//! The files of a rulebook: read, checked, and made one.

use crate::fault::{Fault, FaultKind, RulebookError};
use crate::rulebook::{Authority, ChangeRule, LayerRule, Norm, Rule, Slivers, Uncertainty, Words};
use crate::{Rulebook, lint};
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    id: String,
    title: String,
    #[serde(default = "first_format")]
    format: u8,
    in_force_from: Date,
    in_force_until: Option<Date>,
    slivers: Slivers,
    uncertainty: Option<Uncertainty>,
    changes: Option<ChangeRule>,
    words: Words,
}

fn first_format() -> u8 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layers {
    layer: Vec<LayerRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Norms {
    #[serde(default)]
    norm: Vec<Norm>,
    #[serde(default)]
    authority: Vec<Authority>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    limits: BTreeMap<String, String>,
}

impl Rulebook {
    /// The files that make a rulebook.
    pub const FILES: [&'static str; 5] = ["rulebook.toml", "layers.toml", "rules.toml", "norms.toml", "texts.toml"];

    /// Reads and checks a rulebook from the texts of its files, by file name.
    ///
    /// # Errors
    /// All faults at once: files that are missing or do not read, rules that do not hold together.
    pub fn parse(files: &BTreeMap<String, String>) -> Result<Self, RulebookError> {
        let book = assemble(files)?;
        match lint::faults(&book, book.in_force_until) {
            faults if faults.is_empty() => Ok(book),
            faults => Err(RulebookError(faults)),
        }
    }
}

/// The book with what its lists hold twice refused, and nothing else looked at.
pub(crate) fn assemble(files: &BTreeMap<String, String>) -> Result<Rulebook, RulebookError> {
    let [head, layers, rules, norms, texts] = Rulebook::FILES;
    let mut faults = Vec::new();
    let read = (
        read::<Head>(files, head, &mut faults),
        read::<Layers>(files, layers, &mut faults),
        read::<Rules>(files, rules, &mut faults),
        read::<Norms>(files, norms, &mut faults),
        read::<Texts>(files, texts, &mut faults),
    );
    let (Some(head), Some(layers), Some(rules), Some(norms), Some(texts)) = read else {
        return Err(RulebookError(faults));
    };
    let twice = lint::duplicates(&rules.rule, &norms.norm, &norms.authority);
    if !twice.is_empty() {
        return Err(RulebookError(twice));
    }
    Ok(Rulebook {
        id: head.id,
        format: head.format,
        title: head.title,
        in_force_from: head.in_force_from,
        in_force_until: head.in_force_until,
        sha256: hash(files),
        files: Rulebook::FILES
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), files.get(name)?.clone())))
            .collect(),
        slivers: head.slivers,
        uncertainty: head.uncertainty,
        changes: head.changes,
        words: head.words,
        layers: layers.layer,
        rules: rules.rule,
        norms: norms.norm.into_iter().map(|norm| (norm.id.clone(), norm)).collect(),
        authorities: norms
            .authority
            .into_iter()
            .map(|authority| (authority.id.clone(), authority))
            .collect(),
        limits: texts.limits,
    })
}

fn hash(files: &BTreeMap<String, String>) -> String {
    let mut hash = Sha256::new();
    for name in Rulebook::FILES {
        // line ends do not change a rule
        let text = files
            .get(name)
            .map(|text| text.replace("\r\n", "\n"))
            .unwrap_or_default();
        hash.update(name.as_bytes());
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(text.as_bytes());
    }
    hex(&hash.finalize())
}

fn read<T: serde::de::DeserializeOwned>(
    files: &BTreeMap<String, String>,
    file: &'static str,
    faults: &mut Vec<Fault>,
) -> Option<T> {
    let Some(text) = files.get(file) else {
        faults.push(Fault::new(file, FaultKind::MissingFile));
        return None;
    };
    match toml::from_str(text) {
        Ok(read) => Some(read),
        Err(error) => {
            faults.push(Fault::unreadable(file, text, &error));
            None
        }
    }
}

/// Bytes in lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
