//! XML by hand: drawings, styles, and what others write with them.

/// Text for XML; what XML cannot hold becomes a space.
pub fn xml_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_escaped_and_what_xml_cannot_hold_is_a_space() {
        assert_eq!(
            xml_escaped("A<B> & \"C\"\u{1}\u{fffe}ñ"),
            "A&lt;B&gt; &amp; &quot;C&quot;  ñ"
        );
    }
}
