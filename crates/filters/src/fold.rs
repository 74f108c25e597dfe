//! Texts without their case or their accents.

use unicode_normalization::{
    UnicodeNormalization,
    char::{decompose_canonical, is_combining_mark},
};

/// The text without its case: each character's upper case, of that the lower case, so that `ß` is `ss` and both small sigmas are one.
/// Upper and lower cases are Unicode's own (no locale); `ı` stays apart from `i`.
pub(crate) fn caseless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
        } else if c == 'ı' {
            folded.push(c);
        } else {
            folded.extend(c.to_uppercase().flat_map(char::to_lowercase));
        }
    }
    folded
}

/// The text without its accents: decomposed (NFD), without combining marks, composed again (NFC). Letters with a stroke and
/// ligatures, which Unicode does not decompose, become the letters that Spanish readers type for them.
pub(crate) fn accentless(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            plain.push(c);
        } else {
            decompose_canonical(c, |part| put_plain(&mut plain, part));
        }
    }
    if plain.is_ascii() { plain } else { plain.nfc().collect() }
}

fn put_plain(plain: &mut String, c: char) {
    match typed(c) {
        Some(letters) => plain.push_str(letters),
        None if is_combining_mark(c) => {}
        None => plain.push(c),
    }
}

fn typed(c: char) -> Option<&'static str> {
    Some(match c {
        'ø' => "o",
        'Ø' => "O",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ł' => "l",
        'Ł' => "L",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ı' => "i",
        'æ' => "ae",
        'Æ' => "AE",
        'œ' => "oe",
        'Œ' => "OE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_dropped_beyond_ascii() {
        assert_eq!(caseless("KØBENHAVN"), caseless("København"));
        assert_eq!(caseless("STRASSE"), caseless("straße"));
        assert_eq!(caseless("ΟΔΟΣ"), caseless("οδος"));
        assert_ne!(caseless("ñ"), caseless("n"));
    }

    #[test]
    fn accents_are_dropped_whether_composed_or_not() {
        assert_eq!(accentless("Chișinău"), "Chisinau");
        assert_eq!(accentless("a\u{303}ñ"), "an");
        assert_eq!(accentless("København"), "Kobenhavn");
    }
}
