//! What can be said of a document alone: whether its bytes are those of its id and code, and who signed it.

use crate::{Code, PublicKey, Seal, Signed, canonical_json, document::id_of};
use serde::Serialize;
use serde_json::{Map, Value};

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// It was checked and holds.
    Yes,
    /// It was checked and does not.
    No,
    /// It could not be checked.
    NotChecked,
}

/// A verdict with its reason, in Spanish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it holds.
    pub holds: Holds,
    /// Why.
    pub why: String,
}

impl Verdict {
    /// It holds.
    pub fn yes(why: impl Into<String>) -> Self {
        Self {
            holds: Holds::Yes,
            why: why.into(),
        }
    }

    /// It does not hold.
    pub fn no(why: impl Into<String>) -> Self {
        Self {
            holds: Holds::No,
            why: why.into(),
        }
    }

    /// It could not be checked.
    pub fn unchecked(why: impl Into<String>) -> Self {
        Self {
            holds: Holds::NotChecked,
            why: why.into(),
        }
    }
}

/// A document as somebody hands it in, with what it proves by itself.
#[derive(Clone, Debug)]
pub struct Examined {
    /// Its fields.
    pub fields: Map<String, Value>,
    /// Its id: found, not stated.
    pub id: String,
    /// Its code: of the id found.
    pub code: Code,
    /// Its seal, where it has one that reads.
    pub seal: Option<Seal>,
    /// Whether id, code and canonical form are right.
    pub bytes: Verdict,
    /// Whether a key at hand signed it.
    pub signature: Verdict,
}

/// A text that is no document of ours.
#[derive(Debug, thiserror::Error)]
pub enum ExamineError {
    /// No JSON object.
    #[error("no JSON object: {0}")]
    NoJson(String),
    /// Another schema.
    #[error("its schema is {0}")]
    Schema(String),
    /// It has no canonical form.
    #[error(transparent)]
    Canonical(#[from] crate::CanonicalError),
}

impl ExamineError {
    /// What is wrong and how to mend it, in Spanish.
    pub fn sentence_es(&self) -> String {
        match self {
            Self::NoJson(detail) => format!(
                "Esto no es un informe en JSON ({detail}). Indique el archivo tal como lo dio «f=json» o «tupu check --json»."
            ),
            Self::Schema(found) => format!(
                "El campo «schema» dice «{found}»; se conocen tupu/report/1 y tupu/matrix/1. Use el programa más reciente, \
                 o el archivo JSON del informe."
            ),
            Self::Canonical(error) => {
                format!("El documento no tiene forma canónica ({error}): no es como se emitió. Pida el original.")
            }
        }
    }
}

/// Reads a document and checks what it proves by itself, with the public keys at hand.
///
/// # Errors
/// When the text is no report and no matrix.
pub fn examine(text: &str, keys: &[PublicKey]) -> Result<Examined, ExamineError> {
    let fields = match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(ExamineError::NoJson("no es un objeto".to_owned())),
        Err(error) => return Err(ExamineError::NoJson(error.to_string())),
    };
    let word = |name: &str| fields.get(name).and_then(Value::as_str).unwrap_or_default();
    if !["tupu/report/1", "tupu/matrix/1"].contains(&word("schema")) {
        return Err(ExamineError::Schema(word("schema").chars().take(40).collect()));
    }
    let digest = id_of(&fields)?;
    let (id, code) = (territory::hex(&digest), Code::of_id(&digest));
    let bytes = if word("id") != id {
        Verdict::no(format!(
            "el contenido tiene la huella {id} y el documento dice «{}»: algo del contenido fue cambiado",
            word("id")
        ))
    } else if word("code") != code.to_string() {
        Verdict::no(format!(
            "a este contenido le toca el código {code} y el documento dice «{}»",
            word("code")
        ))
    } else if canonical_json(&Value::Object(fields.clone()))? != text.trim_end() {
        Verdict::no("el archivo no está escrito como se emitió (orden, espacios o campos repetidos): use el original")
    } else {
        Verdict::yes(format!("la huella {id} y el código {code} corresponden al contenido"))
    };
    let read = fields.get("seal").map(|seal| Seal::deserialize_from(seal.clone()));
    let (seal, signature) = match read {
        None => (None, Verdict::unchecked("el documento no lleva sello")),
        Some(None) => (None, Verdict::no("el sello del documento no se puede leer")),
        Some(Some(seal)) => {
            let signature = judged(&seal, &id, keys);
            (Some(seal), signature)
        }
    };
    Ok(Examined {
        fields,
        id,
        code,
        seal,
        bytes,
        signature,
    })
}

fn judged(seal: &Seal, id: &str, keys: &[PublicKey]) -> Verdict {
    match seal.signed(id, keys) {
        Signed::By(key) => Verdict::yes(format!("firmado por la clave {}", key.id())),
        Signed::Forged(key) => Verdict::no(format!(
            "la firma no es de la clave {} sobre este contenido y estas ediciones: es falsa o el documento fue cambiado",
            key.id()
        )),
        Signed::Unknown(name) => Verdict::unchecked(format!(
            "lo firma la clave «{}», que no está a mano; compárela con las que publica quien lo emitió",
            name.chars().take(40).collect::<String>()
        )),
        Signed::Broken => Verdict::no("el sello está incompleto o mal escrito"),
        Signed::Unsigned => Verdict::unchecked("el sello no lleva firma: cualquiera pudo escribir este documento"),
    }
}

impl Seal {
    fn deserialize_from(value: Value) -> Option<Self> {
        serde_json::from_value(value).ok()
    }
}
