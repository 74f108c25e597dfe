//! A report or matrix with its id: what is printed, linked and kept.

use crate::{CanonicalError, Code, Seal, Sealing, canonical::canonical_value, canonical_json};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use territory::{Hash, hex};

/// The fields that say who wrote a document and when: the id is the same without them.
pub const OUTSIDE_THE_ID: [&str; 5] = ["id", "code", "issued_at", "program", "seal"];

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
    /// Its seal, where it has one.
    pub seal: Option<Seal>,
    /// The canonical JSON, whole.
    pub json: String,
    /// Who wrote it, and when.
    pub issued: Issued,
    /// What it says.
    pub content: &'a T,
}

/// Gives a report or matrix its id and its canonical JSON, without a seal. The same content has the same id, whoever issues it
/// and when.
///
/// # Errors
/// When the content has no canonical JSON.
pub fn document<'a, T: Serialize>(content: &'a T, issued: &Issued) -> Result<Document<'a, T>, CanonicalError> {
    whole(content, issued, None)
}

/// The same with a seal, which is outside of the id.
///
/// # Errors
/// As [`document`].
pub fn sealed<'a, T: Serialize>(
    content: &'a T,
    issued: &Issued,
    sealing: &Sealing<'_>,
) -> Result<Document<'a, T>, CanonicalError> {
    whole(content, issued, Some(sealing))
}

/// The id of a document's fields, whatever those outside of the id say.
///
/// # Errors
/// When a field has no canonical JSON.
pub(crate) fn id_of(fields: &Map<String, Value>) -> Result<Hash, CanonicalError> {
    Ok(Sha256::digest(object(&parts_of(fields)?)?).into())
}

/// The fields of the id, each written once.
fn parts_of(fields: &Map<String, Value>) -> Result<BTreeMap<String, String>, CanonicalError> {
    fields
        .iter()
        .filter(|(key, _)| !OUTSIDE_THE_ID.contains(&key.as_str()))
        .map(|(key, field)| Ok((key.clone(), canonical_value(field, key)?)))
        .collect()
}

fn whole<'a, T: Serialize>(
    content: &'a T,
    issued: &Issued,
    sealing: Option<&Sealing<'_>>,
) -> Result<Document<'a, T>, CanonicalError> {
    let Value::Object(fields) = serde_json::to_value(content)? else {
        return Err(CanonicalError::NotAnObject);
    };
    let mut parts = parts_of(&fields)?;
    let digest: Hash = Sha256::digest(object(&parts)?).into();
    let (id, code) = (hex(&digest), Code::of_id(&digest));
    let seal = sealing.map(|sealing| sealing.seal(&digest, code));
    parts.insert("id".to_owned(), canonical_json(&id)?);
    parts.insert("code".to_owned(), canonical_json(&code.to_string())?);
    parts.insert("issued_at".to_owned(), canonical_json(&issued.at.to_string())?);
    let program = json!({ "name": issued.program, "version": issued.version });
    parts.insert("program".to_owned(), canonical_json(&program)?);
    if let Some(seal) = &seal {
        parts.insert("seal".to_owned(), canonical_json(seal)?);
    }
    Ok(Document {
        json: object(&parts)?,
        id,
        code,
        seal,
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
