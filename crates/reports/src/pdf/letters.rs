//! Characters that no letter of ours can show.

use serde_json::Value;
use std::fmt::Write as _;
use typeset::Fonts;

/// Writes every character without a sign as its number, in all words of a view and in the words of its pictures: what cannot be
/// read is not lost in an empty box.
pub(super) fn readable(value: &mut Value, fonts: &Fonts) {
    match value {
        Value::String(text) => {
            if !text.chars().all(|character| shows(character, fonts)) {
                *text = spelled(text, fonts);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| readable(item, fonts)),
        Value::Object(fields) => fields.iter_mut().for_each(|(_, field)| readable(field, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn shows(character: char, fonts: &Fonts) -> bool {
    matches!(character, '\n' | '\r' | '\t') || (!character.is_control() && fonts.have(character))
}

/// A text with every character without a sign as its number.
pub(super) fn spelled(text: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            _ if shows(character, fonts) => out.push(character),
            // a narrow or thin space that the letters lack stays a space that does not break
            '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => out.push('\u{a0}'),
            _ => {
                write!(out, "[U+{:04X}]", u32::from(character)).expect("writing to a string does not fail");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_no_letter_shows_is_written_as_its_number_and_the_rest_is_left_alone() {
        let fonts = Fonts::carried(&maps::fonts::ALL);
        let mut view = json!({ "a": ["Ñañaykuna – 1\u{202f}234,5 m² «¿qué?»", { "b": "山\u{7}" }], "n": 1 });
        readable(&mut view, &fonts);
        let first = view["a"][0].as_str().unwrap();
        assert!(first.starts_with("Ñañaykuna – 1") && first.ends_with("234,5 m² «¿qué?»") && !first.contains("U+"));
        assert_eq!(view["a"][1]["b"], "[U+5C71][U+0007]");
    }
}
