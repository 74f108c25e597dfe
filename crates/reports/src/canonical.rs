//! JSON with one spelling: keys sorted, no spaces, no floating point.

use serde::Serialize;
use serde_json::Value;

/// Why a value has no canonical JSON.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// A number with a fraction: its digits could differ between machines.
    #[error("{path} is the float {value}; decimals are written as strings")]
    Float {
        /// Where: `/findings/0/overlap`.
        path: String,
        /// The number.
        value: String,
    },
    /// A document is an object.
    #[error("a document is a JSON object")]
    NotAnObject,
    /// The value cannot be JSON at all.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl CanonicalError {
    /// What went wrong, in Spanish; nothing that a reader did causes it.
    pub fn sentence_es(&self) -> String {
        format!(
            "El documento no se pudo escribir en su forma canónica ({self}). Es un error del programa: avise a quien lo mantiene."
        )
    }
}

/// The canonical JSON of a value: keys in the order of their bytes, UTF-8, compact.
///
/// ```
/// let value = serde_json::json!({ "b": 1, "a": ["0.50"] });
/// assert_eq!(reports::canonical_json(&value)?, r#"{"a":["0.50"],"b":1}"#);
/// # Ok::<(), reports::CanonicalError>(())
/// ```
///
/// # Errors
/// On any float, with its place.
pub fn canonical_json(value: &impl Serialize) -> Result<String, CanonicalError> {
    canonical_value(&serde_json::to_value(value)?, "")
}

/// The canonical JSON of a value at hand, which stands under `key` in its document.
pub(crate) fn canonical_value(value: &Value, key: &str) -> Result<String, CanonicalError> {
    let mut out = String::new();
    let mut path = if key.is_empty() {
        String::new()
    } else {
        format!("/{key}")
    };
    write(value, &mut path, &mut out)?;
    Ok(out)
}

fn write(value: &Value, path: &mut String, out: &mut String) -> Result<(), CanonicalError> {
    match value {
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            return Err(CanonicalError::Float {
                path: path.clone(),
                value: number.to_string(),
            });
        }
        Value::Array(items) => {
            out.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                below(path, &place.to_string(), |path| write(item, path, out))?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by(|a, b| a.0.cmp(b.0));
            out.push('{');
            for (place, (key, field)) in fields.into_iter().enumerate() {
                if place > 0 {
                    out.push(',');
                }
                push_text(key, out)?;
                out.push(':');
                below(path, key, |path| write(field, path, out))?;
            }
            out.push('}');
        }
        Value::String(text) => push_text(text, out)?,
        other => out.push_str(&serde_json::to_string(other)?),
    }
    Ok(())
}

/// A text in quotes; most need no escape and are copied.
fn push_text(text: &str, out: &mut String) -> Result<(), CanonicalError> {
    if text.bytes().all(|byte| byte >= b' ' && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        out.push_str(&serde_json::to_string(text)?);
    }
    Ok(())
}

/// Runs `then` one step deeper.
fn below<T>(path: &mut String, step: &str, then: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push('/');
    path.push_str(step);
    let done = then(path);
    path.truncate(length);
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_at_every_depth_and_texts_keep_their_accents() {
        let value = json!({ "b": { "z": null, "a": [true, "Ñahuin\n"] }, "a": -3 });
        assert_eq!(
            canonical_json(&value).unwrap(),
            "{\"a\":-3,\"b\":{\"a\":[true,\"Ñahuin\\n\"],\"z\":null}}"
        );
    }

    #[test]
    fn a_float_is_refused_with_its_place() {
        let error = canonical_json(&json!({ "areas": [{ "ha": 0.5 }] })).unwrap_err();
        assert!(error.to_string().contains("/areas/0/ha"), "{error}");
        assert!(canonical_json(&json!(1.0)).is_err());
    }
}
