//! JSON with a limit on nesting, where a coordinate that is no number stays visible.

use crate::{At, Format, TooMuch, UploadError};
use serde_json::Value;

/// Reads JSON. Bare `NaN`, `Infinity` and numbers beyond a double, which some programs write, become `null`.
pub(crate) fn parse(text: &str, depth: usize) -> Result<Value, UploadError> {
    let tamed = tame(text, depth)?;
    serde_json::from_str(&tamed).map_err(|error| {
        let at = At::Line {
            line: error.line(),
            column: error.column(),
        };
        if error.is_eof() {
            return UploadError::Truncated {
                format: Format::GeoJson,
                at,
            };
        }
        UploadError::Malformed {
            format: Format::GeoJson,
            at,
            seen: seen(text, error.line(), error.column()),
        }
    })
}

fn seen(text: &str, line: usize, column: usize) -> String {
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let from = line.floor_char_boundary(column.saturating_sub(12).min(line.len()));
    let to = line.floor_char_boundary((column + 12).min(line.len()));
    format!("JSON que no se entiende cerca de «{}»", &line[from..to])
}

/// The text with numbers that are not finite as `null`; brackets are counted on the way.
fn tame(text: &str, limit: usize) -> Result<String, UploadError> {
    let bytes = text.as_bytes();
    let mut tamed = String::with_capacity(text.len());
    let (mut at, mut kept, mut depth) = (0, 0, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = end_of_string(bytes, at),
            b'[' | b'{' => {
                depth += 1;
                if depth > limit {
                    return Err(UploadError::too_much(TooMuch::Nesting, depth, limit));
                }
                at += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                at += 1;
            }
            b if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.') => {
                let start = at;
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'-' | b'+' | b'.'))
                {
                    at += 1;
                }
                if is_not_finite(&text[start..at]) {
                    tamed.push_str(&text[kept..start]);
                    tamed.push_str("null");
                    kept = at;
                }
            }
            _ => at += 1,
        }
    }
    tamed.push_str(&text[kept..]);
    Ok(tamed)
}

fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn is_not_finite(word: &str) -> bool {
    let name = word.trim_start_matches(['-', '+']);
    let named = ["nan", "inf", "infinity"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known));
    // only an exponent or very many digits go beyond a double
    let large = word.contains(['e', 'E']) || word.len() > 300;
    named || (large && word.parse::<f64>().is_ok_and(f64::is_infinite))
}
