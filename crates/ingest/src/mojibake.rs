//! UTF-8 that was read as Latin-1 or Windows-1252 (`TrÃ¡mite`) is turned back (`Trámite`).

use encoding_rs::WINDOWS_1252;

/// The repaired text, or `None` where nothing is wrong.
///
/// Each run of characters beyond ASCII is turned back into bytes; it is repaired only when those are valid UTF-8 and say
/// something that Spanish texts hold. Text that was damaged twice is repaired twice.
///
/// ```
/// assert_eq!(ingest::repair_mojibake("D.M. en TrÃ¡mite").as_deref(), Some("D.M. en Trámite"));
/// assert_eq!(ingest::repair_mojibake("Ñuñoa, año 1º"), None);
/// ```
pub fn repair_mojibake(text: &str) -> Option<String> {
    let once = repair_once(text)?;
    Some(repair_once(&once).unwrap_or(once))
}

fn repair_once(text: &str) -> Option<String> {
    // lead bytes of two and three byte sequences, as Latin-1 shows them
    if !text.contains(|c| matches!(c, '\u{c2}'..='\u{c5}' | '\u{e2}')) {
        return None;
    }
    let mut repaired = String::with_capacity(text.len());
    let mut changed = false;
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.find(|c: char| !c.is_ascii()).unwrap_or(rest.len());
        repaired.push_str(&rest[..plain]);
        rest = &rest[plain..];
        let run = rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len());
        match turned_back(&rest[..run]) {
            Some(better) => {
                repaired.push_str(&better);
                changed = true;
            }
            None => repaired.push_str(&rest[..run]),
        }
        rest = &rest[run..];
    }
    changed.then_some(repaired)
}

fn turned_back(run: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(run.len());
    for character in run.chars() {
        if let Ok(byte) = u8::try_from(u32::from(character)) {
            bytes.push(byte);
            continue;
        }
        let mut letter = [0; 4];
        let (encoded, _, unmappable) = WINDOWS_1252.encode(character.encode_utf8(&mut letter));
        if unmappable {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    let better = String::from_utf8(bytes).ok()?;
    (!better.is_empty() && better.chars().all(is_spanish)).then_some(better)
}

fn is_spanish(character: char) -> bool {
    matches!(character, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{ff}' | '°' | 'º' | 'ª' | '´' | '·' | '¡' | '¿' | '«' | '»'
        | '½' | '¼' | '²' | '³' | '±' | '¨' | '\u{ad}' | '\u{a0}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '•' | '€')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accented_letter_of_spanish_comes_back() {
        for (wrong, right) in [
            ("TrÃ¡mite", "Trámite"),
            ("CAÃ‘ARIS", "CAÑARIS"),
            ("CAÃ\u{91}ARIS", "CAÑARIS"),
            ("MARÃ\u{8d}A", "MARÍA"),
            ("NÂ° 12", "N° 12"),
            ("JosÃ© GÃ¼ell â€“ sur", "José Güell – sur"),
            ("Ã\u{83}Â¡", "á"),
        ] {
            assert_eq!(repair_mojibake(wrong).as_deref(), Some(right), "{wrong}");
        }
    }

    #[test]
    fn good_text_is_left_alone() {
        for text in [
            "Trámite",
            "CAÑARIS",
            "São Paulo",
            "N° 12",
            "Âncash",
            "Ã",
            "¿Qué?",
            "日本",
            "",
        ] {
            assert_eq!(repair_mojibake(text), None, "{text}");
        }
    }

    #[test]
    fn a_text_that_is_good_in_one_place_is_repaired_in_the_other() {
        assert_eq!(
            repair_mojibake("Peñón de TrÃ¡mite").as_deref(),
            Some("Peñón de Trámite")
        );
    }
}
