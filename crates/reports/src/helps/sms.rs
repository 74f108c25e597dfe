//! The report in one short message: 160 characters of the alphabet of every telephone (GSM 03.38).

use crate::{Document, Lang, Texts};
use conflicts::{LayerState, Report};
use territory::LayerKind;

/// What one message holds.
const MOST: usize = 160;

/// The report in at most 160 septets: code, name (shortened with «..» as far as it must), live rights, hectares and share. What is
/// incomplete, unknown or made up is said in every length: only the name gives way. Vowels lose the accents that telephones lack.
pub fn sms(document: &Document<'_, Report>, lang: Lang) -> String {
    let texts = Texts::of(lang);
    let report = document.content;
    let name = report.subject.name.clone().filter(|name| !name.trim().is_empty());
    let name = plain(&name.unwrap_or_else(|| texts.say("subject-without-name")));
    let message = |name: &str| {
        let values = [
            ("code", document.code.to_string().into()),
            ("name", name.to_owned().into()),
            ("answer", answer(report, texts).into()),
            ("notice", notice(report, texts).into()),
        ];
        plain(texts.fill("sms", &values).trim())
    };
    let mut kept: Vec<char> = name.chars().collect();
    let mut said = message(&name);
    while septets(&said).is_none_or(|length| length > MOST) && !kept.is_empty() {
        kept.pop();
        let short: String = kept.iter().collect();
        said = message(&format!("{}..", short.trim_end()));
    }
    said
}

/// How many live rights, on how much.
fn answer(report: &Report, texts: &Texts) -> String {
    let rights: Vec<_> = report
        .layers
        .iter()
        .filter(|layer| layer.id == LayerKind::Concessions)
        .collect();
    if rights
        .iter()
        .all(|layer| matches!(layer.state, LayerState::NoData | LayerState::NotConsulted))
    {
        return texts.say("sms-unknown");
    }
    let whole = rights.iter().all(|layer| layer.state == LayerState::Consulted);
    let live = |total: &&conflicts::TotalOut| total.layer == LayerKind::Concessions && total.group == "vigente";
    match report.totals.iter().find(live).filter(|total| total.count > 0) {
        Some(total) => {
            let values = [
                ("count", total.count.into()),
                ("n", total.count.to_string().into()),
                ("ha", hectares(total.union_ha.0).into()),
                ("percent", percent(total.share_of_subject.0).into()),
            ];
            texts.fill(if whole { "sms-rights" } else { "sms-rights-in-part" }, &values)
        }
        None => texts.say(if whole { "sms-none" } else { "sms-none-in-part" }),
    }
}

/// Hectares: whole from one hundred on, else with one decimal; never a zero that is none.
fn hectares(ha: f64) -> String {
    match ha {
        little if little < 0.05 => "<0.1".to_owned(),
        some if some < 99.95 => format!("{some:.1}"),
        many => format!("{many:.0}"),
    }
}

/// Percent of the land: never none or all that is not.
fn percent(share: f64) -> String {
    match share {
        little if little < 0.01 => "<1".to_owned(),
        most if (0.99..0.999_999_5).contains(&most) => ">99".to_owned(),
        share => format!("{:.0}", share * 100.0),
    }
}

fn notice(report: &Report, texts: &Texts) -> String {
    let made_up = |layer: &conflicts::LayerOut| layer.edition.as_ref().is_some_and(|edition| edition.synthetic);
    let synthetic = report.layers.iter().any(made_up).then(|| texts.say("sms-synthetic"));
    let open = (report.standing != "complete").then(|| texts.say("sms-incomplete"));
    let both: Vec<String> = synthetic.into_iter().chain(open).collect();
    both.join(" ")
}

/// How many septets a text takes; none where a character is not of the alphabet.
pub fn septets(text: &str) -> Option<usize> {
    text.chars().map(septets_of).sum()
}

fn septets_of(c: char) -> Option<usize> {
    const MORE: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¡ÄÖÑÜ§¿äöñüà¤\n\r";
    const TWICE: &str = "^{}\\[~]|€";
    match c {
        ' '..='?' | 'A'..='Z' | 'a'..='z' => Some(1),
        other if MORE.contains(other) => Some(1),
        other if TWICE.contains(other) => Some(2),
        _ => None,
    }
}

/// The same words in the alphabet of telephones: é, ñ and ü stay, other accents go, what has no likeness becomes «?».
fn plain(words: &str) -> String {
    words.chars().filter_map(likeness).collect()
}

fn likeness(c: char) -> Option<char> {
    Some(match c {
        'á' | 'â' | 'ã' => 'a',
        'í' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'û' => 'u',
        'ê' | 'ë' => 'e',
        'Á' | 'À' | 'Â' => 'A',
        'Í' | 'Ì' => 'I',
        'Ó' | 'Ò' | 'Ô' => 'O',
        'Ú' | 'Ù' => 'U',
        'È' | 'Ê' | 'Ë' => 'E',
        'ç' => 'c',
        '«' | '»' | '“' | '”' => '"',
        '‘' | '’' | '´' | '`' => '\'',
        '[' | '{' => '(',
        ']' | '}' => ')',
        '–' | '—' | '^' | '\\' | '~' | '|' => '-',
        '\u{a0}' | '\u{202f}' | '\t' | '\n' | '\r' => ' ',
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{300}'..='\u{36f}' => return None,
        other if septets_of(other) == Some(1) => other,
        _ => '?',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_lack_some_accents_and_keep_others() {
        assert_eq!(plain("Ñahuin, piñón agüé «Río» [A]"), "Ñahuin, piñon agüé \"Rio\" (A)");
        assert_eq!(plain("日本 e\u{301}"), "?? e");
    }

    #[test]
    fn figures_never_say_nothing_or_all_that_is_not() {
        assert_eq!(
            [0.0001, 0.06, 99.94, 99.96, 1234.5].map(hectares),
            ["<0.1", "0.1", "99.9", "100", "1234"]
        );
        assert_eq!(
            [0.002, 0.014, 0.5, 0.989, 0.996, 1.0].map(percent),
            ["<1", "1", "50", "99", ">99", "100"]
        );
    }

    #[test]
    fn characters_of_the_extension_count_twice() {
        assert_eq!(septets("ab€"), Some(4));
        assert_eq!(septets("á"), None);
    }
}
