//! Patterns of `LIKE`, matched in one walk that goes back to the last `%` only.

/// A pattern, cut into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    parts: Vec<Part>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// This character.
    Only(char),
    /// Any one character.
    One,
    /// Any characters, or none.
    Many,
}

impl Pattern {
    /// `%` any characters, `_` one, `\` takes the next one as it is; at the end `\` is itself.
    pub(crate) fn new(written: &str) -> Self {
        let mut parts = Vec::new();
        let mut characters = written.chars();
        while let Some(c) = characters.next() {
            let part = match c {
                '%' if parts.last() == Some(&Part::Many) => continue,
                '%' => Part::Many,
                '_' => Part::One,
                '\\' => Part::Only(characters.next().unwrap_or('\\')),
                c => Part::Only(c),
            };
            parts.push(part);
        }
        Self { parts }
    }

    /// Whether the whole text fits. At most text × pattern steps.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let mut part = 0;
        let mut rest = text.chars();
        let mut last_many: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut ahead = rest.clone();
            match (self.parts.get(part), ahead.next()) {
                (Some(Part::Many), _) => {
                    part += 1;
                    last_many = Some((part, rest.clone()));
                }
                (Some(Part::One), Some(_)) => {
                    part += 1;
                    rest = ahead;
                }
                (Some(Part::Only(wanted)), Some(found)) if *wanted == found => {
                    part += 1;
                    rest = ahead;
                }
                (None, None) => return true,
                _ => {
                    let Some((after, from)) = &mut last_many else {
                        return false;
                    };
                    if from.next().is_none() {
                        return false;
                    }
                    part = *after;
                    rest = from.clone();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_underscore_and_backslash_mean_what_the_standard_says() {
        for (pattern, text, fits) in [
            ("B_r%", "Bern", true),
            ("B_r%", "Br", false),
            ("%", "", true),
            ("", "", true),
            ("", "a", false),
            ("%a%b", "xaybzb", true),
            ("100\\%", "100%", true),
            ("100\\%", "1000", false),
            ("a\\_c", "abc", false),
            ("_", "ñ", true),
            ("a\\", "a\\", true),
        ] {
            assert_eq!(Pattern::new(pattern).fits(text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn many_percents_over_a_long_text_end_soon() {
        let pattern = Pattern::new(&"a%".repeat(100));
        assert!(!pattern.fits(&("a".repeat(99) + &"b".repeat(100_000))));
    }
}
