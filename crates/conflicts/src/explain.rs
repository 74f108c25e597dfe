//! Fills the rulebook's sentences with the data of a finding.

/// Places that the sentences of rules may hold.
pub(crate) const PLACES: [&str; 7] = ["name", "feature", "status", "ha", "percent", "land", "distance"];

/// Replaces `{place}` by its value; unknown places stay, which the lint refuses.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut text = String::with_capacity(template.len() + 64);
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        let (before, after) = rest.split_at(start);
        text.push_str(before);
        let Some(end) = after.find('}') else { break };
        let place = &after[1..end];
        match values.iter().find(|(known, _)| *known == place) {
            Some((_, value)) => text.push_str(value),
            None => text.push_str(&after[..=end]),
        }
        rest = &after[end + 1..];
    }
    text.push_str(rest);
    text
}

/// The places of a sentence.
pub(crate) fn places(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(place, _)| place.to_owned())
        .collect()
}

/// Forbidden words that a sentence holds, whole words only, whatever their case.
pub(crate) fn forbidden<'a>(words: &'a [String], text: &str) -> Vec<&'a str> {
    let plain = format!(" {} ", text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), " "));
    words
        .iter()
        .filter(|word| plain.contains(&format!(" {} ", word.to_lowercase())))
        .map(String::as_str)
        .collect()
}

/// A share as people read it: «12.3 %», and «menos de 0.1 %» rather than a zero that is none.
pub(crate) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => "menos de 0.1 %".to_owned(),
        p => format!("{p:.1} %"),
    }
}

/// A distance as people read it.
pub(crate) fn metres(territory::Metres(distance): territory::Metres) -> String {
    match distance {
        d if d > 0.0 && d < 0.1 => "menos de 0.1".to_owned(),
        d if d < 10.0 => format!("{d:.1}"),
        d => format!("{d:.0}"),
    }
}

/// Hectares as people read them.
pub(crate) fn hectares(ha: f64) -> String {
    match ha {
        h if h > 0.0 && h < 0.01 => "menos de 0.01".to_owned(),
        h if h < 10.0 => format!("{h:.2}"),
        h => format!("{h:.1}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_unknown_ones_stay() {
        assert_eq!(fill("{name} y {other}", &[("name", "A")]), "A y {other}");
        assert_eq!(places("{name} y {other}"), ["name", "other"]);
    }

    #[test]
    fn forbidden_words_are_found_whole() {
        let words = vec!["seguro".to_owned(), "libre de concesiones".to_owned()];
        assert_eq!(
            forbidden(&words, "Está LIBRE de concesiones."),
            ["libre de concesiones"]
        );
        assert!(forbidden(&words, "seguramente").is_empty());
    }

    #[test]
    fn a_small_share_does_not_read_as_nothing() {
        assert_eq!(percent(0.0001), "menos de 0.1 %");
        assert_eq!(percent(0.223), "22.3 %");
        assert_eq!(percent(0.0), "0.0 %");
    }
}
