//! The letters by which the mining rights of a report are known on its map, in its tables and in its read-aloud text.

use conflicts::Report;
use territory::LayerKind;

/// The letter of each finding, in the order of the report's findings: A, B, … Z, AA, AB, … for mining rights, none for the rest.
pub fn letters(report: &Report) -> Vec<Option<String>> {
    let mut next = 0;
    let mut letter_of = |layer: LayerKind| {
        (layer == LayerKind::Concessions).then(|| {
            next += 1;
            letter(next)
        })
    };
    report.findings.iter().map(|finding| letter_of(finding.layer)).collect()
}

/// 1 is A, 26 is Z, 27 is AA.
///
/// # Panics
/// Never: every remainder is a letter.
pub fn letter(mut number: u32) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from_u32('A' as u32 + number % 26).expect("a letter of the alphabet"));
        number /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_go_on_after_z() {
        let said: Vec<String> = [1, 26, 27, 52, 53, 703].into_iter().map(letter).collect();
        assert_eq!(said, ["A", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
