//! The bundle: a ZIP with everything that a report was made of, the same bytes every time.

use crate::{CanonicalError, canonical_json};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    io::{Cursor, Read, Write},
};
use territory::hex;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// The document in a bundle.
pub const REPORT_PART: &str = "report.json";
/// The list of the other parts with their hashes; its hash is the bundle's.
const LIST_PART: &str = "parts.json";
/// What was asked: times, choices, the land.
pub const QUESTION_PART: &str = "question.json";
/// The node's public keys.
pub const KEYS_PART: &str = "keys.json";
const SCHEMA: &str = "tupu/bundle/1";
const MOST_BYTES: u64 = 1 << 30;
const MOST_PARTS: usize = 4096;

/// The parts of a bundle by name, without the document and the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Program that made it, with its version.
    pub program: String,
    /// The parts.
    pub parts: BTreeMap<String, Vec<u8>>,
}

/// A bundle as it was read.
#[derive(Clone, Debug)]
pub struct ReadBundle {
    /// The document.
    pub report: String,
    /// The parts.
    pub bundle: Bundle,
    /// Hash of its list of parts.
    pub sha256: String,
    /// The first part that is not what the list says: changed, missing or not listed.
    pub differing: Option<String>,
}

/// Why a bundle cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not a ZIP, or damaged.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// Reading or writing failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// A part is missing.
    #[error("{0} is missing")]
    Missing(String),
    /// A part does not read.
    #[error("{part}: {detail}")]
    Part {
        /// The part.
        part: String,
        /// What is wrong.
        detail: String,
    },
    /// More than a bundle may hold.
    #[error("too large")]
    TooLarge,
    /// A part has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

impl BundleError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Zip(error) => format!("El paquete no es un ZIP entero ({error}). Vuelva a descargarlo."),
            Self::Io(error) => format!("El paquete no se puede leer o escribir: {error}. Vuelva a descargarlo."),
            Self::Missing(part) => format!("Al paquete le falta «{part}». Pida el paquete completo."),
            Self::Part { part, detail } => {
                format!("La parte «{part}» del paquete no se puede leer: {detail}. Pida el paquete original.")
            }
            Self::TooLarge => "El paquete es mayor de lo que se admite (1 GiB abierto, 4096 partes).".to_owned(),
            Self::Canonical(error) => error.sentence_es(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    schema: String,
    program: String,
    parts: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    bytes: u64,
    sha256: String,
}

impl Bundle {
    /// The hash that stands for all parts but the document: of their list, which has the hash of each.
    ///
    /// # Errors
    /// Never for parts that have names.
    pub fn sha256(&self) -> Result<String, CanonicalError> {
        Ok(hex(&Sha256::digest(self.list()?)))
    }

    fn list(&self) -> Result<String, CanonicalError> {
        let part = |(name, bytes): (&String, &Vec<u8>)| Part {
            name: name.clone(),
            bytes: bytes.len() as u64,
            sha256: hex(&Sha256::digest(bytes)),
        };
        canonical_json(&List {
            schema: SCHEMA.to_owned(),
            program: self.program.clone(),
            parts: self.parts.iter().map(part).collect(),
        })
    }

    /// The ZIP with the document: parts by name, dated 1980-01-01, so that the same content has the same bytes.
    ///
    /// # Errors
    /// When a part is too large for a ZIP.
    pub fn to_zip(&self, report: &str) -> Result<Vec<u8>, BundleError> {
        let list = self.list()?;
        let mut all: BTreeMap<&str, &[u8]> = self
            .parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
            .collect();
        all.insert(LIST_PART, list.as_bytes());
        all.insert(REPORT_PART, report.as_bytes());
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in all {
            zip.start_file(name, options)?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    /// The JSON of a part.
    ///
    /// # Errors
    /// When the part is missing or does not read.
    pub fn json<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, BundleError> {
        let bytes = self
            .parts
            .get(name)
            .ok_or_else(|| BundleError::Missing(name.to_owned()))?;
        serde_json::from_slice(bytes).map_err(|error| BundleError::Part {
            part: name.to_owned(),
            detail: error.to_string(),
        })
    }
}

impl ReadBundle {
    /// Reads a ZIP, within limits; its parts are compared with its list.
    ///
    /// # Errors
    /// When it is no ZIP, too large, or lacks the document or the list.
    pub fn read(bytes: &[u8]) -> Result<Self, BundleError> {
        let mut zip = ZipArchive::new(Cursor::new(bytes))?;
        if zip.len() > MOST_PARTS {
            return Err(BundleError::TooLarge);
        }
        let (mut parts, mut room) = (BTreeMap::new(), MOST_BYTES);
        for place in 0..zip.len() {
            let mut file = zip.by_index(place)?;
            let (name, mut content) = (file.name().to_owned(), Vec::new());
            let read = (&mut file).take(room + 1).read_to_end(&mut content)? as u64;
            room = room.checked_sub(read).ok_or(BundleError::TooLarge)?;
            if parts.insert(name.clone(), content).is_some() {
                return Err(BundleError::Part {
                    part: name,
                    detail: "está dos veces".to_owned(),
                });
            }
        }
        let mut taken = |name: &str| parts.remove(name).ok_or_else(|| BundleError::Missing(name.to_owned()));
        let (report, list) = (taken(REPORT_PART)?, taken(LIST_PART)?);
        let unread = |part: &str, detail: String| BundleError::Part {
            part: part.to_owned(),
            detail,
        };
        let stated: List = serde_json::from_slice(&list).map_err(|error| unread(LIST_PART, error.to_string()))?;
        if stated.schema != SCHEMA {
            return Err(unread(
                LIST_PART,
                format!("su esquema es «{}» y se conoce {SCHEMA}", stated.schema),
            ));
        }
        let bundle = Bundle {
            program: stated.program.clone(),
            parts,
        };
        Ok(Self {
            report: String::from_utf8(report).map_err(|error| unread(REPORT_PART, error.to_string()))?,
            sha256: hex(&Sha256::digest(&list)),
            differing: differing(&stated, &bundle),
            bundle,
        })
    }
}

fn differing(stated: &List, bundle: &Bundle) -> Option<String> {
    let stated: BTreeMap<&str, &str> = stated
        .parts
        .iter()
        .map(|part| (part.name.as_str(), part.sha256.as_str()))
        .collect();
    let changed = stated.iter().find(|(name, sha256)| {
        let found = bundle.parts.get(**name).map(|bytes| hex(&Sha256::digest(bytes)));
        found.as_deref() != Some(**sha256)
    });
    let unlisted = || {
        bundle
            .parts
            .keys()
            .find(|name| !stated.contains_key(name.as_str()))
            .cloned()
    };
    changed.map(|(name, _)| (*name).to_owned()).or_else(unlisted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Bundle {
        let part = |name: &str| (name.to_owned(), name.repeat(40).into_bytes());
        Bundle {
            program: "tupu 0.1.0".to_owned(),
            parts: ["a.json", "rulebook/b.toml"].map(part).into(),
        }
    }

    #[test]
    fn the_same_parts_have_the_same_bytes_and_read_back() {
        let one = bundle().to_zip("{}").unwrap();
        assert_eq!(one, bundle().to_zip("{}").unwrap());
        let read = ReadBundle::read(&one).unwrap();
        assert_eq!((read.report.as_str(), read.differing), ("{}", None));
        assert_eq!(read.bundle, bundle());
        assert_eq!(read.sha256, bundle().sha256().unwrap());
    }

    #[test]
    fn the_document_is_no_part_of_the_hash_and_every_other_part_is() {
        let mut other = bundle();
        other.parts.get_mut("a.json").unwrap()[0] ^= 1;
        assert_ne!(other.sha256().unwrap(), bundle().sha256().unwrap());
        let read = ReadBundle::read(&bundle().to_zip("other").unwrap()).unwrap();
        assert_eq!(read.sha256, bundle().sha256().unwrap());
    }

    #[test]
    fn what_is_no_bundle_is_told() {
        assert!(matches!(ReadBundle::read(b"PK no"), Err(BundleError::Zip(_))));
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("report.json", SimpleFileOptions::default()).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        assert!(matches!(ReadBundle::read(&bytes), Err(BundleError::Missing(name)) if name == LIST_PART));
    }

    #[test]
    fn a_part_that_the_list_does_not_have_is_named() {
        let sound = bundle();
        let list = sound.list().unwrap();
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let extra = ("c.txt", &b"more"[..]);
        let parts = sound
            .parts
            .iter()
            .map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        let fixed = [(LIST_PART, list.as_bytes()), (REPORT_PART, &b"{}"[..]), extra];
        for (name, bytes) in parts.chain(fixed) {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let read = ReadBundle::read(&zip.finish().unwrap().into_inner()).unwrap();
        assert_eq!(read.differing.as_deref(), Some("c.txt"));
    }
}
