//! A document that was issued earlier, read again so that it can be rendered anew: nothing of it is judged a second time.

use crate::{CanonicalError, Code, Document, ExamineError, Holds, Issued, Seal, document::document, examine};
use conflicts::{Matrix, Report};
use jiff::Timestamp;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A document as it was issued.
#[derive(Clone, Debug)]
pub enum Kept {
    /// A report.
    Report(Box<KeptOf<Report>>),
    /// A matrix.
    Matrix(Box<KeptOf<Matrix>>),
}

/// Its content, with what stands outside of its id.
#[derive(Clone, Debug)]
pub struct KeptOf<T> {
    id: String,
    code: Code,
    seal: Option<Seal>,
    json: String,
    issued: Issued,
    content: T,
}

/// Why a document cannot be rendered anew.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// It is no document of ours.
    #[error(transparent)]
    Foreign(#[from] ExamineError),
    /// It has fields that this program does not know, or lacks some: another version wrote it.
    #[error("another version wrote the document: {0}")]
    OtherVersion(String),
    /// Its content is not that of its id.
    #[error("the document says id {stated} and its content has {found}")]
    Changed {
        /// The id that it states.
        stated: String,
        /// The id of its content, as this program reads it.
        found: String,
    },
    /// It has no canonical form.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
}

impl KeptError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::Foreign(error) => error.sentence_es(),
            Self::OtherVersion(_) | Self::Changed { .. } => {
                "Este documento lo escribió otra versión del programa, o fue cambiado después: este programa no lo lee entero y no lo \
                 presenta de otra forma, para no perder nada. Pida el JSON (f=json), que es el documento tal como se emitió."
                    .to_owned()
            }
            Self::Canonical(error) => error.sentence_es(),
        }
    }
}

/// What stands outside of the id, and the schema.
#[derive(Deserialize)]
struct Around {
    schema: String,
    id: String,
    issued_at: Timestamp,
    program: Program,
    seal: Option<Seal>,
}

#[derive(Deserialize)]
struct Program {
    name: String,
    version: String,
}

/// Reads the canonical JSON of a report or matrix. What it says is compared with its id: a document of which this program would lose
/// or change a letter is refused.
///
/// # Errors
/// When the text is none of ours, was written by another version, or was changed.
pub fn kept(text: &str) -> Result<Kept, KeptError> {
    let examined = examine(text, &[])?;
    let around: Around = serde_json::from_str(text).map_err(|error| ExamineError::NoJson(error.to_string()))?;
    if examined.bytes.holds != Holds::Yes {
        return Err(KeptError::Changed {
            stated: around.id,
            found: examined.id,
        });
    }
    match around.schema.as_str() {
        "tupu/report/1" => Ok(Kept::Report(Box::new(read(text, around)?))),
        "tupu/matrix/1" => Ok(Kept::Matrix(Box::new(read(text, around)?))),
        other => Err(ExamineError::Schema(other.chars().take(40).collect()).into()),
    }
}

fn read<T: DeserializeOwned + Serialize>(text: &str, around: Around) -> Result<KeptOf<T>, KeptError> {
    let content: T = serde_json::from_str(text).map_err(|error| KeptError::OtherVersion(error.to_string()))?;
    let issued = Issued {
        at: around.issued_at,
        program: around.program.name,
        version: around.program.version,
    };
    let again = document(&content, &issued)?;
    if again.id != around.id {
        return Err(KeptError::Changed {
            stated: around.id,
            found: again.id,
        });
    }
    let (id, code) = (again.id, again.code);
    Ok(KeptOf {
        id,
        code,
        seal: around.seal,
        json: text.to_owned(),
        issued,
        content,
    })
}

impl<T> KeptOf<T> {
    /// The document as renderings take it, with the bytes of its issue.
    pub fn document(&self) -> Document<'_, T> {
        Document {
            id: self.id.clone(),
            code: self.code,
            seal: self.seal.clone(),
            json: self.json.clone(),
            issued: self.issued.clone(),
            content: &self.content,
        }
    }

    /// What it says.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// Its seal, where it has one.
    pub fn seal(&self) -> Option<&Seal> {
        self.seal.as_ref()
    }

    /// When it was issued.
    pub fn issued_at(&self) -> Timestamp {
        self.issued.at
    }
}
