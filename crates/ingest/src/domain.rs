//! Value domains: the source's words become ours.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A value domain. Comparison ignores case, accents and repeated blanks.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Domain {
    /// Whole values.
    pub values: BTreeMap<String, String>,
    /// Values that hold these words, tried in the order of the words.
    pub contains: BTreeMap<String, String>,
    /// What an unknown value becomes; without it the field stays null. Unknown values are reported either way.
    pub otherwise: Option<String>,
}

impl Domain {
    /// Folds the keys, once, after loading.
    pub(crate) fn fold(&mut self) {
        let folded =
            |map: &BTreeMap<String, String>| map.iter().map(|(key, value)| (fold(key), value.clone())).collect();
        self.values = folded(&self.values);
        self.contains = folded(&self.contains);
    }

    /// Our word for the source's, where the domain knows it.
    pub fn translate(&self, text: &str) -> Option<&str> {
        let text = fold(text);
        let part = || {
            self.contains
                .iter()
                .find(|(words, _)| text.contains(words.as_str()))
                .map(|(_, value)| value)
        };
        self.values.get(&text).or_else(part).map(String::as_str)
    }
}

/// Lower case, without accents, blanks collapsed.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'á' | 'à' | 'ä' | 'â' => folded.push('a'),
            'é' | 'è' | 'ë' | 'ê' => folded.push('e'),
            'í' | 'ì' | 'ï' | 'î' => folded.push('i'),
            'ó' | 'ò' | 'ö' | 'ô' => folded.push('o'),
            'ú' | 'ù' | 'ü' | 'û' => folded.push('u'),
            '\u{300}'..='\u{36f}' => {}
            blank if blank.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            other => folded.push(other),
        }
    }
    folded.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_whatever_their_case_accents_and_blanks() {
        let mut domain = Domain::default();
        domain
            .values
            .insert("D.M. en trámite D.L. 708".to_owned(), "tramite".to_owned());
        domain.contains.insert("Exting".to_owned(), "extinguido".to_owned());
        domain.fold();
        assert_eq!(domain.translate("d.m. EN TRAMITE  d.l. 708 "), Some("tramite"));
        assert_eq!(domain.translate("D.M.  Exting. a publicar de L.D."), Some("extinguido"));
        assert_eq!(domain.translate("Cantera"), None);
    }
}
