//! A report or matrix with its id: what is printed, linked and kept.

use crate::{CanonicalError, Code, canonical::canonical_value, canonical_json};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The fields that say who wrote a document and when: the id is the same without them.
const OUTSIDE_THE_ID: [&str; 5] = ["id", "code", "issued_at", "program", "seal"];

/// Who writes a document, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The moment, to the second.
    pub at: Timestamp,
    /// Name of the program.
    pub program: String,
    /// Version of the program.
    pub version: String,
}

impl Issued {
    /// At a moment that the caller read from the clock, cut to the second.
    pub fn now_of(now: Timestamp, program: &str, version: &str) -> Self {
        Self {
            at: Timestamp::from_second(now.as_second()).unwrap_or(now),
            program: program.to_owned(),
            version: version.to_owned(),
        }
    }
}

/// A report or matrix with its id.
#[derive(Clone, Debug)]
pub struct Document<'a, T> {
    /// SHA-256 in hex over the canonical JSON without `id`, `code`, `issued_at`, `program` and `seal`.
    pub id: String,
    /// The short code of the id.
    pub code: Code,
    /// The canonical JSON, whole.
    pub json: String,
    /// Who wrote it, and when.
    pub issued: Issued,
    /// What it says.
    pub content: &'a T,
}

/// Gives a report or matrix its id and its canonical JSON. The same content has the same id, whoever issues it and when.
///
/// # Errors
/// When the content has no canonical JSON.
pub fn document<'a, T: Serialize>(content: &'a T, issued: &Issued) -> Result<Document<'a, T>, CanonicalError> {
    let Value::Object(mut fields) = serde_json::to_value(content)? else {
        return Err(CanonicalError::NotAnObject);
    };
    for field in OUTSIDE_THE_ID {
        fields.remove(field);
    }
    // each part is written once; the id is the hash of the object that they make without the rest
    let mut parts: BTreeMap<String, String> = BTreeMap::new();
    for (key, field) in &fields {
        parts.insert(key.clone(), canonical_value(field, key)?);
    }
    let digest = Sha256::digest(object(&parts)?);
    let (id, code) = (hex(&digest), Code::of_id(&digest.into()));
    parts.insert("id".to_owned(), canonical_json(&id)?);
    parts.insert("code".to_owned(), canonical_json(&code.to_string())?);
    parts.insert("issued_at".to_owned(), canonical_json(&issued.at.to_string())?);
    let program = json!({ "name": issued.program, "version": issued.version });
    parts.insert("program".to_owned(), canonical_json(&program)?);
    Ok(Document {
        json: object(&parts)?,
        id,
        code,
        issued: issued.clone(),
        content,
    })
}

/// An object of parts that are written already, in the order of their keys.
fn object(parts: &BTreeMap<String, String>) -> Result<String, CanonicalError> {
    let mut out = String::with_capacity(parts.values().map(String::len).sum::<usize>() + 32 * parts.len());
    for (key, part) in parts {
        out.push(if out.is_empty() { '{' } else { ',' });
        out.push_str(&canonical_json(key)?);
        out.push(':');
        out.push_str(part);
    }
    out.push_str(if out.is_empty() { "{}" } else { "}" });
    Ok(out)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        hex
    })
}
