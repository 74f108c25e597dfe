//! Characters that no letter of ours can show.

use serde_json::Value;
use typeset::Fonts;

/// Fields that hold pictures, not words.
const PICTURES: [&str; 1] = ["svg"];

/// Writes every character without a sign as its number, in all words of a view: what cannot be read is not lost in an empty box.
pub(super) fn readable(value: &mut Value, fonts: &Fonts) {
    match value {
        Value::String(text) => {
            if !text.chars().all(|character| shows(character, fonts)) {
                *text = spelled(text, fonts);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| readable(item, fonts)),
        Value::Object(fields) => {
            let words = fields.iter_mut().filter(|(key, _)| !PICTURES.contains(&key.as_str()));
            words.for_each(|(_, field)| readable(field, fonts));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn shows(character: char, fonts: &Fonts) -> bool {
    matches!(character, '\n' | '\t') || (!character.is_control() && fonts.have(character))
}

fn spelled(text: &str, fonts: &Fonts) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            _ if shows(character, fonts) => out.push(character),
            // a narrow or thin space that the letters lack stays a space that does not break
            '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => out.push('\u{a0}'),
            _ => out.push_str(&format!("[U+{:04X}]", u32::from(character))),
        }
    }
    out
}
