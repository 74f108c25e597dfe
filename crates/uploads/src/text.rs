//! Bytes become text: UTF-8, UTF-16 with its mark, else Windows-1252.

use encoding_rs::{Encoding, WINDOWS_1252};
use std::borrow::Cow;

/// The text without its byte order mark, and whether it had to be read as Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text, false);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (WINDOWS_1252.decode_without_bom_handling(bytes).0, true),
    }
}

/// At most `limit` characters, on one line: for quoting in a message.
pub(crate) fn quoted(text: &str, limit: usize) -> String {
    let text = text.trim();
    let flat: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(limit)
        .collect();
    if text.chars().nth(limit).is_some() {
        format!("{flat}…")
    } else {
        flat
    }
}

/// Lower case without accents, for names of columns and words.
pub(crate) fn folded(text: &str) -> String {
    let folded = text.trim().chars().flat_map(char::to_lowercase).map(|c| match c {
        'á' | 'à' | 'ä' => 'a',
        'é' | 'è' | 'ë' => 'e',
        'í' | 'ì' | 'ï' => 'i',
        'ó' | 'ò' | 'ö' => 'o',
        'ú' | 'ù' | 'ü' => 'u',
        'ñ' => 'n',
        c => c,
    });
    folded.collect()
}
