//! Settles what a comma or a point inside a number means: decimals, thousands, or the border between two numbers.

use super::Unread;

/// Whether the text holds one number or a pair: in a pair a lone comma between digits can part the two.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    One,
    Pair,
}

/// The text with points for decimals, no thousands separators, and `;` where a comma parts numbers.
///
/// # Errors
/// A number whose commas or points could mean several things.
pub(crate) fn settle(text: &str, expect: Expect) -> Result<String, Unread> {
    let text = without_apostrophes(text);
    let runs = runs(&text);
    let thousands = |mark: char| {
        runs.iter()
            .any(|run| groups(run, mark).is_some_and(|groups| groups >= 3))
    };
    let (comma_thousands, point_thousands) = (thousands(','), thousands('.'));
    let numbers = runs
        .iter()
        .filter(|run| run.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    let mut settled = String::with_capacity(text.len());
    let mut rest = text.as_str();
    for run in &runs {
        let at = rest.find(run.as_str()).expect("runs come from the text, in order");
        settled.push_str(&rest[..at].replace(',', ";"));
        rest = &rest[at + run.len()..];
        let lone = expect == Expect::Pair && numbers == 1;
        settled.push_str(&settle_run(run, lone, comma_thousands, point_thousands)?);
    }
    settled.push_str(&rest.replace(',', ";"));
    Ok(settled)
}

fn settle_run(run: &str, lone: bool, comma_thousands: bool, point_thousands: bool) -> Result<String, Unread> {
    let (commas, points) = (run.matches(',').count(), run.matches('.').count());
    let ambiguous = || Unread::Ambiguous { text: run.to_owned() };
    match (commas, points) {
        (0, 0 | 1) if !(point_thousands && groups(run, '.').is_some()) => Ok(run.to_owned()),
        (0, _) => groups(run, '.').map(|_| run.replace('.', "")).ok_or_else(ambiguous),
        (1, 0) if comma_thousands && groups(run, ',').is_some() => Ok(run.replace(',', "")),
        (1, 0) if lone || parts_metres(run) => Ok(run.replace(',', ";")),
        (1, 0) => Ok(run.replace(',', ".")),
        (_, 0) => groups(run, ',').map(|_| run.replace(',', "")).ok_or_else(ambiguous),
        _ => Ok(mixed(run).unwrap_or_else(|| run.replace(',', ";"))),
    }
}

/// `9,250,000.25` and `9.250.000,25`; not `78.5,7.1`.
fn mixed(run: &str) -> Option<String> {
    let (whole, fraction) = run.rsplit_once(['.', ','])?;
    let decimal = &run[whole.len()..=whole.len()];
    let mark = if decimal == "." { ',' } else { '.' };
    (!whole.contains(decimal) && groups(whole, mark).is_some())
        .then(|| format!("{}.{fraction}", whole.replace(mark, "")))
}

/// How many groups of digits the mark parts, when they are thousands: one to three digits, then three each.
fn groups(run: &str, mark: char) -> Option<usize> {
    let parts: Vec<&str> = run.split(mark).collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let first = (1..=3).contains(&parts[0].len());
    let regular = first && parts.iter().all(digits) && parts[1..].iter().all(|part| part.len() == 3);
    (parts.len() > 1 && regular).then_some(parts.len())
}

/// `765000,9250000`: nobody writes a tenth of a micrometre, so the comma parts two numbers.
fn parts_metres(run: &str) -> bool {
    run.split_once(',')
        .is_some_and(|(left, right)| left.len() >= 5 && right.len() >= 5)
}

/// Runs of digits with points and commas between digits, in the order of the text.
fn runs(text: &str) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|i| chars.get(i))
            .is_some_and(char::is_ascii_digit);
        let after = chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if c.is_ascii_digit() || (matches!(c, '.' | ',') && before && after) {
            run.push(c);
        } else if !run.is_empty() {
            runs.push(std::mem::take(&mut run));
        }
    }
    if !run.is_empty() {
        runs.push(run);
    }
    runs
}

/// `9'250,000` as `9,250,000`, and `9'250` as `9250`; where there are degrees an apostrophe is minutes.
fn without_apostrophes(text: &str) -> String {
    if text.contains('°') {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let groups_thousands =
        |at: usize| at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2) && digit(at + 3) && !digit(at + 4);
    let commas_go_on =
        |at: usize| chars.get(at + 4) == Some(&',') && (5..8).all(|next| digit(at + next)) && !digit(at + 8);
    let mended = chars.iter().enumerate().filter_map(|(at, &c)| match c {
        '\'' if groups_thousands(at) => commas_go_on(at).then_some(','),
        c => Some(c),
    });
    mended.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_points_are_told_apart() {
        for (text, settled) in [
            ("-78.5,-7.1", "-78.5;-7.1"),
            ("78.5,7.1", "78.5;7.1"),
            ("-78,5 -7,1", "-78.5 -7.1"),
            ("-78,5, -7,1", "-78.5; -7.1"),
            ("765000,9250000", "765000;9250000"),
            ("1 765000,9250000", "1 765000;9250000"),
            ("765,000.50 9,250,000.25", "765000.50 9250000.25"),
            ("765.000,50 9.250.000,25", "765000.50 9250000.25"),
            ("765,000 9,250,000", "765000 9250000"),
            ("765.000 9.250.000", "765000 9250000"),
            ("765000,50; 9250000,25", "765000.50; 9250000.25"),
            ("9'250,000.00", "9250000.00"),
            ("78°38'24,5\"", "78°38'24.5\""),
        ] {
            assert_eq!(settle(text, Expect::Pair).as_deref(), Ok(settled), "{text}");
        }
        assert_eq!(settle("78,5", Expect::One).as_deref(), Ok("78.5"));
        assert!(settle("78,5,7,1", Expect::Pair).is_err());
        assert!(settle("1.2.3 4", Expect::Pair).is_err());
    }
}
