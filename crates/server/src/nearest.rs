//! The words nearest to one that was mistyped.

const MOST: usize = 5;

/// Those of `known` that differ least from `word`, best first; none that differ by more than half of it.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let limit = (word.chars().count() / 2).max(2);
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|other| (edits(&word, &other.to_lowercase()), other))
        .filter(|(distance, other)| *distance <= limit || other.starts_with(&word))
        .collect();
    near.sort_unstable();
    near.truncate(MOST);
    near.into_iter().map(|(_, other)| other).collect()
}

/// Levenshtein's distance, in letters.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], line + 1);
        for (column, other) in to.iter().enumerate() {
            let replaced = corner + usize::from(letter != *other);
            corner = row[column + 1];
            row[column + 1] = replaced.min(corner + 1).min(row[column] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_different_word_comes_first() {
        let layers = ["concessions", "communities", "districts"];
        assert_eq!(nearest("comunities", layers)[0], "communities");
        assert_eq!(nearest("zzzzzz", layers), Vec::<&str>::new());
    }

    #[test]
    fn edits_are_counted_in_letters() {
        assert_eq!(edits("ñandú", "nandu"), 2);
        assert_eq!(edits("", "abc"), 3);
        assert_eq!(edits("kitten", "sitting"), 3);
    }
}
