//! Text without case and accents, for comparing and for ids.

/// Lower case, without accents, one space between words: `«  El  TÍNGO »` becomes `el tingo`.
///
/// Letters outside Latin-1 stay as they are; signs other than letters and digits count as spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut pending_space = false;
    for letter in text.chars().flat_map(char::to_lowercase) {
        if ('\u{300}'..='\u{36f}').contains(&letter) {
            continue;
        }
        if !letter.is_alphanumeric() {
            pending_space = !folded.is_empty();
            continue;
        }
        if std::mem::take(&mut pending_space) {
            folded.push(' ');
        }
        match letter {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' => folded.push('i'),
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => folded.push('u'),
            'ñ' => folded.push('n'),
            'ç' => folded.push('c'),
            'ý' | 'ÿ' => folded.push('y'),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            other => folded.push(other),
        }
    }
    folded
}

/// ASCII letters, digits and hyphens; `x` where nothing of the text is left.
pub(crate) fn slug(text: &str) -> String {
    let ascii: String = fold(text)
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' })
        .collect();
    let words: Vec<&str> = ascii.split_whitespace().collect();
    if words.is_empty() {
        "x".to_owned()
    } else {
        words.join("-")
    }
}

/// Edits (insert, delete, replace a letter, swap two neighbours) that turn one text into the other; `None` above `limit`.
pub(crate) fn edit_distance(from: &str, to: &str, limit: usize) -> Option<usize> {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    if from.len().abs_diff(to.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = vec![0; to.len() + 1];
    let mut above: Vec<usize> = (0..=to.len()).collect();
    for (row, letter) in from.iter().enumerate() {
        let mut line = Vec::with_capacity(to.len() + 1);
        line.push(row + 1);
        for (column, other) in to.iter().enumerate() {
            let mut least = (above[column] + usize::from(letter != other))
                .min(above[column + 1] + 1)
                .min(line[column] + 1);
            if row > 0 && column > 0 && *letter == to[column - 1] && from[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            line.push(least);
        }
        if line.iter().min().is_some_and(|least| *least > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, line);
    }
    above.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_drops_case_accents_and_signs() {
        assert_eq!(fold("  El  TÍNGO – Ñaña (Güe\u{301})"), "el tingo nana gue");
    }

    #[test]
    fn slugs_are_ascii_words_joined_by_hyphens() {
        assert_eq!(slug("Perú / Cajamarca"), "peru-cajamarca");
        assert_eq!(slug("GRC-2024"), "grc-2024");
        assert_eq!(slug("«»"), "x");
    }

    #[test]
    fn edit_distance_counts_swaps_as_one_and_stops_at_the_limit() {
        assert_eq!(edit_distance("tingo", "tingo", 2), Some(0));
        assert_eq!(edit_distance("tingo", "tigno", 2), Some(1));
        assert_eq!(edit_distance("tingo", "tinco", 2), Some(1));
        assert_eq!(edit_distance("tingo", "lima", 2), None);
        assert_eq!(edit_distance("", "abc", 3), Some(3));
    }
}
